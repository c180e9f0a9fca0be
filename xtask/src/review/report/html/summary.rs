//! What stands around the findings: verdicts, the API's diff, the facade, the rest.

use maud::{Markup, html};

use super::{badge, finding, words};
use crate::review::{Finding, Mapping, Review, SpecReview, Verdict, Version, Weight};

/// The page's head: the verdict of all specs.
pub(super) fn head(review: &Review) -> Markup {
    html! {
        h1 { "Spec review" }
        p.verdict { (verdict(review.verdict())) }
        @if review.specs.len() > 1 {
            div.scrolls.verdicts tabindex="0" role="group" aria-label="Verdicts by spec" {
                table {
                    thead { tr {
                        th scope="col" { "Spec" } th scope="col" { "Wire" } th scope="col" { "Rust" }
                        th scope="col" { "Facade" } th scope="col" { "Findings" }
                    } }
                    tbody {
                        @for spec in &review.specs {
                            @let verdict = spec.verdict();
                            tr {
                                th scope="row" { a href={ "#spec-" (spec.name) } { (spec.name) } }
                                td { (verdict.wire.word()) } td { (verdict.rust.word()) } td { (verdict.facade.word()) }
                                td { (spec.findings.len()) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn verdict(verdict: Verdict) -> Markup {
    html! {
        (badge("wire", verdict.wire.word())) " "
        (badge("rust", verdict.rust.word())) " "
        (badge("facade", verdict.facade.word()))
    }
}

/// The head of one spec.
pub(super) fn spec(spec: &SpecReview) -> Markup {
    let open = spec
        .findings
        .iter()
        .filter(|finding| finding.is_open())
        .count();
    html! {
        h2 id={ "spec-" (spec.name) } { (spec.name) }
        p.verdict { (verdict(spec.verdict())) }
        p { (version(&spec.from)) " → " (version(&spec.to)) }
        p {
            (counted(spec.findings.len())) ", " (open) " without a decision. "
            @if let (Some(bump), Some(next)) = (spec.bump, &spec.next) { "Suggested version: " strong { (next) } " (" (bump) ")." }
            @else { "The generated crate needs no new version." }
        }
    }
}

fn counted(findings: usize) -> String {
    match findings {
        1 => "1 finding".to_owned(),
        many => format!("{many} findings"),
    }
}

fn version(version: &Version) -> Markup {
    html! {
        code { (version.label) }
        @if let Some(number) = &version.version { " " (number) }
        " " span.hash { (version.hash) }
    }
}

/// The findings by what they ask of a reader.
pub(super) fn groups(spec: &SpecReview) -> [(&'static str, Vec<&Finding>); 3] {
    let of = |weight: Weight| {
        let all = spec.findings.iter();
        all.filter(|one| one.weight() == weight).collect::<Vec<_>>()
    };
    [
        ("What breaks", of(Weight::Break)),
        ("To look at", of(Weight::Look)),
        ("Safe", of(Weight::Safe)),
    ]
}

/// The diff of the generated API as a whole, with what no finding explains.
pub(super) fn api(spec: &SpecReview) -> Markup {
    let explained = spec.findings.iter().flat_map(|finding| {
        let id = Some(finding.fingerprint.as_str());
        finding.items.iter().map(move |item| (id, item))
    });
    let unexplained = spec.unexplained.iter().flatten().map(|item| (None, item));
    let mut items: Vec<_> = explained.chain(unexplained).collect();
    items.sort_by(|a, b| (&a.1.path, a.0).cmp(&(&b.1.path, b.0)));
    html! {
        details.part {
            summary { h3 { "Generated Rust API " span.number { (items.len()) } } }
            @if spec.unexplained.is_none() {
                p { "The clients were not generated: the verdicts on Rust follow the rules alone." }
            } @else if items.is_empty() {
                p { "No item of it changes." }
            } @else {
                div.scrolls tabindex="0" role="group" aria-label="Changed items of the generated Rust API" {
                    table {
                        thead { tr {
                            th scope="col" { "Item" } th scope="col" { "Before" } th scope="col" { "After" }
                            th scope="col" { "Rust" } th scope="col" { "Cause" }
                        } }
                        tbody {
                            @for (cause, item) in &items {
                                tr {
                                    th scope="row" { code { (item.path) } }
                                    td { @if let Some(old) = &item.old { code.gone { (old) } } @else { "new" } }
                                    td { @if let Some(new) = &item.new { code.come { (new) } } @else { "gone" } }
                                    td { (item.rust.word()) }
                                    td { @if let Some(id) = cause { a href={ "#" (id) } { code { (id) } } } @else { "no finding explains it" } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The mappings of the facade that use a changed item.
pub(super) fn facade(spec: &SpecReview) -> Markup {
    let mappings = spec.findings.iter().flat_map(|one| &one.mappings);
    let mut mappings: Vec<Mapping> = mappings.cloned().collect();
    mappings.sort_by(|a, b| (&a.file, a.line, &a.item).cmp(&(&b.file, b.line, &b.item)));
    mappings.dedup();
    html! {
        details.part {
            summary { h3 { "Facade " span.number { (mappings.len()) } } }
            @if mappings.is_empty() { p { "No mapping uses what changes." } }
            @else { (finding::mappings(&mappings)) }
        }
    }
}

/// Examples and recordings that no longer fit.
pub(super) fn evidence(spec: &SpecReview) -> Markup {
    let misfits: Vec<_> = spec
        .findings
        .iter()
        .flat_map(|one| one.misfits.iter().map(move |misfit| (one, misfit)))
        .collect();
    html! {
        details.part {
            summary { h3 { "Evidence " span.number { (misfits.len()) } } }
            @if misfits.is_empty() { p { "Every committed example and recording that fitted before fits still." } }
            ul {
                @for (finding, misfit) in &misfits {
                    li {
                        code { (misfit.file) "#" (misfit.pointer) } ": " (misfit.message) " "
                        a href={ "#" (finding.fingerprint) } { (finding.subject) }
                    }
                }
            }
        }
    }
}

/// Notes, words, stale decisions and lines for a changelog.
pub(super) fn rest(spec: &SpecReview) -> Markup {
    html! {
        @if !spec.notes.is_empty() {
            h3 { "Notes" }
            ul {
                @for note in &spec.notes {
                    li { (words(&note.message)) @if let Some(side) = &note.side { " " span.place { (side.file) ":" (side.position) } } }
                }
            }
        }
        @if spec.documentation > 0 { p { "Words, examples and order differ in " (spec.documentation) " places: no finding." } }
        @if !spec.stale.is_empty() {
            h3 { "Decisions that match nothing any more" }
            ul {
                @for (id, decision) in &spec.stale {
                    li { code { (id) } ": " (decision.verdict.word()) " by " (decision.who) ": " (decision.why) }
                }
            }
        }
        @if !spec.findings.is_empty() {
            details.part {
                summary { h3 { "Lines for a changelog" } }
                pre tabindex="0" role="group" aria-label={ "Lines for a changelog of " (spec.name) } {
                    @for finding in &spec.findings {
                        @if finding.weight() == Weight::Break { "- **breaking**: " } @else { "- " }
                        (finding.subject) ": " (finding.message) "\n"
                    }
                }
            }
        }
    }
}

/// How the page was made.
pub(super) fn made(review: &Review) -> Markup {
    let made = &review.made;
    html! {
        p { "Made by cargo xtask review " (made.program) ", rules " code { (made.rules) } @if !made.options.is_empty() { ", with " code { (made.options) } } "." }
    }
}
