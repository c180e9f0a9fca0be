//! For a pull request: one comment, what matters first, the rest folded.

mod escape;
mod findings;
mod fit;

use std::fmt::Write as _;

use super::{count, decided, of_weight, totals, words};
use crate::review::{Facade, Note, Review, Rust, SpecReview, Version, Weight, Wire};
use escape::{code, filed, prose, verbatim};
use fit::{Entries, Part, fit};

/// GitHub takes 65,536 characters.
const LIMIT: usize = 60_000;

pub(super) fn render(review: &Review) -> String {
    let mut parts = vec![head(review)];
    for spec in &review.specs {
        let nothing = spec.findings.is_empty()
            && spec.notes.is_empty()
            && spec.stale.is_empty()
            && spec.documentation == 0
            && spec.unexplained.as_ref().is_none_or(Vec::is_empty);
        if !nothing {
            parts.extend(of_spec(spec));
        }
    }
    let made = made(review);
    let mut page = fit(&parts, LIMIT.saturating_sub(made.len()));
    page.push_str(&made);
    page
}

/// A part of `rank` under a heading of its own.
fn part(rank: u8, heading: &str, intro: &str, entries: Entries) -> Part {
    Part {
        rank,
        heading: format!("\n### {heading}\n"),
        open: intro.to_owned(),
        entries,
        ..Part::default()
    }
}

/// The part folded away behind its heading.
fn folded(mut part: Part, summary: &str) -> Part {
    part.heading = format!("\n<details>\n<summary>{summary}</summary>\n");
    part.end = "\n</details>\n".to_owned();
    part
}

/// A table's head, with a blank line before.
fn columns(names: &[&str]) -> String {
    format!(
        "\n| {} |\n|{}\n",
        names.join(" | "),
        " --- |".repeat(names.len())
    )
}

fn row(cells: &[String]) -> String {
    format!("| {} |\n", cells.join(" | "))
}

fn head(review: &Review) -> Part {
    let rows = Entries::of(review.specs.iter(), |spec| {
        let verdict = spec.verdict();
        row(&[
            code(&spec.name),
            format!("{} → {}", version(&spec.from), version(&spec.to)),
            strong(verdict.wire.word(), verdict.wire == Wire::Break),
            strong(verdict.rust.word(), verdict.rust == Rust::Break),
            strong(verdict.facade.word(), verdict.facade == Facade::Capability),
            totals(spec.findings.iter()),
            spec.findings
                .iter()
                .filter(|one| one.is_open())
                .count()
                .to_string(),
            spec.bump.map_or_else(|| "none".to_owned(), prose),
        ])
    });
    Part {
        heading: format!("# Spec review: {}\n", words(review.verdict())),
        open: columns(&[
            "Spec",
            "From → to",
            "Wire",
            "Rust API",
            "Facade",
            "Findings",
            "Open",
            "Suggested version",
        ]),
        entries: rows,
        ..Part::default()
    }
}

fn strong(word: &str, is: bool) -> String {
    if is {
        format!("**{word}**")
    } else {
        word.to_owned()
    }
}

fn version(version: &Version) -> String {
    let number = version.version.as_deref().map(prose);
    let mut text = code(&version.label);
    if let Some(number) = number {
        let _ = write!(text, " {number}");
    }
    let _ = write!(text, " ({})", code(&version.hash));
    text
}

fn of_spec(spec: &SpecReview) -> Vec<Part> {
    let mut parts = vec![Part {
        rank: 1,
        heading: format!("\n## {}\n", prose(&spec.name)),
        ..Part::default()
    }];
    parts.extend(findings::table(spec, 2, "What breaks", Weight::Break));
    parts.extend(findings::table(spec, 3, "To look at", Weight::Look));
    parts.push(findings::rust_api(spec, 4));
    parts.extend(findings::facade(spec, 5));
    parts.extend(findings::evidence(spec, 6));
    if let Some(table) = findings::table(spec, 7, "", Weight::Safe) {
        let summary = count(table.entries.all, "safe change");
        parts.push(folded(table, &summary));
    }
    parts.extend(words_only(spec));
    if !spec.notes.is_empty() {
        let notes = Entries::of(spec.notes.iter(), note);
        parts.push(part(8, "Notes", "\n", notes));
    }
    parts.extend(findings::slices(spec, 11));
    parts.extend(decisions(spec));
    parts.extend(changelog(spec));
    parts
}

/// Differences in words are counted, and no more.
fn words_only(spec: &SpecReview) -> Option<Part> {
    (spec.documentation > 0).then(|| Part {
        rank: 1,
        heading: format!(
            "\n{} in words only: descriptions, examples, order.\n",
            count(spec.documentation, "difference")
        ),
        ..Part::default()
    })
}

fn note(note: &Note) -> String {
    let place = note.side.as_ref().map(findings::place);
    let place = place.map(|place| format!(" ({place})")).unwrap_or_default();
    format!("- {}{place}\n", prose(&note.message))
}

fn decisions(spec: &SpecReview) -> Option<Part> {
    let taken = spec.findings.iter().filter_map(|finding| {
        let decision = finding.decision.as_ref()?;
        Some((&finding.fingerprint, Some(&finding.subject), decision))
    });
    let stale = spec.stale.iter().map(|(id, decision)| (id, None, decision));
    let rows = Entries::of(taken.chain(stale), |(id, subject, decision)| {
        row(&[
            code(id),
            subject.map_or_else(
                || "matches no finding any more".to_owned(),
                |subject| code(subject),
            ),
            prose(&decided(decision)),
            prose(&decision.why),
        ])
    });
    if rows.all == 0 {
        return None;
    }
    let head = columns(&["Id", "What", "Decision", "Why"]);
    Some(part(9, "Decisions", &head, rows))
}

/// Lines to paste into a changelog.
fn changelog(spec: &SpecReview) -> Option<Part> {
    let weights = [Weight::Break, Weight::Look, Weight::Safe];
    let all = weights.map(|weight| of_weight(&spec.findings, weight));
    let lines = Entries::of(all.into_iter().flatten(), |finding| {
        let breaking = match finding.weight() {
            Weight::Break => "**breaking**: ",
            _ => "",
        };
        let (subject, message) = (code(&finding.subject), filed(&finding.message));
        format!("- {breaking}{subject}: {message}\n")
    });
    if lines.all == 0 {
        return None;
    }
    let fence = escape::fence(&lines.written.concat());
    Some(folded(
        Part {
            rank: 10,
            open: format!("\n{fence}markdown\n"),
            close: format!("{fence}\n"),
            entries: lines,
            ..Part::default()
        },
        "Lines for a changelog",
    ))
}

fn made(review: &Review) -> String {
    let made = &review.made;
    let options = match made.options.as_str() {
        "" => String::new(),
        options => format!(" with {}", code(options)),
    };
    format!(
        "\nMade by `cargo xtask review` {}{options}, rules {}. What a rule is about: `cargo xtask review --explain RULE`.\n",
        verbatim(&made.program),
        code(&made.rules)
    )
}
