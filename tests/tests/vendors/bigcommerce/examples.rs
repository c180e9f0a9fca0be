//! Every documented payload: valid, decoded and written back without a loss, and nothing in it undeclared.

use cartwright_bigcommerce::types;
use serde_json::Value;

use crate::examples::{RoundTrip, check_round_trips, check_validity, round_trip};

fn through_types(component: &str, payload: &Value) -> RoundTrip {
    match component {
        "CartCreateRequest" => round_trip::<types::CartCreateRequest>(payload),
        "CartUpdateRequest" => round_trip::<types::CartUpdateRequest>(payload),
        "LineItemsAddRequest" => round_trip::<types::LineItemsAddRequest>(payload),
        "LineItemUpdateRequest" => round_trip::<types::LineItemUpdateRequest>(payload),
        "LineItemDeleteRequest" => round_trip::<types::LineItemDeleteRequest>(payload),
        "RedirectUrlsRequest" => round_trip::<types::RedirectUrlsRequest>(payload),
        "CartResponse" => round_trip::<types::CartResponse>(payload),
        "RedirectUrlsResponse" => round_trip::<types::RedirectUrlsResponse>(payload),
        "CartSettingsRequest" => round_trip::<types::CartSettingsRequest>(payload),
        "CartSettingsResponse" => round_trip::<types::CartSettingsResponse>(payload),
        "ChannelCartSettings" => round_trip::<types::ChannelCartSettings>(payload),
        "ChannelCartSettingsResponse" => round_trip::<types::ChannelCartSettingsResponse>(payload),
        "MetafieldRequest" => round_trip::<types::MetafieldRequest>(payload),
        "MetafieldResponse" => round_trip::<types::MetafieldResponse>(payload),
        "MetafieldListResponse" => round_trip::<types::MetafieldListResponse>(payload),
        "[MetafieldCreateEntry]" => round_trip::<Vec<types::MetafieldCreateEntry>>(payload),
        "[MetafieldUpdateEntry]" => round_trip::<Vec<types::MetafieldUpdateEntry>>(payload),
        "[integer]" => round_trip::<Vec<i64>>(payload),
        "MetafieldsWriteResponse" => round_trip::<types::MetafieldsWriteResponse>(payload),
        "MetafieldsWriteRefusal" => round_trip::<types::MetafieldsWriteRefusal>(payload),
        "MetafieldsDeleteResponse" => round_trip::<types::MetafieldsDeleteResponse>(payload),
        "MetafieldsDeleteRefusal" => round_trip::<types::MetafieldsDeleteRefusal>(payload),
        "ErrorResponse" => round_trip::<types::ErrorResponse>(payload),
        other => Err(format!("no generated type is listed here for {other}")),
    }
}

#[test]
fn every_example_is_valid_and_holds_nothing_undeclared() {
    check_validity("bigcommerce", 113);
}

#[test]
fn every_example_survives_the_generated_types() {
    check_round_trips("bigcommerce", through_types);
}
