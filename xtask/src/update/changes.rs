//! Which files changed, without git.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use similar::{ChangeTag, TextDiff};

/// Where something may stand that follows from a spec.
const PARTS: [&str; 4] = ["README.md", "crates", "docs", "tests"];

/// Folders that no test writes into.
const LEFT_OUT: [&str; 2] = ["target", "node_modules"];

/// The texts of a workspace's files at one moment, by their paths from its root.
#[derive(Debug)]
pub struct Files(BTreeMap<PathBuf, String>);

impl Files {
    /// Reads them.
    ///
    /// # Errors
    ///
    /// The file or folder that can't be read, and why.
    pub fn read(root: &Path) -> Result<Self, String> {
        let mut files = BTreeMap::new();
        for part in PARTS {
            if root.join(part).exists() {
                add(root, Path::new(part), &mut files)?;
            }
        }
        Ok(Self(files))
    }

    /// A line for each file that is not as it was: its path, and how many lines came and went.
    ///
    /// # Errors
    ///
    /// As [`read`](Self::read).
    pub fn changes(&self, root: &Path) -> Result<Vec<String>, String> {
        let Self(now) = Self::read(root)?;
        let mut paths: Vec<&PathBuf> = self.0.keys().chain(now.keys()).collect();
        paths.sort();
        paths.dedup();
        let text =
            |files: &BTreeMap<PathBuf, String>, path| files.get(path).cloned().unwrap_or_default();
        let pairs = paths
            .into_iter()
            .map(|path| (path, text(&self.0, path), text(&now, path)));
        let changed = pairs.filter(|(_, old, new)| old != new);
        Ok(changed
            .map(|(path, old, new)| {
                let diff = TextDiff::from_lines(&old, &new);
                let count = |tag| diff.iter_all_changes().filter(|it| it.tag() == tag).count();
                format!(
                    "{} | +{} -{}",
                    path.display(),
                    count(ChangeTag::Insert),
                    count(ChangeTag::Delete)
                )
            })
            .collect())
    }
}

fn add(root: &Path, path: &Path, files: &mut BTreeMap<PathBuf, String>) -> Result<(), String> {
    let whole = root.join(path);
    let failed = |error: std::io::Error| format!("{}: can't be read: {error}", path.display());
    if whole.is_dir() {
        for entry in std::fs::read_dir(&whole).map_err(failed)? {
            let name = entry.map_err(failed)?.file_name();
            if !LEFT_OUT.iter().any(|left_out| name == *left_out) {
                add(root, &path.join(name), files)?;
            }
        }
        return Ok(());
    }
    let bytes = std::fs::read(&whole).map_err(failed)?;
    files.insert(
        path.to_owned(),
        String::from_utf8_lossy(&bytes).into_owned(),
    );
    Ok(())
}
