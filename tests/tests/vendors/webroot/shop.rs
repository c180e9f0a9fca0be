//! A shop over a transport of the test's, which gets its token without asking that transport.

use std::sync::Arc;

use cartwright::Layers;
use cartwright::vendors::webroot::{Webroot, WebrootConfig};
use cartwright::{CompanyKind, Contact, Customer, PostalAddress};
use cartwright_runtime::{BoxFuture, Operation, Transport, TransportError};

use crate::canned::Canned;

pub const CLIENT_SECRET: &str = "client-secret-that-nobody-may-see";
pub const PASSWORD: &str = "password-that-nobody-may-see";
pub const ACCESS_TOKEN: &str = "access-token-that-nobody-may-see";
pub const REFRESH_TOKEN: &str = "refresh-token-that-nobody-may-see";
pub const TOKENS: &str = r#"{"access_token":"access-token-that-nobody-may-see","refresh_token":"refresh-token-that-nobody-may-see","token_type":"bearer","expires_in":300}"#;
pub const CART: &str = "webroot:MSP0046543056";

pub fn config() -> WebrootConfig {
    WebrootConfig::new("client", CLIENT_SECRET, "ann@example.com", PASSWORD, "MSP")
}

/// Answers requests for tokens, and passes the others on.
struct WithTokens(Arc<dyn Transport>);

impl Transport for WithTokens {
    fn send<'a>(
        &'a self,
        request: reqwest::Request,
        operation: &'static Operation,
    ) -> BoxFuture<'a, Result<reqwest::Response, TransportError>> {
        match request.url().path() {
            "/auth/token" => Box::pin(async { Ok(http::Response::new(TOKENS).into()) }),
            _ => self.0.send(request, operation),
        }
    }
}

/// A shop that answers every request but those for tokens alike.
pub fn shop(answer: Canned) -> Webroot {
    shop_that(answer)
}

/// A shop whose requests but those for tokens go over a transport.
pub fn shop_that(transport: impl Transport + 'static) -> Webroot {
    shop_with_tokens(Arc::new(transport))
}

/// The same, over a transport that is shared.
pub fn shop_with_tokens(transport: Arc<dyn Transport>) -> Webroot {
    shop_over(Arc::new(WithTokens(transport)))
}

/// An end customer who is described as far as any vendor asks.
pub fn customer() -> Customer {
    let address = PostalAddress::new("DE")
        .line1("1 Example Street")
        .line2("2nd floor")
        .city("München")
        .postal_code("80331");
    let contact = Contact::new()
        .key("E000000002")
        .name("Ben", "Muster")
        .company("Musterschule Süd", CompanyKind::Business)
        .email("ben@example.com")
        .address(address)
        .accepts_marketing(false);
    contact.into()
}

pub fn shop_over(transport: Arc<dyn Transport>) -> Webroot {
    Webroot::new(config().transport(transport).layers(Layers::none()))
        .expect("the configuration is complete")
}
