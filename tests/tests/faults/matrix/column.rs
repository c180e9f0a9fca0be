//! The calls that faults are tried on: every verb of every vendor, by each operation that it takes.

use cartwright::vendors::bigcommerce::{BigCommerce, BigCommerceConfig};
use cartwright::vendors::cpanel::{Cpanel, CpanelConfig};
use cartwright::vendors::liquidweb::{LiquidWeb, LiquidWebConfig};
use cartwright::vendors::webroot::{Webroot, WebrootConfig};
use cartwright::{
    Cart, CartApi, Error, Layers, LineChange, NewCart, NewLine, NewOrder, Settings, Support,
    Transport, Vendor, Verb,
};
use cartwright_runtime::{Operation, Retry};
use std::fmt::Debug;
use std::sync::Arc;

use crate::secrets::verbs::{customer, line};

/// A verb, and the operation of it that a fault strikes.
#[derive(Clone, Copy)]
pub struct Column {
    pub vendor: Vendor,
    pub verb: Verb,
    pub operation: &'static Operation,
}

/// The operations of a verb, in the order sent. Without the request for a token.
fn operations(vendor: Vendor, verb: Verb) -> &'static [&'static str] {
    match (vendor, verb) {
        (Vendor::BigCommerce, Verb::Create) => &["createCart"],
        (Vendor::BigCommerce, Verb::Get) => &["getCart"],
        (Vendor::BigCommerce, Verb::AddLines) => &["addCartLineItems"],
        (Vendor::BigCommerce, Verb::UpdateLine) => &["updateCartLineItem"],
        (Vendor::BigCommerce, Verb::RemoveLine) => &["deleteCartLineItem"],
        (Vendor::BigCommerce, Verb::Delete) => &["deleteCart"],
        (Vendor::BigCommerce, Verb::Checkout) => &["createCartRedirectUrl"],
        (Vendor::BigCommerce, Verb::SetCustomer) => &["updateCart"],
        (Vendor::Cpanel, Verb::Create) => &["createShoppingCart"],
        (Vendor::Cpanel, Verb::Checkout) => &["setUrlAfterCheckout"],
        (Vendor::LiquidWeb, Verb::Create | Verb::AddLines) => &["addCartItem"],
        (Vendor::Webroot, Verb::Create) => &["createCart"],
        (Vendor::Webroot, Verb::Get) => &["getCart"],
        (Vendor::Webroot, Verb::SetCustomer) => &["addCartCustomers", "getCart"],
        (Vendor::Webroot, Verb::PlaceOrder) => &["createOrder"],
        _ => panic!("nobody has said which operations `{verb}` takes at {vendor}"),
    }
}

fn table(vendor: Vendor) -> &'static [&'static Operation] {
    match vendor {
        Vendor::BigCommerce => cartwright_bigcommerce::operations::ALL,
        Vendor::Cpanel => cartwright_cpanel::operations::ALL,
        Vendor::LiquidWeb => cartwright_liquidweb::operations::ALL,
        Vendor::Webroot => cartwright_webroot::operations::ALL,
        other => panic!("nobody has said which operations {other} has"),
    }
}

pub fn columns(vendor: Vendor) -> Vec<Column> {
    let supported = |verb: &Verb| vendor.capability().of(*verb) == Support::Supported;
    let verbs = Verb::ALL.into_iter().filter(supported);
    let columns = verbs.flat_map(|verb| {
        operations(vendor, verb).iter().map(move |id| {
            let mut known = table(vendor).iter();
            let operation = known.find(|operation| operation.id == *id);
            Column {
                vendor,
                verb,
                operation: operation.expect("the client has the operation"),
            }
        })
    });
    columns.collect()
}

impl Column {
    /// Whether repeating the operation repeats no effect, as its spec declares.
    pub fn is_safe(&self) -> bool {
        self.operation.retry == Retry::Safe
    }

    /// Whether a request of the same verb goes before it.
    pub fn is_later(&self) -> bool {
        operations(self.vendor, self.verb).first() != Some(&self.operation.id)
    }

    pub fn head(&self) -> String {
        let safety = if self.is_safe() { "safe" } else { "unsafe" };
        format!("{}: `{}`, {safety}", self.verb, self.operation.id)
    }

    /// The cart that the verb is for, as far as it has to be before.
    pub async fn prepare(&self, shop: &dyn CartApi) -> Result<Cart, Error> {
        // With one line less there is a cart still.
        let lines = match self.vendor {
            Vendor::BigCommerce => vec![
                line(self.vendor),
                NewLine::product("118", 1).variant("140").into(),
            ],
            _ => vec![line(self.vendor)],
        };
        let new = lines.into_iter().fold(NewCart::new(), NewCart::line);
        let cart = shop.create(new).await?;
        match self.verb {
            Verb::PlaceOrder => shop.set_customer(&cart.id, customer(self.vendor)).await,
            _ => Ok(cart),
        }
    }

    /// Carries the verb out, and tells what it answered.
    pub async fn act(&self, shop: &dyn CartApi, cart: &Cart) -> Result<String, Error> {
        fn told<T: Debug>(answer: T) -> String {
            format!("{answer:?}")
        }
        let (vendor, id) = (self.vendor, &cart.id);
        let line_id = || {
            let line = cart.line_items.first();
            line.and_then(|line| line.id.clone()).expect("a line's id")
        };
        match self.verb {
            Verb::Create => {
                let new = NewCart::new().line(line(vendor));
                shop.create(new).await.map(told)
            }
            Verb::Get => shop.get(id).await.map(told),
            Verb::AddLines => shop.add_lines(id, vec![line(vendor)]).await.map(told),
            Verb::UpdateLine => {
                let change = LineChange::new().quantity(3);
                shop.update_line(id, &line_id(), change).await.map(told)
            }
            Verb::RemoveLine => shop.remove_line(id, &line_id()).await.map(told),
            Verb::Delete => shop.delete(id).await.map(told),
            Verb::Checkout => shop.checkout(id).await.map(told),
            Verb::SetCustomer => shop.set_customer(id, customer(vendor)).await.map(told),
            Verb::PlaceOrder => {
                let order = NewOrder::new().purchase_order("PO-1");
                shop.place_order(id, order).await.map(told)
            }
            other => panic!("no call of `{other}`"),
        }
    }
}

/// A vendor's carts.
pub fn open(
    vendor: Vendor,
    settings: &Settings,
    transport: Arc<dyn Transport>,
    layers: Layers,
) -> Box<dyn CartApi> {
    macro_rules! open {
        ($api:ty, $config:ty) => {{
            let config =
                <$config>::from_settings(settings).expect("the sandbox says every setting");
            let config = config.transport(transport).layers(layers);
            Box::new(<$api>::new(config).expect("the sandbox's address is one"))
        }};
    }
    match vendor {
        Vendor::BigCommerce => open!(BigCommerce, BigCommerceConfig),
        Vendor::Cpanel => open!(Cpanel, CpanelConfig),
        Vendor::LiquidWeb => open!(LiquidWeb, LiquidWebConfig),
        Vendor::Webroot => open!(Webroot, WebrootConfig),
        other => panic!("nobody has said how {other} is opened"),
    }
}
