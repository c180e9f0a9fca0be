//! A review as each format writes it: readable, whole, and safe against what a spec may hold.

mod hostile;
#[path = "../../../tests/src/page.rs"]
#[expect(dead_code, reason = "marked parts of pages are not written here")]
mod page;
mod rules;
mod sample;
mod shapes;

use std::collections::BTreeSet;

use sample::{large, sample};
use xtask::review::report::{Format, explain, render};
use xtask::review::rules::rules;
use xtask::review::{Decision, DecisionVerdict, Review, SpecReview, Weight};

/// Every format.
const FORMATS: [Format; 6] = [
    Format::Text,
    Format::Markdown,
    Format::Html,
    Format::Json,
    Format::Github,
    Format::Sarif,
];

/// A review that found nothing.
fn nothing() -> Review {
    let mut review = sample();
    review.specs.truncate(1);
    for spec in &mut review.specs {
        *spec = SpecReview {
            findings: Vec::new(),
            notes: Vec::new(),
            documentation: 0,
            unexplained: Some(Vec::new()),
            bump: None,
            stale: Vec::new(),
            ..spec.clone()
        };
    }
    review
}

/// The part of the sample that shows each kind of value once.
fn short() -> Review {
    let mut review = sample();
    review.specs.retain(|spec| spec.name == "shop");
    for spec in &mut review.specs {
        spec.findings.truncate(1);
        spec.findings[0].decision = Some(Decision {
            verdict: DecisionVerdict::Accept,
            who: "Ada".to_owned(),
            why: "the vendor announced it".to_owned(),
            until: None,
            expired: false,
        });
    }
    review
}

#[test]
fn a_terminal_gets_a_line_per_cause_and_the_totals_at_the_end() {
    insta::assert_snapshot!(render(&sample(), Format::Text));
}

#[test]
fn a_pull_request_gets_one_comment_with_what_breaks_first() {
    insta::assert_snapshot!(render(&sample(), Format::Markdown));
}

#[test]
fn a_program_gets_every_part_in_a_fixed_order_of_keys() {
    insta::assert_snapshot!(render(&short(), Format::Json));
}

#[test]
fn a_workflow_gets_an_annotation_per_line() {
    insta::assert_snapshot!(render(&sample(), Format::Github));
}

#[test]
fn code_scanning_gets_the_rules_and_a_result_per_cause() {
    insta::assert_snapshot!(render(&short(), Format::Sarif));
}

#[test]
fn a_review_that_found_nothing_says_so_in_few_words() {
    insta::assert_snapshot!(render(&nothing(), Format::Text));
    insta::assert_snapshot!(render(&nothing(), Format::Markdown));
    assert_eq!(render(&nothing(), Format::Github), "");
}

#[test]
fn a_review_of_no_spec_at_all_can_be_written() {
    let mut review = nothing();
    review.specs.clear();
    for format in FORMATS {
        render(&review, format);
    }
    assert_eq!(
        render(&review, Format::Text),
        "0 findings in 0 specs: 0 break, 0 to look at, 0 safe; 0 open; wire none, Rust none, facade none\n"
    );
}

#[test]
fn the_same_review_is_written_alike_each_time() {
    for format in FORMATS {
        assert_eq!(
            render(&sample(), format),
            render(&sample(), format),
            "{format:?}"
        );
    }
}

#[test]
fn every_format_but_annotations_names_every_finding() {
    for format in FORMATS.into_iter().filter(|&one| one != Format::Github) {
        let text = render(&sample(), format);
        for finding in sample().specs.iter().flat_map(|spec| &spec.findings) {
            assert!(
                text.contains(&finding.fingerprint),
                "{format:?}: {}",
                finding.subject
            );
            assert!(
                text.contains(finding.rule.id),
                "{format:?}: {}",
                finding.rule.id
            );
        }
    }
}

#[test]
fn a_comment_fits_however_much_was_found() {
    for review in [large(5_000), hostile::hostile(&large(500)), many_specs()] {
        let text = render(&review, Format::Markdown);
        assert!(text.len() < 60_000, "{} bytes", text.len());
        assert!(text.contains(" more, which `--format html` shows."));
        assert!(text.contains("Made by `cargo xtask review`"));
    }
}

#[test]
fn a_comment_leaves_out_what_matters_least() {
    let review = large(150);
    let text = render(&review, Format::Markdown);
    assert!(text.contains(" more, which `--format html` shows."));
    let breaking = review.specs[0]
        .findings
        .iter()
        .filter(|one| one.weight() == Weight::Break);
    for finding in breaking {
        assert!(text.contains(&format!("| `{}` |", finding.fingerprint)));
    }
}

/// More specs than a comment has room for.
fn many_specs() -> Review {
    let mut review = sample();
    let one = review.specs[1].clone();
    review.specs = (0..400)
        .map(|index| SpecReview {
            name: format!("shop{index}"),
            ..one.clone()
        })
        .collect();
    review
}

#[test]
fn a_workflow_shows_at_most_ten_notices() {
    let text = render(&large(300), Format::Github);
    let of = |level: &str| text.lines().filter(|line| line.starts_with(level)).count();
    assert_eq!(
        (of("::error "), of("::warning "), of("::notice ")),
        (100, 100, 10)
    );
}

#[test]
fn code_scanning_gets_no_more_results_than_it_shows_the_worst_first() {
    let report: serde_json::Value =
        serde_json::from_str(&render(&large(15_001), Format::Sarif)).unwrap();
    let run = &report["runs"][0];
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 5_000);
    assert!(results.iter().all(|result| result["level"] == "error"));
    let remarks = run["invocations"][0]["toolExecutionNotifications"]
        .as_array()
        .unwrap();
    let last = remarks.last().unwrap()["message"]["text"].as_str().unwrap();
    assert!(last.starts_with("10001 findings left out"), "{last}");
}

#[test]
fn a_rule_is_explained_with_its_twin_in_the_other_direction() {
    insta::assert_snapshot!(explain("response-type-widened").unwrap());
}

#[test]
fn every_rule_is_explained_and_nothing_else_is() {
    let ids: BTreeSet<&str> = rules().map(|rule| rule.id).collect();
    assert_eq!(ids.len(), rules().count());
    for rule in rules() {
        let text = explain(rule.id).unwrap();
        assert!(text.starts_with(&format!(
            "{} (wire {}, Rust {})\n",
            rule.id,
            rule.wire.word(),
            rule.rust.word()
        )));
        assert!(text.contains(rule.why) && text.contains(rule.mend));
    }
    assert_eq!(explain("no-such-rule"), None);
}

#[test]
fn what_is_accepted_is_no_error_any_more() {
    let mut review = short();
    assert!(
        render(&review, Format::Github)
            .contains("\n::notice file=specs/shop/openapi.yaml,line=208,")
    );
    for spec in &mut review.specs {
        for decision in spec
            .findings
            .iter_mut()
            .filter_map(|one| one.decision.as_mut())
        {
            decision.expired = true;
        }
    }
    assert!(
        render(&review, Format::Github)
            .starts_with("::error file=specs/shop/openapi.yaml,line=208,")
    );
}
