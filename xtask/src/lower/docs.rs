//! The text that the generated documentation says about a node: its description and what the keywords that lowering drops have told.

use serde_json::Value;

/// The description of `node`, its documented limits, what is unverified, and where it comes from.
pub fn describe(node: &Value, source: Option<&str>) -> String {
    let mut parts: Vec<String> = Vec::new();
    for key in ["summary", "description"] {
        if let Some(text) = node[key]
            .as_str()
            .map(str::trim)
            .filter(|text| !text.is_empty())
            && !parts.iter().any(|part| part == text)
        {
            parts.push(text.to_owned());
        }
    }
    if let Some(limits) = limits(node) {
        parts.push(format!("Documented limits: {limits}."));
    }
    if let Some(default) = node.get("default") {
        parts.push(format!("Documented default: `{default}`."));
    }
    if let Some(why) = node["x-unverified"].as_str() {
        parts.push(format!("Unverified: {}", sentence(why)));
    }
    if let Some(source) = source {
        parts.push(format!("Source: {}", sentence(source)));
    }
    parts.join("\n\n")
}

/// Where a node's facts come from: `x-source` or `externalDocs`.
pub fn source(node: &Value) -> Option<String> {
    let address = node["x-source"]
        .as_str()
        .or_else(|| node["externalDocs"]["url"].as_str())?;
    match node["externalDocs"]["description"].as_str() {
        Some(what) if node["x-source"].is_null() => {
            Some(format!("{} {address}", what.trim_end_matches('.')))
        }
        _ => Some(address.to_owned()),
    }
}

fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['.', '!', '?']) || text.contains("://") {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

/// The validation keywords in words; nothing is validated in the client, because a vendor's answer is accepted as it is.
fn limits(schema: &Value) -> Option<String> {
    // A limit that no JSON number holds is a text of its digits.
    let number = |key: &str| match schema.get(key)? {
        Value::Number(number) => Some(number.to_string()),
        Value::String(digits) => Some(digits.clone()),
        _ => None,
    };
    let mut words = Vec::new();
    let low_word = match schema["exclusiveMinimum"] == true {
        true => "more than",
        false => "at least",
    };
    let high_word = match schema["exclusiveMaximum"] == true {
        true => "less than",
        false => "at most",
    };
    match (number("minimum"), number("maximum")) {
        (Some(low), Some(high)) if (low_word, high_word) == ("at least", "at most") => {
            words.push(format!("{low} to {high}"));
        }
        (low, high) => {
            words.extend(low.map(|low| format!("{low_word} {low}")));
            words.extend(high.map(|high| format!("{high_word} {high}")));
        }
    }
    for (low, high, unit) in [
        ("minLength", "maxLength", "characters"),
        ("minItems", "maxItems", "entries"),
        ("minProperties", "maxProperties", "properties"),
    ] {
        match (number(low), number(high)) {
            (Some(low), Some(high)) => words.push(format!("{low} to {high} {unit}")),
            (Some(low), None) => words.push(format!("at least {low} {unit}")),
            (None, Some(high)) => words.push(format!("at most {high} {unit}")),
            (None, None) => {}
        }
    }
    if let Some(step) = number("multipleOf") {
        words.push(format!("a multiple of {step}"));
    }
    if let Some(pattern) = schema["pattern"].as_str() {
        words.push(format!("pattern `{pattern}`"));
    }
    // Text enums become Rust enums; others lose their list of values.
    if let Some(values) = schema["enum"]
        .as_array()
        .filter(|_| schema["type"] != "string")
    {
        let values: Vec<String> = values.iter().map(Value::to_string).collect();
        words.push(format!("one of {}", values.join(", ")));
    }
    (!words.is_empty()).then(|| words.join(", "))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn dropped_keywords_are_told_in_words() {
        for (schema, told) in [
            (
                json!({"maxLength": 200}),
                "Documented limits: at most 200 characters.",
            ),
            (
                json!({"minimum": 1, "maximum": 1000}),
                "Documented limits: 1 to 1000.",
            ),
            (
                json!({"minimum": 0, "exclusiveMinimum": true, "maximum": "99999999999999999999"}),
                "Documented limits: more than 0, at most 99999999999999999999.",
            ),
            (
                json!({"minimum": 0, "maximum": 1, "exclusiveMaximum": true, "maxProperties": 3}),
                "Documented limits: at least 0, less than 1, at most 3 properties.",
            ),
            (
                json!({"pattern": "^a$"}),
                "Documented limits: pattern `^a$`.",
            ),
            (
                json!({"type": "integer", "enum": [1, 2]}),
                "Documented limits: one of 1, 2.",
            ),
            (json!({"type": "string", "enum": ["a"]}), ""),
            (json!({"default": 1}), "Documented default: `1`."),
            (
                json!({"description": "A.", "x-unverified": "never recorded"}),
                "A.\n\nUnverified: never recorded.",
            ),
        ] {
            assert_eq!(describe(&schema, None), told, "{schema}");
        }
    }
}
