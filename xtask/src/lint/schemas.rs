//! Single schemas: their type and the keywords that narrow it.

use super::context::{Context, Problem};
use super::shapes::SCALAR_COMPONENTS;
use super::words::{instead, nearest};
use super::{Rule, Severity};
use crate::load::{Node, Value};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "schema-type",
        severity: Severity::Error,
        summary: "`type` is object, array, string, integer, number or boolean.",
        why: "OpenAPI 3.0 has no other; null is `nullable: true`",
        mend: "write one of them",
        check: schema_type,
    },
    Rule {
        id: "schema-type-missing",
        severity: Severity::Error,
        summary: "A schema with keywords of a type names the type.",
        why: "without it the schema takes every other type too, and the generator guesses",
        mend: "write `type`",
        check: schema_type_missing,
    },
    Rule {
        id: "keyword-without-effect",
        severity: Severity::Warning,
        summary: "Keywords of one type don't stand on a schema of another.",
        why: "a `maxLength` on an integer narrows nothing",
        mend: "remove it, or correct the type",
        check: keyword_without_effect,
    },
    Rule {
        id: "required-undeclared",
        severity: Severity::Error,
        summary: "Every name in `required` is a declared property.",
        why: "usually one of the two is misspelt",
        mend: "declare it under `properties`, or remove it from `required`",
        check: required_undeclared,
    },
    Rule {
        id: "bounds-reversed",
        severity: Severity::Error,
        summary: "No lower bound lies above its upper bound.",
        why: "no value could match",
        mend: "swap or correct the two",
        check: bounds_reversed,
    },
    Rule {
        id: "array-items",
        severity: Severity::Error,
        summary: "An array says what its `items` are.",
        why: "the element type would be anything",
        mend: "write `items`; `items: {}` says that anything may come",
        check: array_items,
    },
    Rule {
        id: "enum-values",
        severity: Severity::Error,
        summary: "An enum has at least one value, no value twice, and all of its type: string or integer; null beside `nullable: true`.",
        why: "each value becomes a variant; mixed types don't",
        mend: "write values of the schema's type; for null write `nullable: true` as well",
        check: enum_values,
    },
    Rule {
        id: "nullable-without-type",
        severity: Severity::Error,
        summary: "`nullable` stands beside `type`, `allOf` or `oneOf`.",
        why: "a schema without a type takes null anyway",
        mend: "write the type, or remove `nullable`",
        check: nullable_without_type,
    },
    Rule {
        id: "read-write-only",
        severity: Severity::Warning,
        summary: "`readOnly` and `writeOnly` don't stand in the document.",
        why: "they are ignored: one type serves both directions",
        mend: "give request and response schemas of their own, or remove it",
        check: read_write_only,
    },
    Rule {
        id: "scalar-component",
        severity: Severity::Error,
        summary: "Decimal, FlexibleInteger, FlexibleBoolean, FlexibleText and VendorDateTime state their wire forms.",
        why: "generation replaces them by the runtime's types, known by these names; any other validator goes by the schema",
        mend: "write the schema as shown, or rename the component",
        check: scalar_component_forms,
    },
];

const TYPES: &[(&str, &[&str])] = &[
    (
        "object",
        &[
            "properties",
            "required",
            "additionalProperties",
            "minProperties",
            "maxProperties",
        ],
    ),
    ("array", &["items", "minItems", "maxItems", "uniqueItems"]),
    ("string", &["minLength", "maxLength", "pattern"]),
    ("integer", NUMERIC),
    ("number", NUMERIC),
    ("boolean", &[]),
];
const NUMERIC: &[&str] = &[
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
];

pub(super) fn schema_type(context: &Context<'_>, out: &mut Vec<Problem>) {
    for visit in context.schemas() {
        if let Some(kind) = visit.node.text("type")
            && !TYPES.iter().any(|(name, _)| *name == kind)
        {
            let message = format!("`{kind}` isn't a type");
            let problem = Problem::new(&format!("{}/type", visit.pointer), message);
            out.push(problem.mend(meant_type(kind)));
        }
    }
}

/// What to write for a type that other languages or versions have.
fn meant_type(kind: &str) -> String {
    let meant = match kind.to_lowercase().as_str() {
        "float" | "double" | "decimal" | "money" => "write `type: number`",
        "long" | "short" | "int32" | "int64" => "write `type: integer`",
        "text" | "date" | "datetime" | "date-time" | "time" | "uuid" | "uri" | "url" | "email"
        | "char" | "enum" => "write `type: string`",
        "list" | "set" => "write `type: array` and `items`",
        "map" | "dict" | "hash" | "json" => "write `type: object`",
        "null" => "write `nullable: true` beside the type of the other values",
        "any" | "mixed" => "leave `type` out: an empty schema takes anything",
        _ => {
            let types: Vec<&str> = TYPES.iter().map(|(name, _)| *name).collect();
            return instead(kind, &types);
        }
    };
    let types: Vec<String> = TYPES.iter().map(|(name, _)| format!("`{name}`")).collect();
    format!("{meant}; the types are {}", types.join(", "))
}

fn is_composed(node: &Node) -> bool {
    ["allOf", "oneOf", "anyOf"]
        .iter()
        .any(|keyword| node.has(keyword))
}

fn schema_type_missing(context: &Context<'_>, out: &mut Vec<Problem>) {
    for visit in context.schemas() {
        if visit.node.has("type") || is_composed(visit.node) {
            continue;
        }
        let keywords = TYPES.iter().flat_map(|(_, keywords)| keywords.iter());
        let mut keywords = keywords.chain(&["enum", "format"]);
        if let Some(keyword) = keywords.find(|keyword| visit.node.has(keyword)) {
            let message = format!("`{keyword}` stands here without a `type`");
            out.push(Problem::new(&visit.pointer, message));
        }
    }
}

fn keyword_without_effect(context: &Context<'_>, out: &mut Vec<Problem>) {
    for visit in context.schemas() {
        let Some(kind) = visit.node.text("type") else {
            continue;
        };
        let Some((_, own)) = TYPES.iter().find(|(name, _)| *name == kind) else {
            continue;
        };
        for (key, _) in visit.node.iter_map() {
            let keyword = key.text.as_str();
            let foreign = TYPES
                .iter()
                .any(|(_, keywords)| keywords.contains(&keyword));
            if foreign && !own.contains(&keyword) {
                out.push(Problem::new(
                    &format!("{}/{keyword}", visit.pointer),
                    format!("`{keyword}` has no effect on `type: {kind}`"),
                ));
            }
        }
        let values = visit.node.get("enum").and_then(Node::as_seq);
        if visit.node.is_true("nullable")
            && values.is_some_and(|values| !values.iter().any(Node::is_null))
        {
            let message = "`nullable` has no effect beside an `enum` without null";
            let problem = Problem::new(&format!("{}/nullable", visit.pointer), message);
            out.push(problem.mend("add null to the values, or remove `nullable`"));
        }
    }
}

fn required_undeclared(context: &Context<'_>, out: &mut Vec<Problem>) {
    for visit in context.schemas() {
        let Some(required) = visit.node.get("required") else {
            continue;
        };
        let properties = context.properties(visit.node);
        for (index, name) in required.iter_seq().enumerate() {
            let Some(name) = name.as_str() else { continue };
            if !properties.iter().any(|(declared, _)| *declared == name) {
                let message = format!("`{name}` is required and isn't declared");
                let problem = Problem::new(&format!("{}/required/{index}", visit.pointer), message);
                let declared = properties.iter().map(|(declared, _)| *declared);
                out.push(match nearest(name, declared) {
                    Some(near) => problem.mend(format!("did you mean `{near}`?")),
                    None => problem,
                });
            }
        }
    }
}

fn bounds_reversed(context: &Context<'_>, out: &mut Vec<Problem>) {
    const PAIRS: [(&str, &str); 4] = [
        ("minimum", "maximum"),
        ("minLength", "maxLength"),
        ("minItems", "maxItems"),
        ("minProperties", "maxProperties"),
    ];
    for visit in context.schemas() {
        let number = |key: &str| visit.node.get(key)?.as_number()?.as_f64();
        for (low, high) in PAIRS {
            let (Some(lower), Some(upper)) = (number(low), number(high)) else {
                continue;
            };
            let exclusive = low == "minimum"
                && (visit.node.is_true("exclusiveMinimum")
                    || visit.node.is_true("exclusiveMaximum"));
            if lower > upper || (exclusive && lower >= upper) {
                out.push(Problem::new(
                    &format!("{}/{low}", visit.pointer),
                    format!("`{low}` {lower} and `{high}` {upper} leave no value"),
                ));
            }
        }
    }
}

fn array_items(context: &Context<'_>, out: &mut Vec<Problem>) {
    for visit in context.schemas() {
        if visit.node.text("type") == Some("array") && !visit.node.has("items") {
            out.push(Problem::new(&visit.pointer, "this array has no `items`"));
        }
    }
}

fn enum_values(context: &Context<'_>, out: &mut Vec<Problem>) {
    for visit in context.schemas() {
        let Some(values) = visit.node.get("enum").and_then(Node::as_seq) else {
            continue;
        };
        let pointer = format!("{}/enum", visit.pointer);
        if values.is_empty() {
            out.push(Problem::new(&pointer, "the enum has no value"));
        }
        let kind = visit.node.text("type");
        if let Some(kind @ ("object" | "array" | "number" | "boolean")) = kind {
            out.push(Problem::new(
                &pointer,
                format!("an enum can't be of `type: {kind}`"),
            ));
            continue;
        }
        for (index, value) in values.iter().enumerate() {
            if value.is_null() && visit.node.has("type") && !visit.node.is_true("nullable") {
                let message = "`null` is listed, and the schema isn't `nullable`";
                let problem = Problem::new(&format!("{pointer}/{index}"), message);
                out.push(problem.mend("write `nullable: true` beside it, or remove the null"));
                continue;
            }
            let fits = match (kind, &value.value) {
                (Some("string" | "integer"), Value::Null) => true,
                (Some("string"), Value::String(_)) => true,
                (Some("integer"), Value::Number(number)) => number.is_i64() || number.is_u64(),
                (Some("string" | "integer"), _) => false,
                _ => true,
            };
            let pointer = format!("{pointer}/{index}");
            let text = value.to_json();
            if !fits {
                let kind = kind.unwrap_or_default();
                out.push(Problem::new(
                    &pointer,
                    format!("`{text}` isn't of `type: {kind}`"),
                ));
            } else if values
                .iter()
                .take(index)
                .any(|first| first.value == value.value)
            {
                out.push(Problem::new(&pointer, format!("`{text}` stands twice")));
            }
        }
    }
}

fn nullable_without_type(context: &Context<'_>, out: &mut Vec<Problem>) {
    for visit in context.schemas() {
        let node = visit.node;
        if node.has("nullable") && !node.has("type") && !is_composed(node) {
            out.push(Problem::new(
                &format!("{}/nullable", visit.pointer),
                "`nullable` stands here without a type",
            ));
        }
    }
}

fn read_write_only(context: &Context<'_>, out: &mut Vec<Problem>) {
    for visit in context.schemas() {
        for keyword in ["readOnly", "writeOnly"] {
            if visit.node.has(keyword) {
                out.push(Problem::new(
                    &format!("{}/{keyword}", visit.pointer),
                    format!("`{keyword}` is ignored"),
                ));
            }
        }
    }
}

fn scalar_component_forms(context: &Context<'_>, out: &mut Vec<Problem>) {
    if !super::documents::is_sound(context) {
        return;
    }
    for scalar in SCALAR_COMPONENTS {
        if context.component(scalar.name).is_none() {
            continue;
        }
        let pointer = format!("/components/schemas/{}", scalar.name);
        let checker = context.checker(&pointer);
        let takes = |text: &str| {
            let value = serde_json::from_str(text).unwrap_or_default();
            let checker = checker.as_ref().as_ref();
            checker.is_ok_and(|checker| checker.takes(&value))
        };
        let too_narrow = scalar.accepts.iter().find(|text| !takes(text));
        let too_wide = scalar.refuses.iter().find(|text| takes(text));
        let message = match (too_narrow, too_wide) {
            (Some(text), _) => format!(
                "`{}` has to take {text}, and its schema doesn't",
                scalar.name
            ),
            (None, Some(text)) => {
                format!(
                    "`{}` must not take {text}, and its schema does",
                    scalar.name
                )
            }
            (None, None) => continue,
        };
        out.push(Problem::new(&pointer, message).mend(format!(
            "write `{}`, or rename the component",
            scalar.schema
        )));
    }
}
