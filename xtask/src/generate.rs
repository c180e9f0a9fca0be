//! Generate: the stages in a row, for one vendor at a time.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::lint::{self, Finding, Severity};
use crate::load::Document;
use crate::{emit, format, lower, manifest, polish};

/// A generated crate, not yet written.
#[derive(Clone, Debug)]
pub struct Crate {
    /// The vendor's folder name under `specs/` and `crates/clients/`.
    pub vendor: String,
    /// Files by path within the crate's folder.
    pub files: Vec<(PathBuf, String)>,
    /// How long its stages took.
    pub took: Duration,
}

/// Why a vendor's crate could not be generated.
#[derive(Debug)]
pub enum Failure {
    /// The spec can't be read.
    Load(String),
    /// Lint refuses the spec.
    Lint(Vec<Finding>),
    /// A stage after lint failed: a defect of ours, because lint should have refused the spec.
    Stage(String),
}

/// Generates the crate of one vendor in memory.
///
/// # Errors
///
/// See [`Failure`]; nothing has been written.
pub fn generate(root: &Path, vendor: &str) -> Result<Crate, Failure> {
    let start = Instant::now();
    let folder = Path::new("specs").join(vendor);
    let spec = folder.join("openapi.yaml");
    let document = read(root, &spec)?;
    let refused: Vec<Finding> = lint::lint(&document, &root.join(&folder))
        .into_iter()
        .filter(|finding| finding.severity == Severity::Error)
        .collect();
    if !refused.is_empty() {
        return Err(Failure::Lint(refused));
    }
    let files = crate_files(root, vendor, &spec, &document)
        .map_err(|why| Failure::Stage(format!("{}: {why}", spec.display())))?;
    Ok(Crate {
        vendor: vendor.to_owned(),
        files,
        took: start.elapsed(),
    })
}

/// Loads a spec so that its places read relative to the workspace.
///
/// # Errors
///
/// [`Failure::Load`] with file, line and column.
pub fn read(root: &Path, spec: &Path) -> Result<Document, Failure> {
    let path = root.join(spec);
    let bytes = std::fs::read(&path)
        .map_err(|error| Failure::Load(format!("{}: can't be read: {error}", path.display())))?;
    Document::parse_bytes(&spec.display().to_string(), &bytes)
        .map_err(|error| Failure::Load(error.to_string()))
}

/// The client's Rust source alone: what the small specs of the promises are generated with.
///
/// # Errors
///
/// The stage that failed, in its own words.
pub fn client_source(root: &Path, origin: &str, document: &Document) -> Result<String, String> {
    let lowered = lower::lower(&document.to_json())?;
    source(root, origin, &lowered)
}

fn source(root: &Path, origin: &str, lowered: &lower::Lowered) -> Result<String, String> {
    let emitted = emit::emit(&lowered.spec, &lowered.plan)?;
    let polished = polish::polish(emitted, &lowered.plan)?;
    format::rust(root, origin, &polished)
}

fn crate_files(
    root: &Path,
    vendor: &str,
    spec: &Path,
    document: &Document,
) -> Result<Vec<(PathBuf, String)>, String> {
    let origin = spec.to_string_lossy().replace('\\', "/");
    let lowered = lower::lower(&document.to_json())?;
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
        (
            PathBuf::from("src/lib.rs"),
            format::formatted(root, &manifest::lib_rs(&origin))?,
        ),
    ])
}
