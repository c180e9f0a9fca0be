//! Each pass stops the generation when it finds another number of places than planned.

use serde_json::{Value, json};
use syn::{Item, parse_quote};

use super::{PASSES, module, polish};
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

    let nothing: syn::File = parse_quote!();
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

#[test]
fn an_object_has_a_default_where_each_of_its_properties_may_be_left_out() {
    let text = json!({"type": "string"});
    let named = json!({"type": "object", "required": ["a"], "properties": {"a": text}});
    let mut document = document();
    let schemas = document["components"]["schemas"].as_object_mut().unwrap();
    for (name, schema) in [
        ("Texts", json!({"type": "array", "items": text})),
        ("Map", named.clone()),
        ("Maybe", named.clone()),
        ("Option", named),
        ("Choice", json!({"oneOf": [text, {"type": "integer"}]})),
        ("Free", json!({"type": "object"})),
        ("Empty", json!({"type": "object", "properties": {}})),
        ("Null", json!({"type": "string", "nullable": true})),
        (
            "Values",
            json!({"type": "object", "additionalProperties": text}),
        ),
    ] {
        schemas.insert(name.to_owned(), schema);
    }
    let mut properties = vec![
        json!({"type": "object"}),
        json!({"type": "object", "format": "x"}),
        json!({"type": "object", "properties": {}}),
        json!({"type": "object", "additionalProperties": {"type": "integer"}}),
        json!({"type": "object", "nullable": true}),
        json!({"type": "array", "items": {}, "default": []}),
        json!({"type": "string", "default": "a"}),
        json!({"type": "boolean", "default": true}),
        json!({"type": "integer", "default": 1, "nullable": true}),
        json!({"type": "number", "default": 0}),
        json!({}),
    ];
    for name in schemas.keys() {
        let reference = json!({"$ref": format!("#/components/schemas/{name}")});
        properties.push(reference.clone());
        properties.push(json!({"nullable": true, "allOf": [reference]}));
    }
    let mut cases = Vec::new();
    for property in &properties {
        let object = json!({"type": "object", "properties": {"a": property, "b-c": property}});
        for rest in [None, Some(json!({})), Some(json!({"type": "integer"}))] {
            for (required, has_default) in [
                (None, true),
                (Some(json!([])), true),
                (Some(json!(["a"])), false),
                (Some(json!(["a", "b-c"])), false),
            ] {
                let mut object = object.clone();
                for (key, value) in [("required", &required), ("additionalProperties", &rest)] {
                    if let Some(value) = value {
                        object[key] = value.clone();
                    }
                }
                let name = format!("Case{}", cases.len());
                schemas.insert(name.clone(), object.clone());
                cases.push((name, object, has_default));
            }
        }
    }
    // A caller sends each of them: of what is only received every property may be left out.
    let all: serde_json::Map<String, Value> = cases
        .iter()
        .map(|(name, ..)| {
            let reference = json!({"$ref": format!("#/components/schemas/{name}")});
            (name.to_lowercase(), reference)
        })
        .collect();
    schemas.insert(
        "New".to_owned(),
        json!({"type": "object", "properties": all}),
    );

    let Lowered { spec, plan } = lower(&document).unwrap();
    let mut file = polish(emit::emit(&spec, &plan).unwrap(), &plan).unwrap();
    let types = module(&mut file, &["types"]).unwrap();
    let derive: syn::Attribute = parse_quote!(#[derive(Default)]);
    for (name, object, has_default) in cases {
        let found = types.iter().find_map(|item| match item {
            Item::Struct(structure) if structure.ident == name => Some(structure),
            _ => None,
        });
        let derives = found.unwrap().attrs.contains(&derive);
        assert_eq!(derives, has_default, "{object}");
    }
}

#[test]
fn an_object_that_holds_itself_leaves_out_what_is_not_set() {
    for edit in ["New", "Cart"] {
        let mut document = document();
        let reference = json!({"$ref": format!("#/components/schemas/{edit}")});
        let schemas = &mut document["components"]["schemas"];
        schemas[edit]["properties"]["other"] = json!({"$ref": "#/components/schemas/Other"});
        schemas["Other"] = json!({"type": "object", "properties": {"back": reference}});
        schemas[edit]["properties"]["own"] =
            json!({"description": "Its own.", "allOf": [reference]});

        let Lowered { spec, plan } = lower(&document).unwrap();
        let file = polish(emit::emit(&spec, &plan).unwrap(), &plan).unwrap();
        let source = crate::format::plain(&file);
        for (field, ty) in [("other", "Other"), ("back", edit), ("own", edit)] {
            let absent = "skip_serializing_if = \"::std::option::Option::is_none\"";
            let declared = format!("pub {field}: ::std::option::Option<::std::boxed::Box<{ty}>>,");
            let at = source
                .find(&declared)
                .unwrap_or_else(|| panic!("{declared} in\n{source}"));
            assert!(
                source[..at].ends_with(&format!("{absent})]\n        ")),
                "{declared}"
            );
        }
        assert!(source.contains("/// Its own."), "{source}");
    }
}
