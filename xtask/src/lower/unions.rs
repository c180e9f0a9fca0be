//! Unions leave the spec: typify would try their branches one after the other and lose where a wrong one failed.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::recursion::Recursion;
use super::schemas::nullable_components;
use super::{docs, referenced, rust_name};
use crate::plan::{Branch, Kind, Plan, Test, Union};
use crate::scalar;

/// Moves every `oneOf` component that isn't a scalar into the plan.
pub fn lower(spec: &mut Value, plan: &mut Plan, recursion: &Recursion) -> Result<(), String> {
    let nullable = nullable_components(spec);
    let original = spec["components"]["schemas"].clone();
    let Some(schemas) = spec["components"]["schemas"].as_object_mut() else {
        return Ok(());
    };
    for (name, schema) in schemas.iter_mut() {
        if scalar::by_name(name).is_some() {
            continue;
        }
        let Some(branches) = schema["oneOf"].as_array() else {
            continue;
        };
        let union = rust_name(name);
        let branches = branches
            .iter()
            .map(|branch| {
                let mut lowered = lower_branch(branch, schema, &original, &nullable)?;
                let component = referenced(branch).map(rust_name);
                lowered.boxed = component.is_some_and(|name| recursion.holds(&name, &union));
                Ok(lowered)
            })
            .collect::<Result<Vec<_>, String>>()
            .map_err(|why| format!("#/components/schemas/{name}: {why}"))?;
        plan.unions.push(Union {
            name: union,
            doc: docs::describe(schema, docs::source(schema).as_deref()),
            branches: in_order(branches),
        });
        // A stub under the same name: the replacement needs a component to replace.
        *schema = match schema["nullable"] == true {
            true => json!({"type": "string", "nullable": true}),
            false => json!({"type": "string"}),
        };
    }
    Ok(())
}

fn lower_branch(
    branch: &Value,
    union: &Value,
    schemas: &Value,
    nullable: &BTreeSet<String>,
) -> Result<Branch, String> {
    let component = referenced(branch);
    // The JSON type of an alias is that of the component it leads to; lint has refused circles.
    let mut named = component;
    let mut target = component.map_or(branch, |name| &schemas[name]);
    while let Some(next) = referenced(target) {
        named = Some(next);
        target = &schemas[next];
    }
    let kinds = kinds(named, target);
    let kind = kinds
        .first()
        .ok_or_else(|| format!("a branch has no JSON type to tell it by: {branch}"))?;
    let variant = component.map_or_else(|| format!("{kind:?}"), rust_name);
    let test = match component.map(|name| &union["x-variant-keys"][name]) {
        Some(Value::String(key)) => Test::HasKey(key.clone()),
        Some(Value::Object(constant)) => match constant.iter().next() {
            Some((key, Value::String(value))) => Test::KeyEquals(key.clone(), value.clone()),
            _ => {
                return Err(format!(
                    "`x-variant-keys` of {variant} is not one key with a text"
                ));
            }
        },
        _ => Test::Kinds(kinds),
    };
    Ok(Branch {
        variant,
        rust_type: rust_type(branch, nullable)?,
        boxed: false,
        test,
    })
}

/// Keyed branches as written, then the others with `Integer` before `Number`.
fn in_order(mut branches: Vec<Branch>) -> Vec<Branch> {
    branches.sort_by_key(|branch| match &branch.test {
        Test::Kinds(kinds) => Some(kinds.first().map_or(usize::MAX, |kind| *kind as usize)),
        Test::HasKey(_) | Test::KeyEquals(..) => None,
    });
    branches
}

/// The JSON types that a value of this branch can have; lint has seen to it that no other branch claims one of them.
fn kinds(component: Option<&str>, schema: &Value) -> Vec<Kind> {
    match component {
        Some("VendorDateTime" | "Timestamp" | "Secret") => return vec![Kind::Text],
        Some("Decimal" | "FlexibleText") => return vec![Kind::Number, Kind::Text],
        Some("FlexibleInteger") => return vec![Kind::Integer, Kind::Text],
        Some("FlexibleBoolean") => return vec![Kind::Boolean, Kind::Integer, Kind::Text],
        _ => {}
    }
    if schema.get("properties").is_some() || schema.get("allOf").is_some() {
        return vec![Kind::Object];
    }
    match schema["type"].as_str() {
        Some("string") => vec![Kind::Text],
        Some("integer") => vec![Kind::Integer],
        Some("number") => vec![Kind::Number],
        Some("boolean") => vec![Kind::Boolean],
        Some("array") => vec![Kind::Array],
        Some("object") => vec![Kind::Object],
        _ => Vec::new(),
    }
}

/// The Rust type of what a list or map in a branch holds.
fn element_type(schema: &Value, nullable: &BTreeSet<String>) -> Result<String, String> {
    let target = referenced(schema).or_else(|| referenced(&schema["allOf"][0]));
    let element = match target {
        Some(name) => rust_type(
            &json!({"$ref": format!("#/components/schemas/{name}")}),
            nullable,
        )?,
        None => rust_type(schema, nullable)?,
    };
    let may_be_null =
        schema["nullable"] == true || target.is_some_and(|name| nullable.contains(name));
    Ok(match may_be_null {
        true => format!("::cartwright_runtime::Nullable<{element}>"),
        false => element,
    })
}

/// The Rust type of an inline schema or reference, as seen from the `types` module.
fn rust_type(schema: &Value, nullable: &BTreeSet<String>) -> Result<String, String> {
    if let Some(name) = referenced(schema) {
        return Ok(scalar::by_name(name)
            .map_or_else(|| rust_name(name), |scalar| scalar.rust_path.to_owned()));
    }
    Ok(match schema["type"].as_str() {
        None => "::serde_json::Value".to_owned(),
        Some("string") if schema["format"] == "date-time" => {
            "::cartwright_runtime::Timestamp".to_owned()
        }
        Some("string") if schema["format"] == "password" => {
            "::cartwright_runtime::Secret".to_owned()
        }
        Some("string") => "::std::string::String".to_owned(),
        Some("integer") => "i64".to_owned(),
        Some("number") => "::cartwright_runtime::Decimal".to_owned(),
        Some("boolean") => "bool".to_owned(),
        Some("array") => format!(
            "::std::vec::Vec<{}>",
            element_type(&schema["items"], nullable)?
        ),
        Some("object") => match &schema["additionalProperties"] {
            values @ Value::Object(map) if !map.is_empty() => {
                format!(
                    "::std::collections::BTreeMap<::std::string::String, {}>",
                    element_type(values, nullable)?
                )
            }
            _ => "::serde_json::Map<::std::string::String, ::serde_json::Value>".to_owned(),
        },
        Some(other) => return Err(format!("`{other}` is not a type")),
    })
}
