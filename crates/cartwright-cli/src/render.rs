//! What is written to standard output.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind, Write};

use cartwright::{Capability, Cart, CartId, Checkout, Error, FieldRow, Order, Setting, Vendor};
use serde::Serialize;

use crate::args::Output;
use crate::failure::Failure;
use crate::table;

/// What a cart command answers.
pub(crate) enum Answer {
    Cart(Box<Cart>),
    /// What was created at each vendor, and why it was not at the others.
    Everywhere {
        carts: Vec<Cart>,
        failures: Vec<Error>,
    },
    GoneWithLastLine(CartId),
    Deleted(CartId),
    Checkout(Checkout),
    Order(Box<Order>),
}

impl From<Cart> for Answer {
    fn from(cart: Cart) -> Self {
        Self::Cart(Box::new(cart))
    }
}

/// What is to be known about a vendor before speaking to it.
#[derive(Serialize)]
pub(crate) struct VendorEntry {
    pub(crate) vendor: Vendor,
    pub(crate) capability: Capability,
    pub(crate) fields: Vec<FieldRow>,
    pub(crate) settings: &'static [Setting],
}

pub(crate) fn answer(answer: &Answer, output: Output) -> Result<(), Failure> {
    match (output, answer) {
        (Output::Json, Answer::Cart(cart)) => json(cart),
        (Output::Json, Answer::Everywhere { carts, .. }) => {
            let by_vendor = carts.iter().map(|cart| (cart.id.vendor(), cart));
            json(&by_vendor.collect::<BTreeMap<_, _>>())
        }
        (Output::Json, Answer::Checkout(checkout)) => json(checkout),
        (Output::Json, Answer::Order(order)) => json(order),
        (Output::Json, Answer::GoneWithLastLine(_) | Answer::Deleted(_)) => json(&()),
        (Output::Table, Answer::Cart(cart)) => text(&table::cart(cart)),
        (Output::Table, Answer::Everywhere { carts, .. }) if carts.is_empty() => Ok(()),
        (Output::Table, Answer::Everywhere { carts, .. }) => text(&table::carts(carts)),
        (Output::Table, Answer::Checkout(checkout)) => text(&table::checkout(checkout)),
        (Output::Table, Answer::Order(order)) => text(&table::order(order)),
        (Output::Table, Answer::GoneWithLastLine(id)) => {
            text(&format!("{id} is gone: that was its last line"))
        }
        (Output::Table, Answer::Deleted(id)) => text(&format!("{id} is deleted")),
    }
}

pub(crate) fn vendors(entries: &[VendorEntry], output: Output) -> Result<(), Failure> {
    match output {
        Output::Table => text(&table::vendors(entries)),
        Output::Json => json(entries),
    }
}

pub(crate) fn json(value: &(impl Serialize + ?Sized)) -> Result<(), Failure> {
    let mut json = serde_json::to_vec_pretty(value)
        .map_err(|error| Failure::io(format!("the answer has no JSON form: {error}")))?;
    json.push(b'\n');
    to_stdout(&json)
}

pub(crate) fn text(text: &str) -> Result<(), Failure> {
    to_stdout(format!("{text}\n").as_bytes())
}

/// Writes and flushes. A reader that left has what it wanted, so it is no failure.
pub(crate) fn to_stdout(bytes: &[u8]) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::io(format!("standard output: {error}")))
        }
        _ => Ok(()),
    }
}

/// The text with blanks for control characters: what a vendor says neither breaks a table nor
/// drives a terminal.
pub(crate) fn one_line(text: &str) -> String {
    text.chars()
        .map(|character| {
            if character.is_control() {
                ' '
            } else {
                character
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_become_blanks() {
        assert_eq!(one_line("a\nb\u{1b}[31mc\u{9b}d"), "a b [31mc d");
    }
}
