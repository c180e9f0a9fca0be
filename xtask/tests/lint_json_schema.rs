//! The translation of a spec's schemas to JSON Schema, by what the result takes and refuses.

use serde_json::{Value, json};
use xtask::lint::json_schema::{json_schema, mismatches, strict_json_schema};
use xtask::load::Document;

const COMPONENTS: &str = r"
components:
  schemas:
    Id: {type: string, nullable: true}
    Note: {type: string}
    Colour: {type: string, nullable: true, enum: [red, green, null]}
    Shade: {type: string, nullable: true, enum: [dark]}
    Base: {type: object, required: [id], properties: {id: {$ref: '#/components/schemas/Note'}}}
    Part: {type: object, properties: {size: {type: integer}, base: {nullable: true, allOf: [{$ref: '#/components/schemas/Base'}]}}}
    Merged: {allOf: [{$ref: '#/components/schemas/Base'}, {$ref: '#/components/schemas/Part'}]}
    Free: {type: object}
    Sale: {type: object, required: [kind], properties: {kind: {type: string}, price: {type: number}}}
    Gift: {type: object, required: [kind, to], properties: {kind: {type: string}, to: {type: string}}}
    Line:
      nullable: true
      oneOf: [{$ref: '#/components/schemas/Gift'}, {$ref: '#/components/schemas/Sale'}, {type: string}]
      x-variant-keys: {Gift: {kind: gift}, Sale: kind}
";

/// The translation of `schema`, written among the components.
fn translate(schema: &str, strict: bool) -> Value {
    let text = format!("{COMPONENTS}    Schema: {schema}\n");
    let json = Document::parse("spec.yaml", &text).unwrap().to_json();
    let translation = if strict {
        strict_json_schema
    } else {
        json_schema
    };
    translation(&json, "/components/schemas/Schema")
}

fn told(schema: &str, strict: bool, payload: &Value) -> Vec<String> {
    let list = mismatches(&translate(schema, strict), payload).unwrap();
    list.into_iter()
        .map(|one| format!("{}: {}", one.path, one.message))
        .collect()
}

#[test]
fn a_translated_schema_takes_what_the_openapi_schema_takes() {
    let line = "{$ref: '#/components/schemas/Line'}";
    let merged = "{$ref: '#/components/schemas/Merged'}";
    for (schema, takes, refuses) in [
        ("{type: string}", json!("a"), json!(null)),
        ("{type: string, nullable: true}", json!(null), json!(1)),
        ("{$ref: '#/components/schemas/Id'}", json!(null), json!(1)),
        // What stands beside a reference doesn't count.
        (
            "{$ref: '#/components/schemas/Note', nullable: true}",
            json!("a"),
            json!(null),
        ),
        (
            "{nullable: true, allOf: [{$ref: '#/components/schemas/Note'}]}",
            json!(null),
            json!(1),
        ),
        (
            "{$ref: '#/components/schemas/Colour'}",
            json!(null),
            json!("blue"),
        ),
        // Null has to be one of the values as well.
        (
            "{$ref: '#/components/schemas/Shade'}",
            json!("dark"),
            json!(null),
        ),
        ("{type: integer, minimum: 1}", json!(1), json!(0)),
        (
            "{type: integer, minimum: 1, exclusiveMinimum: true}",
            json!(2),
            json!(1),
        ),
        (
            "{type: number, maximum: 1, exclusiveMaximum: false}",
            json!(1),
            json!(1.5),
        ),
        (
            "{type: string, format: date-time}",
            json!("Tuesday"),
            json!(2),
        ),
        (
            "{type: array, items: {$ref: '#/components/schemas/Id'}}",
            json!([null, "a"]),
            json!([1]),
        ),
        (
            "{type: object, additionalProperties: {type: number}}",
            json!({"a": 1}),
            json!({"a": "1"}),
        ),
        (
            merged,
            json!({"id": "a", "size": 1, "base": null, "more": 1}),
            json!({"size": 1}),
        ),
        (
            line,
            json!({"kind": "gift", "to": "Ann"}),
            json!({"kind": "gift", "price": 5}),
        ),
        (
            line,
            json!({"kind": "sale", "price": 5}),
            json!({"kind": "sale", "price": "5"}),
        ),
        (line, json!("text"), json!({"price": 5})),
        (line, json!(null), json!(7)),
    ] {
        assert_eq!(told(schema, false, &takes), [""; 0], "{schema}");
        assert_ne!(told(schema, false, &refuses), [""; 0], "{schema}");
    }
}

#[test]
fn a_strict_schema_refuses_undeclared_properties_wherever_an_object_declares_some() {
    let merged = "{$ref: '#/components/schemas/Merged'}";
    let line = "{$ref: '#/components/schemas/Line'}";
    for (schema, payload) in [
        ("{type: object, properties: {a: {}}}", json!({"b": 1})),
        (merged, json!({"id": "a", "more": 1})),
        (merged, json!({"id": "a", "base": {"id": "b", "more": 1}})),
        (line, json!({"kind": "sale", "to": "Ann"})),
        (
            "{type: array, items: {$ref: '#/components/schemas/Base'}}",
            json!([{"id": "a", "more": 1}]),
        ),
        (
            "{type: object, additionalProperties: {$ref: '#/components/schemas/Base'}}",
            json!({"x": {"id": "a", "more": 1}}),
        ),
    ] {
        assert_eq!(told(schema, false, &payload), [""; 0], "{schema}");
        assert_ne!(told(schema, true, &payload), [""; 0], "{schema}");
    }
}

#[test]
fn a_strict_schema_takes_declared_properties_and_leaves_maps_and_free_objects_open() {
    let merged = "{$ref: '#/components/schemas/Merged'}";
    for (schema, payload) in [
        (merged, json!({"id": "a", "size": 1, "base": {"id": "b"}})),
        (
            "{$ref: '#/components/schemas/Line'}",
            json!({"kind": "gift", "to": "Ann"}),
        ),
        (
            "{$ref: '#/components/schemas/Free'}",
            json!({"a": {"b": 1}}),
        ),
        ("{}", json!({"a": {"b": 1}})),
        (
            "{type: object, properties: {free: {}}}",
            json!({"free": {"b": 1}}),
        ),
        (
            "{type: object, additionalProperties: {}}",
            json!({"a": {"b": 1}}),
        ),
        (
            "{type: object, properties: {a: {}}, additionalProperties: true}",
            json!({"b": 1}),
        ),
        ("{oneOf: [{type: object}, {type: string}]}", json!({"b": 1})),
    ] {
        assert_eq!(told(schema, true, &payload), [""; 0], "{schema}");
    }
}

#[test]
fn a_mismatch_says_where_and_names_the_branch_that_was_meant() {
    let line = "{$ref: '#/components/schemas/Line'}";
    let merged = "{$ref: '#/components/schemas/Merged'}";
    for (schema, strict, payload, expected) in [
        (
            merged,
            false,
            json!({"id": 7}),
            vec![r#"/id: 7 is not of type "string""#],
        ),
        (
            merged,
            false,
            json!({"id": "a", "base": {}}),
            vec![r#"/base: "id" is a required property"#],
        ),
        (
            line,
            false,
            json!({"kind": "gift"}),
            vec![r#": "to" is a required property"#],
        ),
        (
            line,
            false,
            json!({"kind": "sale", "price": true}),
            vec![r#"/price: true is not of type "number""#],
        ),
        (
            line,
            false,
            json!({"price": 1}),
            vec![
                r#": {"price":1} is not valid under any of the schemas listed in the 'oneOf' keyword"#,
            ],
        ),
        // A wrong value is told once, and not as an undeclared property too.
        (
            merged,
            true,
            json!({"id": 7}),
            vec![r#"/id: 7 is not of type "string""#],
        ),
        (
            merged,
            true,
            json!({"id": "a", "base": {"id": "b", "x": 1}}),
            vec!["/base: Unevaluated properties are not allowed ('x' was unexpected)"],
        ),
    ] {
        assert_eq!(
            told(schema, strict, &payload),
            expected,
            "{schema} {payload}"
        );
    }
}

#[test]
fn a_pointer_that_leads_nowhere_gives_a_schema_that_takes_nothing() {
    let schema = json_schema(&json!({}), "/components/schemas/Cart");
    assert!(!mismatches(&schema, &json!({})).unwrap().is_empty());
}

#[test]
fn a_malformed_schema_is_an_error() {
    assert!(mismatches(&json!({"type": "text"}), &json!(1)).is_err());
    assert!(mismatches(&json!({"$ref": "#/components/schemas/A"}), &json!(1)).is_err());
}

#[test]
fn only_the_components_that_a_schema_reaches_travel_along() {
    let schema = translate("{$ref: '#/components/schemas/Merged'}", false);
    let components = schema["components"]["schemas"].as_object().unwrap();
    let names: Vec<&String> = components.keys().collect();
    assert_eq!(names, ["Base", "Merged", "Note", "Part"]);
}
