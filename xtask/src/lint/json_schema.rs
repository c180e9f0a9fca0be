//! A spec's schemas as JSON Schema 2020-12, so that any validator can hold a payload against them.
//!
//! OpenAPI 3.0 schemas aren't JSON Schema: `nullable` and the boolean exclusive bounds are its own, and
//! what stands beside a `$ref` doesn't count. `x-variant-keys` is translated too: a union of objects then
//! takes a value by the branch that its keys name, as the generated client does.

use serde_json::{Map, Value, json};

use crate::load::pointer_token;

/// The schema at `pointer` in a document, complete in itself: the component schemas that it reaches travel
/// along under `components`, where every `$ref` finds them.
///
/// Formats aren't asserted, since vendors bend them. A pointer that leads nowhere gives a schema that
/// takes nothing.
///
/// ```
/// use serde_json::json;
/// use xtask::lint::json_schema::{json_schema, mismatches};
///
/// let document = json!({"components": {"schemas": {
///     "Cart": {"type": "object", "properties": {"id": {"type": "string", "nullable": true}}},
/// }}});
/// let schema = json_schema(&document, "/components/schemas/Cart");
/// assert_eq!(mismatches(&schema, &json!({"id": null})), Ok(vec![]));
/// assert_eq!(mismatches(&schema, &json!({"id": 7})).unwrap()[0].path, "/id");
/// ```
pub fn json_schema(document_json: &Value, schema_pointer: &str) -> Value {
    complete(document_json, schema_pointer, Objects::AsWritten)
}

/// As [`json_schema`], with every object that declares properties closed: a payload with an undeclared
/// property doesn't match. Maps and free objects stay open.
pub fn strict_json_schema(document_json: &Value, schema_pointer: &str) -> Value {
    complete(document_json, schema_pointer, Objects::Closed)
}

/// One way in which a payload doesn't match its schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// The JSON pointer of the place inside the payload.
    pub path: String,
    /// What is wrong there.
    pub message: String,
}

/// Every way in which `instance` doesn't match a schema of [`json_schema`] or [`strict_json_schema`].
///
/// For a union the branch that comes nearest is reported. Undeclared properties of an object are reported
/// once everything else in it matches: until then a validator can't tell which are declared.
///
/// # Errors
/// When the schema itself is malformed.
pub fn mismatches(schema: &Value, instance: &Value) -> Result<Vec<Mismatch>, String> {
    Checker::new(schema).map(|checker| checker.mismatches(instance))
}

/// A schema made ready, for more than one payload: that takes longer than to check one.
#[derive(Debug)]
pub struct Checker(jsonschema::Validator);

impl Checker {
    /// Makes a schema of [`json_schema`] or [`strict_json_schema`] ready.
    ///
    /// # Errors
    /// When the schema itself is malformed.
    pub fn new(schema: &Value) -> Result<Self, String> {
        jsonschema::options()
            .with_draft(jsonschema::Draft::Draft202012)
            .should_validate_formats(false)
            .build(schema)
            .map(Self)
            .map_err(|error| error.to_string())
    }

    /// Whether `instance` matches.
    pub fn takes(&self, instance: &Value) -> bool {
        self.0.is_valid(instance)
    }

    /// As the function [`mismatches`].
    pub fn mismatches(&self, instance: &Value) -> Vec<Mismatch> {
        let mut list: Vec<_> = all_mismatches(&self.0, instance)
            .into_iter()
            .map(|found| found.mismatch)
            .collect();
        list.sort_by(|a, b| (&a.path, &a.message).cmp(&(&b.path, &b.message)));
        list.dedup();
        list
    }

    /// The same, each with the way that leads from the schema to the keyword that says so: a JSON pointer through `$ref`s, and
    /// behind `required` the name that is missing, behind `additionalProperties` the first that is too many.
    pub(crate) fn traced(&self, instance: &Value) -> Vec<(Mismatch, String)> {
        let mut list: Vec<_> = all_mismatches(&self.0, instance)
            .into_iter()
            .map(|found| (found.mismatch, found.way))
            .collect();
        list.sort_by(|(a, a_way), (b, b_way)| {
            (&a.path, &a.message, a_way).cmp(&(&b.path, &b.message, b_way))
        });
        list.dedup();
        list
    }
}

/// A mismatch, what kind it is, and the way through the schema.
struct Found {
    mismatch: Mismatch,
    reason: Reason,
    way: String,
}

fn all_mismatches(validator: &jsonschema::Validator, instance: &Value) -> Vec<Found> {
    let mut found = Vec::new();
    for error in validator.iter_errors(instance) {
        explain(&error, &mut found);
    }
    let places: Vec<(String, bool)> = found
        .iter()
        .map(|one| {
            (
                one.mismatch.path.clone(),
                matches!(one.reason, Reason::Value),
            )
        })
        .collect();
    found.retain(
        |Found {
             mismatch, reason, ..
         }| match reason {
            Reason::Value => true,
            Reason::Undeclared => !places.iter().any(|(path, is_value)| {
                let rest = path.strip_prefix(&mismatch.path);
                rest.is_some_and(|rest| rest.starts_with('/') || (rest.is_empty() && *is_value))
            }),
        },
    );
    found
}

enum Reason {
    Undeclared,
    Value,
}

fn explain(error: &jsonschema::ValidationError<'_>, found: &mut Vec<Found>) {
    use jsonschema::error::ValidationErrorKind as Kind;
    const LONG: usize = 120;
    let own_path = error.instance_path().as_str();
    let here = error.evaluation_path().as_str();
    let is_other_type = |errors: &[jsonschema::ValidationError<'_>]| {
        errors.iter().any(|inner| {
            matches!(inner.kind(), Kind::Type { .. }) && inner.instance_path().as_str() == own_path
        })
    };
    // The tests that pick a variant stand behind its schema, in one `allOf`.
    let is_other_variant = |index: usize, errors: &[jsonschema::ValidationError<'_>]| {
        let tests = format!("{here}/{index}/allOf/");
        errors.iter().any(|inner| {
            let rest = inner.evaluation_path().as_str().strip_prefix(&tests);
            rest.is_some_and(|rest| !rest.starts_with("0/"))
        })
    };
    let branches = match error.kind() {
        Kind::OneOfNotValid { context } | Kind::AnyOf { context } => context.as_slice(),
        _ => &[],
    };
    let nearest = branches
        .iter()
        .enumerate()
        .filter(|(index, errors)| !is_other_type(errors) && !is_other_variant(*index, errors))
        .min_by_key(|(_, errors)| errors.len());
    if let Some((_, errors)) = nearest {
        for inner in errors {
            explain(inner, found);
        }
        return;
    }
    let full = error.to_string();
    let message = if full.chars().count() > LONG {
        error.masked_with("this value").to_string()
    } else {
        full
    };
    let reason = match error.kind() {
        Kind::UnevaluatedProperties { .. } | Kind::AdditionalProperties { .. } => {
            Reason::Undeclared
        }
        _ => Reason::Value,
    };
    let way = match error.kind() {
        Kind::Required {
            property: Value::String(name),
        } => format!("{here}/{}", pointer_token(name)),
        Kind::AdditionalProperties { unexpected } => match unexpected.first() {
            Some(name) => format!("{here}/{}", pointer_token(name)),
            None => here.to_owned(),
        },
        _ => here.to_owned(),
    };
    let path = own_path.to_owned();
    found.push(Found {
        mismatch: Mismatch { path, message },
        reason,
        way,
    });
}

/// Whether the validator knows a pattern; ECMA-262 allows more than it does.
pub(super) fn is_checkable(pattern: &str) -> bool {
    Checker::new(&json!({ "pattern": pattern })).is_ok()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Objects {
    AsWritten,
    Closed,
}

fn complete(document: &Value, pointer: &str, objects: Objects) -> Value {
    let translation = Translation { objects };
    let Some(schema) = document.pointer(pointer) else {
        return Value::Bool(false);
    };
    let mut schema = translation.whole(schema);
    let mut components = Map::new();
    let mut open = Vec::new();
    references(&schema, &mut open);
    while let Some(name) = open.pop() {
        let named = document.pointer(&format!("{COMPONENTS}{}", pointer_token(&name)));
        if let Some(schema) = named.filter(|_| !components.contains_key(&name)) {
            let part = translation.part(schema);
            references(&part, &mut open);
            components.insert(name, part);
        }
    }
    if let Value::Object(root) = &mut schema {
        root.insert(
            "$schema".to_owned(),
            json!("https://json-schema.org/draft/2020-12/schema"),
        );
        root.insert("components".to_owned(), json!({ "schemas": components }));
    }
    schema
}

const COMPONENTS: &str = "/components/schemas/";

/// Adds the name of every component that a translated schema refers to.
fn references(schema: &Value, names: &mut Vec<String>) {
    match schema {
        Value::Array(list) => list.iter().for_each(|inner| references(inner, names)),
        Value::Object(object) => {
            let target = object.get("$ref").and_then(Value::as_str);
            let pointer = target.and_then(|target| target.strip_prefix('#'));
            if let Some(token) = pointer.and_then(|pointer| pointer.strip_prefix(COMPONENTS)) {
                names.push(token.replace("~1", "/").replace("~0", "~"));
            }
            object.values().for_each(|inner| references(inner, names));
        }
        _ => {}
    }
}

struct Translation {
    objects: Objects,
}

impl Translation {
    /// A schema that describes a value by itself: here, and only here, an object can be closed, since
    /// the parts that it merges don't know one another's properties.
    fn whole(&self, schema: &Value) -> Value {
        let mut schema = self.part(schema);
        if let (Objects::Closed, Value::Object(schema)) = (self.objects, &mut schema) {
            schema.insert("unevaluatedProperties".to_owned(), Value::Bool(false));
        }
        schema
    }

    /// A schema that may be one of several for the same value.
    fn part(&self, schema: &Value) -> Value {
        let Some(schema) = schema.as_object() else {
            return Value::Bool(true);
        };
        if let Some(reference) = schema.get("$ref") {
            return json!({ "$ref": reference });
        }
        let mut out = Map::new();
        for (keyword, value) in schema {
            let translated = match keyword.as_str() {
                "properties" => value
                    .as_object()
                    .into_iter()
                    .flatten()
                    .map(|(name, schema)| (name.clone(), self.whole(schema)))
                    .collect(),
                "items" => self.whole(value),
                "additionalProperties" if value.is_object() => self.whole(value),
                "oneOf" if schema.contains_key("x-variant-keys") => self.variants(schema, value),
                "allOf" | "oneOf" | "anyOf" => self.parts(value),
                "pattern" if !value.as_str().is_some_and(is_checkable) => continue,
                // No payload has so many of anything.
                "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties"
                | "maxProperties"
                    if !value.is_u64() =>
                {
                    continue;
                }
                "not" => self.part(value),
                "type"
                | "enum"
                | "required"
                | "additionalProperties"
                | "minimum"
                | "maximum"
                | "multipleOf"
                | "minLength"
                | "maxLength"
                | "pattern"
                | "minItems"
                | "maxItems"
                | "uniqueItems"
                | "minProperties"
                | "maxProperties" => value.clone(),
                _ => continue,
            };
            out.insert(keyword.clone(), translated);
        }
        exclusive_bound(schema, &mut out, "minimum", "exclusiveMinimum");
        exclusive_bound(schema, &mut out, "maximum", "exclusiveMaximum");
        if self.objects == Objects::Closed && is_free_object(schema) {
            out.insert("additionalProperties".to_owned(), Value::Bool(true));
        }
        if schema.get("nullable") == Some(&Value::Bool(true)) {
            return nullable(out);
        }
        Value::Object(out)
    }

    fn parts(&self, list: &Value) -> Value {
        let list = list.as_array().into_iter().flatten();
        list.map(|schema| self.part(schema)).collect()
    }

    /// Each object branch holds when its test does and no earlier one's does.
    fn variants(&self, schema: &Map<String, Value>, branches: &Value) -> Value {
        let keys = schema.get("x-variant-keys").and_then(Value::as_object);
        let mut earlier: Vec<Value> = Vec::new();
        let branches = branches.as_array().into_iter().flatten();
        branches
            .map(|branch| {
                let part = self.part(branch);
                let name = branch.get("$ref").and_then(Value::as_str);
                let name = name.and_then(|reference| reference.rsplit('/').next());
                let test = name.and_then(|name| keys?.get(name)).and_then(variant_test);
                let Some(test) = test else {
                    return part;
                };
                let mut all = vec![part, test.clone()];
                all.extend(earlier.iter().map(|test| json!({ "not": test })));
                earlier.push(test);
                json!({ "allOf": all })
            })
            .collect()
    }
}

/// What a value has to have for an entry of `x-variant-keys` to name its branch.
fn variant_test(entry: &Value) -> Option<Value> {
    match entry {
        Value::String(key) => Some(json!({ "type": "object", "required": [key] })),
        Value::Object(constants) => Some(json!({
            "type": "object",
            "required": constants.keys().collect::<Vec<_>>(),
            "properties": constants
                .iter()
                .map(|(key, constant)| (key.clone(), json!({ "const": constant })))
                .collect::<Map<_, _>>(),
        })),
        _ => None,
    }
}

fn exclusive_bound(
    from: &Map<String, Value>,
    to: &mut Map<String, Value>,
    bound: &str,
    flag: &str,
) {
    if from.get(flag) == Some(&Value::Bool(true))
        && let Some(limit) = to.remove(bound)
    {
        to.insert(flag.to_owned(), limit);
    }
}

/// Whether a schema says nothing about an object's properties, so that any are welcome.
fn is_free_object(schema: &Map<String, Value>) -> bool {
    let silent = [
        "properties",
        "additionalProperties",
        "allOf",
        "oneOf",
        "anyOf",
    ];
    let may_be_object = schema.get("type").is_none_or(|kind| kind == "object");
    may_be_object && !silent.iter().any(|keyword| schema.contains_key(*keyword))
}

fn nullable(mut schema: Map<String, Value>) -> Value {
    let composed = ["allOf", "oneOf", "anyOf"]
        .iter()
        .any(|keyword| schema.contains_key(*keyword));
    match schema.get("type") {
        Some(kind) if !composed => {
            let kinds = json!([kind, "null"]);
            schema.insert("type".to_owned(), kinds);
            // Null has to stand in an `enum` as well: OpenAPI 3.0.3.
            Value::Object(schema)
        }
        _ => json!({ "anyOf": [schema, { "type": "null" }] }),
    }
}
