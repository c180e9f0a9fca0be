//! A spec and the client that is generated from it, to change at will.

use std::path::{Path, PathBuf};

use xtask::generate::{self, Generated};
use xtask::write;

pub fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

const VENDOR: &str = "shop";
pub const SPEC: &str = "specs/shop/openapi.yaml";

/// A workspace with the spec of one vendor, and the client that is generated from it.
pub struct Scratch(tempfile::TempDir);

impl Scratch {
    pub fn new() -> Self {
        let scratch = Self(tempfile::tempdir().unwrap());
        std::fs::create_dir_all(scratch.path(SPEC).parent().unwrap()).unwrap();
        std::fs::write(scratch.path(SPEC), include_str!("shop.yaml")).unwrap();
        let differences = write::compare(scratch.0.path(), &scratch.generate()).unwrap();
        write::apply(scratch.0.path(), &differences).unwrap();
        assert_eq!(scratch.diff(), "");
        scratch
    }

    fn path(&self, path: &str) -> PathBuf {
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

    fn generate(&self) -> Generated {
        generate::vendor(self.0.path(), VENDOR).expect("lint takes the spec")
    }

    /// What `cargo xtask generate --check` prints about the client.
    pub fn diff(&self) -> String {
        let differences = write::compare(self.0.path(), &self.generate()).unwrap();
        differences.iter().map(write::diff).collect()
    }
}
