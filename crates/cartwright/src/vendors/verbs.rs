//! What a vendor lacks.

use crate::{CartApi, Error, NewCart, Result, Vendor, Verb};

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
            let message = "this vendor's carts take none when they are created: leave it out";
            Err(Error::invalid_request(vendor, field, message))
        }
        None => Ok(()),
    }
}
