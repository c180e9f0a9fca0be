//! Theirs to ours.

use cartwright_cpanel::types;

use super::{VENDOR, request};
use crate::vendors::reading::{cart_id, no_cart};
use crate::{Cart, FieldSet, LineId, LineItem, LineKind, Result, ResultFields, VendorResponse};

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
        &[],
        &["cart_url", "embedded_url"],
    )),
    order: None,
};

/// The cart of an answer, in the words that all vendors share; the answer may stand in the envelope of another address of the same function.
pub(super) fn unify(answer: types::ShoppingCartResponse) -> Result<Cart> {
    let (result, within, path) = match &answer {
        types::ShoppingCartResponse::ShoppingCartEnvelope(envelope) => {
            (envelope.result.as_ref(), "result.", "result.data")
        }
        types::ShoppingCartResponse::ShoppingCartResult(result) => (Some(result), "", "data"),
        _ => (None, "", "$"),
    };
    let cart = result
        .and_then(|result| result.data.value())
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
    Ok(Cart {
        id: cart_id(VENDOR, Some(&id), &format!("{path}.order_id"))?,
        line_items: cart
            .order_items
            .value()
            .into_iter()
            .flatten()
            .map(line)
            .collect(),
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
        messages: result
            .into_iter()
            .flat_map(|result| said(result, within))
            .collect(),
        vendor_response: VendorResponse::CpanelShoppingCart(Box::new(answer)),
    })
}

/// What a line of the order holds varies between providers; these keys are in the vendor's own example of an item.
fn line(item: &types::OrderItem) -> LineItem {
    let text = |key: &str| {
        item.extra
            .get(key)
            .and_then(|value| value.as_str())
            .map(str::to_owned)
    };
    LineItem {
        id: item
            .order_item_id
            .value()
            .map(|id| LineId::from(id.as_str())),
        product_id: item.product_id.value().map(ToString::to_string),
        name: text("description"),
        unit_price: item
            .extra
            .get("price")
            .and_then(|price| serde_json::from_value(price.clone()).ok()),
        ..LineItem::of_kind(LineKind::ProviderItem)
    }
}

/// Warnings and messages that came with a success.
fn said<'a>(
    result: &'a types::ShoppingCartResult,
    within: &'a str,
) -> impl Iterator<Item = crate::Message> + 'a {
    use crate::{Message, Severity};
    let of = move |severity: Severity, code: &'static str, texts: Option<&Vec<String>>| {
        let texts = texts.cloned().unwrap_or_default();
        texts
            .into_iter()
            .map(move |text| Message::new(severity, code, text, Some(format!("{within}{code}s"))))
    };
    of(Severity::Warning, "warning", result.warnings.value()).chain(of(
        Severity::Info,
        "message",
        result.messages.value(),
    ))
}
