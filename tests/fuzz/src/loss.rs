//! Whether what was written back is what was read.

use std::collections::BTreeSet;

use serde_json::{Number, Value};

/// The names of properties that a spec declares, somewhere, as never null: a null there may become absent.
#[derive(Debug)]
pub(crate) struct UndeclaredNulls(BTreeSet<String>);

impl UndeclaredNulls {
    pub(crate) fn of(spec: &Value) -> Self {
        let mut names = BTreeSet::new();
        let schemas = spec["components"]["schemas"].as_object();
        for schema in schemas.into_iter().flat_map(|schemas| schemas.values()) {
            for part in schema["allOf"].as_array().into_iter().flatten() {
                collect(spec, part, &mut names);
            }
            collect(spec, schema, &mut names);
        }
        Self(names)
    }

    /// Where the first loss is, and what was lost.
    pub(crate) fn difference(&self, read: &Value, written: &Value) -> Option<String> {
        self.differs("$", read, written)
    }

    fn differs(&self, path: &str, a: &Value, b: &Value) -> Option<String> {
        match (a, b) {
            (Value::Number(a), Value::Number(b)) => {
                (!same_number(a, b)).then(|| format!("{path}: {a} became {b}"))
            }
            (Value::Array(a), Value::Array(b)) if a.len() == b.len() => a
                .iter()
                .zip(b)
                .enumerate()
                .find_map(|(index, (a, b))| self.differs(&format!("{path}[{index}]"), a, b)),
            (Value::Object(a), Value::Object(b)) => {
                let lost = a.iter().find_map(|(key, a)| match b.get(key) {
                    Some(b) => self.differs(&format!("{path}.{key}"), a, b),
                    None if a.is_null() && self.0.contains(key) => None,
                    None => Some(format!("{path}.{key} was lost: {a}")),
                });
                let added = || {
                    let added = b.keys().find(|key| !a.contains_key(*key))?;
                    Some(format!("{path}.{added} was added"))
                };
                lost.or_else(added)
            }
            _ => (a != b).then(|| format!("{path}: {a} became {b}")),
        }
    }
}

fn collect(spec: &Value, schema: &Value, names: &mut BTreeSet<String>) {
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        if !is_nullable(spec, property) {
            names.insert(name.clone());
        }
    }
}

fn is_nullable(spec: &Value, schema: &Value) -> bool {
    let target = schema["$ref"]
        .as_str()
        .and_then(|to| spec.pointer(&to[1..]));
    let parts = schema["allOf"].as_array().into_iter().flatten();
    schema["nullable"] == true
        || target
            .into_iter()
            .chain(parts)
            .any(|part| is_nullable(spec, part))
}

/// Integers are the same or not; with a fraction or an exponent 15 significant digits count.
fn same_number(a: &Number, b: &Number) -> bool {
    if a == b {
        return true;
    }
    let is_integer = |number: &Number| number.is_i64() || number.is_u64();
    if is_integer(a) && is_integer(b) {
        return false;
    }
    let float = |number: &Number| number.to_string().parse::<f64>().ok();
    match (float(a), float(b)) {
        (Some(a), Some(b)) => (a - b).abs() <= 5e-15 * a.abs(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loss_is_found_and_named() {
        let spec = serde_json::json!({"components": {"schemas": {"Cart": {"properties": {
            "name": {"type": "string"},
            "note": {"type": "string", "nullable": true},
        }}}}});
        let nulls = UndeclaredNulls::of(&spec);
        for (read, written, difference) in [
            (r#"{"a": 1.50}"#, r#"{"a": 1.5}"#, None),
            ("[1e3]", "[1000]", None),
            ("[0.1234567890123456789]", "[0.123456789012346]", None),
            (
                "[0.12345678901234]",
                "[0.12345678901235]",
                Some("$[0]: 0.12345678901234 became 0.12345678901235"),
            ),
            (
                "[9007199254740993]",
                "[9007199254740992]",
                Some("$[0]: 9007199254740993 became 9007199254740992"),
            ),
            (r#"{"name": null}"#, "{}", None),
            (r#"{"note": null}"#, "{}", Some("$.note was lost: null")),
            (r#"{"other": null}"#, "{}", Some("$.other was lost: null")),
            ("{}", r#"{"a": 1}"#, Some("$.a was added")),
            (r#"["1"]"#, "[1]", Some("$[0]: \"1\" became 1")),
            ("[[]]", "[null]", Some("$[0]: [] became null")),
        ] {
            let parse = |text| serde_json::from_str::<Value>(text).unwrap();
            let found = nulls.difference(&parse(read), &parse(written));
            assert_eq!(found.as_deref(), difference, "{read}");
        }
    }
}
