//! Theirs to ours.

use cartwright_webroot::types;

use super::VENDOR;
use crate::vendors::reading::{cart_id, non_empty, quantity, totals};
use crate::{Cart, LineId, LineItem, LineKind, Message, Result, TotalKind, VendorResponse};

/// The cart of an answer, in the words that all vendors share.
pub(super) fn unify(cart: types::Cart) -> Result<Cart> {
    let mut messages = Vec::new();
    let billing = cart
        .customers
        .value()
        .and_then(|customers| customers.billing.value());
    let email = billing.and_then(|customer| customer.customer_email.value().cloned());
    Ok(Cart {
        id: cart_id(VENDOR, cart.vendor_order_code.as_deref(), "VendorOrderCode")?,
        line_items: lines(&cart, &mut messages),
        totals: totals([
            (TotalKind::Subtotal, cart.sub_total_amount.clone()),
            (TotalKind::Tax, cart.tax_amount.clone()),
            (TotalKind::Total, cart.total_amount.clone()),
        ]),
        currency: cart.currency_code.clone(),
        tax_included: None,
        customer_id: billing.and_then(|customer| non_empty(&customer.external_customer_key)),
        email: non_empty(&email),
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

/// The lines of all groups, one after the other.
fn lines(cart: &types::Cart, messages: &mut Vec<Message>) -> Vec<LineItem> {
    let mut lines = Vec::new();
    for (at, group) in cart.items.iter().flatten().enumerate() {
        for (index, item) in group.iter().enumerate() {
            lines.push(line(item, &format!("Items[{at}][{index}]"), messages));
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
            .map(ToString::to_string),
        ..LineItem::of_kind(LineKind::License)
    }
}
