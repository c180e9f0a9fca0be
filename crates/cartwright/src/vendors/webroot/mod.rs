//! Webroot, the e-commerce shop of its Unity API.
//!
//! Source: <https://unityapi.webrootcloudav.com/Docs/en/APIDoc/Api/POST-api-ecom-shop-carts>
//!
//! - Carts hold licences. A cart is made whole and read; nothing in it can be changed or removed, and it can't be deleted.
//! - `set-customer` attaches the end customer and, on carts of the type `RESELLER`, the reseller. The customers are described, each with the caller's own key.
//!   The cart is read afterwards; if only that reading fails, the error says so, and its [`cart`](crate::Error::cart) is the cart whose customer is set.
//! - A cart's customer is the end customer. The billing customer is the partner itself and stands in the vendor's answer.
//! - `place-order` needs a purchase order number. Nothing documents that a cart can be ordered once only, so an order whose outcome is unknown is not to be
//!   repeated blindly. The order keeps the cart's code; the keys of its licences and its token, which `Debug` does not show, stand in the vendor's answer.
//! - The vendor keeps lines in groups; the cart lists them one after the other, and the vendor's answer keeps the groups.
//! - A line's quantity is the vendor's `Quantity`: for a parent key its seats.
//! - Access tokens live 300 seconds. They are fetched, kept and refreshed here.

mod cart;
mod config;
mod customer;
mod error;
mod request;

use async_trait::async_trait;
use cartwright_runtime::RawResponse;
use cartwright_webroot::{Client, operations};
use reqwest::Method;
use serde_json::Value;

pub(crate) use cart::FIELDS;
pub(crate) use config::SETTINGS;
pub use config::WebrootConfig;

use error::ANSWERS;

use crate::vendors::verbs::{Mapping, cart_api, own_id, unsupported};
use crate::{
    Capability, Cart, CartId, Checkout, Customer, LineChange, LineId, NewCart, NewLine, NewOrder,
    Order, Result, Vendor, Verb,
};

const VENDOR: Vendor = Vendor::Webroot;

/// The verbs that this mapping carries out.
const DECLARED: &[Verb] = &[Verb::Create, Verb::Get, Verb::SetCustomer, Verb::PlaceOrder];

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
    /// [`InvalidConfig`](crate::ErrorKind::InvalidConfig) when the base URL or the transport can't be used.
    pub fn new(config: WebrootConfig) -> Result<Self> {
        let credentials = config.credentials();
        let defaults = request::Defaults {
            order_type: config.order_type,
            locale: config.locale,
        };
        let client = config
            .way
            .open(VENDOR, Client::server_url, |url, transport| {
                Client::new(url, credentials, transport)
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
        ANSWERS.raw(self.client.session(), method, path, body).await
    }
}

cart_api!(Webroot);

#[async_trait]
impl Mapping for Webroot {
    fn vendor(&self) -> Vendor {
        VENDOR
    }

    fn capabilities(&self) -> Capability {
        capability()
    }

    async fn create(&self, cart: NewCart) -> Result<Cart> {
        let body = request::create(&cart, &self.defaults)?;
        let call = self.client.create_cart().body(body);
        ANSWERS.map(call.send().await, cart::unify)
    }

    async fn get(&self, id: &CartId) -> Result<Cart> {
        let code = own_id(VENDOR, id)?;
        let call = self.client.get_cart().vendor_order_code(code);
        ANSWERS.map_of(id, call.send().await, cart::unify)
    }

    async fn set_customer(&self, id: &CartId, customer: Customer) -> Result<Cart> {
        let code = own_id(VENDOR, id)?;
        let body = customer::attach(&customer, &self.defaults)?;
        let call = self.client.add_cart_customers().vendor_order_code(code);
        ANSWERS.read_of(id, call.body(body).send().await)?;
        // The answer has the customers alone.
        let read = self.get(id).await;
        read.map_err(|error| {
            let done = "the customer is set, and reading the cart afterwards failed";
            error.after(Some(id.clone()), done)
        })
    }

    async fn place_order(&self, id: &CartId, order: NewOrder) -> Result<Order> {
        let code = own_id(VENDOR, id)?;
        let body = request::order(code, &order)?;
        let call = self.client.create_order().body(body);
        ANSWERS.map_of(id, call.send().await, |answer| {
            Ok(cart::order(answer, code))
        })
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
}
