//! Where a file of the cart interface uses an item of the generated client.
//!
//! This is found by name. A field counts as used where its name is read or written and its type is at hand, that is named in the file
//! or reached from a type or call that is. Where `receiver` can tell that the name is read from another type, the place is left out;
//! where it can't, and two types at hand have a field of that name, both may be meant.

use std::collections::{BTreeMap, BTreeSet};

use super::receiver::{Fields, Receiver, receiver};
use super::source::Source;
use crate::api::{ApiItem, ApiKind};
use crate::review::ItemChange;

/// The old client's items, as uses are found by them.
#[derive(Debug, Default)]
pub(super) struct Api {
    /// By type: its fields and what type each is of, where that is one of the client's.
    fields: Fields,
    /// By type: the types that its fields and variants hold.
    holds: BTreeMap<String, BTreeSet<String>>,
    /// The client's methods, by the builder that they answer.
    methods: BTreeMap<String, String>,
    /// By method: the types of its answer.
    answers: BTreeMap<String, BTreeSet<String>>,
}

/// A use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Use {
    /// The token.
    pub at: usize,
    pub writes: bool,
    pub compiles: bool,
}

impl Api {
    pub fn of(items: &[ApiItem]) -> Self {
        let mut api = Self::default();
        let is_type = |item: &&ApiItem| matches!(item.kind, ApiKind::Struct | ApiKind::Enum);
        for item in items.iter().filter(is_type) {
            if let [name] = path(&item.path, "types").as_slice() {
                api.fields.entry((*name).to_owned()).or_default();
            }
        }
        let known: BTreeSet<String> = api.fields.keys().cloned().collect();
        let held = |text: &str| -> Vec<String> {
            let words = text.split(|c: char| !(c.is_alphanumeric() || c == '_'));
            words
                .filter(|word| known.contains(*word))
                .map(str::to_owned)
                .collect()
        };
        for item in items {
            let held = held(&item.signature);
            match (item.kind, path(&item.path, "types").as_slice()) {
                (ApiKind::Field, [owner, field]) => {
                    let fields = api.fields.entry((*owner).to_owned()).or_default();
                    fields.insert((*field).to_owned(), held.last().cloned());
                    api.holds
                        .entry((*owner).to_owned())
                        .or_default()
                        .extend(held);
                }
                (ApiKind::Variant, [owner, _]) => {
                    api.holds
                        .entry((*owner).to_owned())
                        .or_default()
                        .extend(held);
                }
                (ApiKind::Function, _) => {
                    let answer = item.signature.split("-> ").nth(1).unwrap_or_default();
                    let builder = answer
                        .strip_prefix("builder::")
                        .and_then(|name| name.split('<').next());
                    if let (Some(method), Some(builder)) =
                        (item.path.strip_prefix("Client::"), builder)
                    {
                        api.methods.insert(builder.to_owned(), method.to_owned());
                    }
                }
                _ => {}
            }
        }
        for item in items.iter().filter(|item| item.path.ends_with("::send")) {
            if let [builder, _] = path(&item.path, "builder").as_slice()
                && let Some(method) = api.methods.get(*builder)
            {
                let answer = held(&item.signature).into_iter().collect();
                api.answers.insert(method.clone(), answer);
            }
        }
        api
    }

    /// The client's method that answers a builder: `Client::get_cart` for `builder::GetCart`.
    pub fn method_of(&self, builder: &str) -> Option<String> {
        let method = self.methods.get(builder.strip_prefix("builder::")?)?;
        Some(format!("Client::{method}"))
    }

    /// The types that are named in a file, answered to its calls, or held by one of those.
    fn at_hand(&self, source: &Source) -> BTreeSet<String> {
        let mut open: Vec<&str> = source.types().map(|(_, name)| name).collect();
        for (method, answer) in &self.answers {
            if calls(source, method).next().is_some() {
                open.extend(answer.iter().map(String::as_str));
            }
        }
        let mut found = BTreeSet::new();
        while let Some(name) = open.pop() {
            if found.insert(name.to_owned()) {
                open.extend(
                    self.holds
                        .get(name)
                        .into_iter()
                        .flatten()
                        .map(String::as_str),
                );
            }
        }
        found
    }

    /// Where a file uses a changed item. An item that is new is used by nobody; but a literal that names every field of a type
    /// needs its new field too.
    pub fn uses(&self, source: &Source, change: &ItemChange) -> BTreeSet<Use> {
        let Some(line) = change.old.as_ref().or(change.new.as_ref()) else {
            return BTreeSet::new();
        };
        let kind = line.split(' ').next().unwrap_or_default();
        let parts: Vec<&str> = change.path.split("::").collect();
        let is_new = change.old.is_none();
        match (kind, parts.as_slice()) {
            ("field", ["types", owner, _]) if is_new => self.full_literals(source, owner),
            _ if is_new || change.rust < crate::review::Rust::Maybe => BTreeSet::new(),
            ("field", ["types", owner, field]) => self.field(source, owner, field),
            ("variant", ["types", owner, variant]) => source
                .types()
                .filter(|(at, name)| name == owner && source.text(at + 2) == *variant)
                .map(|(at, _)| broken(at + 2, true))
                .collect(),
            ("struct" | "enum", ["types", owner]) => self.named(source, owner, change),
            ("function", ["types", owner, function]) => source
                .types()
                .filter(|(at, name)| name == owner && source.text(at + 2) == *function)
                .map(|(at, _)| broken(at + 2, true))
                .collect(),
            ("function", ["types", "builder", owner, setter]) => {
                let in_part = |at: &usize| {
                    let part = source.part_at(*at);
                    let mut named = source.types();
                    named.any(|(other, name)| {
                        name == *owner && part.is_some_and(|part| part.range.contains(&other))
                    })
                };
                let calls = calls(source, setter).filter(in_part);
                calls.map(|at| broken(at, true)).collect()
            }
            ("function", ["Client", method]) if source.names_client() => {
                let calls = calls(source, method).map(|at| broken(at, false));
                calls.chain(associated(source, method)).collect()
            }
            ("function", ["builder", builder, setter]) => self.setter(source, builder, setter),
            ("struct", ["builder", builder]) => {
                let method = self.methods.get(*builder);
                let calls = method.into_iter().flat_map(|method| calls(source, method));
                calls.map(|at| broken(at, false)).collect()
            }
            ("constant", [.., name]) => {
                let all = 0..source.tokens.len();
                all.filter(|at| source.text(*at) == *name && source.before(*at, 2) == "operations")
                    .map(|at| broken(at, false))
                    .collect()
            }
            _ => BTreeSet::new(),
        }
    }

    fn setter(&self, source: &Source, builder: &str, setter: &str) -> BTreeSet<Use> {
        let Some(method) = self.methods.get(builder) else {
            return BTreeSet::new();
        };
        let parts: Vec<_> = calls(source, method)
            .filter_map(|at| source.part_at(at))
            .collect();
        let in_part = |at: &usize| parts.iter().any(|part| part.range.contains(at));
        let is_answer = ["send", "pages", "items"].contains(&setter);
        calls(source, setter)
            .filter(in_part)
            .map(|at| broken(at, !is_answer))
            .collect()
    }

    /// A type that is gone breaks wherever it is named; one that has lost `Default`, where it is asked for that.
    fn named(&self, source: &Source, owner: &str, change: &ItemChange) -> BTreeSet<Use> {
        let named = source.types().filter(|(_, name)| *name == owner);
        let lost = |name: &str| {
            let has = |line: &Option<String>| line.as_ref().is_some_and(|line| line.contains(name));
            change.new.is_some() && has(&change.old) && !has(&change.new)
        };
        let uses = named.map(|(at, _)| {
            let asks_default = literal(source, at).is_some_and(|open| has_rest(source, open))
                || source.text(at + 2) == "default";
            Use {
                at,
                writes: false,
                compiles: lost("Default") && !asks_default,
            }
        });
        uses.collect()
    }

    fn full_literals(&self, source: &Source, owner: &str) -> BTreeSet<Use> {
        let written = source.types().filter(|(_, name)| *name == owner);
        let written = written.filter_map(|(at, _)| literal(source, at).map(|open| (at, open)));
        let in_macros = (0..source.tokens.len())
            .filter(|open| source.text(*open) == "{" && source.before(*open, 2) == "$")
            .filter(|open| macro_types(source, *open).contains(owner))
            .map(|open| (open - 1, open));
        let all = written.chain(in_macros);
        all.filter(|(_, open)| !has_rest(source, *open))
            .map(|(at, _)| broken(at, true))
            .collect()
    }

    fn field(&self, source: &Source, owner: &str, field: &str) -> BTreeSet<Use> {
        let at_hand = self.at_hand(source).contains(owner);
        let mut uses = BTreeSet::new();
        for at in (0..source.tokens.len()).filter(|at| source.text(*at) == field) {
            let is_read = source.before(at, 1) == "." && source.text(at + 1) != "(";
            let is_known = match is_read {
                true => match receiver(&self.fields, source, at - 1) {
                    Receiver::Of(name) => name == owner,
                    Receiver::Other => false,
                    // Elsewhere most fields of that name are ours.
                    Receiver::Unknown => source.is_mapping,
                },
                false => written_to(source, at).contains(owner),
            };
            if is_known && at_hand {
                uses.insert(broken(at, !is_read));
            }
        }
        uses
    }
}

fn broken(at: usize, writes: bool) -> Use {
    Use {
        at,
        writes,
        compiles: false,
    }
}

/// The segments after the module.
fn path<'p>(path: &'p str, module: &str) -> Vec<&'p str> {
    let rest = path
        .strip_prefix(module)
        .and_then(|rest| rest.strip_prefix("::"));
    rest.map_or(Vec::new(), |rest| rest.split("::").collect())
}

/// Where `.name(` stands.
pub(super) fn calls<'s>(source: &'s Source, name: &'s str) -> impl Iterator<Item = usize> + 's {
    let all = 1..source.tokens.len();
    all.filter(move |at| {
        source.text(*at) == name && source.before(*at, 1) == "." && source.text(at + 1) == "("
    })
}

/// Where `Client::name` stands.
fn associated<'s>(source: &'s Source, name: &'s str) -> impl Iterator<Item = Use> + 's {
    let all = 2..source.tokens.len();
    let after_client = |at: usize| source.before(at, 1) == "::" && source.before(at, 2) == "Client";
    all.filter(move |at| source.text(*at) == name && after_client(*at))
        .map(|at| broken(at, false))
}

/// Where the literal of the type that is named here opens; `None` when its name stands for something else.
fn literal(source: &Source, at: usize) -> Option<usize> {
    let mut start = at;
    while source.before(start, 1) == "::" {
        start -= 2;
    }
    let is_type = ["->", ":", "for", "impl", "<", "&"].contains(&source.before(start, 1));
    (source.text(at + 1) == "{" && !is_type).then_some(at + 1)
}

/// Whether a literal ends with `..`.
fn has_rest(source: &Source, open: usize) -> bool {
    let (end, mut at) = (source.close(open), open + 1);
    while at < end {
        match source.text(at) {
            ".." if [",", "{"].contains(&source.before(at, 1)) => return true,
            "{" | "(" | "[" => at = source.close(at),
            _ => {}
        }
        at += 1;
    }
    false
}

/// The generated types whose field may be written by the name that stands here, in a literal.
fn written_to(source: &Source, at: usize) -> BTreeSet<String> {
    let begins = ["{", ",", "*"].contains(&source.before(at, 1));
    let ends = [":", ",", "}"].contains(&source.text(at + 1));
    let mut open = at;
    let mut depth = 0;
    loop {
        let Some(before) = open.checked_sub(1).filter(|_| begins && ends) else {
            return BTreeSet::new();
        };
        open = before;
        match source.text(open) {
            "}" | ")" | "]" => depth += 1,
            "{" | "(" | "[" if depth > 0 => depth -= 1,
            "{" => break,
            "(" | "[" => return BTreeSet::new(),
            _ => {}
        }
    }
    let named = open.checked_sub(1).and_then(|at| source.type_at(at));
    match (named, source.before(open, 2), source.before(open, 1)) {
        (Some(name), ..) => BTreeSet::from([name.to_owned()]),
        (None, "$", _) => macro_types(source, open),
        // `macro!(types::X, …, { field: … })`
        (None, _, ",") => {
            let inside = (0..open)
                .rev()
                .find(|at| source.text(*at) == "(" && source.close(*at) > open);
            let invoked = inside.filter(|at| source.before(*at, 1) == "!");
            let types = source.types();
            types
                .filter(|(at, _)| invoked.is_some_and(|from| (from..open).contains(at)))
                .map(|(_, name)| name.to_owned())
                .collect()
        }
        _ => BTreeSet::new(),
    }
}

/// The generated types that a file gives to the macro around a token.
fn macro_types(source: &Source, at: usize) -> BTreeSet<String> {
    let Some(part) = source.part_at(at) else {
        return BTreeSet::new();
    };
    let all = 0..source.tokens.len();
    let invoked = all.filter(|at| source.text(*at) == part.name && source.text(at + 1) == "!");
    let ranges: Vec<_> = invoked.map(|at| at + 2..source.close(at + 2)).collect();
    source
        .types()
        .filter(|(at, _)| ranges.iter().any(|range| range.contains(at)))
        .map(|(_, name)| name.to_owned())
        .collect()
}
