//! One cause is one finding, however many operations reach it.

use serde_json::{Value, json};

use crate::{all_told, compared, parsed};

/// Thirty operations that each send and read `Cart`, in a list, through a name of its own for every third.
fn thirty(schemas: &Value) -> String {
    let mut paths = json!({});
    for index in 0..30 {
        let schema = match index % 3 {
            0 => json!({"$ref": "#/components/schemas/Cart"}),
            1 => json!({"type": "array", "items": {"$ref": "#/components/schemas/Cart"}}),
            _ => json!({"$ref": "#/components/schemas/Page"}),
        };
        let content = json!({"application/json": {"schema": schema}});
        paths[format!("/carts/{index}")] = json!({"post": {
            "operationId": format!("call{index:02}"),
            "requestBody": {"content": content},
            "responses": {"200": {"description": "ok", "content": content}},
        }});
    }
    let mut document = json!({
        "openapi": "3.0.3",
        "info": {"title": "Shop", "version": "1"},
        "paths": paths,
        "components": {"schemas": {"Page": {
            "type": "object",
            "properties": {"data": {"type": "array", "items": {"$ref": "#/components/schemas/Cart"}}},
        }}},
    });
    for (name, schema) in schemas.as_object().unwrap() {
        document["components"]["schemas"][name] = schema.clone();
    }
    format!("{document:#}")
}

/// Two `Cart`s: what they change to and from.
fn changes() -> Vec<(&'static str, Value, Value)> {
    let line =
        json!({"type": "object", "properties": {"cart": {"$ref": "#/components/schemas/Cart"}}});
    vec![
        (
            "a property of another type",
            json!({"Cart": {"type": "object", "properties": {"id": {"type": "string"}}}}),
            json!({"Cart": {"type": "object", "properties": {"id": {"type": "integer"}}}}),
        ),
        (
            "a required property is new",
            json!({"Cart": {"type": "object", "properties": {"id": {"type": "string"}}}}),
            json!({"Cart": {"type": "object", "required": ["no"], "properties": {"id": {"type": "string"}, "no": {"type": "string"}}}}),
        ),
        (
            "a schema that holds itself",
            json!({"Cart": {"type": "object", "properties": {"id": {"type": "string"}, "parent": {"$ref": "#/components/schemas/Cart"}}}}),
            json!({"Cart": {"type": "object", "properties": {"id": {"type": "integer"}, "parent": {"$ref": "#/components/schemas/Cart"}}}}),
        ),
        (
            "two schemas that hold each other",
            json!({"Line": line, "Cart": {"type": "object", "properties": {"id": {"type": "string"}, "lines": {"type": "array", "items": {"$ref": "#/components/schemas/Line"}}}}}),
            json!({"Line": line, "Cart": {"type": "object", "properties": {"id": {"type": "boolean"}, "lines": {"type": "array", "items": {"$ref": "#/components/schemas/Line"}}}}}),
        ),
        (
            "a part that is merged in",
            json!({"Base": {"type": "object", "properties": {"id": {"type": "string"}}}, "Cart": {"allOf": [{"$ref": "#/components/schemas/Base"}, {"type": "object", "properties": {"note": {"type": "string"}}}]}}),
            json!({"Base": {"type": "object", "properties": {"id": {"type": "boolean"}}}, "Cart": {"allOf": [{"$ref": "#/components/schemas/Base"}, {"type": "object", "properties": {"note": {"type": "string"}}}]}}),
        ),
    ]
}

#[test]
fn a_component_that_thirty_operations_use_is_one_finding() {
    for (name, old, new) in changes() {
        let (old, new) = (thirty(&old), thirty(&new));
        let findings = compared(&parsed("old.json", &old), &parsed("new.json", &new)).findings;
        assert_eq!(findings.len(), 1, "{name}\n    {}", all_told(&findings));
        assert_eq!(findings[0].operations().len(), 30, "{name}");
        for effect in &findings[0].effects {
            assert_eq!(effect.operations.len(), 30, "{name}: {}", effect.rule.id);
        }
        assert_eq!(findings[0].effects.len(), 2, "{name}");
    }
}

#[test]
fn two_causes_in_one_component_are_two_findings() {
    let old = json!({"Cart": {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "string"}}}});
    let new = json!({"Cart": {"type": "object", "properties": {"a": {"type": "integer"}, "b": {"type": "integer"}}}});
    let (old, new) = (
        parsed("old.json", &thirty(&old)),
        parsed("new.json", &thirty(&new)),
    );
    let findings = compared(&old, &new).findings;
    let subjects: Vec<&str> = findings
        .iter()
        .map(|finding| finding.subject.as_str())
        .collect();
    assert_eq!(subjects, ["Cart.a", "Cart.b"]);
}

#[test]
fn inline_copies_of_one_schema_are_causes_of_their_own() {
    let document = |kind: &str| {
        let schema = json!({"type": "object", "properties": {"a": {"type": kind}}});
        let call = |id: &str| json!({"operationId": id, "responses": {"200": {"description": "ok", "content": {"application/json": {"schema": schema}}}}});
        let paths = json!({"/a": {"get": call("a")}, "/b": {"get": call("b")}});
        json!({"openapi": "3.0.3", "info": {"title": "Shop", "version": "1"}, "paths": paths})
            .to_string()
    };
    let (old, new) = (
        parsed("old.json", &document("string")),
        parsed("new.json", &document("integer")),
    );
    let findings = compared(&old, &new).findings;
    let reached: Vec<Vec<&str>> = findings
        .iter()
        .map(|finding| finding.operations())
        .collect();
    assert_eq!(reached, [["a"], ["b"]], "{}", all_told(&findings));
}
