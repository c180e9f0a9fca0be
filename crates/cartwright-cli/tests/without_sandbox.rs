//! The program without its sandbox.

#![cfg(not(feature = "sandbox"))]

use std::process::{Command, Output};

fn cart(arguments: &[&str]) -> (Option<i32>, String) {
    let Output { status, stderr, .. } = Command::new(env!("CARGO_BIN_EXE_cart"))
        .args(arguments)
        .env_clear()
        .output()
        .unwrap();
    (status.code(), String::from_utf8(stderr).unwrap())
}

#[test]
fn neither_the_command_nor_the_option_is_there() {
    for (arguments, word) in [(&["sandbox"], "'sandbox'"), (&["--sandbox"], "'--sandbox'")] {
        let (code, stderr) = cart(arguments);
        assert_eq!(code, Some(2));
        assert!(stderr.contains(word), "{stderr}");
    }
}

#[test]
fn create_needs_lines() {
    let (code, stderr) = cart(&["create", "--vendor", "bigcommerce"]);
    assert_eq!(code, Some(2));
    assert!(stderr.contains("at least one line"), "{stderr}");
}

/// Each vendor has its own lines, so only the sandbox's demonstration carts can stand at all of them.
#[test]
fn all_vendors_at_once_are_not_offered() {
    let (code, stderr) = cart(&["create", "--vendor", "all"]);
    assert_eq!(code, Some(2));
    assert!(stderr.contains("invalid value 'all'"), "{stderr}");
    let (code, stderr) = cart(&["create"]);
    assert_eq!(code, Some(2));
    assert!(stderr.ends_with("cpanel, liquidweb, webroot\n"), "{stderr}");
}
