//! The unified cart that each documented answer becomes.

use cartwright::CartApi;

use super::shop::{CART, shop};
use crate::canned::Canned;
use crate::{spec, unified};

#[tokio::test]
async fn each_documented_cart_becomes_a_unified_cart() {
    for example in spec::of("bigcommerce")
        .examples()
        .into_iter()
        .filter(|example| example.component == "CartResponse")
    {
        let shop = shop(Canned::json(200, example.payload.to_string()));
        let cart = shop
            .get(&CART.parse().unwrap())
            .await
            .unwrap_or_else(|error| panic!("{}: {error}", example.file));
        unified::check("bigcommerce", &example, &cart);
    }
}
