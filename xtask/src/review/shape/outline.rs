//! Values and schemas as text that is equal when they are.

use std::fmt::Write;

use super::layers::WORDS;
use crate::load::{Node, Value};

/// A value as JSON, with sorted keys, `1.0` written as `1`.
pub fn canonical(node: &Node) -> String {
    let mut text = String::new();
    write_value(node, &mut text);
    text
}

/// What a schema says, without words and without statements that say nothing; references by their target.
pub fn outline(node: &Node) -> String {
    let mut text = String::new();
    write_schema(node, &mut text);
    text
}

fn write_value(node: &Node, out: &mut String) {
    match &node.value {
        Value::Null => out.push_str("null"),
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Number(number) => write_number(number, out),
        Value::String(text) => write_text(text, out),
        Value::Seq(elements) => {
            out.push('[');
            for (index, element) in elements.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_value(element, out);
            }
            out.push(']');
        }
        Value::Map(entries) => {
            let mut sorted: Vec<_> = entries.iter().collect();
            sorted.sort_by(|(a, _), (b, _)| a.text.cmp(&b.text));
            out.push('{');
            for (index, (key, value)) in sorted.into_iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_text(&key.text, out);
                out.push(':');
                write_value(value, out);
            }
            out.push('}');
        }
    }
}

fn write_number(number: &serde_json::Number, out: &mut String) {
    let whole = number
        .as_f64()
        .filter(|value| number.is_f64() && value.fract() == 0.0 && value.abs() < 9e15);
    let _ = match whole {
        Some(value) => write!(out, "{value:.0}"),
        None => write!(out, "{number}"),
    };
}

fn write_text(text: &str, out: &mut String) {
    out.push_str(&serde_json::Value::from(text).to_string());
}

fn write_schema(node: &Node, out: &mut String) {
    if let Some(target) = node.text("$ref") {
        let _ = write!(out, "@{target}");
        return;
    }
    let mut says: Vec<(&str, &Node)> = node
        .iter_map()
        .map(|(key, value)| (key.text.as_str(), value))
        .filter(|(key, value)| says_something(key, value))
        .collect();
    if let [("allOf" | "oneOf" | "anyOf", only)] = says.as_slice()
        && let Some([only]) = only.as_seq()
    {
        return write_schema(only, out);
    }
    says.sort_by_key(|(key, _)| *key);
    out.push('{');
    for (key, value) in says {
        let _ = write!(out, "{key}:");
        match key {
            "properties" => {
                let mut all: Vec<_> = value.iter_map().collect();
                all.sort_by(|(a, _), (b, _)| a.text.cmp(&b.text));
                for (name, property) in all {
                    write_text(&name.text, out);
                    out.push(':');
                    write_schema(property, out);
                    out.push(',');
                }
            }
            "items" | "not" | "additionalProperties" if value.is_map() => write_schema(value, out),
            "allOf" | "oneOf" | "anyOf" => {
                for branch in value.iter_seq() {
                    write_schema(branch, out);
                    out.push('|');
                }
            }
            "required" | "enum" => {
                let mut all: Vec<String> = value.iter_seq().map(canonical).collect();
                all.sort();
                all.dedup();
                let _ = write!(out, "{all:?}");
            }
            _ => write_value(value, out),
        }
        out.push(';');
    }
    out.push('}');
}

fn says_something(key: &str, value: &Node) -> bool {
    if WORDS.contains(&key) || (key.starts_with("x-") && key != "x-variant-keys") {
        return false;
    }
    let empty_list = value.as_seq().is_some_and(<[Node]>::is_empty);
    match key {
        "required" => !empty_list,
        "additionalProperties" => {
            value.as_bool() != Some(true) && !(value.is_map() && value.iter_map().next().is_none())
        }
        "minLength" | "minItems" | "minProperties" => {
            value.as_number().and_then(serde_json::Number::as_f64) != Some(0.0)
        }
        _ => value.as_bool() != Some(false) || key == "default",
    }
}
