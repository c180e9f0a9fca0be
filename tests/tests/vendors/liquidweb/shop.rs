//! A market over a transport of the test's.

use std::sync::Arc;

use cartwright::vendors::liquidweb::{LiquidWeb, LiquidWebConfig};
use cartwright::{Layers, NewCart, NewLine};
use cartwright_runtime::Transport;

use crate::canned::Canned;

pub const PASSWORD: &str = "password-that-nobody-may-see";
pub const CART: &str = "liquidweb:7d1f0c3a-58b2-4e6d-9a41-000000000001";

pub fn config() -> LiquidWebConfig {
    LiquidWebConfig::new("ann", PASSWORD)
}

/// A market that answers every request alike.
pub fn shop(answer: Canned) -> LiquidWeb {
    shop_over(Arc::new(answer))
}

pub fn shop_over(transport: Arc<dyn Transport>) -> LiquidWeb {
    LiquidWeb::new(config().transport(transport).layers(Layers::none()))
        .expect("the configuration is complete")
}

/// A cart that any answer may be an answer to.
pub fn server() -> NewCart {
    NewCart::new().line(NewLine::service("SS.VPS").region(1))
}
