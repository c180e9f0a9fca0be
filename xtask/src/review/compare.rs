//! Compares two documents: every cause, once.

use std::cmp::Reverse;

use super::causes::Cause;
use super::finder::Finder;
use super::schemas::Schemas;
use super::security::Credentials;
use super::slice::Slicer;
use super::surface::Surface;
use super::{
    Facade, Finding, Note, Verdict, Wire, bodies, digest, operations, parameters, responses,
};
use crate::load::{Document, LoadError};

/// What two documents differ in.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// One per cause, the worst first, then by place.
    pub findings: Vec<Finding>,
    /// What is worth saying beside them.
    pub notes: Vec<Note>,
    /// How many nodes differ in words only.
    pub documentation: usize,
}

/// Compares two versions of a document, as a client sees them.
///
/// ```
/// use xtask::load::Document;
/// use xtask::review::compare::compare;
///
/// let old = "openapi: 3.0.3\npaths:\n  /carts:\n    get: {operationId: listCarts, responses: {}}\n";
/// let old = Document::parse("old.yaml", old)?;
/// let new = Document::parse("new.yaml", "openapi: 3.0.3\npaths: {}\n")?;
/// let found = compare(&old, &new)?.findings;
/// assert_eq!(found[0].rule.id, "operation-removed");
/// assert_eq!(found[0].old.as_ref().unwrap().position.to_string(), "4:5");
/// # Ok::<(), xtask::load::LoadError>(())
/// ```
///
/// # Errors
///
/// When one of them is no OpenAPI 3.0 document, or refers to what is not there; with file, line and column.
pub fn compare(old: &Document, new: &Document) -> Result<Comparison, LoadError> {
    let (before, after) = (Surface::read(old)?, Surface::read(new)?);
    let sources = (&before.source, &after.source);
    let credentials = Credentials::read(sources.0, sources.1)?;
    let mut schemas = Schemas::new(before.source, after.source);
    let mut finder = Finder::default();
    finder.words(
        &before.source.root(),
        &after.source.root(),
        &["info", "tags", "externalDocs"],
    );
    operations::root_extensions(&mut finder, &before, &after);
    let matched = operations::matched(&before, &after);
    for (one, other) in matched.pairs {
        operations::compare(&mut finder, one, other);
        operations::extensions(&mut finder, one, other);
        parameters::compare(&mut finder, &mut schemas, sources, one, other)?;
        bodies::compare(&mut finder, &mut schemas, sources, one, other)?;
        responses::compare(&mut finder, &mut schemas, sources, one, other)?;
        credentials.compare(&mut finder, one, other)?;
    }
    for gone in matched.removed {
        operations::removed(&mut finder, gone);
    }
    for come in matched.added {
        operations::added(&mut finder, come);
    }
    finder.documentation += schemas.finish(&mut finder.causes)?;

    let slicers = (Slicer::new(old), Slicer::new(new));
    let causes = finder.causes.into_iter();
    let findings = causes.filter_map(|cause| finding(cause, &slicers, (old, new)));
    let mut findings: Vec<Finding> = findings.collect();
    findings.sort_by(|a, b| order(a).cmp(&order(b)));
    let notes = finder.notes.into_iter().map(|(message, pointer)| Note {
        message,
        side: pointer.map(|pointer| slicers.1.side(&pointer)),
    });
    let mut notes: Vec<Note> = notes.collect();
    notes.extend(version_policy(old, new, &findings, &slicers.1));
    Ok(Comparison {
        findings,
        notes,
        documentation: finder.documentation,
    })
}

/// The worst first, then by place.
fn order(finding: &Finding) -> impl Ord + use<'_> {
    let side = finding.new.as_ref().or(finding.old.as_ref());
    let verdict = finding.verdict;
    (
        Reverse((verdict.wire, verdict.rust, verdict.facade)),
        side.map(|side| side.position),
        finding.rule.id,
        &finding.subject,
        &finding.fingerprint,
    )
}

fn finding(
    cause: Cause,
    slicers: &(Slicer<'_>, Slicer<'_>),
    documents: (&Document, &Document),
) -> Option<Finding> {
    let effects = cause.effects();
    let rule = effects.first()?.rule;
    let rules = effects.iter().map(|effect| Verdict {
        wire: effect.rule.wire,
        rust: effect.rule.rust,
        facade: Facade::None,
    });
    let mut verdict = rules.fold(Verdict::default(), Verdict::and);
    let key = &cause.key;
    if is_capability(&cause, documents) {
        verdict.facade = Facade::Capability;
    }
    let places = [
        steady(documents.0, &key.old),
        steady(documents.1, &key.new),
        steady(documents.1, &steady(documents.0, &key.part)),
    ];
    let [old, new, part] = places.each_ref().map(String::as_bytes);
    Some(Finding {
        fingerprint: digest::short(&[key.aspect.as_bytes(), old, new, part]),
        rule,
        verdict,
        subject: cause.subject,
        message: cause.message,
        old: cause.in_old.then(|| slicers.0.side(&key.old)),
        new: cause.in_new.then(|| slicers.1.side(&key.new)),
        effects,
        items: Vec::new(),
        mappings: Vec::new(),
        misfits: Vec::new(),
        decision: None,
    })
}

/// Whether a cause changes what a vendor can do.
fn is_capability(cause: &Cause, documents: (&Document, &Document)) -> bool {
    let has_verbs = |document: &Document, pointer: &str| {
        let operation = document.pointer(pointer);
        operation.is_some_and(|node| node.has("x-cart-operation"))
    };
    match cause.key.aspect {
        "cart-operation-changed" | "cart-absent-changed" => true,
        "operation-removed" => has_verbs(documents.0, &cause.key.old),
        "operation-added" => has_verbs(documents.1, &cause.key.new),
        _ => false,
    }
}

/// A pointer in which parameters are told by their names, because others may come before them.
fn steady(document: &Document, pointer: &str) -> String {
    let (mut node, mut text) = (Some(&document.root), String::new());
    for token in pointer.split('/').skip(1) {
        let child = node.and_then(|node| node.pointer(&format!("/{token}")));
        let name = child.and_then(|child| Some((child.text("in")?, child.text("name")?)));
        let in_list = node.is_some_and(|node| node.as_seq().is_some());
        match name.filter(|_| in_list) {
            Some((location, name)) => text.extend(["/", location, ":", name]),
            None => text.extend(["/", token]),
        }
        node = child;
    }
    text
}

/// A break without a new version is worth a word.
fn version_policy(
    old: &Document,
    new: &Document,
    findings: &[Finding],
    slicer: &Slicer<'_>,
) -> Option<Note> {
    let version = |document: &Document| document.pointer("/info/version")?.to_json().into();
    let (before, after): (Option<serde_json::Value>, Option<serde_json::Value>) =
        (version(old), version(new));
    let breaks = findings.iter().any(|one| one.verdict.wire == Wire::Break);
    (breaks && before.is_some() && before == after).then(|| Note {
        message: "something breaks on the wire, and `info.version` stays as it was".to_owned(),
        side: Some(slicer.side("/info/version")),
    })
}

#[cfg(test)]
mod tests;
