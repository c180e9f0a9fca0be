//! Which tests cover a verb: the vendor's own that call it, and the cases of the behaviour suite that need it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::source::Source;
use super::{files, read, uses};

/// The tests of a vendor.
pub(super) struct Tests {
    /// The vendor's test files, with the verbs that each calls.
    own: Vec<(String, BTreeSet<String>)>,
    /// The cases: file, name, and the verbs that each is about.
    cases: Vec<(String, String, BTreeSet<String>)>,
}

/// What most cases do on the way to what they are about.
const ON_THE_WAY: &[&str] = &["create", "get"];

/// The cases of a file are named up to this number.
const NAMED: usize = 3;

impl Tests {
    pub fn of(root: &Path, vendor: &str) -> Result<Self, String> {
        let (mut own, mut cases) = (Vec::new(), Vec::new());
        let folder = format!("tests/tests/vendors/{vendor}");
        for path in existing(root, &folder)? {
            let text = read(root, &path)?;
            if text.contains("#[test]") || text.contains("#[tokio::test]") {
                let source = Source::new(path.clone(), &text, "");
                own.push((path, called(&source)));
            }
        }
        for path in existing(root, "tests/behaviour/src/cases")? {
            let source = Source::new(path.clone(), &read(root, &path)?, "");
            cases.extend(
                listed(&source)
                    .into_iter()
                    .map(|(name, verbs)| (path.clone(), name, verbs)),
            );
        }
        Ok(Self { own, cases })
    }

    /// The tests that cover any of the verbs: the vendor's files, then the behaviour suite's with their cases.
    pub fn of_verbs(&self, verbs: &[String]) -> Vec<String> {
        let any = |own: &BTreeSet<String>| verbs.iter().any(|verb| own.contains(verb));
        let own = self.own.iter().filter(|(_, verbs)| any(verbs));
        let mut tests: Vec<String> = own.map(|(path, _)| path.clone()).collect();
        let mut by_file: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (path, name, _) in self.cases.iter().filter(|(.., verbs)| any(verbs)) {
            by_file.entry(path).or_default().push(name);
        }
        tests.extend(by_file.into_iter().map(|(path, names)| match names.len() {
            0..=NAMED => format!("{path}: {}", names.join(", ")),
            count => format!("{path} ({count} cases)"),
        }));
        tests
    }
}

fn existing(root: &Path, folder: &str) -> Result<Vec<String>, String> {
    match root.join(folder).is_dir() {
        true => files(root, folder),
        false => Ok(Vec::new()),
    }
}

/// The verbs whose methods a file calls.
fn called(source: &Source) -> BTreeSet<String> {
    let verbs = [
        "create",
        "get",
        "add_lines",
        "update_line",
        "remove_line",
        "delete",
        "checkout",
        "set_customer",
        "place_order",
    ];
    let called = verbs
        .iter()
        .filter(|verb| uses::calls(source, verb).next().is_some());
    called.map(|verb| verb.replace('_', "-")).collect()
}

/// The cases of a file, `[Create, AddLines] async fn name(…)`, with the verbs that each is about.
fn listed(source: &Source) -> Vec<(String, BTreeSet<String>)> {
    let mut cases = Vec::new();
    for at in (0..source.tokens.len()).filter(|at| source.text(*at) == "[") {
        let end = source.close(at);
        let is_case = source.text(end + 1) == "async" && source.text(end + 2) == "fn";
        if !is_case {
            continue;
        }
        let needs = (at + 1..end)
            .map(|at| source.text(at))
            .filter(|word| *word != ",");
        let needs: BTreeSet<String> = needs.map(heck::ToKebabCase::to_kebab_case).collect();
        let about: BTreeSet<String> = needs
            .iter()
            .filter(|verb| !ON_THE_WAY.contains(&verb.as_str()))
            .cloned()
            .collect();
        let verbs = if about.is_empty() { needs } else { about };
        cases.push((source.text(end + 3).to_owned(), verbs));
    }
    cases
}
