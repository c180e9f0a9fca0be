//! A shop over a transport of the test's.

use std::sync::Arc;

use cartwright::Layers;
use cartwright::vendors::bigcommerce::{BigCommerce, BigCommerceConfig};
use cartwright_runtime::Transport;

use crate::canned::Canned;

pub const TOKEN: &str = "token-that-nobody-may-see";
pub const CART: &str = "bigcommerce:6e193ce6-f327-4dcc-b75e-72cf6738525e";

/// A shop that answers every request alike.
pub fn shop(answer: Canned) -> BigCommerce {
    shop_over(Arc::new(answer))
}

pub fn shop_over(transport: Arc<dyn Transport>) -> BigCommerce {
    BigCommerce::new(
        BigCommerceConfig::new("store", TOKEN)
            .transport(transport)
            .layers(Layers::none()),
    )
    .expect("the configuration is complete")
}
