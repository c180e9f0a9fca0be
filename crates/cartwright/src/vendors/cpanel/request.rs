//! Ours to theirs.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cartwright_cpanel::types;
use serde_json::{Map, Value, json};

use super::VENDOR;
use crate::vendors::verbs::{no_lines, own_id, refuse_told};
use crate::{CartId, Error, NewCart, NewLine, ProviderItemLine, Result};

/// The id that a cart gets: the order, and the address that only its first answer has, in a form that no shell and no URL takes apart.
pub(super) fn id(order: &str, checkout_url: Option<&str>) -> String {
    match checkout_url {
        Some(url) => format!("{order}.{}", URL_SAFE_NO_PAD.encode(url)),
        None => order.to_owned(),
    }
}

/// The order and the address of its checkout.
pub(super) fn order(id: &CartId) -> Result<(&str, String)> {
    let own = own_id(VENDOR, id)?;
    let parts = own.rsplit_once('.').and_then(|(order, url)| {
        let url = String::from_utf8(URL_SAFE_NO_PAD.decode(url).ok()?).ok()?;
        let is_address = url.starts_with("https://") || url.starts_with("http://");
        (!order.is_empty() && is_address).then_some((order, url))
    });
    parts.ok_or_else(|| {
        let shown = crate::id::start_of(id.as_str());
        let message = format!(
            "`{shown}` carries no address of a checkout: use the whole id that the cart was answered with"
        );
        Error::invalid_request(VENDOR, "cart id", message)
    })
}

/// One JSON text for each line.
pub(super) fn items(cart: &NewCart) -> Result<Vec<String>> {
    refuse_told(VENDOR, cart, &[])?;
    if cart.lines.is_empty() {
        return Err(no_lines(VENDOR));
    }
    cart.lines
        .iter()
        .enumerate()
        .map(|(index, line)| {
            line.check(VENDOR, index)?;
            match line {
                NewLine::ProviderItem(line) => item(line, index),
                other => Err(other.unsupported(VENDOR, index)),
            }
        })
        .collect()
}

fn item(line: &ProviderItemLine, index: usize) -> Result<String> {
    if line.product_id.is_empty() {
        return Err(Error::invalid_request(
            VENDOR,
            &format!("lines[{index}].product_id"),
            "the product's id is empty",
        ));
    }
    // What a provider wants beside the product is its own matter; these are the keys of the vendor's example.
    let price = line.price.as_ref().map(serde_json::to_value).transpose();
    let price = price.map_err(|error| {
        Error::invalid_request(VENDOR, &format!("lines[{index}].price"), error.to_string())
    })?;
    let keys = [
        ("order_item_id", line.order_item_id.map(|id| json!(id))),
        (
            "description",
            line.description.as_ref().map(|text| json!(text)),
        ),
        ("price", price),
    ];
    let extra: Map<String, Value> = keys
        .into_iter()
        .filter_map(|(key, value)| Some((key.to_owned(), value?)))
        .collect();
    let item = types::CartItem {
        product_id: line.product_id.as_str().into(),
        extra,
    };
    serde_json::to_string(&item).map_err(|error| {
        Error::invalid_request(VENDOR, &format!("lines[{index}]"), error.to_string())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_carts_id_carries_the_address_of_its_checkout() {
        let url = "https://store.example/pay?a=1&b=2|3";
        let id = CartId::new(VENDOR, id("12.34", Some(url))).unwrap();
        assert_eq!(order(&id).unwrap(), ("12.34", url.to_owned()));
        let safe = |c: char| c.is_ascii_alphanumeric() || ".-_:".contains(c);
        assert!(id.to_string().chars().all(safe), "{id}");
    }

    #[test]
    fn an_id_without_an_address_is_refused() {
        for text in [
            "1234567",
            "1234567.",
            ".aHR0cHM",
            "1234567.!!",
            "1234567.AAAA",
        ] {
            let id = CartId::new(VENDOR, text).unwrap();
            assert!(order(&id).is_err(), "{text}");
        }
    }
}
