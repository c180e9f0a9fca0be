//! Findings for a reader, for a program, and for a pull request.

use std::fmt::Write as _;

use super::{Finding, Severity};
use crate::annotation::annotation;
use crate::visible::one_line;

/// As many findings as a reader goes through one by one.
pub const FEW: usize = 30;
/// As many places of a rule as a summary names.
const FIRST: usize = 3;

/// `file:line:column: error[rule-id]: message`, a line with the mend, and a count at the end.
pub fn render_text(findings: &[Finding]) -> String {
    let mut text: String = findings.iter().map(one).collect();
    text.push_str(&totals(findings));
    text
}

/// As [`render_text`] where there are no more than [`FEW`]; else how often each rule is broken, with the first places of each.
/// `all` is how a reader gets the others.
pub fn render_summary(findings: &[Finding], all: &str) -> String {
    if findings.len() <= FEW {
        return render_text(findings);
    }
    let mut by_rule: Vec<(&Finding, Vec<&Finding>)> = Vec::new();
    for finding in findings {
        match by_rule
            .iter_mut()
            .find(|(first, _)| first.rule == finding.rule)
        {
            Some((_, list)) => list.push(finding),
            None => by_rule.push((finding, vec![finding])),
        }
    }
    by_rule.sort_by_key(|(first, list)| (first.severity, std::cmp::Reverse(list.len())));
    let mut text = String::new();
    for (first, list) in &by_rule {
        let rule = super::rules().find(|rule| rule.id == first.rule);
        let summary = rule.map_or("", |rule| rule.summary);
        let count = match list.len() {
            1 => "1 finding".to_owned(),
            count => format!("{count} findings"),
        };
        // Writing to a `String` can't fail.
        let _ = writeln!(
            text,
            "{}[{}]: {count}: {summary}",
            first.severity.word(),
            first.rule
        );
        for finding in list.iter().take(FIRST) {
            text.push_str("  ");
            text.push_str(&one(finding).replace("\n  mend", "\n    mend"));
        }
        if let more @ 1.. = list.len().saturating_sub(FIRST) {
            let _ = writeln!(text, "  and {more} more");
        }
    }
    let _ = writeln!(text, "{}; {all}", totals(findings).trim_end());
    text
}

/// A finding on a line of its own, and its mend on another.
fn one(finding: &Finding) -> String {
    format!(
        "{}:{}: {}[{}]: {}\n  mend: {}\n",
        one_line(&finding.file),
        finding.position,
        finding.severity.word(),
        finding.rule,
        one_line(&finding.message),
        one_line(&finding.mend),
    )
}

fn totals(findings: &[Finding]) -> String {
    let count = |severity| {
        let number = findings
            .iter()
            .filter(|finding| finding.severity == severity)
            .count();
        format!(
            "{number} {}{}",
            Severity::word(severity),
            if number == 1 { "" } else { "s" }
        )
    };
    format!("{}, {}\n", count(Severity::Error), count(Severity::Warning))
}

/// A JSON array with one object per finding.
pub fn render_json(findings: &[Finding]) -> String {
    let list: serde_json::Value = findings
        .iter()
        .map(|finding| {
            serde_json::json!({
                "rule": finding.rule,
                "severity": finding.severity.word(),
                "file": finding.file,
                "line": finding.position.line,
                "column": finding.position.column,
                "pointer": finding.pointer,
                "message": finding.message,
                "mend": finding.mend,
            })
        })
        .collect();
    format!("{list:#}\n")
}

/// GitHub workflow commands: each finding becomes an annotation on its line.
pub fn render_github(findings: &[Finding]) -> String {
    findings
        .iter()
        .map(|finding| {
            annotation(
                finding.severity.word(),
                &finding.file,
                finding.position,
                finding.rule,
                &format!("{}\nmend: {}", finding.message, finding.mend),
            )
        })
        .collect()
}
