//! What each documented answer becomes: a unified cart, or a checkout.

use cartwright::{Cart, CartApi, Checkout};

use super::shop::{CART, shop};
use crate::canned::Canned;
use crate::spec::Example;
use crate::unified::{self, answers};

/// Each documented answer, and the cart that it becomes.
pub async fn carts() -> Vec<(Example, Cart)> {
    let mut carts = Vec::new();
    for example in answers("bigcommerce", "CartResponse") {
        let shop = shop(Canned::json(200, example.payload.to_string()));
        let cart = shop.get(&CART.parse().unwrap()).await;
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
        let checkout = shop.checkout(&CART.parse().unwrap()).await;
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
