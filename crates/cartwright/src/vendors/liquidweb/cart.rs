//! Theirs to ours.

use cartwright_liquidweb::types;

use super::VENDOR;
use super::unread::Unread;
use crate::vendors::reading::{cart_id, non_empty, quantity, text_amount, totals};
use crate::{
    Cart, FieldSet, LineId, LineItem, LineKind, Message, Result, ResultFields, SelectedOption,
    Total, TotalKind, VendorResponse,
};

/// Which fields the vendor fills.
pub(crate) const FIELDS: ResultFields = ResultFields {
    cart: FieldSet::new(
        &[
            "id",
            "line_items",
            "created_at",
            "expires_at",
            "version",
            "vendor_response",
        ],
        &["totals", "customer_id", "updated_at", "messages"],
        &[
            "currency",
            "tax_included",
            "email",
            "locale",
            "checkout_url",
        ],
    ),
    line_items: &[
        (
            LineKind::Service,
            FieldSet::new(
                &["id", "kind", "product_id", "name", "quantity", "unit_price"],
                &["totals", "options"],
                &["variant_id", "sku", "parent_id", "url", "image_url"],
            ),
        ),
        (LineKind::Package, OF_SEVERAL),
        (LineKind::Bundle, OF_SEVERAL),
    ],
    checkout: None,
    order: None,
};

const OF_SEVERAL: FieldSet = FieldSet::new(
    &["id", "kind", "product_id", "name", "quantity"],
    &["totals"],
    &[
        "variant_id",
        "sku",
        "unit_price",
        "options",
        "parent_id",
        "url",
        "image_url",
    ],
);

/// The cart of an answer, in the words that all vendors share.
pub(super) fn unify(cart: types::Cart) -> Result<Cart> {
    let id = cart_id(VENDOR, cart.uuid.as_deref(), "uuid")?;
    let mut messages = Vec::new();
    let summary = cart
        .totals
        .value()
        .and_then(|totals| totals.summary.as_ref());
    let stated = summary.and_then(|summary| summary.cart.as_ref());
    let mut amount = |name: &str, text: Option<&_>| {
        text_amount(text, format!("totals.summary.cart.{name}"), &mut messages)
    };
    let mut totals = totals([
        (
            TotalKind::Subtotal,
            amount("price", stated.and_then(|cart| cart.price.as_ref())),
        ),
        (
            TotalKind::Total,
            amount("cost", stated.and_then(|cart| cart.cost.as_ref())),
        ),
        (
            TotalKind::DiscountNow,
            amount(
                "amount_off_today",
                stated.and_then(|cart| cart.amount_off_today.as_ref()),
            ),
        ),
        (
            TotalKind::DueNow,
            amount("due_today", stated.and_then(|cart| cart.due_today.as_ref())),
        ),
    ]);
    totals.extend(credits(&cart, &mut messages));
    let line_items = lines(&cart, &mut messages);
    messages.extend(Unread::of(&cart));
    Ok(Cart {
        id,
        line_items,
        totals,
        // The vendor does not say; its prices are shown with a dollar sign.
        currency: None,
        tax_included: None,
        customer_id: cart.accnt.value().map(ToString::to_string),
        email: None,
        locale: None,
        checkout_url: None,
        created_at: cart.created.clone(),
        updated_at: cart.updated.value().cloned(),
        expires_at: cart.expiration.clone(),
        version: cart.version.as_ref().map(|version| version.get()),
        messages,
        vendor_response: VendorResponse::LiquidWebCart(Box::new(cart)),
    })
}

/// What is credited, one by one; whether the amounts of the summary count it is not documented.
fn credits(cart: &types::Cart, messages: &mut Vec<Message>) -> Vec<Total> {
    let stated = cart
        .totals
        .value()
        .and_then(|totals| totals.credits.as_ref());
    let mut totals = Vec::new();
    for (index, credit) in stated.into_iter().flatten().enumerate() {
        let path = format!("totals.credits[{index}].amount_off");
        let amount = text_amount(credit.amount_off.as_ref(), path, messages);
        let kind = TotalKind::Other("credit".to_owned());
        let label = credit.item_uuid.value().cloned();
        totals.extend(amount.map(|amount| Total::new(kind, amount).labelled(label)));
    }
    totals
}

fn lines(cart: &types::Cart, messages: &mut Vec<Message>) -> Vec<LineItem> {
    let items = cart.items.value().into_iter().flatten().enumerate();
    items
        .map(|(index, item)| line(cart, item, index, messages))
        .collect()
}

fn line(
    cart: &types::Cart,
    item: &types::CartItem,
    index: usize,
    messages: &mut Vec<Message>,
) -> LineItem {
    let (kind, title) = match item.details.value() {
        Some(types::CartItemDetails::Product(product)) => (LineKind::Service, &product.title),
        Some(types::CartItemDetails::Package(package)) => (LineKind::Package, &package.title),
        Some(types::CartItemDetails::Bundle(bundle)) => (LineKind::Bundle, &bundle.title),
        _ => (
            LineKind::Other(item.type_.clone().unwrap_or_else(|| "unknown".to_owned())),
            &None,
        ),
    };
    let base = LineItem::of_kind(kind);
    let (unit_price, options) = match item.details.value() {
        Some(types::CartItemDetails::Product(product)) => {
            (product.base_price.clone(), options(product))
        }
        _ => (None, Vec::new()),
    };
    let units = item.units.as_ref().map(|units| units.get());
    LineItem {
        id: item.uuid.as_deref().map(LineId::from),
        product_id: item.code.clone(),
        name: non_empty(title),
        quantity: quantity(units, format!("items[{index}].units"), messages),
        unit_price,
        options,
        totals: line_totals(cart, item, messages),
        ..base
    }
}

fn options(product: &types::Product) -> Vec<SelectedOption> {
    let options = product.options.iter().flatten();
    options
        .map(|option| {
            SelectedOption::new(
                option.key_description.clone(),
                option.value_description.clone(),
            )
        })
        .collect()
}

/// The amounts that the summary states for a line.
fn line_totals(
    cart: &types::Cart,
    item: &types::CartItem,
    messages: &mut Vec<Message>,
) -> Vec<Total> {
    let summary = cart
        .totals
        .value()
        .and_then(|totals| totals.summary.as_ref());
    let mut stated = summary
        .and_then(|summary| summary.items.as_ref())
        .into_iter()
        .flatten()
        .enumerate();
    let Some((index, amounts)) =
        stated.find(|(_, amounts)| amounts.item_uuid.is_some() && amounts.item_uuid == item.uuid)
    else {
        return Vec::new();
    };
    let mut amount = |name: &str, text: Option<&_>| {
        text_amount(
            text,
            format!("totals.summary.items[{index}].{name}"),
            messages,
        )
    };
    let mut totals = totals([
        (TotalKind::Subtotal, amount("price", amounts.price.as_ref())),
        (TotalKind::Total, amount("cost", amounts.cost.as_ref())),
    ]);
    for (at, discount) in amounts.discounts.iter().flatten().enumerate() {
        let name = format!("discounts[{at}].amount_off_today");
        let off = amount(&name, discount.amount_off_today.as_ref());
        let label = discount.type_.as_ref().map(|of| of.as_str().to_owned());
        totals.extend(off.map(|off| Total::new(TotalKind::DiscountNow, off).labelled(label)));
    }
    totals
}
