//! Puts a fragment into a small document at the place that it is about.

use serde_json::{Map, Value, json};

/// The document that holds `fragment`; `components` are its other components.
///
/// # Panics
///
/// When there is no such place.
pub fn document(place: &str, fragment: &Value, components: &Value) -> Value {
    let schemas =
        |schemas: Value, paths: Value| json!({"paths": paths, "components": {"schemas": schemas}});
    let mut document = match place {
        "response-schema" => schemas(json!({"Cart": fragment}), json!({"/carts": {"get": get()}})),
        "request-schema" => schemas(
            json!({"Cart": fragment}),
            json!({"/carts": {"post": post()}}),
        ),
        "schema" => schemas(json!({"Cart": fragment}), json!({"/carts": both()})),
        "response-schemas" => schemas(fragment.clone(), json!({"/carts": {"get": get()}})),
        "request-schemas" => schemas(fragment.clone(), json!({"/carts": {"post": post()}})),
        "schemas" => schemas(fragment.clone(), json!({"/carts": both()})),
        "query-parameter" => {
            let list = json!([{"name": "q", "in": "query", "schema": fragment}]);
            json!({"paths": {"/carts": {"get": with_parameters(list)}}})
        }
        "parameters" => json!({"paths": {"/carts": {"get": with_parameters(fragment.clone())}}}),
        "operation" => {
            let operation = over(bare("createCart"), fragment);
            json!({"paths": {"/carts": {"post": operation}}})
        }
        "path" => json!({"paths": {"/carts": fragment}}),
        "paths" => json!({"paths": fragment}),
        "security" => guarded(fragment),
        "document" => fragment.clone(),
        _ => panic!("no place is called {place}"),
    };
    document = over(
        document,
        &json!({"openapi": "3.0.3", "info": {"title": "Shop", "version": "1"}}),
    );
    if !components.is_null() {
        document["components"] = components.clone();
    }
    document
}

/// `GET`: the schema `Cart` is read.
fn get() -> Value {
    json!({"operationId": "getCart", "responses": {"200": {"description": "ok", "content": json_cart()}}})
}

/// `POST`: the schema `Cart` is sent.
fn post() -> Value {
    let mut operation = bare("createCart");
    operation["requestBody"] = json!({"required": true, "content": json_cart()});
    operation
}

fn both() -> Value {
    json!({"get": get(), "post": post()})
}

fn json_cart() -> Value {
    json!({"application/json": {"schema": {"$ref": "#/components/schemas/Cart"}}})
}

fn bare(id: &str) -> Value {
    json!({"operationId": id, "responses": {"204": {"description": "ok"}}})
}

fn with_parameters(list: Value) -> Value {
    over(bare("getCart"), &json!({"parameters": list}))
}

/// Two operations behind the schemes of `fragment`: `root` holds for both, `operation` for the first.
fn guarded(fragment: &Value) -> Value {
    let mut first = bare("first");
    if let Some(own) = fragment.get("operation") {
        first["security"] = own.clone();
    }
    let mut document = json!({"paths": {"/a": {"get": first}, "/b": {"get": bare("second")}}});
    document["components"] = json!({"securitySchemes": fragment["schemes"]});
    if let Some(root) = fragment.get("root") {
        document["security"] = root.clone();
    }
    document
}

/// The entries of both mappings; those of `more` win.
fn over(base: Value, more: &Value) -> Value {
    let mut all: Map<String, Value> = base.as_object().cloned().unwrap_or_default();
    all.extend(more.as_object().cloned().unwrap_or_default());
    Value::Object(all)
}

/// The document as block YAML, with every text quoted.
pub fn yaml(value: &Value) -> String {
    let mut text = String::new();
    write_yaml(value, 0, &mut text);
    text
}

fn write_yaml(value: &Value, depth: usize, text: &mut String) {
    let indent = "  ".repeat(depth);
    match value {
        Value::Object(map) if !map.is_empty() => {
            for (key, child) in map {
                text.push_str(&format!("\n{indent}{}:", Value::from(key.as_str())));
                write_yaml(child, depth + 1, text);
            }
        }
        Value::Array(list) if !list.is_empty() => {
            for child in list {
                text.push_str(&format!("\n{indent}-"));
                write_yaml(child, depth + 1, text);
            }
        }
        scalar => text.push_str(&format!(" {scalar}")),
    }
}
