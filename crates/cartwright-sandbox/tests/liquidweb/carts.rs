//! Carts: made, added to, shown in part, expired.

use std::time::Duration;

use serde_json::{Value, json};

use crate::market::{EVERYTHING, Market, backup, opening, server, server_with};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

#[tokio::test]
async fn a_cart_is_made_if_none_is_named() {
    let market = Market::open().await;
    let params = json!({"cycle": "monthly", "item": backup()});
    let (one, other) = (market.add(&params).await, market.add(&params).await);
    assert_ne!(one["uuid"], other["uuid"]);
    assert_eq!((&one["version"], &other["version"]), (&json!(1), &json!(1)));
}

#[tokio::test]
async fn the_named_cart_is_added_to_by_either_name_of_the_parameter() {
    let market = Market::open().await;
    let cart = market.cart("monthly", &backup()).await;
    for (name, items) in [("uuid", 2), ("cart_uuid", 3)] {
        let mut params = json!({"alsowith": ["items"], "cycle": "monthly", "item": backup()});
        params[name] = cart["uuid"].clone();
        let added = market.add(&params).await;
        assert_eq!(added["uuid"], cart["uuid"], "{name}");
        assert_eq!(added["share"], cart["share"], "{name}");
        assert_eq!(added["items"].as_array().unwrap().len(), items, "{name}");
        assert_eq!(added["version"], items, "{name}");
    }
}

#[tokio::test]
async fn of_both_names_the_first_wins() {
    let market = Market::open().await;
    let one = market.cart("monthly", &backup()).await;
    let other = market.cart("monthly", &backup()).await;
    let params = json!({
        "cart_uuid": other["uuid"], "cycle": "monthly", "item": backup(), "uuid": one["uuid"],
    });
    assert_eq!(market.add(&params).await["uuid"], one["uuid"]);
}

#[tokio::test]
async fn a_cart_is_found_in_upper_case_too() {
    let market = Market::open().await;
    let cart = market.cart("monthly", &backup()).await;
    let shouted = json!({"uuid": cart["uuid"].as_str().unwrap().to_uppercase()});
    assert_eq!(
        market.more(&shouted, "monthly", &backup()).await["uuid"],
        cart["uuid"]
    );
}

#[tokio::test]
async fn a_null_id_makes_a_cart() {
    let market = Market::open().await;
    let params = json!({"cart_uuid": null, "cycle": "monthly", "item": backup(), "uuid": null});
    assert_eq!(market.add(&params).await["version"], 1);
}

#[tokio::test]
async fn alsowith_decides_which_parts_are_there() {
    let market = Market::open().await;
    let everything = json!(EVERYTHING);
    for (alsowith, parts) in [
        (Value::Null, json!([])),
        (json!([]), json!([])),
        (json!(["internal"]), json!([])),
        (json!(["items"]), json!(["items"])),
        (json!(["totals", "admin"]), json!(["admin", "totals"])),
        (
            json!(["items", ["items", "totals"]]),
            json!(["items", "totals"]),
        ),
        (
            json!([[["metadata"]], ["discounts"]]),
            json!(["discounts", "metadata"]),
        ),
        (json!(EVERYTHING), everything),
    ] {
        let params = json!({"alsowith": alsowith, "cycle": "monthly", "item": backup()});
        let cart = market.add(&params).await;
        let there: Vec<&str> = EVERYTHING
            .into_iter()
            .filter(|part| cart.get(part).is_some())
            .collect();
        assert_eq!(json!(there), parts, "{alsowith}");
    }
}

#[tokio::test]
async fn the_parts_that_need_no_asking_are_always_there() {
    let market = Market::open().await;
    let cart = market
        .add(&json!({"cycle": "monthly", "item": backup()}))
        .await;
    let keys: Vec<&String> = cart.as_object().unwrap().keys().collect();
    assert_eq!(
        keys,
        [
            "accnt",
            "created",
            "expiration",
            "is_expired",
            "is_quote",
            "orderable",
            "share",
            "status",
            "uuid",
            "version",
        ]
    );
}

#[tokio::test]
async fn times_are_told_as_they_are_where_the_vendor_is() {
    let market = Market::open().await;
    let cart = market.cart("monthly", &backup()).await;
    assert_eq!(cart["created"], "2024-05-06 03:16:55");
    assert_eq!(cart["expiration"], "2024-06-05 03:16:55");
    market.clock.advance(DAY);
    let cart = market.more(&cart, "monthly", &backup()).await;
    assert_eq!(cart["created"], "2024-05-06 03:16:55");
    assert_eq!(cart["updated"], "2024-05-07 03:16:55");
    assert_eq!(cart["expiration"], "2024-06-05 03:16:55");
}

#[tokio::test]
async fn a_cart_expires_30_days_after_it_was_made() {
    let market = Market::open().await;
    let cart = market.cart("monthly", &backup()).await;
    let last = opening() + 30 * DAY - Duration::from_millis(1);
    for (now, expired) in [(last, 0), (opening() + 30 * DAY, 1)] {
        market.clock.set(now);
        let cart = market.more(&cart, "monthly", &backup()).await;
        assert_eq!(cart["is_expired"], expired);
        assert_eq!(cart["orderable"], 1 - expired);
    }
}

#[tokio::test]
async fn a_cart_is_orderable_if_all_its_items_are_valid() {
    let market = Market::open().await;
    let cart = market.cart("monthly", &server()).await;
    assert_eq!(cart["orderable"], 1);
    let unfinished = json!({"code": "CLOUD.VPS", "options": [], "region_id": 1});
    let cart = market.more(&cart, "monthly", &unfinished).await;
    assert_eq!(cart["orderable"], 0);
    assert_eq!(cart["items"][0]["details"]["valid"], 1);
    assert_eq!(cart["items"][1]["details"]["valid"], 0);
}

#[tokio::test]
async fn unknown_parameters_are_ignored() {
    let market = Market::open().await;
    let mut item = server_with(&[]);
    item["colour"] = json!("blue");
    let params = json!({"cycle": "monthly", "item": item, "wishes": ["many"]});
    assert_eq!(market.add(&params).await["orderable"], 1);
}

#[tokio::test]
async fn a_reset_forgets_carts_and_starts_the_ids_again() {
    let market = Market::open().await;
    let first = market.cart("monthly", &server()).await;
    market.sandbox.reset();
    let params = json!({"cycle": "monthly", "item": backup(), "uuid": first["uuid"]});
    assert_eq!(market.refusal(&params).await["field"], "market_cart");
    market.sandbox.reset();
    assert_eq!(market.cart("monthly", &server()).await, first);
}
