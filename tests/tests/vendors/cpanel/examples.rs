//! Every documented payload: valid, decoded and written back without a loss, and nothing in it undeclared but a provider's own keys.

use cartwright_cpanel::types;
use serde_json::Value;

use crate::examples::{RoundTrip, check_round_trips, check_validity, round_trip};
use crate::spec;

fn through_types(component: &str, payload: &Value) -> RoundTrip {
    match component {
        "CartItem" => round_trip::<types::CartItem>(payload),
        "ShoppingCartResponse" => round_trip::<types::ShoppingCartResponse>(payload),
        "UrlAfterCheckoutResponse" => round_trip::<types::UrlAfterCheckoutResponse>(payload),
        "ProvidersResponse" => round_trip::<types::ProvidersResponse>(payload),
        "MarketFailure" => round_trip::<types::MarketFailure>(payload),
        "ErrorResponse" => round_trip::<types::ErrorResponse>(payload),
        other => Err(format!("no generated type is listed here for {other}")),
    }
}

#[test]
fn every_example_is_valid_and_holds_nothing_undeclared() {
    check_validity("cpanel", 30);
}

#[test]
fn every_example_survives_the_generated_types() {
    check_round_trips("cpanel", through_types);
}

#[test]
fn a_failure_under_200_is_documented_as_a_failure() {
    let failures: Vec<String> = spec::of("cpanel")
        .examples()
        .into_iter()
        .filter(|example| example.component == "MarketFailure")
        .map(|example| example.file)
        .collect();
    assert_eq!(
        failures,
        [
            "create-shopping-cart-failure-c01-bare.json",
            "create-shopping-cart-failure-c01-envelope.json",
            "create-shopping-cart-failure-c15-text-status.json",
            "get-providers-list-failure-c01-envelope.json",
            "set-url-after-checkout-failure-c05-missing.json",
            "set-url-after-checkout-failure-c08-data-envelope.json",
            "set-url-after-checkout-failure-c08-data.json",
        ]
    );
}

#[test]
fn what_a_provider_adds_to_an_item_is_kept_beside_the_products_id() {
    let payload = serde_json::json!({"product_id": "x", "ips": ["192.0.2.10"], "note": null});
    let item: types::CartItem = serde_json::from_value(payload).unwrap();
    let kept: Vec<&str> = item.extra.keys().map(String::as_str).collect();
    assert_eq!(kept, ["ips", "note"]);
}
