//! The unified cart that each documented answer becomes.

use cartwright::{Cart, CartApi};

use super::shop::{server, shop};
use crate::canned::Canned;
use crate::spec::Example;
use crate::unified::{self, answers};

/// The answer of an operation that no verb carries out: it is a `Cart` in the spec, and a quote to the vendor.
const QUOTE: &str = "create-quote-";

/// Each documented answer, and the cart that it becomes.
pub async fn carts() -> Vec<(Example, Cart)> {
    let mut carts = Vec::new();
    for example in answers("liquidweb", "Cart") {
        if example.file.starts_with(QUOTE) {
            continue;
        }
        let shop = shop(Canned::json(200, example.payload.to_string()));
        let cart = shop.create(server()).await;
        let cart = cart.unwrap_or_else(|error| panic!("{}: {error}", example.file));
        carts.push((example, cart));
    }
    carts
}

#[tokio::test]
async fn each_documented_cart_becomes_a_unified_cart() {
    for (example, cart) in carts().await {
        unified::check("liquidweb", &example, &cart);
    }
}
