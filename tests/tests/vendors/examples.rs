//! What holds for every documented payload of a vendor: valid, nothing in it undeclared, decoded and written back without a loss.

use cartwright_runtime::Decimal;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::spec;

/// What a generated type makes of a payload, and how it shows itself.
pub type RoundTrip = Result<(Value, String), String>;

/// The round trip through the type that is generated for a component: the table of a vendor.
pub type Table = fn(component: &str, payload: &Value) -> RoundTrip;

/// Through the generated type and back; the error says where it broke.
pub fn round_trip<T: DeserializeOwned + Serialize + std::fmt::Debug>(payload: &Value) -> RoundTrip {
    let text = payload.to_string();
    let decoded: T = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    Ok((
        serde_json::to_value(&decoded).map_err(|error| error.to_string())?,
        format!("{decoded:?}"),
    ))
}

/// The first place where two payloads differ; decimals are compared as numbers.
fn first_difference(path: &str, a: &Value, b: &Value) -> Option<String> {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => {
            let decimal = |number: &serde_json::Number| number.to_string().parse::<Decimal>().ok();
            (decimal(a).is_none() || decimal(a) != decimal(b))
                .then(|| format!("{path}: {a} became {b}"))
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => a
            .iter()
            .zip(b)
            .enumerate()
            .find_map(|(index, (a, b))| first_difference(&format!("{path}[{index}]"), a, b)),
        (Value::Object(a), Value::Object(b)) => {
            let added = b
                .keys()
                .find(|key| !a.contains_key(*key))
                .map(|key| format!("{path}.{key} was added"));
            a.iter()
                .find_map(|(key, a)| match b.get(key) {
                    Some(b) => first_difference(&format!("{path}.{key}"), a, b),
                    None => Some(format!("{path}.{key} was lost")),
                })
                .or(added)
        }
        _ => (a != b).then(|| format!("{path}: {a} became {b}")),
    }
}

/// Checks that every documented payload is valid and holds nothing undeclared. `at_least` guards against a search that finds none.
pub fn check_validity(vendor: &'static str, at_least: usize) {
    let spec = spec::of(vendor);
    let examples = spec.examples();
    assert!(
        examples.len() >= at_least,
        "only {} examples were found",
        examples.len()
    );
    for example in examples {
        assert_eq!(
            spec.differences(&example.component, &example.payload),
            [],
            "{}",
            example.file
        );
    }
}

/// Checks that every documented payload survives the generated types, and that they keep nothing of it as unknown.
pub fn check_round_trips(vendor: &'static str, table: Table) {
    let spec = spec::of(vendor);
    for example in spec.examples() {
        let through = |payload: &Value| {
            table(&example.component, payload)
                .unwrap_or_else(|error| panic!("{}: {error}", example.file))
        };
        let (written, _) = through(&example.payload);
        assert_eq!(
            first_difference("$", &example.payload, &written),
            None,
            "{}",
            example.file
        );
        // The kept-unknown parts are all empty: the spec names each field that the vendor documents.
        let (_, debug) = through(&spec.without_free_keys(&example.component, &example.payload));
        for kept in ["extra: {\"", "Other(", "Unknown("] {
            assert!(
                !debug.contains(kept),
                "{}: something is kept as unknown ({kept}): {debug}",
                example.file
            );
        }
    }
}

#[test]
fn a_difference_is_found_and_named() {
    for (a, b, difference) in [
        (r#"{"a": 1.50}"#, r#"{"a": 1.5}"#, None),
        (
            r#"{"a": [1, 2]}"#,
            r#"{"a": [1, 3]}"#,
            Some("$.a[1]: 2 became 3"),
        ),
        (r#"{"a": null}"#, "{}", Some("$.a was lost")),
        ("{}", r#"{"a": 1}"#, Some("$.a was added")),
        (r#"{"a": "1"}"#, r#"{"a": 1}"#, Some("$.a: \"1\" became 1")),
    ] {
        let parse = |text| serde_json::from_str::<Value>(text).unwrap();
        assert_eq!(
            first_difference("$", &parse(a), &parse(b)).as_deref(),
            difference
        );
    }
}
