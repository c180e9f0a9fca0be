//! The whole life of a cart through the interface, against the sandbox; every answer is held against the spec.

use std::time::{Duration, SystemTime};

use cartwright::vendors::bigcommerce::{BigCommerce, BigCommerceConfig};
use cartwright::{
    CartApi, Customer, ErrorKind, LineChange, LineKind, NewCart, NewLine, OptionChoice, RetryState,
    TotalKind,
};
use cartwright_contract::Watched;
use cartwright_sandbox::{Clock, Sandbox};

use super::shop::CART;
use crate::sandbox;

/// The operations that the life of a cart takes.
const TAKEN: &[&str] = &[
    "createCart",
    "getCart",
    "updateCart",
    "deleteCart",
    "addCartLineItems",
    "updateCartLineItem",
    "deleteCartLineItem",
    "createCartRedirectUrl",
];

/// A shop at the sandbox, with its own token or another.
fn shop_at(sandbox: &Sandbox, token: Option<&str>) -> BigCommerce {
    let access = sandbox::access(sandbox, "bigcommerce");
    let credential = |name| sandbox::credential(&access, name);
    let token = token.map_or_else(|| credential("access_token"), str::to_owned);
    let config = BigCommerceConfig::new(credential("store_hash"), token);
    BigCommerce::new(config.base_url(&access.base_url)).unwrap()
}

#[tokio::test]
async fn a_cart_is_created_read_changed_handed_over_and_deleted() {
    let sandbox = Watched::start().await.unwrap();
    let shop = shop_at(&sandbox, None);

    let new = NewCart::new()
        .line(NewLine::product("118", 2).variant("140"))
        .line(NewLine::custom("Engraving", 1, "4.50".parse().unwrap()));
    let created = shop.create(new).await.unwrap();
    assert_eq!(created.currency.as_deref(), Some("USD"));
    assert!(
        created.checkout_url.is_some(),
        "create answers with the checkout's URL"
    );
    assert_eq!(
        created.total(&TotalKind::Total),
        Some(&"44.48".parse().unwrap())
    );

    let read = shop.get(&created.id).await.unwrap();
    assert_eq!(
        (&read.line_items, &read.totals),
        (&created.line_items, &created.totals)
    );
    let shirt = read
        .line_items
        .iter()
        .find(|line| line.kind == LineKind::Physical)
        .unwrap();
    assert_eq!(shirt.quantity, Some(2));

    let added = shop
        .add_lines(&read.id, vec![NewLine::product("126", 1).into()])
        .await
        .unwrap();
    assert_eq!(added.line_items.len(), 3);

    let changed = shop
        .update_line(
            &read.id,
            shirt.id.as_ref().unwrap(),
            LineChange::new()
                .quantity(3)
                .unit_price("10".parse().unwrap()),
        )
        .await
        .unwrap();
    let shirt = changed
        .line_items
        .iter()
        .find(|line| line.product_id.as_deref() == Some("118"))
        .unwrap();
    assert_eq!(
        (shirt.quantity, shirt.unit_price.clone()),
        (Some(3), Some("10".parse().unwrap()))
    );

    assert_eq!(
        shop.set_customer(&read.id, Customer::Id("7".into()))
            .await
            .unwrap()
            .customer_id
            .as_deref(),
        Some("7")
    );
    let first = shop.checkout(&read.id).await.unwrap();
    assert!(first.url.starts_with("https://"));
    assert_ne!(
        first.url,
        shop.checkout(&read.id).await.unwrap().url,
        "each hand-over makes a new URL"
    );

    let mut lines: Vec<_> = changed
        .line_items
        .iter()
        .map(|line| line.id.clone().unwrap())
        .collect();
    let last = lines.pop().unwrap();
    for line in lines {
        assert!(shop.remove_line(&read.id, &line).await.unwrap().is_some());
    }
    assert_eq!(
        shop.remove_line(&read.id, &last).await.unwrap(),
        None,
        "the cart goes with its last line"
    );

    let second = shop
        .create(NewCart::new().line(NewLine::product("126", 1)))
        .await
        .unwrap();
    shop.delete(&second.id).await.unwrap();
    let gone = shop.get(&second.id).await.unwrap_err();
    assert_eq!(
        (gone.kind(), gone.status(), gone.operation()),
        (ErrorKind::NotFound, Some(404), Some("getCart"))
    );

    assert_eq!(sandbox.seen("bigcommerce"), TAKEN.iter().copied().collect());
}

#[tokio::test]
async fn chosen_options_and_names_of_any_script_come_back() {
    let sandbox = Watched::start().await.unwrap();
    let shop = shop_at(&sandbox, None);
    let line = NewLine::product("118", 1).name("قميص");
    let line = line.option(OptionChoice::Value {
        option_id: "125".into(),
        value_id: "127".into(),
    });
    let line = line.option(OptionChoice::Value {
        option_id: "133".into(),
        value_id: "148".into(),
    });
    let cart = shop.create(NewCart::new().line(line)).await.unwrap();
    let line = &cart.line_items[0];
    assert_eq!(line.name.as_deref(), Some("قميص"));
    assert_eq!(line.options.len(), 2);
}

#[tokio::test]
async fn a_wrong_token_is_unauthenticated_and_not_shown() {
    let sandbox = Watched::start().await.unwrap();
    let shop = shop_at(&sandbox, Some("wrong-token"));
    let error = shop.get(&CART.parse().unwrap()).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.retry()),
        (ErrorKind::Unauthenticated, RetryState::Permanent)
    );
    assert!(!format!("{error} {error:?} {shop:?}").contains("wrong-token"));
}

#[tokio::test]
async fn the_vendors_refusal_is_an_invalid_request_in_its_own_words() {
    let sandbox = Watched::start().await.unwrap();
    let shop = shop_at(&sandbox, None);
    let error = shop
        .create(NewCart::new().line(NewLine::product("999999", 1)))
        .await
        .unwrap_err();
    assert_eq!(
        (error.kind(), error.status()),
        (ErrorKind::InvalidRequest, Some(422))
    );
    assert!(
        error
            .vendor_message()
            .is_some_and(|message| !message.is_empty()),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_cart_is_gone_thirty_days_after_its_last_change() {
    let clock = Clock::settable(SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000));
    let sandbox = Watched::builder()
        .clock(clock.clone())
        .start()
        .await
        .unwrap();
    let shop = shop_at(&sandbox, None);
    let cart = shop
        .create(NewCart::new().line(NewLine::product("126", 1)))
        .await
        .unwrap();
    let day = Duration::from_secs(24 * 60 * 60);
    clock.advance(day * 29);
    assert!(shop.get(&cart.id).await.is_ok());
    clock.advance(day * 2);
    assert_eq!(
        shop.get(&cart.id).await.unwrap_err().kind(),
        ErrorKind::NotFound
    );
}

#[tokio::test]
async fn a_raw_request_goes_through_the_same_credentials() {
    let sandbox = Watched::start().await.unwrap();
    let shop = shop_at(&sandbox, None);
    let answer = shop
        .raw(reqwest::Method::GET, "/v3/carts/settings", None)
        .await
        .unwrap();
    assert_eq!(answer.status.as_u16(), 200);
    let call = sandbox.calls().pop().unwrap();
    assert!(call.header_names.iter().any(|name| name == "x-auth-token"));
}

#[tokio::test]
async fn the_generated_client_is_one_call_away() {
    let sandbox = Watched::start().await.unwrap();
    let shop = shop_at(&sandbox, None);
    let cart = shop
        .create(NewCart::new().line(NewLine::product("126", 1)))
        .await
        .unwrap();
    let stale = cartwright_bigcommerce::types::CartUpdateRequest {
        customer_id: Some(7),
        version: Some(99),
        ..Default::default()
    };
    let error = shop
        .client()
        .update_cart()
        .cart_id(cart.id.as_str())
        .body(stale)
        .send()
        .await
        .unwrap_err();
    assert_eq!(
        error.status().map(|status| status.as_u16()),
        Some(409),
        "a stale version is a conflict"
    );
}

#[tokio::test]
async fn a_currency_is_sent_in_capitals() {
    let sandbox = Watched::start().await.unwrap();
    let shop = shop_at(&sandbox, None);
    for code in ["usd", "Jod", "USD"] {
        let custom = NewLine::custom("Engraving", 1, "4.50".parse().unwrap());
        let cart = shop
            .create(NewCart::new().line(custom).currency(code))
            .await;
        let cart = cart.unwrap_or_else(|error| panic!("{code}: {error}"));
        assert_eq!(cart.currency, Some(code.to_uppercase()));
    }
}
