//! What a document has to be before it can be compared.

use super::source::{At, Source};
use crate::load::{Document, LoadError, Node};

/// Holds the document to what a comparison reads first; what stands deeper is held to it where it is read.
///
/// # Errors
///
/// Another version than OpenAPI 3.0, or something of another kind where a mapping has to stand; with place and mend.
pub fn check(document: &Document) -> Result<(), LoadError> {
    let source = Source { document };
    let root = &document.root;
    if !root.is_map() {
        return Err(source.error(
            root.start,
            format!(
                "{} stands where the document has to be a mapping",
                root.kind()
            ),
            "write an OpenAPI document",
        ));
    }
    version(&source)?;
    if !root.has("paths") {
        return Err(source.error(
            root.start,
            "the document has no `paths`",
            "write `paths: {}` if it has none yet",
        ));
    }
    for key in ["paths", "info", "components"] {
        if let Some(node) = root.get(key) {
            mapping(&source, node, key)?;
        }
    }
    if let Some(components) = root.get("components") {
        for (section, node) in components.iter_map() {
            if !section.text.starts_with("x-") {
                mapping(&source, node, &format!("components.{}", section.text))?;
            }
        }
    }
    Ok(())
}

fn version(source: &Source<'_>) -> Result<(), LoadError> {
    let root = &source.document.root;
    if let Some(swagger) = root.get("swagger") {
        return Err(source.error(
            swagger.start,
            "this is a Swagger 2.0 document",
            "convert it to OpenAPI 3.0 first",
        ));
    }
    let Some(version) = root.get("openapi") else {
        return Err(source.error(
            root.start,
            "the document doesn't say that it is OpenAPI",
            "write `openapi: 3.0.3` at its top",
        ));
    };
    let Some(number) = version.as_str() else {
        return Err(source.error(
            version.start,
            format!("`openapi` is {}, not text", version.kind()),
            "write it with quotes and all three parts: `openapi: '3.0.3'`",
        ));
    };
    if number == "3.0" || number.starts_with("3.0.") {
        return Ok(());
    }
    Err(source.error(
        version.start,
        format!("this is OpenAPI `{number}`, and only 3.0 is compared"),
        "write the document as OpenAPI 3.0",
    ))
}

/// Holds a node to being a mapping; `what` names it.
pub(super) fn mapping(source: &Source<'_>, node: &Node, what: &str) -> Result<(), LoadError> {
    kind(source, node, what, node.is_map(), "a mapping")
}

/// Holds a node to being a list.
pub(super) fn list(source: &Source<'_>, node: &Node, what: &str) -> Result<(), LoadError> {
    kind(source, node, what, node.as_seq().is_some(), "a list")
}

fn kind(
    source: &Source<'_>,
    node: &Node,
    what: &str,
    holds: bool,
    wanted: &str,
) -> Result<(), LoadError> {
    if holds {
        return Ok(());
    }
    Err(source.error(
        node.start,
        format!("{} stands where `{what}` has to be {wanted}", node.kind()),
        format!("write {wanted}, or leave `{what}` out"),
    ))
}

/// The mapping under a key, references followed; `None` when there is none.
///
/// # Errors
///
/// Something else under the key.
pub(super) fn child_map<'d>(
    source: &Source<'d>,
    at: &At<'d>,
    key: &str,
) -> Result<Option<At<'d>>, LoadError> {
    let child = source.child(at, key)?;
    if let Some(child) = &child {
        mapping(source, child.node, key)?;
    }
    Ok(child)
}

/// The entries of the mapping under a key, each a mapping itself, references followed.
///
/// # Errors
///
/// Something else under the key, or among the entries.
pub(super) fn maps_under<'d>(
    source: &Source<'d>,
    at: &At<'d>,
    key: &str,
) -> Result<Vec<(String, At<'d>)>, LoadError> {
    if let Some(node) = at.node.get(key) {
        mapping(source, node, key)?;
    }
    let entries = source.entries(at, key)?;
    for (name, entry) in &entries {
        if !name.starts_with("x-") {
            mapping(source, entry.node, name)?;
        }
    }
    Ok(entries)
}
