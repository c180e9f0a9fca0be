//! How schemas are put together: which stand on their own, which merge, and which never end.

use std::collections::{BTreeMap, BTreeSet};

use super::context::{Context, Problem};
use super::grammar::Kind;
use super::shapes::{Shape, merged_parts, referenced_schema, scalar_component};
use super::{Rule, Severity};
use crate::load::{Node, pointer_token};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "inline-schema",
        severity: Severity::Error,
        summary: "Every object with properties, union, enum and merge is a component of its own; a list's items are scalars, free or a `$ref`.",
        why: "generation would invent a name for it, which changes when something else does",
        mend: "move it to `components.schemas` and reference it",
        check: inline_schema,
    },
    Rule {
        id: "all-of-form",
        severity: Severity::Error,
        summary: "`allOf` wraps one `$ref`, or merges `$ref`s to object components; beside it stand notes only, `nullable` and `type: object`.",
        why: "what else may stand there merges differently in every tool",
        mend: "move the parts into components, and merge these",
        check: all_of_form,
    },
    Rule {
        id: "all-of-conflict",
        severity: Severity::Error,
        summary: "Merged objects don't declare one property differently.",
        why: "one of the two types would win without a word",
        mend: "let both declare it alike, or one only",
        check: all_of_conflict,
    },
    Rule {
        id: "schema-cycle",
        severity: Severity::Error,
        summary: "No schema is itself through `$ref`, `allOf` and `oneOf` alone.",
        why: "it describes nothing",
        mend: "break the circle with a property or a list",
        check: schema_cycle,
    },
    Rule {
        id: "infinite-type",
        severity: Severity::Error,
        summary: "No object requires itself.",
        why: "its JSON would never end",
        mend: "make one property of the circle optional or nullable",
        check: infinite_type,
    },
    Rule {
        id: "map-with-properties",
        severity: Severity::Error,
        summary: "An object with properties has no typed `additionalProperties`; `{}`, true and false may stand.",
        why: "the properties would have to match the other type as well",
        mend: "keep the properties, or the map",
        check: map_with_properties,
    },
    Rule {
        id: "closed-response",
        severity: Severity::Warning,
        summary: "No schema of a response has `additionalProperties: false`.",
        why: "vendors add fields; generation keeps unknown ones whatever stands here",
        mend: "remove it",
        check: closed_response,
    },
];

/// Keywords that only describe, and may stand beside an `allOf` or `oneOf`.
const NOTES: &[&str] = &[
    "title",
    "description",
    "default",
    "example",
    "deprecated",
    "nullable",
    "externalDocs",
    "readOnly",
    "writeOnly",
];

/// The keywords beside `keyword` that mean more than a note does. Extensions and unsupported keywords have
/// rules of their own.
pub(super) fn meaningful_siblings<'d>(node: &'d Node, keyword: &str) -> Vec<&'d str> {
    node.iter_map()
        .map(|(key, _)| key.text.as_str())
        .filter(|key| !matches!(*key, "discriminator" | "anyOf" | "not"))
        .filter(|key| *key != keyword && !key.starts_with("x-") && !NOTES.contains(key))
        .collect()
}

fn inline_schema(context: &Context<'_>, out: &mut Vec<Problem>) {
    for visit in context.schemas() {
        let node = visit.node;
        if visit.component().is_some() && visit.via == "schemas" {
            continue;
        }
        // The forms of a scalar component stand inline by design.
        let parent = visit.parent.and_then(|index| context.visits.get(index));
        let owner = parent.and_then(super::walk::Visit::component);
        if owner.is_some_and(|name| scalar_component(&name).is_some()) {
            continue;
        }
        let has_properties = context.shape(node) == Shape::Object && node.has("properties");
        let what = if has_properties {
            "an object with properties"
        } else if node.has("oneOf") {
            "a union"
        } else if node.has("enum") {
            "an enum"
        } else if merged_parts(node).is_some() {
            "a merge"
        } else if visit.via == "items" && node.text("type") == Some("array") {
            "a list of lists"
        } else if visit.via == "items" && node.has("additionalProperties") {
            "a list of maps"
        } else {
            continue;
        };
        out.push(Problem::new(
            &visit.pointer,
            format!("{what} stands here without a name"),
        ));
    }
}

fn all_of_form(context: &Context<'_>, out: &mut Vec<Problem>) {
    for visit in context.schemas() {
        let Some(parts) = visit.node.get("allOf").and_then(Node::as_seq) else {
            continue;
        };
        if parts.is_empty() {
            out.push(Problem::new(&visit.pointer, "`allOf` is empty"));
        }
        for key in meaningful_siblings(visit.node, "allOf") {
            if key == "type" && visit.node.text("type") == Some("object") && parts.len() > 1 {
                continue;
            }
            out.push(Problem::new(
                &format!("{}/{}", visit.pointer, pointer_token(key)),
                format!("`{key}` stands beside `allOf`"),
            ));
        }
        for (index, part) in parts.iter().enumerate() {
            let pointer = format!("{}/allOf/{index}", visit.pointer);
            match referenced_schema(part) {
                None => out.push(Problem::new(
                    &pointer,
                    "this part isn't a `$ref` to a component",
                )),
                Some(name)
                    if parts.len() > 1
                        && !matches!(
                            context.shape(part),
                            Shape::Object | Shape::Map | Shape::Unknown
                        ) =>
                {
                    out.push(Problem::new(&pointer, format!("`{name}` isn't an object")));
                }
                Some(_) => {}
            }
        }
    }
}

fn all_of_conflict(context: &Context<'_>, out: &mut Vec<Problem>) {
    for visit in context.schemas() {
        if merged_parts(visit.node).is_none() {
            continue;
        }
        let mut first: BTreeMap<&str, serde_json::Value> = BTreeMap::new();
        for (name, schema) in context.properties(visit.node) {
            let meaning = without_notes(schema.to_json());
            match first.get(name) {
                Some(earlier) if *earlier != meaning => out.push(Problem::new(
                    &visit.pointer,
                    format!("the merged objects declare `{name}` in two ways"),
                )),
                Some(_) => {}
                None => {
                    first.insert(name, meaning);
                }
            }
        }
    }
}

fn without_notes(mut schema: serde_json::Value) -> serde_json::Value {
    if let Some(map) = schema.as_object_mut() {
        map.retain(|key, _| {
            key == "nullable" || !NOTES.contains(&key.as_str()) && !key.starts_with("x-")
        });
    }
    schema
}

/// The pointers of the components that are themselves through references, merges and unions alone.
pub(super) fn in_place_cycles(context: &Context<'_>) -> Vec<String> {
    let components: Vec<_> = context.components().collect();
    let edges: BTreeMap<&str, Vec<&str>> = components
        .iter()
        .map(|(name, _, node)| {
            let mut targets = Vec::new();
            in_place_references(node, &mut targets);
            (*name, targets)
        })
        .collect();
    let reaches_itself = |start: &str| {
        let mut open = edges.get(start).cloned().unwrap_or_default();
        let mut seen = BTreeSet::new();
        while let Some(name) = open.pop() {
            if name == start {
                return true;
            }
            if seen.insert(name) {
                open.extend(edges.get(name).into_iter().flatten());
            }
        }
        false
    };
    components
        .iter()
        .filter(|(name, _, _)| reaches_itself(name))
        .map(|(_, pointer, _)| pointer.clone())
        .collect()
}

fn in_place_references<'d>(node: &'d Node, targets: &mut Vec<&'d str>) {
    if node.has("$ref") {
        targets.extend(referenced_schema(node));
        return;
    }
    for keyword in ["allOf", "oneOf", "anyOf"] {
        for part in node.get(keyword).into_iter().flat_map(Node::iter_seq) {
            in_place_references(part, targets);
        }
    }
}

fn schema_cycle(context: &Context<'_>, out: &mut Vec<Problem>) {
    let cycles = in_place_cycles(context);
    out.extend(
        cycles
            .iter()
            .map(|pointer| Problem::new(pointer, "this schema leads back to itself")),
    );
}

fn infinite_type(context: &Context<'_>, out: &mut Vec<Problem>) {
    let circular = in_place_cycles(context);
    let mut finite: BTreeSet<&str> = BTreeSet::new();
    loop {
        let before = finite.len();
        for (name, _, node) in context.components() {
            if ends(context, node, &finite) {
                finite.insert(name);
            }
        }
        if finite.len() == before {
            break;
        }
    }
    for (name, pointer, _) in context.components() {
        if !finite.contains(name) && !circular.contains(&pointer) {
            let message = format!("`{name}` requires itself, directly or through others");
            out.push(Problem::new(&pointer, message));
        }
    }
}

/// Whether some value of this schema ends, given the components of which that is known.
fn ends(context: &Context<'_>, node: &Node, finite: &BTreeSet<&str>) -> bool {
    let parts = |keyword: &str| node.get(keyword).and_then(Node::as_seq).unwrap_or_default();
    if let Some(name) = referenced_schema(node) {
        return finite.contains(name) || context.component(name).is_none();
    }
    if node.is_true("nullable") {
        return true;
    }
    let required = node.get("required").into_iter().flat_map(Node::iter_seq);
    let properties = node.get("properties");
    let own = required
        .filter_map(|name| properties?.get(name.as_str()?))
        .all(|property| ends(context, property, finite));
    let union = parts("oneOf");
    own && parts("allOf")
        .iter()
        .all(|part| ends(context, part, finite))
        && (union.is_empty() || union.iter().any(|branch| ends(context, branch, finite)))
}

fn map_with_properties(context: &Context<'_>, out: &mut Vec<Problem>) {
    for visit in context.schemas() {
        let typed = visit
            .node
            .get("additionalProperties")
            .is_some_and(|schema| schema.iter_map().next().is_some());
        if typed && visit.node.has("properties") {
            out.push(Problem::new(
                &format!("{}/additionalProperties", visit.pointer),
                "this object has properties, and a type for all others",
            ));
        }
    }
}

fn closed_response(context: &Context<'_>, out: &mut Vec<Problem>) {
    let roots = context.response_roots();
    let mut reached = context.reached_from(&roots);
    reached.extend(roots);
    let below = |pointer: &str| {
        let mut roots = reached.iter();
        roots.any(|root| {
            pointer
                .strip_prefix(root.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    };
    for visit in context.of_kind(Kind::Schema) {
        let closed = visit
            .node
            .get("additionalProperties")
            .and_then(Node::as_bool)
            == Some(false);
        if closed && below(&visit.pointer) {
            out.push(Problem::new(
                &format!("{}/additionalProperties", visit.pointer),
                "this response object is closed here, and opened by generation",
            ));
        }
    }
}
