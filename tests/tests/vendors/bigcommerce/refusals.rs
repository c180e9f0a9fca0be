//! What is refused before anything is sent.

use std::sync::Arc;

use cartwright::vendors::bigcommerce::{BigCommerce, BigCommerceConfig};
use cartwright::{
    CartApi, CartId, Contact, Customer, Error, ErrorKind, LineChange, NewCart, NewLine, NewOrder,
    Settings, Vendor, connect,
};

use super::shop::{CART, shop_over};
use crate::canned::Counting;

#[tokio::test]
async fn a_request_that_cannot_be_right_is_never_sent() {
    let transport = Arc::new(Counting::default());
    let shop = shop_over(transport.clone());
    let cart: CartId = CART.parse().unwrap();
    let create = |line: NewLine| shop.create(NewCart::new().line(line));
    let price = |text: &str| text.parse().unwrap();
    let line = |text: &str| text.into();
    let quantity = LineChange::new().quantity(1);
    let refused: Vec<(Error, &str)> = vec![
        (
            create(NewLine::product("118", 0).into()).await.unwrap_err(),
            "bigcommerce: lines[0].quantity: the quantity is 0: give at least 1, or remove the line",
        ),
        (
            create(NewLine::product("118", 1).unit_price(price("-0.01")).into())
                .await
                .unwrap_err(),
            "bigcommerce: lines[0].unit_price: the price -0.01 is negative: give 0 or more",
        ),
        (
            create(NewLine::custom("x", 1, price("-5")).into())
                .await
                .unwrap_err(),
            "bigcommerce: lines[0].unit_price: the price -5 is negative: give 0 or more",
        ),
        (
            create(NewLine::product("shirt", 1).into())
                .await
                .unwrap_err(),
            "bigcommerce: lines[0].product_id: `shirt` is not one of BigCommerce's ids: they are whole numbers",
        ),
        (
            create(NewLine::product("118", 1).variant("-1").into())
                .await
                .unwrap_err(),
            "bigcommerce: lines[0].variant_id: `-1` is not one of BigCommerce's ids: they are whole numbers",
        ),
        (
            create(NewLine::product("118", u64::MAX).into())
                .await
                .unwrap_err(),
            "bigcommerce: lines[0].quantity: the quantity is too large",
        ),
        (
            shop.create(NewCart::new()).await.unwrap_err(),
            "bigcommerce: lines: there are no lines: give at least one",
        ),
        (
            shop.get(&CartId::new(Vendor::BigCommerce, "..").unwrap())
                .await
                .unwrap_err(),
            "bigcommerce: cart id: `..` is not a UUID: use the id that the cart was answered with",
        ),
        (
            shop.remove_line(&cart, &line("../x")).await.unwrap_err(),
            "bigcommerce: line id: `../x` is not a line's id: use the id that the cart shows",
        ),
        (
            shop.update_line(
                &cart,
                &line("6e193ce6-f327-4dcc-b75e-72cf6738525e"),
                quantity,
            )
            .await
            .unwrap_err(),
            "bigcommerce: line id: only a catalogue line can be changed: remove this one and add another",
        ),
        (
            shop.update_line(
                &cart,
                &line("6e193ce6-f327-4dcc-b75e-72cf6738525e:118"),
                LineChange::new(),
            )
            .await
            .unwrap_err(),
            "bigcommerce: change.quantity: BigCommerce wants the quantity with every change: set it, if only to what it is",
        ),
        (
            shop.set_customer(&cart, Customer::Id("x".into()))
                .await
                .unwrap_err(),
            "bigcommerce: customer id: `x` is not one of BigCommerce's ids: they are whole numbers",
        ),
        (
            shop.set_customer(&cart, Contact::new().key("7").into())
                .await
                .unwrap_err(),
            "bigcommerce: customer: BigCommerce takes a customer by its id alone: create the customer in the store, and give the id",
        ),
    ];
    for (error, message) in refused {
        assert_eq!(
            (error.kind(), error.to_string().as_str()),
            (ErrorKind::InvalidRequest, message)
        );
    }
    let error = shop.place_order(&cart, NewOrder::new()).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.to_string().as_str()),
        (
            ErrorKind::Unsupported,
            "bigcommerce does not support `place-order`: its API has no such call"
        )
    );
    assert_eq!(transport.count(), 0, "something was sent");
}

#[test]
fn a_malformed_id_says_what_an_id_looks_like() {
    for (text, message) in [
        (
            "6e193ce6",
            "cart id: `6e193ce6` is not a cart id: expected `vendor:id`, as a cart's id is printed",
        ),
        (
            "shopware:1",
            "vendor: `shopware` is not a vendor: this build has bigcommerce, cpanel, liquidweb, webroot",
        ),
        (
            "bigcommerce:",
            "bigcommerce: cart id: a cart id has 1 to 2,000 characters and no blanks: use the id that the cart was answered with",
        ),
        (
            "bigcommerce:a b",
            "bigcommerce: cart id: a cart id has 1 to 2,000 characters and no blanks: use the id that the cart was answered with",
        ),
    ] {
        assert_eq!(text.parse::<CartId>().unwrap_err().to_string(), message);
    }
}

#[test]
fn a_missing_or_wrong_setting_is_named() {
    let token = ("CARTWRIGHT_BIGCOMMERCE_ACCESS_TOKEN", "secret-of-the-test");
    let store = ("CARTWRIGHT_BIGCOMMERCE_STORE_HASH", "store");
    for (settings, message) in [
        (
            vec![],
            "bigcommerce: CARTWRIGHT_BIGCOMMERCE_STORE_HASH: missing: it is the store's permanent id, as in its API path",
        ),
        (
            vec![store],
            "bigcommerce: CARTWRIGHT_BIGCOMMERCE_ACCESS_TOKEN: missing: it is the token of an API account with the scope store_cart",
        ),
        (
            vec![store, token, ("CARTWRIGHT_BIGCOMMERCE_CHANNEL_ID", "one")],
            "bigcommerce: CARTWRIGHT_BIGCOMMERCE_CHANNEL_ID: `one` is not a channel's number",
        ),
        (
            vec![
                store,
                token,
                ("CARTWRIGHT_BIGCOMMERCE_BASE_URL", "http://example.com"),
            ],
            "bigcommerce: the base URL ",
        ),
        (
            vec![
                store,
                token,
                ("CARTWRIGHT_BIGCOMMERCE_BASE_URL", "not a url"),
            ],
            "bigcommerce: the base URL ",
        ),
    ] {
        let settings = Settings::from_pairs(settings);
        let error = connect(Vendor::BigCommerce, &settings, None)
            .err()
            .expect("the settings are incomplete");
        assert_eq!(error.kind(), ErrorKind::InvalidConfig);
        assert!(
            error.to_string().starts_with(message),
            "expected: {message}\n   found: {error}"
        );
        assert!(!format!("{error:?} {settings:?}").contains("secret-of-the-test"));
    }
}

#[test]
fn no_debug_shows_the_token() {
    let config = BigCommerceConfig::new("store", "secret-of-the-test");
    let shop = BigCommerce::new(config.clone()).unwrap();
    assert!(!format!("{config:?} {shop:?}").contains("secret-of-the-test"));
}

#[tokio::test]
async fn a_token_that_no_header_can_carry_is_refused_unseen() {
    let shop = BigCommerce::new(BigCommerceConfig::new("store", "secret\nof-the-test")).unwrap();
    let error = shop.get(&CART.parse().unwrap()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidConfig);
    assert!(!format!("{error} {error:?}").contains("of-the-test"));
}
