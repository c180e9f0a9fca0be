//! Standard output that nobody reads, or that takes nothing.

use std::io::pipe;
use std::process::Stdio;

use crate::run::cart;

/// A pipe whose reader is gone before the program starts.
fn nobody() -> Stdio {
    let (reader, writer) = pipe().unwrap();
    drop(reader);
    writer.into()
}

#[test]
fn a_reader_that_left_is_no_failure() {
    for arguments in [
        &["create", "--sandbox", "--vendor=bigcommerce"][..],
        &["create", "--sandbox", "--vendor=bigcommerce", "-ojson"],
        &["vendors"],
        &["completions", "bash"],
        &["--help"],
    ] {
        let done = cart(arguments)
            .stdout(nobody())
            .stderr(Stdio::piped())
            .output()
            .unwrap();
        let stderr = String::from_utf8(done.stderr).unwrap();
        assert_eq!(done.status.code(), Some(0), "{arguments:?}: {stderr}");
        assert!(!stderr.contains("panicked"), "{stderr}");
    }
}

#[test]
fn an_error_that_nobody_hears_keeps_its_exit_code() {
    for (arguments, code) in [
        (&["get", "x"][..], 2),
        (&["get", "x", "-ojson"], 2),
        (&["bogus"], 2),
        (&["get", "bigcommerce:x", "--sandbox"], 1),
    ] {
        let status = cart(arguments)
            .stdout(nobody())
            .stderr(nobody())
            .status()
            .unwrap();
        assert_eq!(status.code(), Some(code), "{arguments:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let full = std::fs::File::options()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let done = cart(&["vendors"]).stdout(full).output().unwrap();
    let stderr = String::from_utf8(done.stderr).unwrap();
    assert_eq!(done.status.code(), Some(2), "{stderr}");
    assert!(stderr.starts_with("error: standard output: "), "{stderr}");
}

/// The cart is there and its id would be lost.
#[cfg(target_os = "linux")]
#[test]
fn a_result_that_cannot_be_written_is_told_to_be_done() {
    let shop = crate::run::Served::start();
    for form in ["table", "json"] {
        let full = std::fs::File::options()
            .write(true)
            .open("/dev/full")
            .unwrap();
        let mut command = cart(&[
            "create",
            "--vendor=bigcommerce",
            "--line=product:126",
            "-o",
            form,
        ]);
        let done = command
            .envs(shop.environment.iter().cloned())
            .stdout(full)
            .output()
            .unwrap();
        let stderr = String::from_utf8(done.stderr).unwrap().replace(
            "
  ", " ",
        );
        assert_eq!(done.status.code(), Some(2), "{stderr}");
        assert!(stderr.contains("what was asked is done"), "{stderr}");
        assert!(stderr.contains("bigcommerce:"), "{stderr}");
    }
}
