//! Carts, checkouts and orders.

use std::collections::BTreeMap;

use cartwright::{Severity, VendorResponse};
use serde::Serialize;

use super::Content;
use crate::amount::plain;

/// A cart, or what is said of it.
#[derive(Serialize)]
pub(crate) struct Cart<'a> {
    id: String,
    line_items: Vec<LineItem<'a>>,
    totals: Vec<Total<'a>>,
    currency: Option<&'a str>,
    tax_included: Option<bool>,
    customer_id: Option<&'a str>,
    email: Option<&'a str>,
    locale: Option<&'a str>,
    checkout_url: Option<&'a str>,
    created_at: Option<&'a str>,
    updated_at: Option<&'a str>,
    expires_at: Option<&'a str>,
    version: Option<i64>,
    messages: Vec<Message<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    vendor_response: Option<&'a VendorResponse>,
}

impl Content for Cart<'_> {
    const TYPE: &'static str = "cart";
}

impl<'a> Cart<'a> {
    /// The cart, and the vendor's own answer if it is asked for.
    pub(crate) fn new(cart: &'a cartwright::Cart, with_response: bool) -> Self {
        Self {
            id: cart.id.to_string(),
            line_items: cart.line_items.iter().map(LineItem::from).collect(),
            totals: cart.totals.iter().map(Total::from).collect(),
            currency: cart.currency.as_deref(),
            tax_included: cart.tax_included,
            customer_id: cart.customer_id.as_deref(),
            email: cart.email.as_deref(),
            locale: cart.locale.as_deref(),
            checkout_url: cart.checkout_url.as_deref(),
            created_at: cart.created_at.as_ref().map(|time| time.as_str()),
            updated_at: cart.updated_at.as_ref().map(|time| time.as_str()),
            expires_at: cart.expires_at.as_ref().map(|time| time.as_str()),
            version: cart.version,
            messages: cart.messages.iter().map(Message::from).collect(),
            vendor_response: with_response.then_some(&cart.vendor_response),
        }
    }
}

/// The carts of several vendors, by the vendor's name.
#[derive(Serialize)]
pub(crate) struct Carts<'a> {
    carts: BTreeMap<&'static str, Cart<'a>>,
}

impl Content for Carts<'_> {
    const TYPE: &'static str = "carts";
}

impl<'a> Carts<'a> {
    pub(crate) fn new(carts: &'a [cartwright::Cart], with_response: bool) -> Self {
        let by_vendor = carts.iter().map(|cart| {
            let vendor = cart.id.vendor().as_str();
            (vendor, Cart::new(cart, with_response))
        });
        Self {
            carts: by_vendor.collect(),
        }
    }
}

#[derive(Serialize)]
struct LineItem<'a> {
    id: Option<&'a str>,
    kind: String,
    product_id: Option<&'a str>,
    variant_id: Option<&'a str>,
    sku: Option<&'a str>,
    name: Option<&'a str>,
    quantity: Option<u64>,
    unit_price: Option<String>,
    totals: Vec<Total<'a>>,
    options: Vec<SelectedOption<'a>>,
    parent_id: Option<&'a str>,
    url: Option<&'a str>,
    image_url: Option<&'a str>,
}

impl<'a> From<&'a cartwright::LineItem> for LineItem<'a> {
    fn from(line: &'a cartwright::LineItem) -> Self {
        Self {
            id: line.id.as_ref().map(|id| id.as_str()),
            kind: line.kind.to_string(),
            product_id: line.product_id.as_deref(),
            variant_id: line.variant_id.as_deref(),
            sku: line.sku.as_deref(),
            name: line.name.as_deref(),
            quantity: line.quantity,
            unit_price: line.unit_price.as_ref().map(plain),
            totals: line.totals.iter().map(Total::from).collect(),
            options: line.options.iter().map(SelectedOption::from).collect(),
            parent_id: line.parent_id.as_ref().map(|id| id.as_str()),
            url: line.url.as_deref(),
            image_url: line.image_url.as_deref(),
        }
    }
}

#[derive(Serialize)]
struct Total<'a> {
    kind: String,
    label: Option<&'a str>,
    amount: String,
}

impl<'a> From<&'a cartwright::Total> for Total<'a> {
    fn from(total: &'a cartwright::Total) -> Self {
        Self {
            kind: total.kind.to_string(),
            label: total.label.as_deref(),
            amount: plain(&total.amount),
        }
    }
}

#[derive(Serialize)]
struct SelectedOption<'a> {
    name: Option<&'a str>,
    value: Option<&'a str>,
}

impl<'a> From<&'a cartwright::SelectedOption> for SelectedOption<'a> {
    fn from(option: &'a cartwright::SelectedOption) -> Self {
        Self {
            name: option.name.as_deref(),
            value: option.value.as_deref(),
        }
    }
}

#[derive(Serialize)]
struct Message<'a> {
    severity: &'static str,
    code: &'a str,
    text: &'a str,
    path: Option<&'a str>,
}

impl<'a> From<&'a cartwright::Message> for Message<'a> {
    fn from(message: &'a cartwright::Message) -> Self {
        Self {
            severity: severity(message.severity),
            code: &message.code,
            text: &message.text,
            path: message.path.as_deref(),
        }
    }
}

/// The word for a severity. One that is not known yet is no reason for alarm.
pub(crate) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Warning => "warning",
        _ => "info",
    }
}

/// Where the shopper pays.
#[derive(Serialize)]
pub(crate) struct Checkout<'a> {
    url: &'a str,
    cart_url: Option<&'a str>,
    embedded_url: Option<&'a str>,
    messages: Vec<Message<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    vendor_response: Option<&'a VendorResponse>,
}

impl Content for Checkout<'_> {
    const TYPE: &'static str = "checkout";
}

impl<'a> Checkout<'a> {
    pub(crate) fn new(checkout: &'a cartwright::Checkout, with_response: bool) -> Self {
        Self {
            url: &checkout.url,
            cart_url: checkout.cart_url.as_deref(),
            embedded_url: checkout.embedded_url.as_deref(),
            messages: checkout.messages.iter().map(Message::from).collect(),
            vendor_response: with_response.then_some(&checkout.vendor_response),
        }
    }
}

/// An order that a cart has become.
#[derive(Serialize)]
pub(crate) struct Order<'a> {
    id: &'a str,
    line_items: Vec<LineItem<'a>>,
    currency: Option<&'a str>,
    locale: Option<&'a str>,
    customer_id: Option<&'a str>,
    email: Option<&'a str>,
    created_at: Option<&'a str>,
    messages: Vec<Message<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    vendor_response: Option<&'a VendorResponse>,
}

impl Content for Order<'_> {
    const TYPE: &'static str = "order";
}

impl<'a> Order<'a> {
    pub(crate) fn new(order: &'a cartwright::Order, with_response: bool) -> Self {
        Self {
            id: &order.id,
            line_items: order.line_items.iter().map(LineItem::from).collect(),
            currency: order.currency.as_deref(),
            locale: order.locale.as_deref(),
            customer_id: order.customer_id.as_deref(),
            email: order.email.as_deref(),
            created_at: order.created_at.as_ref().map(|time| time.as_str()),
            messages: order.messages.iter().map(Message::from).collect(),
            vendor_response: with_response.then_some(&order.vendor_response),
        }
    }
}

/// A cart that is no more.
#[derive(Serialize)]
pub(crate) struct Gone {
    id: String,
    /// `deleted`, or `last-line-removed`.
    reason: &'static str,
}

impl Content for Gone {
    const TYPE: &'static str = "gone";
}

impl Gone {
    pub(crate) fn deleted(cart: &cartwright::CartId) -> Self {
        Self {
            id: cart.to_string(),
            reason: "deleted",
        }
    }

    pub(crate) fn with_last_line(cart: &cartwright::CartId) -> Self {
        Self {
            id: cart.to_string(),
            reason: "last-line-removed",
        }
    }
}
