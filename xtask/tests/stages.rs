//! The stages on their own: what lowering writes down, and that a polish pass which finds another number of places than planned stops the generation.

use serde_json::{Value, json};
use xtask::lower::{Lowered, lower};
use xtask::plan::{Kind, Test};
use xtask::{emit, polish};

/// A spec with one operation that answers a cart, and these components.
fn spec(operation: Value, schemas: Value) -> Value {
    let mut get = json!({
        "operationId": "getCart",
        "x-retry": "safe",
        "responses": {"200": {"description": "", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Cart"}}}}},
    });
    get.as_object_mut()
        .unwrap()
        .extend(operation.as_object().unwrap().clone());
    json!({
        "openapi": "3.0.3",
        "info": {"title": "A shop", "version": "1"},
        "servers": [{"url": "https://shop.example/{account}/", "variables": {"account": {"default": "x", "description": "The account."}}}],
        "paths": {"/cart": {"get": get}},
        "components": {"schemas": schemas},
    })
}

fn cart(properties: Value) -> Lowered {
    lower(&spec(
        json!({}),
        json!({"Cart": {"type": "object", "required": ["a"], "properties": properties}}),
    ))
    .unwrap()
}

#[test]
fn each_schema_is_lowered_to_what_progenitor_takes() {
    let decimal = json!({"allOf": [{"$ref": "#/components/schemas/Decimal"}]});
    let nullable = |inner: Value| json!({"x-rust-type": {"crate": "cartwright-runtime", "version": "*", "path": "cartwright_runtime::Nullable", "parameters": [inner]}});
    for (written, lowered) in [
        (json!({"type": "number", "format": "double"}), decimal),
        (
            json!({"type": "string", "format": "date-time"}),
            json!({"allOf": [{"$ref": "#/components/schemas/Timestamp"}]}),
        ),
        (
            json!({"type": "string", "format": "uuid", "title": "Id", "default": "x"}),
            json!({"type": "string", "description": "Documented default: `\"x\"`."}),
        ),
        (
            json!({"type": "string", "maxLength": 3}),
            json!({"type": "string", "description": "Documented limits: at most 3 characters."}),
        ),
        (
            json!({"type": "integer", "nullable": true}),
            nullable(json!({"type": "integer"})),
        ),
        // A narrower type would refuse a value that the vendor sends all the same.
        (
            json!({"type": "integer", "format": "int32"}),
            json!({"type": "integer"}),
        ),
        (
            json!({"nullable": true, "allOf": [{"$ref": "#/components/schemas/Line"}]}),
            nullable(json!({"$ref": "#/components/schemas/Line"})),
        ),
        // typify doesn't see that a cart would hold itself.
        (
            json!({"nullable": true, "allOf": [{"$ref": "#/components/schemas/Cart"}]}),
            nullable(
                json!({"x-rust-type": {"crate": "std", "version": "*", "path": "std::boxed::Box", "parameters": [{"$ref": "#/components/schemas/Cart"}]}}),
            ),
        ),
        (json!({}), nullable(json!({}))),
        // An empty list is kept apart from none.
        (
            json!({"type": "array", "items": {"type": "string"}}),
            json!({"type": "array", "items": {"type": "string"}, "nullable": true}),
        ),
        (
            json!({"type": "object", "additionalProperties": {"type": "integer"}}),
            json!({"type": "object", "additionalProperties": {"type": "integer"}, "nullable": true}),
        ),
    ] {
        let spec = cart(json!({"a": written})).spec;
        assert_eq!(
            spec["components"]["schemas"]["Cart"]["properties"]["a"], lowered,
            "{written}"
        );
    }
}

#[test]
fn a_received_object_is_opened_and_nothing_in_it_is_required() {
    let spec = cart(json!({"a": {"type": "string"}})).spec;
    let cart = &spec["components"]["schemas"]["Cart"];
    assert_eq!(
        (&cart["additionalProperties"], cart.get("required")),
        (&json!({}), None)
    );
}

#[test]
fn a_sent_object_keeps_what_is_required() {
    let body = json!({"requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/New"}}}}});
    let new = json!({"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}, "extra": {"type": "string"}}});
    let Lowered { spec, plan } =
        lower(&spec(body, json!({"Cart": {"type": "object"}, "New": new}))).unwrap();
    assert_eq!(
        spec["components"]["schemas"]["New"]["required"],
        json!(["a"])
    );
    assert!(plan.sent.contains("New") && !plan.sent.contains("Cart"));
    let key = ("New".to_owned(), "extra_field".to_owned());
    assert_eq!(
        plan.renamed_fields.get(&key).map(String::as_str),
        Some("extra"),
        "`extra` is the name of the kept-unknown map"
    );
    assert!(plan.operations[0].optional_body);
}

#[test]
fn what_is_taken_out_of_the_spec_is_in_the_plan() {
    let operation = json!({
        "x-cart-operation": ["get"],
        "security": [{"A": [], "B": []}, {"C": []}],
        "parameters": [{"name": "include", "in": "query", "explode": false, "schema": {"type": "array", "items": {"type": "string"}}}],
        "responses": {
            "200": {"description": "", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Cart"}}}},
            "204": {"description": ""},
            "default": {"description": ""},
            "4XX": {"description": "", "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/problem_body"}}}},
            "404": {"description": ""},
        },
    });
    let Lowered { spec, plan } = lower(&spec(
        operation,
        json!({"Cart": {"type": "object"}, "problem_body": {"type": "object"}}),
    ))
    .unwrap();
    let operation = &plan.operations[0];
    let errors: Vec<_> = operation
        .errors
        .iter()
        .map(|case| (case.variant(), case.body.as_deref()))
        .collect();
    assert_eq!(
        errors,
        [
            ("Status404".into(), None),
            ("Status4xx".into(), Some("ProblemBody")),
            ("Default".into(), None)
        ]
    );
    assert_eq!(operation.security, [vec!["A", "B"], vec!["C"]]);
    assert!(operation.joined.contains("include") && operation.retry_safe);
    assert_eq!(plan.server.url, "https://shop.example/{account}");
    let responses = &spec["paths"]["/cart"]["get"]["responses"];
    let body = &responses["2XX"]["content"]["application/json"]["schema"];
    assert_eq!(
        (responses.as_object().unwrap().len(), &body["nullable"]),
        (1, &json!(true))
    );
}

#[test]
fn a_union_is_tried_by_its_keys_then_by_json_type() {
    let union = json!({
        "oneOf": [{"type": "number"}, {"$ref": "#/components/schemas/B"}, {"type": "integer"}, {"$ref": "#/components/schemas/A"}],
        "x-variant-keys": {"B": {"kind": "b"}, "A": "a"},
    });
    let object = json!({"type": "object", "properties": {"a": {"type": "string"}}});
    let plan = lower(&spec(
        json!({}),
        json!({"Cart": union, "A": object, "B": object}),
    ))
    .unwrap()
    .plan;
    let tests: Vec<_> = plan.unions[0]
        .branches
        .iter()
        .map(|branch| branch.test.clone())
        .collect();
    let expected = [
        Test::KeyEquals("kind".into(), "b".into()),
        Test::HasKey("a".into()),
        Test::Kinds(vec![Kind::Integer]),
        Test::Kinds(vec![Kind::Number]),
    ];
    assert_eq!(tests, expected);
}

#[test]
fn all_of_several_objects_becomes_one() {
    let schemas = json!({
        "Base": {"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}},
        "Cart": {"allOf": [{"$ref": "#/components/schemas/Base"}, {"type": "object", "properties": {"b": {"type": "string"}}}]},
    });
    let spec = lower(&spec(json!({}), schemas)).unwrap().spec;
    let properties = spec["components"]["schemas"]["Cart"]["properties"]
        .as_object()
        .unwrap();
    assert_eq!(properties.keys().collect::<Vec<_>>(), ["a", "b"]);
}

#[test]
fn a_pass_that_finds_another_number_of_places_stops_the_generation() {
    let Lowered { spec, mut plan } = cart(json!({"a": {"type": "integer", "nullable": true}}));
    assert!(polish::polish(emit::emit(&spec, &plan).unwrap(), &plan).is_ok());
    plan.three_state += 1;
    let error = polish::polish(emit::emit(&spec, &plan).unwrap(), &plan).unwrap_err();
    assert!(
        error.starts_with(
            "the polish pass `three-state fields` was planned for 2 places and found 1"
        ),
        "{error}"
    );
}

#[test]
fn a_spec_that_progenitor_refuses_is_an_error_in_its_words() {
    let error = emit::emit_stock(
        &json!({"openapi": "3.1.0", "info": {"title": "", "version": ""}, "paths": {}}),
    )
    .unwrap_err();
    assert!(error.starts_with("progenitor refused the spec"), "{error}");
}
