//! What each documented answer becomes: a unified cart, or a checkout.

use cartwright::{Cart, CartApi, CartId, Checkout, NewCart, NewLine, Vendor};

use super::shop::shop;
use crate::canned::Canned;
use crate::spec::Example;
use crate::unified::{self, answers};

/// The cart that the documented addresses open.
const OF_THE_ADDRESSES: &str = "4f1c9f4e-5b7a-4f0e-9c61-0d5a3f5f8a01";

/// Each documented answer, and the cart that it becomes.
pub async fn carts() -> Vec<(Example, Cart)> {
    let mut carts = Vec::new();
    for example in answers("bigcommerce", "CartResponse") {
        let shop = shop(Canned::json(200, example.payload.to_string()));
        // Not asked for by an id, so that the documented ones may be any.
        let new = NewCart::new().line(NewLine::product("126", 1));
        let cart = shop.create(new).await;
        let cart = cart.unwrap_or_else(|error| panic!("{}: {error}", example.file));
        carts.push((example, cart));
    }
    carts
}

/// Each documented answer, and the checkout that it becomes.
pub async fn checkouts() -> Vec<(Example, Checkout)> {
    let mut checkouts = Vec::new();
    for example in answers("bigcommerce", "RedirectUrlsResponse") {
        let shop = shop(Canned::json(200, example.payload.to_string()));
        let id = CartId::new(Vendor::BigCommerce, OF_THE_ADDRESSES).unwrap();
        let checkout = shop.checkout(&id).await;
        let checkout = checkout.unwrap_or_else(|error| panic!("{}: {error}", example.file));
        checkouts.push((example, checkout));
    }
    checkouts
}

#[tokio::test]
async fn each_documented_cart_becomes_a_unified_cart() {
    for (example, cart) in carts().await {
        unified::check("bigcommerce", &example, &cart);
    }
}

#[tokio::test]
async fn each_documented_set_of_addresses_becomes_a_checkout() {
    for (example, checkout) in checkouts().await {
        unified::check("bigcommerce", &example, &checkout);
    }
}
