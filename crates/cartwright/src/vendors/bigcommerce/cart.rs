//! Theirs to ours.

use cartwright_bigcommerce::types;
use cartwright_runtime::{Decimal, Maybe};
use serde_json::Value;

use super::VENDOR;
use super::request::Line;
use crate::vendors::reading::{
    Unknown, cart_id, lines_missing, no_cart, non_empty, quantity, totals, unreadable,
};
use crate::{
    Cart, Checkout, Error, ErrorKind, FieldSet, LineId, LineItem, LineKind, Message, Result,
    ResultFields, SelectedOption, Severity, Total, TotalKind, VendorResponse,
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
        &["messages"],
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
    ($item:expr, $kind:expr, $path:expr, $ids:expr, $said:expr) => {{
        let (item, path, said) = ($item, $path, $said);
        said.unknown.note(&path, &item.extra);
        for (index, option) in item.options.iter().flatten().enumerate() {
            let at = format!("{path}.options[{index}]");
            said.unknown.note(&at, &option.extra);
        }
        for (index, discount) in item.discounts.iter().flatten().enumerate() {
            let at = format!("{path}.discounts[{index}]");
            said.unknown.note(&at, &discount.extra);
        }
        if item.is_mutable == Some(false) {
            let text =
                "the vendor lets nobody change or remove this line; a promotion may have added it";
            let path = Some(format!("{path}.is_mutable"));
            said.messages
                .push(Message::new(Severity::Info, "state", text, path));
        }
        LineItem {
            id: item
                .id
                .as_deref()
                .map(|id| Line::id(id, item.product_id, item.variant_id)),
            product_id: item.product_id.map(|id| id.to_string()),
            variant_id: item.variant_id.map(|id| id.to_string()),
            sku: non_empty(&item.sku),
            name: item.name.clone(),
            quantity: quantity(
                item.quantity,
                format!("{path}.quantity"),
                &mut said.messages,
            ),
            unit_price: item.list_price.clone(),
            totals: totals([
                (TotalKind::Subtotal, item.extended_list_price.clone()),
                (TotalKind::Discount, item.discount_amount.clone()),
                (TotalKind::Coupon, item.coupon_amount.clone()),
                (TotalKind::Total, item.extended_sale_price.clone()),
            ]),
            options: options(&item.options),
            parent_id: $ids.parent(&item.parent_id, &path, said),
            url: non_empty(&item.url),
            image_url: non_empty(&item.image_url),
            ..LineItem::of_kind($kind)
        }
    }};
}

/// What is to be said about an answer besides its values.
#[derive(Default)]
struct Said {
    messages: Vec<Message>,
    unknown: Unknown,
}

impl Said {
    fn into_messages(self) -> Vec<Message> {
        let mut messages = self.messages;
        messages.extend(self.unknown.into_messages());
        messages
    }
}

/// The cart of an answer, in the words that all vendors share.
pub(super) fn unify(answer: types::CartResponse) -> Result<Cart> {
    let mut said = Said::default();
    let bare: types::Cart;
    let (cart, within) = match &answer.data {
        Some(cart) => {
            said.unknown.note("", &answer.extra);
            (cart, "data.")
        }
        // An older edition has the cart without an envelope.
        None => {
            bare = without_envelope(&answer.extra).ok_or_else(|| no_cart(VENDOR, "data"))?;
            (&bare, "")
        }
    };
    let id = cart_id(VENDOR, cart.id.as_deref(), &format!("{within}id"))?;
    let line_items = lines(cart, within, &mut said);
    said.messages.extend(banners(cart, within));
    said.unknown.note(within.trim_end_matches('.'), &cart.extra);
    let mut stated = totals([
        (TotalKind::Subtotal, cart.base_amount.clone()),
        (TotalKind::Discount, cart.discount_amount.clone()),
        (
            TotalKind::ManualDiscount,
            cart.manual_discount_amount.clone(),
        ),
    ]);
    stated.extend(coupons(cart, within, &mut said));
    stated.extend(totals([(TotalKind::Total, cart.cart_amount.clone())]));
    Ok(Cart {
        id,
        line_items,
        totals: stated,
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
        messages: said.into_messages(),
        vendor_response: VendorResponse::BigCommerceCart(Box::new(answer)),
    })
}

/// What stands in an answer whose documented envelope is missing; `None` where that is nothing.
fn without_envelope<T: serde::de::DeserializeOwned>(
    fields: &serde_json::Map<String, Value>,
) -> Option<T> {
    match fields.is_empty() {
        true => None,
        false => serde_json::from_value(Value::Object(fields.clone())).ok(),
    }
}

/// The addresses of an answer where the shopper goes on.
pub(super) fn checkout(answer: types::RedirectUrlsResponse) -> Result<Checkout> {
    let mut unknown = Unknown::default();
    let (urls, at) = match &answer.data {
        Some(urls) => {
            unknown.note("", &answer.extra);
            (urls.clone(), "data")
        }
        // An older edition and two guides have the addresses without an envelope.
        None => (without_envelope(&answer.extra).unwrap_or_default(), ""),
    };
    unknown.note(at, &urls.extra);
    let Some(url) = urls.checkout_url.filter(|url| !url.is_empty()) else {
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
        messages: unknown.into_messages().collect(),
        vendor_response: VendorResponse::BigCommerceRedirectUrls(Box::new(answer)),
    })
}

/// What each coupon takes off.
fn coupons(cart: &types::Cart, within: &str, said: &mut Said) -> Vec<Total> {
    let mut totals = Vec::new();
    for (index, coupon) in cart.coupons.iter().flatten().enumerate() {
        let at = format!("{within}coupons[{index}]");
        said.unknown.note(&at, &coupon.extra);
        let label = non_empty(&coupon.code).or_else(|| non_empty(&coupon.display_name));
        match &coupon.discounted_amount {
            Some(amount) => {
                let total = Total::new(TotalKind::Coupon, amount.clone());
                totals.push(total.labelled(label));
            }
            None => said.messages.push(Message::new(
                Severity::Warning,
                "missing",
                "the vendor does not say what this coupon takes off",
                Some(at),
            )),
        }
    }
    totals
}

/// The ids of a cart's lines, by the vendor's own.
struct Ids(Vec<(String, LineId)>);

impl Ids {
    fn of(items: &types::LineItems) -> Self {
        let physical = items.physical_items.iter().flatten();
        let physical = physical.map(|item| (&item.id, item.product_id, item.variant_id));
        let digital = items.digital_items.iter().flatten();
        let digital = digital.map(|item| (&item.id, item.product_id, item.variant_id));
        let custom = items.custom_items.iter().flatten();
        let custom = custom.map(|item| (&item.id, None, None));
        let ids = physical.chain(digital).chain(custom);
        Self(
            ids.filter_map(|(id, product, variant)| {
                let id = id.as_ref()?;
                Some((id.clone(), Line::id(id, product, variant)))
            })
            .collect(),
        )
    }

    /// The line that this one is bundled with. `null`, `false` and `{}` all say that it stands alone.
    fn parent(
        &self,
        parent: &Maybe<types::ParentId>,
        path: &str,
        said: &mut Said,
    ) -> Option<LineId> {
        let id = match parent.value()? {
            types::ParentId::Text(id) if !id.is_empty() => id,
            types::ParentId::Text(_) | types::ParentId::Boolean(false) => return None,
            other => {
                let text = serde_json::to_string(other).unwrap_or_default();
                if text != "{}" {
                    let path = format!("{path}.parent_id");
                    said.messages.push(unreadable(path, "a line's id", &text));
                }
                return None;
            }
        };
        let line = self.0.iter().find(|(own, _)| own == id);
        Some(line.map_or_else(|| LineId::from(id.as_str()), |(_, id)| id.clone()))
    }
}

fn lines(cart: &types::Cart, within: &str, said: &mut Said) -> Vec<LineItem> {
    let Some(items) = &cart.line_items else {
        said.messages
            .push(lines_missing(format!("{within}line_items")));
        return Vec::new();
    };
    let ids = Ids::of(items);
    let mut lines = Vec::new();
    for (index, item) in items.physical_items.iter().flatten().enumerate() {
        let path = format!("{within}line_items.physical_items[{index}]");
        let mut line = catalogue_line!(item, LineKind::Physical, &path, ids, &mut *said);
        if let Some(wrapping) = item.gift_wrapping.value() {
            said.unknown
                .note(&format!("{path}.gift_wrapping"), &wrapping.extra);
            let kind = TotalKind::Other("gift_wrapping".to_owned());
            let amount = wrapping.amount.clone();
            let total =
                amount.map(|amount| Total::new(kind, amount).labelled(non_empty(&wrapping.name)));
            line.totals.extend(total);
        }
        lines.push(line);
    }
    for (index, item) in items.digital_items.iter().flatten().enumerate() {
        let path = format!("{within}line_items.digital_items[{index}]");
        lines.push(catalogue_line!(
            item,
            LineKind::Digital,
            &path,
            ids,
            &mut *said
        ));
    }
    for (index, item) in items.custom_items.iter().flatten().enumerate() {
        let path = format!("{within}line_items.custom_items[{index}]");
        said.unknown.note(&path, &item.extra);
        lines.push(custom_line(item, &path, &mut said.messages));
    }
    for (index, item) in items.gift_certificates.iter().flatten().enumerate() {
        let path = format!("{within}line_items.gift_certificates[{index}]");
        said.unknown.note(&path, &item.extra);
        lines.push(LineItem {
            id: item.id.as_deref().map(|id| Line::id(id, None, None)),
            name: item.name.clone(),
            quantity: quantity(
                item.quantity,
                format!("{path}.quantity"),
                &mut said.messages,
            ),
            unit_price: item.amount.clone(),
            ..LineItem::of_kind(LineKind::GiftCertificate)
        });
    }
    said.unknown
        .note(&format!("{within}line_items"), &items.extra);
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
        totals: totals([(TotalKind::Subtotal, item.extended_list_price.clone())]),
        image_url: non_empty(&item.image_url),
        ..LineItem::of_kind(LineKind::Custom)
    }
}

fn options(options: &Option<Vec<types::ItemOption>>) -> Vec<SelectedOption> {
    options
        .iter()
        .flatten()
        .map(|option| SelectedOption::new(option.name.clone(), option.value.clone()))
        .collect()
}

/// Promotions that the vendor wants the shopper to see.
fn banners(cart: &types::Cart, within: &str) -> Vec<Message> {
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
                Some(format!("{within}promotions.banners")),
            ))
        })
        .collect()
}
