//! The verdict on a change of the Rust API, held against the compiler.
//!
//! Each case changes a line or two of one small spec. Both clients are generated, and callers of the old one are compiled against the
//! new one: what breaks has a caller that no longer compiles; where nothing changes or is only added, all of them compile; where it
//! depends on the caller, one compiles and one doesn't. All clients stand in one crate, so that one `cargo check` answers all cases.

mod cases;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use xtask::api;
use xtask::load::Document;
use xtask::review::compare::compare;
use xtask::review::{Rust, SpecReview, Version, rust_api};

use cases::{CASES, Case, SPEC, USUAL};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn document(spec: &str) -> Document {
    Document::parse("shop.yaml", spec).unwrap()
}

fn client(spec: &str) -> String {
    rust_api::sources(&document(spec)).unwrap()
}

impl Case {
    fn spec(&self) -> String {
        self.edits.iter().fold(SPEC.to_owned(), |spec, (from, to)| {
            assert!(
                spec.contains(from),
                "{}: the spec has no {from:?}",
                self.name
            );
            spec.replace(from, to)
        })
    }

    /// The callers, the usual ones first: each in a program of its own, against the module of that name.
    fn callers(&self) -> Vec<(String, String)> {
        let callers = [USUAL, self.caller].into_iter().enumerate();
        let callers = callers.filter(|(_, caller)| !caller.is_empty());
        callers
            .map(|(index, caller)| (format!("{}_{index}", self.name), caller.to_owned()))
            .collect()
    }
}

/// The programs that don't compile, with the first error of each.
fn check(folder: &Path) -> Vec<(String, String)> {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let output = Command::new(env!("CARGO"))
        .args([
            "check",
            "--offline",
            "--bins",
            "--keep-going",
            "--message-format=json",
            "--manifest-path",
        ])
        .arg(folder.join("Cargo.toml"))
        .current_dir(root())
        .env("CARGO_TARGET_DIR", target)
        .env("CARGO_INCREMENTAL", "0")
        .output()
        .unwrap();
    let stdout = String::from_utf8(output.stdout).unwrap();
    let messages = stdout
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let mut failed: Vec<(String, String)> = Vec::new();
    let mut is_checked = false;
    for message in messages {
        is_checked |=
            message["target"]["name"] == "agreement" && message["reason"] == "compiler-artifact";
        if message["message"]["level"] == "error" {
            let program = message["target"]["name"]
                .as_str()
                .unwrap_or_default()
                .to_owned();
            let error = message["message"]["rendered"]
                .as_str()
                .unwrap_or_default()
                .to_owned();
            if failed.iter().all(|(other, _)| *other != program) {
                failed.push((program, error));
            }
        }
    }
    assert!(
        is_checked,
        "the clients themselves don't compile:\n{failed:#?}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    failed
}

/// One crate: each client a module, each caller a program.
fn write(folder: &Path) {
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).unwrap();
    // With the same profiles the dependencies are those that stand compiled already.
    let profiles = manifest.find("[profile").map_or("", |at| &manifest[at..]);
    let runtime = root()
        .join("crates/cartwright-runtime")
        .canonicalize()
        .unwrap();
    let manifest = format!(
        "[package]\nname = \"agreement\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
         cartwright-runtime = {{ path = {runtime:?}, default-features = false }}\nserde = {{ version = \"1\", features = [\"derive\"] }}\nserde_json = \"1\"\n\n{profiles}"
    );
    std::fs::create_dir_all(folder.join("src/bin")).unwrap();
    std::fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    std::fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let mut library = "#![allow(warnings)]\npub mod old;\n".to_owned();
    std::fs::write(folder.join("src/old.rs"), client(SPEC)).unwrap();
    let program = |module: &str, callers: &str| {
        format!("#![allow(warnings)]\nuse agreement::{module}::*;\n{callers}\nfn main() {{}}\n")
    };
    let mut of_old = String::new();
    for case in CASES {
        let name = case.name;
        library.push_str(&format!("pub mod {name};\n"));
        std::fs::write(folder.join(format!("src/{name}.rs")), client(&case.spec())).unwrap();
        for (caller, code) in case.callers() {
            std::fs::write(
                folder.join(format!("src/bin/{caller}.rs")),
                program(name, &code),
            )
            .unwrap();
            of_old.push_str(&format!("mod {caller} {{ use super::*;\n{code}\n}}\n"));
        }
    }
    std::fs::write(folder.join("src/bin/old.rs"), program("old", &of_old)).unwrap();
    std::fs::write(folder.join("src/lib.rs"), library).unwrap();
}

#[test]
fn the_verdict_on_each_change_is_the_compilers() {
    let old = api::list(&client(SPEC)).unwrap();
    for case in CASES {
        let new = api::list(&client(&case.spec())).unwrap();
        let changes = rust_api::diff(&old, &new);
        let worst = changes
            .iter()
            .map(|change| change.rust)
            .max()
            .unwrap_or_default();
        assert_eq!(worst, case.rust, "{}: {changes:#?}", case.name);
    }

    // Always the same folder: cargo's files of one run are overwritten by the next.
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("agreement");
    std::fs::remove_dir_all(&folder).ok();
    write(&folder);
    let failed = check(&folder);
    let broken: BTreeSet<&str> = failed.iter().map(|(program, _)| program.as_str()).collect();
    assert!(
        !broken.contains("old"),
        "a caller doesn't compile against the old client:\n{failed:#?}"
    );
    for case in CASES {
        let callers = case.callers();
        let (no, yes): (Vec<_>, Vec<_>) = callers
            .iter()
            .partition(|(name, _)| broken.contains(name.as_str()));
        let agrees = match case.rust {
            Rust::Break => !no.is_empty(),
            Rust::Maybe => !no.is_empty() && !yes.is_empty(),
            Rust::Additive | Rust::None => no.is_empty(),
        };
        let names = |callers: &[&(String, String)]| {
            callers
                .iter()
                .map(|(name, _)| name.clone())
                .collect::<Vec<_>>()
        };
        let errors = failed
            .iter()
            .filter(|(program, _)| program.starts_with(case.name));
        let errors: String = errors.map(|(_, error)| error.as_str()).collect();
        assert!(
            agrees,
            "{} is judged {:?}; compile: {:?}, don't: {:?}\n{errors}",
            case.name,
            case.rust,
            names(&yes),
            names(&no)
        );
    }
}

#[test]
fn each_changed_item_is_explained_by_a_finding() {
    let old = document(SPEC);
    for case in CASES {
        let new = document(&case.spec());
        let found = compare(&old, &new).unwrap();
        let version = Version {
            label: String::new(),
            hash: String::new(),
            version: None,
        };
        let mut review = SpecReview {
            findings: found.findings,
            notes: found.notes,
            documentation: found.documentation,
            ..SpecReview::empty(case.name, version.clone(), version)
        };
        rust_api::enrich(&mut review, &old, &new, &root(), None).unwrap();
        let findings: Vec<_> = review
            .findings
            .iter()
            .map(|finding| {
                (
                    finding.rule.id,
                    &finding.subject,
                    &finding.old,
                    &finding.new,
                    &finding.items,
                )
            })
            .collect();
        let (name, nothing) = (case.name, Some(Vec::new()));
        assert_eq!(review.unexplained, nothing, "{name}: {findings:#?}");
        assert_eq!(review.verdict().rust, case.rust, "{name}: {findings:#?}");
    }
}
