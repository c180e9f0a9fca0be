//! Recursion: which types hold themselves without a list or map between, and so need a box.
//!
//! typify boxes the circles that it sees; unions and `Nullable` it doesn't see through.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{referenced, rust_name};

/// By Rust name: the components that stand in each component's own memory.
pub struct Recursion(BTreeMap<String, BTreeSet<String>>);

impl Recursion {
    /// Reads the components, merged and with their unions still in place.
    pub fn of(spec: &Value) -> Self {
        let schemas = spec["components"]["schemas"].as_object();
        let parts = schemas.into_iter().flatten().map(|(name, schema)| {
            let mut parts = BTreeSet::new();
            in_place(schema, &mut parts);
            (rust_name(name), parts)
        });
        Self(parts.collect())
    }

    /// Whether a value of type `outer` holds one of type `inner`, directly or through others.
    pub fn holds(&self, outer: &str, inner: &str) -> bool {
        let mut open = vec![outer];
        let mut seen = BTreeSet::new();
        while let Some(name) = open.pop() {
            if name == inner {
                return true;
            }
            if seen.insert(name) {
                open.extend(self.0.get(name).into_iter().flatten().map(String::as_str));
            }
        }
        false
    }
}

fn in_place(schema: &Value, parts: &mut BTreeSet<String>) {
    parts.extend(referenced(schema).map(rust_name));
    for keyword in ["allOf", "oneOf"] {
        for part in schema[keyword].as_array().into_iter().flatten() {
            in_place(part, parts);
        }
    }
    let properties = schema["properties"].as_object().into_iter().flatten();
    for (_, property) in properties {
        in_place(property, parts);
    }
}
