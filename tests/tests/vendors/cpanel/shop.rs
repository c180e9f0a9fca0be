//! A market over a transport of the test's.

use std::sync::Arc;

use cartwright::Layers;
use cartwright::vendors::cpanel::{Cpanel, CpanelConfig};
use cartwright_runtime::Transport;

use crate::canned::Canned;

pub const API_TOKEN: &str = "api-token-that-nobody-may-see";
pub const ACCESS_TOKEN: &str = "access-token-that-nobody-may-see";
pub const RETURN_URL: &str = "https://shop.example/thanks?from=cart&to=home";
/// The id of a cart: the order, and the address of its checkout, `https://store.example.com/checkout/8765310`.
pub const CART: &str = "cpanel:8765310.aHR0cHM6Ly9zdG9yZS5leGFtcGxlLmNvbS9jaGVja291dC84NzY1MzEw";

pub fn config() -> CpanelConfig {
    CpanelConfig::new("server.example", "ann", API_TOKEN, ACCESS_TOKEN, RETURN_URL)
}

/// A market that answers every request alike.
pub fn shop(answer: Canned) -> Cpanel {
    shop_over(Arc::new(answer))
}

pub fn shop_over(transport: Arc<dyn Transport>) -> Cpanel {
    Cpanel::new(config().transport(transport).layers(Layers::none()))
        .expect("the configuration is complete")
}
