//! The file as such: whether it can be read, and what of its text JSON can't hold.

use std::collections::BTreeSet;

use super::context::{Context, Problem};
use super::grammar::Kind;
use super::{Finding, Rule, Severity};
use crate::load::{LoadError, Lost, Position};

pub(super) const UNREADABLE: Rule = Rule {
    id: "unreadable",
    severity: Severity::Error,
    summary: "The file can be read: UTF-8, and one document of well-formed YAML 1.2 or JSON.",
    why: "nothing else is known about it before",
    mend: "correct it at this place",
    check: |_, _| {},
};

pub(super) const VENDOR_NAME: Rule = Rule {
    id: "vendor-name",
    severity: Severity::Error,
    summary: "A vendor's folder is named by words of a to z and 0 to 9, with one `-` between two words, as no package of the workspace is.",
    why: "the client's package is called `cartwright-` and this name; cargo loads no workspace with a name that it can't take, or takes twice",
    mend: "rename the folder",
    check: |_, _| {},
};

pub(super) const RULES: &[Rule] = &[
    UNREADABLE,
    VENDOR_NAME,
    Rule {
        id: "yaml-tag",
        severity: Severity::Warning,
        summary: "YAML's tags are those of its core schema, such as `!!str`.",
        why: "the document means JSON, which has no others: what such a tag stands on is read as if there were none",
        mend: "remove the tag",
        check: yaml_tag,
    },
    Rule {
        id: "yaml-value",
        severity: Severity::Error,
        summary: "Every value is one that JSON has, and of the kind that its tag says.",
        why: "`.inf`, `.nan` and `!!int x` aren't sent by any vendor",
        mend: "write another value, quote it if it is text, or remove the tag",
        check: yaml_value,
    },
    Rule {
        id: "number-size",
        severity: Severity::Warning,
        summary: "No number has more digits or another size than 64 bits hold, but for a schema's limits.",
        why: "it is read as the nearest number that they hold; a limit keeps its digits, because it becomes words",
        mend: "write it as text if the vendor sends text, or leave it out",
        check: number_size,
    },
];

/// A file that can't be read, as a finding.
pub(super) fn unreadable(error: &LoadError) -> Finding {
    Finding {
        rule: UNREADABLE.id,
        severity: UNREADABLE.severity,
        file: error.file.clone(),
        position: error.position.unwrap_or(Position::START),
        pointer: String::new(),
        message: error.message.clone(),
        mend: error.mend.clone(),
    }
}

/// What is wrong with the name of a spec's folder, as a finding.
pub(super) fn vendor_name(file: &str, message: String, mend: String) -> Finding {
    Finding {
        rule: VENDOR_NAME.id,
        severity: VENDOR_NAME.severity,
        file: file.to_owned(),
        position: Position::START,
        pointer: String::new(),
        message,
        mend,
    }
}

/// A problem for each loss that `told` has words for.
fn losses(
    context: &Context<'_>,
    out: &mut Vec<Problem>,
    told: impl Fn(&Lost, &str) -> Option<String>,
) {
    let pointers = context.document.lost_pointers();
    for loss in &context.document.losses {
        let pointer = pointers.get(&loss.position).and_then(|all| all.last());
        let pointer = pointer.cloned().unwrap_or_default();
        if let Some(message) = told(&loss.lost, &pointer) {
            out.push(Problem::new(&pointer, message).at(loss.position));
        }
    }
}

fn yaml_tag(context: &Context<'_>, out: &mut Vec<Problem>) {
    losses(context, out, |lost, _| match lost {
        Lost::Tag(tag) => Some(format!("the tag `{tag}` isn't of YAML's core schema")),
        _ => None,
    });
}

fn yaml_value(context: &Context<'_>, out: &mut Vec<Problem>) {
    losses(context, out, |lost, _| match lost {
        Lost::Value(message) => Some(message.clone()),
        _ => None,
    });
}

fn number_size(context: &Context<'_>, out: &mut Vec<Problem>) {
    let schemas = context.of_kind(Kind::Schema);
    let schemas: BTreeSet<&str> = schemas.map(|visit| visit.pointer.as_str()).collect();
    losses(context, out, |lost, pointer| {
        let Lost::Digits(digits) = lost else {
            return None;
        };
        let (parent, keyword) = pointer.rsplit_once('/')?;
        if crate::lower::LIMITS.contains(&keyword) && schemas.contains(parent) {
            return None;
        }
        let nearest = context.document.pointer(pointer)?.to_json();
        Some(format!("`{digits}` is read as {nearest}"))
    });
}
