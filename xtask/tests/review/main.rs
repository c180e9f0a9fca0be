//! What a review says of a change, told by small pairs of documents and by the whole of what may be thrown at it.

mod pairs;
mod place;
mod reach;
mod robust;
mod speed;

use xtask::load::Document;
use xtask::review::Finding;
use xtask::review::compare::{Comparison, compare};

/// Compares two texts; they must be ones that can be compared.
fn compared(old: &Document, new: &Document) -> Comparison {
    compare(old, new).unwrap_or_else(|error| panic!("{error}"))
}

fn parsed(name: &str, text: &str) -> Document {
    Document::parse(name, text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// A finding as a failed test shows it.
fn told(finding: &Finding) -> String {
    let effects: Vec<String> = finding
        .effects
        .iter()
        .map(|effect| format!("{} by {}", effect.rule.id, effect.operations.join(", ")))
        .collect();
    let side = |side: &Option<xtask::review::Side>| {
        side.as_ref()
            .map_or("-".to_owned(), |side| side.pointer.clone())
    };
    format!(
        "{}/{} [{}] {}: {}; {} → {}; {}",
        finding.verdict.wire.word(),
        finding.verdict.rust.word(),
        finding.rule.id,
        finding.subject,
        finding.message,
        side(&finding.old),
        side(&finding.new),
        effects.join("; "),
    )
}

fn all_told(findings: &[Finding]) -> String {
    let lines: Vec<String> = findings.iter().map(told).collect();
    lines.join("\n    ")
}
