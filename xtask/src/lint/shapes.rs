//! What a schema describes, once references and single-element `allOf` wrappers are followed.

use std::collections::BTreeSet;

use super::context::Context;
use crate::load::{Node, pointer_token};

/// How far a chain of wrappers is followed; a longer one is a cycle, which has a rule of its own.
const MAX_HOPS: usize = 64;

/// A schema at the end of its references.
#[derive(Debug, Clone, Copy)]
pub(super) struct Target<'d> {
    /// The last component's name on the way; `None` when the schema is written in place.
    pub(super) name: Option<&'d str>,
    pub(super) node: &'d Node,
}

/// The kinds of schema that the rules tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// No `type` and nothing that implies one.
    Any,
    /// Declares properties, or merges schemas that do.
    Object,
    /// `type: object` without properties.
    Map,
    Array,
    Text,
    Integer,
    Number,
    Boolean,
    Union,
    /// One of the scalar components that the runtime has a type for.
    Scalar(&'static ScalarComponent),
    /// A broken reference or an unknown `type`.
    Unknown,
}

/// A JSON type, as far as a decoder tells them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum JsonType {
    Object,
    Array,
    Text,
    Number,
    Boolean,
}

impl JsonType {
    const ALL: [Self; 5] = [
        Self::Object,
        Self::Array,
        Self::Text,
        Self::Number,
        Self::Boolean,
    ];

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Object => "an object",
            Self::Array => "an array",
            Self::Text => "text",
            Self::Number => "a number",
            Self::Boolean => "true or false",
        }
    }
}

/// A scalar with several wire forms, recognised by its component's name.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ScalarComponent {
    pub(super) name: &'static str,
    types: &'static [JsonType],
    /// JSON texts that its schema has to accept.
    pub(super) accepts: &'static [&'static str],
    /// JSON texts that its schema has to refuse.
    pub(super) refuses: &'static [&'static str],
    /// A schema that does, for the message.
    pub(super) schema: &'static str,
}

/// The scalar components.
pub(super) const SCALAR_COMPONENTS: &[ScalarComponent] = &[
    ScalarComponent {
        name: "Decimal",
        types: &[JsonType::Number, JsonType::Text],
        accepts: &["0", "19.9", "-3", r#""19.90""#, r#""-3""#],
        refuses: &["null", "true", r#""abc""#, "[]", "{}"],
        schema: r"{oneOf: [{type: number}, {type: string, pattern: '^-?[0-9]+(\.[0-9]+)?$'}]}",
    },
    ScalarComponent {
        name: "FlexibleInteger",
        types: &[JsonType::Number, JsonType::Text],
        accepts: &["0", "42", r#""42""#],
        refuses: &["null", "true", "1.5", r#""1.5""#, r#""abc""#, "[]", "{}"],
        schema: "{oneOf: [{type: integer}, {type: string, pattern: '^-?[0-9]+$'}]}",
    },
    ScalarComponent {
        name: "FlexibleBoolean",
        types: &[JsonType::Boolean, JsonType::Number, JsonType::Text],
        accepts: &[
            "true",
            "false",
            "0",
            "1",
            r#""0""#,
            r#""1""#,
            r#""true""#,
            r#""false""#,
        ],
        refuses: &["null", "2", r#""2""#, r#""yes""#, "[]", "{}"],
        schema: "{oneOf: [{type: boolean}, {type: integer, enum: [0, 1]}, {type: string, enum: ['0', '1', 'true', 'false']}]}",
    },
    ScalarComponent {
        name: "FlexibleText",
        types: &[JsonType::Number, JsonType::Text],
        accepts: &["0", "1.5", r#""""#, r#""abc""#],
        refuses: &["null", "true", "[]", "{}"],
        schema: "{oneOf: [{type: string}, {type: number}]}",
    },
    ScalarComponent {
        name: "VendorDateTime",
        types: &[JsonType::Text],
        accepts: &[r#""2026-01-31T10:00:00+00:00""#, r#""Jan 31 2026 10:00AM""#],
        refuses: &["null", "0", "true", "[]", "{}"],
        schema: "{type: string}",
    },
];

/// The scalar component of this name.
pub(super) fn scalar_component(name: &str) -> Option<&'static ScalarComponent> {
    SCALAR_COMPONENTS.iter().find(|scalar| scalar.name == name)
}

/// The component that a `$ref` names, when it names a schema component.
pub(super) fn referenced_schema(node: &Node) -> Option<&str> {
    node.text("$ref")?.strip_prefix("#/components/schemas/")
}

/// The `allOf` of a schema that merges: more than one element.
pub(super) fn merged_parts(node: &Node) -> Option<&[Node]> {
    node.get("allOf")?.as_seq().filter(|parts| parts.len() > 1)
}

impl<'d> Context<'d> {
    /// The schema component of this name.
    pub(super) fn component(&self, name: &str) -> Option<&'d Node> {
        let pointer = format!("/components/schemas/{}", pointer_token(name));
        self.document.pointer(&pointer)
    }

    /// Follows references and single-element `allOf` wrappers.
    pub(super) fn target(&self, node: &'d Node) -> Target<'d> {
        let mut target = Target { name: None, node };
        for _ in 0..MAX_HOPS {
            if let Some(name) = referenced_schema(target.node) {
                let Some(node) = self.component(name) else {
                    return target;
                };
                target = Target {
                    name: Some(name),
                    node,
                };
            } else {
                let parts = target.node.get("allOf").and_then(Node::as_seq);
                let Some([only]) = parts else {
                    return target;
                };
                target.node = only;
            }
        }
        target
    }

    pub(super) fn shape(&self, node: &'d Node) -> Shape {
        let target = self.target(node);
        let node = target.node;
        if let Some(scalar) = target.name.and_then(scalar_component) {
            return Shape::Scalar(scalar);
        }
        let declares = node
            .get("properties")
            .is_some_and(|map| map.iter_map().next().is_some());
        match node.text("type") {
            _ if node.has("$ref") || node.has("anyOf") => Shape::Unknown,
            _ if node.has("oneOf") => Shape::Union,
            _ if node.has("allOf") || declares => Shape::Object,
            Some("object") => Shape::Map,
            Some("array") => Shape::Array,
            Some("string") => Shape::Text,
            Some("integer") => Shape::Integer,
            Some("number") => Shape::Number,
            Some("boolean") => Shape::Boolean,
            Some(_) => Shape::Unknown,
            None => Shape::Any,
        }
    }

    /// The JSON types that a schema's values may have, null left aside.
    pub(super) fn json_types(&self, node: &'d Node) -> &'static [JsonType] {
        match self.shape(node) {
            Shape::Any => &JsonType::ALL,
            Shape::Object | Shape::Map => &[JsonType::Object],
            Shape::Array => &[JsonType::Array],
            Shape::Text => &[JsonType::Text],
            Shape::Integer | Shape::Number => &[JsonType::Number],
            Shape::Boolean => &[JsonType::Boolean],
            Shape::Scalar(scalar) => scalar.types,
            Shape::Union | Shape::Unknown => &[],
        }
    }

    /// Every property of an object schema with the schema it has, those of merged parts included.
    pub(super) fn properties(&self, node: &'d Node) -> Vec<(&'d str, &'d Node)> {
        let mut list = Vec::new();
        self.each_part(node, &mut |part| {
            let own = part.get("properties").into_iter().flat_map(Node::iter_map);
            list.extend(own.map(|(key, schema)| (key.text.as_str(), schema)));
        });
        list
    }

    /// The names that an object schema requires, merged parts included.
    pub(super) fn required(&self, node: &'d Node) -> BTreeSet<&'d str> {
        let mut names = BTreeSet::new();
        self.each_part(node, &mut |part| {
            let own = part.get("required").into_iter().flat_map(Node::iter_seq);
            names.extend(own.filter_map(Node::as_str));
        });
        names
    }

    /// Visits a schema and everything that it merges, each once.
    fn each_part(&self, node: &'d Node, visit: &mut impl FnMut(&'d Node)) {
        let mut open = vec![node];
        let mut seen: Vec<*const Node> = Vec::new();
        while let Some(node) = open.pop() {
            let node = self.target(node).node;
            if seen.contains(&std::ptr::from_ref(node)) {
                continue;
            }
            seen.push(node);
            visit(node);
            open.extend(node.get("allOf").into_iter().flat_map(Node::iter_seq).rev());
        }
    }
}
