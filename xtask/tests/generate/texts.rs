//! Any character in any text: what lint takes is generated, and nothing hidden reaches the sources.

use serde_json::{Value, json};

use crate::Scratch;

/// One of each kind, the usual line ends and the tab among them.
const CHARACTERS: &[char] = &[
    '\0',
    '\u{1}',
    '\u{7}',
    '\u{8}',
    '\t',
    '\n',
    '\u{b}',
    '\u{c}',
    '\r',
    '\u{1b}',
    '\u{7f}',
    '\u{85}',
    '\u{9b}',
    '\u{ad}',
    '\u{61c}',
    '\u{200b}',
    '\u{200e}',
    '\u{200f}',
    '\u{2028}',
    '\u{2029}',
    '\u{202a}',
    '\u{202e}',
    '\u{2060}',
    '\u{2066}',
    '\u{2069}',
    '\u{feff}',
    '\u{fff9}',
    '\u{fffd}',
    '\u{10ffff}',
];

/// A spec with `text` in every place that documentation shows, or that a value or a name can have.
fn spec(text: &str) -> Value {
    let doc = format!("First {text} second");
    let reference = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    json!({
        "openapi": "3.0.3",
        "info": {"title": doc, "version": doc, "description": doc, "termsOfService": doc, "contact": {"name": doc}},
        "servers": [{
            "url": "https://{account}.shop.example",
            "description": doc,
            "variables": {"account": {"default": doc, "description": doc, "enum": [doc]}},
        }],
        "tags": [{"name": doc, "description": doc}],
        "externalDocs": {"url": "https://docs.shop.example", "description": doc},
        "security": [{"Token": []}],
        "paths": {"/carts/{id}": {
            "summary": doc,
            "description": doc,
            "post": {
                "operationId": "changeCart",
                "summary": doc,
                "description": format!("{text}{doc}"),
                "tags": [doc],
                "deprecated": true,
                "x-retry": "safe",
                "x-unverified": doc,
                "x-failure": {"equals": {format!("a{text}b"): doc}, "schema": "#/components/schemas/Refusal"},
                "parameters": [
                    {"name": "id", "in": "path", "required": true, "description": doc, "schema": {"type": "string", "description": doc, "example": doc}},
                    {"name": format!("q{text}x"), "in": "query", "description": doc, "schema": {"type": "string", "default": doc}, "example": doc},
                ],
                "requestBody": {"description": doc, "content": {"application/json": {"schema": reference("Cart"), "examples": {
                    "one": {"summary": "One.", "description": doc, "value": {"a": doc}},
                }}}},
                "responses": {
                    "200": {
                        "description": doc,
                        "headers": {"X-One": {"description": doc, "schema": {"type": "string"}}},
                        "content": {"application/json": {"schema": reference("Cart")}},
                    },
                    "404": {"description": doc, "content": {"application/json": {"schema": reference("Refusal")}}},
                },
            },
        }},
        "components": {
            "securitySchemes": {"Token": {"type": "apiKey", "in": "header", "name": "X-Token", "description": doc}},
            "schemas": {
                "Cart": {
                    "type": "object",
                    "title": doc,
                    "description": doc,
                    "externalDocs": {"url": "https://docs.shop.example", "description": doc},
                    "properties": {
                        "a": {"type": "string", "title": doc, "description": format!("{text}\n{doc}"), "default": doc, "example": doc, "deprecated": true},
                        format!("b{text}c"): {"type": "string", "pattern": format!("a{text}?b"), "x-unverified": doc},
                        "state": reference("State"),
                        "line": reference("Line"),
                        "at": {"type": "string", "format": format!("x{text}y"), "description": text},
                        "map": {"type": "object", "description": doc, "additionalProperties": {"type": "integer", "description": doc}},
                        "list": {"type": "array", "description": doc, "items": {"type": "number", "description": doc}},
                    },
                },
                "State": {"type": "string", "description": doc, "enum": [format!("a{text}b"), "plain"]},
                "Line": {"description": doc, "oneOf": [reference("Cart"), {"type": "string", "description": doc}]},
                "Refusal": {"type": "object", "description": doc, "properties": {format!("a{text}b"): {"type": "string"}}},
            },
        },
    })
}

#[test]
fn every_character_in_every_text_is_generated_as_plain_text() {
    for character in CHARACTERS {
        for text in [
            character.to_string(),
            format!("{character}{character}"),
            format!("\n{character} "),
        ] {
            let scratch = Scratch::empty();
            // JSON, escaped, is YAML as well.
            let spec = escaped(&spec(&text));
            scratch.write("specs/shop/openapi.yaml", &spec);
            let generated = xtask::generate::vendor(scratch.root(), "shop")
                .unwrap_or_else(|failure| panic!("{text:?}: {failure:?}"));
            for (path, content) in &generated.files {
                let hidden = content.chars().find(|sign| {
                    *sign != '\n' && *sign != '\t' && xtask::visible::is_hidden(*sign)
                });
                assert_eq!(hidden, None, "{text:?} in {}", path.display());
            }
            let (_, client) = &generated.files[2];
            syn::parse_file(client).unwrap_or_else(|error| panic!("{text:?}: {error}"));
            // The wire keeps the name.
            let name = format!("b{text}c");
            let has_name = client.contains(&format!("{name:?}"))
                || client.contains(&format!("\"b{}c\"", text.escape_default()));
            assert!(has_name, "{text:?} in\n{client}");
        }
    }
}

/// JSON in ASCII alone: a control character has to be written as an escape.
pub fn escaped(spec: &Value) -> String {
    let text = spec.to_string();
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        match u32::from(sign) {
            0x20..0x7f => out.push(sign),
            code @ 0..0x1_0000 => out.push_str(&format!("\\u{code:04x}")),
            // YAML's own escape: it has no pairs of surrogates.
            code => out.push_str(&format!("\\U{code:08x}")),
        }
    }
    out
}
