//! Where something stands in a YAML text, as a line and a column before its path.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{Location, Spanned};

/// `line 3, column 7, cpanel.providers[0].name`, as far as it is known.
pub(crate) fn placed(location: Option<Location>, path: Option<&str>) -> String {
    let location = location.filter(|location| *location != Location::UNKNOWN);
    let location = location.map(|at| format!("line {}, column {}", at.line(), at.column()));
    let parts = [location, path.map(str::to_owned)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// What a reader says, without the place that it ends on.
pub(crate) fn without_location(error: &serde_saphyr::Error) -> String {
    let said = error.to_string();
    let location = error.location();
    let tail = location.map(|at| format!(" at line {}, column {}", at.line(), at.column()));
    match tail.and_then(|tail| said.strip_suffix(&tail).map(str::to_owned)) {
        Some(said) => said,
        None => said,
    }
}

/// The path with the line and column before it: those of its node, or of the nearest one around it.
pub(crate) fn place_in(text: &str, path: &str) -> String {
    let Ok(mut node) = serde_saphyr::from_str::<Spanned<Node>>(text) else {
        return path.to_owned();
    };
    for step in path.split(['.', '[', ']']).filter(|step| !step.is_empty()) {
        let inner = match &mut node.value {
            Node::Mapping(fields) => fields.remove(step),
            Node::Sequence(entries) => {
                let index = step.parse().ok().filter(|index| *index < entries.len());
                index.map(|index: usize| entries.swap_remove(index))
            }
            Node::Scalar => None,
        };
        match inner {
            Some(inner) => node = inner,
            None => break,
        }
    }
    placed(
        Some(node.referenced),
        Some(path).filter(|path| !path.is_empty()),
    )
}

/// A document of which only the places matter.
#[derive(Debug)]
enum Node {
    Mapping(BTreeMap<String, Spanned<Node>>),
    Sequence(Vec<Spanned<Node>>),
    Scalar,
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Nodes)
    }
}

struct Nodes;

impl<'de> Visitor<'de> for Nodes {
    type Value = Node;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any node")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut fields = BTreeMap::new();
        while let Some((name, node)) = map.next_entry()? {
            fields.insert(name, node);
        }
        Ok(Node::Mapping(fields))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Node, A::Error> {
        let mut entries = Vec::new();
        while let Some(node) = sequence.next_element()? {
            entries.push(node);
        }
        Ok(Node::Sequence(entries))
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<Node, D::Error> {
        Node::deserialize(from)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Node, E> {
        Ok(Node::Scalar)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Node, E> {
        Ok(Node::Scalar)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Node, E> {
        Ok(Node::Scalar)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Node, E> {
        Ok(Node::Scalar)
    }

    fn visit_str<E>(self, _: &str) -> Result<Node, E> {
        Ok(Node::Scalar)
    }

    fn visit_none<E>(self) -> Result<Node, E> {
        Ok(Node::Scalar)
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Scalar)
    }
}
