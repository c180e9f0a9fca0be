//! A folder for one test: files, and a repository if it asks for one.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Is removed with all it holds when it goes.
pub struct Folder {
    folder: tempfile::TempDir,
}

/// What a run of the program came to.
pub struct Run {
    pub code: i32,
    pub text: String,
    pub errors: String,
}

impl Folder {
    pub fn new(files: &[(&str, &str)]) -> Self {
        let folder = Self {
            folder: tempfile::tempdir().expect("a folder"),
        };
        for (name, text) in files {
            folder.write(name, text);
        }
        folder
    }

    /// With a first commit of all the files on the branch `main`.
    pub fn repository(files: &[(&str, &str)]) -> Self {
        let folder = Self::new(files);
        folder.git(&["init", "--quiet", "--initial-branch=main"]);
        folder.commit();
        folder
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn write(&self, name: &str, text: &str) {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path().join(name)).expect("a file")
    }

    pub fn commit(&self) {
        self.git(&["add", "--all"]);
        self.git(&[
            "commit",
            "--quiet",
            "--allow-empty",
            "--message",
            "a change",
        ]);
    }

    pub fn git(&self, arguments: &[&str]) -> String {
        let mut command = Command::new("git");
        // Whatever the user has configured has no effect here.
        command
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_SYSTEM", "/dev/null")
            .args(["-c", "user.name=Anna", "-c", "user.email=anna@example.com"])
            .args(arguments)
            .current_dir(self.path());
        let output = command.output().expect("git is installed");
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "git {arguments:?}: {errors}");
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    /// `cargo xtask --root <this folder> review …`, started in this folder.
    pub fn review(&self, arguments: &[&str]) -> Run {
        let output = self.command(arguments).output();
        Run::from(output.expect("the program runs"))
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command
            .env(
                "GIT_CEILING_DIRECTORIES",
                self.path().parent().expect("a parent"),
            )
            .current_dir(self.path())
            .arg("--root")
            .arg(self.path())
            .arg("review")
            .args(arguments);
        command
    }
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        Self {
            code: output.status.code().expect("no signal"),
            text: text(output.stdout),
            errors: text(output.stderr),
        }
    }
}

/// Whether this machine has no git, which is then said. A test that needs a repository has nothing to show without it.
pub fn without_git() -> bool {
    let is_missing = Command::new("git").arg("--version").output().is_err();
    if is_missing {
        // Past the capture of libtest, which shows nothing of a test that passes.
        let test = std::thread::current();
        let name = test.name().unwrap_or("a test");
        drop(writeln!(
            std::io::stderr(),
            "SKIPPED {name}: git is not in PATH"
        ));
    }
    is_missing
}

/// The workspace that is tested.
pub fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Its vendors.
pub fn vendors() -> Vec<String> {
    xtask::vendors::all(&workspace()).expect("specs/ is there")
}

/// A spec of one operation, as a test changes it.
pub const SHOP: &str = "\
openapi: 3.0.3
info: {title: Shop, version: '1'}
servers: [{url: https://shop.example}]
paths:
  /carts:
    post:
      operationId: createCart
      x-cart-operation: [create]
      x-retry: unsafe
      requestBody:
        required: true
        content:
          application/json:
            schema: {$ref: '#/components/schemas/NewCart'}
            example: {name: a}
      responses:
        '201':
          description: The cart.
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Cart'}
    get:
      operationId: listCarts
      x-retry: safe
      responses:
        '200':
          description: Carts.
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Cart'}
components:
  schemas:
    NewCart:
      type: object
      properties:
        name: {type: string}
    Cart:
      type: object
      required: [id]
      properties:
        id: {type: string}
        kind: {$ref: '#/components/schemas/Kind'}
    Kind:
      type: string
      enum: [gift, plain]
";

/// The spec with one text replaced, which stands there once.
pub fn changed(from: &str, to: &str) -> String {
    assert_eq!(SHOP.matches(from).count(), 1, "{from}");
    SHOP.replace(from, to)
}
