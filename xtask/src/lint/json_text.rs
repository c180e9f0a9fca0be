//! Payloads held against their schemas, and the JSON inside their texts against the components that
//! `x-json-text` names.

use serde_json::Value;

use super::context::Context;
use super::json_schema::Mismatch;
use crate::load::pointer_token;

/// Every way in which `payload` doesn't match the schema at `schema`, the JSON inside its texts included.
///
/// The schemas have to be sound: a schema that merges itself would have no end here.
///
/// # Errors
///
/// When the schema itself is malformed.
pub(super) fn mismatches(
    context: &Context<'_>,
    schema: &str,
    payload: &Value,
) -> Result<Vec<Mismatch>, String> {
    let checker = context.checker(schema);
    let checker = checker.as_ref().as_ref().map_err(String::clone)?;
    let mut found = checker.mismatches(payload);
    let mut texts = Vec::new();
    if context.has_json_text {
        list_texts(context, schema, payload, "", &mut texts);
    }
    for text in texts {
        found.extend(inside(context, &text)?);
    }
    Ok(found)
}

/// A text of a payload that holds JSON.
struct JsonText<'p> {
    /// Where it stands in the payload.
    path: String,
    text: &'p str,
    /// The pointer of the component that the JSON has to match.
    component: String,
}

fn inside(context: &Context<'_>, text: &JsonText<'_>) -> Result<Vec<Mismatch>, String> {
    let at = |message| Mismatch {
        path: text.path.clone(),
        message,
    };
    let payload = match serde_json::from_str(text.text) {
        Ok(payload) => payload,
        Err(error) => return Ok(vec![at(format!("the text isn't JSON: {error}"))]),
    };
    let found = mismatches(context, &text.component, &payload)?;
    let told = found.into_iter().map(|inner| {
        let place = match inner.path.as_str() {
            "" => String::new(),
            path => format!(" at `{path}`"),
        };
        at(format!("the JSON in the text{place}: {}", inner.message))
    });
    Ok(told.collect())
}

/// Lists the texts of `payload` that hold JSON by the schema at `schema`.
fn list_texts<'p>(
    context: &Context<'_>,
    schema: &str,
    payload: &'p Value,
    path: &str,
    out: &mut Vec<JsonText<'p>>,
) {
    let Some(node) = context.document.pointer(schema) else {
        return;
    };
    let Ok(found) = context.document.resolve_pointer(node) else {
        return;
    };
    let (schema, node) = found.unwrap_or_else(|| (schema.to_owned(), node));
    let named = node.text("x-json-text").and_then(|it| it.strip_prefix('#'));
    // A name that leads nowhere is another rule's business.
    let component = named.filter(|component| context.document.pointer(component).is_some());
    if let (Some(component), Value::String(text)) = (component, payload) {
        out.push(JsonText {
            path: path.to_owned(),
            text,
            component: component.to_owned(),
        });
    }
    for index in 0..node.get("allOf").map_or(0, |all| all.iter_seq().count()) {
        let part = format!("{schema}/allOf/{index}");
        list_texts(context, &part, payload, path, out);
    }
    for keyword in ["oneOf", "anyOf"] {
        let branches = node.get(keyword).map_or(0, |all| all.iter_seq().count());
        let taken = (0..branches)
            .map(|index| format!("{schema}/{keyword}/{index}"))
            .find(|branch| {
                let checker = context.checker(branch);
                let checker = checker.as_ref().as_ref();
                checker.is_ok_and(|checker| checker.takes(payload))
            });
        if let Some(branch) = taken {
            list_texts(context, &branch, payload, path, out);
        }
    }
    match payload {
        Value::Array(elements) if node.has("items") => {
            let items = format!("{schema}/items");
            for (index, element) in elements.iter().enumerate() {
                list_texts(context, &items, element, &format!("{path}/{index}"), out);
            }
        }
        Value::Object(object) => {
            let properties = node.get("properties");
            for (name, value) in object {
                let token = pointer_token(name);
                let part = match properties.filter(|properties| properties.has(name)) {
                    Some(_) => format!("{schema}/properties/{token}"),
                    None => format!("{schema}/additionalProperties"),
                };
                list_texts(context, &part, value, &format!("{path}/{token}"), out);
            }
        }
        _ => {}
    }
}
