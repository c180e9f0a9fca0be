//! What is refused before anything is sent, whatever the vendor.

use crate::{CartApi, CartId, Error, NewCart, Result, Support, Vendor, Verb};

/// The vendor's own part of an id, which has to be one of its carts'.
pub(super) fn own_id(vendor: Vendor, id: &CartId) -> Result<&str> {
    match id.vendor() == vendor {
        true => Ok(id.as_str()),
        false => {
            let message = format!("`{id}` is a cart of {}", id.vendor());
            Err(Error::invalid_request(vendor, "cart id", message))
        }
    }
}

/// The refusal of a cart or a call without lines.
pub(super) fn no_lines(vendor: Vendor) -> Error {
    Error::invalid_request(vendor, "lines", "there are no lines: give at least one")
}

/// The refusal of a verb that the vendor lacks or that is not built, before anything is sent.
pub(super) fn unsupported<T>(api: &impl CartApi, verb: Verb) -> Result<T> {
    api.capabilities().require(api.vendor(), verb)?;
    // The capability says that the verb is there, and the mapping has nothing for it.
    Err(Error::not_built(api.vendor(), verb))
}

/// Refuses what a new cart says and the vendor's carts can't be told; `takes` names what they can.
pub(super) fn refuse_told(vendor: Vendor, cart: &NewCart, takes: &[&str]) -> Result<()> {
    let told = [
        ("currency", cart.currency.is_some()),
        ("locale", cart.locale.is_some()),
        ("customer", cart.customer.is_some()),
    ];
    let mut refused = told
        .into_iter()
        .filter(|(field, told)| *told && !takes.contains(field));
    match refused.next() {
        Some((field, _)) => {
            let is_set_later =
                field == "customer" && vendor.capability().set_customer == Support::Supported;
            let message = match is_set_later {
                true => {
                    "this vendor's carts take none when they are created: create the cart without, and set it by `set-customer`"
                }
                false => "this vendor's carts take none when they are created: leave it out",
            };
            Err(Error::invalid_request(vendor, field, message))
        }
        None => Ok(()),
    }
}
