//! Lower: from the spec as written to the effective spec that progenitor can take, and a plan for polish.
//!
//! A spec states the truth about the wire; progenitor takes a narrower language. Each step here takes one construct out of
//! the spec and, where something has to come back in Rust, writes it into the [`Plan`]. Lint has passed before, so a refusal here is a
//! defect of lint and says so.

mod docs;
mod names;
mod operations;
mod recursion;
mod refs;
mod schemas;
mod unions;
mod written;

use std::collections::BTreeSet;

use serde_json::{Value, json};

pub(crate) use written::LIMITS;
pub use written::source;

use crate::plan::{Absent, Plan, Scheme, SchemeKind, Server};
use crate::scalar::SCALARS;

/// What lowering hands on.
#[derive(Clone, Debug)]
pub struct Lowered {
    /// The effective spec.
    pub spec: Value,
    /// What polish must do.
    pub plan: Plan,
}

/// Lowers a spec that lint has passed.
///
/// # Errors
///
/// A sentence with the JSON pointer of the construct that this stage cannot take.
pub fn lower(document: &Value) -> Result<Lowered, String> {
    let names::Renamed { mut spec, ids } = names::operations_and_components(document);
    written::normalise(&mut spec);
    let document = &spec.clone();
    let mut plan = Plan {
        title: text(&spec["info"]["title"]),
        version: text(&spec["info"]["version"]),
        description: docs::describe(&spec["info"], docs::source(&spec).as_deref()),
        server: server(&spec),
        schemes: schemes(&spec)?,
        absent: absent(&spec),
        ..Plan::default()
    };
    refs::inline(&mut spec)?;
    operations::lower(&mut spec, &mut plan, &ids)?;
    schemas::merge_all_of(&mut spec)?;
    let received = reachable(&spec, document, Side::Received);
    let sent = reachable(&spec, document, Side::Sent);
    let recursion = recursion::Recursion::of(&spec);
    unions::lower(&mut spec, &mut plan, &recursion)?;
    schemas::lower(&mut spec, &mut plan, &received, &recursion)?;
    plan.sent = sent.iter().map(|name| rust_name(name)).collect();
    for scalar in SCALARS {
        // The replacement needs a component of that name; what it says no longer matters.
        spec["components"]["schemas"][scalar.name] = json!({"type": "string"});
    }
    for key in [
        "securitySchemes",
        "examples",
        "headers",
        "responses",
        "parameters",
        "requestBodies",
    ] {
        if let Some(components) = spec["components"].as_object_mut() {
            components.remove(key);
        }
    }
    for key in ["security", "externalDocs", "tags"] {
        if let Some(root) = spec.as_object_mut() {
            root.remove(key);
        }
    }
    Ok(Lowered { spec, plan })
}

/// The Rust name that typify gives a component.
pub(crate) fn rust_name(component: &str) -> String {
    crate::lint::rust_names::pascal(component)
}

/// A string node's text, or nothing.
fn text(node: &Value) -> String {
    node.as_str().unwrap_or_default().to_owned()
}

/// The component that a `$ref` into `components/schemas` names.
fn referenced(schema: &Value) -> Option<&str> {
    schema
        .get("$ref")?
        .as_str()?
        .strip_prefix("#/components/schemas/")
}

fn server(spec: &Value) -> Server {
    let server = &spec["servers"][0];
    let url = text(&server["url"]).trim_end_matches('/').to_owned();
    let variables = url
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| {
            (
                name.to_owned(),
                text(&server["variables"][name]["description"]),
            )
        })
        .collect();
    Server { url, variables }
}

fn schemes(spec: &Value) -> Result<Vec<Scheme>, String> {
    let Some(schemes) = spec["components"]["securitySchemes"].as_object() else {
        return Ok(Vec::new());
    };
    schemes
        .iter()
        .map(|(name, written)| {
            let scheme = resolved(spec, written);
            let kind = match (
                scheme["type"].as_str(),
                scheme["in"].as_str(),
                scheme["scheme"].as_str(),
            ) {
                (Some("apiKey"), Some("header"), _) => {
                    SchemeKind::ApiKeyHeader(text(&scheme["name"]))
                }
                (Some("apiKey"), Some("query"), _) => {
                    SchemeKind::ApiKeyQuery(text(&scheme["name"]))
                }
                (Some("http"), _, Some(s)) if s.eq_ignore_ascii_case("basic") => SchemeKind::Basic,
                (Some("http"), _, Some(s)) if s.eq_ignore_ascii_case("bearer") => {
                    SchemeKind::Bearer
                }
                (Some("oauth2"), _, _) => SchemeKind::OAuth2Password(token_url(spec, scheme)),
                _ => {
                    return Err(format!(
                        "#/components/securitySchemes/{name}: this kind of scheme can't be lowered"
                    ));
                }
            };
            Ok(Scheme {
                name: name.clone(),
                kind,
                description: docs::describe(scheme, None),
            })
        })
        .collect()
}

/// What a chain of references leads to; lint has seen to it that it ends.
fn resolved<'a>(spec: &'a Value, mut node: &'a Value) -> &'a Value {
    for _ in 0..64 {
        let reference = node.get("$ref").and_then(Value::as_str);
        let target = reference.and_then(|reference| spec.pointer(reference.strip_prefix('#')?));
        match target {
            Some(target) => node = target,
            None => break,
        }
    }
    node
}

/// Where tokens come from; below the server it is a path, so that another base URL keeps it.
fn token_url(spec: &Value, scheme: &Value) -> String {
    let url = text(&scheme["flows"]["password"]["tokenUrl"]);
    let server = server(spec).url;
    match url
        .strip_prefix(&server)
        .filter(|path| path.starts_with('/'))
    {
        Some(path) => path.to_owned(),
        None => url,
    }
}

fn absent(spec: &Value) -> Vec<Absent> {
    let Some(verbs) = spec["x-cart-absent"].as_object() else {
        return Vec::new();
    };
    verbs
        .iter()
        .map(|(verb, entry)| Absent {
            verb: verb.clone(),
            state: text(&entry["state"]),
            why: text(&entry["why"]),
        })
        .collect()
}

#[derive(Clone, Copy, PartialEq)]
enum Side {
    Sent,
    Received,
}

/// The components that a caller sends, or receives, in any operation.
fn reachable(spec: &Value, original: &Value, side: Side) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    operations::each(spec, |_, _, operation| match side {
        Side::Sent => {
            collect(spec, &operation["requestBody"], &mut names);
            collect(spec, &operation["parameters"], &mut names);
        }
        Side::Received => {
            // Error bodies have left the effective spec by now; they are received all the same.
            let id = text(&operation["operationId"]);
            operations::each(original, |_, _, written| {
                if written["operationId"] == id.as_str() {
                    collect(original, &written["responses"], &mut names);
                    collect(original, &written["x-failure"], &mut names);
                }
            });
        }
    });
    names
}

fn collect(spec: &Value, node: &Value, names: &mut BTreeSet<String>) {
    match node {
        Value::Object(map) => {
            let target = map
                .get("$ref")
                .or_else(|| map.get("x-json-text"))
                .or_else(|| map.get("schema").filter(|schema| schema.is_string()));
            if let Some(reference) = target.and_then(Value::as_str) {
                if let Some(name) = reference.strip_prefix("#/components/schemas/") {
                    if names.insert(name.to_owned()) {
                        collect(spec, &spec["components"]["schemas"][name], names);
                    }
                } else if let Some(node) = reference.strip_prefix('#').and_then(|p| spec.pointer(p))
                {
                    collect(spec, node, names);
                }
            }
            // Examples may hold anything, `$ref` included.
            map.iter()
                .filter(|(key, _)| !matches!(key.as_str(), "example" | "examples"))
                .for_each(|(_, child)| collect(spec, child, names));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(spec, item, names)),
        _ => {}
    }
}
