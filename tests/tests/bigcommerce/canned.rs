//! A transport that answers what it was told, and one line to set it up.

use std::sync::Arc;

use cartwright::vendors::bigcommerce::{BigCommerce, BigCommerceConfig};
use cartwright_runtime::{BoxFuture, Operation, Transport, TransportError};

pub const TOKEN: &str = "token-that-nobody-may-see";
pub const CART: &str = "bigcommerce:6e193ce6-f327-4dcc-b75e-72cf6738525e";

/// Answers every request alike.
pub struct Canned {
    pub status: u16,
    pub headers: &'static [(&'static str, &'static str)],
    pub body: Vec<u8>,
}

impl Canned {
    pub fn json(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status,
            headers: &[("content-type", "application/json")],
            body: body.into(),
        }
    }
}

impl Transport for Canned {
    fn send<'a>(
        &'a self,
        _: reqwest::Request,
        _: &'static Operation,
    ) -> BoxFuture<'a, Result<reqwest::Response, TransportError>> {
        Box::pin(async {
            let mut response = http::Response::builder().status(self.status);
            for (name, value) in self.headers {
                response = response.header(*name, *value);
            }
            Ok(response
                .body(self.body.clone())
                .expect("a sound response")
                .into())
        })
    }
}

/// A shop that answers every request alike.
pub fn shop(answer: Canned) -> BigCommerce {
    shop_over(Arc::new(answer))
}

pub fn shop_over(transport: Arc<dyn Transport>) -> BigCommerce {
    BigCommerce::new(BigCommerceConfig::new("store", TOKEN).transport(transport))
        .expect("the configuration is complete")
}
