//! What stands in which file.

use std::path::{Path, PathBuf};

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

pub fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap()
}

fn files_below(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        match entry.file_type().unwrap().is_dir() {
            true => files_below(&entry.path(), files),
            false => files.push(entry.path()),
        }
    }
}

fn below(folder: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    files_below(&root().join(folder), &mut files);
    assert!(!files.is_empty(), "{folder} is empty");
    files
}

#[test]
fn no_vendors_name_stands_in_the_generator_or_the_runtime() {
    let vendors = xtask::vendors::all(&root()).unwrap();
    for file in below("xtask")
        .into_iter()
        .chain(below("crates/cartwright-runtime"))
    {
        let text = String::from_utf8_lossy(&std::fs::read(&file).unwrap()).to_lowercase();
        for vendor in &vendors {
            assert!(
                !text.contains(vendor.as_str()),
                "{} names {vendor}",
                file.display()
            );
        }
    }
}

#[test]
fn no_float_stands_in_a_generated_client() {
    for file in below("crates/clients")
        .into_iter()
        .filter(|file| file.extension().is_some_and(|extension| extension == "rs"))
    {
        let text = std::fs::read_to_string(&file).unwrap();
        let float = text
            .split(|c: char| !c.is_alphanumeric() && c != '_')
            .find(|word| matches!(*word, "f32" | "f64"));
        assert_eq!(float, None, "{}", file.display());
    }
}

#[test]
fn each_hand_written_file_is_short_enough_to_be_read() {
    for folder in [
        "crates/cartwright",
        "crates/cartwright-cli",
        "crates/cartwright-runtime",
        "crates/cartwright-sandbox",
        "xtask",
        "tests/agreement",
        "tests/behaviour",
        "tests/contract",
        "tests/fuzz",
        "tests/tests",
    ] {
        for file in below(folder)
            .into_iter()
            .filter(|file| file.extension().is_some_and(|extension| extension == "rs"))
        {
            let lines = std::fs::read_to_string(&file).unwrap().lines().count();
            // The grammar of OpenAPI is one table.
            let limit = if file.ends_with("lint/grammar.rs") {
                700
            } else {
                600
            };
            assert!(lines <= limit, "{} has {lines} lines", file.display());
        }
    }
}
