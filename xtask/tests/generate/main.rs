//! `cargo xtask generate` as its users meet it: on a copy of the workspace, through the program.

mod machine;
mod names;
mod odd;
mod reported;
mod taken;
mod texts;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A workspace with one small spec, and its client generated.
struct Scratch(tempfile::TempDir);

const SHOP: &str = r##"openapi: 3.0.3
info: {title: A shop, version: "1"}
servers: [{url: "https://{account}.shop.example", variables: {account: {default: demo, description: The account.}}}]
security: [{Token: []}]
paths:
  /carts/{id}:
    get:
      operationId: getCart
      summary: Reads a cart.
      x-retry: safe
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {"200": {description: The cart., content: {application/json: {schema: {$ref: "#/components/schemas/Cart"}}}}}
components:
  securitySchemes: {Token: {type: apiKey, in: header, name: X-Token}}
  schemas:
    Cart: {type: object, properties: {id: {type: string}, total: {type: number}}}
"##;

impl Scratch {
    /// No spec at all.
    fn empty() -> Self {
        let scratch = Self(tempfile::tempdir().unwrap());
        std::fs::create_dir_all(scratch.path("specs")).unwrap();
        scratch
    }

    /// The small spec, and nothing generated.
    fn shop() -> Self {
        let scratch = Self::empty();
        scratch.write(SPEC, SHOP);
        scratch
    }

    fn new() -> Self {
        let scratch = Self::shop();
        let run = scratch.run(&["generate"]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        scratch
    }

    fn root(&self) -> &Path {
        self.0.path()
    }

    /// Writes a file, and its folders.
    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn run(&self, arguments: &[&str]) -> Run {
        let output = self.program(arguments).output().unwrap();
        Run::new(output, self.0.path())
    }

    /// The program, not yet started.
    fn program(&self, arguments: &[&str]) -> Command {
        let mut program = Command::new(env!("CARGO_BIN_EXE_xtask"));
        program.arg("--root").arg(self.0.path()).args(arguments);
        program
    }

    /// Changes a file by replacing the first occurrence of `from`.
    fn edit(&self, path: &str, from: &str, to: &str) {
        let path = self.path(path);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(
            text.contains(from),
            "{} does not contain {from:?}",
            path.display()
        );
        std::fs::write(path, text.replacen(from, to, 1)).unwrap();
    }

    fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        collect(&self.path("crates/clients"), &mut files);
        files
    }
}

/// What a run printed and how it ended; times are cut out.
struct Run {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

impl Run {
    fn new(output: Output, root: &Path) -> Self {
        let text = |bytes: Vec<u8>| {
            let text = String::from_utf8(bytes)
                .unwrap()
                .replace(&*root.to_string_lossy(), "[root]");
            text.lines()
                .map(|line| line.split(" (0.").next().unwrap_or(line).to_owned() + "\n")
                .collect::<String>()
        };
        Self {
            code: output.status.code(),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }
}

fn collect(folder: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        match entry.file_type().unwrap().is_dir() {
            true => collect(&entry.path(), files),
            false => drop(files.insert(entry.path(), std::fs::read(entry.path()).unwrap())),
        }
    }
}

const SPEC: &str = "specs/shop/openapi.yaml";
const CLIENT: &str = "crates/clients/shop/src/generated_client.rs";
const MANIFEST: &str = "crates/clients/shop/Cargo.toml";

#[test]
fn generating_twice_writes_nothing_the_second_time() {
    let scratch = Scratch::new();
    std::fs::remove_dir_all(scratch.path("crates/clients")).unwrap();
    assert_eq!(
        scratch.run(&["generate"]).stdout,
        "shop: 4 of 4 files written\n"
    );
    let first = scratch.files();
    let written = std::fs::metadata(scratch.path(CLIENT))
        .unwrap()
        .modified()
        .unwrap();
    assert_eq!(
        scratch.run(&["generate"]).stdout,
        "shop: 4 files up to date\n"
    );
    assert_eq!(first, scratch.files());
    assert_eq!(
        written,
        std::fs::metadata(scratch.path(CLIENT))
            .unwrap()
            .modified()
            .unwrap()
    );
}

#[test]
fn deleted_and_edited_files_are_restored_exactly() {
    let scratch = Scratch::new();
    let before = scratch.files();
    for path in before.keys().filter(|path| !path.ends_with("Cargo.toml")) {
        std::fs::remove_file(path).unwrap();
    }
    scratch.edit(MANIFEST, "[dependencies]", "[dependencies]\nrand = \"1\"");
    assert_eq!(scratch.run(&["generate"]).code, Some(0));
    assert_eq!(before, scratch.files());
}

#[test]
fn check_shows_an_edited_byte_and_writes_nothing() {
    let scratch = Scratch::new();
    scratch.edit(CLIENT, "pub struct Cart {", "pub struct Kart {");
    let edited = scratch.files();
    let run = scratch.run(&["generate", "--check", "shop"]);
    assert_eq!(run.code, Some(1));
    for line in [
        &format!("--- a/{CLIENT}"),
        "-    pub struct Kart {",
        "+    pub struct Cart {",
        "Mend: run `cargo xtask generate`",
    ] {
        assert!(
            run.stdout.contains(line),
            "{line} is missing in:\n{}",
            run.stdout
        );
    }
    assert_eq!(edited, scratch.files());
}

#[test]
fn check_shows_a_changed_spec_as_what_it_changes_in_rust() {
    let scratch = Scratch::new();
    scratch.edit(
        SPEC,
        "total: {type: number}",
        "total: {type: number}, currency: {type: string}",
    );
    let run = scratch.run(&["generate", "--check"]);
    assert_eq!(run.code, Some(1), "{}{}", run.stdout, run.stderr);
    insta::assert_snapshot!(run.stdout);
}

#[test]
fn a_spec_that_cannot_be_taken_is_refused_with_place_and_mend_and_nothing_is_written() {
    for (name, from, to) in [
        ("yaml_error", "paths:\n", "paths: [\n"),
        (
            "unresolved_ref",
            "#/components/schemas/Cart",
            "#/components/schemas/Kart",
        ),
        ("missing_operation_id", "      operationId: getCart\n", ""),
        (
            "duplicate_operation_id",
            "components:",
            "  /carts:\n    get: {operationId: getCart, x-retry: safe, responses: {\"204\": {description: Nothing.}}}\ncomponents:",
        ),
        (
            "construct_that_cannot_be_taken",
            "in: path, required: true, schema: {type: string}",
            "in: query, style: deepObject, schema: {type: object}",
        ),
    ] {
        let scratch = Scratch::new();
        let before = scratch.files();
        scratch.edit(SPEC, from, to);
        let run = scratch.run(&["generate"]);
        assert_eq!((run.code, run.stdout.as_str()), (Some(1), ""), "{name}");
        assert_eq!(before, scratch.files(), "{name}");
        insta::assert_snapshot!(name, run.stderr);
    }
}

#[test]
fn an_unknown_vendor_is_a_usage_error() {
    let run = Scratch::new().run(&["generate", "other"]);
    assert_eq!(
        (run.code, run.stderr.as_str()),
        (Some(2), "error: unknown vendor `other`: specs/ has shop\n")
    );
}

#[test]
fn a_stray_file_is_reported_and_an_old_generated_one_is_removed() {
    let scratch = Scratch::new();
    let folder = scratch.path("crates/clients/shop/src");
    std::fs::write(folder.join("mine.rs"), "// by hand\n").unwrap();
    std::fs::write(
        folder.join("old.rs"),
        "// Generated by `cargo xtask generate` from specs/x. Do not edit.\n",
    )
    .unwrap();
    std::fs::create_dir(scratch.path("crates/clients/gone")).unwrap();
    let run = scratch.run(&["generate", "--check"]);
    assert_eq!(run.code, Some(1));
    insta::assert_snapshot!(run.stdout);
    scratch.run(&["generate"]);
    assert!(
        folder.join("mine.rs").exists(),
        "what nobody generated is not removed"
    );
    assert!(!folder.join("old.rs").exists());
}
