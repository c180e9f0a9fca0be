//! What the nodes of a spec are called in the generated client: components are types, properties fields, operations methods.

use std::collections::BTreeSet;

use heck::{ToPascalCase, ToShoutySnakeCase, ToSnakeCase};
use serde_json::Value;

use crate::lint::rust_names::snake;
use crate::load::Document;
use crate::lower::rust_name;

/// Where the components of schemas stand.
const SCHEMAS: &str = "#/components/schemas/";

/// A document, as far as names need it.
#[derive(Clone, Debug)]
pub(super) struct Spec {
    json: Value,
}

/// What an operation is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Operation {
    /// `GetCart`.
    pub builder: String,
    /// `get_cart`.
    pub method: String,
    /// `GET_CART`.
    pub constant: String,
    /// Its JSON pointer.
    pub pointer: String,
}

/// A type of the client, or a field or variant of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Member {
    /// `Cart`.
    pub owner: String,
    /// `currency`; `None` for the type itself.
    pub name: Option<String>,
}

impl Spec {
    pub fn new(document: &Document) -> Self {
        Self {
            json: document.to_json(),
        }
    }

    pub fn at(&self, pointer: &str) -> Option<&Value> {
        self.json.pointer(pointer)
    }

    /// The operation with that id, or at that `GET /path`.
    pub fn operation(&self, said: &str) -> Option<Operation> {
        self.operations().find_map(|(pointer, operation, line)| {
            let id = operation["operationId"].as_str()?;
            (id == said || line == said).then(|| Operation::new(id, pointer))
        })
    }

    /// The operation whose node is at the pointer, or around it.
    pub fn operation_around(&self, pointer: &str) -> Option<Operation> {
        self.operations().find_map(|(own, operation, _)| {
            let inside = pointer.strip_prefix(&own)?;
            let is_inside = inside.is_empty() || inside.starts_with('/');
            let id = operation["operationId"].as_str()?;
            is_inside.then(|| Operation::new(id, own))
        })
    }

    fn operations(&self) -> impl Iterator<Item = (String, &Value, String)> {
        let paths = self.json["paths"].as_object().into_iter().flatten();
        paths.flat_map(|(path, item)| {
            let methods = item.as_object().into_iter().flatten();
            methods
                .filter(|(_, node)| node.is_object())
                .map(move |(method, node)| {
                    let token = crate::load::pointer_token(path);
                    let line = format!("{} {path}", method.to_uppercase());
                    (format!("/paths/{token}/{method}"), node, line)
                })
        })
    }

    /// What the schema at a pointer below `components/schemas` is called, also by those that take it in with `allOf`.
    pub fn members(&self, pointer: &str) -> BTreeSet<Member> {
        let mut tokens = pointer.split('/').skip(1).map(unescaped);
        let mut members = BTreeSet::new();
        if (tokens.next().as_deref(), tokens.next().as_deref())
            != (Some("components"), Some("schemas"))
        {
            return members;
        }
        let Some(component) = tokens.next() else {
            return members;
        };
        let rest: Vec<String> = tokens.collect();
        let found = self.below(
            &rust_name(&component),
            &rest,
            &format!(
                "/components/schemas/{}",
                crate::load::pointer_token(&component)
            ),
        );
        for owner in self.composed(&component) {
            members.insert(Member {
                owner: rust_name(&owner),
                name: found.name.clone(),
            });
        }
        members.insert(found);
        members
    }

    fn below(&self, owner: &str, rest: &[String], at: &str) -> Member {
        let (mut owner, mut name) = (owner.to_owned(), None::<String>);
        let (mut rest, mut at) = (rest.iter(), at.to_owned());
        while let Some(token) = rest.next() {
            at.push_str(&format!("/{}", crate::load::pointer_token(token)));
            match token.as_str() {
                "properties" => {
                    let Some(property) = rest.next() else { break };
                    at.push_str(&format!("/{}", crate::load::pointer_token(property)));
                    // An object inside a property is a type of its own, named after both.
                    if let Some(outer) = name.take() {
                        owner = format!("{owner}{}", outer.to_pascal_case());
                    }
                    name = Some(field(property));
                }
                "required" | "enum" if rest.len() > 0 => {
                    let Some(index) = rest.next() else { break };
                    at.push_str(&format!("/{index}"));
                    let text = self.at(&at).and_then(Value::as_str);
                    name = match (text, token.as_str()) {
                        (Some(text), "enum") => Some(text.to_pascal_case()),
                        (Some(text), _) => Some(field(text)),
                        (None, _) => name,
                    };
                }
                "oneOf" | "anyOf" | "allOf" => {
                    if let Some(index) = rest.next() {
                        at.push_str(&format!("/{index}"));
                    }
                    if token != "allOf" && name.is_none() {
                        name = self.at(&at).and_then(variant);
                    }
                }
                _ => {}
            }
        }
        Member { owner, name }
    }

    /// The components that take this one in with `allOf`, near or far.
    fn composed(&self, component: &str) -> BTreeSet<String> {
        let schemas = || {
            self.json["components"]["schemas"]
                .as_object()
                .into_iter()
                .flatten()
        };
        let mut found = BTreeSet::new();
        let mut open = vec![component.to_owned()];
        while let Some(part) = open.pop() {
            let reference = format!("{SCHEMAS}{part}");
            for (name, schema) in schemas() {
                let mut parts = schema["allOf"].as_array().into_iter().flatten();
                let takes = parts.any(|part| part["$ref"] == reference.as_str());
                if takes && found.insert(name.clone()) {
                    open.push(name.clone());
                }
            }
        }
        found
    }

    /// The types that a node leads to by references, from component to component.
    pub fn reached(&self, pointer: &str) -> BTreeSet<String> {
        let mut reached = BTreeSet::new();
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        let mut open: Vec<&Value> = self.at(pointer).into_iter().collect();
        while let Some(node) = open.pop() {
            match node {
                Value::Object(map) => {
                    if let Some(text) = map.get("$ref").and_then(Value::as_str) {
                        if let Some(name) = text.strip_prefix(SCHEMAS) {
                            reached.insert(rust_name(name));
                        }
                        if seen.insert(text) {
                            open.extend(text.strip_prefix('#').and_then(|to| self.at(to)));
                        }
                    }
                    open.extend(map.values());
                }
                Value::Array(items) => open.extend(items),
                _ => {}
            }
        }
        reached
    }

    /// The `name` of the parameter that stands at the pointer or around it, its reference followed.
    pub fn parameter_around(&self, pointer: &str) -> Option<String> {
        let (before, after) = pointer.rsplit_once("/parameters/")?;
        let index = after.split('/').next()?;
        let node = self.at(&format!("{before}/parameters/{index}"))?;
        let node = match node["$ref"].as_str() {
            Some(reference) => self.at(reference.strip_prefix('#')?)?,
            None => node,
        };
        Some(field(node["name"].as_str()?))
    }
}

impl Operation {
    fn new(id: &str, pointer: String) -> Self {
        Self {
            builder: id.to_pascal_case(),
            method: id.to_snake_case(),
            constant: id.to_shouty_snake_case(),
            pointer,
        }
    }
}

/// What a branch of a union is called: as its component, or by its JSON type.
fn variant(branch: &Value) -> Option<String> {
    if let Some(reference) = branch["$ref"].as_str() {
        return reference.strip_prefix(SCHEMAS).map(rust_name);
    }
    Some(match branch["type"].as_str()? {
        "string" => "Text".to_owned(),
        other => other.to_pascal_case(),
    })
}

/// The field or setter of a property or parameter.
pub(super) fn field(name: &str) -> String {
    let name = match name {
        "extra" => return "extra_field".to_owned(),
        name => snake(name),
    };
    match syn::parse_str::<syn::Ident>(&name) {
        Ok(_) => name,
        Err(_) => format!("{name}_"),
    }
}

/// A pointer's token as a key.
pub(super) fn unescaped(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}
