//! Mutated specs through the loader and the lint: a document, or an error with a place.

use std::path::{Path, PathBuf};

use fastrand::Rng;
use serde_json::Value;
use xtask::load::Document;

use crate::mutate::{Step, Words, apply, apply_bytes, steps};
use crate::run::{Case, Finding, Outcome, fewest, without_panic};

struct Spec {
    path: PathBuf,
    text: Vec<u8>,
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
            let tree = Document::parse_bytes("spec", &text)
                .expect("the spec is well-formed")
                .to_json();
            Spec { path, text, tree }
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

/// Whether the lint has nothing against it.
fn check(spec: &Spec, bytes: &[u8]) -> Result<bool, String> {
    let document = match Document::parse_bytes("spec", bytes) {
        Ok(document) => document,
        Err(error) if error.position.is_some() => return Ok(false),
        Err(error) => return Err(format!("an error without a place: {error}")),
    };
    let folder = spec.path.parent().unwrap_or(Path::new("."));
    Ok(xtask::lint::lint(&document, folder).is_empty())
}
