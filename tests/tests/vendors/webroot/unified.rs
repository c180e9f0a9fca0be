//! What each documented answer becomes: a unified cart, or an order.

use cartwright::{Cart, CartApi, CartId, ErrorKind, NewOrder, Order, RetryState, Vendor};
use serde_json::Value;

use super::shop::{CART, customer, shop, shop_that};
use crate::canned::{Canned, PerOperation};
use crate::spec::Example;
use crate::unified::{self, answers, payload};

/// The cart that an answer is of; one that names none is of any.
fn id_of(payload: &Value) -> CartId {
    let code = payload["VendorOrderCode"].as_str();
    let code = code.map(|code| CartId::new(Vendor::Webroot, code).unwrap());
    code.unwrap_or_else(|| CART.parse().unwrap())
}

/// Each documented answer, and the cart that it becomes.
pub async fn carts() -> Vec<(Example, Cart)> {
    let mut carts = Vec::new();
    for example in answers("webroot", "Cart") {
        let shop = shop(Canned::json(200, example.payload.to_string()));
        let cart = shop.get(&id_of(&example.payload)).await;
        let cart = cart.unwrap_or_else(|error| panic!("{}: {error}", example.file));
        carts.push((example, cart));
    }
    carts
}

/// Each documented answer, and the order that it becomes.
pub async fn orders() -> Vec<(Example, Order)> {
    let mut orders = Vec::new();
    for example in answers("webroot", "Order") {
        let shop = shop(Canned::json(200, example.payload.to_string()));
        let new = NewOrder::new().purchase_order("P4713A20");
        let order = shop.place_order(&id_of(&example.payload), new).await;
        let order = order.unwrap_or_else(|error| panic!("{}: {error}", example.file));
        orders.push((example, order));
    }
    orders
}

#[tokio::test]
async fn each_documented_cart_becomes_a_unified_cart() {
    for (example, cart) in carts().await {
        unified::check("webroot", &example, &cart);
    }
}

#[tokio::test]
async fn each_documented_order_becomes_a_unified_order() {
    for (example, order) in orders().await {
        unified::check("webroot", &example, &order);
        let token = example.payload["OrderHeaderToken"].as_str().unwrap();
        let shown = format!("{order:?}");
        assert!(!shown.contains(token), "{shown}");
    }
}

#[tokio::test]
async fn an_order_that_names_no_code_has_its_carts() {
    let shop = shop(Canned::json(200, r#"{"Items": []}"#));
    let new = NewOrder::new().purchase_order("P4713A20");
    let order = shop.place_order(&CART.parse().unwrap(), new).await.unwrap();
    let said: Vec<&str> = order
        .messages
        .iter()
        .map(|said| said.code.as_str())
        .collect();
    assert_eq!(
        (order.id.as_str(), said),
        ("MSP0046543056", vec!["missing"])
    );
}

#[tokio::test]
async fn a_cart_whose_customer_is_set_is_the_cart_that_is_read_afterwards() {
    let read = payload("webroot", "get-cart-response-w17-reseller-customers.json");
    for set in answers("webroot", "CartCustomers") {
        let shop = shop_that(PerOperation(vec![
            (
                "addCartCustomers",
                Canned::json(200, set.payload.to_string()),
            ),
            ("getCart", Canned::json(200, read.to_string())),
        ]));
        let cart = shop.set_customer(&id_of(&read), customer()).await;
        let cart = cart.unwrap_or_else(|error| panic!("{}: {error}", set.file));
        let kept = serde_json::to_value(&cart.vendor_response).unwrap();
        assert_eq!(kept, read, "{}", set.file);
        assert_eq!(cart.customer_id.as_deref(), Some("E000000002"));
    }
}

#[tokio::test]
async fn a_failure_to_read_the_cart_does_not_look_as_if_its_customer_were_not_set() {
    let set = payload("webroot", "add-cart-customers-response-documented.json").to_string();
    for (status, kind) in [
        (404, ErrorKind::NotFound),
        (429, ErrorKind::RateLimited),
        (503, ErrorKind::VendorFailure),
    ] {
        let shop = shop_that(PerOperation(vec![
            ("addCartCustomers", Canned::json(200, set.clone())),
            ("getCart", Canned::json(status, "{}")),
        ]));
        let error = shop
            .set_customer(&CART.parse().unwrap(), customer())
            .await
            .unwrap_err();
        assert_eq!(
            (error.kind(), error.operation(), error.cart()),
            (kind, Some("getCart"), Some(&CART.parse().unwrap()))
        );
        // Reading again would help; setting again could make another record.
        assert_eq!(error.retry(), RetryState::Permanent);
        let said = "the customer is set, and reading the cart afterwards failed: ";
        assert!(error.message().starts_with(said), "{error}");
    }
}
