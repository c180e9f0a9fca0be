//! Each rule of the lint, shown by the smallest change to a clean spec that breaks it.

mod cases;

use std::collections::BTreeSet;
use std::path::Path;

use cases::{CLEAN, CREATED, Case, GROUPS};
use xtask::lint::{
    Finding, Severity, explain, lint, render_github, render_json, render_text, rules, unreadable,
    unverified,
};
use xtask::load::Document;

/// What lint finds in a document beside a folder `examples` with these files.
fn findings(text: &str, files: &[(&str, &str)]) -> Vec<Finding> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("examples")).unwrap();
    for (name, content) in files {
        std::fs::write(folder.path().join("examples").join(name), content).unwrap();
    }
    match Document::parse("shop.yaml", text) {
        Ok(document) => lint(&document, folder.path()),
        Err(error) => vec![unreadable(&error)],
    }
}

fn findings_of(case: &Case) -> Vec<Finding> {
    findings(&case.spec(), &case.files())
}

fn report(case: &Case) -> String {
    let rendered = render_text(&findings_of(case));
    let (findings, _count) = rendered.trim_end().rsplit_once('\n').unwrap_or_default();
    format!("{}\n{findings}\n", case.text)
}

#[test]
fn a_clean_spec_gives_nothing() {
    let text = render_text(&findings(CLEAN, &[CREATED]));
    assert_eq!(text, "0 errors, 0 warnings\n");
}

#[test]
fn each_defect_is_told_where_it_stands_and_how_to_mend_it() {
    for (name, text) in GROUPS {
        let reports: Vec<_> = cases::read(text).iter().map(report).collect();
        insta::with_settings!({ omit_expression => true }, {
            insta::assert_snapshot!(*name, reports.join("\n"));
        });
    }
}

#[test]
fn each_defect_is_told_by_its_own_rule_alone() {
    let cases = cases::all();
    let wrong: Vec<_> = cases
        .iter()
        .filter(|case| {
            let found = findings_of(case);
            found.is_empty() || found.iter().any(|finding| finding.rule != case.title)
        })
        .map(report)
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_is_shown_by_a_case() {
    let shown: BTreeSet<String> = cases::all().into_iter().map(|case| case.title).collect();
    let mut all: BTreeSet<String> = rules().map(|rule| rule.id.to_owned()).collect();
    // The one rule that no document breaks; tests/generate shows it.
    assert!(all.remove("vendor-name"));
    assert_eq!(shown, all);
}

#[test]
fn what_may_stand_is_not_reported() {
    for case in cases::read(cases::ALLOWED) {
        assert!(findings_of(&case).is_empty(), "{}", report(&case));
    }
}

#[test]
fn every_rule_has_an_id_of_its_own_and_explains_itself() {
    let mut ids = BTreeSet::new();
    for rule in rules() {
        assert!(ids.insert(rule.id), "{} stands twice", rule.id);
        let kebab = |c: char| c.is_ascii_lowercase() || c == '-';
        assert!(rule.id.chars().all(kebab), "{}", rule.id);
        assert!(rule.summary.ends_with('.'), "{}", rule.id);
        assert!(explain(rule.id).is_some_and(|text| text.contains(rule.why)));
    }
    assert_eq!(explain("no-such-rule"), None);
}

#[test]
fn a_rule_is_explained_by_what_it_asks_for_why_and_how_to_mend_it() {
    insta::assert_snapshot!(explain("retry-missing").unwrap());
}

fn one_finding() -> Vec<Finding> {
    let text = CLEAN.replace("    delete:\n", "    delete:\n      x-retyr: 100%\n");
    findings(&text, &[CREATED])
}

#[test]
fn a_finding_is_rendered_as_text_with_a_count() {
    insta::assert_snapshot!(render_text(&one_finding()));
}

#[test]
fn a_finding_is_rendered_as_json() {
    insta::assert_snapshot!(render_json(&one_finding()));
    assert_eq!(render_json(&[]), "[]\n");
}

#[test]
fn a_finding_is_rendered_as_a_github_annotation_with_its_signs_escaped() {
    let mut findings = one_finding();
    for finding in &mut findings {
        finding.severity = Severity::Warning;
        finding.file = "specs/a,b:c.yaml".to_owned();
        finding.message = "100%\r\nsure".to_owned();
    }
    insta::assert_snapshot!(render_github(&findings));
}

#[test]
fn findings_stand_in_the_order_of_their_places() {
    let text = CLEAN
        .replace("      x-retry: safe\n", "")
        .replace("title: Shop", "titel: Shop");
    let found = findings(&text, &[CREATED]);
    let places: Vec<_> = found.iter().map(|finding| finding.position).collect();
    assert_eq!(places.len(), 4);
    assert!(places.is_sorted());
}

#[test]
fn unverified_nodes_are_listed_with_their_reasons() {
    let document = Document::parse("shop.yaml", CLEAN).unwrap();
    let list: Vec<_> = unverified(&document)
        .into_iter()
        .map(|entry| entry.to_string())
        .collect();
    assert_eq!(
        list,
        ["shop.yaml:64:9: /components/schemas/Cart/properties/id: may be a number"]
    );
}

#[test]
fn a_spec_with_any_line_removed_is_linted_without_panic() {
    let lines: Vec<&str> = CLEAN.lines().collect();
    for skipped in 0..lines.len() {
        let mut rest = lines.clone();
        rest.remove(skipped);
        if let Ok(document) = Document::parse("shop.yaml", &rest.join("\n")) {
            lint(&document, Path::new("/nonexistent"));
        }
    }
}

#[test]
fn a_spec_with_any_node_replaced_is_linted_without_panic() {
    let document = Document::parse("shop.yaml", CLEAN).unwrap();
    let mut pointers = Vec::new();
    list_pointers(&document.to_json(), String::new(), &mut pointers);
    for pointer in pointers {
        for value in [
            "null",
            "7",
            "true",
            "\"x\"",
            "[]",
            "{}",
            "[[]]",
            r##"{"$ref": "#/"}"##,
        ] {
            let mut json = document.to_json();
            *json.pointer_mut(&pointer).unwrap() = serde_json::from_str(value).unwrap();
            let broken = Document::parse("shop.json", &json.to_string()).unwrap();
            lint(&broken, Path::new("/nonexistent"));
        }
    }
}

fn list_pointers(json: &serde_json::Value, pointer: String, list: &mut Vec<String>) {
    match json {
        serde_json::Value::Object(map) => {
            for (key, value) in map {
                let token = xtask::load::pointer_token(key);
                list_pointers(value, format!("{pointer}/{token}"), list);
            }
        }
        serde_json::Value::Array(elements) => {
            for (index, value) in elements.iter().enumerate() {
                list_pointers(value, format!("{pointer}/{index}"), list);
            }
        }
        _ => {}
    }
    list.push(pointer);
}
