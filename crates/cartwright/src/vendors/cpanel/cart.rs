//! Theirs to ours.

use cartwright_cpanel::types;
use cartwright_runtime::Maybe;
use serde_json::Value;

use super::{VENDOR, request};
use crate::vendors::reading::{Unknown, cart_id, lines_missing, no_cart, unreadable};
use crate::{
    Cart, Checkout, FieldSet, LineId, LineItem, LineKind, Message, Result, ResultFields, Severity,
    VendorResponse,
};

/// Which fields the vendor fills.
pub(crate) const FIELDS: ResultFields = ResultFields {
    cart: FieldSet::new(
        &["id", "vendor_response"],
        &["line_items", "checkout_url", "messages"],
        &[
            "totals",
            "currency",
            "tax_included",
            "customer_id",
            "email",
            "locale",
            "created_at",
            "updated_at",
            "expires_at",
            "version",
        ],
    ),
    line_items: &[(
        LineKind::ProviderItem,
        FieldSet::new(
            &["kind"],
            &["id", "product_id", "name", "unit_price"],
            &[
                "variant_id",
                "sku",
                "quantity",
                "totals",
                "options",
                "parent_id",
                "url",
                "image_url",
            ],
        ),
    )],
    checkout: Some(FieldSet::new(
        &["url", "vendor_response"],
        &["messages"],
        &["cart_url", "embedded_url"],
    )),
    order: None,
};

/// The cart of an answer, in the words that all vendors share; the answer may stand in the envelope of another address of the same function.
pub(super) fn unify(answer: types::ShoppingCartResponse) -> Result<Cart> {
    let mut unknown = Unknown::default();
    let (result, within, path) = match &answer {
        types::ShoppingCartResponse::ShoppingCartEnvelope(envelope) => {
            unknown.note("", &envelope.extra);
            (envelope.result.as_ref(), "result.", "result.data")
        }
        types::ShoppingCartResponse::ShoppingCartResult(result) => (Some(result), "", "data"),
        _ => (None, "", "$"),
    };
    let (result, cart) = result
        .and_then(|result| Some((result, result.data.value()?)))
        .ok_or_else(|| no_cart(VENDOR, path))?;
    let order = cart
        .order_id
        .value()
        .map(|id| id.as_str())
        .filter(|id| !id.is_empty());
    let order = order.ok_or_else(|| no_cart(VENDOR, &format!("{path}.order_id")))?;
    let checkout_url = cart
        .checkout_url
        .value()
        .filter(|url| !url.is_empty())
        .cloned();
    let id = request::id(order, checkout_url.as_deref());
    let mut messages = said(within, &result.errors, &result.warnings, &result.messages);
    unknown.note(within.trim_end_matches('.'), &result.extra);
    unknown.note(path, &cart.extra);
    let mut line_items = Vec::new();
    if cart.order_items.value().is_none() {
        messages.push(lines_missing(format!("{path}.order_items")));
    }
    for (index, item) in cart.order_items.value().into_iter().flatten().enumerate() {
        let at = format!("{path}.order_items[{index}]");
        line_items.push(line(item, &at, &mut messages, &mut unknown));
    }
    messages.extend(unknown.into_messages());
    Ok(Cart {
        id: cart_id(VENDOR, Some(&id), &format!("{path}.order_id"))?,
        line_items,
        totals: Vec::new(),
        currency: None,
        tax_included: None,
        customer_id: None,
        email: None,
        locale: None,
        checkout_url,
        created_at: None,
        updated_at: None,
        expires_at: None,
        version: None,
        messages,
        vendor_response: VendorResponse::CpanelShoppingCart(Box::new(answer)),
    })
}

/// The checkout at this address, whose way back the answer says was set.
pub(super) fn checkout(url: String, answer: types::UrlAfterCheckoutResponse) -> Checkout {
    let mut unknown = Unknown::default();
    let (result, within) = match &answer {
        types::UrlAfterCheckoutResponse::UrlAfterCheckoutEnvelope(envelope) => {
            unknown.note("", &envelope.extra);
            (envelope.result.as_ref(), "result.")
        }
        types::UrlAfterCheckoutResponse::UrlAfterCheckoutResult(result) => (Some(result), ""),
        _ => (None, ""),
    };
    let mut messages = Vec::new();
    if let Some(result) = result {
        messages = said(within, &result.errors, &result.warnings, &result.messages);
        unknown.note(within.trim_end_matches('.'), &result.extra);
        if let Some(data) = result.data.value() {
            unknown.note(&format!("{within}data"), &data.extra);
            let error = data.error_type.value().filter(|error| !error.is_empty());
            messages.extend(error.map(|error| {
                let error = crate::id::start_of(error);
                let text = format!(
                    "the provider says `{error}` beside a success: where the shopper goes after the checkout may not be set"
                );
                let path = Some(format!("{within}data.error_type"));
                Message::new(Severity::Warning, "error-type", text, path)
            }));
        }
    }
    messages.extend(unknown.into_messages());
    Checkout {
        url,
        cart_url: None,
        embedded_url: None,
        messages,
        vendor_response: VendorResponse::CpanelUrlAfterCheckout(Box::new(answer)),
    }
}

/// What a line of the order holds varies between providers; the keys that are read are in the vendor's own example of an item.
fn line(
    item: &types::OrderItem,
    at: &str,
    messages: &mut Vec<Message>,
    unknown: &mut Unknown,
) -> LineItem {
    let mut others = item.extra.clone();
    let name = match others.remove("description") {
        Some(Value::String(text)) => Some(text),
        Some(other) => {
            others.insert("description".to_owned(), other);
            None
        }
        None => None,
    };
    let unit_price = match others.remove("price") {
        None | Some(Value::Null) => None,
        Some(price) => {
            let amount = serde_json::from_value(price.clone()).ok();
            if amount.is_none() {
                let shown = price
                    .as_str()
                    .map_or_else(|| price.to_string(), str::to_owned);
                messages.push(unreadable(format!("{at}.price"), "an amount", &shown));
            }
            amount
        }
    };
    unknown.note(at, &others);
    LineItem {
        id: item
            .order_item_id
            .value()
            .map(|id| LineId::from(id.as_str())),
        product_id: item.product_id.value().map(ToString::to_string),
        name,
        unit_price,
        ..LineItem::of_kind(LineKind::ProviderItem)
    }
}

/// Errors, warnings and messages that came with a success.
fn said(
    within: &str,
    errors: &Maybe<Vec<String>>,
    warnings: &Maybe<Vec<String>>,
    messages: &Maybe<Vec<String>>,
) -> Vec<Message> {
    let lists = [
        (Severity::Warning, "error", errors),
        (Severity::Warning, "warning", warnings),
        (Severity::Info, "message", messages),
    ];
    let mut said = Vec::new();
    for (severity, code, texts) in lists {
        for text in texts.value().into_iter().flatten() {
            said.push(Message::new(
                severity,
                code,
                text,
                Some(format!("{within}{code}s")),
            ));
        }
    }
    said
}
