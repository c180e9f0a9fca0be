//! Each pass stops the generation when it finds another number of places than planned.

use serde_json::{Value, json};

use super::{PASSES, polish};
use crate::emit;
use crate::lower::{Lowered, lower};

/// A document with a place for every pass.
fn document() -> Value {
    let cart = json!({"$ref": "#/components/schemas/Cart"});
    let answer = json!({"description": "", "content": {"application/json": {"schema": cart}}});
    json!({
        "openapi": "3.0.3",
        "info": {"title": "A shop", "version": "1"},
        "servers": [{"url": "https://shop.example"}],
        "paths": {"/carts": {
            "get": {
                "operationId": "listCarts",
                "x-retry": "safe",
                "deprecated": true,
                "x-paging": {"items": "lines", "page": "page"},
                "parameters": [
                    {"name": "url", "in": "query", "schema": {"type": "string"}},
                    {"name": "url", "in": "header", "schema": {"type": "string"}},
                    {"name": "page", "in": "query", "schema": {"type": "integer"}},
                    {"name": "ids", "in": "query", "explode": false, "schema": {"type": "array", "items": {"type": "string"}}},
                ],
                "responses": {"200": answer, "202": {"description": ""}, "404": answer},
            },
            "put": {
                "operationId": "renewCarts",
                "x-retry": "safe",
                "responses": {"200": {"description": "", "content": {"application/json": {"schema": {"type": "integer"}}}}},
            },
            "post": {
                "operationId": "createCart",
                "x-retry": "unsafe",
                "requestBody": {"content": {"application/vnd.shop+json": {"schema": {"$ref": "#/components/schemas/New"}}}},
                "responses": {"2XX": {"description": ""}, "4XX": answer},
            },
        }},
        "components": {"schemas": {
            "New": {"type": "object", "properties": {"a": {"type": "string"}}},
            "Cart": {"type": "object", "properties": {
                "a-b": {"type": "string"},
                "a_b": {"type": "string", "deprecated": true},
                "count": {"type": "integer"},
                "note": {"type": "string", "nullable": true},
                "state": {"$ref": "#/components/schemas/State"},
                "price": {"$ref": "#/components/schemas/Price"},
                "lines": {"type": "array", "items": {"type": "string"}},
            }},
            "State": {"type": "string", "enum": ["open", "Open"]},
            "Price": {"oneOf": [{"type": "string"}, {"type": "integer"}]},
        }},
    })
}

#[test]
fn every_pass_finds_its_places_and_stops_the_generation_where_it_does_not() {
    let Lowered { spec, plan } = lower(&document()).unwrap();
    polish(emit::emit(&spec, &plan).unwrap(), &plan).unwrap();

    let nothing: syn::File = syn::parse_quote!();
    for pass in PASSES {
        let planned = (pass.planned)(&plan);
        assert!(planned > 0, "the document has no place for `{}`", pass.name);
        let error = pass.apply(&mut nothing.clone(), &plan).unwrap_err();
        let says = format!(
            "the polish pass `{}` was planned for {planned} places and found 0",
            pass.name
        );
        assert!(error.starts_with(&says), "{error}");
    }
}

#[test]
fn a_place_that_nobody_planned_stops_the_generation() {
    let Lowered { spec, mut plan } = lower(&document()).unwrap();
    plan.integer_fields -= 1;
    let error = polish(emit::emit(&spec, &plan).unwrap(), &plan).unwrap_err();
    assert!(
        error.contains("`integer fields` was planned for 0 places and found 1"),
        "{error}"
    );
}
