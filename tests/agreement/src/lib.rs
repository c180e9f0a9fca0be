//! Whether each stand-in is what its vendor's spec describes.
//!
//! A spec that has changed is one difference here. Without it the same difference is a refused request in hundreds of
//! tests, none of which says so. `cargo test` runs its packages by their names and stops at the first that fails; this one's is the
//! first. `cargo xtask update` runs it as well, and ends with what it finds.
//!
//! - [`compare`]: what spec and stand-in say of themselves: addresses, credentials, operations, parameters, values.
//! - [`notes`]: the table of operations in the notes beside the spec.
//! - [`answers`]: requests to the stand-in, whose answers are held against the spec. [`drive`] sends them.

pub mod answers;
pub mod ask;
pub mod compare;
pub mod drive;
pub mod notes;
pub mod places;
mod values;

use std::fmt;
use std::path::{Path, PathBuf};

use cartwright_sandbox::Sandbox;

use compare::StandIn;
use places::Places;

/// One difference between what is written about a vendor in two places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The vendor's name in lower case.
    pub vendor: String,
    /// What differs.
    pub what: String,
    /// File and line in the spec.
    pub spec: String,
    /// File and line of what has to follow: the stand-in, or the notes.
    pub other: String,
    /// What a person has to do.
    pub mend: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            vendor,
            what,
            spec,
            other,
            mend,
        } = self;
        write!(
            f,
            "{vendor}: {what}\n  spec: {spec}\n  here: {other}\n  mend: {mend}"
        )
    }
}

/// The root of the workspace.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// All differences, of all vendors. The stand-ins are asked only where what they say of themselves agrees.
///
/// # Panics
/// If a spec can't be read.
pub async fn differences() -> Vec<Difference> {
    let mut found = Vec::new();
    for ((vendor, built), (_, inputs)) in Sandbox::operations().into_iter().zip(Sandbox::inputs()) {
        let name = format!("specs/{vendor}/openapi.yaml");
        let document = xtask::generate::read(&root(), Path::new(&name))
            .unwrap_or_else(|failure| panic!("{name}: {failure:?}"));
        let places = Places::read(&root(), vendor);
        found.extend(compare::compare(
            &document,
            &StandIn::new(vendor, built, inputs),
            &places,
        ));
        let notes = format!("specs/{vendor}/NOTES.md");
        let text = std::fs::read_to_string(root().join(&notes)).unwrap_or_default();
        found.extend(notes::compare(vendor, &document, &notes, &text));
    }
    if found.is_empty() {
        found = answers::differences().await;
    }
    found
}

/// The differences as a list to read.
pub fn told(differences: &[Difference]) -> String {
    let each: Vec<String> = differences.iter().map(Difference::to_string).collect();
    each.join("\n")
}
