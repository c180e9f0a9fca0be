//! Quotes of carts.

use std::time::Duration;

use serde_json::{Value, json};

use crate::market::{EVERYTHING, Market, QUOTE, backup, mail, quote};

#[tokio::test]
async fn a_quote_is_the_cart_that_it_was_made_of() {
    let market = Market::open().await;
    let cart = market.cart("monthly", &backup()).await;
    assert_eq!(
        (&cart["is_quote"], &cart["status"]),
        (&json!(0), &json!("open"))
    );

    market.clock.advance(Duration::from_secs(60));
    let mut params = quote(&cart);
    params["alsowith"] = json!(EVERYTHING);
    let quoted = market.answer(QUOTE, &params).await;
    assert_eq!(
        (&quoted["is_quote"], &quoted["status"]),
        (&json!(1), &json!("quote"))
    );
    assert_eq!(
        (&quoted["version"], &quoted["updated"]),
        (&json!(2), &json!("2024-05-06 03:17:55"))
    );
    assert_eq!(
        quoted["admin"],
        json!({
            "basket_admin_username": "anna",
            "channel": "sandbox",
            "opportunity_id": "0061a00000Abcde",
        })
    );
    for kept in ["created", "expiration", "items", "share", "totals", "uuid"] {
        assert_eq!(quoted[kept], cart[kept], "{kept}");
    }
}

#[tokio::test]
async fn a_quote_that_is_added_to_stays_one() {
    let market = Market::open().await;
    let cart = market.cart("monthly", &backup()).await;
    market.answer(QUOTE, &quote(&cart)).await;
    let more = market.more(&cart, "monthly", &mail()).await;
    assert_eq!(
        (&more["is_quote"], &more["version"]),
        (&json!(1), &json!(3))
    );
    assert_eq!(more["admin"]["basket_admin_username"], "anna");
}

#[tokio::test]
async fn another_quote_of_a_cart_replaces_the_first() {
    let market = Market::open().await;
    let cart = market.cart("monthly", &backup()).await;
    market.answer(QUOTE, &quote(&cart)).await;
    let mut params = quote(&cart);
    params["opportunity_id"] = json!("0061a00000AbcdeAAB");
    let quoted = market.answer(QUOTE, &params).await;
    assert_eq!(quoted["admin"]["opportunity_id"], "0061a00000AbcdeAAB");
    assert_eq!(quoted["version"], 3);
}

#[tokio::test]
async fn a_quote_wants_a_cart_a_name_and_an_opportunity() {
    let market = Market::open().await;
    let refusal = market.refusal_of(QUOTE, &json!({})).await;
    assert_eq!(refusal["error_class"], "LW::Exception::Input::Multiple");
    assert_eq!(
        refusal["field"],
        json!(["basket_admin_username", "cart_uuid", "opportunity_id"])
    );
}

#[tokio::test]
async fn a_wrong_parameter_of_a_quote_is_refused_and_the_cart_stays_as_it_is() {
    let market = Market::open().await;
    let cart = market.cart("monthly", &backup()).await;
    for (key, value, class) in [
        ("basket_admin_username", json!(""), "Input::Validation"),
        (
            "basket_admin_username",
            json!("a".repeat(25)),
            "Input::Validation",
        ),
        (
            "opportunity_id",
            json!("0061a00000Abcd"),
            "Input::Validation",
        ),
        (
            "opportunity_id",
            json!("0061a-0000Abcde"),
            "Input::Validation",
        ),
        ("cart_uuid", json!("x"), "Input::Validation"),
        ("alsowith", json!(["internal"]), "Input::NotInRealm"),
    ] {
        let mut params = quote(&cart);
        params[key] = value;
        let refusal = market.refusal_of(QUOTE, &params).await;
        assert_eq!(
            refusal["error_class"],
            format!("LW::Exception::{class}"),
            "{params}"
        );
        assert_eq!(refusal["field"], key);
    }
    let more = market.more(&cart, "monthly", &mail()).await;
    assert_eq!(
        (&more["is_quote"], &more["version"]),
        (&json!(0), &json!(2))
    );
}

#[tokio::test]
async fn a_cart_that_is_not_there_is_not_quoted() {
    let market = Market::open().await;
    let uuid: Value = json!("3f2504e0-4f89-41d3-9a0c-0305e82c3301");
    let refusal = market
        .refusal_of(QUOTE, &quote(&json!({"uuid": uuid})))
        .await;
    assert_eq!(refusal["error_class"], "LW::Exception::RecordNotFound");
    assert_eq!(
        (&refusal["field"], &refusal["input"]),
        (&json!("market_cart"), &uuid)
    );
}
