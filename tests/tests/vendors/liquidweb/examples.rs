//! Every documented payload: valid, decoded and written back without a loss, and nothing in it undeclared. And the documented answer is there to the last field.

use cartwright_liquidweb::types;
use serde_json::Value;

use crate::examples::{RoundTrip, check_round_trips, check_validity, round_trip};
use crate::spec::{self, Spec};

pub fn through_types(component: &str, payload: &Value) -> RoundTrip {
    match component {
        "AddCartItemRequest" => round_trip::<types::AddCartItemRequest>(payload),
        "Cart" => round_trip::<types::Cart>(payload),
        "AddConfiguredServerRequest" => round_trip::<types::AddConfiguredServerRequest>(payload),
        "ConfiguredServer" => round_trip::<types::ConfiguredServer>(payload),
        "CreateQuoteRequest" => round_trip::<types::CreateQuoteRequest>(payload),
        "GetBundleRequest" => round_trip::<types::GetBundleRequest>(payload),
        "BundleDetails" => round_trip::<types::BundleDetails>(payload),
        "ListBundlePackagesRequest" => round_trip::<types::ListBundlePackagesRequest>(payload),
        "BundlePackageList" => round_trip::<types::BundlePackageList>(payload),
        "GetPackageRequest" => round_trip::<types::GetPackageRequest>(payload),
        "PackageDetails" => round_trip::<types::PackageDetails>(payload),
        "ListPackageProductsRequest" => round_trip::<types::ListPackageProductsRequest>(payload),
        "PackageProductList" => round_trip::<types::PackageProductList>(payload),
        "CreateTokenRequest" => round_trip::<types::CreateTokenRequest>(payload),
        "AuthToken" => round_trip::<types::AuthToken>(payload),
        "Failure" => round_trip::<types::Failure>(payload),
        other => Err(format!("no generated type is listed here for {other}")),
    }
}

#[test]
fn every_example_is_valid_and_holds_nothing_undeclared() {
    check_validity("liquidweb", 93);
}

#[test]
fn every_example_survives_the_generated_types() {
    check_round_trips("liquidweb", through_types);
}

/// Named fields below a schema, and how many of them are optional. References are followed at each use; the alternatives of a union are entered, and have no name.
fn fields(spec: &Spec, schema: &Value) -> (usize, usize) {
    let schema = spec.resolve(schema);
    let required: Vec<&str> = schema["required"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let named = schema["properties"].as_object().into_iter().flatten();
    let named = named.map(|(name, property)| {
        let (all, optional) = fields(spec, property);
        let own = usize::from(!required.contains(&name.as_str()));
        (all + 1, optional + own)
    });
    let unnamed = ["allOf", "oneOf"]
        .into_iter()
        .filter_map(|key| schema[key].as_array());
    let unnamed = unnamed.flatten().chain(schema.get("items"));
    named
        .chain(unnamed.map(|part| fields(spec, part)))
        .fold((0, 0), |sum, part| (sum.0 + part.0, sum.1 + part.1))
}

#[test]
fn the_documented_answer_has_324_fields_of_which_104_are_optional() {
    let spec = spec::of("liquidweb");
    let cart = &spec.document()["components"]["schemas"]["Cart"];
    assert_eq!(fields(spec, cart), (324, 104));
    assert_eq!(
        cart["properties"].as_object().map(|top| top.len()),
        Some(16)
    );
}
