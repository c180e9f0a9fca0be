//! Which lists of values a spec lets a request take from.

use std::collections::{BTreeMap, BTreeSet};

use xtask::load::{Document, Node};

/// The lists of values that a request may hold.
pub struct Lists<'d> {
    document: &'d Document,
    seen: BTreeSet<String>,
    /// By their names: file and line, and the values.
    pub found: BTreeMap<String, (String, Vec<String>)>,
}

impl<'d> Lists<'d> {
    pub fn new(document: &'d Document) -> Self {
        Self {
            document,
            seen: BTreeSet::new(),
            found: BTreeMap::new(),
        }
    }

    /// Notes the lists in a schema and below it. Lists without a component of their own are named by the path from `name`.
    pub fn walk(&mut self, name: &str, schema: &'d Node) {
        // An extension names a component as `$ref` does.
        for reference in ["$ref", "x-json-text"] {
            let Some(to) = schema.get(reference) else {
                continue;
            };
            let Some(to) = to.as_str().or_else(|| to.text("$ref")) else {
                continue;
            };
            if self.seen.insert(to.to_owned()) {
                let component = to.rsplit('/').next().unwrap_or(to);
                let pointer = to.strip_prefix('#').unwrap_or_default();
                if let Some(target) = self.document.pointer(pointer) {
                    self.walk(component, target);
                }
            }
        }
        if let Some(values) = schema.get("enum") {
            let place = schema.key_position("enum").unwrap_or(schema.start);
            let place = format!("{}:{}", self.document.file, place.line);
            let text = |node: &Node| match node.as_str() {
                Some(text) => text.to_owned(),
                None => node.to_json().to_string(),
            };
            let values = values.iter_seq().filter(|value| !value.is_null());
            self.found
                .insert(name.to_owned(), (place, values.map(text).collect()));
        }
        for (property, schema) in schema
            .get("properties")
            .into_iter()
            .flat_map(Node::iter_map)
        {
            self.walk(&format!("{name}.{}", property.text), schema);
        }
        for key in ["allOf", "anyOf", "oneOf"] {
            let parts = schema.get(key).into_iter();
            parts
                .flat_map(Node::iter_seq)
                .for_each(|part| self.walk(name, part));
        }
        for key in ["items", "additionalProperties"] {
            if let Some(schema) = schema.get(key).filter(|schema| schema.is_map()) {
                self.walk(name, schema);
            }
        }
    }
}
