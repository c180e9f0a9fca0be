//! Update: what follows from the specs beside the clients (snapshots, pages, tables) is written anew, and what is left for a person is listed.
//!
//! What follows is written by tests, because they know how; this runs exactly those. The generator is not part of it: `cargo xtask update`
//! generates first.

mod cargo;
mod changes;

use std::path::Path;

use cargo::Run;
pub use changes::Files;

/// The test that holds each stand-in and the notes against the specs. It writes its list into the file that this variable names.
const AGREEMENT: &str = "agreement";
const REPORT: &str = "AGREEMENT_REPORT";

/// What makes the tests write instead of compare. `cargo insta` is not needed for it.
const WRITE: [(&str, &str); 3] = [
    ("INSTA_UPDATE", "always"),
    ("INSTA_FORCE_PASS", "1"),
    ("UPDATE_PAGES", "1"),
];

/// Tests that write what follows from the specs: the targets, and the part of their names, where not all of a target is meant.
struct Writers {
    targets: &'static [&'static str],
    names: Option<&'static str>,
    /// Whether they ask the stand-ins, which have to agree with the specs then.
    ask: bool,
}

const WRITERS: [Writers; 3] = [
    // The clients' APIs; the tables of capabilities and fields, and what the sandbox answers.
    Writers {
        targets: &["clients", "pages"],
        names: None,
        ask: false,
    },
    // Documented payloads as carts, bytes on the wire, what the program prints.
    Writers {
        targets: &["vendors", "program"],
        names: None,
        ask: true,
    },
    // The page of faults.
    Writers {
        targets: &["faults"],
        names: Some("matrix"),
        ask: true,
    },
];

/// What came of it.
#[derive(Debug, Default)]
pub struct Outcome {
    /// A line for each file that changed.
    pub changed: Vec<String>,
    /// What only a person can do.
    pub left: Vec<String>,
}

/// Writes what follows from the specs. `before` is what stood in the files before anything was generated, and `progress` is told each step.
///
/// # Errors
///
/// Cargo can't be run, or a file can't be read.
pub fn run(root: &Path, before: &Files, progress: impl Fn(&str)) -> Result<Outcome, String> {
    let mut left = Vec::new();

    progress("comparing specs and stand-ins");
    let report =
        tempfile::NamedTempFile::new().map_err(|error| format!("no file for a report: {error}"))?;
    let path = report.path().to_string_lossy().into_owned();
    let compared = cargo::test(root, &["--test", AGREEMENT], &[(REPORT, &path)])?;
    let agrees = compared.succeeded();
    if !agrees {
        let told = std::fs::read_to_string(report.path()).unwrap_or_default();
        left.extend(differences(&told));
        if told.is_empty() {
            left.extend(compared.complaints());
        }
    }

    progress("building the tests");
    let built = cargo::test(root, &["--no-run"], &[])?;
    if built.succeeded() {
        for writers in WRITERS.iter().filter(|writers| agrees || !writers.ask) {
            progress(&format!(
                "writing what the tests {} hold",
                writers.targets.join(", ")
            ));
            let written = write(root, writers)?;
            // Where spec and stand-in differ, a page that asks it can't be written, and that has been said.
            if agrees && !written.succeeded() {
                left.extend(written.complaints());
            }
        }
    } else {
        left.extend(built.complaints());
        left.push("Then run this again: the snapshots and pages are written by tests, which don't compile yet.".to_owned());
    }
    if built.succeeded() && !agrees {
        left.push(
            "Then run this again: what the stand-ins answer stands in snapshots and pages, too."
                .to_owned(),
        );
    }
    Ok(Outcome {
        changed: before.changes(root)?,
        left,
    })
}

fn write(root: &Path, writers: &Writers) -> Result<Run, String> {
    let mut arguments = vec!["--no-fail-fast"];
    for target in writers.targets {
        arguments.extend(["--test", target]);
    }
    if let Some(names) = writers.names {
        arguments.extend(["--", names]);
    }
    cargo::test(root, &arguments, &WRITE)
}

/// The differences of a report: each begins at the start of a line.
fn differences(report: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for line in report.lines() {
        match found.last_mut() {
            Some(last) if line.starts_with(' ') => *last = format!("{last}\n{line}"),
            _ => found.push(line.to_owned()),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_keeps_the_lines_that_belong_to_it() {
        let report = "a: one\n  spec: x:1\n  mend: do\nb: two\n  spec: y:2\n";
        assert_eq!(
            differences(report),
            ["a: one\n  spec: x:1\n  mend: do", "b: two\n  spec: y:2"]
        );
        assert_eq!(differences(""), Vec::<String>::new());
    }
}
