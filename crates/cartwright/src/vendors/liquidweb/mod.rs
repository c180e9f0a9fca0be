//! Liquid Web, the cart of its market.
//!
//! Source: <https://cart.liquidweb.com/storm/api/docs/bleed/Market/Cart/Item.html>
//!
//! - One documented call adds one line, and makes a cart where none is named. A cart of several lines takes several calls; if a later one fails, the error's
//!   [`cart`](crate::Error::cart) is the cart that exists by then.
//! - Reading, changing, deleting and ordering a cart are not documented where the rest is: those verbs are *unknown*.
//! - The currency is not sent. `cost` (after discounts) is the total, `due_today` what is paid at once.
//! - What a package or a bundle consists of is no line of its own. Each discount of a line is a total with its kind as label; credits are totals of the kind `credit`.
//! - A cart that has expired, can't be ordered or does not fit together says so in its messages.
//! - An error comes under HTTP 200; the vendor's class and message are kept unchanged.

mod cart;
mod config;
mod error;
mod request;
mod unread;

use async_trait::async_trait;
use cartwright_liquidweb::{Client, operations};
use cartwright_runtime::RawResponse;
use reqwest::Method;
use serde_json::Value;

pub(crate) use cart::FIELDS;
pub use config::LiquidWebConfig;
pub(crate) use config::SETTINGS;

use error::ANSWERS;

use crate::vendors::verbs::{Mapping, cart_api, no_lines, own_id, refuse_told, unsupported};
use crate::{
    Capability, Cart, CartId, Checkout, Customer, LineChange, LineId, NewCart, NewLine, NewOrder,
    Order, Result, Vendor, Verb,
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
    /// [`InvalidConfig`](crate::ErrorKind::InvalidConfig) when the base URL or the transport can't be used.
    pub fn new(config: LiquidWebConfig) -> Result<Self> {
        let credentials = config.credentials();
        let defaults = request::Defaults {
            cycle: config.cycle,
            region_id: config.region_id,
        };
        let client = config
            .way
            .open(VENDOR, Client::server_url, |url, transport| {
                Client::new(url, credentials, transport)
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
        ANSWERS.raw(self.client.session(), method, path, body).await
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
            let added = match &so_far {
                Some(id) => ANSWERS.map_of(id, answer, cart::unify),
                None => ANSWERS.map(answer, cart::unify),
            };
            cart = Some(match (added, index) {
                (Ok(cart), _) => cart,
                (Err(error), 0) => return Err(error),
                // The lines before are in the cart: the caller has to know which.
                (Err(error), _) => {
                    let done = format!(
                        "line {} failed, and the lines before it are in the cart",
                        index + 1
                    );
                    let open = format!("line {} was added", index + 1);
                    return Err(error.after(so_far, &done).unsure_whether(open));
                }
            });
        }
        cart.ok_or_else(|| no_lines(VENDOR))
    }
}

cart_api!(LiquidWeb);

#[async_trait]
impl Mapping for LiquidWeb {
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
        own_id(VENDOR, id)?;
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
