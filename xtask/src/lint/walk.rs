//! One walk over a document by the grammar: it lists every object, and what the grammar doesn't allow.

use super::context::Problem;
use super::grammar::Shape::{
    Any, AnyList, Bool, BoolOrSchema, Count, List, Map, Number, One, Security, Text, TextList,
    TextMap, Unsupported,
};
use super::grammar::{Field, Kind};
use super::words::nearest;
use crate::load::{Node, Value, pointer_token};

/// One object met on the walk.
#[derive(Debug, Clone)]
pub struct Visit<'d> {
    pub kind: Kind,
    pub pointer: String,
    pub node: &'d Node,
    /// The keyword of the parent under which it stands: `properties`, `items`, `schema` and so on.
    pub via: &'static str,
    /// The parent's place in the list of visits.
    pub parent: Option<usize>,
}

impl<'d> Visit<'d> {
    /// The `$ref` that stands here instead of an object.
    pub fn reference(&self) -> Option<&'d str> {
        if self.kind.referable() {
            self.node.text("$ref")
        } else {
            None
        }
    }

    /// The component's name, when this is one of `components`.
    pub fn component(&self) -> Option<String> {
        let rest = self.pointer.strip_prefix("/components/")?;
        let (_, name) = rest.split_once('/')?;
        (!name.contains('/')).then(|| name.replace("~1", "/").replace("~0", "~"))
    }
}

/// What one walk over a document finds.
#[derive(Debug, Default)]
pub struct Walk<'d> {
    pub visits: Vec<Visit<'d>>,
    pub unknown: Vec<Problem>,
    pub wrong_type: Vec<Problem>,
    pub missing: Vec<Problem>,
    pub unsupported: Vec<Problem>,
}

/// Walks the whole document.
pub fn walk(root: &Node) -> Walk<'_> {
    let mut walk = Walk::default();
    walk.object(Kind::Document, String::new(), root, "", None);
    walk
}

impl<'d> Walk<'d> {
    fn object(
        &mut self,
        kind: Kind,
        pointer: String,
        node: &'d Node,
        via: &'static str,
        parent: Option<usize>,
    ) {
        if !node.is_map() {
            return self.wrong(&pointer, node, "a mapping");
        }
        let index = self.visits.len();
        let visit = Visit {
            kind,
            pointer,
            node,
            via,
            parent,
        };
        let pointer = visit.pointer.clone();
        self.visits.push(visit);
        if kind.referable() && node.has("$ref") {
            return;
        }
        for (key, child) in node.iter_map() {
            let child_pointer = format!("{pointer}/{}", pointer_token(&key.text));
            if key.text.starts_with("x-") {
                continue;
            }
            match kind {
                Kind::Paths => {
                    self.object(Kind::PathItem, child_pointer, child, "paths", Some(index));
                }
                Kind::Responses => {
                    self.object(
                        Kind::Response,
                        child_pointer,
                        child,
                        "responses",
                        Some(index),
                    );
                }
                _ => match kind.fields().iter().find(|field| field.name == key.text) {
                    Some(field) => self.value(field, child_pointer, child, index),
                    None => self.unknown(kind, &key.text, child_pointer),
                },
            }
        }
        let unsupported =
            |field: &&Field| matches!(field.shape, Unsupported(_)) && node.has(field.name);
        if kind.fields().iter().any(|field| unsupported(&field)) {
            // What is missing may well be there in the other form.
            return;
        }
        for field in kind.fields() {
            if field.required && !node.has(field.name) {
                self.missing.push(
                    Problem::new(&pointer, format!("`{}` is missing", field.name))
                        .mend(format!("write `{}`", field.name)),
                );
            }
        }
    }

    fn value(&mut self, field: &'static Field, pointer: String, node: &'d Node, index: usize) {
        let parent = Some(index);
        match (field.shape, &node.value) {
            (Text, Value::String(_)) | (Bool, Value::Bool(_)) | (Any, _) => {}
            (Number, Value::Number(_)) | (AnyList, Value::Seq(_)) => {}
            (Count, Value::Number(number)) if is_count(number) => {}
            (BoolOrSchema, Value::Bool(_)) => {}
            (BoolOrSchema, _) => self.object(Kind::Schema, pointer, node, field.name, parent),
            (One(kind), _) => self.object(kind, pointer, node, field.name, parent),
            (List(kind), Value::Seq(elements)) => {
                for (index, element) in elements.iter().enumerate() {
                    self.object(
                        kind,
                        format!("{pointer}/{index}"),
                        element,
                        field.name,
                        parent,
                    );
                }
            }
            (Map(kind), Value::Map(entries)) => {
                for (key, entry) in entries {
                    let pointer = format!("{pointer}/{}", pointer_token(&key.text));
                    self.object(kind, pointer, entry, field.name, parent);
                }
            }
            (TextList, Value::Seq(elements)) => {
                for (index, element) in elements.iter().enumerate() {
                    self.text(&format!("{pointer}/{index}"), element);
                }
            }
            (TextMap, Value::Map(entries)) => {
                for (key, entry) in entries {
                    self.text(&format!("{pointer}/{}", pointer_token(&key.text)), entry);
                }
            }
            (Security, Value::Seq(elements)) => {
                for (index, element) in elements.iter().enumerate() {
                    if !element.is_map() {
                        self.wrong(&format!("{pointer}/{index}"), element, "a mapping");
                    }
                }
            }
            (Unsupported(mend), _) => self.unsupported.push(
                Problem::new(&pointer, format!("`{}` isn't supported", field.name)).mend(mend),
            ),
            (Text, Value::Seq(_)) if field.name == "type" => self.wrong_type.push(
                Problem::new(&pointer, "this is a list, and has to be one type")
                    .mend("write the one type; for null write `nullable: true` beside it"),
            ),
            (Text, _) => self.wrong(&pointer, node, "text"),
            (Bool, _) => self.wrong(&pointer, node, "true or false"),
            (Number, _) => self.wrong(&pointer, node, "a number"),
            (Count, _) => self.wrong(&pointer, node, "a whole number, zero or more"),
            (List(_) | AnyList | TextList | Security, _) => self.wrong(&pointer, node, "a list"),
            (Map(_) | TextMap, _) => self.wrong(&pointer, node, "a mapping"),
        }
    }

    fn text(&mut self, pointer: &str, node: &Node) {
        if node.as_str().is_none() {
            self.wrong(pointer, node, "text");
        }
    }

    fn wrong(&mut self, pointer: &str, node: &Node, expected: &str) {
        let quote = match (&node.value, expected) {
            (Value::Bool(_) | Value::Number(_) | Value::Null, "text") => {
                ": quote it if it is meant so"
            }
            (Value::String(text), "a mapping") if text.starts_with("$ref:") => {
                ": a blank is missing behind `$ref:`, and the reference needs quotes"
            }
            _ => "",
        };
        self.wrong_type.push(
            Problem::new(
                pointer,
                format!("this is {}, and has to be {expected}", node.kind()),
            )
            .mend(format!("write {expected}{quote}")),
        );
    }

    fn unknown(&mut self, kind: Kind, key: &str, pointer: String) {
        let known = kind.fields().iter();
        let problem = Problem::new(&pointer, format!("`{key}` isn't a keyword here"));
        let near = nearest(key, known.clone().map(|field| field.name));
        let known: Vec<String> = known
            .filter(|field| !matches!(field.shape, Unsupported(_)))
            .map(|field| format!("`{}`", field.name))
            .collect();
        self.unknown.push(match near {
            Some(name) => problem.mend(format!("did you mean `{name}`?")),
            None => problem.mend(format!(
                "remove it, or correct its spelling or place; here may stand {}",
                known.join(", ")
            )),
        });
    }
}

/// Whether a number counts something; beyond 64 bits it is read as a whole number, too large for a fraction.
fn is_count(number: &serde_json::Number) -> bool {
    const TOO_LARGE: f64 = u64::MAX as f64;
    number.is_u64() || number.as_f64().is_some_and(|number| number >= TOO_LARGE)
}
