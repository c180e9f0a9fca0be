//! Patterns: regular expressions in the dialect of ECMA-262, which is OpenAPI's.

use super::context::{Context, Problem};
use super::json_schema::is_checkable;
use super::{Rule, Severity};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "pattern",
        severity: Severity::Error,
        summary: "Every `pattern` is a regular expression of ECMA-262.",
        why: "it says nothing to a reader, and no payload can be held against it",
        mend: "correct it, and quote it with single quotes",
        check: pattern,
    },
    Rule {
        id: "pattern-unchecked",
        severity: Severity::Warning,
        summary: "Every `pattern` is one that examples can be held against.",
        why: "the validator knows less than ECMA-262 allows: examples pass whatever such a pattern says",
        mend: "check the examples by eye, or write the pattern more plainly",
        check: pattern_unchecked,
    },
];

/// Every pattern with its pointer.
fn patterns<'d>(context: &Context<'d>) -> Vec<(String, &'d str)> {
    let schemas = context.schemas();
    schemas
        .filter_map(|visit| {
            let pattern = visit.node.text("pattern")?;
            Some((format!("{}/pattern", visit.pointer), pattern))
        })
        .collect()
}

/// Why a text is no regular expression, with or without the flag `u`: vendors write both.
fn refusal(pattern: &str) -> Option<String> {
    let plain = regress::Regex::new(pattern).err()?;
    regress::Regex::with_flags(pattern, "u").err()?;
    Some(plain.text)
}

pub(super) fn pattern(context: &Context<'_>, out: &mut Vec<Problem>) {
    for (pointer, pattern) in patterns(context) {
        if let Some(why) = refusal(pattern) {
            let message = format!("`{pattern}` isn't a regular expression: {why}");
            out.push(Problem::new(&pointer, message));
        }
    }
}

fn pattern_unchecked(context: &Context<'_>, out: &mut Vec<Problem>) {
    for (pointer, pattern) in patterns(context) {
        if refusal(pattern).is_none() && !is_checkable(pattern) {
            let message = format!("no example can be held against `{pattern}`");
            out.push(Problem::new(&pointer, message));
        }
    }
}
