//! What tells the forms of a union apart.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::super::outcome::{Outcome, Pair, change};
use super::super::scalars::cut;
use crate::review::Direction;
use crate::review::shape::{Discriminator, Shape};

/// Compares two discriminators; a mapping that only says what holds without it is none.
pub(super) fn compare<'o, 'n>(
    pair: &Pair<'o, 'n>,
    matched: &[(Rc<Shape<'o>>, Rc<Shape<'n>>)],
    out: &mut Outcome<'o, 'n>,
) {
    const KEY: &str = "discriminator";
    let (old, new) = match (&pair.old.discriminator, &pair.new.discriminator) {
        (None, None) => return,
        (Some(old), None) => {
            let message = format!("discriminator: {} → none", cut(&old.property));
            out.says(pair, change("discriminator-changed"), KEY, message);
            return;
        }
        (None, Some(new)) => {
            let sent = |(form, _): &(Rc<Shape<'_>>, _)| form.required.contains(&new.property);
            let aspect = match pair.direction {
                Direction::Request if !matched.iter().all(sent) => "discriminator-changed",
                _ => "discriminator-added",
            };
            let message = format!("discriminator: none → {}", cut(&new.property));
            let mut change = change(aspect);
            change.key = "discriminator-changed";
            out.says(pair, change, KEY, message);
            return;
        }
        (Some(old), Some(new)) => (old, new),
    };
    let mut changes = Vec::new();
    if old.property != new.property {
        changes.push(format!("{} → {}", cut(&old.property), cut(&new.property)));
    }
    for (of_old, of_new) in matched {
        let (Some(old_name), Some(new_name)) = (&of_old.name, &of_new.name) else {
            continue;
        };
        let (old, new) = (tags(old, old_name), tags(new, new_name));
        if old != new {
            changes.push(format!("`{new_name}`: {} → {}", listed(&old), listed(&new)));
        }
    }
    let bases = pair.old.unions.is_empty() && pair.new.unions.is_empty();
    if bases && told(old).ne(told(new)) {
        changes.push("its mapping".to_owned());
    }
    if !changes.is_empty() {
        let message = format!("discriminator: {}", changes.join(", "));
        out.says(pair, change("discriminator-changed"), KEY, message);
    }
}

/// The values that stand for a component: those mapped to it, or its name.
fn tags<'a>(discriminator: &'a Discriminator, name: &'a str) -> BTreeSet<&'a str> {
    let mapping = discriminator.mapping.iter();
    let mapped: BTreeSet<&str> = mapping
        .filter(|(_, target)| *target == name)
        .map(|(tag, _)| tag.as_str())
        .collect();
    match mapped.is_empty() {
        true => BTreeSet::from([name]),
        false => mapped,
    }
}

/// What a mapping says that doesn't hold without it.
fn told(discriminator: &Discriminator) -> impl Iterator<Item = (&String, &String)> {
    let mapping = discriminator.mapping.iter();
    mapping.filter(|(tag, target)| tag != target)
}

fn listed(tags: &BTreeSet<&str>) -> String {
    tags.iter()
        .map(|tag| cut(tag))
        .collect::<Vec<_>>()
        .join(", ")
}

/// Whether two objects have a property with the same single value.
pub(super) fn shared(old: &Shape<'_>, new: &Shape<'_>) -> bool {
    old.properties.iter().any(|(name, old)| {
        let new = new.properties.get(name);
        let tag = single(old.spot.at.node);
        tag.is_some() && new.is_some_and(|new| single(new.spot.at.node) == tag)
    })
}

/// The only value that a schema lists.
fn single(node: &crate::load::Node) -> Option<&str> {
    match node.get("enum")?.as_seq()? {
        [only] => only.as_str(),
        _ => None,
    }
}
