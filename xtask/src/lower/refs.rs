//! References to parameters, responses, request bodies and headers are written out in place; only schemas stay named.

use serde_json::Value;

/// Writes out every reference that isn't to a schema, and moves path-level parameters into the operations.
pub fn inline(spec: &mut Value) -> Result<(), String> {
    let original = spec.clone();
    let Some(paths) = spec["paths"].as_object_mut() else {
        return Ok(());
    };
    for (path, item) in paths {
        let shared = item
            .as_object_mut()
            .and_then(|item| item.remove("parameters"));
        let Some(item) = item.as_object_mut() else {
            continue;
        };
        item.retain(|key, _| super::operations::METHODS.contains(&key.as_str()));
        for (method, operation) in item.iter_mut() {
            let at = format!("#/paths/{path}/{method}");
            write_out(operation, &original, &at, 0)?;
            let mut parameters: Vec<Value> = operation["parameters"]
                .as_array()
                .cloned()
                .unwrap_or_default();
            for parameter in shared
                .iter()
                .flat_map(|shared| shared.as_array().into_iter().flatten())
            {
                let mut parameter = parameter.clone();
                write_out(&mut parameter, &original, &at, 0)?;
                // The operation's own parameter of the same name and place overrides the shared one.
                if !parameters
                    .iter()
                    .any(|own| own["name"] == parameter["name"] && own["in"] == parameter["in"])
                {
                    parameters.push(parameter);
                }
            }
            if !parameters.is_empty() {
                operation["parameters"] = Value::Array(parameters);
            }
        }
    }
    Ok(())
}

fn write_out(node: &mut Value, spec: &Value, at: &str, depth: usize) -> Result<(), String> {
    if depth > 64 {
        return Err(format!("{at}: references go round in a circle"));
    }
    if let Some(reference) = node.get("$ref").and_then(Value::as_str) {
        if reference.starts_with("#/components/schemas/") {
            return Ok(());
        }
        let target = reference
            .strip_prefix('#')
            .and_then(|pointer| spec.pointer(pointer))
            .ok_or_else(|| format!("{at}: `{reference}` leads nowhere"))?;
        *node = target.clone();
        return write_out(node, spec, at, depth + 1);
    }
    match node {
        Value::Object(map) => map
            .iter_mut()
            .filter(|(key, _)| !matches!(key.as_str(), "example" | "examples"))
            .try_for_each(|(_, child)| write_out(child, spec, at, depth)),
        Value::Array(items) => items
            .iter_mut()
            .try_for_each(|item| write_out(item, spec, at, depth)),
        _ => Ok(()),
    }
}
