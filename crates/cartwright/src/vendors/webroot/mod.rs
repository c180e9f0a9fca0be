//! Webroot, the e-commerce shop of its Unity API.
//!
//! Source: <https://unityapi.webrootcloudav.com/Docs/en/APIDoc/Api/POST-api-ecom-shop-carts>
//!
//! - Carts hold licences. A cart is made whole and read; nothing in it can be changed or removed, and it can't be deleted.
//! - Attaching customers and placing the order are documented calls that the spec does not describe yet.
//! - The vendor keeps lines in groups; the cart lists them one after the other, and the vendor's answer keeps the groups.
//! - A line's quantity is the vendor's `Quantity`: for a parent key its seats.
//! - Access tokens live 300 seconds. They are fetched, kept and refreshed here.

mod cart;
mod config;
mod error;
mod request;

use async_trait::async_trait;
use cartwright_runtime::RawResponse;
use cartwright_webroot::{Client, operations};
use reqwest::Method;
use serde_json::Value;

pub(crate) use config::SETTINGS;
pub use config::WebrootConfig;

use crate::vendors::verbs::unsupported;
use crate::{
    Capability, Cart, CartApi, CartId, Checkout, Customer, Error, ErrorKind, LineChange, LineId,
    NewCart, NewLine, NewOrder, Order, Result, Vendor, Verb,
};

const VENDOR: Vendor = Vendor::Webroot;

/// The verbs that this mapping carries out.
const DECLARED: &[Verb] = &[Verb::Create, Verb::Get];

/// What Webroot's shop can do.
pub fn capability() -> Capability {
    Capability::from_tables(operations::ALL, operations::CART_ABSENT, DECLARED)
}

/// The shop of a Webroot partner.
#[derive(Clone, Debug)]
pub struct Webroot {
    client: Client,
    defaults: request::Defaults,
}

impl Webroot {
    /// Connects to the shop; nothing is sent yet, not even for a token.
    ///
    /// # Errors
    ///
    /// [`InvalidConfig`](ErrorKind::InvalidConfig) when the base URL or the transport can't be used.
    pub fn new(config: WebrootConfig) -> Result<Self> {
        let credentials = config.credentials();
        let defaults = request::Defaults {
            order_type: config.order_type,
            locale: config.locale,
        };
        let base_url = config.base_url.unwrap_or_else(Client::server_url);
        let transport = crate::connect::transport_or_default(VENDOR, config.transport)?;
        let client = Client::new(&base_url, credentials, transport).map_err(|error| {
            Error::new(ErrorKind::InvalidConfig, error.to_string())
                .vendor_is(VENDOR)
                .source_is(error)
        })?;
        Ok(Self { client, defaults })
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
        self.client
            .session()
            .raw(method, path, body)
            .await
            .map_err(error::from_raw)
    }
}

#[async_trait]
impl CartApi for Webroot {
    fn vendor(&self) -> Vendor {
        VENDOR
    }

    fn capabilities(&self) -> Capability {
        capability()
    }

    async fn create(&self, cart: NewCart) -> Result<Cart> {
        let body = request::create(&cart, &self.defaults)?;
        let answer = self
            .client
            .create_cart()
            .body(body)
            .send()
            .await
            .map_err(error::from_call)?;
        cart::unify(answer.into_inner())
    }

    async fn get(&self, id: &CartId) -> Result<Cart> {
        let code = request::order_code(id)?;
        let answer = self
            .client
            .get_cart()
            .vendor_order_code(code)
            .send()
            .await
            .map_err(error::from_call)?;
        cart::unify(answer.into_inner())
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

    async fn checkout(&self, _: &CartId) -> Result<Checkout> {
        unsupported(self, Verb::Checkout)
    }

    async fn set_customer(&self, _: &CartId, _: Customer) -> Result<Cart> {
        unsupported(self, Verb::SetCustomer)
    }

    async fn place_order(&self, _: &CartId, _: NewOrder) -> Result<Order> {
        unsupported(self, Verb::PlaceOrder)
    }
}
