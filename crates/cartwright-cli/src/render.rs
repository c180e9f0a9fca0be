//! What is written to standard output.

use std::io::{self, ErrorKind, Write};

use cartwright::{Cart, CartId, Checkout, Error, Order, Vendor};
use serde::Serialize;

use crate::args::Output;
use crate::failure::Failure;
use crate::json::{self, Content};
use crate::layout::{self, one_line};
use crate::table;
use crate::vendor_table;

/// How a result is written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Form {
    pub(crate) output: Output,
    /// Whether the vendor's own answer stands in the JSON.
    pub(crate) vendor_response: bool,
}

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

impl Answer {
    /// What the answer is about, for when it can't be shown.
    pub(crate) fn id(&self) -> Option<String> {
        Some(match self {
            Self::Cart(cart) => format!("the cart is {}", cart.id),
            Self::Order(order) => format!("the order is {}", order.id),
            Self::GoneWithLastLine(id) | Self::Deleted(id) => format!("the cart {id} is gone"),
            Self::Everywhere { .. } | Self::Checkout(_) => return None,
        })
    }
}

pub(crate) fn answer(answer: &Answer, form: Form) -> Result<(), Failure> {
    match form.output {
        Output::Json => as_json(answer, form.vendor_response),
        Output::Table => for_reader(answer, layout::of_stdout()),
    }
}

fn as_json(answer: &Answer, with_response: bool) -> Result<(), Failure> {
    match answer {
        Answer::Cart(cart) => document(json::Cart::new(cart, with_response)),
        Answer::Everywhere { carts, .. } => document(json::Carts::new(carts, with_response)),
        Answer::Checkout(checkout) => document(json::Checkout::new(checkout, with_response)),
        Answer::Order(order) => document(json::Order::new(order, with_response)),
        Answer::GoneWithLastLine(id) => document(json::Gone::with_last_line(id)),
        Answer::Deleted(id) => document(json::Gone::deleted(id)),
    }
}

fn for_reader(answer: &Answer, width: usize) -> Result<(), Failure> {
    let said = |id: &CartId, what: &str| {
        let id = one_line(&id.to_string());
        layout::paragraph("", 0, &format!("{id} {what}"), width)
    };
    text(&match answer {
        Answer::Cart(cart) => table::cart(cart, width),
        Answer::Everywhere { carts, .. } if carts.is_empty() => return Ok(()),
        Answer::Everywhere { carts, .. } => table::carts(carts, width),
        Answer::Checkout(checkout) => table::checkout(checkout, width),
        Answer::Order(order) => table::order(order, width),
        Answer::GoneWithLastLine(id) => said(id, "is gone: that was its last line"),
        Answer::Deleted(id) => said(id, "is deleted"),
    })
}

pub(crate) fn vendors(vendors: &[Vendor], output: Output) -> Result<(), Failure> {
    match output {
        Output::Table => text(&vendor_table::vendors(vendors, layout::of_stdout())),
        Output::Json => document(json::Vendors::new(vendors)),
    }
}

/// A document of the program's own form.
pub(crate) fn document(content: impl Content) -> Result<(), Failure> {
    json(&content.document())
}

/// A document in one line, so that a program knows when it has read all.
#[cfg(feature = "sandbox")]
pub(crate) fn document_in_one_line(content: impl Content) -> Result<(), Failure> {
    text(&json::text(&content.document(), true).map_err(no_json)?)
}

pub(crate) fn json(value: &(impl Serialize + ?Sized)) -> Result<(), Failure> {
    text(&json::text(value, false).map_err(no_json)?)
}

fn no_json(error: serde_json::Error) -> Failure {
    Failure::io(format!("the result has no JSON form: {error}"))
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
