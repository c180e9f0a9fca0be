//! What is compared: the specs of the work tree with those of a revision, or any two files.

use std::path::{Path, PathBuf};

use super::git::Revision;
use crate::load::{Document, LoadError};
use crate::vendors;

/// Two versions of one spec.
#[derive(Debug)]
pub struct Pair {
    /// The vendor, or the new file's stem.
    pub name: String,
    /// The vendor, for a spec of the workspace.
    pub vendor: Option<String>,
    /// The folder that the new version stands in, or would.
    pub folder: PathBuf,
    /// What reports call that folder; empty for the one that the program was started in.
    pub shown: String,
    /// The old version; `None` when the spec is new.
    pub old: Option<Text>,
    /// The new version; `None` when the spec is gone.
    pub new: Option<Text>,
}

/// A version's text, not yet read as a document.
#[derive(Debug)]
pub struct Text {
    /// What error messages and the head of a report call it: `HEAD:specs/<vendor>/openapi.yaml`.
    pub label: String,
    /// The path that places in it are given with.
    pub file: String,
    /// What stands in it.
    pub bytes: Vec<u8>,
}

impl Text {
    /// Reads it as a document.
    ///
    /// # Errors
    ///
    /// As [`Document::parse_bytes`].
    pub fn document(&self) -> Result<Document, LoadError> {
        Document::parse_bytes(&self.label, &self.bytes)
    }
}

impl Pair {
    /// What messages call its file of decisions.
    pub fn decisions(&self) -> String {
        match self.shown.as_str() {
            "" => super::decisions::FILE.to_owned(),
            folder => format!("{folder}/{}", super::decisions::FILE),
        }
    }
}

/// The named vendors' specs that differ from the revision's, or all that do when none is named. Equal ones are not even parsed.
///
/// # Errors
///
/// A vendor that neither side has, with the names that exist; a file that can't be read.
pub fn since(root: &Path, revision: &Revision, named: &[String]) -> Result<Vec<Pair>, String> {
    let before = revision.vendors()?;
    let now = match root.join("specs").is_dir() {
        true => vendors::all(root)?,
        false => Vec::new(),
    };
    let mut all: Vec<&String> = before.iter().chain(&now).collect();
    all.sort();
    all.dedup();
    if let Some(unknown) = named.iter().find(|name| !all.contains(name)) {
        let known: Vec<&str> = all.iter().map(|name| name.as_str()).collect();
        return Err(vendors::unknown_vendor(unknown, &known));
    }
    let mut pairs = Vec::new();
    for vendor in all {
        if !named.is_empty() && !named.contains(vendor) {
            continue;
        }
        let shown = format!("specs/{vendor}");
        let file = format!("{shown}/openapi.yaml");
        let old = match before.contains(vendor) {
            true => Some(Text {
                label: format!("{}:{file}", revision.label),
                bytes: revision.read(&file)?,
                file: file.clone(),
            }),
            false => None,
        };
        let new = match now.contains(vendor) {
            true => Some(Text {
                label: file.clone(),
                bytes: bytes(&root.join(&file), &file)?,
                file,
            }),
            false => None,
        };
        let is_same = |(old, new): (&Text, &Text)| old.bytes == new.bytes;
        if old.as_ref().zip(new.as_ref()).is_some_and(is_same) {
            continue;
        }
        pairs.push(Pair {
            name: vendor.clone(),
            vendor: Some(vendor.clone()),
            folder: root.join(&shown),
            shown,
            old,
            new,
        });
    }
    Ok(pairs)
}

/// Any two files.
///
/// # Errors
///
/// A file that can't be read.
pub fn files(root: &Path, old: &Path, new: &Path) -> Result<Pair, String> {
    let text = |path: &Path| -> Result<Text, String> {
        let file = path.to_string_lossy().replace('\\', "/");
        Ok(Text {
            bytes: bytes(path, &file)?,
            label: file.clone(),
            file,
        })
    };
    let (before, after) = (text(old)?, text(new)?);
    let folder = new.parent().unwrap_or(Path::new("")).to_owned();
    let vendor = vendor(root, new);
    let stem = new.file_stem().unwrap_or(new.as_os_str());
    Ok(Pair {
        name: vendor
            .clone()
            .unwrap_or_else(|| stem.to_string_lossy().into_owned()),
        vendor,
        shown: folder.to_string_lossy().replace('\\', "/"),
        folder,
        old: Some(before),
        new: Some(after),
    })
}

/// The vendor whose spec of the workspace that file is.
fn vendor(root: &Path, file: &Path) -> Option<String> {
    let file = file.canonicalize().ok()?;
    let folder = file.parent()?;
    let is_spec = file.file_name()? == "openapi.yaml";
    let is_ours = folder.parent()? == root.join("specs").canonicalize().ok()?;
    let name = folder.file_name()?.to_string_lossy();
    (is_spec && is_ours).then(|| name.into_owned())
}

fn bytes(path: &Path, shown: &str) -> Result<Vec<u8>, String> {
    std::fs::read(path).map_err(|error| format!("{shown}: can't be read: {error}"))
}
