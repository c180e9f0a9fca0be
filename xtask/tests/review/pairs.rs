//! The pairs: a change, the rule that judges it, and the two verdicts.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use serde_json::Value;
use xtask::load::Document;
use xtask::review::compare::{Comparison, compare};
use xtask::review::{Facade, Finding, Note, Rust, Side, Verdict, Wire, rules};

use crate::{all_told, compared, parsed, place};

const FILES: &[(&str, &str)] = &[
    ("operations", include_str!("pairs/operations.yaml")),
    ("parameters", include_str!("pairs/parameters.yaml")),
    ("request-bodies", include_str!("pairs/request-bodies.yaml")),
    (
        "request-schemas",
        include_str!("pairs/request-schemas.yaml"),
    ),
    ("responses", include_str!("pairs/responses.yaml")),
    (
        "response-schemas",
        include_str!("pairs/response-schemas.yaml"),
    ),
    ("both", include_str!("pairs/both.yaml")),
    ("security", include_str!("pairs/security.yaml")),
    ("names", include_str!("pairs/names.yaml")),
    ("extensions", include_str!("pairs/extensions.yaml")),
    ("equal", include_str!("pairs/equal.yaml")),
];

const KEYS: &[&str] = &[
    "name",
    "place",
    "components",
    "old",
    "new",
    "old-text",
    "new-text", // what is compared
    "rule",
    "also",
    "findings",
    "effects",
    "wire",
    "rust",
    "facade",
    "reach", // what is found
    "notes",
    "documentation",
    "one-way", // what is said beside
];

/// A change and what is to be said of it.
pub struct Pair {
    /// The file's name and the sentence.
    pub name: String,
    pub old: Document,
    pub new: Document,
    /// The same in the other notation; `None` when the pair is about notation.
    turned: Option<(Document, Document)>,
    /// The rule of the worst finding; `None` when nothing is to be found.
    pub rule: Option<String>,
    /// The rules of the other findings.
    also: Vec<String>,
    findings: RangeInclusive<usize>,
    /// The rules that judge the worst finding, one for each direction.
    effects: Option<BTreeSet<String>>,
    wire: String,
    rust: String,
    facade: String,
    /// How many operations the worst finding reaches.
    reach: Option<usize>,
    notes: bool,
    documentation: bool,
    /// Whether only one of the two directions means something.
    one_way: bool,
}

pub fn all() -> Vec<Pair> {
    let read = |(file, text): &(&str, &str)| {
        let list = parsed(file, text).to_json();
        let list = list.as_array().cloned().unwrap_or_default();
        list.iter()
            .map(|entry| Pair::read(file, entry))
            .collect::<Vec<_>>()
    };
    FILES.iter().flat_map(read).collect()
}

impl Pair {
    fn read(file: &str, entry: &Value) -> Self {
        let text = |key: &str| entry.get(key).and_then(Value::as_str);
        let words = |key: &str| -> Option<Vec<String>> {
            let words = entry.get(key)?.as_array()?.iter();
            Some(words.filter_map(Value::as_str).map(str::to_owned).collect())
        };
        let name = format!("{file}: {}", text("name").unwrap_or_default());
        for key in entry.as_object().into_iter().flat_map(|map| map.keys()) {
            assert!(KEYS.contains(&key.as_str()), "{name}: {key}");
        }
        let whole = |side: &str| {
            let place = text("place").unwrap_or_else(|| panic!("{name}: no place"));
            place::document(place, &entry[side], &entry["components"])
        };
        let (old, new, turned) = match (text("old-text"), text("new-text")) {
            (Some(old), Some(new)) => (parsed("old", old), parsed("new", new), None),
            _ => {
                let (old, new) = (whole("old"), whole("new"));
                let json = |name, value: &Value| parsed(name, &format!("{value:#}"));
                let yaml = |name, value: &Value| parsed(name, &place::yaml(value));
                (
                    yaml("old", &old),
                    yaml("new", &new),
                    Some((json("old", &old), json("new", &new))),
                )
            }
        };
        let rule = text("rule").map(str::to_owned);
        let also = words("also").unwrap_or_default();
        let findings = match text("findings").and_then(|range| range.split_once('-')) {
            Some((least, most)) => least.parse().unwrap()..=most.parse().unwrap(),
            None => {
                let count = usize::from(rule.is_some()) + also.len();
                count..=count
            }
        };
        let verdict = |key: &str| text(key).unwrap_or("none").to_owned();
        let flag = |key: &str| entry.get(key) == Some(&Value::Bool(true));
        let reach = entry.get("reach").and_then(Value::as_u64);
        Self {
            old,
            new,
            turned,
            also,
            findings,
            effects: words("effects").map(BTreeSet::from_iter),
            wire: verdict("wire"),
            rust: verdict("rust"),
            facade: verdict("facade"),
            reach: reach.map(|count| usize::try_from(count).unwrap()),
            notes: flag("notes"),
            documentation: flag("documentation"),
            one_way: flag("one-way"),
            rule,
            name,
        }
    }

    /// What is not as it should be.
    fn misjudged(&self) -> Option<String> {
        let comparison = match compare(&self.old, &self.new) {
            Ok(comparison) => comparison,
            Err(error) => return Some(format!("{}\n  got {error}", self.name)),
        };
        let found = &comparison.findings;
        let worst = found.first();
        let verdict = found
            .iter()
            .fold(Verdict::default(), |all, finding| all.and(finding.verdict));
        let judged = |wire: Wire, rust: Rust, facade: Facade| {
            wire.word() == self.wire && rust.word() == self.rust && facade.word() == self.facade
        };
        let rules = found.iter().map(|finding| finding.rule.id);
        let also: BTreeSet<&str> = rules.skip(1).collect();
        let effects = |finding: &Finding| -> BTreeSet<String> {
            let ids = finding.effects.iter().map(|effect| effect.rule.id);
            ids.map(str::to_owned).collect()
        };
        let right = self.findings.contains(&found.len())
            && worst.map(|finding| finding.rule.id) == self.rule.as_deref()
            && self.also.iter().all(|rule| also.contains(rule.as_str()))
            && judged(verdict.wire, verdict.rust, verdict.facade)
            && (self.effects.is_none() || worst.map(effects) == self.effects)
            && (self.reach.is_none() || worst.map(|worst| worst.operations().len()) == self.reach)
            && self.notes == has_notes(&comparison)
            && (!self.documentation || comparison.documentation > 0);
        if right {
            return None;
        }
        let notes: Vec<&str> = comparison
            .notes
            .iter()
            .map(|note| note.message.as_str())
            .collect();
        Some(format!(
            "{}\n  expected {}/{} [{}] also {:?}, findings {:?}, effects {:?}, reach {:?}, facade {}, notes {}\n  got {}\n    {}\n  notes {notes:?}, documentation {}",
            self.name,
            self.wire,
            self.rust,
            self.rule.as_deref().unwrap_or("nothing"),
            self.also,
            self.findings,
            self.effects,
            self.reach,
            self.facade,
            self.notes,
            found.len(),
            all_told(found),
            comparison.documentation,
        ))
    }
}

/// Whether a note is about something else than the version of a document that breaks.
fn beside(note: &Note) -> bool {
    !note.message.contains("info.version")
}

#[test]
fn every_change_is_judged_by_its_rule() {
    let pairs = all();
    let wrong: Vec<String> = pairs.iter().filter_map(Pair::misjudged).collect();
    let count = wrong.len();
    assert!(
        wrong.is_empty(),
        "{}\n{count} of {} pairs",
        wrong.join("\n\n"),
        pairs.len()
    );
}

#[test]
fn every_rule_is_shown_by_a_pair() {
    let pairs = all();
    let shown: BTreeSet<&str> = pairs
        .iter()
        .flat_map(|pair| pair.rule.iter().chain(&pair.also))
        .map(String::as_str)
        .chain(
            pairs
                .iter()
                .flat_map(|pair| pair.effects.iter().flatten().map(String::as_str)),
        )
        .collect();
    let ids: BTreeSet<&str> = rules::rules().map(|rule| rule.id).collect();
    let lacking: Vec<_> = ids.difference(&shown).collect();
    assert!(lacking.is_empty(), "{lacking:?}");
    let unknown: Vec<_> = shown.difference(&ids).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[test]
fn a_document_compared_with_itself_gives_nothing() {
    for pair in all() {
        for document in [&pair.old, &pair.new] {
            let comparison = compared(document, document);
            let found = all_told(&comparison.findings);
            assert!(comparison.findings.is_empty(), "{}\n{found}", pair.name);
            assert!(comparison.notes.is_empty(), "{}", pair.name);
            assert_eq!(comparison.documentation, 0, "{}", pair.name);
        }
    }
}

#[test]
fn what_is_found_forwards_is_found_backwards() {
    for pair in all() {
        let forwards = compared(&pair.old, &pair.new).findings;
        let backwards = compared(&pair.new, &pair.old).findings;
        assert!(
            pair.one_way || forwards.is_empty() == backwards.is_empty(),
            "{}\n    {}\n  backwards\n    {}",
            pair.name,
            all_told(&forwards),
            all_told(&backwards)
        );
    }
}

/// Everything of a finding but its place's line and column.
fn essence(findings: &[Finding]) -> Vec<(String, String)> {
    findings
        .iter()
        .map(|finding| (finding.fingerprint.clone(), crate::told(finding)))
        .collect()
}

#[test]
fn the_notation_changes_nothing() {
    for pair in all() {
        let Some((old, new)) = &pair.turned else {
            continue;
        };
        let plain = essence(&compared(&pair.old, &pair.new).findings);
        assert_eq!(
            essence(&compared(old, new).findings),
            plain,
            "{}",
            pair.name
        );
        assert_eq!(
            essence(&compared(&pair.old, new).findings),
            plain,
            "{}",
            pair.name
        );
    }
}

#[test]
fn a_finding_stands_where_it_says() {
    for pair in all() {
        let findings = compared(&pair.old, &pair.new).findings;
        let mut fingerprints = BTreeSet::new();
        for finding in &findings {
            let shown = format!("{}\n    {}", pair.name, crate::told(finding));
            assert!(finding.old.is_some() || finding.new.is_some(), "{shown}");
            for (side, document) in [(&finding.old, &pair.old), (&finding.new, &pair.new)] {
                if let Some(side) = side {
                    stands(side, document, &shown);
                }
            }
            assert!(fingerprints.insert(&finding.fingerprint), "{shown}");
            let hexadecimal = finding
                .fingerprint
                .chars()
                .all(|digit| digit.is_ascii_hexdigit());
            assert!(hexadecimal && finding.fingerprint.len() == 12, "{shown}");
            assert!(
                !finding.subject.is_empty() && !finding.message.is_empty(),
                "{shown}"
            );
            let of_effects = finding
                .effects
                .iter()
                .fold((Wire::None, Rust::None), |(wire, rust), effect| {
                    (wire.max(effect.rule.wire), rust.max(effect.rule.rust))
                });
            assert_eq!(
                (finding.verdict.wire, finding.verdict.rust),
                of_effects,
                "{shown}"
            );
            assert_eq!(
                finding.effects.first().map(|effect| effect.rule),
                Some(finding.rule),
                "{shown}"
            );
            for effect in &finding.effects {
                let mut sorted = effect.operations.clone();
                sorted.sort();
                sorted.dedup();
                assert_eq!(effect.operations, sorted, "{shown}");
            }
        }
        assert!(
            findings.is_sorted_by_key(|finding| std::cmp::Reverse(finding.verdict.wire)),
            "{}",
            pair.name
        );
    }
}

fn stands(side: &Side, document: &Document, shown: &str) {
    assert_eq!(side.file, document.file, "{shown}");
    assert!(document.pointer(&side.pointer).is_some(), "{shown}");
    assert_eq!(side.position, document.position(&side.pointer), "{shown}");
    let lines: Vec<&str> = document.text.lines().collect();
    assert!(side.slice.iter().any(|line| line.changed), "{shown}");
    for line in &side.slice {
        let Some(number) = line.number else { continue };
        assert_eq!(lines.get(number - 1), Some(&line.text.as_str()), "{shown}");
    }
}

#[test]
fn a_version_that_stays_is_noted_where_the_wire_breaks() {
    for pair in all() {
        let comparison = compared(&pair.old, &pair.new);
        let breaks = comparison
            .findings
            .iter()
            .any(|finding| finding.verdict.wire == Wire::Break);
        let noted = comparison.notes.iter().filter(|note| !beside(note)).count();
        assert_eq!(noted, usize::from(breaks), "{}", pair.name);
        let raised = pair
            .new
            .text
            .replacen("\"version\": \"1\"", "\"version\": \"2\"", 1);
        let raised = parsed("new", &raised);
        if raised.text != pair.new.text {
            assert!(
                compared(&pair.old, &raised).notes.iter().all(beside),
                "{}",
                pair.name
            );
        }
    }
}

#[test]
fn the_same_documents_give_the_same_review() {
    for pair in all() {
        let again = || format!("{:?}", compared(&pair.old, &pair.new).findings);
        assert_eq!(again(), again(), "{}", pair.name);
    }
}

/// Whether anything is noted but that a break came without a new version: no pair raises one.
fn has_notes(comparison: &Comparison) -> bool {
    let notes = comparison.notes.iter();
    notes
        .filter(|note| !note.message.contains("`info.version` stays"))
        .count()
        > 0
}
