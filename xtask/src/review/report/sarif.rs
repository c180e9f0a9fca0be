//! For code scanning: SARIF 2.1.0, one run with the rules that judged and a result per cause.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::{Value, json};

use super::{count, one_line, place};
use crate::review::rules::{self, Rule};
use crate::review::{Finding, Review, Side, SpecReview, Weight};

/// GitHub shows no more results of a run.
const RESULTS: usize = 5_000;

/// What a relative reference can't hold in a path. A colon could be read as the end of a scheme.
const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b':')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

pub(super) fn render(review: &Review) -> String {
    let specs = review.specs.iter();
    let mut all: Vec<(&SpecReview, &Finding)> = specs
        .flat_map(|spec| spec.findings.iter().map(move |finding| (spec, finding)))
        .collect();
    // Stable: within a weight, the order of the review.
    all.sort_by_key(|(_, finding)| std::cmp::Reverse(finding.weight()));
    let left_out = all.len().saturating_sub(RESULTS);
    all.truncate(RESULTS);

    let used: Vec<&'static Rule> = rules::rules()
        .filter(|rule| all.iter().any(|(_, finding)| finding.rule.id == rule.id))
        .collect();
    let results: Vec<Value> = all
        .iter()
        .map(|(spec, finding)| result(spec, finding, &used))
        .collect();
    let mut remarks: Vec<Value> = review.specs.iter().flat_map(notes).collect();
    if left_out > 0 {
        let message = format!(
            "{} left out, the least grave ones: see them with --format json",
            count(left_out, "finding")
        );
        remarks.push(json!({ "level": "warning", "message": { "text": message } }));
    }
    let report = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "cargo xtask review",
                "version": review.made.program,
                "rules": used.iter().map(|rule| description(rule)).collect::<Vec<_>>(),
            } },
            "invocations": [{
                "executionSuccessful": true,
                "toolExecutionNotifications": remarks,
            }],
            "columnKind": "unicodeCodePoints",
            "properties": { "options": review.made.options, "rules": review.made.rules },
            "results": results,
        }],
    });
    format!("{report:#}\n")
}

fn description(rule: &Rule) -> Value {
    json!({
        "id": rule.id,
        "shortDescription": { "text": rule.summary },
        "fullDescription": { "text": rule.why },
        "help": {
            "text": format!("{}: {}. To spare callers: {}.", rule.summary, rule.why, rule.mend),
            "markdown": format!(
                "{}: {}.\n\n**To spare callers:** {}.\n\nOn the wire: {}. In Rust: {}.",
                rule.summary, rule.why, rule.mend, rule.wire.word(), rule.rust.word()
            ),
        },
        "properties": { "wire": rule.wire.word(), "rust": rule.rust.word() },
    })
}

fn result(spec: &SpecReview, finding: &Finding, used: &[&'static Rule]) -> Value {
    let operations = finding.operations();
    let message = format!(
        "{}: {}; reaches {}. To spare callers: {}.",
        one_line(&finding.subject),
        one_line(&finding.message),
        count(operations.len(), "operation"),
        finding.rule.mend
    );
    let mut result = json!({
        "ruleId": finding.rule.id,
        "ruleIndex": used.iter().position(|rule| rule.id == finding.rule.id),
        "level": match finding.weight() {
            Weight::Break => "error",
            Weight::Look => "warning",
            Weight::Safe => "note",
        },
        // Braces and brackets would be placeholders and links.
        "message": { "text": plain(&message) },
        "locations": place(finding).map(|side| location(side, None)).into_iter().collect::<Vec<_>>(),
        "partialFingerprints": { "cause/v1": finding.fingerprint },
        "properties": {
            "spec": spec.name,
            "wire": finding.verdict.wire.word(),
            "rust": finding.verdict.rust.word(),
            "facade": finding.verdict.facade.word(),
            "operations": operations,
        },
    });
    if let Some(old) = &finding.old {
        let says = if finding.new.is_some() {
            "where it stood before"
        } else {
            "where it stood before; it is gone"
        };
        result["relatedLocations"] = json!([location(old, Some(says))]);
    }
    if let Some(decision) = finding.decision.as_ref().filter(|_| finding.is_accepted()) {
        result["suppressions"] = json!([{
            "kind": "external",
            "status": "accepted",
            "justification": one_line(&format!("{}: {}", decision.who, decision.why)),
        }]);
    }
    result
}

fn location(side: &Side, says: Option<&str>) -> Value {
    let mut location = json!({
        "physicalLocation": {
            "artifactLocation": { "uri": utf8_percent_encode(&side.file, PATH).to_string() },
            "region": {
                "startLine": side.position.line,
                "startColumn": side.position.column,
            },
        },
        "logicalLocations": [{ "fullyQualifiedName": side.pointer, "kind": "property" }],
    });
    if let Some(says) = says {
        location["message"] = json!({ "text": says });
    }
    location
}

/// A message's text without placeholders and links.
fn plain(text: &str) -> String {
    text.replace('{', "{{")
        .replace('}', "}}")
        .replace('\\', "\\\\")
        .replace('[', "\\[")
        .replace(']', "\\]")
}

fn notes(spec: &SpecReview) -> impl Iterator<Item = Value> {
    spec.notes.iter().map(|note| {
        let side = note.side.as_ref();
        json!({
            "level": "note",
            "message": { "text": plain(&one_line(&note.message)) },
            "locations": side.map(|side| location(side, None)).into_iter().collect::<Vec<_>>(),
        })
    })
}
