//! Every documented payload: valid, decoded and written back without a loss, and nothing in it undeclared but a provider's own keys.

use cartwright_cpanel::types;
use serde_json::Value;

use crate::examples::{RoundTrip, check_round_trips, check_validity, round_trip};
use crate::spec;

pub fn through_types(component: &str, payload: &Value) -> RoundTrip {
    match component {
        "CartItem" => round_trip::<types::CartItem>(payload),
        "ShoppingCartResponse" => round_trip::<types::ShoppingCartResponse>(payload),
        "UrlAfterCheckoutResponse" => round_trip::<types::UrlAfterCheckoutResponse>(payload),
        "ProvidersResponse" => round_trip::<types::ProvidersResponse>(payload),
        "ProductsResponse" => round_trip::<types::ProductsResponse>(payload),
        "LoginUrlResponse" => round_trip::<types::LoginUrlResponse>(payload),
        "LoginTokenResponse" => round_trip::<types::LoginTokenResponse>(payload),
        "NamedProductCartResponse" => round_trip::<types::NamedProductCartResponse>(payload),
        "ProductInfoResponse" => round_trip::<types::ProductInfoResponse>(payload),
        "BuildCartUrlResponse" => round_trip::<types::BuildCartUrlResponse>(payload),
        "CompletionUrlResponse" => round_trip::<types::CompletionUrlResponse>(payload),
        "LicenseInfoResponse" => round_trip::<types::LicenseInfoResponse>(payload),
        "CertificateRequest" => round_trip::<types::CertificateRequest>(payload),
        "IdentityVerification" => round_trip::<types::IdentityVerification>(payload),
        "CertificateOrderResponse" => round_trip::<types::CertificateOrderResponse>(payload),
        "[string]" => round_trip::<Vec<String>>(payload),
        "QueueItemsStatusResponse" => round_trip::<types::QueueItemsStatusResponse>(payload),
        "PendingCertificatesResponse" => round_trip::<types::PendingCertificatesResponse>(payload),
        "ProcessedCertificatesResponse" => {
            round_trip::<types::ProcessedCertificatesResponse>(payload)
        }
        "CertificateAvailabilityResponse" => {
            round_trip::<types::CertificateAvailabilityResponse>(payload)
        }
        "CertificateStatusResponse" => round_trip::<types::CertificateStatusResponse>(payload),
        "DcvConstraintsResponse" => round_trip::<types::DcvConstraintsResponse>(payload),
        "MarketFailure" => round_trip::<types::MarketFailure>(payload),
        "ErrorResponse" => round_trip::<types::ErrorResponse>(payload),
        other => Err(format!("no generated type is listed here for {other}")),
    }
}

#[test]
fn every_example_is_valid_and_holds_nothing_undeclared() {
    check_validity("cpanel", 135);
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
            "cancel-pending-ssl-certificate-failure-c01-bare.json",
            "cancel-pending-ssl-certificate-failure-c01-envelope.json",
            "create-shopping-cart-failure-c01-bare.json",
            "create-shopping-cart-failure-c01-envelope.json",
            "create-shopping-cart-failure-c15-text-status.json",
            "create-shopping-cart-non-ssl-failure-c01-bare.json",
            "create-shopping-cart-non-ssl-failure-c01-envelope.json",
            "get-all-products-failure-c01-bare.json",
            "get-build-cart-url-failure-c01-bare.json",
            "get-certificate-status-details-failure-c01-envelope.json",
            "get-completion-url-failure-c01-envelope.json",
            "get-license-info-failure-c01-bare.json",
            "get-login-url-failure-c01-envelope.json",
            "get-pending-ssl-certificates-failure-c01-bare.json",
            "get-product-info-failure-c01-envelope.json",
            "get-provider-specific-dcv-constraints-failure-c01-bare.json",
            "get-providers-list-failure-c01-envelope.json",
            "get-ssl-certificate-if-available-failure-c01-bare.json",
            "process-ssl-pending-queue-failure-c01-bare.json",
            "request-ssl-certificates-failure-c01-bare.json",
            "request-ssl-certificates-failure-c01-envelope.json",
            "set-status-of-pending-queue-items-failure-c05-missing.json",
            "set-status-of-pending-queue-items-failure-c26-text-ids.json",
            "set-status-of-pending-queue-items-failure-documented.json",
            "set-url-after-checkout-failure-c05-missing.json",
            "set-url-after-checkout-failure-c08-data-envelope.json",
            "set-url-after-checkout-failure-c08-data.json",
            "validate-login-token-failure-c01-bare.json",
            "validate-login-token-failure-c01-envelope.json",
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
