//! Theirs to ours.

use cartwright_webroot::types;

use super::VENDOR;
use crate::vendors::reading::{Unknown, cart_id, lines_missing, non_empty, quantity, totals};
use crate::{
    Cart, FieldSet, LineId, LineItem, LineKind, Message, Order, Result, ResultFields, Severity,
    TotalKind, VendorResponse,
};

/// Which fields the vendor fills.
pub(crate) const FIELDS: ResultFields = ResultFields {
    cart: FieldSet::new(
        &[
            "id",
            "line_items",
            "totals",
            "currency",
            "locale",
            "created_at",
            "vendor_response",
        ],
        &["customer_id", "email", "messages"],
        &[
            "tax_included",
            "checkout_url",
            "updated_at",
            "expires_at",
            "version",
        ],
    ),
    line_items: &[(
        LineKind::License,
        FieldSet::new(
            &[
                "id",
                "kind",
                "product_id",
                "sku",
                "name",
                "quantity",
                "unit_price",
                "totals",
            ],
            &["parent_id"],
            &["variant_id", "options", "url", "image_url"],
        ),
    )],
    checkout: None,
    order: Some(FieldSet::new(
        &[
            "id",
            "line_items",
            "currency",
            "locale",
            "created_at",
            "vendor_response",
        ],
        &["customer_id", "email", "messages"],
        &[],
    )),
};

/// The cart of an answer, in the words that all vendors share.
pub(super) fn unify(cart: types::Cart) -> Result<Cart> {
    let mut messages = Vec::new();
    let mut unknown = Unknown::default();
    let line_items = lines(&cart, &mut messages, &mut unknown);
    let (customer_id, email) = end_customer(cart.customers.value(), &mut unknown);
    unknown.note("", &cart.extra);
    messages.extend(unknown.into_messages());
    Ok(Cart {
        id: cart_id(VENDOR, cart.vendor_order_code.as_deref(), "VendorOrderCode")?,
        line_items,
        totals: totals([
            (TotalKind::Subtotal, cart.sub_total_amount.clone()),
            (TotalKind::Tax, cart.tax_amount.clone()),
            (TotalKind::Total, cart.total_amount.clone()),
        ]),
        currency: cart.currency_code.clone(),
        tax_included: None,
        customer_id,
        email,
        locale: cart.locale.clone(),
        checkout_url: None,
        created_at: cart.sales_order_date.clone(),
        updated_at: None,
        expires_at: None,
        version: None,
        messages,
        vendor_response: VendorResponse::WebrootCart(Box::new(cart)),
    })
}

/// The order of an answer; `code` is that of its cart.
pub(super) fn order(order: types::Order, code: &str) -> Order {
    let mut messages = Vec::new();
    // Placed is placed, so a missing code must not make the order unreadable; the documentation says that it is the cart's.
    let id = non_empty(&order.vendor_order_code).unwrap_or_else(|| {
        let text = "the answer names no code; this is the cart's, which an order keeps";
        let path = Some("VendorOrderCode".to_owned());
        messages.push(Message::new(Severity::Warning, "missing", text, path));
        code.to_owned()
    });
    let mut unknown = Unknown::default();
    let mut line_items = Vec::new();
    if order.items.is_none() {
        messages.push(lines_missing("Items"));
    }
    for (index, item) in order.items.iter().flatten().enumerate() {
        let path = format!("Items[{index}]");
        unknown.note(&path, &item.extra);
        line_items.push(LineItem {
            sku: non_empty(&item.license_category_name),
            name: non_empty(&item.product_description),
            quantity: quantity(item.quantity, format!("{path}.Quantity"), &mut messages),
            unit_price: item.unit_price.clone(),
            ..LineItem::of_kind(LineKind::License)
        });
    }
    let (customer_id, email) = match order.customers.value() {
        Some(types::OrderCustomers::CartCustomers(customers)) => {
            end_customer(Some(customers), &mut unknown)
        }
        Some(other) => {
            let form = serde_json::to_value(other).unwrap_or_default();
            unknown.note("", &[("Customers".to_owned(), form)].into_iter().collect());
            (None, None)
        }
        None => (None, None),
    };
    unknown.note("", &order.extra);
    messages.extend(unknown.into_messages());
    Order {
        id,
        line_items,
        currency: non_empty(&order.currency_code),
        locale: non_empty(&order.locale),
        customer_id,
        email,
        created_at: order.vendor_order_date.clone(),
        messages,
        vendor_response: VendorResponse::WebrootOrder(Box::new(order)),
    }
}

/// Key and address for mail of the end customer, whom `set-customer` attaches; the billing customer is the partner itself.
fn end_customer(
    customers: Option<&types::CartCustomers>,
    unknown: &mut Unknown,
) -> (Option<String>, Option<String>) {
    let Some(customers) = customers else {
        return (None, None);
    };
    unknown.note("Customers", &customers.extra);
    let customer = customers.shipping.value();
    let email = customer.and_then(|customer| customer.customer_email.value().cloned());
    (
        customer.and_then(|customer| non_empty(&customer.external_customer_key)),
        non_empty(&email),
    )
}

/// The lines of all groups, one after the other.
fn lines(cart: &types::Cart, messages: &mut Vec<Message>, unknown: &mut Unknown) -> Vec<LineItem> {
    let mut lines = Vec::new();
    if cart.items.is_none() {
        messages.push(lines_missing("Items"));
    }
    for (at, group) in cart.items.iter().flatten().enumerate() {
        for (index, item) in group.iter().enumerate() {
            let path = format!("Items[{at}][{index}]");
            unknown.note(&path, &item.extra);
            lines.push(line(item, &path, messages));
        }
    }
    lines
}

fn line(item: &types::CartItem, path: &str, messages: &mut Vec<Message>) -> LineItem {
    LineItem {
        id: item
            .cart_order_item_id
            .map(|id| LineId::from(id.to_string())),
        product_id: item.product_id.map(|id| id.to_string()),
        sku: non_empty(&item.license_category_name),
        name: non_empty(&item.product_description)
            .or_else(|| non_empty(&item.license_category_description)),
        // `LicenseSeats` is 1 where the seats belong to a parent key.
        quantity: quantity(item.quantity, format!("{path}.Quantity"), messages),
        unit_price: item.unit_price.clone(),
        totals: totals([
            (TotalKind::Subtotal, item.sub_total_list_amount.clone()),
            (TotalKind::Total, item.sub_total_amount.clone()),
        ]),
        parent_id: item
            .dependent_cart_order_item_id
            .value()
            .map(|id| LineId::from(id.get().to_string())),
        ..LineItem::of_kind(LineKind::License)
    }
}
