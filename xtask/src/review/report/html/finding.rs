//! One finding: a line that says it all, and what stands behind it.

use std::collections::HashSet;

use maud::{Markup, html};

use super::{badge, words};
use crate::review::{Decision, Finding, Mapping, Side, SliceLine, SpecReview};

/// The finding as an article that opens; `room` is what slices may still weigh.
pub(super) fn article(spec: &SpecReview, finding: &Finding, room: &mut usize) -> Markup {
    let verdict = finding.verdict;
    let operations = finding.operations();
    let id = &finding.fingerprint;
    html! {
        article.finding id=(id) tabindex="-1" aria-labelledby={ "head-" (id) }
            data-wire=(verdict.wire.word()) data-rust=(verdict.rust.word()) data-facade=(verdict.facade.word())
            data-vendor=(spec.name) data-operations=(operations.join("\n")) {
            details {
                summary {
                    span.badges {
                        (badge("wire", verdict.wire.word()))
                        (badge("rust", verdict.rust.word()))
                        (badge("facade", verdict.facade.word()))
                    }
                    span.what id={ "head-" (id) } {
                        code { (finding.subject) } " " span.message { (words(&finding.message)) }
                    }
                    span.reach { (reach(operations.len())) @if let Some(decision) = &finding.decision { " · " (decided(decision)) } }
                }
                div.behind {
                    dl {
                        dt { "Rule" } dd { code { (finding.rule.id) } ": " (words(finding.rule.summary)) "." }
                        dt { "Why" } dd { (words(finding.rule.why)) "." }
                        dt { "Mend" } dd { (words(finding.rule.mend)) "." }
                        @for effect in &finding.effects {
                            dt { "As " (effect.rule.direction.word()) }
                            dd {
                                (badge("wire", effect.rule.wire.word())) " " (badge("rust", effect.rule.rust.word()))
                                " " code { (effect.rule.id) }
                                @if !effect.operations.is_empty() { " in " (names(&effect.operations)) }
                            }
                        }
                        @if let Some(decision) = &finding.decision { dt { "Decision" } dd { (decision_in_full(decision)) } }
                        dt { "Fingerprint" } dd { code { (id) } " " button.copy type="button" hidden data-copy=(id) { "Copy link" } }
                    }
                    (sides(finding, room))
                    (items(finding))
                    @if !finding.mappings.is_empty() { h4 { "Facade" } (mappings(&finding.mappings)) }
                    @if !finding.misfits.is_empty() {
                        h4 { "Evidence that no longer fits" }
                        ul { @for misfit in &finding.misfits { li { code { (misfit.file) "#" (misfit.pointer) } ": " (misfit.message) } } }
                    }
                }
            }
        }
    }
}

fn reach(operations: usize) -> String {
    match operations {
        0 => "no operation".to_owned(),
        1 => "1 operation".to_owned(),
        many => format!("{many} operations"),
    }
}

fn names(operations: &[String]) -> Markup {
    html! {
        @for (index, operation) in operations.iter().enumerate() {
            @if index > 0 { ", " }
            code { (operation) }
        }
    }
}

fn decided(decision: &Decision) -> Markup {
    let expired = if decision.expired { " (expired)" } else { "" };
    html! { span.decided { (decision.verdict.word()) (expired) } }
}

fn decision_in_full(decision: &Decision) -> Markup {
    html! {
        (badge("decision", decision.verdict.word())) " by " (decision.who) ": " (decision.why)
        @if let Some(until) = &decision.until {
            " " @if decision.expired { strong { "Expired on " (until) "." } } @else { "Until " (until) "." }
        }
    }
}

fn items(finding: &Finding) -> Markup {
    html! {
        @if !finding.items.is_empty() {
            h4 { "Generated Rust API" }
            pre.diff tabindex="0" role="group" aria-label="Changes of the generated Rust API" {
                @for item in &finding.items {
                    @if let Some(old) = &item.old { span.gone { "- " (old) } "\n" }
                    @if let Some(new) = &item.new { span.come { "+ " (new) } "\n" }
                }
            }
        }
    }
}

/// A table of mappings.
pub(super) fn mappings(mappings: &[Mapping]) -> Markup {
    html! {
        div.scrolls tabindex="0" role="group" aria-label="Mappings of the facade" {
            table {
                thead { tr {
                    th scope="col" { "Mapping" } th scope="col" { "Uses" } th scope="col" { "Verbs" }
                    th scope="col" { "Compiles" } th scope="col" { "Covered by" }
                } }
                tbody {
                    @for mapping in mappings {
                        tr {
                            th scope="row" { code { (mapping.within) } br; span.place { (mapping.file) ":" (mapping.line) } }
                            td { (if mapping.writes { "writes " } else { "reads " }) code { (mapping.item) } }
                            td { (mapping.verbs.join(", ")) }
                            td { (if mapping.compiles { "yes" } else { "no" }) }
                            td { @for test in &mapping.tests { code { (test) } br; } }
                        }
                    }
                }
            }
        }
    }
}

fn sides(finding: &Finding, room: &mut usize) -> Markup {
    let both = [("Before", &finding.old), ("After", &finding.new)];
    let weight: usize = both
        .iter()
        .filter_map(|(_, side)| side.as_ref())
        .flat_map(|side| &side.slice)
        .map(|line| line.text.len() + 60)
        .sum();
    let fits = weight <= *room;
    if fits {
        *room -= weight;
    }
    let texts = both.map(|(_, side)| -> HashSet<&str> {
        let lines = side.iter().flat_map(|side| &side.slice);
        lines.map(|line| line.text.as_str()).collect()
    });
    let [before, after] = &texts;
    html! {
        div.sides {
            @for ((when, side), other) in both.into_iter().zip([after, before]) {
                @match side {
                    Some(side) => (slice(when, side, other, fits)),
                    None => figure.side.absent { figcaption { (when) ": " (if when == "Before" { "not there yet" } else { "gone" }) } },
                }
            }
        }
    }
}

fn slice(when: &str, side: &Side, other: &HashSet<&str>, fits: bool) -> Markup {
    let mark = if when == "Before" { "gone" } else { "come" };
    let place = format!("{}:{}", side.file, side.position);
    html! {
        figure.side {
            figcaption { (when) ": " span.place { (place) } }
            @if fits {
                pre tabindex="0" role="group" aria-label={ (when) ", " (place) } {
                    @for line in &side.slice {
                        (slice_line(line, (line.changed && !other.contains(line.text.as_str())).then_some(mark)))
                    }
                }
            } @else {
                p { "The page is long: look it up in the file." }
            }
        }
    }
}

/// A line; one that the other side doesn't have is marked.
fn slice_line(line: &SliceLine, mark: Option<&str>) -> Markup {
    let number = line
        .number
        .map_or_else(|| "⋮".to_owned(), |number| number.to_string());
    let sign = match mark {
        Some("gone") => " −",
        Some(_) => " +",
        None => "  ",
    };
    let class = if line.changed { "line changed" } else { "line" };
    html! {
        span class={ (class) " " (mark.unwrap_or_default()) } data-line={ (number) (sign) } { (line.text) } "\n"
    }
}
