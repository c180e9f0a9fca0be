//! Small changes to a document by seed: to its tree, and to its bytes.

use fastrand::Rng;
use serde_json::{Value, json};
use xtask::load::pointer_token;

/// A change or a few to the tree.
pub fn tree(document: &Value, rng: &mut Rng) -> Value {
    let mut document = document.clone();
    for _ in 0..rng.usize(1..4) {
        let mut pointers = Vec::new();
        list(&document, String::new(), &mut pointers);
        let place = &pointers[rng.usize(..pointers.len())];
        let other = &pointers[rng.usize(..pointers.len())];
        let value = replacement(&document, place, other, rng);
        match document.pointer_mut(place) {
            Some(Value::Object(map)) if !map.is_empty() && rng.bool() => {
                let key = map
                    .keys()
                    .nth(rng.usize(..map.len()))
                    .cloned()
                    .unwrap_or_default();
                let node = map.remove(&key).unwrap_or_default();
                match rng.u8(..3) {
                    0 => {}
                    1 => drop(map.insert(word(rng), node)),
                    _ => drop(map.insert(key, value)),
                }
            }
            Some(Value::Array(elements)) if !elements.is_empty() && rng.bool() => {
                let index = rng.usize(..elements.len());
                match rng.u8(..3) {
                    0 => drop(elements.remove(index)),
                    1 => elements.insert(index, value),
                    _ => elements.rotate_left(index),
                }
            }
            Some(node) => *node = value,
            None => {}
        }
    }
    document
}

/// What stands in a place instead.
fn replacement(document: &Value, place: &str, other: &str, rng: &mut Rng) -> Value {
    match rng.u8(..8) {
        0 | 1 => document.pointer(other).cloned().unwrap_or_default(),
        2 => json!({"$ref": format!("#{other}")}),
        3 => json!({"allOf": [{"$ref": format!("#{place}")}, document.pointer(place)]}),
        4 => json!({"oneOf": [document.pointer(place), {"$ref": format!("#{other}")}]}),
        5 => json!({"type": "array", "items": {"$ref": format!("#{place}")}}),
        6 => Value::from(word(rng)),
        _ => {
            let odd = [
                json!(null),
                json!(true),
                json!(false),
                json!(-1),
                json!(1e300),
                json!(0.5),
                json!(""),
                json!([]),
                json!({}),
                json!([[]]),
                json!([null]),
                json!({"$ref": 7}),
                json!({"$ref": "#"}),
                json!({"$ref": "x.yaml"}),
                json!({"": null}),
                json!(u64::MAX),
            ];
            odd[rng.usize(..odd.len())].clone()
        }
    }
}

fn word(rng: &mut Rng) -> String {
    const WORDS: &[&str] = &[
        "type",
        "properties",
        "items",
        "allOf",
        "oneOf",
        "anyOf",
        "not",
        "enum",
        "$ref",
        "required",
        "nullable",
        "additionalProperties",
        "discriminator",
        "mapping",
        "propertyName",
        "string",
        "integer",
        "object",
        "array",
        "date-time",
        "int32",
        "format",
        "default",
        "parameters",
        "get",
        "post",
        "in",
        "name",
        "query",
        "path",
        "header",
        "schema",
        "content",
        "application/json",
        "responses",
        "200",
        "2XX",
        "default",
        "servers",
        "url",
        "security",
        "/carts/{id}",
        "/{a}{b}",
        "https://{x}/y",
        "readOnly",
        "pattern",
        "(",
        "maxLength",
        "😀",
        "a/b~c",
        "x-retry",
        "x-failure",
        "x-variant-keys",
        "%zz",
        "{",
    ];
    WORDS[rng.usize(..WORDS.len())].to_owned()
}

/// A change or a few to the bytes.
pub fn bytes(text: &str, rng: &mut Rng) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..rng.usize(1..4) {
        if bytes.is_empty() {
            break;
        }
        let at = rng.usize(..bytes.len());
        let end = (at + rng.usize(1..40)).min(bytes.len());
        match rng.u8(..5) {
            0 => bytes[at] = rng.u8(..),
            1 => drop(bytes.drain(at..end)),
            2 => {
                let piece = bytes[at..end].to_vec();
                let to = rng.usize(..bytes.len());
                bytes.splice(to..to, piece);
            }
            3 => bytes.insert(at, b"\n -:{}[]#&*!|>'\"%@a0$"[rng.usize(..21)]),
            _ => bytes.truncate(at),
        }
    }
    bytes
}

fn list(node: &Value, pointer: String, all: &mut Vec<String>) {
    match node {
        Value::Object(map) => {
            for (key, child) in map {
                list(child, format!("{pointer}/{}", pointer_token(key)), all);
            }
        }
        Value::Array(elements) => {
            for (index, child) in elements.iter().enumerate() {
                list(child, format!("{pointer}/{index}"), all);
            }
        }
        _ => {}
    }
    all.push(pointer);
}
