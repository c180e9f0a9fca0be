//! The review of one spec, from two texts to all that is known about their difference.

use std::path::Path;
use std::thread::{Scope, ScopedJoinHandle};

use super::compare::compare;
use super::date::Date;
use super::evidence::Recording;
use super::inputs::{Pair, Text};
use super::surface::Surface;
use super::{
    Effect, Facade, Finding, Note, Side, SpecReview, Trouble, Verdict, Version, Wire, decisions,
    digest, evidence, rules, rust_api,
};
use crate::load::{Document, Position};

/// Documents nest deeper than a thread's usual stack bears in an unoptimised build.
const STACK: usize = 64 << 20;

/// What holds for every spec of a review.
#[derive(Debug)]
pub struct Options<'r> {
    /// The workspace.
    pub root: &'r Path,
    /// Whether both clients are generated, and their APIs compared.
    pub generate: bool,
    /// Recorded exchanges.
    pub recordings: Vec<Recording>,
    /// The day on which decisions have expired or not.
    pub today: Date,
}

/// Starts a thread that documents fit into.
///
/// # Errors
///
/// When the machine has no thread left.
pub fn spawn<'s, T: Send + 's>(
    scope: &'s Scope<'s, '_>,
    work: impl FnOnce() -> T + Send + 's,
) -> Result<ScopedJoinHandle<'s, T>, String> {
    let builder = std::thread::Builder::new().stack_size(STACK);
    let spawned = builder.spawn_scoped(scope, work);
    spawned.map_err(|error| format!("no thread: {error}"))
}

/// Reviews one spec.
///
/// # Errors
///
/// A document or file of decisions that can't be read, with the place.
pub fn review(pair: &Pair, options: &Options<'_>) -> Result<SpecReview, Trouble> {
    let (mut review, documents) = match (&pair.old, &pair.new) {
        (Some(old), Some(new)) => changed(pair, old, new)?,
        (Some(old), None) => (whole(pair, old, "operation-removed")?, None),
        (None, Some(new)) => (whole(pair, new, "operation-added")?, None),
        (None, None) => {
            return Err(format!("{}: there is nothing to compare", pair.name).into());
        }
    };
    for finding in &mut review.findings {
        let parts = [pair.name.as_bytes(), finding.fingerprint.as_bytes()];
        finding.fingerprint = digest::short(&parts);
    }
    if let Some((old, new)) = &documents {
        judge_rust(&mut review, old, new, pair, options)?;
        raise(&mut review, pair, options.root);
        let place = (pair.folder.as_path(), pair.shown.as_str());
        evidence::gather(&mut review, (old, new), place, &options.recordings);
    }
    let entries = decisions::read(&pair.folder, &pair.decisions(), options.today);
    decisions::attach(&mut review, entries?);
    Ok(review)
}

/// A spec that stands on both sides, and its documents.
fn changed(
    pair: &Pair,
    old: &Text,
    new: &Text,
) -> Result<(SpecReview, Option<(Document, Document)>), Trouble> {
    let (before, after) = std::thread::scope(|scope| {
        let before = spawn(scope, || old.document());
        let after = new.document();
        let before = before.map_err(Trouble::from).and_then(|thread| {
            let panicked = |_| {
                let why = format!("{}: the loader panicked; please report it", old.label);
                Err(Trouble::from(why))
            };
            thread
                .join()
                .map_or_else(panicked, |read| read.map_err(Trouble::from))
        });
        (before, after)
    });
    let (before, after) = (before?, after?);
    let comparison = compare(&before, &after)?;
    let mut review = SpecReview {
        findings: comparison.findings,
        notes: comparison.notes,
        documentation: comparison.documentation,
        ..SpecReview::empty(&pair.name, version(old, &before), version(new, &after))
    };
    // Places of the old version are shown with the path alone, as a workflow's annotations need it.
    for side in review.findings.iter_mut().filter_map(|it| it.old.as_mut()) {
        side.file.clone_from(&old.file);
    }
    Ok((review, Some((before, after))))
}

/// What the change does to the Rust API: as the generated clients show it, or as the rules say.
fn judge_rust(
    review: &mut SpecReview,
    old: &Document,
    new: &Document,
    pair: &Pair,
    options: &Options<'_>,
) -> Result<(), String> {
    if review.findings.is_empty() {
        return Ok(());
    }
    let vendor = pair.vendor.as_deref();
    if options.generate {
        rust_api::enrich(review, old, new, options.root, vendor)?;
        // What the clients show may weigh less than what the rules say.
        review.findings.sort_by_key(|finding| {
            let Verdict { wire, rust, facade } = finding.verdict;
            std::cmp::Reverse((finding.weight(), wire, rust, facade))
        });
    }
    if review.unexplained.is_some() {
        review.notes.push(Note {
            message:
                "the verdicts about Rust are those of the clients generated from both versions"
                    .to_owned(),
            side: None,
        });
        return Ok(());
    }
    if !options.generate {
        review.notes.push(Note {
            message:
                "the verdicts about Rust are by rule; `--generate` compares the generated clients"
                    .to_owned(),
            side: None,
        });
    }
    review.bump = rust_api::bump(review.verdict().rust, None);
    Ok(())
}

/// What changes on the wire alone is still a new version of the client.
fn raise(review: &mut SpecReview, pair: &Pair, root: &Path) {
    if review.bump.is_some() || review.verdict().wire == Wire::None {
        return;
    }
    let bump = "patch";
    review.bump = Some(bump);
    let current = pair.vendor.as_ref().and_then(|_| rust_api::current(root));
    review.next = current.and_then(|version| rust_api::next(&version, bump));
}

/// A spec that is new, or gone, as one finding with all its operations.
fn whole(pair: &Pair, text: &Text, rule: &str) -> Result<SpecReview, Trouble> {
    let document = text.document()?;
    let surface = Surface::read(&document)?;
    let is_used = surface
        .operations
        .iter()
        .any(|operation| operation.at.node.has("x-cart-operation"));
    let operations = surface.operations.into_iter();
    let mut operations: Vec<String> = operations.map(|operation| operation.name).collect();
    operations.sort();
    let rule = rules::by_id(rule).ok_or_else(|| format!("there is no rule `{rule}`"))?;
    let is_gone = pair.new.is_none();
    let side = Side {
        file: text.file.clone(),
        position: Position::START,
        pointer: String::new(),
        slice: Vec::new(),
    };
    let count = match operations.len() {
        1 => "1 operation".to_owned(),
        count => format!("{count} operations"),
    };
    let facade = match is_gone && is_used {
        true => Facade::Capability,
        false => Facade::None,
    };
    let finding = Finding {
        fingerprint: rule.id.to_owned(),
        rule,
        verdict: Verdict {
            wire: rule.wire,
            rust: rule.rust,
            facade,
        },
        subject: text.file.clone(),
        message: match is_gone {
            true => format!("the spec is gone, with {count}"),
            false => format!("a new spec, with {count}"),
        },
        old: is_gone.then(|| side.clone()),
        new: (!is_gone).then_some(side),
        effects: vec![Effect { rule, operations }],
        items: Vec::new(),
        mappings: Vec::new(),
        misfits: Vec::new(),
        decision: None,
    };
    let there = version(text, &document);
    let nowhere = Version {
        label: "nothing".to_owned(),
        hash: digest::text(""),
        version: None,
    };
    let (from, to) = match is_gone {
        true => (there, nowhere),
        false => (nowhere, there),
    };
    Ok(SpecReview {
        findings: vec![finding],
        ..SpecReview::empty(&pair.name, from, to)
    })
}

fn version(text: &Text, document: &Document) -> Version {
    let info = document
        .root
        .get("info")
        .and_then(|info| info.get("version"));
    let version = info.map(|version| match version.as_str() {
        Some(text) => text.to_owned(),
        None => version.to_json().to_string(),
    });
    Version {
        label: text.label.clone(),
        hash: digest::text(&document.text),
        version,
    }
}
