//! A vendor's spec as the tests see it: the document, its examples and its schemas.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use serde_json::{Value, json};
use xtask::lint::json_schema::{Checker, Mismatch, strict_json_schema};
use xtask::load::Document;

/// Components that hold keys which nobody can list. Everywhere else an undeclared key is a fault.
const FREE: &[(&str, &str, &str)] = &[
    (
        "cpanel",
        "CartItem",
        "each provider of the market wants keys of its own beside the product's id",
    ),
    (
        "cpanel",
        "OrderItem",
        "a provider answers what it likes about an item; the sandbox answers what it was sent",
    ),
];

/// The spec of one vendor.
pub struct Spec {
    vendor: &'static str,
    document: Value,
    /// The document, with the free components open, and each form that has no name of its own among the components.
    opened: Value,
    /// By the text of their schema. To make one ready takes longer than to check an answer.
    checkers: Mutex<BTreeMap<String, Arc<Checker>>>,
}

/// The spec of a vendor, read once.
pub fn of(vendor: &'static str) -> &'static Spec {
    static SPECS: OnceLock<Mutex<BTreeMap<&str, &'static Spec>>> = OnceLock::new();
    let mut specs = SPECS
        .get_or_init(Mutex::default)
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    specs
        .entry(vendor)
        .or_insert_with(|| Box::leak(Box::new(Spec::read(vendor))))
}

/// One documented payload.
#[derive(Debug)]
pub struct Example {
    /// The file's name.
    pub file: String,
    /// The component that the payload is documented as, in brackets for a list of it; for a failure under a success status, the failure's.
    pub component: String,
    pub payload: Value,
}

impl Spec {
    fn read(vendor: &'static str) -> Self {
        let text = std::fs::read(folder(vendor).join("openapi.yaml")).expect("the spec is there");
        let document = Document::parse_bytes("openapi.yaml", &text)
            .expect("the spec is well-formed")
            .to_json();
        let mut opened = document.clone();
        for (_, component, _) in FREE.iter().filter(|(free, _, _)| *free == vendor) {
            opened["components"]["schemas"][component]["additionalProperties"] = json!(true);
        }
        let mut spec = Self {
            vendor,
            document,
            opened,
            checkers: Mutex::default(),
        };
        for (name, schema) in spec.nameless_forms() {
            spec.opened["components"]["schemas"][name] = schema;
        }
        spec
    }

    /// The schemas of bodies and parameters that have no name of their own, by what [`form`] calls them.
    fn nameless_forms(&self) -> Vec<(String, Value)> {
        let mut forms = Vec::new();
        for (_, operation) in self.operations() {
            let parameters = operation["parameters"].as_array().into_iter().flatten();
            let bodies = operation["requestBody"]["content"].as_object();
            let bodies = bodies.into_iter().flat_map(|all| all.values());
            for schema in parameters
                .map(|parameter| &self.resolve(parameter)["schema"])
                .chain(bodies.map(|media| &media["schema"]))
                .filter(|schema| schema.get("$ref").is_none())
            {
                forms.push((form(schema), schema.clone()));
            }
        }
        forms
    }

    /// The whole document.
    pub fn document(&self) -> &Value {
        &self.document
    }

    /// Every documented payload, in the order of the files' names.
    pub fn examples(&self) -> Vec<Example> {
        let mut examples = Vec::new();
        for (_, operation) in self.operations() {
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                self.collect_parameter(self.resolve(parameter), &mut examples);
            }
            self.collect(&operation["requestBody"]["content"], None, &mut examples);
            let responses = operation["responses"].as_object().expect("responses");
            for (status, response) in responses {
                let failure = operation
                    .get("x-failure")
                    .filter(|_| status.starts_with('2'));
                let content = &self.resolve(response)["content"];
                self.collect(content, failure, &mut examples);
            }
        }
        examples.sort_by(|a, b| (&a.file, &a.component).cmp(&(&b.file, &b.component)));
        examples.dedup_by(|a, b| {
            (&a.file, &a.component, &a.payload) == (&b.file, &b.component, &b.payload)
        });
        examples
    }

    fn collect(&self, content: &Value, failure: Option<&Value>, examples: &mut Vec<Example>) {
        for media in content.as_object().into_iter().flat_map(|all| all.values()) {
            for (file, payload) in self.files(media) {
                let component = match failure.filter(|rule| is_failure(rule, &payload)) {
                    Some(rule) => component(&rule["schema"]).to_owned(),
                    None => form(&media["schema"]),
                };
                examples.push(Example {
                    file,
                    component,
                    payload,
                });
            }
        }
    }

    /// A parameter's values are a payload; where they are JSON texts, each text is one.
    fn collect_parameter(&self, parameter: &Value, examples: &mut Vec<Example>) {
        let schema = &parameter["schema"];
        let text_target = schema
            .get("x-json-text")
            .or_else(|| schema["items"].get("x-json-text"));
        for (file, values) in self.files(parameter) {
            let Some(target) = text_target else {
                examples.push(Example {
                    file,
                    component: form(schema),
                    payload: values,
                });
                continue;
            };
            let texts = match &values {
                Value::Array(texts) => texts.as_slice(),
                text => std::slice::from_ref(text),
            };
            for text in texts {
                let text = text.as_str().expect("a text");
                examples.push(Example {
                    file: file.clone(),
                    component: component(target).to_owned(),
                    payload: serde_json::from_str(text).expect("the text is JSON"),
                });
            }
        }
    }

    fn files(&self, holder: &Value) -> Vec<(String, Value)> {
        let examples = holder["examples"].as_object();
        let examples = examples.into_iter().flat_map(|examples| examples.values());
        examples
            .map(|example| {
                let file = self.resolve(example)["externalValue"]
                    .as_str()
                    .expect("an example in a file");
                let text = std::fs::read_to_string(folder(self.vendor).join(file))
                    .expect("the example is there");
                let payload = serde_json::from_str(&text).expect("the example is JSON");
                (file.trim_start_matches("examples/").to_owned(), payload)
            })
            .collect()
    }

    /// The component, file and payload of each documented body of a response.
    pub fn documented(&self, response: &Value) -> Vec<(String, String, Value)> {
        let content = self.resolve(response)["content"].as_object();
        let mut bodies = Vec::new();
        for media in content.into_iter().flat_map(|all| all.values()) {
            let files = self.files(media).into_iter();
            bodies.extend(files.map(|(file, payload)| (form(&media["schema"]), file, payload)));
        }
        bodies
    }

    /// Path and operation of every operation.
    pub fn operations(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.calls().map(|(_, path, operation)| (path, operation))
    }

    /// Method, in capitals, path and operation of every operation.
    pub fn calls(&self) -> impl Iterator<Item = (String, &str, &Value)> {
        let paths = self.document["paths"].as_object().expect("paths");
        paths.iter().flat_map(|(path, item)| {
            let operations = item.as_object().expect("a path item");
            operations
                .iter()
                .filter(|(_, operation)| operation.get("operationId").is_some())
                .map(move |(method, operation)| (method.to_uppercase(), path.as_str(), operation))
        })
    }

    /// The operation that the runtime calls so. A request for a token, which the runtime makes by itself, is the operation at the scheme's address.
    pub fn operation(&self, id: &str) -> Option<&Value> {
        let schemes = self.document["components"]["securitySchemes"].as_object();
        let token_url = schemes
            .into_iter()
            .flat_map(|schemes| schemes.values())
            .find_map(|scheme| scheme["flows"]["password"]["tokenUrl"].as_str());
        self.operations()
            .find(|(path, operation)| match id {
                "token request" => Some(*path) == token_url,
                _ => operation["operationId"] == id,
            })
            .map(|(_, operation)| operation)
    }

    /// The node that a reference leads to, or the node itself.
    pub fn resolve<'a>(&'a self, node: &'a Value) -> &'a Value {
        match node["$ref"].as_str() {
            Some(reference) => self
                .document
                .pointer(&reference[1..])
                .expect("the reference leads somewhere"),
            None => node,
        }
    }

    /// How a payload differs from a component, undeclared properties included, unless the component is free.
    pub fn differences(&self, component: &str, payload: &Value) -> Vec<Mismatch> {
        let reference = json!({"$ref": format!("#/components/schemas/{component}")});
        self.differences_from(&reference, payload)
    }

    /// How a payload differs from a schema, undeclared properties included, unless its component is free.
    pub fn differences_from(&self, schema: &Value, payload: &Value) -> Vec<Mismatch> {
        let checker = self
            .checkers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .entry(schema.to_string())
            .or_insert_with(|| Arc::new(self.checker(schema)))
            .clone();
        checker.mismatches(payload)
    }

    fn checker(&self, schema: &Value) -> Checker {
        let place = schema["$ref"].as_str().and_then(|to| to.strip_prefix('#'));
        let schema = match place {
            Some(place) => strict_json_schema(&self.opened, place),
            None => {
                let document = json!({"components": self.opened["components"], "schema": schema});
                strict_json_schema(&document, "/schema")
            }
        };
        Checker::new(&schema).expect("the schema is sound")
    }

    /// The payload without what a free component may hold beside its declared properties.
    pub fn without_free_keys(&self, component: &str, payload: &Value) -> Value {
        let mut payload = payload.clone();
        let is_free = FREE
            .iter()
            .any(|(vendor, free, _)| (*vendor, *free) == (self.vendor, component));
        if let (true, Some(keys)) = (is_free, payload.as_object_mut()) {
            let declared = &self.document["components"]["schemas"][component]["properties"];
            keys.retain(|key, _| declared.get(key).is_some());
        }
        payload
    }
}

/// What a schema is called: its component, in brackets for a list of it, else its type.
pub fn form(schema: &Value) -> String {
    match (schema.get("$ref"), schema.get("items")) {
        (Some(reference), _) => component(reference).to_owned(),
        (None, Some(items)) => format!("[{}]", form(items)),
        (None, None) => schema["type"].as_str().expect("a type").to_owned(),
    }
}

/// The component that a reference names.
pub fn component(reference: &Value) -> &str {
    reference
        .as_str()
        .and_then(|reference| reference.rsplit('/').next())
        .expect("a named component")
}

/// Whether a body under a success status is a failure, by the operation's `x-failure`.
pub fn is_failure(rule: &Value, body: &Value) -> bool {
    if let Some(rules) = rule["any"].as_array() {
        return rules.iter().any(|rule| is_failure(rule, body));
    }
    let at = |path: &str| body.pointer(&format!("/{}", path.replace('.', "/")));
    if let Some(key) = rule["present"].as_str() {
        return at(key).is_some();
    }
    let text = |value: &Value| {
        value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned)
    };
    let mut constants = rule["equals"].as_object().into_iter().flatten().peekable();
    constants.peek().is_some()
        && constants.all(|(path, constant)| at(path).map(text) == Some(text(constant)))
}

fn folder(vendor: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../specs")
        .join(vendor)
}

#[cfg(test)]
mod tests {
    use super::*;
    use xtask::lint::json_schema::mismatches;

    #[test]
    fn each_free_component_is_one_that_the_spec_closes_otherwise() {
        for (vendor, component, why) in FREE {
            let spec = of(vendor);
            let payload = json!({"product_id": "x", "a-key-of-nobody": 1});
            assert_eq!(spec.differences(component, &payload), [], "{why}");
            let closed =
                strict_json_schema(spec.document(), &format!("/components/schemas/{component}"));
            let found = mismatches(&closed, &payload).unwrap();
            assert!(
                found
                    .iter()
                    .any(|mismatch| mismatch.message.contains("a-key-of-nobody")),
                "{vendor}: {component} need not be listed: {found:?}"
            );
        }
    }

    #[test]
    fn a_schema_without_a_name_is_called_by_its_form() {
        for (schema, name) in [
            (json!({"$ref": "#/components/schemas/Cart"}), "Cart"),
            (
                json!({"type": "array", "items": {"$ref": "#/components/schemas/Cart"}}),
                "[Cart]",
            ),
            (
                json!({"type": "array", "items": {"type": "integer"}}),
                "[integer]",
            ),
            (json!({"type": "string"}), "string"),
        ] {
            assert_eq!(form(&schema), name);
        }
    }

    #[test]
    fn a_list_without_a_name_is_held_against_its_entries() {
        let spec = of("bigcommerce");
        let differences = |payload| spec.differences("[MetafieldCreateEntry]", &payload);
        let example = spec
            .examples()
            .into_iter()
            .find(|example| example.component == "[MetafieldCreateEntry]")
            .expect("a batch is documented");
        assert_eq!(differences(example.payload.clone()), []);
        let mut undeclared = example.payload;
        undeclared[1]["a-key-of-nobody"] = json!(1);
        assert_eq!(differences(undeclared)[0].path, "/1");
    }

    #[test]
    fn a_failure_under_a_success_status_is_told_by_the_value_of_its_key() {
        let dotted = json!({"any": [{"equals": {"status": 0}}, {"equals": {"result.status": 0}}]});
        for (rule, body, failed) in [
            (&dotted, r#"{"status": 0}"#, true),
            (&dotted, r#"{"status": "0"}"#, true),
            (&dotted, r#"{"result": {"status": 0}}"#, true),
            (&dotted, r#"{"status": 1, "result": {"status": 1}}"#, false),
            (&dotted, r#"{"status": null}"#, false),
            (&dotted, "{}", false),
            (
                &json!({"present": "error_class"}),
                r#"{"error_class": null}"#,
                true,
            ),
            (
                &json!({"present": "error_class"}),
                r#"{"error": ""}"#,
                false,
            ),
        ] {
            let body = serde_json::from_str(body).unwrap();
            assert_eq!(is_failure(rule, &body), failed, "{body}");
        }
    }
}
