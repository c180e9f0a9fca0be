//! Compares one pair of schemas: first its type, then what that type says.

use super::outcome::{Change, Child, Outcome, Pair, change};
use super::{arrays, names, objects, scalars, unions};
use crate::load::LoadError;
use crate::review::Direction;
use crate::review::shape::{Reader, Shape};

/// What differs in a pair, and the pairs below it.
pub(super) fn compare<'o, 'n>(
    olds: &mut Reader<'o>,
    news: &mut Reader<'n>,
    child: &Child<'o, 'n>,
    direction: Direction,
) -> Result<Outcome<'o, 'n>, LoadError> {
    let (old, new) = (olds.shape(&child.old)?, news.shape(&child.new)?);
    let named = old.layers.first().and_then(|layer| layer.owner.clone());
    let inline = new.layers.first().is_none_or(|layer| layer.owner.is_none());
    let pair = Pair {
        subject: named
            .filter(|_| !inline)
            .unwrap_or_else(|| child.subject.clone()),
        places: child.places.clone(),
        place: child.place,
        old,
        new,
        direction,
    };
    let mut out = Outcome::default();
    if pair.old.words != pair.new.words {
        out.reworded = Some((pair.old.pointer.clone(), pair.new.pointer.clone()));
    }
    let comparable = unions::compare(olds, news, &pair, child, &mut out)?
        && !objects::wrapped(&pair, child, &mut out)
        && types(&pair, &mut out);
    if comparable {
        scalars::compare(&pair, &mut out);
        arrays::compare(&pair, &mut out);
        objects::compare(olds, news, &pair, &mut out)?;
    }
    if pair.old.not != pair.new.not && !out.retyped {
        let change = scalars::set_or_dropped(pair.old.not.len(), pair.new.not.len());
        out.says(
            &pair,
            change,
            "not",
            "what `not` rules out changed".to_owned(),
        );
    }
    if child.null && !pair.old.is_any() && !pair.new.is_any() {
        unions::compare_null(olds, news, &pair, &mut out)?;
    }
    flags(&pair, &mut out);
    if child.names {
        names::compare(&pair, &mut out);
    }
    Ok(out)
}

const WIDENED: Change = change("type-widened");
const NARROWED: Change = change("type-narrowed");
const CHANGED: Change = change("type-changed");

/// Compares the types; answers whether what else they say can be compared.
fn types(pair: &Pair<'_, '_>, out: &mut Outcome<'_, '_>) -> bool {
    let (old, new) = (pair.old.kind.as_deref(), pair.new.kind.as_deref());
    let (change, comparable) = match (old, new) {
        _ if pair.old.is_union() && pair.new.is_union() => return true,
        (old, new) if old == new => {
            formats(pair, out);
            return true;
        }
        (Some("integer"), Some("number")) => (WIDENED, true),
        (Some("number"), Some("integer")) => (NARROWED, true),
        (None, _) => (NARROWED, false),
        (_, None) => (WIDENED, false),
        _ => (CHANGED, false),
    };
    out.retyped = true;
    let message = format!("type: {} → {}", described(&pair.old), described(&pair.new));
    out.says(pair, change, "type", message);
    comparable
}

fn formats(pair: &Pair<'_, '_>, out: &mut Outcome<'_, '_>) {
    let (old, new) = (told_format(&pair.old), told_format(&pair.new));
    let change = match (old, new) {
        (old, new) if old == new => return,
        (old, new) if [old, new].into_iter().flatten().all(is_plain_text) => {
            let message = format_message(old, new);
            let request = match new {
                Some(_) => "bounds-narrowed",
                None => "bounds-widened",
            };
            let change = scalars::bounds(request, "limits-changed");
            return out.says(pair, change, "format", message);
        }
        (Some("int32"), Some("int64")) | (Some("float"), Some("double")) | (Some(_), None) => {
            WIDENED
        }
        (Some("int64"), Some("int32")) | (Some("double"), Some("float")) | (None, Some(_)) => {
            NARROWED
        }
        _ => CHANGED,
    };
    out.retyped = true;
    out.says(pair, change, "format", format_message(old, new));
}

fn format_message(old: Option<&str>, new: Option<&str>) -> String {
    let word = |format: Option<&str>| format.unwrap_or("none").to_owned();
    format!("format: {} → {}", word(old), word(new))
}

/// The format, unless it says what holds anyway: whole numbers are of 64 bits, others of double precision.
fn told_format<'s>(shape: &'s Shape<'_>) -> Option<&'s str> {
    let format = shape.format.as_deref()?;
    let is_usual = matches!(
        (shape.kind.as_deref(), format),
        (Some("integer"), "int64") | (Some("number"), "double")
    );
    (!is_usual).then_some(format)
}

/// Whether a format has neither a Rust type of its own nor another form on the wire: it only limits which texts come.
fn is_plain_text(format: &str) -> bool {
    let others = [
        "uuid",
        "date",
        "date-time",
        "ip",
        "ipv4",
        "ipv6",
        "byte",
        "binary",
        "time",
        "duration",
        "password",
    ];
    let is_of_numbers = format.contains("int") || ["float", "double", "decimal"].contains(&format);
    !others.contains(&format) && !is_of_numbers
}

/// A shape's type in a few words.
pub(super) fn described(shape: &Shape<'_>) -> String {
    let kind = match (&shape.kind, shape.unions.first()) {
        (_, Some(union)) if shape.is_union() => {
            return format!("{} of {} forms", union.keyword, union.branches.len());
        }
        (Some(kind), _) if shape.is_map() => format!("{kind} of any properties"),
        (Some(kind), _) => kind.clone(),
        (None, _) => "any".to_owned(),
    };
    match &shape.format {
        Some(format) => format!("{kind} ({format})"),
        None => kind,
    }
}

/// What is said of a schema besides its form.
fn flags(pair: &Pair<'_, '_>, out: &mut Outcome<'_, '_>) {
    let (old, new) = (&pair.old, &pair.new);
    let text = |value: &Option<String>| value.as_deref().map_or("none".to_owned(), scalars::cut);
    if old.default != new.default {
        let message = format!("default: {} → {}", text(&old.default), text(&new.default));
        out.says(pair, change("default-changed"), "default", message);
    }
    for (keyword, aspect, old, new) in [
        (
            "readOnly",
            "read-only-changed",
            old.read_only,
            new.read_only,
        ),
        (
            "writeOnly",
            "write-only-changed",
            old.write_only,
            new.write_only,
        ),
    ] {
        if old != new {
            let message = format!("{keyword}: {old} → {new}");
            out.says(pair, change(aspect), keyword, message);
        }
    }
    if old.variant_keys != new.variant_keys {
        let message = "the keys that tell its forms apart changed".to_owned();
        out.says(
            pair,
            change("variant-keys-changed"),
            "x-variant-keys",
            message,
        );
    }
}
