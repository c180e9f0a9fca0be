//! Compares what lists say.

use super::outcome::{Outcome, Pair};
use super::scalars::{self, Limit};
use crate::review::shape::Shape;

/// Compares the sizes of two lists; their items are a pair below.
pub(super) fn compare<'o, 'n>(pair: &Pair<'o, 'n>, out: &mut Outcome<'o, 'n>) {
    if pair.old.kind.as_deref() != Some("array") || pair.new.kind.as_deref() != Some("array") {
        return;
    }
    let mut limits = scalars::sizes(pair, "minItems", "maxItems");
    let (old, new) = (&pair.old, &pair.new);
    if old.unique != new.unique {
        limits.push(Limit {
            keyword: "uniqueItems",
            tighter: new.unique,
            looser: old.unique,
            message: format!("uniqueItems: {} → {}", old.unique, new.unique),
        });
    }
    let response = match (fixed(old), fixed(new)) {
        (old, new) if old == new => "limits-changed",
        (None, Some(_)) => "type-narrowed",
        (Some(_), None) => "type-widened",
        _ => "type-changed",
    };
    scalars::limited(pair, out, &limits, Some(response));
    let subject = format!("{}[]", pair.subject("items"));
    match (&old.items, &new.items) {
        (Some(old), Some(new)) => {
            let sides = pair.sides("items");
            let mut child = pair.child((old, new), (sides.old, sides.new), subject);
            child.place = pair.place;
            out.children.push(child);
        }
        (None, None) => (),
        (old, new) => {
            let change = scalars::set_or_dropped(old.iter().len(), new.iter().len());
            let message = match old {
                None => "items: any → described",
                Some(_) => "items: described → any",
            };
            out.retyped = true;
            out.says(pair, change, "items", message.to_owned());
        }
    }
}

/// The length of a list that has only one, for which a generator picks an array.
fn fixed(shape: &Shape<'_>) -> Option<u64> {
    let (least, greatest) = (shape.sizes.get("minItems"), shape.sizes.get("maxItems"));
    least
        .filter(|least| Some(*least) == greatest && !shape.unique)
        .copied()
}
