//! For a GitHub workflow: what breaks is an error on its line, what is to be looked at a warning.

use super::{count, decided, one_line, place};
use crate::annotation::{annotation, data};
use crate::load::Position;
use crate::review::{Finding, Review, SpecReview, Trouble, Weight};

/// GitHub shows no more notices of a step.
const NOTICES: usize = 10;

/// Empty when there is nothing to say.
pub(super) fn render(review: &Review) -> String {
    let mut text = String::new();
    let findings = || {
        let specs = review.specs.iter();
        specs.flat_map(|spec| spec.findings.iter().map(move |finding| (spec, finding)))
    };
    for level in ["error", "warning"] {
        for (spec, finding) in findings().filter(|(_, one)| self::level(one) == level) {
            text.push_str(&remark(level, spec, finding));
        }
    }
    let notes = review.specs.iter().flat_map(|spec| {
        spec.notes.iter().map(move |note| {
            let (file, position) = match &note.side {
                Some(side) => (&side.file, side.position),
                None => (&spec.to.label, Position::START),
            };
            annotation(
                "notice",
                &one_line(file),
                position,
                &one_line(&spec.name),
                &one_line(&note.message),
            )
        })
    });
    let rest = findings()
        .filter(|(_, finding)| level(finding) == "notice")
        .map(|(spec, finding)| remark("notice", spec, finding));
    text.extend(notes.chain(rest).take(NOTICES));
    text
}

/// What keeps a review from an answer.
pub(super) fn trouble(trouble: &Trouble) -> String {
    match trouble {
        Trouble::Document { error, file } => annotation(
            "error",
            &one_line(file),
            error.position.unwrap_or(Position::START),
            "unreadable",
            &format!(
                "{}\nmend: {}",
                one_line(&error.message),
                one_line(&error.mend)
            ),
        ),
        Trouble::Other(why) => format!("::error::{}\n", data(&one_line(why))),
    }
}

/// What is accepted needs nobody's attention.
fn level(finding: &Finding) -> &'static str {
    match finding.weight() {
        _ if finding.is_accepted() => "notice",
        Weight::Break => "error",
        Weight::Look => "warning",
        Weight::Safe => "notice",
    }
}

fn remark(level: &str, spec: &SpecReview, finding: &Finding) -> String {
    let (file, position) = match place(finding) {
        Some(side) => (&side.file, side.position),
        None => (&spec.to.label, Position::START),
    };
    let verdict = finding.verdict;
    let mut message = format!(
        "{}: {}\nwire {}, Rust {}, facade {}; reaches {}\n",
        one_line(&finding.subject),
        one_line(&finding.message),
        verdict.wire.word(),
        verdict.rust.word(),
        verdict.facade.word(),
        count(finding.operations().len(), "operation"),
    );
    if finding.new.is_none() && finding.old.is_some() {
        message.push_str("It is gone: the line is the old document's.\n");
    }
    if let Some(decision) = &finding.decision {
        message.push_str(&format!("{}\n", one_line(&decided(decision))));
    }
    message.push_str(&format!("mend: {}\n", finding.rule.mend));
    message.push_str(&format!("id: {}", finding.fingerprint));
    annotation(level, &one_line(file), position, finding.rule.id, &message)
}
