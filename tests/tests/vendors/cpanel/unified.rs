//! What each documented answer becomes: a unified cart, or a checkout.

use cartwright::{Cart, CartApi, Checkout, NewCart, NewLine, Result};

use super::shop::{CART, shop};
use crate::canned::Canned;
use crate::spec::Example;
use crate::unified::{self, answers, payload};

/// Each documented answer, and the cart that it becomes, if it names an order.
pub async fn carts() -> Vec<(Example, Result<Cart>)> {
    let mut carts = Vec::new();
    for example in answers("cpanel", "ShoppingCartResponse") {
        let shop = shop(Canned::json(200, example.payload.to_string()));
        let new = NewCart::new().line(NewLine::provider_item("143"));
        carts.push((example, shop.create(new).await));
    }
    carts
}

/// Each documented answer, and the checkout that it becomes.
pub async fn checkouts() -> Vec<(Example, Checkout)> {
    let mut checkouts = Vec::new();
    for example in answers("cpanel", "UrlAfterCheckoutResponse") {
        let shop = shop(Canned::json(200, example.payload.to_string()));
        let checkout = shop.checkout(&CART.parse().unwrap()).await;
        let checkout = checkout.unwrap_or_else(|error| panic!("{}: {error}", example.file));
        checkouts.push((example, checkout));
    }
    checkouts
}

#[tokio::test]
async fn each_documented_order_becomes_a_unified_cart() {
    let mut without_a_cart = Vec::new();
    for (example, cart) in carts().await {
        match cart {
            Ok(cart) => unified::check("cpanel", &example, &cart),
            Err(error) => without_a_cart.push((example.file, error.to_string())),
        }
    }
    let without_a_cart: Vec<(&str, &str)> = without_a_cart
        .iter()
        .map(|(file, error)| {
            // The body comes after.
            let said = error.split("; body: ").next().unwrap_or_default();
            (file.as_str(), said)
        })
        .collect();
    assert_eq!(
        without_a_cart,
        [
            (
                "create-shopping-cart-response-c06-null-data.json",
                "it is not known whether the cart was created: cpanel: createShoppingCart: HTTP 200: data: the answer has no cart here"
            ),
            (
                "create-shopping-cart-response-c06-null-fields.json",
                "it is not known whether the cart was created: cpanel: createShoppingCart: HTTP 200: data.order_id: the answer has no cart here"
            ),
        ],
        "these two are successes that name no order"
    );
}

#[tokio::test]
async fn each_documented_change_of_the_address_becomes_a_checkout() {
    for (example, checkout) in checkouts().await {
        unified::check("cpanel", &example, &checkout);
    }
}

#[tokio::test]
async fn the_documented_cart_can_be_handed_over() {
    let payload = |file| payload("cpanel", file).to_string();
    let created = payload("create-shopping-cart-response-documented.json");
    let cart = shop(Canned::json(200, created))
        .create(NewCart::new().line(NewLine::provider_item("143")))
        .await
        .unwrap();
    let changed = payload("set-url-after-checkout-response-c07-documented.json");
    let checkout = shop(Canned::json(200, changed))
        .checkout(&cart.id)
        .await
        .unwrap();
    assert_eq!(
        (Some(checkout.url.as_str()), checkout.url.as_str()),
        (
            cart.checkout_url.as_deref(),
            "http://www.example.com/checkout"
        )
    );
}
