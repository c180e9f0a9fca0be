//! Different ways to write one thing, made one: media types, formats, null among an enum's values, and limits of any size.

use serde_json::{Map, Value};

use super::operations::METHODS;
use crate::load::{Document, Lost};
use crate::media::{self, FORM, JSON};

/// A schema's numeric limits. The client checks none of them: they become words.
pub(crate) const LIMITS: &[&str] = &[
    "minimum",
    "maximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "minProperties",
    "maxProperties",
];

/// A document as lowering takes it: a limit with more digits than a JSON number holds stands there as text, in its own digits.
pub fn source(document: &Document) -> Value {
    let mut spec = document.to_json();
    let pointers = document.lost_pointers();
    for loss in &document.losses {
        let Lost::Digits(digits) = &loss.lost else {
            continue;
        };
        for pointer in pointers.get(&loss.position).into_iter().flatten() {
            let keyword = pointer.rsplit('/').next().unwrap_or_default();
            if let Some(limit) = spec.pointer_mut(pointer)
                && limit.is_number()
                && LIMITS.contains(&keyword)
            {
                *limit = Value::String(digits.clone());
            }
        }
    }
    spec
}

/// Rewrites the document in place.
pub(super) fn normalise(spec: &mut Value) {
    for item in children(spec.get_mut("paths")) {
        each(item.get_mut("parameters"), parameter);
        for method in METHODS {
            if let Some(operation) = item.get_mut(method) {
                each(operation.get_mut("parameters"), parameter);
                one(operation.get_mut("requestBody"), body);
                children(operation.get_mut("responses")).for_each(body);
            }
        }
    }
    let Some(components) = spec.get_mut("components") else {
        return;
    };
    children(components.get_mut("schemas")).for_each(schema);
    children(components.get_mut("parameters")).for_each(parameter);
    children(components.get_mut("requestBodies")).for_each(body);
    children(components.get_mut("responses")).for_each(body);
}

fn children(node: Option<&mut Value>) -> impl Iterator<Item = &mut Value> {
    let map = node.and_then(Value::as_object_mut);
    map.into_iter().flat_map(Map::values_mut)
}

fn each(node: Option<&mut Value>, change: fn(&mut Value)) {
    let list = node.and_then(Value::as_array_mut);
    list.into_iter().flatten().for_each(change);
}

fn one(node: Option<&mut Value>, change: fn(&mut Value)) {
    node.into_iter().for_each(change);
}

fn parameter(parameter: &mut Value) {
    one(parameter.get_mut("schema"), schema);
}

/// A request body or a response.
fn body(body: &mut Value) {
    let Some(content) = body.get_mut("content").and_then(Value::as_object_mut) else {
        return;
    };
    for (written, mut media) in std::mem::take(content) {
        one(media.get_mut("schema"), schema);
        let essence = media::essence(&written);
        // The parameters of another media type may tell which of its versions is meant.
        let key = if essence == JSON || essence == FORM {
            essence
        } else {
            written
        };
        content.entry(key).or_insert(media);
    }
}

fn schema(node: &mut Value) {
    let Some(map) = node.as_object_mut() else {
        return;
    };
    let kind = map.get("type").and_then(Value::as_str).unwrap_or_default();
    let is_read = matches!(
        (kind, map.get("format").and_then(Value::as_str)),
        ("string", Some("date-time" | "password")) | ("integer", Some("uint64"))
    );
    if !is_read && !kind.is_empty() {
        map.remove("format");
    }
    if let Some(values) = map.get_mut("enum").and_then(Value::as_array_mut)
        && values.contains(&Value::Null)
    {
        values.retain(|value| !value.is_null());
        if values.is_empty() {
            map.remove("enum");
        }
    }
    children(map.get_mut("properties")).for_each(schema);
    for key in ["items", "additionalProperties"] {
        one(map.get_mut(key), schema);
    }
    for key in ["allOf", "oneOf", "anyOf"] {
        each(map.get_mut(key), schema);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_limit_keeps_digits_that_no_json_number_holds() {
        let text = "components: {schemas: {A: {type: integer, maximum: 99999999999999999999, minimum: 1}}}";
        let document = Document::parse("a.yaml", text).unwrap();
        let schema = &source(&document)["components"]["schemas"]["A"];
        assert_eq!(
            *schema,
            json!({"type": "integer", "maximum": "99999999999999999999", "minimum": 1})
        );
    }

    #[test]
    fn a_schema_loses_formats_and_nulls_that_mean_nothing_to_generation() {
        for (written, expected) in [
            (
                json!({"type": "boolean", "format": "int32"}),
                json!({"type": "boolean"}),
            ),
            (
                json!({"type": "array", "format": "csv", "items": {"type": "object", "format": "x"}}),
                json!({"type": "array", "items": {"type": "object"}}),
            ),
            (
                json!({"type": "string", "format": "password"}),
                json!({"type": "string", "format": "password"}),
            ),
            (
                json!({"type": "string", "enum": ["a", null]}),
                json!({"type": "string", "enum": ["a"]}),
            ),
            (
                json!({"type": "string", "enum": [null]}),
                json!({"type": "string"}),
            ),
            // A property may be called like a keyword.
            (
                json!({"properties": {"format": {"type": "number", "format": "double"}}}),
                json!({"properties": {"format": {"type": "number"}}}),
            ),
        ] {
            let mut spec = json!({"components": {"schemas": {"A": written}}});
            normalise(&mut spec);
            assert_eq!(spec["components"]["schemas"]["A"], expected);
        }
    }

    #[test]
    fn json_and_forms_are_known_with_parameters_and_in_any_case() {
        for (written, key) in [
            ("application/json; charset=utf-8", "application/json"),
            ("Application/JSON ;charset=UTF-8", "application/json"),
            (
                "application/x-www-form-urlencoded;charset=utf-8",
                "application/x-www-form-urlencoded",
            ),
            (
                "application/vnd.api+json; version=1",
                "application/vnd.api+json; version=1",
            ),
        ] {
            let mut spec = json!({"paths": {"/a": {"get": {"responses": {"200": {"content": {written: {}}}}}}}});
            normalise(&mut spec);
            let content = &spec["paths"]["/a"]["get"]["responses"]["200"]["content"];
            assert_eq!(*content, json!({key: {}}));
        }
    }
}
