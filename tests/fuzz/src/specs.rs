//! Mutated specs through the loader, the lint and the review: a document, or an error with a place.

use std::path::{Path, PathBuf};

use fastrand::Rng;
use serde_json::Value;
use xtask::load::{Document, LoadError};
use xtask::review::compare::compare;

use crate::mutate::{Step, Words, apply, apply_bytes, steps};
use crate::run::{Case, Finding, Outcome, fewest, without_panic};

struct Spec {
    path: PathBuf,
    text: Vec<u8>,
    document: Document,
    tree: Value,
}

/// The specs of the promises, and a vendor's.
pub struct Specs {
    small: Vec<Spec>,
    vendor: Spec,
    words: Words,
}

impl Specs {
    /// From the workspace.
    ///
    /// # Panics
    /// A spec isn't there, or can't be read.
    pub fn read() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let read = |path: PathBuf| {
            let text = std::fs::read(&path).expect("the spec is there");
            let document = Document::parse_bytes("spec", &text).expect("the spec is well-formed");
            Spec {
                tree: document.to_json(),
                path,
                text,
                document,
            }
        };
        let folder = std::fs::read_dir(root.join("tests/promises")).expect("there are promises");
        let mut paths: Vec<PathBuf> = folder.map(|entry| entry.expect("a file").path()).collect();
        paths.retain(|path| {
            path.extension()
                .is_some_and(|extension| extension == "yaml")
        });
        paths.sort();
        let small: Vec<Spec> = paths.into_iter().map(read).collect();
        let vendor = read(root.join("specs/webroot/openapi.yaml"));
        let words = Words::of(small.iter().map(|spec| &spec.tree));
        Self {
            small,
            vendor,
            words,
        }
    }

    /// The case of a seed.
    pub fn case(&self, seed: u64) -> Case {
        let mut rng = Rng::with_seed(seed);
        // A vendor's spec takes a hundred times as long.
        let is_real = rng.u8(..) == 0;
        let spec = match &self.small[rng.usize(..self.small.len())] {
            _ if is_real => &self.vendor,
            small => small,
        };
        let as_bytes = rng.bool();
        let steps: Vec<Step> = match steps(&mut rng) {
            steps if as_bytes => steps.iter().map(|_| Step::Bytes(rng.u64(..))).collect(),
            steps => steps,
        };
        let mutated = |steps: &[Step]| match as_bytes {
            false => apply(&spec.tree, steps, &self.words),
            true => {
                let mut bytes = spec.text.clone();
                let did = apply_bytes(&mut bytes, steps);
                (bytes, did)
            }
        };
        let check = |body: &[u8]| without_panic(|| check(spec, body)).and_then(|result| result);
        let outcome = match check(&mutated(&steps).0) {
            Ok(true) => Outcome::Accepted,
            Ok(false) => Outcome::Refused,
            Err(_) => {
                let (payload, mutations) =
                    mutated(&fewest(&steps, |steps| check(&mutated(steps).0).is_err()));
                Outcome::Found(Box::new(Finding {
                    seed,
                    subject: spec.path.display().to_string(),
                    mutations,
                    message: check(&payload).err().unwrap_or_default(),
                    payload,
                }))
            }
        };
        Case {
            group: if is_real {
                "a vendor's spec"
            } else {
                "small specs"
            },
            outcome,
        }
    }
}

/// Whether the lint has nothing against it, and the review nothing against its change.
fn check(spec: &Spec, bytes: &[u8]) -> Result<bool, String> {
    let placed = |error: LoadError| match error.position {
        Some(_) => Ok(false),
        None => Err(format!("an error without a place: {error}")),
    };
    let document = match Document::parse_bytes("mutated", bytes) {
        Ok(document) => document,
        Err(error) => return placed(error),
    };
    let folder = spec.path.parent().unwrap_or(Path::new("."));
    let is_clean = xtask::lint::lint(&document, folder).is_empty();
    let there = compare(&spec.document, &document);
    let back = compare(&document, &spec.document);
    match (there, back) {
        (Ok(there), Ok(back)) if there.findings.is_empty() && back.findings.is_empty() => {
            Ok(is_clean)
        }
        (Ok(_), Ok(_)) => Ok(false),
        (Err(error), Err(_)) => placed(error),
        (Ok(_), Err(error)) | (Err(error), Ok(_)) => {
            Err(format!("refused on one side only: {error}"))
        }
    }
}
