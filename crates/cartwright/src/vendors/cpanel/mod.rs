//! cPanel, module Market of its UAPI: carts at a provider of cPanel's market.
//!
//! Source: <https://api.docs.cpanel.net/specifications/cpanel.openapi/market-integration/market-create_shopping_cart>
//!
//! - A cart is made whole and can't be read or changed; its answer has the address of the checkout, and no other call does. The cart's id carries it along.
//! - `checkout` tells the provider where the shopper goes afterwards, and answers the address from the cart's id.
//! - The call that makes a cart is a `GET`, and repeating it makes another cart.
//! - What the vendor warns of beside a success is in the messages of the cart or checkout.
//! - A failure comes under HTTP 200 with `status` 0; its texts are kept unchanged. No amounts and no currency are documented.

mod cart;
mod config;
mod error;
mod request;

use async_trait::async_trait;
use cartwright_cpanel::{Client, operations};
use cartwright_runtime::{RawResponse, Secret};
use reqwest::Method;
use serde_json::Value;

pub(crate) use cart::FIELDS;
pub use config::CpanelConfig;
pub(crate) use config::SETTINGS;

use error::ANSWERS;

use crate::vendors::verbs::{Mapping, cart_api, unsupported};
use crate::{
    Capability, Cart, CartId, Checkout, Customer, LineChange, LineId, NewCart, NewLine, NewOrder,
    Order, Result, Vendor, Verb,
};

const VENDOR: Vendor = Vendor::Cpanel;

/// The verbs that this mapping carries out.
const DECLARED: &[Verb] = &[Verb::Create, Verb::Checkout];

/// What cPanel's market can do.
pub fn capability() -> Capability {
    Capability::from_tables(operations::ALL, operations::CART_ABSENT, DECLARED)
}

/// The market of a cPanel account.
#[derive(Clone, Debug)]
pub struct Cpanel {
    client: Client,
    provider: String,
    access_token: Secret,
    return_url: String,
}

impl Cpanel {
    /// Connects to the account; nothing is sent yet.
    ///
    /// # Errors
    ///
    /// [`InvalidConfig`](crate::ErrorKind::InvalidConfig) when the base URL or the transport can't be used.
    pub fn new(config: CpanelConfig) -> Result<Self> {
        let credentials = config.credentials();
        let client = config.way.open(
            VENDOR,
            || Client::server_url(&config.host, &config.port.to_string()),
            |url, transport| Client::new(url, credentials, transport),
        )?;
        Ok(Self {
            client,
            provider: config.provider,
            access_token: config.access_token,
            return_url: config.return_url,
        })
    }

    /// The generated client: everything that the spec describes, typed, with the same transport and credentials.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Sends what the generated client does not model, through the same transport and credentials.
    ///
    /// # Errors
    ///
    /// As every other call; an error status is not an error here.
    pub async fn raw(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<RawResponse> {
        ANSWERS.raw(self.client.session(), method, path, body).await
    }
}

cart_api!(Cpanel);

#[async_trait]
impl Mapping for Cpanel {
    fn vendor(&self) -> Vendor {
        VENDOR
    }

    fn capabilities(&self) -> Capability {
        capability()
    }

    async fn create(&self, cart: NewCart) -> Result<Cart> {
        let items = request::items(&cart)?;
        let call = self
            .client
            .create_shopping_cart()
            .provider(self.provider.as_str())
            .access_token(self.access_token.expose())
            .url_after_checkout(self.return_url.as_str())
            .item(items);
        ANSWERS.map(call.send().await, cart::unify)
    }

    async fn checkout(&self, id: &CartId) -> Result<Checkout> {
        let (order, url) = request::order(id)?;
        let call = self
            .client
            .set_url_after_checkout()
            .provider(self.provider.as_str())
            .access_token(self.access_token.expose())
            .url_after_checkout(self.return_url.as_str())
            .order_id(order);
        ANSWERS.map_of(id, call.send().await, |answer| {
            Ok(cart::checkout(url, answer))
        })
    }

    async fn get(&self, _: &CartId) -> Result<Cart> {
        unsupported(self, Verb::Get)
    }

    async fn add_lines(&self, _: &CartId, _: Vec<NewLine>) -> Result<Cart> {
        unsupported(self, Verb::AddLines)
    }

    async fn update_line(&self, _: &CartId, _: &LineId, _: LineChange) -> Result<Cart> {
        unsupported(self, Verb::UpdateLine)
    }

    async fn remove_line(&self, _: &CartId, _: &LineId) -> Result<Option<Cart>> {
        unsupported(self, Verb::RemoveLine)
    }

    async fn delete(&self, _: &CartId) -> Result<()> {
        unsupported(self, Verb::Delete)
    }

    async fn set_customer(&self, _: &CartId, _: Customer) -> Result<Cart> {
        unsupported(self, Verb::SetCustomer)
    }

    async fn place_order(&self, _: &CartId, _: NewOrder) -> Result<Order> {
        unsupported(self, Verb::PlaceOrder)
    }
}
