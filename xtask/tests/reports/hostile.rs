//! A spec may hold any text: no report lets it end a line, a table, a script or an annotation.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use xtask::review::report::{Format, render};
use xtask::review::{Decision, Finding, ItemChange, Review, Side, Version};

use crate::sample::sample;

/// What ends a cell, code, an element, a quotation, a line or an annotation; what names people; what turns a line around.
const SIGNS: &str = "@anna #12 https://e.example $m$ a|b <img src=x onerror=alert(1)></script></details> *x* _y_ [l](m) \\| ~~ \"q\" 'p' 100%\nnew,line::error::x\r\n`c ```\n- ~~~ ü→\u{202e}漢\u{1b}[31m";

/// The review with that text wherever a spec or a person wrote one.
fn with(review: &Review, text: &str) -> Review {
    let mut review = review.clone();
    let put = |place: &mut String| text.clone_into(place);
    for spec in &mut review.specs {
        put(&mut spec.name);
        for Version { label, version, .. } in [&mut spec.from, &mut spec.to] {
            put(label);
            version.iter_mut().for_each(put);
        }
        spec.findings.iter_mut().for_each(|one| finding(one, text));
        for note in &mut spec.notes {
            put(&mut note.message);
            note.side.iter_mut().for_each(|one| side(one, text));
        }
        spec.unexplained
            .iter_mut()
            .flatten()
            .for_each(|one| item(one, text));
        for (_, one) in &mut spec.stale {
            decision(one, text);
        }
    }
    put(&mut review.made.options);
    review
}

/// The review with [`SIGNS`] everywhere.
pub fn hostile(review: &Review) -> Review {
    with(review, SIGNS)
}

fn finding(finding: &mut Finding, text: &str) {
    let put = |place: &mut String| text.clone_into(place);
    put(&mut finding.subject);
    put(&mut finding.message);
    let sides = [&mut finding.old, &mut finding.new];
    sides.into_iter().flatten().for_each(|one| side(one, text));
    for effect in &mut finding.effects {
        effect.operations = vec![text.to_owned()];
    }
    finding.items.iter_mut().for_each(|one| item(one, text));
    for mapping in &mut finding.mappings {
        for place in [&mut mapping.file, &mut mapping.within, &mut mapping.item] {
            put(place);
        }
        mapping
            .verbs
            .iter_mut()
            .chain(&mut mapping.tests)
            .for_each(put);
    }
    for misfit in &mut finding.misfits {
        for place in [&mut misfit.file, &mut misfit.pointer, &mut misfit.message] {
            put(place);
        }
    }
    finding
        .decision
        .iter_mut()
        .for_each(|one| decision(one, text));
}

fn side(side: &mut Side, text: &str) {
    text.clone_into(&mut side.file);
    text.clone_into(&mut side.pointer);
    for line in &mut side.slice {
        text.clone_into(&mut line.text);
    }
}

fn item(item: &mut ItemChange, text: &str) {
    text.clone_into(&mut item.path);
    let lines = [&mut item.old, &mut item.new];
    lines
        .into_iter()
        .flatten()
        .for_each(|line| text.clone_into(line));
}

fn decision(decision: &mut Decision, text: &str) {
    text.clone_into(&mut decision.who);
    text.clone_into(&mut decision.why);
}

#[test]
fn a_terminal_is_sent_no_control_signs_and_no_further_lines() {
    let text = render(&hostile(&sample()), Format::Text);
    assert!(
        text.chars()
            .all(|c| c == '\n' || !(c.is_control() || c == '\u{202e}'))
    );
    let lines = |text: &str| text.lines().count();
    assert_eq!(
        lines(&text),
        lines(&render(&with(&sample(), "x"), Format::Text))
    );
}

#[test]
fn an_annotation_stays_one_line() {
    let text = render(&hostile(&sample()), Format::Github);
    assert!(
        text.lines()
            .all(|line| line.starts_with("::") && !line.contains(['\r', '\u{1b}']))
    );
    for line in text.lines() {
        let (properties, _message) = line[2..].split_once("::").unwrap();
        let keys = properties.split_once(' ').unwrap().1.split(',');
        let keys: Vec<&str> = keys
            .filter_map(|one| Some(one.split_once('=')?.0))
            .collect();
        assert_eq!(keys, ["file", "line", "col", "title"], "{properties}");
    }
    let lines = |text: &str| text.lines().count();
    assert_eq!(
        lines(&text),
        lines(&render(&with(&sample(), "x"), Format::Github))
    );
}

/// What GitHub would make of a comment: its structure, its own elements, and the text outside of code.
fn read(markdown: &str) -> (Vec<String>, Vec<String>, String) {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_MATH;
    let (mut structure, mut elements, mut prose) = (Vec::new(), Vec::new(), String::new());
    let mut in_code = 0_usize;
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => {
                in_code += 1;
                structure.push("code block".to_owned());
            }
            Event::End(TagEnd::CodeBlock) => in_code -= 1,
            Event::Start(tag) => {
                let tag = format!("{tag:?}");
                structure.push(tag.split(['(', ' ']).next().unwrap_or_default().to_owned());
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                match html.trim() {
                    "<code>" => in_code += 1,
                    "</code>" => in_code -= 1,
                    _ => {}
                }
                elements.push(html.trim().to_owned());
            }
            Event::Text(text) if in_code == 0 => prose.push_str(&text),
            Event::InlineMath(text) | Event::DisplayMath(text) => panic!("a formula: {text}"),
            _ => {}
        }
    }
    (structure, elements, prose)
}

#[test]
fn a_comment_keeps_its_structure_whatever_a_spec_holds() {
    let (harmless, ..) = read(&render(&with(&sample(), "x"), Format::Markdown));
    // With a partner for every backtick, and without.
    for signs in [SIGNS.to_owned(), format!("{SIGNS}`")] {
        let (structure, elements, prose) =
            read(&render(&with(&sample(), &signs), Format::Markdown));
        assert_eq!(structure, harmless);
        let ours = |html: &String| {
            let plain = ["<code>", "</code>", "<br>", "<details>", "</details>"];
            plain.contains(&html.as_str()) || is_summary(html)
        };
        let others: Vec<&String> = elements.iter().filter(|html| !ours(html)).collect();
        assert!(others.is_empty(), "{others:?}");
        for told in ["@anna", "#12", "https://"] {
            assert!(!prose.contains(told), "GitHub would make a link of {told}");
        }
        assert!(prose.contains("@\u{200b}anna"), "the text itself is lost");
    }
}

/// Whether it is a summary without an element inside.
fn is_summary(html: &str) -> bool {
    let inside = html
        .strip_prefix("<summary>")
        .and_then(|rest| rest.strip_suffix("</summary>"));
    inside.is_some_and(|text| !text.contains('<'))
}

#[test]
fn a_page_runs_no_script_of_a_spec() {
    let text = render(&hostile(&sample()), Format::Html);
    assert_eq!(text.matches("</script>").count(), 1);
    assert!(!text.contains("<img"));
}

#[test]
fn very_long_texts_fit_a_comment() {
    let review = with(&sample(), &"long|`<@ ".repeat(20_000));
    let text = render(&review, Format::Markdown);
    assert!(text.len() < 60_000, "{} bytes", text.len());
    assert!(text.contains(&sample().specs[1].findings[0].fingerprint));
}
