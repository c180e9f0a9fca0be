//! Operations: one success answer each, errors into the plan, parameters as progenitor takes them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::names::{self, Template};
use super::{docs, referenced, rust_name, text};
use crate::plan::{
    Asked, ErrorCase, Failure, FailureRule, Operation, Paging, Parameter, Plan, StatusAnswer,
};

/// The methods that a path item may have.
pub const METHODS: &[&str] = &["delete", "get", "head", "options", "patch", "post", "put"];

/// Calls `visit` with path, method and operation, in the order of the document.
pub fn each<'a>(spec: &'a Value, mut visit: impl FnMut(&'a str, &'a str, &'a Value)) {
    for (path, item) in spec["paths"].as_object().into_iter().flatten() {
        for (method, operation) in item.as_object().into_iter().flatten() {
            if METHODS.contains(&method.as_str()) {
                visit(path, method, operation);
            }
        }
    }
}

/// Lowers every operation in place and fills `plan.operations`.
pub fn lower(
    spec: &mut Value,
    plan: &mut Plan,
    ids: &BTreeMap<String, String>,
) -> Result<(), String> {
    let default_security = spec.get("security").cloned();
    let Some(paths) = spec["paths"].as_object_mut() else {
        return Ok(());
    };
    for (path, mut item) in std::mem::take(paths) {
        let template = Template::of(&path);
        for (method, operation) in item.as_object_mut().into_iter().flatten() {
            let at = format!("#/paths/{}/{method}", path.replace('/', "~1"));
            let parameters = names::parameters(operation, &template);
            let mut planned = lower_one(
                operation,
                &path,
                method,
                parameters,
                default_security.as_ref(),
            )
            .map_err(|why| format!("{at}: {why}"))?;
            if let Some(written) = ids.get(&planned.name) {
                planned.id.clone_from(written);
            }
            plan.operations.push(planned);
        }
        paths.insert(template.renamed(&path), item);
    }
    Ok(())
}

fn lower_one(
    operation: &mut Value,
    path: &str,
    method: &str,
    parameters: Vec<Parameter>,
    default_security: Option<&Value>,
) -> Result<Operation, String> {
    if method == "head" {
        // HTTP answers it without a body, whatever is described.
        leave_out_bodies(operation);
    }
    let errors = errors(operation)?;
    let failure = failure(operation)?;
    let success = success(operation, errors.iter().any(|case| case.body.is_some()))?;
    let planned = Operation {
        id: text(&operation["operationId"]),
        name: text(&operation["operationId"]),
        method: method.to_uppercase(),
        path: path.to_owned(),
        doc: docs::describe(operation, docs::source(operation).as_deref()),
        deprecated: operation["deprecated"] == true,
        cart: strings(&operation["x-cart-operation"]),
        retry_safe: operation["x-retry"] == "safe",
        security: security(operation.get("security").or(default_security)),
        joined: joined(operation),
        optional_body: operation
            .get("requestBody")
            .is_some_and(|body| body["required"] != true),
        media_type: media_type(operation),
        errors,
        accept: success.accept,
        without_value: success.without_value,
        failure,
        paging: paging(operation, &parameters)?,
        parameters,
    };
    if let Some(body) = operation.get_mut("requestBody") {
        // progenitor knows no optional body; polish makes it optional again.
        body["required"] = json!(true);
        for media in body["content"]
            .as_object_mut()
            .into_iter()
            .flat_map(Map::values_mut)
        {
            strip(media, &["schema"]);
        }
    }
    for parameter in operation["parameters"].as_array_mut().into_iter().flatten() {
        strip(
            parameter,
            &["name", "in", "required", "schema", "description"],
        );
        if parameter["in"] == "path" {
            parameter["required"] = json!(true);
        }
    }
    strip(
        operation,
        &["operationId", "parameters", "requestBody", "responses"],
    );
    // typify names inline types after the operation; ours are all components, so nothing else is read here.
    Ok(planned)
}

fn strip(node: &mut Value, keep: &[&str]) {
    if let Some(map) = node.as_object_mut() {
        map.retain(|key, value| keep.contains(&key.as_str()) && !value.is_null());
    }
}

fn strings(node: &Value) -> Vec<String> {
    node.as_array().into_iter().flatten().map(text).collect()
}

fn security(requirement: Option<&Value>) -> Vec<Vec<String>> {
    let alternatives = requirement.and_then(Value::as_array).into_iter().flatten();
    let alternatives: Vec<Vec<String>> = alternatives
        .map(|all| {
            all.as_object()
                .into_iter()
                .flat_map(Map::keys)
                .cloned()
                .collect()
        })
        .collect();
    // `{}` among the alternatives says that no credential will do; alone it is the same as no requirement.
    if alternatives.iter().all(Vec::is_empty) {
        Vec::new()
    } else {
        alternatives
    }
}

fn joined(operation: &Value) -> BTreeSet<String> {
    let parameters = operation["parameters"].as_array().into_iter().flatten();
    parameters
        .filter(|parameter| {
            parameter["in"] == "query"
                && parameter["explode"] == false
                && parameter["schema"]["type"] == "array"
        })
        .map(|parameter| text(&parameter["name"]))
        .collect()
}

/// Takes the error answers out of the responses.
fn errors(operation: &mut Value) -> Result<Vec<ErrorCase>, String> {
    let Some(responses) = operation["responses"].as_object_mut() else {
        return Ok(Vec::new());
    };
    let mut cases = Vec::new();
    for (status, response) in responses
        .iter()
        .filter(|(status, _)| !status.starts_with('2'))
    {
        let body = match json_content(response) {
            None => None,
            Some((_, schema)) => match referenced(schema) {
                Some(name) => Some(rust_name(name)),
                None => return Err(format!("the body of {status} is not a named component")),
            },
        };
        cases.push(ErrorCase {
            status: status.clone(),
            body,
            description: docs::describe(response, None),
        });
    }
    // Exact statuses first, then ranges, then `default`: the order in which a match tries them.
    cases.sort_by_key(|case| {
        (
            case.status == "default",
            case.status.to_uppercase().ends_with("XX"),
            case.status.clone(),
        )
    });
    responses.retain(|status, _| status.starts_with('2'));
    Ok(cases)
}

/// What the success answers of an operation come to.
#[derive(Default)]
struct Success {
    /// The media type to ask for where progenitor would ask for another.
    accept: Option<String>,
    /// The statuses that bring no value, of an operation that has one elsewhere.
    without_value: Vec<StatusAnswer>,
}

/// Folds every success answer into one `2XX`.
fn success(operation: &mut Value, errors_have_bodies: bool) -> Result<Success, String> {
    let responses = operation["responses"]
        .as_object()
        .cloned()
        .unwrap_or_default();
    let mut bodies = responses.values().filter_map(json_content);
    let body = bodies
        .next()
        .map(|(media, schema)| (media.to_owned(), schema.clone()));
    let has_empty = responses
        .values()
        .any(|response| json_content(response).is_none());
    let Some((media, schema)) = body else {
        operation["responses"] = json!({"2XX": {"description": ""}});
        // progenitor asks for JSON only where a success has a body; an error's body is JSON all the same.
        return Ok(Success {
            accept: errors_have_bodies.then(|| "application/json".to_owned()),
            ..Success::default()
        });
    };
    if bodies.any(|(_, other)| *other != schema) {
        return Err("two success answers have different bodies".to_owned());
    }
    // A success without a body beside one with a body: the runtime reads it as `null`.
    let schema = match has_empty {
        true if referenced(&schema).is_some() => json!({"nullable": true, "allOf": [schema]}),
        // A schema that takes anything takes `null` already.
        true if schema.as_object().is_some_and(|map| !map.is_empty()) => {
            let mut schema = schema;
            schema["nullable"] = json!(true);
            schema
        }
        _ => schema,
    };
    operation["responses"] =
        json!({"2XX": {"description": "", "content": {"application/json": {"schema": schema}}}});
    Ok(Success {
        accept: (media != "application/json").then_some(media),
        without_value: without_value(&responses),
    })
}

/// The statuses whose answer differs from that of the statuses around them. A status of its own goes before a range; without a range
/// the other statuses are read as the answers that have a body.
fn without_value(responses: &Map<String, Value>) -> Vec<StatusAnswer> {
    let is_range = |status: &str| status.eq_ignore_ascii_case("2XX");
    let has_body = |response: &Value| json_content(response).is_some();
    let range = responses.iter().find(|(status, _)| is_range(status));
    let others_have = range.is_none_or(|(_, response)| has_body(response));
    let exact = responses
        .iter()
        // HTTP itself says of these that they have no body.
        .filter(|(status, _)| !is_range(status) && !["204", "205"].contains(&status.as_str()))
        .filter(|(_, response)| has_body(response) != others_have)
        .filter_map(|(status, _)| {
            Some(StatusAnswer {
                status: status.parse().ok()?,
                has_value: !others_have,
            })
        });
    let rest = (!others_have).then_some(StatusAnswer {
        status: StatusAnswer::OTHERS,
        has_value: false,
    });
    exact.chain(rest).collect()
}

fn leave_out_bodies(operation: &mut Value) {
    let responses = operation["responses"].as_object_mut();
    for response in responses.into_iter().flat_map(Map::values_mut) {
        if let Some(response) = response.as_object_mut() {
            response.remove("content");
        }
    }
}

/// The media type of a JSON body that isn't plain `application/json`; progenitor is told that it is.
fn media_type(operation: &mut Value) -> Option<String> {
    let content = operation
        .pointer_mut("/requestBody/content")?
        .as_object_mut()?;
    let media = content.keys().next()?.clone();
    let essence = media.split(';').next().unwrap_or_default().trim();
    let is_json = essence == "application/json" || essence.ends_with("+json");
    if media == "application/json" || !is_json {
        return None;
    }
    let body = content.remove(&media)?;
    content.insert("application/json".to_owned(), body);
    Some(media)
}

/// The JSON body of a response, plain JSON before `*+json`.
fn json_content(response: &Value) -> Option<(&str, &Value)> {
    let content = response["content"].as_object()?;
    let plain = content.get_key_value("application/json");
    plain
        .or_else(|| content.iter().next())
        .map(|(media, entry)| (media.as_str(), &entry["schema"]))
}

fn failure(operation: &Value) -> Result<Option<Failure>, String> {
    let Some(failure) = operation.get("x-failure") else {
        return Ok(None);
    };
    let body = failure["schema"]
        .as_str()
        .and_then(|reference| reference.strip_prefix("#/components/schemas/"))
        .map(rust_name)
        .ok_or("`x-failure` names no component")?;
    let one = std::slice::from_ref(failure);
    let rules = failure["any"].as_array().map_or(one, Vec::as_slice);
    let rules = rules.iter().map(failure_rule).collect::<Option<_>>();
    let rules = rules.ok_or("`x-failure` needs `present` or `equals`")?;
    Ok(Some(Failure { rules, body }))
}

fn failure_rule(rule: &Value) -> Option<FailureRule> {
    if let Some(key) = rule["present"].as_str() {
        return Some(FailureRule {
            key: key.to_owned(),
            equals: None,
        });
    }
    let (key, value) = rule["equals"].as_object()?.iter().next()?;
    let text = value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned);
    Some(FailureRule {
        key: key.clone(),
        equals: Some(text),
    })
}

fn paging(operation: &Value, parameters: &[Parameter]) -> Result<Option<Paging>, String> {
    let Some(paging) = operation.get("x-paging") else {
        return Ok(None);
    };
    let path = |key: &str| {
        let names = paging[key].as_str()?.split('.');
        Some(names.map(str::to_owned).collect::<Vec<_>>())
    };
    let by_cursor = paging.get("cursor").is_some();
    let (position, told) = if by_cursor {
        ("cursor", "next")
    } else {
        ("page", "pages")
    };
    let name = text(&paging[position]);
    let in_query = parameters
        .iter()
        .find(|one| one.location == "query" && one.written == name);
    let asked = match in_query {
        Some(parameter) => Some(Asked::Query(parameter.name.clone())),
        None => path(position).map(Asked::Body),
    };
    let (Some(items), Some(asked)) = (path("items"), asked) else {
        return Err("`x-paging` needs `items`, and `page` or `cursor`".to_owned());
    };
    Ok(Some(Paging {
        items,
        by_cursor,
        asked,
        told: path(told),
    }))
}
