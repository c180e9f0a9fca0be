//! What a change of a spec does to the generated Rust API: both clients are generated in memory, and their items compared.
//!
//! The rules judge any client of the two specs; here is what Cartwright's own clients make of the change. Each item that differs is
//! tied to the finding that caused it; what no finding explains is shown as such.

mod items;
mod names;
#[cfg(test)]
mod tests;
mod tie;

use std::path::Path;

pub use items::diff;
pub use tie::{Names, tie};

use super::{Note, Rust, SpecReview, facade};
use crate::api::{self, ApiItem};
use crate::load::Document;
use crate::{emit, format, lint, lower, polish};

/// The source of the client that a document describes, not yet formatted.
///
/// # Errors
///
/// The first thing for which there is no client: a construct that lint refuses, or what a stage says.
pub fn sources(document: &Document) -> Result<String, String> {
    let refused = lint::refusals(document);
    if let Some(first) = refused.first() {
        let more = match refused.len() {
            1 => String::new(),
            count => format!(" (and {} more)", count - 1),
        };
        let (file, at, message) = (&first.file, first.position, &first.message);
        return Err(format!("{file}:{at}: {message}{more}"));
    }
    let lowered = lower::lower(&lower::source(document))?;
    let emitted = emit::emit(&lowered.spec, &lowered.plan)?;
    let polished = polish::polish(emitted, &lowered.plan)?;
    Ok(format::plain(&polished))
}

/// Adds to a review what it means for the generated client, and for the cart interface where `vendor` has one.
///
/// When one of the clients can't be generated, a note says why, and the rules' verdicts stay. Equal documents have equal clients, and
/// none is generated.
///
/// # Errors
///
/// A source of the cart interface that can't be read.
pub fn enrich(
    review: &mut SpecReview,
    old: &Document,
    new: &Document,
    root: &Path,
    vendor: Option<&str>,
) -> Result<(), String> {
    if old.to_json() == new.to_json() {
        review.unexplained = Some(tie(&mut review.findings, Vec::new(), &Names::new(old, new)));
        return Ok(());
    }
    let (old_api, new_api) = match both(old, new) {
        Ok(both) => both,
        Err(why) => {
            review.unexplained = None;
            review.notes.push(Note {
                message: format!(
                    "the generated Rust API was not compared, and its verdicts are by rule: {why}"
                ),
                side: None,
            });
            return Ok(());
        }
    };
    let changes = diff(&old_api, &new_api);
    let worst = changes.iter().map(|change| change.rust).max();
    let names = Names::new(old, new);
    review.bump = worst.and_then(|rust| bump(rust, current(root).as_deref()));
    review.next = match (vendor, review.bump, current(root)) {
        (Some(_), Some(bump), Some(version)) => next(&version, bump),
        _ => None,
    };
    review.unexplained = Some(tie(&mut review.findings, changes, &names));
    match vendor {
        Some(vendor) => facade::enrich(&mut review.findings, &old_api, root, vendor),
        None => Ok(()),
    }
}

/// The items of both clients, each generated in a thread of its own.
fn both(old: &Document, new: &Document) -> Result<(Vec<ApiItem>, Vec<ApiItem>), String> {
    let one = |document: &Document| api::list(&sources(document)?);
    std::thread::scope(|scope| {
        let spawn = |document| {
            // Schemas nest deeper than a thread's usual stack bears in an unoptimised build.
            let builder = std::thread::Builder::new().stack_size(64 << 20);
            builder.spawn_scoped(scope, move || one(document))
        };
        let threads = [("old", spawn(old)), ("new", spawn(new))];
        let mut listed = threads.into_iter().map(|(side, thread)| {
            let thread = thread.map_err(|error| format!("no thread: {error}"))?;
            let listed = thread
                .join()
                .unwrap_or_else(|_| Err("generation panicked".to_owned()));
            listed.map_err(|why| format!("there is no client of the {side} spec: {why}"))
        });
        let (first, second) = (listed.next(), listed.next());
        match (first, second) {
            (Some(first), Some(second)) => Ok((first?, second?)),
            _ => Err("nothing to compare".to_owned()),
        }
    })
}

/// The version of the workspace, which all generated crates share.
pub(super) fn current(root: &Path) -> Option<String> {
    let manifest = std::fs::read_to_string(root.join("Cargo.toml")).ok()?;
    let package = manifest.split("[workspace.package]").nth(1)?;
    let package = package.split("\n[").next()?;
    let line = package
        .lines()
        .find_map(|line| line.strip_prefix("version"))?;
    Some(
        line.trim_start()
            .strip_prefix('=')?
            .trim()
            .trim_matches('"')
            .to_owned(),
    )
}

/// Which part of a version rises: below 1.0 a break raises the minor version, and everything else the patch.
pub fn bump(rust: Rust, version: Option<&str>) -> Option<&'static str> {
    let is_stable = version.is_some_and(|version| !version.starts_with("0."));
    match (rust, is_stable) {
        (Rust::None, _) => None,
        (Rust::Break, true) => Some("major"),
        (Rust::Break, false) | (Rust::Additive | Rust::Maybe, true) => Some("minor"),
        (Rust::Additive | Rust::Maybe, false) => Some("patch"),
    }
}

/// The version after `version` with that part risen; `None` when it is no version of three numbers.
pub fn next(version: &str, bump: &str) -> Option<String> {
    let numbers: Result<Vec<u64>, _> = version.split('.').map(str::parse).collect();
    let Ok([major, minor, patch]) = <[u64; 3]>::try_from(numbers.ok()?) else {
        return None;
    };
    Some(match bump {
        "major" => format!("{}.0.0", major + 1),
        "minor" => format!("{major}.{}.0", minor + 1),
        _ => format!("{major}.{minor}.{}", patch + 1),
    })
}
