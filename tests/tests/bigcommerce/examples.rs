//! Every documented payload: valid, decoded and written back without a loss, and nothing in it undeclared.

use cartwright_bigcommerce::types;
use cartwright_runtime::Decimal;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::spec;

/// Through the generated type and back; the error says where it broke.
fn round_trip<T: DeserializeOwned + Serialize + std::fmt::Debug>(
    payload: &Value,
) -> Result<(Value, String), String> {
    let text = payload.to_string();
    let decoded: T = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    Ok((
        serde_json::to_value(&decoded).map_err(|error| error.to_string())?,
        format!("{decoded:?}"),
    ))
}

fn round_trip_as(component: &str, payload: &Value) -> Result<(Value, String), String> {
    match component {
        "CartCreateRequest" => round_trip::<types::CartCreateRequest>(payload),
        "CartUpdateRequest" => round_trip::<types::CartUpdateRequest>(payload),
        "LineItemsAddRequest" => round_trip::<types::LineItemsAddRequest>(payload),
        "LineItemUpdateRequest" => round_trip::<types::LineItemUpdateRequest>(payload),
        "LineItemDeleteRequest" => round_trip::<types::LineItemDeleteRequest>(payload),
        "RedirectUrlsRequest" => round_trip::<types::RedirectUrlsRequest>(payload),
        "CartResponse" => round_trip::<types::CartResponse>(payload),
        "RedirectUrlsResponse" => round_trip::<types::RedirectUrlsResponse>(payload),
        "ErrorResponse" => round_trip::<types::ErrorResponse>(payload),
        other => Err(format!("no generated type is listed here for {other}")),
    }
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

#[test]
fn every_example_is_valid_and_holds_nothing_undeclared() {
    let examples = spec::examples();
    assert!(
        examples.len() >= 70,
        "only {} examples were found",
        examples.len()
    );
    for example in examples {
        assert_eq!(
            spec::differences(&example.component, &example.payload),
            [],
            "{}",
            example.file
        );
    }
}

#[test]
fn every_example_survives_the_generated_types() {
    for example in spec::examples() {
        let (written, debug) = round_trip_as(&example.component, &example.payload)
            .unwrap_or_else(|error| panic!("{}: {error}", example.file));
        assert_eq!(
            first_difference("$", &example.payload, &written),
            None,
            "{}",
            example.file
        );
        // The kept-unknown parts are all empty: the spec names each field that the vendor documents.
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
