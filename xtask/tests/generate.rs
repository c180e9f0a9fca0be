//! `cargo xtask generate` as its users meet it: on a copy of the workspace, through the program.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A copy of the specs and the generated clients.
struct Scratch(tempfile::TempDir);

impl Scratch {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        for part in ["specs", "crates/clients"] {
            copy(&root.join(part), &folder.path().join(part));
        }
        Self(folder)
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn run(&self, arguments: &[&str]) -> Run {
        let output = Command::new(env!("CARGO_BIN_EXE_xtask")).arg("--root").arg(self.0.path()).args(arguments).output().unwrap();
        Run::new(output, self.0.path())
    }

    /// Changes a file by replacing the first occurrence of `from`.
    fn edit(&self, path: &str, from: &str, to: &str) {
        let path = self.path(path);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{} does not contain {from:?}", path.display());
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
            let text = String::from_utf8(bytes).unwrap().replace(&*root.to_string_lossy(), "[root]");
            text.lines().map(|line| line.split(" (0.").next().unwrap_or(line).to_owned() + "\n").collect::<String>()
        };
        Self { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
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

fn collect(folder: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        match entry.file_type().unwrap().is_dir() {
            true => collect(&entry.path(), files),
            false => drop(files.insert(entry.path(), std::fs::read(entry.path()).unwrap())),
        }
    }
}

const SPEC: &str = "specs/bigcommerce/openapi.yaml";
const CLIENT: &str = "crates/clients/bigcommerce/src/generated_client.rs";
const MANIFEST: &str = "crates/clients/bigcommerce/Cargo.toml";

#[test]
fn the_committed_clients_are_what_the_specs_describe() {
    let run = Scratch::new().run(&["generate", "--check"]);
    assert_eq!(run.code, Some(0), "{}", run.stdout);
    assert_eq!(run.stdout, "bigcommerce: 4 files up to date\n");
}

#[test]
fn generating_twice_writes_nothing_the_second_time() {
    let scratch = Scratch::new();
    std::fs::remove_dir_all(scratch.path("crates/clients")).unwrap();
    assert_eq!(scratch.run(&["generate"]).stdout, "bigcommerce: 4 of 4 files written\n");
    let first = scratch.files();
    let written = std::fs::metadata(scratch.path(CLIENT)).unwrap().modified().unwrap();
    assert_eq!(scratch.run(&["generate"]).stdout, "bigcommerce: 4 files up to date\n");
    assert_eq!(first, scratch.files());
    assert_eq!(written, std::fs::metadata(scratch.path(CLIENT)).unwrap().modified().unwrap());
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
    let run = scratch.run(&["generate", "--check", "bigcommerce"]);
    assert_eq!(run.code, Some(1));
    for line in [&format!("--- a/{CLIENT}"), "-    pub struct Kart {", "+    pub struct Cart {", "Mend: run `cargo xtask generate`"] {
        assert!(run.stdout.contains(line), "{line} is missing in:\n{}", run.stdout);
    }
    assert_eq!(edited, scratch.files());
}

#[test]
fn a_changed_field_of_the_spec_is_shown_as_what_it_changes_in_rust() {
    for (name, from, to) in [
        ("a field added", "        tax_included:\n", "        tax_exempt: {type: boolean, description: Whether tax is not due.}\n        tax_included:\n"),
        ("a field renamed", "        cart_amount:\n", "        cart_sum:\n"),
    ] {
        let scratch = Scratch::new();
        scratch.edit(SPEC, from, to);
        // What is documented still has the old field, so lint would refuse the rename: the examples move along.
        rename_in_examples(&scratch, "\"cart_amount\"", if from.contains("cart_amount") { "\"cart_sum\"" } else { "\"cart_amount\"" });
        let run = scratch.run(&["generate", "--check"]);
        assert_eq!(run.code, Some(1), "{name}: {}{}", run.stdout, run.stderr);
        insta::assert_snapshot!(name.replace(' ', "_"), run.stdout);
    }
}

#[test]
fn a_removed_field_of_the_spec_is_shown_as_what_it_removes_from_rust() {
    let scratch = Scratch::new();
    let spec = std::fs::read_to_string(scratch.path(SPEC)).unwrap();
    let property = property(&spec, "        manual_discount_amount:\n");
    scratch.edit(SPEC, &property, "");
    let run = scratch.run(&["generate", "--check"]);
    assert_eq!(run.code, Some(1), "{}{}", run.stdout, run.stderr);
    insta::assert_snapshot!("a_field_removed", run.stdout);
}

/// A property with all its lines.
fn property(spec: &str, head: &str) -> String {
    let start = spec.find(head).expect("the property is there");
    let body: String = spec[start + head.len()..].split_inclusive('\n').take_while(|line| line.starts_with("          ")).collect();
    format!("{head}{body}")
}

fn rename_in_examples(scratch: &Scratch, from: &str, to: &str) {
    for entry in std::fs::read_dir(scratch.path("specs/bigcommerce/examples")).unwrap().flatten() {
        let text = std::fs::read_to_string(entry.path()).unwrap();
        std::fs::write(entry.path(), text.replace(from, to)).unwrap();
    }
}

#[test]
fn a_spec_that_cannot_be_taken_is_refused_with_place_and_mend_and_nothing_is_written() {
    for (name, from, to) in [
        ("yaml_error", "paths:\n", "paths: [\n"),
        ("unresolved_ref", "#/components/schemas/CartResponse", "#/components/schemas/CartAnswer"),
        ("duplicate_operation_id", "operationId: getCart\n", "operationId: createCart\n"),
        ("construct_that_cannot_be_taken", "explode: false", "explode: false\n      allowReserved: true"),
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
    let run = Scratch::new().run(&["generate", "shopware"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(2), "error: unknown vendor `shopware`: specs/ has bigcommerce\n"));
}

#[test]
fn a_stray_file_is_reported_and_an_old_generated_one_is_removed() {
    let scratch = Scratch::new();
    let folder = scratch.path("crates/clients/bigcommerce/src");
    std::fs::write(folder.join("mine.rs"), "// by hand\n").unwrap();
    std::fs::write(folder.join("old.rs"), "// Generated by `cargo xtask generate` from specs/x. Do not edit.\n").unwrap();
    std::fs::create_dir(scratch.path("crates/clients/gone")).unwrap();
    let run = scratch.run(&["generate", "--check"]);
    assert_eq!(run.code, Some(1));
    insta::assert_snapshot!(run.stdout);
    scratch.run(&["generate"]);
    assert!(folder.join("mine.rs").exists(), "what nobody generated is not removed");
    assert!(!folder.join("old.rs").exists());
}
