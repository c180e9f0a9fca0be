//! BigCommerce, Management Carts API v3.
//!
//! Source: <https://developer.bigcommerce.com/docs/rest-management/carts>
//!
//! - A cart's id is a UUID, and the id of its checkout as well. A cart lives 30 days from its last change; BigCommerce does not send the date.
//! - `create` answers with the checkout's URL. `checkout` makes new URLs; each can be used once.
//! - A line's id carries its product, because BigCommerce wants it along with every change. Only catalogue lines can be changed.
//! - Removing the last line deletes the cart.
//! - Each coupon is a total of the cart with its code as label, beside the cart's discount, which does not count coupons. A line's discount counts its coupons as well.
//! - Currencies are sent in capitals. A cart or addresses without the documented envelope, as an older edition has them, are read as well.
//! - `place-order` is not part of this API: the shopper pays on the checkout page.

mod cart;
mod config;
mod error;
mod request;

use async_trait::async_trait;
use cartwright_bigcommerce::types::CartInclude;
use cartwright_bigcommerce::{Client, operations};
use cartwright_runtime::RawResponse;
use reqwest::Method;
use serde_json::Value;

pub(crate) use cart::FIELDS;
pub use config::BigCommerceConfig;
pub(crate) use config::SETTINGS;

use error::ANSWERS;

use crate::vendors::answer::same_cart;
use crate::vendors::verbs::{Mapping, cart_api, unsupported};

use crate::{
    Capability, Cart, CartId, Checkout, Customer, LineChange, LineId, NewCart, NewLine, NewOrder,
    Order, Result, Vendor, Verb,
};

const VENDOR: Vendor = Vendor::BigCommerce;

/// The verbs that this mapping carries out.
const DECLARED: &[Verb] = &[
    Verb::Create,
    Verb::Get,
    Verb::AddLines,
    Verb::UpdateLine,
    Verb::RemoveLine,
    Verb::Delete,
    Verb::Checkout,
    Verb::SetCustomer,
];

/// The chosen options of the lines are only answered on request.
const OPTIONS: [CartInclude; 2] = [
    CartInclude::LineItemsPhysicalItemsOptions,
    CartInclude::LineItemsDigitalItemsOptions,
];

/// What BigCommerce can do.
pub fn capability() -> Capability {
    Capability::from_tables(operations::ALL, operations::CART_ABSENT, DECLARED)
}

/// The carts of a BigCommerce store.
#[derive(Clone, Debug)]
pub struct BigCommerce {
    client: Client,
    channel_id: Option<i64>,
}

impl BigCommerce {
    /// Connects to a store; nothing is sent yet.
    ///
    /// # Errors
    ///
    /// [`InvalidConfig`](crate::ErrorKind::InvalidConfig) when the base URL or the transport can't be used.
    pub fn new(config: BigCommerceConfig) -> Result<Self> {
        let credentials = config.credentials();
        let client = config.way.open(
            VENDOR,
            || Client::server_url(&config.store_hash),
            |url, transport| Client::new(url, credentials, transport),
        )?;
        Ok(Self {
            client,
            channel_id: config.channel_id,
        })
    }

    /// The generated client: everything that BigCommerce documents, typed, with the same transport and credentials.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Sends what the generated client does not model, through the same transport and credentials.
    ///
    /// `path` begins after the store: `/v3/catalog/products?limit=1`.
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

/// The documented addresses say in their query which cart they open; one that does not may be of any.
fn is_of(id: &CartId, address: &str) -> Result<()> {
    let Ok(address) = reqwest::Url::parse(address) else {
        return Ok(());
    };
    let named = address.query_pairs().find(|(name, _)| name == "id");
    let named = named.and_then(|(_, named)| CartId::new(VENDOR, named).ok());
    match named.filter(|named| request::cart_id(named).is_ok()) {
        Some(named) => same_cart(VENDOR, id, named.as_str()),
        None => Ok(()),
    }
}

cart_api!(BigCommerce);

#[async_trait]
impl Mapping for BigCommerce {
    fn vendor(&self) -> Vendor {
        VENDOR
    }

    fn capabilities(&self) -> Capability {
        capability()
    }

    async fn create(&self, cart: NewCart) -> Result<Cart> {
        let body = request::create(&cart, self.channel_id)?;
        let include = [OPTIONS.as_slice(), &[CartInclude::RedirectUrls]].concat();
        let call = self.client.create_cart().include(include).body(body);
        ANSWERS.map(call.send().await, cart::unify)
    }

    async fn get(&self, id: &CartId) -> Result<Cart> {
        let cart_id = request::cart_id(id)?;
        let call = self
            .client
            .get_cart()
            .cart_id(cart_id)
            .include(OPTIONS.to_vec());
        ANSWERS.map_of(id, call.send().await, cart::unify)
    }

    async fn add_lines(&self, id: &CartId, lines: Vec<NewLine>) -> Result<Cart> {
        let cart_id = request::cart_id(id)?;
        let body = request::add_lines(&lines)?;
        let call = self.client.add_cart_line_items().cart_id(cart_id);
        let call = call.include(OPTIONS.to_vec()).body(body);
        ANSWERS.map_of(id, call.send().await, cart::unify)
    }

    async fn update_line(&self, id: &CartId, line: &LineId, change: LineChange) -> Result<Cart> {
        let cart_id = request::cart_id(id)?;
        let line = request::Line::parse(line)?;
        let body = request::update_line(&line, &change)?;
        let call = self.client.update_cart_line_item().cart_id(cart_id);
        let call = call.item_id(line.item_id).include(OPTIONS.to_vec());
        ANSWERS.map_of(id, call.body(body).send().await, cart::unify)
    }

    async fn remove_line(&self, id: &CartId, line: &LineId) -> Result<Option<Cart>> {
        let cart_id = request::cart_id(id)?;
        let line = request::Line::parse(line)?;
        let call = self.client.delete_cart_line_item().cart_id(cart_id);
        let call = call.item_id(line.item_id).include(OPTIONS.to_vec());
        ANSWERS.map_of(id, call.send().await, |left| {
            left.map(cart::unify).transpose()
        })
    }

    async fn delete(&self, id: &CartId) -> Result<()> {
        let cart_id = request::cart_id(id)?;
        ANSWERS.read_of(id, self.client.delete_cart().cart_id(cart_id).send().await)?;
        Ok(())
    }

    async fn checkout(&self, id: &CartId) -> Result<Checkout> {
        let cart_id = request::cart_id(id)?;
        let call = self.client.create_cart_redirect_url().cart_id(cart_id);
        ANSWERS.map_of(id, call.send().await, |answer| {
            let checkout = cart::checkout(answer)?;
            is_of(id, &checkout.url)?;
            Ok(checkout)
        })
    }

    async fn set_customer(&self, id: &CartId, customer: Customer) -> Result<Cart> {
        let cart_id = request::cart_id(id)?;
        let body = request::set_customer(&customer)?;
        let call = self.client.update_cart().cart_id(cart_id);
        let call = call.include(OPTIONS.to_vec()).body(body);
        ANSWERS.map_of(id, call.send().await, cart::unify)
    }

    async fn place_order(&self, _: &CartId, _: NewOrder) -> Result<Order> {
        unsupported(self, Verb::PlaceOrder)
    }
}
