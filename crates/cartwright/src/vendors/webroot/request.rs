//! Ours to theirs.

use cartwright_webroot::types;

use super::VENDOR;
use crate::vendors::verbs::{no_lines, refuse_told};
use crate::{Error, License, LicenseLine, NewCart, NewLine, NewOrder, Result};

/// What the configuration gives where a cart says nothing.
#[derive(Clone, Debug)]
pub(super) struct Defaults {
    pub(super) order_type: String,
    pub(super) locale: String,
}

pub(super) fn create(cart: &NewCart, defaults: &Defaults) -> Result<types::CartCreateRequest> {
    refuse_told(VENDOR, cart, &["locale"])?;
    if cart.lines.is_empty() {
        return Err(no_lines(VENDOR));
    }
    let (mut by_attributes, mut by_key) = (Vec::new(), Vec::new());
    for (index, line) in cart.lines.iter().enumerate() {
        line.check(VENDOR, index)?;
        let NewLine::License(line) = line else {
            return Err(line.unsupported(VENDOR, index));
        };
        match &line.license {
            License::Category(category) => by_attributes.push(new_license(line, category, index)?),
            License::Key { key, category } => {
                by_key.push(more_of(line, key, category.as_deref(), index)?)
            }
        }
    }
    Ok(types::CartCreateRequest {
        type_of_order: defaults.order_type.as_str().into(),
        locale: cart
            .locale
            .clone()
            .unwrap_or_else(|| defaults.locale.clone()),
        items_by_attributes: (!by_attributes.is_empty()).then_some(by_attributes).into(),
        items_by_license_key: (!by_key.is_empty()).then_some(by_key).into(),
        extra: Default::default(),
    })
}

/// The fields that both kinds of line have: two generated types, so no function can fill both.
macro_rules! with_terms {
    ($type:path, $line:ident, { $($field:ident: $value:expr),* $(,)? }) => {{
        let line = $line;
        $type {
            $($field: $value,)*
            years: line.years.clone(),
            expiration_date: line.expires_at.clone().into(),
            vendor_order_item_code: line.reference.clone().into(),
            cart_item_bundle_id: line.bundle.into(),
            item_hierarchy_id: line.hierarchy.into(),
            license_attribute_value: line.attribute.into(),
            license_keycode_type_id: line.keycode_type.into(),
            product_platform_id: line.platform.into(),
            product_pricing_level_id: line.pricing_level.into(),
            retention_model_id: line.retention.into(),
            usage_pricing_model_id: line.pricing_model.into(),
            vault_id: line.vault.into(),
            extra: Default::default(),
        }
    }};
}

fn new_license(
    line: &LicenseLine,
    category: &str,
    index: usize,
) -> Result<types::ItemByAttributes> {
    let field = |name: &str| format!("lines[{index}].{name}");
    let seats = line.seats.ok_or_else(|| {
        Error::invalid_request(
            VENDOR,
            &field("seats"),
            "a new licence needs a number of seats",
        )
    })?;
    let seats = wire_seats(seats, &field("seats"))?;
    let category = filled(category, &field("category"))?;
    filled(&line.years, &field("years"))?;
    Ok(
        with_terms!(types::ItemByAttributes, line, { license_category_name: category, license_seats: seats }),
    )
}

fn more_of(
    line: &LicenseLine,
    key: &str,
    category: Option<&str>,
    index: usize,
) -> Result<types::ItemByLicenseKey> {
    let field = |name: &str| format!("lines[{index}].{name}");
    let seats = line
        .seats
        .map(|seats| wire_seats(seats, &field("seats")))
        .transpose()?;
    let key = filled(key, &field("key"))?;
    filled(&line.years, &field("years"))?;
    Ok(with_terms!(types::ItemByLicenseKey, line, {
        keycode: key,
        license_category_name: category.map(str::to_owned).into(),
        license_seats: seats.into(),
    }))
}

/// An order of the cart with this code, to be paid in the only way that is documented.
pub(super) fn order(code: &str, order: &NewOrder) -> Result<types::OrderCreateRequest> {
    let field = "purchase_order";
    let number = order.purchase_order.as_deref().ok_or_else(|| {
        let message = "missing: the vendor bills a purchase order, so give your number of it";
        Error::invalid_request(VENDOR, field, message)
    })?;
    Ok(types::OrderCreateRequest {
        vendor_order_code: code.to_owned(),
        payment_method: types::PaymentMethod::PurchaseOrder,
        purchase_order: Some(filled(number, field)?),
        extra: Default::default(),
    })
}

pub(super) fn filled(text: &str, field: &str) -> Result<String> {
    match text.trim().is_empty() {
        false => Ok(text.to_owned()),
        true => Err(Error::invalid_request(VENDOR, field, "it is empty")),
    }
}

fn wire_seats(seats: u64, field: &str) -> Result<i64> {
    crate::new_line::check_quantity(VENDOR, field, seats)?;
    i64::try_from(seats)
        .map_err(|_| Error::invalid_request(VENDOR, field, "the number of seats is too large"))
}
