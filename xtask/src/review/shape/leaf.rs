//! Most schemas are plain values that did not change: they are told apart without building their shapes.

use super::{Spot, component};
use crate::load::{Node, Value};

/// Whether two schemas are the same plain value, under the same name, in every word.
pub fn same_leaf(old: &Spot<'_>, new: &Spot<'_>) -> bool {
    old.more.is_empty()
        && new.more.is_empty()
        && component(&old.at) == component(&new.at)
        && is_leaf(old.at.node)
        && same(old.at.node, new.at.node)
}

/// What a plain value says of `keyword`; `None` when the schema is more than a plain value.
pub fn leaf_flag(spot: &Spot<'_>, keyword: &str) -> Option<bool> {
    let leaf = spot.more.is_empty() && is_leaf(spot.at.node);
    leaf.then(|| spot.at.node.is_true(keyword))
}

/// Whether a schema holds no others, and each statement is of its kind.
fn is_leaf(node: &Node) -> bool {
    node.is_map()
        && node.iter_map().all(|(key, value)| match key.text.as_str() {
            "type" | "format" | "pattern" | "title" | "description" => value.as_str().is_some(),
            "nullable" | "readOnly" | "writeOnly" | "deprecated" | "uniqueItems" => {
                value.as_bool().is_some()
            }
            "minimum" | "maximum" | "multipleOf" => value.as_number().is_some(),
            "minLength" | "maxLength" => {
                let number = value.as_number();
                number.is_some_and(serde_json::Number::is_u64)
            }
            "enum" => value.as_seq().is_some(),
            "default" | "example" => true,
            other => other.starts_with("x-"),
        })
}

/// Whether two values are written alike, wherever they stand.
fn same(old: &Node, new: &Node) -> bool {
    match (&old.value, &new.value) {
        (Value::Seq(old), Value::Seq(new)) => {
            old.len() == new.len() && old.iter().zip(new).all(|(old, new)| same(old, new))
        }
        (Value::Map(old), Value::Map(new)) => {
            old.len() == new.len()
                && old
                    .iter()
                    .zip(new)
                    .all(|((a, old), (b, new))| a.text == b.text && same(old, new))
        }
        (old, new) => old == new,
    }
}
