//! Documents that are no OpenAPI 3.0, or are at the edge of it.

use std::fmt::Write;

use super::{SOUND, bounded, review};
use crate::all_told;

/// A case's name; what of the sound document is replaced by what; the line of the complaint, and a word of it.
type Broken = (
    &'static str,
    &'static str,
    &'static str,
    usize,
    &'static str,
);

const BROKEN: &[Broken] = &[
    ("OpenAPI 3.1", "openapi: 3.0.3", "openapi: 3.1.0", 1, "3.1"),
    (
        "OpenAPI 3.2",
        "openapi: 3.0.3",
        "openapi: '3.2.0'",
        1,
        "3.2",
    ),
    ("OpenAPI 4", "openapi: 3.0.3", "openapi: 4.0.0", 1, "4.0.0"),
    ("Swagger 2.0", "openapi: 3.0.3", "swagger: '2.0'", 1, "2.0"),
    ("no version", "openapi: 3.0.3\n", "", 1, "openapi"),
    ("no paths", "\npaths:", "\nx-paths:", 1, "paths"),
    (
        "paths that are a list",
        "paths:\n  /carts/{id}:",
        "paths: []\nx:\n  /carts/{id}:",
        5,
        "paths",
    ),
    (
        "a path that is text",
        "  /carts/{id}:\n",
        "  /lines: none\n  /carts/{id}:\n",
        6,
        "/lines",
    ),
    (
        "an operation that is text",
        "    post:\n      operationId",
        "    put: none\n    post:\n      operationId",
        17,
        "put",
    ),
    (
        "an operation that is a list",
        "    post:\n      operationId",
        "    put: [none]\n    post:\n      operationId",
        17,
        "put",
    ),
    (
        "parameters that are a mapping",
        "      operationId: addLine",
        "      parameters: {a: b}",
        18,
        "parameters",
    ),
    (
        "a parameter that is text",
        "      operationId: addLine",
        "      parameters: [a]",
        18,
        "parameter",
    ),
    (
        "responses that are a list",
        "responses: {204: {description: ok}}",
        "responses: [204]",
        21,
        "responses",
    ),
    (
        "a response that is text",
        "responses: {204: {description: ok}}",
        "responses: {204: ok}",
        21,
        "204",
    ),
    (
        "a body that is text",
        "      requestBody:\n        content: {application/json: {schema: {$ref: '#/components/schemas/Line'}}}",
        "      requestBody: none",
        19,
        "requestBody",
    ),
    (
        "content that is a list",
        "content: {application/json: {schema: {$ref: '#/components/schemas/Line'}}}",
        "content: [application/json]",
        20,
        "content",
    ),
    (
        "a media type that is text",
        "content: {application/json: {schema: {$ref: '#/components/schemas/Line'}}}",
        "content: {application/json: text}",
        20,
        "application/json",
    ),
    (
        "a schema that is text",
        "{schema: {$ref: '#/components/schemas/Line'}}",
        "{schema: Line}",
        20,
        "schema",
    ),
    (
        "headers that are a list",
        "headers: {ETag: {schema: {type: string}}}",
        "headers: [ETag]",
        15,
        "headers",
    ),
    (
        "a header that is text",
        "headers: {ETag: {schema: {type: string}}}",
        "headers: {ETag: text}",
        15,
        "ETag",
    ),
    (
        "servers that are a mapping",
        "servers: [{url: 'https://api.example.com/v1'}]",
        "servers: {url: x}",
        3,
        "servers",
    ),
    (
        "a server that is text",
        "servers: [{url: 'https://api.example.com/v1'}]",
        "servers: [x]",
        3,
        "server",
    ),
    (
        "security that is a mapping",
        "security: [{key: []}]",
        "security: {key: []}",
        4,
        "security",
    ),
    (
        "a requirement that is text",
        "security: [{key: []}]",
        "security: [key]",
        4,
        "security",
    ),
    (
        "a scheme that is text",
        "securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}",
        "securitySchemes: {key: apiKey}",
        23,
        "key",
    ),
    (
        "properties that are a list",
        "      properties:\n        id: {type: string}",
        "      properties: []\n      x-properties:\n        id: {type: string}",
        28,
        "properties",
    ),
    (
        "a property that is text",
        "id: {type: string}",
        "id: string",
        29,
        "schema",
    ),
    (
        "required that is text",
        "required: [id]",
        "required: id",
        27,
        "required",
    ),
    (
        "a type that is a list",
        "id: {type: string}",
        "id: {type: [string, 'null']}",
        29,
        "type",
    ),
    (
        "allOf that is a mapping",
        "      allOf:\n        - {type: object, properties: {sku: {type: string, maxLength: 40}}}\n        - {type: object, additionalProperties: {type: string}}",
        "      allOf: {type: object}",
        35,
        "allOf",
    ),
    (
        "oneOf that is a mapping",
        "oneOf: [{type: string}, {$ref: '#/components/schemas/Line'}]",
        "oneOf: {type: string}",
        33,
        "oneOf",
    ),
    (
        "items that are a list",
        "items: {$ref: '#/components/schemas/Line'}",
        "items: [{type: string}]",
        30,
        "schema",
    ),
    (
        "an enum that is text",
        "enum: [open, closed]",
        "enum: open",
        31,
        "enum",
    ),
    (
        "a length that is text",
        "maxLength: 40",
        "maxLength: many",
        36,
        "maxLength",
    ),
    (
        "a reference out of the document",
        "parent: {$ref: '#/components/schemas/Cart'}",
        "parent: {$ref: 'cart.yaml#/Cart'}",
        32,
        "cart.yaml",
    ),
    (
        "a reference to the network",
        "parent: {$ref: '#/components/schemas/Cart'}",
        "parent: {$ref: 'https://example.com/cart.yaml'}",
        32,
        "example.com",
    ),
    (
        "a reference to nowhere",
        "parent: {$ref: '#/components/schemas/Cart'}",
        "parent: {$ref: '#/components/schemas/Basket'}",
        32,
        "Basket",
    ),
    (
        "a reference that is a number",
        "parent: {$ref: '#/components/schemas/Cart'}",
        "parent: {$ref: 7}",
        32,
        "$ref",
    ),
    (
        "a schema that is itself",
        "parent: {$ref: '#/components/schemas/Cart'}",
        "parent: {$ref: '#/components/schemas/Cart/properties/parent'}",
        32,
        "itself",
    ),
    (
        "schemas that are each other",
        "id: {type: string}\n        lines: {type: array, items: {$ref: '#/components/schemas/Line'}}",
        "id: {$ref: '#/components/schemas/Cart/properties/lines'}\n        lines: {$ref: '#/components/schemas/Cart/properties/id'}",
        29,
        "itself",
    ),
    (
        "components that are a list",
        "components:\n  securitySchemes",
        "components: []\nx-components:\n  securitySchemes",
        22,
        "components",
    ),
    (
        "schemas that are a list",
        "  schemas:\n    Cart:",
        "  schemas: []\n  x-schemas:\n    Cart:",
        24,
        "schemas",
    ),
    (
        "a key twice",
        "      operationId: addLine",
        "      operationId: addLine\n      operationId: addLine",
        19,
        "operationId",
    ),
    (
        "a text that isn't closed",
        "title: Shop",
        "title: \"Shop",
        2,
        "",
    ),
];

#[test]
fn what_cannot_be_reviewed_says_where_and_how_to_mend_it() {
    let mut wrong = Vec::new();
    for (name, from, to, line, word) in BROKEN {
        assert_eq!(SOUND.matches(from).count(), 1, "{name}: {from}");
        let broken = SOUND.replace(from, to);
        for (file, old, new) in [("new.yaml", SOUND, &*broken), ("old.yaml", &*broken, SOUND)] {
            match bounded(name, old.to_owned(), new.to_owned()) {
                Ok(comparison) => wrong.push(format!(
                    "{name}, {file}: no error\n    {}",
                    all_told(&comparison.findings)
                )),
                Err(error) => {
                    let at = error.position.map_or(0, |position| position.line);
                    let right = error.file == file
                        && at == *line
                        && error.to_string().contains(word)
                        && !error.mend.is_empty();
                    if !right {
                        wrong.push(format!(
                            "{name}, {file}: expected line {line} and `{word}`, got {error}"
                        ));
                    }
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{}\n{} wrong",
        wrong.join("\n"),
        wrong.len()
    );
}

#[test]
fn a_root_of_any_kind_is_refused_or_reviewed() {
    for text in [
        "",
        "7",
        "null",
        "text",
        "[]",
        "{}",
        "[[[]]]",
        "openapi: 3.0.3",
        "openapi: 3.0.3\npaths: null",
        "openapi:\npaths: {}",
    ] {
        for (old, new) in [(text, SOUND), (SOUND, text), (text, text)] {
            let error = review(old.as_bytes(), new.as_bytes()).err();
            let error = error.unwrap_or_else(|| panic!("{text} was reviewed"));
            assert!(
                error.position.is_some() && !error.mend.is_empty(),
                "{error}"
            );
        }
    }
}

#[test]
fn a_document_cut_anywhere_is_refused_or_reviewed() {
    for cut in 0..SOUND.len() {
        let (whole, short) = (SOUND.as_bytes(), &SOUND.as_bytes()[..cut]);
        let _ = match cut % 2 {
            0 => review(short, whole),
            _ => review(whole, short),
        };
    }
}

/// Legal, and a trap for whoever follows references: a case's name, and the schemas beside `Cart`.
fn knots() -> Vec<(&'static str, String)> {
    let chain = |count: usize, link: fn(usize) -> String| -> String {
        let mut text = String::from("Cart: {$ref: '#/components/schemas/S0'}\n");
        for index in 0..count {
            writeln!(text, "S{index}: {}", link(index + 1)).unwrap();
        }
        writeln!(
            text,
            "S{count}: {{type: object, properties: {{end: {{type: string}}}}}}"
        )
        .unwrap();
        text
    };
    vec![
        ("a list of itself", "Cart: {type: array, items: {$ref: '#/components/schemas/Cart'}}".to_owned()),
        ("a map of itself", "Cart: {type: object, additionalProperties: {$ref: '#/components/schemas/Cart'}}".to_owned()),
        ("merges itself", "Cart: {allOf: [{$ref: '#/components/schemas/Cart'}, {type: object, properties: {end: {type: string}}}]}".to_owned()),
        ("merges nothing but itself", "Cart: {allOf: [{$ref: '#/components/schemas/Cart'}]}".to_owned()),
        ("is one of itself", "Cart: {oneOf: [{$ref: '#/components/schemas/Cart'}]}".to_owned()),
        ("is any of itself and text", "Cart: {anyOf: [{type: string}, {$ref: '#/components/schemas/Cart'}]}".to_owned()),
        ("is not itself", "Cart: {not: {$ref: '#/components/schemas/Cart'}}".to_owned()),
        ("two that merge each other", "Cart: {allOf: [{$ref: '#/components/schemas/B'}]}\nB: {allOf: [{$ref: '#/components/schemas/Cart'}]}".to_owned()),
        ("two that are one of each other", "Cart: {oneOf: [{$ref: '#/components/schemas/B'}, {type: string}]}\nB: {oneOf: [{$ref: '#/components/schemas/Cart'}, {type: integer}]}".to_owned()),
        ("a list of one of a merge of itself", "Cart: {type: array, items: {oneOf: [{allOf: [{$ref: '#/components/schemas/Cart'}]}]}}".to_owned()),
        ("a reference into itself", "Cart: {type: object, properties: {a: {type: object, properties: {b: {$ref: '#/components/schemas/Cart/properties/a'}}}}}".to_owned()),
        ("1,500 properties deep", chain(1_500, |next| format!("{{type: object, properties: {{next: {{$ref: '#/components/schemas/S{next}'}}}}}}"))),
        ("1,500 lists deep", chain(1_500, |next| format!("{{type: array, items: {{$ref: '#/components/schemas/S{next}'}}}}"))),
        ("1,500 references deep", chain(1_500, |next| format!("{{$ref: '#/components/schemas/S{next}'}}"))),
        ("1,500 merges deep", chain(1_500, |next| format!("{{allOf: [{{$ref: '#/components/schemas/S{next}'}}]}}"))),
        ("1,500 unions deep", chain(1_500, |next| format!("{{oneOf: [{{type: string}}, {{$ref: '#/components/schemas/S{next}'}}]}}"))),
        ("1,500 unions of one deep", chain(1_500, |next| format!("{{oneOf: [{{$ref: '#/components/schemas/S{next}'}}]}}"))),
        ("two ways at each of 60 objects", chain(60, |next| format!("{{type: object, properties: {{a: {{$ref: '#/components/schemas/S{next}'}}, b: {{$ref: '#/components/schemas/S{next}'}}}}}}"))),
        ("two ways at each of 60 merges", chain(60, |next| format!("{{allOf: [{{$ref: '#/components/schemas/S{next}'}}, {{$ref: '#/components/schemas/S{next}'}}]}}"))),
        ("two ways at each of 60 unions", chain(60, |next| format!("{{oneOf: [{{$ref: '#/components/schemas/S{next}'}}, {{type: array, items: {{$ref: '#/components/schemas/S{next}'}}}}]}}"))),
        ("two inline ways at each of 60 unions", chain(60, |next| format!("{{oneOf: [{{type: object, properties: {{a: {{$ref: '#/components/schemas/S{next}'}}}}}}, {{type: object, properties: {{b: {{$ref: '#/components/schemas/S{next}'}}}}}}]}}"))),
        ("a union of 300 objects without names", {
            let branches: Vec<String> = (0..300).map(|index| format!("{{type: object, properties: {{p{index}: {{type: string}}, end: {{type: string}}}}}}")).collect();
            format!("Cart: {{oneOf: [{}]}}", branches.join(", "))
        }),
        ("2,000 properties", {
            let properties: Vec<String> = (0..2_000).map(|index| format!("p{index}: {{type: string}}")).collect();
            format!("Cart: {{type: object, properties: {{{}, end: {{type: string}}}}}}", properties.join(", "))
        }),
        ("3,000 values", {
            let values: Vec<String> = (0..3_000).map(|index| format!("v{index}")).collect();
            format!("Cart: {{type: object, properties: {{end: {{type: string}}, a: {{type: string, enum: [{}]}}}}}}", values.join(", "))
        }),
    ]
}

fn knotted(schemas: &str) -> String {
    let start = SOUND.find("    Cart:").unwrap();
    let schemas: String = schemas
        .lines()
        .map(|line| format!("    {line}\n"))
        .collect();
    format!("{}{schemas}    Line: {{type: string}}\n", &SOUND[..start])
}

#[test]
fn what_refers_to_itself_or_far_is_reviewed_or_refused_in_time() {
    for (name, schemas) in knots() {
        let plain = knotted(&schemas);
        let changed = plain.replace("end: {type: string}", "end: {type: boolean}");
        match bounded(name, plain.clone(), plain.clone()) {
            Ok(comparison) => assert!(
                comparison.findings.is_empty(),
                "{name}: {}",
                all_told(&comparison.findings)
            ),
            Err(error) => assert!(error.position.is_some(), "{name}: {error}"),
        }
        let forwards = bounded(name, plain.clone(), changed.clone());
        if let (true, Ok(comparison)) = (plain != changed, &forwards) {
            assert!(
                !comparison.findings.is_empty(),
                "{name}: the change at the end was not seen"
            );
        }
        let _ = bounded(name, plain, SOUND.to_owned());
        let _ = bounded(name, SOUND.to_owned(), changed);
    }
}
