//! Compares the names that only Rust sees.

use super::outcome::{Outcome, Pair, Sides, change};
use super::scalars::cut;
use crate::review::shape::{Additional, Shape};

/// Compares the components that two schemas are, and their titles.
pub(super) fn compare<'o, 'n>(pair: &Pair<'o, 'n>, out: &mut Outcome<'o, 'n>) {
    let (mut old, mut new) = (pair.old.name.as_deref(), pair.new.name.as_deref());
    // A component that only wraps another is another type than one that says the same itself.
    if old == new {
        (old, new) = (itself(&pair.old).or(old), itself(&pair.new).or(new));
    }
    let same_name = old == new;
    if !same_name && !out.retyped {
        let (aspect, sides) = match (old, new) {
            (Some(old), Some(new)) => ("schema-renamed", (pointer(old), pointer(new))),
            _ => ("schema-inlined", pair.places.clone()),
        };
        let sides = Sides {
            old: sides.0,
            new: sides.1,
            stands: (true, true),
        };
        let text =
            |name: Option<&str>| name.map_or("inline".to_owned(), |name| format!("`{name}`"));
        let message = format!("{} → {}", text(old), text(new));
        out.stands(pair, change(aspect), sides, pair.subject.clone(), message);
    }
    let (old, new) = (pair.old.title.as_deref(), pair.new.title.as_deref());
    if old == new || !same_name {
        return;
    }
    // A form of a union is a variant, named by its title.
    let form = |place: &str| matches!(place.rsplit('/').nth(1), Some("oneOf" | "anyOf"));
    let named = becomes_type(&pair.old) || becomes_type(&pair.new);
    if !named && !form(&pair.places.0) {
        out.reworded = Some((pair.old.pointer.clone(), pair.new.pointer.clone()));
    } else {
        let text = |title: Option<&str>| title.map_or("none".to_owned(), cut);
        let message = format!("title: {} → {}", text(old), text(new));
        out.says(pair, change("title-changed"), "title", message);
    }
}

/// Whether a schema becomes a Rust type with a name, rather than a plain one.
fn becomes_type(shape: &Shape<'_>) -> bool {
    let kind = shape.kind.as_deref();
    let checked = ["minLength", "maxLength"];
    shape.name.is_some()
        || !shape.properties.is_empty()
        || !shape.unions.is_empty()
        || shape.values.is_some()
        || !shape.patterns.is_empty()
        || (kind == Some("string") && checked.iter().any(|key| shape.sizes.contains_key(key)))
        || (kind == Some("object") && matches!(shape.additional, Additional::Closed))
}

/// The component that a shape stands in, behind the one that it is called by.
fn itself<'a>(shape: &'a Shape<'_>) -> Option<&'a str> {
    let name = shape.pointer.strip_prefix("/components/schemas/")?;
    (!name.contains('/')).then_some(name)
}

fn pointer(name: &str) -> String {
    format!("/components/schemas/{name}")
}
