//! A review as one page that needs nothing else: no network, no server, and no scripts to be read.

mod finding;
mod summary;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest as _, Sha256};

use crate::review::{Facade, Finding, Review, Rust, SpecReview, Wire};

const STYLE: &str = include_str!("page/page.css");
const SCRIPT: &str = include_str!("page/page.js");

/// What all slices of a page may weigh together; a page of thousands of findings stays quick to open.
const SLICES: usize = 1_000_000;

/// From so many findings on, what is out of sight is not laid out.
const LONG: usize = 300;

/// The page, with a newline at its end.
pub fn render(review: &Review) -> String {
    let mut room = SLICES;
    let sections: Vec<Markup> = review
        .specs
        .iter()
        .map(|spec| section(spec, &mut room))
        .collect();
    let total: usize = review.specs.iter().map(|spec| spec.findings.len()).sum();
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy());
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title(review)) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a.skip href="#findings" { "Skip to the findings" }
                header { (summary::head(review)) }
                (controls(review, total))
                main #findings.long[total > LONG] tabindex="-1" {
                    @if review.specs.is_empty() { p.empty { "No spec differs." } }
                    @for section in &sections { (section) }
                    p.empty #nothing-left hidden { "No finding fits the filters." }
                }
                footer { (summary::made(review)) }
                (keys())
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    let mut text = page.into_string();
    text.push('\n');
    text
}

/// Nothing is loaded and nothing runs but what stands in the page.
fn policy() -> String {
    let hash = |text: &str| BASE64_STANDARD.encode(Sha256::digest(text.as_bytes()));
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        hash(STYLE),
        hash(SCRIPT)
    )
}

fn title(review: &Review) -> String {
    let names: Vec<&str> = review.specs.iter().map(|spec| spec.name.as_str()).collect();
    match names.as_slice() {
        [] => "Spec review".to_owned(),
        names => format!("Spec review: {}", names.join(", ")),
    }
}

/// A verdict in words and in colour.
fn badge(kind: &str, word: &str) -> Markup {
    let level = match word {
        "break" | "capability" | "reject" => "bad",
        "risky" | "maybe" | "touched" | "ask-vendor" => "open",
        "safe" | "additive" | "accept" => "good",
        _ => "calm",
    };
    html! { span class={ "badge " (level) } { span.kind { (kind) } " " (word) } }
}

/// A text in which what stands between backticks is code.
fn words(text: &str) -> Markup {
    let parts: Vec<&str> = text.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return html! { (text) };
    }
    html! {
        @for (index, part) in parts.iter().enumerate() {
            @if index.is_multiple_of(2) { (part) } @else { code { (part) } }
        }
    }
}

fn controls(review: &Review, total: usize) -> Markup {
    let select = |name: &str, label: &str, every: &str, words: &[&str]| {
        html! {
            label for=(name) { (label) }
            select id=(name) name=(name) {
                option value="" { (every) }
                @for word in words { option value=(word) { (word) } }
            }
        }
    };
    let specs: Vec<&str> = review.specs.iter().map(|spec| spec.name.as_str()).collect();
    let findings = review.specs.iter().flat_map(|spec| &spec.findings);
    let mut operations: Vec<&str> = findings.flat_map(Finding::operations).collect();
    operations.sort_unstable();
    operations.dedup();
    let wires = [Wire::Break, Wire::Risky, Wire::Safe, Wire::None].map(Wire::word);
    let rusts = [Rust::Break, Rust::Maybe, Rust::Additive, Rust::None].map(Rust::word);
    let facades = [Facade::Capability, Facade::Touched, Facade::None].map(Facade::word);
    html! {
        form.controls role="search" aria-label="Filter the findings" hidden {
            div.field { (select("vendor", "Spec", "every spec", &specs)) }
            div.field { (select("wire", "Wire", "any", &wires)) }
            div.field { (select("rust", "Rust", "any", &rusts)) }
            div.field { (select("facade", "Facade", "any", &facades)) }
            div.field { (select("operation", "Operation", "every operation", &operations)) }
            div.field.wide {
                label for="text" { "Text" }
                input #text name="text" type="search" autocomplete="off" spellcheck="false";
            }
            div.field.buttons {
                button type="button" #previous { "Previous" }
                button type="button" #next { "Next" }
                button type="reset" { "Clear" }
                button type="button" #show-keys { "Keys" }
            }
            p.count role="status" aria-live="polite" { (total) " of " (total) " findings" }
        }
    }
}

fn section(spec: &SpecReview, room: &mut usize) -> Markup {
    let groups = summary::groups(spec);
    html! {
        section.spec aria-labelledby={ "spec-" (spec.name) } data-vendor=(spec.name) {
            (summary::spec(spec))
            @for (heading, findings) in &groups {
                @if !findings.is_empty() {
                    div.group {
                        h3 { (heading) " " span.number { (findings.len()) } }
                        @for found in findings { (finding::article(spec, found, room)) }
                    }
                }
            }
            (summary::api(spec))
            (summary::facade(spec))
            (summary::evidence(spec))
            (summary::rest(spec))
        }
    }
}

fn keys() -> Markup {
    let rows = [
        ("n or j", "next finding"),
        ("p or k", "previous finding"),
        ("Enter", "open or close it"),
        ("/", "search"),
        ("Escape", "leave the search"),
        ("?", "this list"),
    ];
    html! {
        dialog #keys aria-labelledby="keys-title" {
            h2 #keys-title { "Keys" }
            dl {
                @for (key, does) in rows { dt { kbd { (key) } } dd { (does) } }
            }
            form method="dialog" { button { "Close" } }
        }
    }
}
