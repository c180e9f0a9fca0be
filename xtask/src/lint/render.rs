//! Findings for a reader, for a program, and for a pull request.

use std::fmt::Write as _;

use super::{Finding, Severity};
use crate::annotation::annotation;

/// `file:line:column: error[rule-id]: message`, a line with the mend, and a count at the end.
pub fn render_text(findings: &[Finding]) -> String {
    let mut text = String::new();
    for finding in findings {
        // Writing to a `String` can't fail.
        let _ = writeln!(
            text,
            "{}:{}: {}[{}]: {}\n  mend: {}",
            finding.file,
            finding.position,
            finding.severity.word(),
            finding.rule,
            finding.message,
            finding.mend,
        );
    }
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
    let _ = writeln!(
        text,
        "{}, {}",
        count(Severity::Error),
        count(Severity::Warning)
    );
    text
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
