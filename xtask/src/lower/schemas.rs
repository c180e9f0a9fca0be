//! Schemas: opened, relaxed, their scalars named, their nulls and empty collections kept.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::recursion::Recursion;
use super::{docs, referenced, rust_name};
use crate::lint::rust_names::{Naming, pascal, snake};
use crate::plan::Plan;
use crate::scalar::{DECIMAL, SECRET, TIMESTAMP};

/// Keywords that validate. A client accepts what the vendor sends, so they become words in the documentation only.
const VALIDATION: &[&str] = &[
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
    "default",
    "title",
    "example",
    "readOnly",
    "writeOnly",
    "xml",
    "externalDocs",
    "discriminator",
    "deprecated",
];

/// What typify calls the map of the fields that the spec doesn't list.
const EXTRA: &str = "extra";

/// What polish calls the variant for the values that the spec doesn't list.
const UNKNOWN: &str = "Unknown";

/// Folds `allOf` of several object components into one object.
pub fn merge_all_of(spec: &mut Value) -> Result<(), String> {
    let original = spec["components"]["schemas"].clone();
    let Some(schemas) = spec["components"]["schemas"].as_object_mut() else {
        return Ok(());
    };
    for (name, schema) in schemas {
        if schema.get("allOf").is_some() {
            *schema = merged(schema, &original, 0)
                .map_err(|why| format!("#/components/schemas/{name}: {why}"))?;
        }
    }
    Ok(())
}

fn merged(schema: &Value, schemas: &Value, depth: usize) -> Result<Value, String> {
    if depth > 32 {
        return Err("`allOf` goes round in a circle".to_owned());
    }
    let Some(parts) = schema["allOf"].as_array() else {
        return Ok(schema.clone());
    };
    let mut own = schema.clone();
    let own = own.as_object_mut().ok_or("not an object")?;
    own.remove("allOf");
    let mut result = Map::new();
    let mut required: BTreeSet<String> = BTreeSet::new();
    let mut properties = Map::new();
    let mut overlay = |part: &Map<String, Value>| {
        for (key, value) in part {
            match key.as_str() {
                "required" => {
                    required.extend(value.as_array().into_iter().flatten().map(super::text))
                }
                "properties" => properties.extend(
                    value
                        .as_object()
                        .into_iter()
                        .flatten()
                        .map(|(k, v)| (k.clone(), v.clone())),
                ),
                _ => {
                    result.insert(key.clone(), value.clone());
                }
            }
        }
    };
    for part in parts {
        let part = referenced(part).map_or(part, |name| &schemas[name]);
        let part = merged(part, schemas, depth + 1)?;
        overlay(
            part.as_object()
                .ok_or("a part of `allOf` is not an object")?,
        );
    }
    overlay(own);
    if !properties.is_empty() {
        result.insert("properties".to_owned(), Value::Object(properties));
    }
    if !required.is_empty() {
        result.insert("required".to_owned(), json!(required));
    }
    Ok(Value::Object(result))
}

/// Lowers every component and every inline schema of the operations.
pub fn lower(
    spec: &mut Value,
    plan: &mut Plan,
    received: &BTreeSet<String>,
    recursion: &Recursion,
) -> Result<(), String> {
    let nullable = nullable_components(spec);
    if let Some(schemas) = spec["components"]["schemas"].as_object_mut() {
        for (name, schema) in schemas.iter_mut() {
            let mut lowering = Lowering {
                plan,
                nullable: &nullable,
                recursion,
                owner: rust_name(name),
                relax: received.contains(name),
            };
            if schema["type"] == "string" && schema["enum"].is_array() {
                lowering.plan.open_enums.insert(rust_name(name));
                lowering.variants(&mut schema["enum"]);
            }
            lowering.schema(schema);
            lowering.count(schema);
            if let Some(schema) = schema.as_object_mut() {
                schema.remove("nullable");
            }
        }
    }
    let Some(paths) = spec["paths"].as_object_mut() else {
        return Ok(());
    };
    for operation in paths
        .values_mut()
        .filter_map(Value::as_object_mut)
        .flat_map(Map::values_mut)
    {
        let mut lowering = Lowering {
            plan,
            nullable: &nullable,
            recursion,
            owner: String::new(),
            relax: false,
        };
        for parameter in operation["parameters"].as_array_mut().into_iter().flatten() {
            lowering.schema(&mut parameter["schema"]);
            // An address and a header have no way to say `null`.
            if let Some(schema) = parameter["schema"].as_object_mut() {
                schema.remove("nullable");
            }
        }
        for part in ["requestBody", "responses"] {
            lowering.contents(&mut operation[part]);
        }
        let answer = operation.pointer_mut("/responses/2XX/content/application~1json/schema");
        let of_integers = answer.as_deref().is_some_and(holds_integers);
        plan.integer_answers += usize::from(of_integers);
        if let Some(answer) = answer
            && referenced(answer).is_some_and(|name| nullable.contains(name))
        {
            *answer = json!({"nullable": true, "allOf": [*answer]});
        }
        if operation["requestBody"].is_null() {
            operation
                .as_object_mut()
                .map(|operation| operation.remove("requestBody"));
        }
        if operation["parameters"].is_null() {
            operation
                .as_object_mut()
                .map(|operation| operation.remove("parameters"));
        }
    }
    Ok(())
}

pub fn nullable_components(spec: &Value) -> BTreeSet<String> {
    let schemas = spec["components"]["schemas"]
        .as_object()
        .into_iter()
        .flatten();
    let schemas: Vec<_> = schemas.collect();
    let mut names = BTreeSet::new();
    loop {
        let before = names.len();
        for (name, schema) in &schemas {
            let leads_to_one = referenced(schema).is_some_and(|target| names.contains(target));
            if schema["nullable"] == true || is_free(schema) || leads_to_one {
                names.insert((*name).clone());
            }
        }
        if names.len() == before {
            return names;
        }
    }
}

struct Lowering<'a> {
    plan: &'a mut Plan,
    /// Components that may be null wherever they stand.
    nullable: &'a BTreeSet<String>,
    /// Which types hold themselves.
    recursion: &'a Recursion,
    /// The Rust type whose schema this is.
    owner: String,
    /// Drop `required`: a vendor may leave out what its documentation promises.
    relax: bool,
}

impl Lowering<'_> {
    /// Gives the values of an enum the names of their variants where typify would find none, or one for several.
    fn variants(&mut self, values: &mut Value) {
        let Some(values) = values.as_array_mut() else {
            return;
        };
        let mut texts: Vec<&mut Value> = values
            .iter_mut()
            .filter(|value| value.is_string())
            .collect();
        let written: Vec<String> = texts.iter().map(|value| super::text(value)).collect();
        let written: Vec<&str> = written.iter().map(String::as_str).collect();
        let naming = Naming {
            case: pascal,
            word: "Value",
            is_taken: &|name| name == UNKNOWN,
        };
        let names = naming.of_list(&written);
        for ((value, written), name) in texts.iter_mut().zip(written).zip(names) {
            if pascal(written) != name || !written.is_ascii() {
                let key = (self.owner.clone(), name.clone());
                self.plan.renamed_variants.insert(key, written.to_owned());
                **value = json!(name);
            }
        }
    }

    fn contents(&mut self, node: &mut Value) {
        match node {
            Value::Object(map) => {
                for (key, child) in map {
                    if key == "schema" {
                        self.schema(child)
                    } else {
                        self.contents(child)
                    }
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.contents(item)),
            _ => {}
        }
    }

    fn schema(&mut self, schema: &mut Value) {
        let doc = docs::describe(schema, docs::source(schema).as_deref());
        let Some(map) = schema.as_object_mut() else {
            return;
        };
        if map.contains_key("$ref") {
            return;
        }
        map.retain(|key, _| !VALIDATION.contains(&key.as_str()) && !key.starts_with("x-"));
        if map
            .get("properties")
            .is_some_and(|properties| *properties == json!({}))
        {
            map.remove("properties");
            map.insert("type".to_owned(), json!("object"));
        }
        if !doc.is_empty() {
            map.insert("description".to_owned(), json!(doc));
        }
        match map.get("type").and_then(Value::as_str) {
            Some("number") => become_scalar(map, DECIMAL),
            Some("string")
                if map
                    .get("format")
                    .is_some_and(|format| format == "date-time") =>
            {
                become_scalar(map, TIMESTAMP)
            }
            Some("string") if map.get("format").is_some_and(|format| format == "password") => {
                become_scalar(map, SECRET);
            }
            Some("string") => {
                map.remove("format");
            }
            Some("integer" | "boolean") => {
                map.remove("enum");
                // A narrower type would refuse a value that the vendor sends all the same.
                if map.get("format").is_some_and(|format| format != "uint64") {
                    map.remove("format");
                }
            }
            Some("array") => {
                if let Some(items) = map.get_mut("items") {
                    self.element(items);
                }
            }
            Some("object") => self.object(map),
            _ if map.contains_key("properties") => self.object(map),
            _ => {}
        }
    }

    fn object(&mut self, map: &mut Map<String, Value>) {
        map.insert("type".to_owned(), json!("object"));
        let keeps_values = matches!(map.get("additionalProperties"), Some(Value::Object(values)) if !values.is_empty());
        match map.get_mut("additionalProperties") {
            Some(values) if keeps_values => self.element(values),
            // Whatever else the spec says, an unknown field is kept.
            _ => {
                map.insert("additionalProperties".to_owned(), json!({}));
            }
        }
        if self.relax {
            map.remove("required");
        }
        let required: BTreeSet<String> = map
            .get("required")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .map(super::text)
            .collect();
        let Some(properties) = map.get_mut("properties").and_then(Value::as_object_mut) else {
            return;
        };
        let renamed = self.fields(properties);
        let required: BTreeSet<String> = required
            .into_iter()
            .map(|name| renamed.get(&name).cloned().unwrap_or(name))
            .collect();
        for (name, property) in properties.iter_mut() {
            self.property(name, property, required.contains(name));
        }
        if let Some(names) = map.get_mut("required") {
            *names = json!(required);
        }
    }

    /// Writes down what polish will find of a component.
    fn count(&mut self, schema: &Value) {
        let Some(properties) = schema["properties"].as_object() else {
            self.plan.integer_fields += usize::from(holds_integers(schema));
            return;
        };
        let fields = properties.values().chain([&schema["additionalProperties"]]);
        self.plan.integer_fields += fields.filter(|field| holds_integers(field)).count();
        let is_required = schema["required"]
            .as_array()
            .is_some_and(|names| !names.is_empty());
        self.plan.all_optional += usize::from(!is_required);
        self.plan.objects.insert(self.owner.clone());
    }

    /// Gives properties the names of their fields where typify would find none, or one for several; answers which.
    fn fields(&mut self, properties: &mut Map<String, Value>) -> BTreeMap<String, String> {
        let written: Vec<&str> = properties.keys().map(String::as_str).collect();
        let naming = Naming {
            case: snake,
            word: "field",
            is_taken: &|name| name == EXTRA,
        };
        let named = written.iter().zip(naming.of_map(&written));
        let renamed: BTreeMap<String, String> = named
            .filter(|(written, name)| snake(written) != *name || !written.is_ascii())
            .map(|(written, name)| ((*written).to_owned(), name))
            .collect();
        for (written, name) in &renamed {
            let key = (self.owner.clone(), field_name(name));
            self.plan.renamed_fields.insert(key, written.clone());
        }
        let entries = std::mem::take(properties);
        properties.extend(entries.into_iter().map(|(written, property)| {
            let name = renamed.get(&written).cloned().unwrap_or(written);
            (name, property)
        }));
        renamed
    }

    fn property(&mut self, name: &str, property: &mut Value, required: bool) {
        if property["deprecated"] == true {
            self.plan
                .deprecated_fields
                .insert((self.owner.clone(), field_name(name)));
        }
        let nullable = self.may_be_null(property);
        let target = referenced(property).or_else(|| referenced(&property["allOf"][0]));
        let holds_owner = |name| self.recursion.holds(&rust_name(name), &self.owner);
        let needs_box = target.is_some_and(holds_owner);
        self.schema(property);
        if nullable {
            if !required {
                self.plan.three_state += 1;
            }
            *property = nullable_of(property, needs_box);
        } else if !required && needs_box {
            // typify's own box stands around the `Option`, and writes `null` for what is left out.
            *property = boxed(property);
        } else if !required && is_collection(property) {
            // An optional collection that isn't an `Option` drops an empty one when it is written.
            property["nullable"] = json!(true);
        }
    }

    /// An element of an array or a map.
    fn element(&mut self, element: &mut Value) {
        let nullable = self.may_be_null(element) && !is_free(element);
        self.schema(element);
        if nullable {
            *element = nullable_of(element, false);
        }
    }

    fn may_be_null(&self, schema: &Value) -> bool {
        let target = referenced(schema).or_else(|| referenced(&schema["allOf"][0]));
        schema["nullable"] == true
            || is_free(schema)
            || target.is_some_and(|name| self.nullable.contains(name))
    }
}

/// A schema that says nothing takes anything, `null` too.
fn is_free(schema: &Value) -> bool {
    [
        "$ref",
        "type",
        "allOf",
        "oneOf",
        "properties",
        "enum",
        "x-rust-type",
    ]
    .iter()
    .all(|key| schema.get(key).is_none())
}

/// Whether a value of the schema holds integers that are not in a component of their own.
fn holds_integers(schema: &Value) -> bool {
    let parameters = schema["x-rust-type"]["parameters"].as_array();
    schema["type"] == "integer"
        || [&schema["items"], &schema["additionalProperties"]]
            .into_iter()
            .chain(parameters.into_iter().flatten())
            .any(|inner| inner.is_object() && holds_integers(inner))
}

fn is_collection(schema: &Value) -> bool {
    let is_map = schema["type"] == "object" && schema.get("properties").is_none();
    schema["type"] == "array" || is_map
}

fn become_scalar(map: &mut Map<String, Value>, name: &str) {
    let reference = json!({"$ref": format!("#/components/schemas/{name}")});
    let description = map.remove("description");
    let nullable = map.remove("nullable");
    *map = Map::new();
    map.insert("allOf".to_owned(), json!([reference]));
    map.extend(description.map(|text| ("description".to_owned(), text)));
    map.extend(nullable.map(|flag| ("nullable".to_owned(), flag)));
}

/// `Nullable<T>` of the runtime, said in the spec; `Nullable<Box<T>>` where `T` holds the type that this stands in.
fn nullable_of(schema: &Value, needs_box: bool) -> Value {
    let path = "cartwright_runtime::Nullable";
    if needs_box {
        wrapped("cartwright-runtime", path, &boxed(schema))
    } else {
        wrapped("cartwright-runtime", path, schema)
    }
}

/// `Box<T>`, said in the spec.
fn boxed(schema: &Value) -> Value {
    wrapped("std", "std::boxed::Box", schema)
}

/// A type of one parameter, said in the spec; what documents the parameter documents the whole.
fn wrapped(source: &str, path: &str, schema: &Value) -> Value {
    let mut inner = schema.clone();
    let mut description = None;
    if let Some(map) = inner.as_object_mut() {
        map.remove("nullable");
        description = map.remove("description");
        // A wrapper that held nothing but these two is the reference itself.
        if map.len() == 1
            && let Some([single]) = map
                .get("allOf")
                .and_then(Value::as_array)
                .map(Vec::as_slice)
        {
            inner = single.clone();
        }
    }
    let mut wrapped = json!({
        "x-rust-type": {"crate": source, "version": "*", "path": path, "parameters": [inner]}
    });
    if let Some(description) = description {
        wrapped["description"] = description;
    }
    wrapped
}

/// The Rust field that typify makes of a property.
fn field_name(property: &str) -> String {
    let name = snake(property);
    if syn::parse_str::<syn::Ident>(&name).is_ok() {
        name
    } else {
        format!("{name}_")
    }
}
