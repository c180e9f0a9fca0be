//! The unified cart that each documented answer becomes.

use cartwright::CartApi;

use super::shop::{server, shop};
use crate::canned::Canned;
use crate::{spec, unified};

/// The answer of an operation that no verb carries out: it is a `Cart` in the spec, and a quote to the vendor.
const QUOTE: &str = "create-quote-";

#[tokio::test]
async fn each_documented_cart_becomes_a_unified_cart() {
    for example in spec::of("liquidweb")
        .examples()
        .into_iter()
        .filter(|example| example.component == "Cart" && !example.file.starts_with(QUOTE))
    {
        let cart = shop(Canned::json(200, example.payload.to_string()))
            .create(server())
            .await
            .unwrap_or_else(|error| panic!("{}: {error}", example.file));
        unified::check("liquidweb", &example, &cart);
    }
}
