//! Theirs to ours.

use cartwright_bigcommerce::types;
use cartwright_runtime::Decimal;

use super::VENDOR;
use super::request::Line;
use crate::vendors::reading::{cart_id, no_cart, non_empty, quantity, totals, unreadable};
use crate::{
    Cart, Checkout, Error, ErrorKind, FieldSet, LineItem, LineKind, Message, Result, ResultFields,
    SelectedOption, Severity, Total, TotalKind, VendorResponse,
};

/// Which fields the vendor fills.
pub(crate) const FIELDS: ResultFields = ResultFields {
    cart: FieldSet::new(
        &[
            "id",
            "line_items",
            "totals",
            "currency",
            "tax_included",
            "locale",
            "created_at",
            "updated_at",
            "vendor_response",
        ],
        &[
            "customer_id",
            "email",
            "checkout_url",
            "version",
            "messages",
        ],
        &["expires_at"],
    ),
    line_items: &[
        (LineKind::Physical, CATALOGUE),
        (LineKind::Digital, CATALOGUE),
        (
            LineKind::Custom,
            FieldSet::new(
                &["id", "kind", "name", "quantity", "unit_price", "totals"],
                &["sku", "image_url"],
                &["product_id", "variant_id", "options", "parent_id", "url"],
            ),
        ),
        (
            LineKind::GiftCertificate,
            FieldSet::new(
                &["id", "kind", "name", "unit_price"],
                &["quantity"],
                &[
                    "product_id",
                    "variant_id",
                    "sku",
                    "totals",
                    "options",
                    "parent_id",
                    "url",
                    "image_url",
                ],
            ),
        ),
    ],
    checkout: Some(FieldSet::new(
        &["url", "cart_url", "embedded_url", "vendor_response"],
        &[],
        &[],
    )),
    order: None,
};

const CATALOGUE: FieldSet = FieldSet::new(
    &[
        "id",
        "kind",
        "product_id",
        "name",
        "quantity",
        "unit_price",
        "totals",
        "url",
    ],
    &["variant_id", "sku", "options", "parent_id", "image_url"],
    &[],
);

/// A physical or digital item: two generated types with the same fields, so no function can take both.
macro_rules! catalogue_line {
    ($item:expr, $kind:expr, $path:expr, $messages:expr) => {
        LineItem {
            id: $item
                .id
                .as_deref()
                .map(|id| Line::id(id, $item.product_id, $item.variant_id)),
            product_id: $item.product_id.map(|id| id.to_string()),
            variant_id: $item.variant_id.map(|id| id.to_string()),
            sku: non_empty(&$item.sku),
            name: $item.name.clone(),
            quantity: quantity($item.quantity, format!("{}.quantity", $path), $messages),
            unit_price: $item.list_price.clone(),
            totals: line_totals(
                &$item.extended_list_price,
                &$item.discount_amount,
                &$item.extended_sale_price,
            ),
            options: options(&$item.options),
            parent_id: parent($item.parent_id.value()),
            url: non_empty(&$item.url),
            image_url: non_empty(&$item.image_url),
            ..LineItem::of_kind($kind)
        }
    };
}

/// The cart of an answer, in the words that all vendors share.
pub(super) fn unify(answer: types::CartResponse) -> Result<Cart> {
    let cart = answer
        .data
        .as_ref()
        .ok_or_else(|| no_cart(VENDOR, "data"))?;
    let mut messages = Vec::new();
    let line_items = lines(cart, &mut messages);
    messages.extend(banners(cart));
    let stated = [
        (TotalKind::Subtotal, cart.base_amount.clone()),
        (TotalKind::Discount, cart.discount_amount.clone()),
        (
            TotalKind::ManualDiscount,
            cart.manual_discount_amount.clone(),
        ),
        (TotalKind::Total, cart.cart_amount.clone()),
    ];
    Ok(Cart {
        id: cart_id(VENDOR, cart.id.as_deref(), "data.id")?,
        line_items,
        totals: totals(stated),
        currency: cart
            .currency
            .as_ref()
            .and_then(|currency| currency.code.clone()),
        tax_included: cart.tax_included,
        // 0 is BigCommerce's word for a guest.
        customer_id: cart
            .customer_id
            .filter(|id| *id != 0)
            .map(|id| id.to_string()),
        email: non_empty(&cart.email),
        locale: non_empty(&cart.locale),
        checkout_url: cart
            .redirect_urls
            .as_ref()
            .and_then(|urls| urls.checkout_url.clone()),
        created_at: cart.created_time.clone(),
        updated_at: cart.updated_time.clone(),
        expires_at: None,
        version: cart.version,
        messages,
        vendor_response: VendorResponse::BigCommerceCart(Box::new(answer)),
    })
}

/// The addresses of an answer where the shopper goes on.
pub(super) fn checkout(answer: types::RedirectUrlsResponse) -> Result<Checkout> {
    let urls = answer.data.clone().unwrap_or_default();
    let Some(url) = urls.checkout_url else {
        let missing = Error::new(
            ErrorKind::UnexpectedResponse,
            "the answer has no checkout URL",
        );
        return Err(missing.vendor_is(VENDOR).field_is("data.checkout_url"));
    };
    Ok(Checkout {
        url,
        cart_url: urls.cart_url,
        embedded_url: urls.embedded_checkout_url,
        vendor_response: VendorResponse::BigCommerceRedirectUrls(Box::new(answer)),
    })
}

fn lines(cart: &types::Cart, messages: &mut Vec<Message>) -> Vec<LineItem> {
    let Some(items) = &cart.line_items else {
        return Vec::new();
    };
    let mut lines = Vec::new();
    for (index, item) in items.physical_items.iter().flatten().enumerate() {
        let path = format!("data.line_items.physical_items[{index}]");
        lines.push(catalogue_line!(item, LineKind::Physical, path, messages));
    }
    for (index, item) in items.digital_items.iter().flatten().enumerate() {
        let path = format!("data.line_items.digital_items[{index}]");
        lines.push(catalogue_line!(item, LineKind::Digital, path, messages));
    }
    for (index, item) in items.custom_items.iter().flatten().enumerate() {
        let path = format!("data.line_items.custom_items[{index}]");
        lines.push(custom_line(item, &path, messages));
    }
    for (index, item) in items.gift_certificates.iter().flatten().enumerate() {
        let path = format!("data.line_items.gift_certificates[{index}]");
        lines.push(LineItem {
            id: item.id.as_deref().map(|id| Line::id(id, None, None)),
            name: item.name.clone(),
            quantity: quantity(item.quantity, format!("{path}.quantity"), messages),
            unit_price: item.amount.clone(),
            ..LineItem::of_kind(LineKind::GiftCertificate)
        });
    }
    lines
}

/// BigCommerce sends a custom item's quantity and price as numbers and documents them as text.
fn custom_line(item: &types::CustomItem, path: &str, messages: &mut Vec<Message>) -> LineItem {
    let quantity = item.quantity.as_ref().and_then(|quantity| {
        let number = quantity.as_str().parse().ok().filter(|number| *number > 0);
        if number.is_none() {
            messages.push(unreadable(
                format!("{path}.quantity"),
                "a quantity",
                quantity.as_str(),
            ));
        }
        number
    });
    let unit_price = item.list_price.as_ref().and_then(|price| {
        let decimal: Option<Decimal> = price.as_str().parse().ok();
        if decimal.is_none() {
            messages.push(unreadable(
                format!("{path}.list_price"),
                "an amount",
                price.as_str(),
            ));
        }
        decimal
    });
    LineItem {
        id: item.id.as_deref().map(|id| Line::id(id, None, None)),
        sku: non_empty(&item.sku),
        name: item.name.clone(),
        quantity,
        unit_price,
        totals: line_totals(&item.extended_list_price, &None, &None),
        image_url: non_empty(&item.image_url),
        ..LineItem::of_kind(LineKind::Custom)
    }
}

fn line_totals(
    list: &Option<Decimal>,
    discount: &Option<Decimal>,
    sale: &Option<Decimal>,
) -> Vec<Total> {
    totals([
        (TotalKind::Subtotal, list.clone()),
        (TotalKind::Discount, discount.clone()),
        (TotalKind::Total, sale.clone()),
    ])
}

fn options(options: &Option<Vec<types::ItemOption>>) -> Vec<SelectedOption> {
    options
        .iter()
        .flatten()
        .map(|option| SelectedOption::new(option.name.clone(), option.value.clone()))
        .collect()
}

/// `null`, `false` and `{}` all say that a line stands alone.
fn parent(parent: Option<&types::ParentId>) -> Option<String> {
    match parent {
        Some(types::ParentId::Text(id)) if !id.is_empty() => Some(id.clone()),
        _ => None,
    }
}

/// Promotions that the vendor wants the shopper to see.
fn banners(cart: &types::Cart) -> Vec<Message> {
    let banners = match cart
        .promotions
        .as_ref()
        .and_then(|promotions| promotions.banners.as_ref())
    {
        Some(types::Banners::Array(banners)) => banners.as_slice(),
        Some(types::Banners::Banner(banner)) => std::slice::from_ref(banner),
        _ => &[],
    };
    banners
        .iter()
        .filter_map(|banner| {
            Some(Message::new(
                Severity::Info,
                "banner",
                banner.text.clone()?,
                Some("data.promotions.banners".to_owned()),
            ))
        })
        .collect()
}
