//! Compares what objects and maps say.

use std::collections::BTreeSet;

use super::outcome::{Change, Child, Outcome, Pair, Sides, change};
use super::scalars;
use crate::load::LoadError;
use crate::review::Direction;
use crate::review::shape::{
    Additional, Property, Reader, Shape, Spot, component, leaf_flag, outline,
};

const REMOVED: Change = change("property-removed");
const REMOVED_REQUIRED: Change = Change {
    key: "property-removed",
    request: "property-removed",
    response: "property-removed-required",
};
const REMOVED_FROM_CLOSED: Change = Change {
    key: "property-removed",
    request: "property-removed-from-closed",
    response: "property-removed",
};
const REMOVED_REQUIRED_FROM_CLOSED: Change = Change {
    key: "property-removed",
    request: "property-removed-from-closed",
    response: "property-removed-required",
};
const REMOVED_HIDDEN: Change = Change {
    key: "property-removed",
    request: "hidden-property-removed",
    response: "hidden-property-removed",
};
const ADDED: Change = change("property-added");
const ADDED_REQUIRED: Change = Change {
    key: "property-added",
    request: "property-added-required",
    response: "property-added",
};
const ADDED_TO_CLOSED: Change = Change {
    key: "property-added",
    request: "property-added",
    response: "property-added-to-closed",
};
const ADDED_REQUIRED_TO_CLOSED: Change = Change {
    key: "property-added",
    request: "property-added-required",
    response: "property-added-to-closed",
};

/// Whether one object only holds the other in a property: one change, rather than one for each property.
pub(super) fn wrapped<'o, 'n>(
    pair: &Pair<'o, 'n>,
    child: &Child<'o, 'n>,
    out: &mut Outcome<'o, 'n>,
) -> bool {
    let (old, new) = (&pair.old, &pair.new);
    if old.properties.is_empty()
        || new.properties.is_empty()
        || old
            .properties
            .keys()
            .any(|name| new.properties.contains_key(name))
    {
        return false;
    }
    let into = holds(new, old.name.as_deref(), &child.old);
    let out_of = holds(old, new.name.as_deref(), &child.new);
    let message = match (into, out_of) {
        (Some(name), _) => format!("the object stands in its property `{name}` now"),
        (None, Some(name)) => format!("what stood in its property `{name}` stands here now"),
        (None, None) => return false,
    };
    out.retyped = true;
    out.says(pair, change("type-changed"), "properties", message);
    true
}

/// The property of `outer` that has the schema of the other document's `inner`.
fn holds<'a>(outer: &'a Shape<'_>, name: Option<&str>, inner: &Spot<'_>) -> Option<&'a str> {
    let own = name.is_none().then(|| outline(inner.at.node));
    let found = outer.properties.iter().find(|(_, property)| {
        let at = &property.spot.at;
        match (name, &own) {
            (Some(name), _) => component(at) == Some(name),
            (None, Some(own)) => *own == outline(at.node),
            (None, None) => false,
        }
    });
    found.map(|(name, _)| name.as_str())
}

/// Compares properties, what is required, and what else may stand in two objects.
pub(super) fn compare<'o, 'n>(
    olds: &mut Reader<'o>,
    news: &mut Reader<'n>,
    pair: &Pair<'o, 'n>,
    out: &mut Outcome<'o, 'n>,
) -> Result<(), LoadError> {
    let is_object = |kind: &Option<String>| kind.as_deref() == Some("object");
    let (old, new) = (&pair.old, &pair.new);
    if !(is_object(&old.kind) || old.is_union()) || !(is_object(&new.kind) || new.is_union()) {
        return Ok(());
    }
    let limits = scalars::sizes(pair, "minProperties", "maxProperties");
    scalars::limited(pair, out, &limits, Some("limits-changed"));
    if old.is_map() != new.is_map() && (old.is_map() || new.is_map()) && map_or_struct(pair, out) {
        return Ok(());
    }
    let of_old = old.properties.keys().chain(&old.required);
    let names: BTreeSet<&String> = of_old
        .chain(new.properties.keys())
        .chain(&new.required)
        .collect();
    for name in names {
        property(olds, news, pair, name, out)?;
    }
    additional(pair, out);
    Ok(())
}

/// A map that names its properties now, or the other way round; answers whether that is what happened.
fn map_or_struct(pair: &Pair<'_, '_>, out: &mut Outcome<'_, '_>) -> bool {
    let (old, new) = (&pair.old, &pair.new);
    if old.properties.is_empty() && new.properties.is_empty() {
        return false;
    }
    let typed = |shape: &Shape<'_>| matches!(shape.additional, Additional::Typed(_));
    let change = match (old.is_map(), typed(old), typed(new)) {
        (true, false, _) => change("type-narrowed"),
        (false, _, false) => change("type-widened"),
        _ => change("type-changed"),
    };
    let message = match old.is_map() {
        true => "a map → an object with named properties",
        false => "an object with named properties → a map",
    };
    out.retyped = true;
    out.says(pair, change, "properties", message.to_owned());
    true
}

fn property<'o, 'n>(
    olds: &mut Reader<'o>,
    news: &mut Reader<'n>,
    pair: &Pair<'o, 'n>,
    name: &str,
    out: &mut Outcome<'o, 'n>,
) -> Result<(), LoadError> {
    let (old, new) = (pair.old.properties.get(name), pair.new.properties.get(name));
    // What is not sent in this direction is not part of it.
    let hidden_old = hidden(olds, old, pair.direction)?;
    let hidden_new = hidden(news, new, pair.direction)?;
    let required_old = pair.old.required.contains(name) && !hidden_old;
    let required_new = pair.new.required.contains(name) && !hidden_new;
    let code = format!("`{name}`");
    match (old, new) {
        (Some(old), None) => {
            let closed = refuses(&pair.new, old);
            let change = match (required_old, closed) {
                _ if hidden_old => REMOVED_HIDDEN,
                (true, false) => REMOVED_REQUIRED,
                (true, true) => REMOVED_REQUIRED_FROM_CLOSED,
                (false, false) => REMOVED,
                (false, true) => REMOVED_FROM_CLOSED,
            };
            let sides = Sides {
                old: old.pointer.clone(),
                new: container(&pair.new, owner(&pair.old, old)),
                stands: (true, false),
            };
            let subject = subject(pair, &pair.old, old, name);
            let message = format!("{} property {code} removed", word(&pair.old, name));
            out.stands(pair, change, sides, subject, message);
        }
        (None, Some(new)) => {
            let closed = refuses(&pair.old, new);
            // What doesn't come can't be refused.
            let change = match (required_new, closed && !hidden_new) {
                (true, false) => ADDED_REQUIRED,
                (true, true) => ADDED_REQUIRED_TO_CLOSED,
                (false, false) => ADDED,
                (false, true) => ADDED_TO_CLOSED,
            };
            let sides = Sides {
                old: container(&pair.old, owner(&pair.new, new)),
                new: new.pointer.clone(),
                stands: (false, true),
            };
            let subject = subject(pair, &pair.new, new, name);
            let message = format!("{} property {code} added", word(&pair.new, name));
            out.stands(pair, change, sides, subject, message);
        }
        (Some(old), Some(new)) => {
            let subject = subject(pair, &pair.old, old, name);
            if required_old != required_new && hidden_old == hidden_new {
                let sides = Sides {
                    old: old.pointer.clone(),
                    new: new.pointer.clone(),
                    stands: (true, true),
                };
                required(pair, required_new, sides, subject.clone(), out);
            }
            if !(hidden_old && hidden_new) {
                let places = (old.pointer.clone(), new.pointer.clone());
                let spots = (&old.spot, &new.spot);
                out.children.push(pair.child(spots, places, subject));
            }
        }
        (None, None) if required_old != required_new => {
            let subject = format!("{}.{name}", pair.subject("required"));
            required(pair, required_new, pair.sides("required"), subject, out);
        }
        _ => (),
    }
    Ok(())
}

fn required<'o, 'n>(
    pair: &Pair<'o, 'n>,
    now: bool,
    sides: Sides,
    subject: String,
    out: &mut Outcome<'o, 'n>,
) {
    let (change, message) = match now {
        true => (change("property-became-required"), "optional → required"),
        false => (change("property-became-optional"), "required → optional"),
    };
    out.stands(pair, change, sides, subject, message.to_owned());
}

/// Whether an object that doesn't name a property refuses it; one with described other properties takes its own form only.
fn refuses(shape: &Shape<'_>, property: &Property<'_>) -> bool {
    match &shape.additional {
        Additional::Open => false,
        Additional::Closed => true,
        Additional::Typed(other) => outline(other.at.node) != outline(property.spot.at.node),
    }
}

fn word(shape: &Shape<'_>, name: &str) -> &'static str {
    match shape.required.contains(name) {
        true => "required",
        false => "optional",
    }
}

/// Whether a property is not part of what goes in that direction.
fn hidden<'d>(
    reader: &mut Reader<'d>,
    property: Option<&Property<'d>>,
    direction: Direction,
) -> Result<bool, LoadError> {
    let Some(property) = property else {
        return Ok(false);
    };
    let keyword = match direction {
        Direction::Request => "readOnly",
        _ => "writeOnly",
    };
    if let Some(flag) = leaf_flag(&property.spot, keyword) {
        return Ok(flag);
    }
    let shape = reader.shape(&property.spot)?;
    Ok(match direction {
        Direction::Request => shape.read_only,
        _ => shape.write_only,
    })
}

/// The component that a property belongs to.
fn owner<'a>(shape: &'a Shape<'_>, property: &Property<'_>) -> Option<&'a str> {
    shape.layers.get(property.layer)?.owner.as_deref()
}

/// Where a property of that component would stand.
fn container(shape: &Shape<'_>, owner: Option<&str>) -> String {
    let layer = shape.counterpart(owner);
    layer.map_or_else(|| shape.pointer.clone(), |layer| layer.pointer.clone())
}

fn subject(pair: &Pair<'_, '_>, shape: &Shape<'_>, property: &Property<'_>, name: &str) -> String {
    let layer = shape.layers.get(property.layer);
    format!("{}.{name}", pair.owner(shape, layer))
}

fn additional<'o, 'n>(pair: &Pair<'o, 'n>, out: &mut Outcome<'o, 'n>) {
    const KEY: &str = "additionalProperties";
    let (aspect, message) = match (&pair.old.additional, &pair.new.additional) {
        (Additional::Open, Additional::Open) | (Additional::Closed, Additional::Closed) => return,
        (Additional::Typed(old), Additional::Typed(new)) => {
            let subject = format!("{}{{}}", pair.subject(KEY));
            let sides = pair.sides(KEY);
            let places = (sides.old, sides.new);
            out.children.push(pair.child((old, new), places, subject));
            return;
        }
        (_, Additional::Closed) => ("additional-closed", "other properties: taken → refused"),
        (Additional::Closed, _) => ("additional-opened", "other properties: refused → taken"),
        (Additional::Open, Additional::Typed(_)) => {
            ("type-narrowed", "other properties: any → described")
        }
        (Additional::Typed(_), Additional::Open) => {
            ("type-widened", "other properties: described → any")
        }
    };
    out.says(pair, change(aspect), KEY, message.to_owned());
}
