//! Odd specs: whatever stands at any place, what lint takes has a client.

use serde_json::{Value, json};
use xtask::load::{Document, pointer_token};
use xtask::review::rust_api::sources;

/// The spec of which lint's cases are made: it has most of what a spec can have.
const CLEAN: &str = include_str!("../lint/clean.yaml");

/// What may stand where something else stood.
fn odd() -> Vec<Value> {
    vec![
        json!(null),
        json!(7),
        json!(1e300),
        json!(true),
        json!(""),
        json!("a\r\u{2028}b\u{1b}"),
        json!("*/ \"#] }\n```\n/**"),
        json!([]),
        json!([null]),
        json!({}),
        json!({"type": "boolean", "format": "int32"}),
        json!({"type": "object", "format": "x"}),
        json!({"type": "array", "format": "uuid", "items": {}}),
        json!({"type": "string", "nullable": true, "enum": ["a", null]}),
        json!({"type": "string", "enum": ["a\rb", "c"]}),
        json!({"$ref": "#/components/schemas/Status"}),
        json!({"nullable": true, "allOf": [{"$ref": "#/components/schemas/Line"}]}),
    ]
}

fn pointers(json: &Value, pointer: String, list: &mut Vec<String>) {
    match json {
        Value::Object(map) => {
            for (key, value) in map {
                pointers(value, format!("{pointer}/{}", pointer_token(key)), list);
            }
        }
        Value::Array(elements) => {
            for (index, value) in elements.iter().enumerate() {
                pointers(value, format!("{pointer}/{index}"), list);
            }
        }
        _ => {}
    }
    list.push(pointer);
}

#[test]
fn what_lint_takes_with_any_node_replaced_has_a_client() {
    // JSON's keys come out in order, and those of a union's variants have to be in that of its branches.
    let product = "        - {$ref: '#/components/schemas/ProductLine'}\n";
    let gift = "        - {$ref: '#/components/schemas/GiftLine'}\n";
    let clean = CLEAN.replace(&format!("{product}{gift}"), &format!("{gift}{product}"));
    let clean = Document::parse("shop.yaml", &clean).unwrap().to_json();
    let mut places = Vec::new();
    pointers(&clean, String::new(), &mut places);
    let (mut taken, mut failed) = (0, Vec::new());
    for pointer in &places {
        for value in odd() {
            let mut spec = clean.clone();
            *spec.pointer_mut(pointer).unwrap() = value.clone();
            // YAML's escapes are JSON's here: none is beyond the basic plane.
            let document = Document::parse("shop.json", &crate::texts::escaped(&spec)).unwrap();
            if !xtask::lint::refusals(&document).is_empty() {
                continue;
            }
            taken += 1;
            let client = sources(&document).and_then(|source| {
                let parsed = syn::parse_file(&source).map_err(|error| error.to_string());
                parsed.map(drop)
            });
            failed.extend(client.err().map(|why| format!("{pointer}: {value}: {why}")));
        }
    }
    assert!(
        failed.is_empty(),
        "{} of {taken}:\n{}",
        failed.len(),
        failed.join("\n")
    );
    assert!(taken > 200, "{taken} of the odd specs are taken");
}
