//! Ours to theirs: what is checked here would otherwise cost a call to learn.

use cartwright_bigcommerce::types;

use super::VENDOR;
use crate::new_line::{check_price, check_quantity};
use crate::vendors::verbs::{no_lines, own_id};
use crate::{
    CartId, CustomLine, Customer, Error, GiftCertificateLine, LineChange, LineId, NewCart, NewLine,
    OptionChoice, Party, ProductLine, Result,
};

/// The UUID of one of BigCommerce's carts.
pub(super) fn cart_id(id: &CartId) -> Result<&str> {
    let own = own_id(VENDOR, id)?;
    match is_uuid(own) {
        true => Ok(own),
        false => Err(Error::invalid_request(
            VENDOR,
            "cart id",
            format!(
                "`{}` is not a UUID: use the id that the cart was answered with",
                crate::id::start_of(own)
            ),
        )),
    }
}

fn is_uuid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
        && groups
            .iter()
            .all(|group| group.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// A line's id: BigCommerce's own, with the product and variant of a catalogue line.
#[derive(Debug, PartialEq)]
pub(super) struct Line {
    pub(super) item_id: String,
    product: Option<(i64, Option<i64>)>,
}

impl Line {
    pub(super) fn id(item_id: &str, product_id: Option<i64>, variant_id: Option<i64>) -> LineId {
        let ids = [product_id, variant_id]
            .into_iter()
            .flatten()
            .map(|id| format!(":{id}"))
            .collect::<String>();
        LineId::from(format!("{item_id}{ids}"))
    }

    pub(super) fn parse(id: &LineId) -> Result<Self> {
        let malformed = || {
            let shown = crate::id::start_of(id.as_str());
            Error::invalid_request(
                VENDOR,
                "line id",
                format!("`{shown}` is not a line's id: use the id that the cart shows"),
            )
        };
        let mut parts = id.as_str().split(':');
        let item_id = parts
            .next()
            .filter(|id| is_uuid(id))
            .ok_or_else(malformed)?
            .to_owned();
        let ids = parts
            .map(|part| part.parse().map_err(|_| malformed()))
            .collect::<Result<Vec<i64>>>()?;
        let product = match ids[..] {
            [] => None,
            [product] => Some((product, None)),
            [product, variant] => Some((product, Some(variant))),
            _ => return Err(malformed()),
        };
        Ok(Self { item_id, product })
    }
}

pub(super) fn create(cart: &NewCart, channel_id: Option<i64>) -> Result<types::CartCreateRequest> {
    let lines = Lines::sort(&cart.lines)?;
    Ok(types::CartCreateRequest {
        customer_id: cart.customer.as_ref().map(customer_id).transpose()?,
        line_items: lines.products,
        custom_items: lines.custom,
        gift_certificates: lines.certificates,
        channel_id,
        // ISO 4217 has capitals; small letters fail at the vendor.
        currency: cart.currency.as_deref().map(|code| types::Currency {
            code: Some(code.to_ascii_uppercase()),
            ..Default::default()
        }),
        locale: cart.locale.clone(),
        ..Default::default()
    })
}

pub(super) fn add_lines(lines: &[NewLine]) -> Result<types::LineItemsAddRequest> {
    let lines = Lines::sort(lines)?;
    Ok(types::LineItemsAddRequest {
        line_items: lines.products,
        custom_items: lines.custom,
        gift_certificates: lines.certificates,
        ..Default::default()
    })
}

pub(super) fn update_line(
    line: &Line,
    change: &LineChange,
) -> Result<types::LineItemUpdateRequest> {
    let Some((product_id, variant_id)) = line.product else {
        return Err(Error::invalid_request(
            VENDOR,
            "line id",
            "only a catalogue line can be changed: remove this one and add another",
        ));
    };
    let Some(quantity) = change.quantity else {
        return Err(Error::invalid_request(
            VENDOR,
            "change.quantity",
            "BigCommerce wants the quantity with every change: set it, if only to what it is",
        ));
    };
    check_quantity(VENDOR, "change.quantity", quantity)?;
    check_price(VENDOR, "change.unit_price", change.unit_price.as_ref())?;
    let line_item = types::LineItemRequest {
        product_id,
        variant_id,
        quantity: wire_quantity(quantity)?,
        list_price: change.unit_price.clone(),
        gift_wrapping: None,
        name: None,
        option_selections: None,
        extra: Default::default(),
    };
    Ok(types::LineItemUpdateRequest {
        line_item: Some(line_item),
        ..Default::default()
    })
}

pub(super) fn set_customer(customer: &Customer) -> Result<types::CartUpdateRequest> {
    Ok(types::CartUpdateRequest {
        customer_id: Some(customer_id(customer)?),
        ..Default::default()
    })
}

/// BigCommerce writes a guest as customer 0.
fn customer_id(customer: &Customer) -> Result<i64> {
    match customer {
        Customer::Guest => Ok(0),
        Customer::Id(id) => number("customer id", id),
        Customer::Described(_) => Err(Error::invalid_request(
            VENDOR,
            "customer",
            "BigCommerce takes a customer by its id alone: create the customer in the store, and give the id",
        )),
    }
}

/// The three lists that BigCommerce keeps lines in.
#[derive(Default)]
struct Lines {
    products: Option<Vec<types::LineItemRequest>>,
    custom: Option<Vec<types::CustomItemRequest>>,
    certificates: Option<Vec<types::GiftCertificateRequest>>,
}

impl Lines {
    fn sort(lines: &[NewLine]) -> Result<Self> {
        if lines.is_empty() {
            return Err(no_lines(VENDOR));
        }
        let mut sorted = Self::default();
        for (index, line) in lines.iter().enumerate() {
            line.check(VENDOR, index)?;
            match line {
                NewLine::Product(line) => sorted
                    .products
                    .get_or_insert_default()
                    .push(product(line, index)?),
                NewLine::Custom(line) => sorted.custom.get_or_insert_default().push(custom(line)?),
                NewLine::GiftCertificate(line) => sorted
                    .certificates
                    .get_or_insert_default()
                    .push(certificate(line)?),
                other => return Err(other.unsupported(VENDOR, index)),
            }
        }
        Ok(sorted)
    }
}

fn product(line: &ProductLine, index: usize) -> Result<types::LineItemRequest> {
    let options = line
        .options
        .iter()
        .enumerate()
        .map(|(at, choice)| selection(choice, &format!("lines[{index}].options[{at}]")))
        .collect::<Result<Vec<_>>>()?;
    Ok(types::LineItemRequest {
        product_id: number(&format!("lines[{index}].product_id"), &line.product_id)?,
        variant_id: line
            .variant_id
            .as_deref()
            .map(|id| number(&format!("lines[{index}].variant_id"), id))
            .transpose()?,
        quantity: wire_quantity(line.quantity)?,
        list_price: line.unit_price.clone(),
        name: line.name.clone(),
        gift_wrapping: None,
        option_selections: (!options.is_empty()).then_some(options),
        extra: Default::default(),
    })
}

fn selection(choice: &OptionChoice, field: &str) -> Result<types::OptionSelection> {
    let (option_id, value) = match choice {
        OptionChoice::Value {
            option_id,
            value_id,
        } => (
            option_id,
            types::OptionValue::Number(number(field, value_id)?.into()),
        ),
        OptionChoice::Text { option_id, text } => {
            (option_id, types::OptionValue::Text(text.clone()))
        }
        OptionChoice::Date {
            option_id,
            year,
            month,
            day,
        } => {
            if !(1..=12).contains(month) || !(1..=31).contains(day) {
                return Err(Error::invalid_request(
                    VENDOR,
                    field,
                    format!("{year}-{month}-{day} is not a date"),
                ));
            }
            let date = types::DateOptionValue {
                day: format!("{day:02}"),
                month: format!("{month:02}"),
                year: year.to_string(),
                extra: Default::default(),
            };
            (option_id, types::OptionValue::DateOptionValue(date))
        }
    };
    Ok(types::OptionSelection {
        option_id: Some(number(field, option_id)?),
        option_value: Some(value),
        ..Default::default()
    })
}

fn custom(line: &CustomLine) -> Result<types::CustomItemRequest> {
    Ok(types::CustomItemRequest {
        name: Some(line.name.clone()),
        quantity: Some(wire_quantity(line.quantity)?),
        list_price: Some(line.unit_price.clone()),
        sku: line.sku.clone(),
        image_url: line.image_url.clone(),
        ..Default::default()
    })
}

fn certificate(line: &GiftCertificateLine) -> Result<types::GiftCertificateRequest> {
    Ok(types::GiftCertificateRequest {
        name: line.name.clone(),
        quantity: wire_quantity(line.quantity)?,
        amount: line.amount.clone(),
        theme: line.theme.as_str().into(),
        sender: contact(&line.sender),
        recipient: contact(&line.recipient),
        message: line.message.clone(),
        extra: Default::default(),
    })
}

fn contact(party: &Party) -> types::Contact {
    types::Contact {
        name: Some(party.name.clone()),
        email: Some(party.email.clone()),
        ..Default::default()
    }
}

fn wire_quantity(quantity: u64) -> Result<i64> {
    i64::try_from(quantity)
        .map_err(|_| Error::invalid_request(VENDOR, "quantity", "the quantity is too large"))
}

/// BigCommerce's ids of products, variants, options and customers are whole numbers.
fn number(field: &str, id: &str) -> Result<i64> {
    id.parse().ok().filter(|id| *id >= 0).ok_or_else(|| {
        Error::invalid_request(
            VENDOR,
            field,
            format!(
                "`{}` is not one of BigCommerce's ids: they are whole numbers",
                crate::id::start_of(id)
            ),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const UUID: &str = "6e193ce6-f327-4dcc-b75e-72cf6738525e";

    #[test]
    fn a_line_id_keeps_what_a_change_needs() {
        for (product, variant) in [(None, None), (Some(118), None), (Some(118), Some(140))] {
            let line = Line::parse(&Line::id(UUID, product, variant)).unwrap();
            assert_eq!(
                line,
                Line {
                    item_id: UUID.to_owned(),
                    product: product.map(|product| (product, variant))
                }
            );
        }
    }

    #[test]
    fn a_malformed_line_id_is_refused() {
        for id in [
            "",
            "x",
            "6e193ce6",
            &format!("{UUID}:x"),
            &format!("{UUID}:1:2:3"),
            &format!("{UUID}:"),
            "../../catalog",
        ] {
            assert!(Line::parse(&LineId::from(id)).is_err(), "{id}");
        }
    }

    #[test]
    fn a_malformed_cart_id_is_refused() {
        for id in [
            "..",
            "x",
            "6e193ce6-f327-4dcc-b75e-72cf6738525g",
            "6e193ce6f3274dccb75e72cf6738525e",
        ] {
            let id = CartId::new(VENDOR, id).unwrap();
            assert!(cart_id(&id).is_err(), "{id}");
        }
    }
}
