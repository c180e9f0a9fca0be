//! Findings in tables, and what stands behind each of them.

use std::fmt::Write as _;

use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::super::{count, decided, of_weight};
use super::escape::{code, fence, prose, verbatim};
use super::fit::{Entries, Part};
use super::{columns, folded, part, row};
use crate::review::{Facade, Finding, ItemChange, Mapping, Side, SliceLine, SpecReview, Weight};

/// What a cell names before it only counts.
const NAMED: usize = 3;

/// Lines of a slice; longer ones are looked up in the file.
const LINES: usize = 30;

/// The findings of a weight, a row each; `None` without any.
pub(super) fn table(spec: &SpecReview, rank: u8, heading: &str, weight: Weight) -> Option<Part> {
    let rows = Entries::of(of_weight(&spec.findings, weight), cells);
    if rows.all == 0 {
        return None;
    }
    let head = columns(&[
        "Id",
        "What",
        "Where",
        "Reaches",
        "Rust items",
        "Facade",
        "Decision",
    ]);
    Some(part(rank, heading, &head, rows))
}

fn cells(finding: &Finding) -> String {
    let verdict = finding.verdict;
    let operations = finding.operations();
    let items = finding.items.iter().map(|item| {
        let sign = match (&item.old, &item.new) {
            (Some(_), None) => '−',
            (None, Some(_)) => '+',
            _ => '±',
        };
        format!("{sign} {}", code(&item.path))
    });
    let mappings = finding.mappings.iter().map(|mapping| {
        let broken = if mapping.compiles {
            ""
        } else {
            " (no longer compiles)"
        };
        format!("{}{broken}", code(&mapping.within))
    });
    let facade = match verdict.facade {
        Facade::Capability => vec!["what the vendor can do".to_owned()],
        _ => Vec::new(),
    };
    row(&[
        code(&finding.fingerprint),
        format!(
            "**{}**: {}<br>{}: wire {}, Rust {}",
            code(&finding.subject),
            prose(&finding.message),
            code(finding.rule.id),
            verdict.wire.word(),
            verdict.rust.word()
        ),
        places(finding).join("<br>"),
        some(operations.len(), operations.iter().map(|name| code(name))),
        some(finding.items.len(), items),
        some(
            facade.len() + finding.mappings.len(),
            facade.into_iter().chain(mappings),
        ),
        match &finding.decision {
            Some(decision) => prose(&decided(decision)),
            None if finding.is_open() => "open".to_owned(),
            None => String::new(),
        },
    ])
}

/// The first few, and how many there are when that is more.
fn some(number: usize, names: impl Iterator<Item = String>) -> String {
    let mut text = names.take(NAMED).collect::<Vec<_>>().join("<br>");
    if number > NAMED {
        let _ = write!(text, "<br>… {number} in all");
    }
    text
}

fn places(finding: &Finding) -> Vec<String> {
    let both = [("was ", &finding.old), ("is ", &finding.new)];
    let both = both.iter().filter_map(|(when, side)| {
        let side = side.as_ref()?;
        Some(format!("{when}{}", place(side)))
    });
    both.collect()
}

/// `file:line:column`.
pub(super) fn place(side: &Side) -> String {
    code(&format!("{}:{}", side.file, side.position))
}

/// The generated API's diff, by cause.
pub(super) fn rust_api(spec: &SpecReview, rank: u8) -> Part {
    let causes = spec.findings.iter().filter(|one| !one.items.is_empty());
    let causes = causes.map(|finding| (Some(finding), finding.items.as_slice()));
    let unexplained = spec.unexplained.as_deref().unwrap_or_default();
    let unexplained = (!unexplained.is_empty()).then_some((None, unexplained));
    let blocks = Entries::of(causes.chain(unexplained), |(finding, items)| {
        let cause = finding.map_or_else(|| "no finding explains these".to_owned(), cause);
        block(&cause, items)
    });
    let fence = fence(&blocks.written.concat());
    let says = match (&spec.unexplained, blocks.all) {
        (None, _) => {
            "\nThe clients were not generated: the verdicts on Rust follow the rules alone.\n"
        }
        (Some(_), 0) => "\nNo item changes.\n",
        (Some(_), _) => "",
    };
    let mut part = part(
        rank,
        "Generated Rust API",
        &format!("\n{fence}diff\n"),
        blocks,
    );
    part.heading.push_str(says);
    part.close = format!("{fence}\n");
    part
}

/// What changed, and where.
fn cause(finding: &Finding) -> String {
    let place = super::super::place(finding);
    let place = place.map(|side| format!("{}:{}: ", verbatim(&side.file), side.position));
    format!(
        "{}{}",
        place.unwrap_or_default(),
        verbatim(&finding.subject)
    )
}

/// A cause and its items; of very many, the first.
fn block(cause: &str, items: &[ItemChange]) -> String {
    let mut text = format!("@@ {cause} @@\n");
    for item in items.iter().take(LINES) {
        for (sign, line) in [('-', &item.old), ('+', &item.new)] {
            if let Some(line) = line {
                let _ = writeln!(text, "{sign} {}", verbatim(line));
            }
        }
    }
    if items.len() > LINES {
        let _ = writeln!(text, "  … {} in all", count(items.len(), "item"));
    }
    text
}

/// The mappings of the facade that use a changed item.
pub(super) fn facade(spec: &SpecReview, rank: u8) -> Option<Part> {
    let mappings = spec.findings.iter().flat_map(|finding| {
        let mappings = finding.mappings.iter();
        mappings.map(move |mapping| (finding, mapping))
    });
    let rows = Entries::of(mappings, |(finding, mapping)| mapping_row(finding, mapping));
    if rows.all == 0 {
        return None;
    }
    let head = columns(&["Mapping", "Uses", "Verbs", "Compiles", "Tests", "Cause"]);
    Some(part(rank, "Facade", &head, rows))
}

fn mapping_row(finding: &Finding, mapping: &Mapping) -> String {
    let list = |names: &[String]| some(names.len(), names.iter().map(|name| code(name)));
    row(&[
        format!(
            "{}<br>{}",
            code(&mapping.within),
            code(&format!("{}:{}", mapping.file, mapping.line))
        ),
        format!(
            "{} {}",
            if mapping.writes { "writes" } else { "reads" },
            code(&mapping.item)
        ),
        list(&mapping.verbs),
        if mapping.compiles { "yes" } else { "**no**" }.to_owned(),
        list(&mapping.tests),
        code(&finding.fingerprint),
    ])
}

/// Examples and recordings that no longer fit.
pub(super) fn evidence(spec: &SpecReview, rank: u8) -> Option<Part> {
    let misfits = spec.findings.iter().flat_map(|finding| {
        let misfits = finding.misfits.iter();
        misfits.map(move |misfit| (finding, misfit))
    });
    let lines = Entries::of(misfits, |(finding, misfit)| {
        let place = match misfit.pointer.as_str() {
            "" => String::new(),
            pointer => format!(" at {}", code(pointer)),
        };
        format!(
            "- {}{place}: {} ({})\n",
            code(&misfit.file),
            prose(&misfit.message),
            code(&finding.fingerprint)
        )
    });
    if lines.all == 0 {
        return None;
    }
    Some(part(rank, "Examples that no longer fit", "\n", lines))
}

/// Both documents' lines of each finding, as a diff, folded.
pub(super) fn slices(spec: &SpecReview, rank: u8) -> Option<Part> {
    let weights = [Weight::Break, Weight::Look, Weight::Safe];
    let all = weights.map(|weight| of_weight(&spec.findings, weight));
    let has_lines = |finding: &&Finding| {
        let mut sides = finding.old.iter().chain(&finding.new);
        sides.any(|side| !side.slice.is_empty())
    };
    let entries = Entries::of(all.into_iter().flatten().filter(has_lines), slice);
    if entries.all == 0 {
        return None;
    }
    let summary = format!("The changed lines of {}", count(entries.all, "finding"));
    Some(folded(part(rank, "", "", entries), &summary))
}

fn slice(finding: &Finding) -> String {
    let lines = |side: &Option<Side>| -> Vec<String> {
        let lines = side.iter().flat_map(|side| &side.slice);
        lines.map(slice_line).collect()
    };
    let (old, new) = (lines(&finding.old), lines(&finding.new));
    let mut diff: Vec<String> = match (&finding.old, &finding.new) {
        (Some(_), Some(_)) => both(&old, &new),
        (Some(side), None) => marked('-', side, &old),
        (None, Some(side)) => marked('+', side, &new),
        (None, None) => Vec::new(),
    };
    if diff.len() > LINES {
        let more = diff.len() - LINES;
        diff.truncate(LINES);
        diff.push(format!("  … {}", count(more, "more line")));
    }
    let mut diff = diff.join("\n");
    diff.push('\n');
    let fence = fence(&diff);
    format!(
        "\n{} {}, {}\n\n{fence}diff\n{diff}{fence}\n",
        code(&finding.fingerprint),
        code(&finding.subject),
        places(finding).join(", ")
    )
}

fn slice_line(line: &SliceLine) -> String {
    match line.number {
        Some(_) => verbatim(&line.text),
        None => "⋮".to_owned(),
    }
}

fn both(old: &[String], new: &[String]) -> Vec<String> {
    let mut lines = Vec::new();
    for operation in capture_diff_slices(Algorithm::Myers, old, new) {
        let (tag, before, after) = operation.as_tag_tuple();
        if tag == DiffTag::Equal {
            lines.extend(old[before].iter().map(|line| format!("  {line}")));
            continue;
        }
        lines.extend(old[before].iter().map(|line| format!("- {line}")));
        lines.extend(new[after].iter().map(|line| format!("+ {line}")));
    }
    lines
}

/// A side alone: its node with a sign, its parents without.
fn marked(sign: char, side: &Side, lines: &[String]) -> Vec<String> {
    let lines = side.slice.iter().zip(lines);
    let lines = lines.map(|(line, text)| {
        let sign = if line.changed { sign } else { ' ' };
        format!("{sign} {text}")
    });
    lines.collect()
}
