//! What a vendor lacks.

use crate::{CartApi, Error, NewCart, Result, Vendor, Verb};

/// The refusal of a verb that the vendor lacks or that is not built, before anything is sent.
pub(super) fn unsupported<T>(api: &impl CartApi, verb: Verb) -> Result<T> {
    api.capabilities().require(api.vendor(), verb)?;
    // The capability says that the verb is there, and the mapping has nothing for it.
    Err(Error::not_built(api.vendor(), verb))
}

/// Refuses what a new cart says and the vendor's carts can't be told.
pub(super) fn refuse_told(vendor: Vendor, cart: &NewCart) -> Result<()> {
    let told = [
        ("currency", cart.currency.is_some()),
        ("locale", cart.locale.is_some()),
        ("customer", cart.customer.is_some()),
    ];
    match told.into_iter().find(|(_, told)| *told) {
        Some((field, _)) => Err(Error::invalid_request(
            vendor,
            field,
            "this vendor's carts take none: leave it out",
        )),
        None => Ok(()),
    }
}
