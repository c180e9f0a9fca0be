//! What stands before a dot: which generated type a field is read from, as far as a file tells it.
//!
//! Arguments tell their types; a `let` or `for` over fields of something known tells the next one. Closures, matches and calls of other
//! functions tell nothing.

use std::collections::BTreeMap;

use super::source::Source;

/// By type: its fields, and what type of the client each is of or holds.
pub(super) type Fields = BTreeMap<String, BTreeMap<String, Option<String>>>;

/// Methods that hand on what they are called on, or what it holds.
const SAME: &[&str] = &[
    "as_ref",
    "as_deref",
    "as_mut",
    "clone",
    "cloned",
    "iter",
    "into_iter",
    "flatten",
    "enumerate",
    "value",
    "into_value",
    "ok_or_else",
    "unwrap_or_default",
];

/// What is read from.
pub(super) enum Receiver {
    /// Of this generated type.
    Of(String),
    /// Of a type that is not generated.
    Other,
    Unknown,
}

/// What stands before a dot, as far as it begins with a name that is known.
pub(super) fn receiver(types: &Fields, source: &Source, dot: usize) -> Receiver {
    let mut names = Vec::new();
    let mut at = dot;
    loop {
        let Some(name) = at.checked_sub(1).filter(|at| source.tokens[*at].is_word) else {
            return Receiver::Unknown;
        };
        names.push(source.text(name));
        at = name;
        match source.before(at, 1) {
            "." => at -= 1,
            "$" => return Receiver::Unknown,
            _ => break,
        }
    }
    names.reverse();
    chain(types, source, at, &names, 0)
}

/// What `root.field.field` is of, where `at` is the root's place.
fn chain(types: &Fields, source: &Source, at: usize, names: &[&str], depth: usize) -> Receiver {
    let Some((root, fields)) = names.split_first() else {
        return Receiver::Unknown;
    };
    if *root == "self" {
        return Receiver::Other;
    }
    let found = match bound(source, at, root) {
        _ if is_shadowed(source, at, root) => Receiver::Unknown,
        Some(from) if depth < 8 => expression(types, source, from, depth),
        Some(_) => Receiver::Unknown,
        None => argument(source, at, root),
    };
    fields.iter().fold(found, |found, name| match found {
        Receiver::Of(ty) => match types.get(&ty).and_then(|fields| fields.get(*name)) {
            Some(Some(held)) => Receiver::Of(held.clone()),
            _ => Receiver::Other,
        },
        other => other,
    })
}

/// What an expression is of that begins with a chain of fields, and goes on with what hands on the same.
fn expression(types: &Fields, source: &Source, from: usize, depth: usize) -> Receiver {
    let mut at = from;
    while ["&", "mut", "*"].contains(&source.text(at)) {
        at += 1;
    }
    if let (Some(name), true) = (source.type_at(at + 2), source.text(at + 1) == "::") {
        return Receiver::Of(name.to_owned());
    }
    let (root, mut names) = (at, vec![source.text(at)]);
    if ["(", "::", "!"].contains(&source.text(at + 1)) || !source.tokens[root].is_word {
        return Receiver::Unknown;
    }
    while source.text(at + 1) == "." {
        match source.text(at + 3) {
            "(" if SAME.contains(&source.text(at + 2)) => at = source.close(at + 3),
            "(" => return Receiver::Unknown,
            _ => {
                names.push(source.text(at + 2));
                at += 2;
            }
        }
    }
    chain(types, source, root, &names, depth + 1)
}

/// Where the expression begins that a `let` or `for` before this place binds the name to; the last one counts.
fn bound(source: &Source, at: usize, name: &str) -> Option<usize> {
    let part = source.part_at(at)?;
    let mut found = None;
    for start in part.range.start..at {
        let sign = match source.text(start) {
            "let" => "=",
            "for" => "in",
            _ => continue,
        };
        let end = part.range.end.min(source.tokens.len());
        let Some(equals) = (start..end).find(|at| [sign, ";", "{"].contains(&source.text(*at)))
        else {
            continue;
        };
        // What the name is used in before it is bound anew is still the old one.
        let is_bound = equals < at && source.text(equals) == sign;
        if is_bound && (start..equals).any(|at| source.text(at) == name) {
            found = Some(equals + 1);
        }
    }
    found
}

/// What an argument of the function around a token is of.
fn argument(source: &Source, at: usize, name: &str) -> Receiver {
    let Some(part) = source.part_at(at) else {
        return Receiver::Unknown;
    };
    let Some(open) = part.range.clone().find(|at| source.text(*at) == "(") else {
        return Receiver::Unknown;
    };
    let end = source.close(open);
    let declared = (open..end).find(|at| source.text(*at) == name && source.text(at + 1) == ":");
    let Some(declared) = declared else {
        return Receiver::Unknown;
    };
    let mut depth = 0;
    for at in declared + 2..end {
        match source.text(at) {
            "<" | "(" | "[" => depth += 1,
            ">" | ")" | "]" => depth -= 1,
            "," if depth == 0 => break,
            _ => {}
        }
        if let Some(name) = source.type_at(at) {
            return Receiver::Of(name.to_owned());
        }
    }
    Receiver::Other
}

/// Whether a closure or the arm of a `match` in the part may give the name to something else.
fn is_shadowed(source: &Source, at: usize, name: &str) -> bool {
    let Some(part) = source.part_at(at) else {
        return false;
    };
    part.range
        .clone()
        .filter(|at| source.text(*at) == name)
        .any(|at| {
            let is_argument = [source.before(at, 1), source.text(at + 1)].contains(&"|");
            let is_held = source.before(at, 1) == "(" && source.text(at + 1) == ")";
            is_argument || (is_held && ["=>", "if"].contains(&source.text(at + 2)))
        })
}
