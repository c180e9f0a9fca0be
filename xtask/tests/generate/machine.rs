//! A machine whose rustfmt is missing or broken: that is said of it, and not of the spec.

#![cfg(unix)]

use std::os::unix::fs::PermissionsExt as _;

use crate::{Run, Scratch};

/// Generates with `script` as the only rustfmt; `None` for no file of that name at all.
fn generate(script: Option<(&str, u32)>, set: bool) -> Run {
    let scratch = Scratch::shop();
    let folder = scratch.path("bin");
    std::fs::create_dir(&folder).unwrap();
    let rustfmt = folder.join("rustfmt");
    if let Some((script, mode)) = script {
        std::fs::write(&rustfmt, script).unwrap();
        std::fs::set_permissions(&rustfmt, std::fs::Permissions::from_mode(mode)).unwrap();
    }
    let mut program = scratch.program(&["generate"]);
    // `sh` and what the scripts call.
    program.env("PATH", format!("{}:/bin:/usr/bin", folder.display()));
    match set {
        true => program.env("RUSTFMT", &rustfmt),
        false => program.env_remove("RUSTFMT"),
    };
    if script.is_none() {
        program.env("PATH", &folder);
    }
    let run = Run::new(program.output().unwrap(), scratch.root());
    assert!(!scratch.path("crates").exists(), "nothing is written");
    run
}

#[test]
fn a_rustfmt_that_is_missing_or_broken_is_named_with_its_own_words() {
    const SOURCE: &str = "#!/bin/sh\n";
    for (name, script, words) in [
        ("not there", None, "No such file or directory"),
        (
            "not executable",
            Some((SOURCE.to_owned(), 0o644)),
            "Permission denied",
        ),
        (
            "a proxy without the component",
            Some((
                format!(
                    "{SOURCE}echo \"error: 'rustfmt' is not installed for the toolchain 'stable'\" >&2; exit 1\n"
                ),
                0o755,
            )),
            "error: 'rustfmt' is not installed for the toolchain 'stable'",
        ),
        (
            "one that reads nothing",
            Some((format!("{SOURCE}exit 0\n"), 0o755)),
            "it wrote nothing",
        ),
        (
            "too old for the edition",
            Some((
                format!(
                    "{SOURCE}cat >/dev/null; echo 'invalid value for --edition: 2024' >&2; exit 1\n"
                ),
                0o755,
            )),
            "invalid value for --edition: 2024",
        ),
        (
            "killed",
            Some((format!("{SOURCE}kill -9 $$\n"), 0o755)),
            "signal: 9",
        ),
        (
            "more words than a pipe holds before it reads",
            Some((
                format!(
                    "{SOURCE}head -c 300000 /dev/zero | tr '\\0' x >&2; echo broken >&2; exit 3\n"
                ),
                0o755,
            )),
            "broken",
        ),
    ] {
        for set in [true, false] {
            let script = script
                .as_ref()
                .map(|(script, mode)| (script.as_str(), *mode));
            let run = generate(script, set);
            assert_eq!(
                (run.code, run.stdout.as_str()),
                (Some(2), ""),
                "{name}: {}",
                run.stderr
            );
            for part in [
                "error: rustfmt doesn't work",
                words,
                "rustup component add rustfmt",
                "nothing was written",
            ] {
                assert!(
                    run.stderr.contains(part),
                    "{name}: {part} is missing in:\n{}",
                    run.stderr
                );
            }
            assert!(
                !run.stderr.contains("please report"),
                "{name}: {}",
                run.stderr
            );
        }
    }
}
