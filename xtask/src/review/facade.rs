//! What a change of the generated API does to the cart interface: which of its mappings name a changed item, which verbs those
//! serve, and which tests cover them.
//!
//! The scan goes by names, not by types (see `uses`), so it may show a place too many where two types share a field's name. Which verb
//! a place serves is told by a graph of calls within the vendor's folder, again by name.

mod receiver;
mod source;
#[cfg(test)]
mod tests;
mod tests_of;
mod tokens;
mod uses;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::{Facade, Finding, Mapping};
use crate::api::ApiItem;
use source::Source;
use tests_of::Tests;
use uses::Api;

/// The cart interface's sources, from the workspace's root.
const FACADE: &str = "crates/cartwright/src";

/// Adds to each finding the mappings that use an item it changed.
///
/// # Errors
///
/// A file that can't be read.
pub fn enrich(
    findings: &mut [Finding],
    old: &[ApiItem],
    root: &Path,
    vendor: &str,
) -> Result<(), String> {
    let Some(scan) = Scan::of(old, root, vendor)? else {
        return Ok(());
    };
    for finding in findings {
        finding.mappings = scan.mappings(finding);
        if !finding.mappings.is_empty() {
            finding.verdict.facade = finding.verdict.facade.max(Facade::Touched);
        }
    }
    Ok(())
}

/// A vendor's part of the cart interface, read.
struct Scan {
    api: Api,
    sources: Vec<Source>,
    /// The verbs that lead to a part, by file and the part's first token.
    verbs: BTreeMap<(usize, usize), BTreeSet<String>>,
    tests: Tests,
}

impl Scan {
    /// `None` when the vendor has no mapping.
    fn of(old: &[ApiItem], root: &Path, vendor: &str) -> Result<Option<Self>, String> {
        let own = format!("{FACADE}/vendors/{vendor}");
        if !root.join(&own).is_dir() {
            return Ok(None);
        }
        let library = format!("cartwright_{}", vendor.replace('-', "_"));
        let mut sources = Vec::new();
        for folder in [own.as_str(), &format!("{FACADE}/vendors"), FACADE] {
            for path in files(root, folder)? {
                let text = read(root, &path)?;
                // Outside of the vendor's folder only a file that names its client can use it.
                if folder == own || text.contains(&library) {
                    sources.push(Source::new(path, &text, &library));
                }
            }
        }
        Ok(Some(Self {
            api: Api::of(old),
            verbs: verbs(&sources),
            sources,
            tests: Tests::of(root, vendor)?,
        }))
    }

    fn mappings(&self, finding: &Finding) -> Vec<Mapping> {
        let mut mappings = Vec::new();
        for (index, source) in self.sources.iter().enumerate() {
            for item in &finding.items {
                for found in self.api.uses(source, item) {
                    let part = source.part_at(found.at);
                    let verbs = part.and_then(|part| self.verbs.get(&(index, part.range.start)));
                    let verbs: Vec<String> = verbs.into_iter().flatten().cloned().collect();
                    mappings.push(Mapping {
                        file: source.path.clone(),
                        line: source.tokens[found.at].line,
                        within: part.map_or("use", |part| &part.label).to_owned(),
                        item: item.path.clone(),
                        writes: found.writes,
                        compiles: found.compiles,
                        tests: self.tests.of_verbs(&verbs),
                        verbs,
                    });
                }
            }
        }
        mappings.sort_by(|a, b| (&a.file, a.line, &a.item).cmp(&(&b.file, b.line, &b.item)));
        mappings.dedup_by(|a, b| (&a.file, a.line, &a.item) == (&b.file, b.line, &b.item));
        // Where a whole is used, its parts on the same line say nothing more.
        let wholes: BTreeSet<(String, usize, String)> = mappings
            .iter()
            .map(|mapping| (mapping.file.clone(), mapping.line, mapping.item.clone()))
            .collect();
        let whole_of = |item: &str| match item.rsplit_once("::") {
            Some(("builder", _)) => self.api.method_of(item),
            owner => owner.map(|(owner, _)| owner.to_owned()),
        };
        mappings.retain(|mapping| {
            let mut whole = whole_of(&mapping.item);
            while let Some(item) = whole {
                whole = whole_of(&item);
                if wholes.contains(&(mapping.file.clone(), mapping.line, item)) {
                    return false;
                }
            }
            true
        });
        mappings
    }
}

/// Which verbs lead to each part: a verb's own method, and whatever it names, near or far.
fn verbs(sources: &[Source]) -> BTreeMap<(usize, usize), BTreeSet<String>> {
    let mut found: BTreeMap<(usize, usize), BTreeSet<String>> = BTreeMap::new();
    for (index, source) in sources.iter().enumerate() {
        for verb in source.parts.iter().filter(|part| part.is_verb) {
            let mut open = vec![(index, verb.range.start)];
            let mut seen = BTreeSet::new();
            while let Some(at) = open.pop() {
                if seen.insert(at) {
                    found
                        .entry(at)
                        .or_default()
                        .insert(verb.name.replace('_', "-"));
                    open.extend(named_by(sources, at));
                }
            }
        }
    }
    found
}

/// The parts that a part names.
fn named_by(sources: &[Source], (index, start): (usize, usize)) -> Vec<(usize, usize)> {
    let Some(source) = sources.get(index) else {
        return Vec::new();
    };
    let Some(part) = source.parts.iter().find(|part| part.range.start == start) else {
        return Vec::new();
    };
    let mut named = Vec::new();
    let words = part
        .range
        .clone()
        .filter(|at| source.tokens.get(*at).is_some_and(|token| token.is_word));
    for at in words.skip(2) {
        let name = source.text(at);
        let module = (source.before(at, 1) == "::").then(|| source.before(at, 2));
        let is_method = source.before(at, 1) == ".";
        for (other, target) in sources.iter().enumerate() {
            let fits = target.parts.iter().filter(|part| part.name == name);
            for part in fits.filter(|part| part.is_method || !is_method) {
                let is_meant = match module {
                    // `request::create`, `Line::parse`, `Self::sort`.
                    Some(module) => module == target.stem || part.is_method,
                    None => !is_method || source.text(at + 1) == "(",
                };
                // A bare name is the file's own, unless it has none.
                let is_own = module.is_some()
                    || is_method
                    || other == index
                    || !source.parts.iter().any(|part| part.name == name);
                if is_meant && is_own {
                    named.push((other, part.range.start));
                }
            }
        }
    }
    named
}

/// The Rust files of a folder, sorted, from the workspace's root.
fn files(root: &Path, folder: &str) -> Result<Vec<String>, String> {
    let wrong = |error: std::io::Error| format!("{folder}: can't be listed: {error}");
    let mut files = Vec::new();
    for entry in std::fs::read_dir(root.join(folder)).map_err(wrong)? {
        let name = entry
            .map_err(wrong)?
            .file_name()
            .to_string_lossy()
            .into_owned();
        if name.ends_with(".rs") {
            files.push(format!("{folder}/{name}"));
        }
    }
    files.sort();
    Ok(files)
}

fn read(root: &Path, path: &str) -> Result<String, String> {
    std::fs::read_to_string(root.join(path))
        .map_err(|error| format!("{path}: can't be read: {error}"))
}
