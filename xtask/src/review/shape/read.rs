//! Reads the statements of a schema, and says where one is of the wrong kind.

use crate::load::{LoadError, Node};
use crate::review::source::Source;

/// What `node` should be, in words.
fn wrong(source: &Source<'_>, node: &Node, what: &str, mend: &str) -> LoadError {
    let message = format!("{what}, but {} stands here", node.kind());
    source.error(node.start, message, mend)
}

/// A schema has to be a mapping.
pub(super) fn mapping(source: &Source<'_>, node: &Node) -> Result<(), LoadError> {
    match node.is_map() {
        true => Ok(()),
        false => Err(wrong(
            source,
            node,
            "a schema has to be a mapping",
            "write a schema, or `{}` for any value",
        )),
    }
}

/// `key` has to hold a list, if anything.
pub(super) fn list<'d>(
    source: &Source<'_>,
    node: &'d Node,
    key: &str,
) -> Result<Option<&'d [Node]>, LoadError> {
    let Some(found) = node.get(key) else {
        return Ok(None);
    };
    found.as_seq().map(Some).ok_or_else(|| {
        wrong(
            source,
            found,
            &format!("`{key}` has to be a list"),
            "write a list",
        )
    })
}

/// `key` has to hold a mapping, if anything.
pub(super) fn map<'d>(
    source: &Source<'_>,
    node: &'d Node,
    key: &str,
) -> Result<Option<&'d Node>, LoadError> {
    let Some(found) = node.get(key) else {
        return Ok(None);
    };
    found.is_map().then_some(Some(found)).ok_or_else(|| {
        wrong(
            source,
            found,
            &format!("`{key}` has to be a mapping"),
            "write a mapping",
        )
    })
}

/// `key` has to hold text, if anything.
pub(super) fn text<'d>(
    source: &Source<'_>,
    node: &'d Node,
    key: &str,
) -> Result<Option<&'d str>, LoadError> {
    let Some(found) = node.get(key) else {
        return Ok(None);
    };
    let mend = match (key, found.as_seq().is_some()) {
        ("type", true) => "OpenAPI 3.0 takes one type; write null as `nullable: true`",
        _ => "write text, in quotes if need be",
    };
    let what = format!("`{key}` has to be text");
    let text = found.as_str();
    text.map(Some)
        .ok_or_else(|| wrong(source, found, &what, mend))
}

/// Whether `key` holds true; it has to hold true or false, if anything.
pub(super) fn flag(source: &Source<'_>, node: &Node, key: &str) -> Result<bool, LoadError> {
    let Some(found) = node.get(key) else {
        return Ok(false);
    };
    let mend = match key {
        "exclusiveMinimum" | "exclusiveMaximum" => {
            "OpenAPI 3.0 writes the number as `minimum` or `maximum`, and this as `true`"
        }
        _ => "write `true` or `false`",
    };
    found.as_bool().ok_or_else(|| {
        wrong(
            source,
            found,
            &format!("`{key}` has to be true or false"),
            mend,
        )
    })
}

/// `key` has to hold a number, if anything.
pub(super) fn number(
    source: &Source<'_>,
    node: &Node,
    key: &str,
) -> Result<Option<f64>, LoadError> {
    let Some(found) = node.get(key) else {
        return Ok(None);
    };
    let number = found.as_number().and_then(serde_json::Number::as_f64);
    number.map(Some).ok_or_else(|| {
        wrong(
            source,
            found,
            &format!("`{key}` has to be a number"),
            "write a number",
        )
    })
}

/// `key` has to hold a whole number, not below 0, if anything.
pub(super) fn size(source: &Source<'_>, node: &Node, key: &str) -> Result<Option<u64>, LoadError> {
    let Some(value) = number(source, node, key)? else {
        return Ok(None);
    };
    let exact = node.get(key).and_then(Node::as_number);
    let exact = exact.and_then(serde_json::Number::as_u64);
    if let Some(exact) = exact {
        return Ok(Some(exact));
    }
    if value >= 0.0 && value.fract() == 0.0 {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        return Ok(Some(value as u64));
    }
    let place = node.get(key).map_or(node.start, |found| found.start);
    Err(source.error(
        place,
        format!("`{key}` has to be a whole number, not below 0"),
        "write such a number",
    ))
}
