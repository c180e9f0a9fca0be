//! A review, written for a reader, a pull request or a program.
//!
//! Every text of a spec may be hostile: it may hold what ends a table, a script or a line. Each format escapes by its own rules;
//! `one_line` goes before those that are read as text.

mod github;
pub mod html;
mod json;
mod markdown;
mod sarif;
mod text;

use std::borrow::Cow;

use super::rules;
use super::{Decision, Finding, Review, Side, Trouble, Verdict, Weight};
use crate::visible::one_line;

/// How a review is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For a terminal: a line per cause
    Text,
    /// For a pull request: fits one comment
    Markdown,
    /// One page with filters, without a network
    Html,
    /// For a program; docs/review.schema.json describes it
    Json,
    /// For a GitHub workflow: annotations on the changed lines
    Github,
    /// For code scanning: SARIF 2.1.0
    Sarif,
}

/// Writes a review; the text ends with a newline, unless it is empty.
pub fn render(review: &Review, format: Format) -> String {
    match format {
        Format::Text => text::render(review),
        Format::Markdown => markdown::render(review),
        Format::Html => html::render(review),
        Format::Json => json::render(review),
        Format::Github => github::render(review),
        Format::Sarif => sarif::render(review),
    }
}

/// What keeps a review from an answer, as a GitHub workflow's annotation.
pub(super) fn trouble(trouble: &Trouble) -> String {
    github::trouble(trouble)
}

/// What a rule is about, why it matters and how to spare callers; `None` for an unknown id.
///
/// ```
/// let text = xtask::review::report::explain("operation-removed").expect("a rule");
/// assert!(text.starts_with("operation-removed (wire break, Rust break)\n"));
/// ```
pub fn explain(id: &str) -> Option<String> {
    let rule = rules::by_id(id)?;
    let mut text = format!(
        "{id} (wire {wire}, Rust {rust})\n{summary}\n  why:  {why}\n  mend: {mend}\n",
        wire = rule.wire.word(),
        rust = rule.rust.word(),
        summary = rule.summary,
        why = rule.why,
        mend = rule.mend,
    );
    for twin in rules::rules().filter(|twin| twin.aspect == rule.aspect && twin.id != id) {
        text.push_str(&format!(
            "  {}: {} (wire {}, Rust {})\n",
            match twin.direction {
                super::Direction::Request => "where a client sends it",
                super::Direction::Response => "where a client reads it",
                super::Direction::Any => "elsewhere",
            },
            twin.id,
            twin.wire.word(),
            twin.rust.word(),
        ));
    }
    Some(text)
}

/// A verdict in words: `wire break, Rust maybe, facade none`.
fn words(verdict: Verdict) -> String {
    format!(
        "wire {}, Rust {}, facade {}",
        verdict.wire.word(),
        verdict.rust.word(),
        verdict.facade.word()
    )
}

/// Where a finding is to be looked at: where it stands, or where it stood.
fn place(finding: &Finding) -> Option<&Side> {
    finding.new.as_ref().or(finding.old.as_ref())
}

/// `accept by anna until 2026-12-31`, and whether that day has passed.
fn decided(decision: &Decision) -> String {
    let mut text = format!("{} by {}", decision.verdict.word(), decision.who);
    if let Some(until) = &decision.until {
        text.push_str(" until ");
        text.push_str(until);
    }
    if decision.expired {
        text.push_str(" (expired)");
    }
    text
}

/// A level's findings, in order.
fn of_weight(findings: &[Finding], weight: Weight) -> impl Iterator<Item = &Finding> {
    findings
        .iter()
        .filter(move |finding| finding.weight() == weight)
}

/// `2 break, 1 to look at, 0 safe`.
fn totals<'f>(findings: impl Iterator<Item = &'f Finding>) -> String {
    let (mut breaks, mut looks, mut safe) = (0, 0, 0);
    for finding in findings {
        match finding.weight() {
            Weight::Break => breaks += 1,
            Weight::Look => looks += 1,
            Weight::Safe => safe += 1,
        }
    }
    format!("{breaks} break, {looks} to look at, {safe} safe")
}

/// `1 finding`, `2 findings`.
fn count(number: usize, one: &str) -> String {
    format!("{number} {one}{}", if number == 1 { "" } else { "s" })
}

/// The text, cut to so many characters.
fn cut(text: &str, most: usize) -> Cow<'_, str> {
    match text.char_indices().nth(most) {
        None => Cow::Borrowed(text),
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
    }
}
