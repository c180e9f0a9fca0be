//! Reading a vendor's values into ours: what does not fit becomes a message, and is lost nowhere, because the vendor's answer stands beside the cart.

use cartwright_runtime::{Decimal, FlexibleText};

use super::amount;
use crate::{CartId, Error, ErrorKind, Message, Result, Severity, Total, TotalKind, Vendor};

/// What a mapping could not express.
pub(super) fn unreadable(path: impl Into<String>, what: &str, text: &str) -> Message {
    let shown = crate::id::start_of(text);
    let text = format!("`{shown}` is not {what}; the vendor's answer keeps it");
    Message::new(Severity::Warning, "unreadable", text, Some(path.into()))
}

/// A quantity of at least 1.
pub(super) fn quantity(
    quantity: Option<i64>,
    path: impl Into<String>,
    messages: &mut Vec<Message>,
) -> Option<u64> {
    let quantity = quantity?;
    let counted = u64::try_from(quantity)
        .ok()
        .filter(|quantity| *quantity > 0);
    if counted.is_none() {
        messages.push(unreadable(path, "a quantity", &quantity.to_string()));
    }
    counted
}

/// An amount that may be written for people.
pub(super) fn text_amount(
    text: Option<&FlexibleText>,
    path: impl Into<String>,
    messages: &mut Vec<Message>,
) -> Option<Decimal> {
    let text = text?;
    let amount = amount::parse(text.as_str());
    if amount.is_none() {
        messages.push(unreadable(path, "an amount", text.as_str()));
    }
    amount
}

/// The totals that the vendor states.
pub(super) fn totals<const N: usize>(stated: [(TotalKind, Option<Decimal>); N]) -> Vec<Total> {
    stated
        .into_iter()
        .filter_map(|(kind, amount)| Some(Total::new(kind, amount?)))
        .collect()
}

/// The cart's id in an answer.
pub(super) fn cart_id(vendor: Vendor, id: Option<&str>, path: &str) -> Result<CartId> {
    let id = id
        .filter(|id| !id.is_empty())
        .ok_or_else(|| no_cart(vendor, path))?;
    CartId::new(vendor, id).map_err(|_| no_cart(vendor, path))
}

/// An answer that the vendor calls a success and that has no cart where one is documented.
pub(super) fn no_cart(vendor: Vendor, path: &str) -> Error {
    Error::new(ErrorKind::UnexpectedResponse, "the answer has no cart here")
        .vendor_is(vendor)
        .field_is(path)
}

/// Text that says something.
pub(super) fn non_empty(text: &Option<String>) -> Option<String> {
    text.clone().filter(|text| !text.is_empty())
}
