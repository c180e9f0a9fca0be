//! What the documented payloads and the recorded ones say about a change: those that the old spec takes and the new one refuses.
//!
//! Examples are read as the new spec refers to them: written inline, or files beside it. Recordings are the files that the runtime's
//! feature `record` writes. What fits neither spec says nothing about the change, and is left out.

use std::path::Path;

use serde_json::Value;

use super::{Finding, Misfit, Note, SpecReview};
use crate::lint::Context;
use crate::lint::documents::is_sound;
use crate::lint::examples::{Judge, payloads};
use crate::lint::json_schema::Mismatch;
use crate::load::Document;

mod recordings;
mod trace;

pub use recordings::{Recording, read};

/// What stands in a recording for what it left out.
const LEFT_OUT: &str = "REDACTED";

/// Adds to each finding the payloads that no longer fit because of it; those that no finding explains become notes.
///
/// `folder` is where the new spec stands, and `shown` what a report calls that place.
pub fn gather(
    review: &mut SpecReview,
    (old, new): (&Document, &Document),
    (folder, shown): (&Path, &str),
    recordings: &[Recording],
) {
    if review.findings.is_empty() {
        return;
    }
    let new = Context::new(new, folder);
    let examples = payloads(&new, beside);
    if examples.is_empty() && recordings.is_empty() {
        return;
    }
    let old = Context::new(old, folder);
    if !is_sound(&old) || !is_sound(&new) {
        review.notes.push(Note {
            message: "examples and recordings were not held against both versions: a validator can't take the schemas of one of them"
                .to_owned(),
            side: None,
        });
        return;
    }
    let sides = Sides {
        old: (&old, Judge::of(&old)),
        new: (&new, Judge::of(&new)),
    };
    let mut found = Vec::new();
    for held in examples {
        let (file, prefix) = match held.is_file {
            true if shown.is_empty() => (held.name, String::new()),
            true => (format!("{shown}/{}", held.name), String::new()),
            false => (new.document.file.clone(), held.pointer),
        };
        found.extend(sides.hold(&held.payload, &held.beside, &held.beside, &file, &prefix));
    }
    for recording in recordings {
        recordings::hold(&sides, recording, &mut found);
    }
    for one in found {
        one.tie(review);
    }
}

/// The file's path, if it is one below the document's folder.
fn beside(external: &str) -> Option<&str> {
    let is_below = !external.starts_with('/') && !external.contains([':', '\\']);
    let steps_out = external.split('/').any(|step| step == "..");
    (is_below && !steps_out && external.ends_with(".json")).then_some(external)
}

/// A payload that the old spec takes and the new one refuses, at one place of it.
struct Refused {
    misfit: Misfit,
    /// The nodes of the new document on the way to the keyword that refuses it; the keyword last.
    way: Vec<String>,
}

/// Both documents, ready to hold payloads against.
struct Sides<'c, 'd> {
    old: (&'c Context<'d>, Judge<'c, 'd>),
    new: (&'c Context<'d>, Judge<'c, 'd>),
}

impl Sides<'_, '_> {
    /// Holds a payload against what stands beside it in both documents.
    fn hold(
        &self,
        payload: &Value,
        old: &str,
        new: &str,
        file: &str,
        prefix: &str,
    ) -> Vec<Refused> {
        self.refused(payload, old, new)
            .unwrap_or_default()
            .into_iter()
            .map(|(mismatch, way)| Refused {
                misfit: Misfit {
                    file: file.to_owned(),
                    pointer: format!("{prefix}{}", mismatch.path),
                    message: mismatch.message,
                },
                way,
            })
            .collect()
    }

    /// `None` when one of the documents says nothing about such a payload, or the old one refuses it as well.
    fn refused(
        &self,
        payload: &Value,
        old: &str,
        new: &str,
    ) -> Option<Vec<(Mismatch, Vec<String>)>> {
        let (context, judge) = &self.new;
        let schema = judge.schema(new, payload)?;
        let checker = context.checker(&schema);
        let checker = checker.as_ref().as_ref().ok()?;
        if checker.takes(payload) {
            return None;
        }
        let (context, judge) = &self.old;
        let before = context.checker(&judge.schema(old, payload)?);
        if !before.as_ref().as_ref().ok()?.takes(payload) {
            return None;
        }
        let is_left_out = |mismatch: &Mismatch| {
            let text = payload.pointer(&mismatch.path).and_then(Value::as_str);
            text.is_some_and(|text| text.contains(LEFT_OUT))
        };
        let mut found = checker.traced(payload);
        found.retain(|(mismatch, _)| !is_left_out(mismatch));
        let traced = found.into_iter().map(|(mismatch, way)| {
            let mut nodes = vec![new.to_owned()];
            nodes.extend(trace::nodes(&self.new.0.json, &schema, &way));
            (mismatch, nodes)
        });
        Some(traced.collect())
    }
}

impl Refused {
    /// Adds it to the finding that explains it, or to the notes; a file is named once.
    fn tie(self, review: &mut SpecReview) {
        let Self { misfit, way } = self;
        match cause(&mut review.findings, &way) {
            Some(finding) => {
                let is_known = finding.misfits.iter().any(|it| it.file == misfit.file);
                // An inline example has the spec's file; its place tells it apart.
                let is_spec = finding
                    .new
                    .as_ref()
                    .is_some_and(|it| it.file == misfit.file);
                if !is_known || (is_spec && !finding.misfits.contains(&misfit)) {
                    finding.misfits.push(misfit);
                }
            }
            None => {
                let place = match misfit.pointer.as_str() {
                    "" => String::new(),
                    pointer => format!(" at {pointer}"),
                };
                let message = format!(
                    "{}{place} fits the old spec and not the new one, and no finding says why: {}",
                    misfit.file, misfit.message
                );
                if !review.notes.iter().any(|note| note.message == message) {
                    review.notes.push(Note {
                        message,
                        side: None,
                    });
                }
            }
        }
    }
}

/// The finding about the node nearest to the end of the way.
fn cause<'f>(findings: &'f mut [Finding], way: &[String]) -> Option<&'f mut Finding> {
    let is_at = |finding: &Finding, node: &str| {
        let sides = [&finding.new, &finding.old];
        sides.into_iter().flatten().any(|side| side.pointer == node)
    };
    let is_in = |finding: &Finding, node: &str| {
        let sides = [&finding.new, &finding.old];
        let mut pointers = sides.into_iter().flatten().map(|side| &side.pointer);
        pointers.any(|pointer| {
            let rest = pointer.strip_prefix(node);
            rest.is_some_and(|rest| rest.starts_with('/'))
        })
    };
    let found = way.iter().rev().enumerate().find_map(|(back, node)| {
        let at = findings.iter().position(|finding| is_at(finding, node));
        // Within the keyword itself: a value of `enum`.
        at.or_else(|| {
            let inside = || findings.iter().position(|finding| is_in(finding, node));
            (back == 0).then(inside).flatten()
        })
    });
    findings.get_mut(found?)
}
