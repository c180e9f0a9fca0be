//! Generate: the stages in a row, for one vendor's crate, or for the small clients of the promises.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::lint::{self, Finding, Severity};
use crate::load::{self, Document};
use crate::{emit, format, lower, manifest, polish, vendors};

/// A generated folder, not yet written.
#[derive(Clone, Debug)]
pub struct Generated {
    /// What messages call it: the vendor's folder name under `specs/`.
    pub name: String,
    /// The folder that holds nothing but these files, from the workspace's root.
    pub folder: PathBuf,
    /// Files by path within the folder.
    pub files: Vec<(PathBuf, String)>,
    /// How long its stages took.
    pub took: Duration,
}

/// Where the ten-line specs of the promises stand; each becomes a module of the tests package.
const PROMISES: &str = "tests/promises";

/// Why a vendor's crate could not be generated.
#[derive(Debug)]
pub enum Failure {
    /// Lint refuses the spec, or it can't be read.
    Lint(Vec<Finding>),
    /// rustfmt is missing or broken on this machine.
    Rustfmt(String),
    /// The specs can't be listed.
    Io(String),
    /// A stage after lint failed: a defect of ours, because lint should have refused the spec.
    Stage(String),
}

/// Generates the crate of one vendor in memory.
///
/// # Errors
///
/// See [`Failure`]; nothing has been written.
pub fn vendor(root: &Path, vendor: &str) -> Result<Generated, Failure> {
    let start = Instant::now();
    let folder = Path::new("specs").join(vendor);
    let spec = folder.join("openapi.yaml");
    if let Some(problem) = vendors::name_problem(root, vendor) {
        return Err(Failure::Lint(vec![lint::vendor_name(
            &portable(&spec),
            problem,
        )]));
    }
    let document = read(root, &spec)?;
    refuse(&document, &root.join(&folder))?;
    let files = crate_files(root, vendor, &spec, &document).map_err(|failure| failure.at(&spec))?;
    Ok(Generated {
        name: vendor.to_owned(),
        folder: crate::write::clients().join(vendor),
        files,
        took: start.elapsed(),
    })
}

/// Generates the small clients of the promises in memory: one module for each spec in `tests/promises`.
///
/// # Errors
///
/// See [`Failure`]; nothing has been written.
pub fn promises(root: &Path) -> Result<Generated, Failure> {
    let start = Instant::now();
    let listed = std::fs::read_dir(root.join(PROMISES))
        .map_err(|error| Failure::Io(format!("{PROMISES}: can't be listed: {error}")))?;
    let mut names: Vec<String> = listed
        .flatten()
        .filter_map(|entry| {
            Some(
                entry
                    .file_name()
                    .to_str()?
                    .strip_suffix(".yaml")?
                    .to_owned(),
            )
        })
        .collect();
    names.sort();
    let mut files = Vec::new();
    let mut modules = String::new();
    for name in names {
        let spec = Path::new(PROMISES).join(format!("{name}.yaml"));
        let document = read(root, &spec)?;
        refuse(&document, &root.join(PROMISES))?;
        let origin = portable(&spec);
        let client = lowered(&document).and_then(|lowered| source(root, &origin, &lowered));
        let client = client.map_err(|failure| failure.at(&spec))?;
        modules.push_str(&manifest::promise_module(&name));
        files.push((PathBuf::from(format!("{name}.rs")), client));
    }
    let index = manifest::promise_index(PROMISES, &modules);
    files.push((PathBuf::from("mod.rs"), format::formatted(root, &index)?));
    Ok(Generated {
        name: "promises".to_owned(),
        folder: PathBuf::from("tests/src/promises"),
        files,
        took: start.elapsed(),
    })
}

fn refuse(document: &Document, folder: &Path) -> Result<(), Failure> {
    let refused: Vec<Finding> = lint::lint(document, folder)
        .into_iter()
        .filter(|finding| finding.severity == Severity::Error)
        .collect();
    if refused.is_empty() {
        Ok(())
    } else {
        Err(Failure::Lint(refused))
    }
}

/// A path as messages show it, on every system.
pub fn portable(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// Loads a spec so that its places read relative to the workspace.
///
/// # Errors
///
/// That it can't be read, as a finding with the place.
pub fn read(root: &Path, spec: &Path) -> Result<Document, Box<Finding>> {
    let name = portable(spec);
    let document = load::read(&root.join(spec), &name);
    document.map_err(|error| Box::new(lint::unreadable(&error)))
}

impl From<Box<Finding>> for Failure {
    fn from(finding: Box<Finding>) -> Self {
        Self::Lint(vec![*finding])
    }
}

impl Failure {
    fn at(self, spec: &Path) -> Self {
        match self {
            Self::Stage(why) => Self::Stage(format!("{}: {why}", spec.display())),
            other => other,
        }
    }
}

impl From<format::FormatError> for Failure {
    fn from(error: format::FormatError) -> Self {
        match error {
            format::FormatError::Rustfmt(why) => Self::Rustfmt(why),
            format::FormatError::Source(why) => Self::Stage(why),
        }
    }
}

fn lowered(document: &Document) -> Result<lower::Lowered, Failure> {
    lower::lower(&lower::source(document)).map_err(Failure::Stage)
}

fn source(root: &Path, origin: &str, lowered: &lower::Lowered) -> Result<String, Failure> {
    let emitted = emit::emit(&lowered.spec, &lowered.plan).map_err(Failure::Stage)?;
    let polished = polish::polish(emitted, &lowered.plan).map_err(Failure::Stage)?;
    Ok(format::rust(root, origin, &polished)?)
}

fn crate_files(
    root: &Path,
    vendor: &str,
    spec: &Path,
    document: &Document,
) -> Result<Vec<(PathBuf, String)>, Failure> {
    let origin = portable(spec);
    let lowered = lowered(document)?;
    let client = source(root, &origin, &lowered)?;
    Ok(vec![
        (
            PathBuf::from("Cargo.toml"),
            manifest::cargo_toml(vendor, &origin, &lowered.plan),
        ),
        (
            PathBuf::from("README.md"),
            manifest::readme(vendor, &origin, &lowered.plan),
        ),
        (PathBuf::from("src/generated_client.rs"), client),
        (PathBuf::from("src/lib.rs"), manifest::lib_rs(&origin)),
    ])
}
