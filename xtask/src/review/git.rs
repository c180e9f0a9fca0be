//! The specs as a revision of the repository has them, asked of the program `git`.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The branches that a change is meant for, in the order in which they are looked for.
const TRUNKS: [&str; 2] = ["origin/main", "main"];

/// A revision of the repository that a workspace stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    root: PathBuf,
    /// The commit's hash.
    commit: String,
    /// What reports call it: as it was named, or the commit's first twelve digits.
    pub label: String,
}

impl Revision {
    /// The revision with that name.
    ///
    /// # Errors
    ///
    /// No `git`, no repository, no such revision.
    pub fn named(root: &Path, name: &str) -> Result<Self, String> {
        repository(root)?;
        let commit = commit(root, name)?.ok_or_else(|| {
            format!(
                "unknown revision `{name}`: name a branch, tag or commit that this clone has; a shallow clone has few (`git fetch --unshallow`)"
            )
        })?;
        Ok(Self {
            root: root.to_owned(),
            commit,
            label: name.to_owned(),
        })
    }

    /// Where the work tree's branch left `origin/main` or `main`; its last commit where there is neither.
    ///
    /// # Errors
    ///
    /// No `git`, no repository, no commit.
    pub fn of_departure(root: &Path) -> Result<Self, String> {
        repository(root)?;
        for trunk in TRUNKS {
            if commit(root, trunk)?.is_none() {
                continue;
            }
            let output = git(root, &["merge-base", "HEAD", trunk])?;
            // Histories without a common commit have none.
            if output.status.success() {
                let commit = text(&output.stdout);
                return Ok(Self {
                    root: root.to_owned(),
                    label: commit.chars().take(12).collect(),
                    commit,
                });
            }
        }
        Self::named(root, "HEAD")
    }

    /// The vendors that the revision has a spec of, sorted.
    ///
    /// # Errors
    ///
    /// What `git` says.
    pub fn vendors(&self) -> Result<Vec<String>, String> {
        let arguments = [
            "ls-tree",
            "-r",
            "-z",
            "--name-only",
            &self.commit,
            "--",
            "specs/",
        ];
        let output = done(git(&self.root, &arguments)?)?;
        let listed = String::from_utf8_lossy(&output);
        let mut vendors: Vec<String> = listed
            .split('\0')
            .filter_map(|path| {
                let vendor = path.strip_prefix("specs/")?.strip_suffix("/openapi.yaml")?;
                (!vendor.contains('/')).then(|| vendor.to_owned())
            })
            .collect();
        vendors.sort();
        Ok(vendors)
    }

    /// A file's bytes; `path` is from the workspace's root, with `/`.
    ///
    /// # Errors
    ///
    /// What `git` says.
    pub fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        // `./`: from the folder that git is run in, which need not be the repository's root.
        let object = format!("{}:./{path}", self.commit);
        done(git(&self.root, &["cat-file", "blob", &object])?)
    }
}

fn repository(root: &Path) -> Result<(), String> {
    let output = git(root, &["rev-parse", "--is-inside-work-tree"])?;
    if output.status.success() {
        return Ok(());
    }
    let why = text(&output.stderr);
    let why = why.lines().next().unwrap_or_default();
    Err(format!(
        "{}: git knows no repository here ({why}); name two files instead: --from OLD --to NEW",
        root.display()
    ))
}

/// The commit's hash; `None` when there is no such revision.
fn commit(root: &Path, name: &str) -> Result<Option<String>, String> {
    if name.is_empty() || name.starts_with('-') {
        return Ok(None);
    }
    let object = format!("{name}^{{commit}}");
    let output = git(root, &["rev-parse", "--verify", "--quiet", &object])?;
    let commit = text(&output.stdout);
    Ok((output.status.success() && !commit.is_empty()).then_some(commit))
}

fn git(root: &Path, arguments: &[&str]) -> Result<Output, String> {
    let mut command = Command::new("git");
    command.arg("-C").arg(root).args(arguments);
    // Whatever the user's language, messages are shown as they are; colours and pagers have no place here.
    command
        .env("GIT_PAGER", "cat")
        .env("GIT_OPTIONAL_LOCKS", "0");
    command.output().map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => {
            "git is missing: install it, or name two files instead: --from OLD --to NEW".to_owned()
        }
        _ => format!("git can't be run: {error}"),
    })
}

fn done(output: Output) -> Result<Vec<u8>, String> {
    if output.status.success() {
        Ok(output.stdout)
    } else {
        Err(format!("git: {}", text(&output.stderr)))
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim().to_owned()
}
