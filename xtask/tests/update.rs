//! `cargo xtask update` as its users meet it, with a script in cargo's place.

#![cfg(unix)]

use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::Command;

const SHOP: &str = r##"openapi: 3.0.3
info: {title: A shop, version: "1"}
servers: [{url: "https://shop.example"}]
paths:
  /carts/{id}:
    get:
      operationId: getCart
      summary: Reads a cart.
      x-retry: safe
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {"200": {description: The cart., content: {application/json: {schema: {$ref: "#/components/schemas/Cart"}}}}}
components:
  schemas:
    Cart: {type: object, properties: {id: {type: string}}}
"##;

/// Each call is a line of `calls`. What it finds under its name is what it does: see [`Scratch::doing`].
const CARGO: &str = r#"#!/bin/sh
echo "$* ${INSTA_UPDATE:-} ${UPDATE_PAGES:-}" >> calls
echo "${CARGO_PKG_NAME:-}${CARGO_PKG_VERSION_MAJOR:-}${CARGO_MANIFEST_DIR:-}" >> inherited
case "$*" in
  *"--test agreement"*) name=agreement;;
  *--no-run*) name=build;;
  *) name=write;;
esac
[ ! -f "$name.sh" ] || . "./$name.sh"
"#;

struct Scratch(tempfile::TempDir);

impl Scratch {
    fn new() -> Self {
        let scratch = Self(tempfile::tempdir().unwrap());
        scratch.write("specs/shop/openapi.yaml", SHOP);
        scratch.write("tests/api.snap", "old\nkept\n");
        scratch.write("cargo", CARGO);
        let rights = std::fs::Permissions::from_mode(0o755);
        std::fs::set_permissions(scratch.path("cargo"), rights).unwrap();
        scratch
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// What cargo does where it compares (`agreement`), builds (`build`) or writes (`write`).
    fn doing(self, name: &str, script: &str) -> Self {
        self.write(&format!("{name}.sh"), script);
        self
    }

    /// Exit code and both outputs.
    fn update(&self) -> (i32, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .arg("--root")
            .arg(self.0.path())
            .arg("update")
            .env_remove("INSTA_UPDATE")
            .env_remove("INSTA_FORCE_PASS")
            .env_remove("UPDATE_PAGES")
            .env("CARGO", self.path("cargo"))
            .output()
            .unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        let errors = String::from_utf8(output.stderr).unwrap();
        (output.status.code().unwrap(), text + &errors)
    }

    fn calls(&self) -> String {
        std::fs::read_to_string(self.path("calls")).unwrap_or_default()
    }
}

const WRITES: &str = "printf 'new\\nkept\\n' > tests/api.snap";

#[test]
fn what_changes_is_listed_and_nothing_is_left() {
    let scratch = Scratch::new().doing("write", WRITES);
    let (code, text) = scratch.update();
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("\n  tests/api.snap | +1 -1\n"), "{text}");
    let client = "  crates/clients/shop/src/generated_client.rs | +";
    assert!(text.contains(client), "{text}");
    assert!(!text.contains("Left for a person"), "{text}");
    // Comparing and building write nothing.
    let calls = scratch.calls();
    let writing = calls.lines().filter(|call| call.ends_with("always 1"));
    assert_eq!(writing.count(), calls.lines().count() - 2, "{calls}");
    assert!(
        calls
            .lines()
            .all(|call| call.starts_with("test --workspace ")),
        "{calls}"
    );

    std::fs::remove_file(scratch.path("write.sh")).unwrap();
    let (code, text) = scratch.update();
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("Changed:\n  nothing\n"), "{text}");
}

#[test]
fn where_spec_and_stand_in_differ_the_list_says_so_and_no_stand_in_is_asked() {
    let differs = "printf 'shop: a path\\n  spec: a:1\\nshop: a row\\n  spec: a:2' > \"$AGREEMENT_REPORT\"; exit 101";
    let scratch = Scratch::new()
        .doing("agreement", differs)
        .doing("write", WRITES);
    let (code, text) = scratch.update();
    assert_eq!(code, 1, "{text}");
    let list = "Left for a person:\n1. shop: a path\n     spec: a:1\n2. shop: a row\n     spec: a:2\n3. Then run this again";
    assert!(text.contains(list), "{text}");
    // What needs no stand-in is written.
    assert!(text.contains("tests/api.snap | +1 -1"), "{text}");
    let calls = scratch.calls();
    assert_eq!(calls.lines().count(), 3, "{calls}");
    assert!(
        calls.contains("--test clients --test pages always 1"),
        "{calls}"
    );
}

/// They would make build scripts run again.
#[test]
fn cargo_is_not_told_the_names_of_the_package_that_runs_it() {
    let scratch = Scratch::new();
    assert!(std::env::var_os("CARGO_PKG_NAME").is_some());
    scratch.update();
    let inherited = std::fs::read_to_string(scratch.path("inherited")).unwrap();
    assert_eq!(inherited.trim(), "", "{inherited}");
}

#[test]
fn what_no_longer_compiles_is_listed_with_its_place() {
    let broken = "echo 'crates/a/src/x.rs:34:12: error[E0609]: no field `sum`' >&2; exit 101";
    let scratch = Scratch::new().doing("build", broken).doing("write", WRITES);
    let (code, text) = scratch.update();
    assert_eq!(code, 1, "{text}");
    let list = "Left for a person:\n1. crates/a/src/x.rs:34:12: error[E0609]: no field `sum`\n2. Then run this again";
    assert!(text.contains(list), "{text}");
    assert!(!text.contains("api.snap"), "{text}");
}

#[test]
fn a_test_that_fails_though_it_could_write_is_listed() {
    let fails = "echo 'test a::b ... FAILED'; exit 101";
    let (code, text) = Scratch::new().doing("write", fails).update();
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("the test `a::b` fails"), "{text}");
}

#[test]
fn a_spec_that_lint_refuses_ends_it_before_cargo_is_asked() {
    let scratch = Scratch::new();
    scratch.write(
        "specs/shop/openapi.yaml",
        &SHOP.replace("x-retry: safe", "x-retry: perhaps"),
    );
    let (code, text) = scratch.update();
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("specs/shop/openapi.yaml:9:"), "{text}");
    assert_eq!(scratch.calls(), "");
}

#[test]
fn without_cargo_the_message_says_so() {
    let scratch = Scratch::new();
    std::fs::remove_file(scratch.path("cargo")).unwrap();
    let (code, text) = scratch.update();
    assert_eq!(code, 2, "{text}");
    assert!(text.contains("can't be run"), "{text}");
}
