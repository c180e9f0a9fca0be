//! Compares what numbers, texts and listed values say.

use std::collections::BTreeSet;

use super::outcome::{Change, Outcome, Pair, change};
use crate::review::shape::{Bound, Shape};

/// A change of bounds, lengths or patterns: one cause whichever way it goes.
pub(super) const fn bounds(request: &'static str, response: &'static str) -> Change {
    Change {
        key: "bounds-changed",
        request,
        response,
    }
}

/// What a changed limit does to the values that it lets through.
pub(super) struct Limit {
    pub(super) keyword: &'static str,
    pub(super) tighter: bool,
    pub(super) looser: bool,
    pub(super) message: String,
}

/// Compares listed values, numbers' bounds and texts' lengths and patterns.
pub(super) fn compare(pair: &Pair<'_, '_>, out: &mut Outcome<'_, '_>) {
    if values(pair, out) {
        return;
    }
    let kinds = (pair.old.kind.as_deref(), pair.new.kind.as_deref());
    match kinds {
        (Some("integer" | "number"), Some("integer" | "number")) => numbers(pair, out),
        (Some("string"), Some("string")) => texts(pair, out),
        _ => (),
    }
}

/// Compares the listed values; answers whether there are any.
fn values(pair: &Pair<'_, '_>, out: &mut Outcome<'_, '_>) -> bool {
    let (old, new) = match (&pair.old.values, &pair.new.values) {
        (None, None) => return false,
        (None, Some(new)) => {
            out.retyped = true;
            let message = format!("only listed values now: {}", listed(new.iter()));
            out.says(pair, change("enum-set"), "enum", message);
            return true;
        }
        (Some(old), None) => {
            out.retyped = true;
            let message = format!("any value now, rather than {}", listed(old.iter()));
            out.says(pair, change("enum-dropped"), "enum", message);
            return true;
        }
        (Some(old), Some(new)) => (old, new),
    };
    let (gone, added): (Vec<&String>, Vec<&String>) =
        (old.difference(new).collect(), new.difference(old).collect());
    for (aspect, word, values) in [("enum-removed", "gone", gone), ("enum-added", "new", added)] {
        if !values.is_empty() {
            let plural = if values.len() == 1 { "value" } else { "values" };
            let message = format!("{plural} {word}: {}", listed(values.into_iter()));
            out.says(pair, change(aspect), "enum", message);
        }
    }
    true
}

fn numbers(pair: &Pair<'_, '_>, out: &mut Outcome<'_, '_>) {
    let (old, new) = (&pair.old, &pair.new);
    let mut limits = Vec::new();
    for (keyword, sign, old, new) in [
        ("minimum", 1.0, old.minimum, new.minimum),
        ("maximum", -1.0, old.maximum, new.maximum),
    ] {
        if old != new {
            limits.push(Limit {
                keyword,
                tighter: new.is_some_and(|new| old.is_none_or(|old| new.tighter(old, sign))),
                looser: old.is_some_and(|old| new.is_none_or(|new| old.tighter(new, sign))),
                message: format!("{keyword}: {} → {}", bound(old), bound(new)),
            });
        }
    }
    let (of_old, of_new) = (&old.multiples, &new.multiples);
    if of_old != of_new {
        let within = |inner: &[f64], outer: &[f64]| {
            let holds = |outer: &f64| inner.iter().any(|inner| inner % outer == 0.0);
            outer.iter().all(holds)
        };
        let text = |all: &[f64]| match all {
            [] => "none".to_owned(),
            all => all
                .iter()
                .map(f64::to_string)
                .collect::<Vec<_>>()
                .join(" and "),
        };
        limits.push(Limit {
            keyword: "multipleOf",
            tighter: !within(of_old, of_new),
            looser: !within(of_new, of_old),
            message: format!("multipleOf: {} → {}", text(of_old), text(of_new)),
        });
    }
    let response = match (rust_integer(old), rust_integer(new)) {
        (Some(old), Some(new)) if old != new => {
            let (wider, narrower) = (
                new.0 <= old.0 && new.1 >= old.1,
                new.0 >= old.0 && new.1 <= old.1,
            );
            match (wider, narrower) {
                (true, false) => "type-widened",
                (false, true) => "type-narrowed",
                // No type holds the other: what the document says of the numbers decides.
                _ => match (
                    limits.iter().any(|limit| limit.tighter),
                    limits.iter().any(|limit| limit.looser),
                ) {
                    (true, false) => "type-narrowed",
                    (false, true) => "type-widened",
                    _ => "type-changed",
                },
            }
        }
        _ => "limits-changed",
    };
    limited(pair, out, &limits, Some(response));
}

fn texts(pair: &Pair<'_, '_>, out: &mut Outcome<'_, '_>) {
    let (old, new) = (&pair.old, &pair.new);
    let mut limits = sizes(pair, "minLength", "maxLength");
    if old.patterns != new.patterns {
        limits.push(Limit {
            keyword: "pattern",
            tighter: !new.patterns.is_subset(&old.patterns),
            looser: !old.patterns.is_subset(&new.patterns),
            message: format!("pattern: {} → {}", patterns(old), patterns(new)),
        });
    }
    let free = |shape: &Shape<'_>| {
        shape.patterns.is_empty()
            && !["minLength", "maxLength"]
                .iter()
                .any(|keyword| shape.sizes.contains_key(keyword))
    };
    let whole = match (free(old), free(new)) {
        (true, false) => Some("constraint-set"),
        (false, true) => Some("constraint-dropped"),
        _ => None,
    };
    match whole {
        Some(aspect) => {
            let keyword = limits.first().map_or("type", |limit| limit.keyword);
            out.retyped = true;
            out.says(pair, change(aspect), keyword, joined(&limits));
        }
        None => limited(pair, out, &limits, None),
    }
}

/// The finding for changed limits, if there are any; `response` is what they are to a reader who checks none.
pub(super) fn limited(
    pair: &Pair<'_, '_>,
    out: &mut Outcome<'_, '_>,
    limits: &[Limit],
    response: Option<&'static str>,
) {
    let [first, rest @ ..] = limits else { return };
    let tighter = limits.iter().any(|limit| limit.tighter);
    let looser = limits.iter().any(|limit| limit.looser);
    let request = match tighter {
        true => "bounds-narrowed",
        false => "bounds-widened",
    };
    let response = response.unwrap_or(match looser {
        true => "bounds-widened",
        false => "bounds-narrowed",
    });
    let keyword = if rest.is_empty() {
        first.keyword
    } else {
        "type"
    };
    out.says(pair, bounds(request, response), keyword, joined(limits));
}

fn joined(limits: &[Limit]) -> String {
    let messages = limits.iter().map(|limit| limit.message.as_str());
    messages.collect::<Vec<_>>().join(", ")
}

/// A least and a greatest size.
pub(super) fn sizes(
    pair: &Pair<'_, '_>,
    least: &'static str,
    greatest: &'static str,
) -> Vec<Limit> {
    let text = |size: Option<u64>| size.map_or("none".to_owned(), |size| size.to_string());
    let mut limits = Vec::new();
    for keyword in [least, greatest] {
        let old = pair.old.sizes.get(keyword).copied();
        let new = pair.new.sizes.get(keyword).copied();
        if old == new {
            continue;
        }
        // Without a limit, a least size is 0, and a greatest beyond all.
        let (old_key, new_key) = match keyword == least {
            true => (old.unwrap_or(0), new.unwrap_or(0)),
            false => (
                u64::MAX - old.unwrap_or(u64::MAX),
                u64::MAX - new.unwrap_or(u64::MAX),
            ),
        };
        limits.push(Limit {
            keyword,
            tighter: new_key > old_key,
            looser: new_key < old_key,
            message: format!("{keyword}: {} → {}", text(old), text(new)),
        });
    }
    limits
}

/// A statement that was set, dropped or changed, as a change of type.
pub(super) fn set_or_dropped(old: usize, new: usize) -> Change {
    match (old, new) {
        (0, _) => change("type-narrowed"),
        (_, 0) => change("type-widened"),
        _ => change("type-changed"),
    }
}

/// The least and the greatest number of the Rust type that a generator picks for a whole number by its format and bounds.
#[expect(clippy::float_cmp)]
fn rust_integer(shape: &Shape<'_>) -> Option<(f64, f64)> {
    const TYPES: &[(&[&str], f64, f64)] = &[
        (&["int8"], -128.0, 127.0),
        (&["uint8"], 0.0, 255.0),
        (&["int16"], -32_768.0, 32_767.0),
        (&["uint16"], 0.0, 65_535.0),
        (&["int", "int32"], -2_147_483_648.0, 2_147_483_647.0),
        (&["uint", "uint32"], 0.0, 4_294_967_295.0),
        (&["int64"], i64::MIN as f64, i64::MAX as f64),
        (&["uint64"], 0.0, u64::MAX as f64),
    ];
    if shape.kind.as_deref() != Some("integer") {
        return None;
    }
    let mut minimum = shape.minimum.map(|bound| bound.value);
    let mut maximum = shape.maximum.map(|bound| bound.value);
    let format = shape.format.as_deref();
    let known = TYPES
        .iter()
        .find(|(names, _, _)| format.is_some_and(|format| names.contains(&format)));
    if let Some((_, low, high)) = known {
        let fits = minimum.is_none_or(|minimum| minimum >= *low)
            && maximum.is_none_or(|maximum| maximum <= *high);
        if fits && shape.multiples.is_empty() {
            let low = if minimum == Some(1.0) { 1.0 } else { *low };
            return Some((low, *high));
        }
        minimum = minimum.or(Some(*low));
        maximum = maximum.or(Some(*high));
    }
    let mut widest_first = TYPES.iter().rev();
    let of_bounds = match (minimum, maximum) {
        (Some(1.0), _) => return Some((1.0, u64::MAX as f64)),
        (None, Some(maximum)) => widest_first.find(|(_, _, high)| *high == maximum),
        (Some(minimum), None) => widest_first.find(|(_, low, _)| *low == minimum),
        (Some(minimum), Some(maximum)) => {
            widest_first.find(|(_, low, high)| *low == minimum && *high == maximum)
        }
        (None, None) => None,
    };
    let (low, high) = of_bounds.map_or((i64::MIN as f64, i64::MAX as f64), |(_, low, high)| {
        (*low, *high)
    });
    Some((low, high))
}

fn bound(bound: Option<Bound>) -> String {
    match bound {
        None => "none".to_owned(),
        Some(Bound { value, exclusive }) if exclusive => format!("{value} (excluded)"),
        Some(Bound { value, .. }) => value.to_string(),
    }
}

fn patterns(shape: &Shape<'_>) -> String {
    match shape.patterns.is_empty() {
        true => "none".to_owned(),
        false => {
            let all = shape.patterns.iter().map(|pattern| cut(pattern));
            all.collect::<Vec<_>>().join(" and ")
        }
    }
}

/// Some values for a reader.
pub(super) fn listed<'a>(values: impl ExactSizeIterator<Item = &'a String>) -> String {
    const SHOWN: usize = 8;
    let more = values.len().saturating_sub(SHOWN);
    let shown: BTreeSet<String> = values.take(SHOWN).map(|value| cut(value)).collect();
    let shown = shown.into_iter().collect::<Vec<_>>().join(", ");
    match more {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

/// A text of the document in code marks, cut when it is long.
pub(super) fn cut(text: &str) -> String {
    const LONGEST: usize = 80;
    let text = text.trim_matches('"');
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("`{}…`", text.get(..end).unwrap_or_default()),
        None => format!("`{text}`"),
    }
}
