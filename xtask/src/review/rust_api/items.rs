//! What two lists of items differ in, and what each difference does to callers.
//!
//! A caller is somebody's code that compiles against the old client: it names items, reads fields, calls methods, matches with a
//! wildcard where the compiler asks for one. Order and the names of arguments are nothing to it.

use std::collections::BTreeMap;

use crate::api::{ApiItem, ApiKind};
use crate::review::{ItemChange, Rust};

/// The items that are gone, new, or have another signature: first those of the old list in its order, then the new ones in theirs.
pub fn diff(old: &[ApiItem], new: &[ApiItem]) -> Vec<ItemChange> {
    let (old_api, new_api) = (Api::of(old), Api::of(new));
    let mut changes = Vec::new();
    for item in old {
        let other = new_api.get(item);
        let rust = match other {
            None => Rust::Break,
            Some(other) if other.kind == item.kind && other.signature == item.signature => continue,
            Some(other) => changed(item, other),
        };
        changes.push(ItemChange {
            path: item.path.clone(),
            old: Some(item.line()),
            new: other.map(ApiItem::line),
            rust,
        });
    }
    for item in new.iter().filter(|item| old_api.get(item).is_none()) {
        changes.push(ItemChange {
            path: item.path.clone(),
            old: None,
            new: Some(item.line()),
            rust: added(item, &old_api, &new_api),
        });
    }
    changes
}

/// Items by what tells them from one another: a field and a method may share their path.
struct Api<'a>(BTreeMap<(Space, &'a str), &'a ApiItem>);

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Space {
    Type,
    Member,
    Function,
    Constant,
}

impl<'a> Api<'a> {
    fn of(items: &'a [ApiItem]) -> Self {
        let keyed = items.iter().map(|item| (key(item), item));
        Self(keyed.collect())
    }

    fn get(&self, item: &ApiItem) -> Option<&'a ApiItem> {
        self.0.get(&key(item)).copied()
    }

    fn type_at(&self, path: &str) -> Option<&'a ApiItem> {
        self.0.get(&(Space::Type, path)).copied()
    }

    /// Whether callers send the type: only such types have a builder.
    fn is_sent(&self, path: &str) -> bool {
        let builder = format!("{path}::builder");
        self.0.contains_key(&(Space::Function, builder.as_str()))
    }
}

fn key(item: &ApiItem) -> (Space, &str) {
    let space = match item.kind {
        ApiKind::Struct | ApiKind::Enum => Space::Type,
        ApiKind::Field | ApiKind::Variant => Space::Member,
        ApiKind::Function => Space::Function,
        ApiKind::Constant => Space::Constant,
    };
    (space, &item.path)
}

/// What another kind or signature does.
///
/// A setter takes whatever converts to its type, so of its callers some may compile all the same, to fail when the call is sent: a
/// break.
fn changed(old: &ApiItem, new: &ApiItem) -> Rust {
    if old.kind != new.kind {
        return Rust::Break;
    }
    match old.kind {
        ApiKind::Struct | ApiKind::Enum => traits(&old.signature, &new.signature),
        ApiKind::Function if callable(&old.signature) == callable(&new.signature) => Rust::None,
        _ => Rust::Break,
    }
}

/// A lost trait breaks; so does `non_exhaustive` when it comes, because literals and full matches end with it.
fn traits(old: &str, new: &str) -> Rust {
    let (old, new) = (listed(old), listed(new));
    let lost = old.iter().any(|name| !new.contains(name) && *name != OPEN);
    let gained: Vec<_> = new.iter().filter(|name| !old.contains(name)).collect();
    match (lost || gained.contains(&&OPEN), old == new) {
        (true, _) => Rust::Break,
        (false, true) => Rust::None,
        (false, false) => Rust::Additive,
    }
}

const OPEN: &str = "non_exhaustive";

/// The traits of a type; a derived `Deserialize` and one that is written out are the same to a caller.
fn listed(signature: &str) -> Vec<&str> {
    let names = split(signature, '+').into_iter();
    let mut names: Vec<&str> = names
        .map(|name| name.strip_suffix("<'de>").unwrap_or(name))
        .filter(|name| !name.is_empty())
        .collect();
    names.sort_unstable();
    names
}

/// A function's types without its arguments' names, and the rest of the signature.
fn callable(signature: &str) -> (Vec<&str>, &str) {
    let Some(end) = closing(signature) else {
        return (Vec::new(), signature);
    };
    let arguments = split(&signature[1..end], ',').into_iter();
    let types = arguments.map(|argument| match argument.split_once(": ") {
        Some((_, ty)) => ty,
        // Whether a method may change what it has taken is its own affair.
        None => argument.strip_prefix("mut ").unwrap_or(argument),
    });
    (types.collect(), &signature[end..])
}

/// Where the first bracket closes.
fn closing(signature: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, character) in signature.char_indices() {
        match character {
            '(' => depth += 1,
            ')' if depth == 1 => return Some(at),
            ')' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// The parts between `separator`s that stand in no brackets.
fn split(text: &str, separator: char) -> Vec<&str> {
    let (mut parts, mut depth, mut start, mut before) = (Vec::new(), 0_i32, 0, ' ');
    for (at, character) in text.char_indices() {
        match character {
            '<' | '(' | '[' => depth += 1,
            '>' if before == '-' || before == '=' => {}
            '>' | ')' | ']' => depth -= 1,
            _ if character == separator && depth == 0 => {
                parts.push(text[start..at].trim());
                start = at + character.len_utf8();
            }
            _ => {}
        }
        before = character;
    }
    parts.push(text[start..].trim());
    parts
}

/// What a new item does to those who know the type that it belongs to.
fn added(item: &ApiItem, old: &Api<'_>, new: &Api<'_>) -> Rust {
    let owner = item.path.rsplit_once("::").map_or("", |(owner, _)| owner);
    let Some(known) = old.type_at(owner) else {
        return Rust::Additive;
    };
    match item.kind {
        ApiKind::Variant if !listed(&known.signature).contains(&OPEN) => Rust::Maybe,
        ApiKind::Field => added_field(item, known, new.is_sent(owner) || old.is_sent(owner)),
        _ => Rust::Additive,
    }
}

/// Nobody else writes a literal of a `non_exhaustive` struct, as those are that are only received: additive. The others have public
/// fields alone, so callers may.
///
/// - A field that can't be left out is asked of everybody who makes the value: break.
/// - A caller that makes a value of a type that is sent may have named every field of it: maybe. Who uses the builder, or ends the
///   literal with `..Default::default()`, needs no change.
/// - A type that has no builder and a default is made by decoding: additive.
fn added_field(field: &ApiItem, owner: &ApiItem, is_sent: bool) -> Rust {
    if listed(&owner.signature).contains(&OPEN) {
        return Rust::Additive;
    }
    let may_be_left_out = ["Option<", "Maybe<", "Map<"]
        .iter()
        .any(|kind| field.signature.starts_with(kind));
    let has_default = listed(&owner.signature).contains(&"Default");
    match (may_be_left_out, is_sent || !has_default) {
        (false, _) => Rust::Break,
        (true, true) => Rust::Maybe,
        (true, false) => Rust::Additive,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api;

    /// A client of one struct that is sent, one that is only received, an open and a closed enum.
    const OLD: &str = "
        pub mod types {
            #[derive(Clone, Default)] pub struct Read { pub id: Option<String> }
            #[derive(Clone)] pub struct Sent { pub id: String, pub note: Option<String> }
            impl Sent { pub fn builder() -> builder::Sent {} }
            #[non_exhaustive] #[derive(Clone)] pub enum Open { A }
            pub enum Closed { A }
        }
        impl Client { pub fn get(&self, id: &str) -> u8 {} }
        pub const ALL: &[u8] = &[];";

    fn verdicts(from: &str, to: &str) -> Vec<(String, Rust)> {
        assert!(OLD.contains(from), "{from}");
        let list = |source: &str| api::list(source).unwrap();
        let changes = diff(&list(OLD), &list(&OLD.replace(from, to)));
        let verdict = |change: ItemChange| (change.path, change.rust);
        changes.into_iter().map(verdict).collect()
    }

    #[test]
    fn a_field_of_a_struct_that_may_grow_breaks_nobody() {
        let list = |fields: &str| {
            crate::api::list(&format!("pub mod types {{ #[non_exhaustive] pub struct Cart {{ pub a: String, {fields} }} }}")).unwrap()
        };
        let changes = diff(&list(""), &list("pub b: String"));
        let verdicts: Vec<_> = changes.iter().map(|change| change.rust).collect();
        assert_eq!(verdicts, [Rust::Additive]);
    }

    #[test]
    fn each_change_of_an_item_is_judged_for_its_callers() {
        use Rust::{Additive, Break, Maybe, None};
        type Row<'a> = (&'a str, &'a str, &'a [(&'a str, Rust)]);
        let table: &[Row<'_>] = &[
            // Gone, or of another type.
            ("pub id: Option<String>", "", &[("types::Read::id", Break)]),
            (
                "pub id: Option<String>",
                "pub id: String",
                &[("types::Read::id", Break)],
            ),
            ("pub const ALL: &[u8] = &[];", "", &[("ALL", Break)]),
            (
                "pub fn get(&self, id: &str) -> u8 {}",
                "",
                &[("Client::get", Break)],
            ),
            ("-> u8", "-> u16", &[("Client::get", Break)]),
            ("id: &str", "id: &str, also: u8", &[("Client::get", Break)]),
            (
                "#[non_exhaustive] #[derive(Clone)] pub enum Open { A }",
                "#[non_exhaustive] #[derive(Clone)] pub enum Open { B }",
                &[("types::Open::A", Break), ("types::Open::B", Additive)],
            ),
            // Only names and order.
            ("id: &str", "key: &str", &[("Client::get", None)]),
            (
                "pub id: String, pub note: Option<String>",
                "pub note: Option<String>, pub id: String",
                &[],
            ),
            // New members.
            (
                "pub enum Open { A }",
                "pub enum Open { A, B }",
                &[("types::Open::B", Additive)],
            ),
            (
                "pub enum Closed { A }",
                "pub enum Closed { A, B }",
                &[("types::Closed::B", Maybe)],
            ),
            (
                "pub id: Option<String>",
                "pub id: Option<String>, pub more: Option<u8>",
                &[("types::Read::more", Additive)],
            ),
            (
                "pub note: Option<String>",
                "pub note: Option<String>, pub more: Maybe<u8>",
                &[("types::Sent::more", Maybe)],
            ),
            (
                "pub note: Option<String>",
                "pub note: Option<String>, pub more: u8",
                &[("types::Sent::more", Break)],
            ),
            (
                "impl Client {",
                "impl Client { pub fn put(&self) {}",
                &[("Client::put", Additive)],
            ),
            (
                "pub const ALL",
                "pub struct More; pub const ALL",
                &[("More", Additive)],
            ),
            // Traits.
            (
                "#[derive(Clone, Default)]",
                "#[derive(Clone)]",
                &[("types::Read", Break)],
            ),
            (
                "#[derive(Clone, Default)]",
                "#[derive(Clone, Default, Hash)]",
                &[("types::Read", Additive)],
            ),
            (
                "pub enum Closed",
                "#[non_exhaustive] pub enum Closed",
                &[("types::Closed", Break)],
            ),
            (
                "#[non_exhaustive] #[derive(Clone)] pub enum Open",
                "#[derive(Clone)] pub enum Open",
                &[("types::Open", Additive)],
            ),
            // Another kind.
            (
                "pub enum Closed { A }",
                "pub struct Closed;",
                &[("types::Closed", Break), ("types::Closed::A", Break)],
            ),
        ];
        for (from, to, expected) in table {
            let expected: Vec<(String, Rust)> = expected
                .iter()
                .map(|(path, rust)| ((*path).to_owned(), *rust))
                .collect();
            assert_eq!(verdicts(from, to), expected, "{from} → {to}");
        }
    }
}
