//! For a terminal: a line per cause, the worst first.

use std::fmt::Write as _;

use super::{count, decided, of_weight, one_line, place, totals, words};
use crate::review::{Facade, Finding, Review, Side, SpecReview, Version, Weight};

/// Operations that a line names before it only counts.
const NAMED: usize = 3;

pub(super) fn render(review: &Review) -> String {
    let mut text = String::new();
    // Writing to a `String` can't fail.
    for each in &review.specs {
        spec(&mut text, each);
        text.push('\n');
    }
    let findings = || review.specs.iter().flat_map(|spec| &spec.findings);
    // Of equal ones, the last: any of the worst will do for an example.
    if let Some(worst) = findings().max_by_key(|finding| finding.weight()) {
        let _ = writeln!(
            text,
            "What a rule is about: cargo xtask review --explain {}",
            worst.rule.id
        );
    }
    let _ = writeln!(
        text,
        "{} in {}: {}; {} open; {}",
        count(findings().count(), "finding"),
        count(review.specs.len(), "spec"),
        totals(findings()),
        findings().filter(|finding| finding.is_open()).count(),
        words(review.verdict()),
    );
    text
}

fn spec(text: &mut String, spec: &SpecReview) {
    let _ = writeln!(
        text,
        "{}: {}; {} → {}",
        one_line(&spec.name),
        words(spec.verdict()),
        version(&spec.from),
        version(&spec.to)
    );
    for weight in [Weight::Break, Weight::Look, Weight::Safe] {
        for finding in of_weight(&spec.findings, weight) {
            let _ = writeln!(text, "{}", line(finding));
        }
    }
    for item in spec.unexplained.iter().flatten() {
        let _ = writeln!(
            text,
            "note: {} changes in the Rust API ({}), and no finding says why",
            one_line(&item.path),
            item.rust.word()
        );
    }
    for note in &spec.notes {
        let place = note.side.as_ref().map(stands).unwrap_or_default();
        let _ = writeln!(text, "{place}note: {}", one_line(&note.message));
    }
    for (id, decision) in &spec.stale {
        let _ = writeln!(
            text,
            "note: no finding has the id {} any more: {}",
            one_line(id),
            one_line(&decided(decision))
        );
    }
    let mut last = Vec::new();
    if spec.findings.is_empty() {
        last.push("nothing changes for a client".to_owned());
    }
    if spec.documentation > 0 {
        last.push(format!(
            "{} in words only",
            count(spec.documentation, "difference")
        ));
    }
    if let Some(bump) = spec.bump {
        last.push(format!("suggested version: {bump}"));
    }
    let open = spec.findings.iter().filter(|one| one.is_open()).count();
    if open > 0 {
        last.push(format!("{} to take", count(open, "decision")));
    }
    if !last.is_empty() {
        let _ = writeln!(text, "{}", last.join("; "));
    }
}

/// `file:line:column: wire/rust [rule] subject: message; reaches …; #fingerprint`.
fn line(finding: &Finding) -> String {
    let verdict = finding.verdict;
    let mut line = format!(
        "{}{}/{} [{}] {}: {}; {}",
        place(finding).map(stands).unwrap_or_default(),
        verdict.wire.word(),
        verdict.rust.word(),
        finding.rule.id,
        one_line(&finding.subject),
        one_line(&finding.message),
        reaches(&finding.operations()),
    );
    if finding.new.is_none() && finding.old.is_some() {
        line.push_str("; gone, the place is the old one");
    }
    if verdict.facade != Facade::None {
        let _ = write!(line, "; facade {}", verdict.facade.word());
    }
    if !finding.misfits.is_empty() {
        let _ = write!(
            line,
            "; {} no longer fit",
            count(finding.misfits.len(), "example")
        );
    }
    if let Some(decision) = &finding.decision {
        let _ = write!(line, "; {}", one_line(&decided(decision)));
    }
    let _ = write!(line, "; #{}", one_line(&finding.fingerprint));
    line
}

fn stands(side: &Side) -> String {
    format!("{}:{}: ", one_line(&side.file), side.position)
}

fn reaches(operations: &[&str]) -> String {
    if operations.is_empty() {
        return "reaches no operation".to_owned();
    }
    let mut named: Vec<_> = operations
        .iter()
        .take(NAMED)
        .map(|name| one_line(name))
        .collect();
    if operations.len() > NAMED {
        named.push("…".into());
    }
    format!(
        "reaches {} ({})",
        count(operations.len(), "operation"),
        named.join(", ")
    )
}

fn version(version: &Version) -> String {
    let mut text = one_line(&version.label).into_owned();
    if let Some(number) = &version.version {
        let _ = write!(text, " {}", one_line(number));
    }
    text
}
