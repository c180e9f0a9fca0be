//! Which schemas a schema is made of.

use std::collections::HashSet;

use super::read;
use super::{Layer, Spot};
use crate::load::{LoadError, Node};
use crate::review::source::{At, Source};

/// What a wrap around one schema may say without being more than that schema.
const NOTHING_MORE: &[&str] = &[
    "allOf",
    "oneOf",
    "anyOf",
    "type",
    "nullable",
    "default",
    "readOnly",
    "writeOnly",
    "deprecated",
    "title",
];
/// What a wrap says to readers only.
pub(super) const WORDS: &[&str] = &[
    "description",
    "example",
    "examples",
    "externalDocs",
    "xml",
    "summary",
    "$comment",
    "deprecated",
];

/// A part of a shape, while it is merged.
pub(super) struct Part<'d> {
    pub(super) at: At<'d>,
    pub(super) layer: Layer,
    /// Whether it says something besides being made of others.
    pub(super) leaf: bool,
}

/// A schema's parts: itself first, then what its `allOf` adds, depth first, each once.
pub(super) struct Parts<'d> {
    pub(super) pointer: String,
    pub(super) name: Option<String>,
    pub(super) all: Vec<Part<'d>>,
}

/// The name of the component that a reference led to; a place within a component is none.
pub fn component<'a>(at: &'a At<'_>) -> Option<&'a str> {
    let name = at.named.as_deref()?.strip_prefix("/components/schemas/")?;
    (!name.contains('/')).then_some(name)
}

/// The schemas that `spot` is made of.
pub(super) fn parts<'d>(source: &Source<'d>, spot: &Spot<'d>) -> Result<Parts<'d>, LoadError> {
    let (at, name) = settled(source, &spot.at)?;
    let name = name.filter(|_| spot.more.is_empty());
    let pointer = at.pointer.clone();
    let mut stack: Vec<(At<'d>, Option<String>)> = Vec::new();
    stack.extend(spot.more.iter().rev().map(|at| (at.clone(), None)));
    stack.push((at, None));
    let (mut all, mut seen) = (Vec::new(), HashSet::new());
    while let Some((at, owner)) = stack.pop() {
        if !seen.insert(at.pointer.clone()) {
            continue;
        }
        read::mapping(source, at.node)?;
        let owner = component(&at).map(str::to_owned).or(owner);
        let made_of = made_of(source, &at)?;
        stack.extend(made_of.into_iter().rev().map(|at| (at, owner.clone())));
        let mut leaf = at.node.iter_map().any(|(key, _)| {
            !["allOf", "oneOf", "anyOf", "nullable"].contains(&key.text.as_str())
                && !WORDS.contains(&key.text.as_str())
        });
        for keyword in ["oneOf", "anyOf"] {
            leaf |= branches(source, &at, keyword)?.len() > 1;
        }
        let layer = Layer {
            pointer: at.pointer.clone(),
            owner,
        };
        all.push(Part { at, layer, leaf });
    }
    Ok(Parts { pointer, name, all })
}

/// Behind wraps of one schema: where it stands, and the first name met.
fn settled<'d>(source: &Source<'d>, at: &At<'d>) -> Result<(At<'d>, Option<String>), LoadError> {
    let (mut place, mut here) = (at.clone(), at.clone());
    let mut name = component(at).map(str::to_owned);
    let (mut seen, mut bare) = (HashSet::new(), true);
    while seen.insert(here.pointer.clone()) {
        let says_more = here.node.iter_map().any(|(key, _)| {
            let key = key.text.as_str();
            !NOTHING_MORE.contains(&key) && !WORDS.contains(&key) && !key.starts_with("x-")
        });
        let mut inner = made_of(source, &here)?;
        if says_more || inner.len() != 1 {
            break;
        }
        let Some(inner) = inner.pop() else { break };
        bare = bare
            && here.node.iter_map().all(|(key, node)| {
                let key = key.text.as_str();
                // What only means null was left out of the branches, but it means null.
                (["allOf", "oneOf", "anyOf"].contains(&key) && node.iter_seq().len() == 1)
                    || key == "type"
                    || WORDS.contains(&key)
                    || node.as_bool() == Some(false)
            });
        name = name.or_else(|| component(&inner).map(str::to_owned));
        if bare {
            place = inner.clone();
        }
        here = inner;
    }
    Ok((place, name))
}

/// What a schema is made of besides its own statements: its `allOf`, and a union of one branch.
fn made_of<'d>(source: &Source<'d>, at: &At<'d>) -> Result<Vec<At<'d>>, LoadError> {
    read::list(source, at.node, "allOf")?;
    let mut made_of = source.elements(at, "allOf")?;
    for keyword in ["oneOf", "anyOf"] {
        let branches = branches(source, at, keyword)?;
        if let [(_, only)] = branches.as_slice() {
            made_of.push(only.clone());
        }
    }
    Ok(made_of)
}

/// The branches of a union with the place of each in its list, without those that only mean null.
pub(super) fn branches<'d>(
    source: &Source<'d>,
    at: &At<'d>,
    keyword: &str,
) -> Result<Vec<(String, At<'d>)>, LoadError> {
    read::list(source, at.node, keyword)?;
    let branches = source.elements(at, keyword)?.into_iter().enumerate();
    Ok(branches
        .filter(|(_, branch)| !only_null(branch.node))
        .map(|(index, branch)| (format!("{}/{keyword}/{index}", at.pointer), branch))
        .collect())
}

/// Whether a branch stands for null alone.
pub(super) fn only_null(node: &Node) -> bool {
    node.get("enum")
        .and_then(Node::as_seq)
        .is_some_and(|values| !values.is_empty() && values.iter().all(Node::is_null))
}
