//! Every documented payload: valid, decoded and written back without a loss, and nothing in it undeclared.

use cartwright_webroot::types;
use serde_json::Value;

use crate::examples::{RoundTrip, check_round_trips, check_validity, round_trip};

fn through_types(component: &str, payload: &Value) -> RoundTrip {
    match component {
        "TokenRequest" => round_trip::<types::TokenRequest>(payload),
        "TokenResponse" => round_trip::<types::TokenResponse>(payload),
        "CartCreateRequest" => round_trip::<types::CartCreateRequest>(payload),
        "Cart" => round_trip::<types::Cart>(payload),
        "CartCustomersRequest" => round_trip::<types::CartCustomersRequest>(payload),
        "CartCustomers" => round_trip::<types::CartCustomers>(payload),
        "OrderCreateRequest" => round_trip::<types::OrderCreateRequest>(payload),
        "Order" => round_trip::<types::Order>(payload),
        "ProductLicense" => round_trip::<types::ProductLicense>(payload),
        "ProductOrderStatusResponse" => round_trip::<types::ProductOrderStatusResponse>(payload),
        "ErrorResponse" => round_trip::<types::ErrorResponse>(payload),
        other => Err(format!("no generated type is listed here for {other}")),
    }
}

#[test]
fn every_example_is_valid_and_holds_nothing_undeclared() {
    check_validity("webroot", 52);
}

#[test]
fn every_example_survives_the_generated_types() {
    check_round_trips("webroot", through_types);
}
