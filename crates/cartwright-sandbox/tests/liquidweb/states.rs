//! States that are taken from one market and put into another.

use std::time::Duration;

use cartwright_sandbox::{LiquidwebAnswers, State};
use serde_json::{Value, json};

use crate::market::{
    ADD, CONFIGURE, EVERYTHING, Market, QUOTE, TOKEN, agency, backup, configured, quote,
    server_with, starter,
};

const TEXTS: LiquidwebAnswers = LiquidwebAnswers {
    numbers_as_text: true,
    booleans_as_text: true,
    false_as_empty_text: false,
    nulls: false,
};

/// A market in the middle of its life, and a cart of it with an item of each kind.
async fn busy() -> (Market, Value) {
    let market = Market::open().await;
    let mut product = server_with(&[json!({"num_units": 3, "ptok_id": 13, "ptov_id": 131})]);
    product["properties"] = json!({"hostname": "web.example"});
    let cart = market.cart("yearly", &product).await;
    market
        .more(&cart, "monthly", &starter(&[server_with(&[])]))
        .await;
    market.more(&cart, "quarterly", &agency()).await;
    market.answer(QUOTE, &quote(&cart)).await;
    market.answer(CONFIGURE, &configured()).await;
    market.answer(TOKEN, &json!({"timeout": 60})).await;
    market.clock.advance(Duration::from_secs(30));
    (market, cart)
}

/// What the market answers next.
async fn next(market: &Market, cart: &Value) -> Vec<String> {
    let item = json!({"alsowith": EVERYTHING, "cycle": "monthly", "item": backup()});
    let mut more = item.clone();
    more["uuid"] = cart["uuid"].clone();
    let mut texts = Vec::new();
    for (method, params) in [
        (ADD, &more),
        (ADD, &item),
        (QUOTE, &quote(cart)),
        (CONFIGURE, &configured()),
        (TOKEN, &json!({})),
    ] {
        texts.push(market.call(method, params).await.text);
    }
    texts
}

#[tokio::test]
async fn a_market_that_is_restored_answers_the_same_bytes_from_then_on() {
    let (market, cart) = busy().await;
    market.sandbox.liquidweb_answers(TEXTS);
    let written = serde_json::to_string(&market.sandbox.state()).unwrap();

    let another = Market::open().await;
    another
        .sandbox
        .restore(&State::from_json(&written).unwrap())
        .unwrap();
    assert_eq!(
        serde_json::to_string(&another.sandbox.state()).unwrap(),
        written
    );
    assert_eq!(next(&another, &cart).await, next(&market, &cart).await);
}

#[tokio::test]
async fn a_restored_token_ends_when_it_would_have_ended() {
    let market = Market::open().await;
    let token = market.answer(TOKEN, &json!({"timeout": 60})).await["token"].clone();
    let state = market.sandbox.state();
    let another = Market::open().await;
    another.sandbox.restore(&state).unwrap();
    let call = || {
        let request = another.http.post(another.url(ADD));
        crate::market::send(request.bearer_auth(token.as_str().unwrap()))
    };
    another.clock.advance(Duration::from_secs(59));
    assert_eq!(call().await.status, 200);
    another.clock.advance(Duration::from_secs(60));
    assert_eq!(call().await.status, 401);
}

#[tokio::test]
async fn a_reset_market_begins_anew_and_answers_in_the_same_forms() {
    let (market, _) = busy().await;
    market.sandbox.liquidweb_answers(TEXTS);
    market.sandbox.reset();
    let another = Market::open().await;
    another.sandbox.liquidweb_answers(TEXTS);
    another.clock.advance(Duration::from_secs(30));
    let state = |market: &Market| serde_json::to_value(market.sandbox.state()).unwrap();
    assert_eq!(
        state(&market)["vendors"]["liquidweb"],
        state(&another)["vendors"]["liquidweb"]
    );
}

#[tokio::test]
async fn a_state_that_names_what_is_not_there_is_refused_with_its_place_and_changes_nothing() {
    let (market, cart) = busy().await;
    let uuid = cart["uuid"].as_str().unwrap();
    let whole = serde_json::to_value(market.sandbox.state()).unwrap();
    let product = "items[0].content";
    for (pointer, value, place) in [
        (
            "items/0/content/product/code",
            json!("GONE"),
            format!("{product}.code"),
        ),
        (
            "items/0/content/product/choices/1/ptov_id",
            json!(7),
            format!("{product}.choices[1].ptov_id"),
        ),
        (
            "items/0/content/product/choices/1/num_units",
            json!(1_000_001),
            format!("{product}.choices[1].num_units"),
        ),
        ("items/0/units", json!(0), "items[0].units".to_owned()),
        (
            "items/1/content/package/version_id",
            json!(302),
            "items[1].content.version_id".to_owned(),
        ),
        (
            "items/2/content/bundle/packages/0/bundle_to_package_id",
            json!(7),
            "items[2].content.packages[0].bundle_to_package_id".to_owned(),
        ),
        (
            "discounts/0/offer_id",
            json!(7),
            "discounts[0].offer_id".to_owned(),
        ),
        ("uuid", json!("another"), "uuid".to_owned()),
    ] {
        let mut state = whole.clone();
        let pointer = format!("/vendors/liquidweb/carts/{uuid}/{pointer}");
        *state.pointer_mut(&pointer).unwrap() = value;
        let state = State::from_json(&state.to_string()).unwrap();
        let refused = market.sandbox.restore(&state).unwrap_err();
        assert_eq!(
            refused.place(),
            format!("vendors.liquidweb.carts.{uuid}.{place}")
        );
    }
    assert_eq!(serde_json::to_value(market.sandbox.state()).unwrap(), whole);
}

#[tokio::test]
async fn a_state_with_a_field_too_many_is_refused() {
    let market = Market::open().await;
    let mut state = serde_json::to_value(market.sandbox.state()).unwrap();
    state["vendors"]["liquidweb"]["orders"] = json!({});
    let state = State::from_json(&state.to_string()).unwrap();
    let refused = market.sandbox.restore(&state).unwrap_err();
    assert!(refused.to_string().contains("orders"), "{refused}");
}
