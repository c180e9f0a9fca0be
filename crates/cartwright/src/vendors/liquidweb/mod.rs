//! Liquid Web, the cart of its market.
//!
//! Source: <https://cart.liquidweb.com/storm/api/docs/bleed/Market/Cart/Item.html>
//!
//! - One documented call adds one line, and makes a cart where none is named. A cart of several lines takes several calls; if a later one fails, the error's
//!   [`cart`](crate::Error::cart) is the cart that exists by then.
//! - Reading, changing, deleting and ordering a cart are not documented where the rest is: those verbs are *unknown*.
//! - The currency is not sent. `cost` (after discounts) is the total, `due_today` what is paid at once.
//! - An error comes under HTTP 200; the vendor's class and message are kept unchanged.

mod cart;
mod config;
mod error;
mod request;

use async_trait::async_trait;
use cartwright_liquidweb::{Client, operations};
use cartwright_runtime::RawResponse;
use reqwest::Method;
use serde_json::Value;

pub use config::LiquidWebConfig;
pub(crate) use config::SETTINGS;

use crate::vendors::verbs::{refuse_told, unsupported};
use crate::{
    Capability, Cart, CartApi, CartId, Checkout, Customer, Error, ErrorKind, LineChange, LineId,
    NewCart, NewLine, NewOrder, Order, Result, Vendor, Verb,
};

const VENDOR: Vendor = Vendor::LiquidWeb;

/// The verbs that this mapping carries out.
const DECLARED: &[Verb] = &[Verb::Create, Verb::AddLines];

/// What Liquid Web can do.
pub fn capability() -> Capability {
    Capability::from_tables(operations::ALL, operations::CART_ABSENT, DECLARED)
}

/// The carts of a Liquid Web account.
#[derive(Clone, Debug)]
pub struct LiquidWeb {
    client: Client,
    defaults: request::Defaults,
}

impl LiquidWeb {
    /// Connects to the account; nothing is sent yet.
    ///
    /// # Errors
    ///
    /// [`InvalidConfig`](ErrorKind::InvalidConfig) when the base URL or the transport can't be used.
    pub fn new(config: LiquidWebConfig) -> Result<Self> {
        let credentials = config.credentials();
        let defaults = request::Defaults {
            cycle: config.cycle,
            region_id: config.region_id,
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

    /// The generated client: everything that Liquid Web documents, typed, with the same transport and credentials.
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

    /// One call per line: the vendor takes one at a time.
    async fn add(&self, existing: Option<&CartId>, lines: &[NewLine]) -> Result<Cart> {
        let bodies = request::add(existing, lines, &self.defaults)?;
        let mut cart: Option<Cart> = None;
        for (index, mut body) in bodies.into_iter().enumerate() {
            let so_far = cart
                .as_ref()
                .map(|cart| cart.id.clone())
                .or_else(|| existing.cloned());
            body.params.uuid = so_far.as_ref().map(|id| id.as_str().to_owned());
            let answer = self.client.add_cart_item().body(body).send().await;
            let added = answer
                .map_err(error::from_call)
                .and_then(|answer| cart::unify(answer.into_inner()));
            cart = Some(match (added, index) {
                (Ok(cart), _) => cart,
                (Err(error), 0) => return Err(error),
                // The lines before are in the cart: the caller has to know which.
                (Err(error), _) => return Err(error.after(so_far, index)),
            });
        }
        cart.ok_or_else(|| {
            Error::invalid_request(VENDOR, "lines", "there are no lines: give at least one")
        })
    }
}

#[async_trait]
impl CartApi for LiquidWeb {
    fn vendor(&self) -> Vendor {
        VENDOR
    }

    fn capabilities(&self) -> Capability {
        capability()
    }

    async fn create(&self, cart: NewCart) -> Result<Cart> {
        refuse_told(VENDOR, &cart, &[])?;
        self.add(None, &cart.lines).await
    }

    async fn add_lines(&self, id: &CartId, lines: Vec<NewLine>) -> Result<Cart> {
        request::cart_id(id)?;
        self.add(Some(id), &lines).await
    }

    async fn get(&self, _: &CartId) -> Result<Cart> {
        unsupported(self, Verb::Get)
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
