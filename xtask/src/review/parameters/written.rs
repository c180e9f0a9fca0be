//! How a parameter is written on the wire.

use super::Parameter;
use crate::load::{LoadError, Node};
use crate::review::source::{At, Source};

/// Deeper wraps of a schema are taken for anything.
const DEPTH: usize = 8;

/// What a schema's values are made of, as far as that decides how they are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Of one piece.
    Value,
    List,
    Object,
    /// Of any of these.
    Any,
}

/// A parameter with its media type, where it has one, and its schema.
pub(super) struct Side<'s, 'd> {
    pub(super) source: &'s Source<'d>,
    pub(super) parameter: &'s Parameter<'d>,
    pub(super) media: Option<&'s str>,
    pub(super) schema: &'s At<'d>,
}

impl Side<'_, '_> {
    fn style(&self) -> &str {
        let default = match self.parameter.location.as_str() {
            "query" | "cookie" => "form",
            _ => "simple",
        };
        self.parameter.at.node.text("style").unwrap_or(default)
    }

    fn explode(&self) -> bool {
        let written = self.parameter.at.node.get("explode");
        let written = written.and_then(Node::as_bool);
        written.unwrap_or(self.style() == "form")
    }

    fn media(&self) -> Option<String> {
        self.media.map(crate::media::essence)
    }

    fn says(&self, key: &str) -> bool {
        self.parameter.location == "query" && self.parameter.at.node.is_true(key)
    }
}

/// Whether it may be empty now that might not: the one change that spares old clients.
pub(super) fn may_be_empty(old: &Side<'_, '_>, new: &Side<'_, '_>) -> bool {
    !old.says("allowEmptyValue") && new.says("allowEmptyValue")
}

/// In what the ways differ that both are written; `None` when the bytes are the same.
pub(super) fn differs(old: &Side<'_, '_>, new: &Side<'_, '_>) -> Result<Option<String>, LoadError> {
    if old.parameter.location != new.parameter.location {
        // Every place has styles of its own: moving says it.
        return Ok(None);
    }
    let (before, after) = (old.media(), new.media());
    if before != after {
        let word = |media: Option<String>| media.unwrap_or_else(|| "a schema".to_owned());
        return Ok(Some(format!("content: {} → {}", word(before), word(after))));
    }
    let mut told = Vec::new();
    if old.media.is_none() {
        let kind = match (
            kind(old.source, old.schema, DEPTH)?,
            kind(new.source, new.schema, DEPTH)?,
        ) {
            (before, after) if before == after => before,
            _ => Kind::Any,
        };
        let before = written(old.style(), old.explode(), kind);
        if before != written(new.style(), new.explode(), kind) {
            if old.style() != new.style() {
                told.push(format!("style: {} → {}", old.style(), new.style()));
            }
            if old.explode() != new.explode() {
                told.push(format!("explode: {} → {}", old.explode(), new.explode()));
            }
        }
    }
    for key in ["allowReserved", "allowEmptyValue"] {
        let (before, after) = (old.says(key), new.says(key));
        if before != after && !(key == "allowEmptyValue" && after) {
            told.push(format!("{key}: {before} → {after}"));
        }
    }
    Ok((!told.is_empty()).then(|| told.join(", ")))
}

/// The same for all ways that write the same bytes.
fn written(style: &str, explode: bool, kind: Kind) -> (&str, bool) {
    let is_form = ["form", "spaceDelimited", "pipeDelimited"].contains(&style);
    match kind {
        Kind::Value if is_form => ("form", false),
        Kind::Value => (style, false),
        // The elements are joined by commas, whatever `explode` says.
        Kind::List if style == "simple" => (style, false),
        // Each element with the name before it: nothing is left to be joined.
        Kind::List if is_form && explode => ("form", true),
        // It has one way of writing only.
        _ if style == "deepObject" => (style, true),
        _ => (style, explode),
    }
}

fn kind<'d>(source: &Source<'d>, schema: &At<'d>, depth: usize) -> Result<Kind, LoadError> {
    let node = schema.node;
    match node.text("type") {
        Some("array") => return Ok(Kind::List),
        Some("object") => return Ok(Kind::Object),
        Some(_) => return Ok(Kind::Value),
        None if node.has("properties") => return Ok(Kind::Object),
        None if node.has("items") => return Ok(Kind::List),
        None if depth == 0 => return Ok(Kind::Any),
        None => {}
    }
    for keyword in ["allOf", "oneOf", "anyOf"] {
        let branches = source.elements(schema, keyword)?;
        let mut kinds = Vec::new();
        for branch in branches.iter().take(DEPTH) {
            kinds.push(kind(source, branch, depth / 2)?);
        }
        // What merges says the kind in any of its parts, a union in each of its branches.
        if keyword == "allOf" {
            kinds.retain(|kind| *kind != Kind::Any);
        }
        if let Some(first) = kinds.first()
            && branches.len() <= DEPTH
            && kinds.iter().all(|kind| kind == first)
        {
            return Ok(*first);
        }
    }
    Ok(Kind::Any)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_that_write_the_same_bytes_are_one() {
        for (kind, old, new, same) in [
            (Kind::Value, ("form", true), ("form", false), true),
            (Kind::Value, ("simple", false), ("simple", true), true),
            (Kind::Value, ("simple", false), ("label", false), false),
            (Kind::Value, ("form", true), ("pipeDelimited", false), true),
            (Kind::List, ("form", true), ("form", false), false),
            (Kind::List, ("form", true), ("pipeDelimited", true), true),
            (Kind::List, ("form", false), ("pipeDelimited", false), false),
            (Kind::List, ("simple", false), ("simple", true), true),
            (Kind::Object, ("simple", false), ("simple", true), false),
            (
                Kind::Object,
                ("deepObject", false),
                ("deepObject", true),
                true,
            ),
            (Kind::Object, ("form", true), ("deepObject", true), false),
            (Kind::Any, ("form", true), ("form", false), false),
        ] {
            let written = |(style, explode)| written(style, explode, kind);
            assert_eq!(
                written(old) == written(new),
                same,
                "{kind:?} {old:?} {new:?}"
            );
        }
    }
}
