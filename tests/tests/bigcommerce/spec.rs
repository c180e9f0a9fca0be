//! The vendor's spec as the tests see it: the document, its examples and its schemas.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde_json::Value;
use xtask::lint::json_schema::{Mismatch, mismatches, strict_json_schema};
use xtask::load::Document;

/// The folder of the spec.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs/bigcommerce")
}

/// The spec as JSON, with the references of responses written out.
pub fn document() -> &'static Value {
    static DOCUMENT: OnceLock<Value> = OnceLock::new();
    DOCUMENT.get_or_init(|| {
        let text = std::fs::read(folder().join("openapi.yaml")).expect("the spec is there");
        Document::parse_bytes("openapi.yaml", &text)
            .expect("the spec is well-formed")
            .to_json()
    })
}

/// One documented payload.
#[derive(Debug)]
pub struct Example {
    /// The file's name.
    pub file: String,
    /// The component that the payload is documented as.
    pub component: String,
    pub payload: Value,
}

/// Every documented payload, in the order of the spec.
pub fn examples() -> Vec<Example> {
    let mut examples = Vec::new();
    for (_, operation) in operations() {
        collect(&operation["requestBody"]["content"], &mut examples);
        let responses = operation["responses"].as_object().expect("responses");
        for response in responses.values() {
            collect(&resolve(response)["content"], &mut examples);
        }
    }
    examples.sort_by(|a, b| a.file.cmp(&b.file));
    examples.dedup_by(|a, b| a.file == b.file && a.component == b.component);
    examples
}

fn collect(content: &'static Value, examples: &mut Vec<Example>) {
    for media in content
        .as_object()
        .into_iter()
        .flat_map(|content| content.values())
    {
        let component = media["schema"]["$ref"]
            .as_str()
            .expect("a named component")
            .rsplit('/')
            .next()
            .expect("a name");
        for example in media["examples"]
            .as_object()
            .into_iter()
            .flat_map(|examples| examples.values())
        {
            let file = resolve(example)["externalValue"]
                .as_str()
                .expect("an example in a file");
            let text = std::fs::read_to_string(folder().join(file)).expect("the example is there");
            examples.push(Example {
                file: file.trim_start_matches("examples/").to_owned(),
                component: component.to_owned(),
                payload: serde_json::from_str(&text).expect("the example is JSON"),
            });
        }
    }
}

/// Path and operation of every operation.
pub fn operations() -> impl Iterator<Item = (&'static str, &'static Value)> {
    let paths = document()["paths"].as_object().expect("paths");
    paths.iter().flat_map(|(path, item)| {
        let operations = item.as_object().expect("a path item").values();
        operations
            .filter(|operation| operation.get("operationId").is_some())
            .map(move |operation| (path.as_str(), operation))
    })
}

/// The node that a reference leads to, or the node itself.
pub fn resolve(node: &'static Value) -> &'static Value {
    match node["$ref"].as_str() {
        Some(reference) => document()
            .pointer(&reference[1..])
            .expect("the reference leads somewhere"),
        None => node,
    }
}

/// How a payload differs from a component, undeclared properties included.
pub fn differences(component: &str, payload: &Value) -> Vec<Mismatch> {
    let schema = strict_json_schema(document(), &format!("/components/schemas/{component}"));
    mismatches(&schema, payload).expect("the schema is sound")
}
