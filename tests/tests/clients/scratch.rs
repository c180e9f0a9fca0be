//! A copy of the specs and the generated clients, to change at will.

use std::path::{Path, PathBuf};

use xtask::generate::{self, Failure, Generated};
use xtask::write;

pub fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

pub struct Scratch(tempfile::TempDir);

impl Scratch {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for part in ["specs", "crates/clients"] {
            copy(&workspace().join(part), &folder.path().join(part));
        }
        Self(folder)
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    pub fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.path(path)).unwrap()
    }

    /// Replaces the first occurrence of `from`.
    pub fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} does not contain {from:?}");
        std::fs::write(self.path(path), text.replacen(from, to, 1)).unwrap();
    }

    pub fn generate(&self, vendor: &str) -> Result<Generated, Failure> {
        generate::vendor(self.0.path(), vendor)
    }

    /// What `cargo xtask generate --check` prints about a vendor's client.
    pub fn diff(&self, vendor: &str) -> String {
        let generated = self.generate(vendor).expect("lint takes the spec");
        let differences = write::compare(self.0.path(), &generated).unwrap();
        differences.iter().map(write::diff).collect()
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => copy(&entry.path(), &target),
            false => drop(std::fs::copy(entry.path(), target).unwrap()),
        }
    }
}
