//! Errors and notes for a reader: a sentence that says what failed, and below it, by labels, all that is known.
//!
//! An outcome that nobody knows begins with `unknown:`, and nothing else does.

use std::fmt::Write as _;

use cartwright::{Error, ErrorKind, RetryState, Verb};

use crate::layout::{columns, labelled, one_line, paragraph};

/// How much of a body is shown: enough to see what it is.
const BODY: usize = 300;

/// Whether nobody knows if the vendor did what it was asked.
pub(crate) fn is_unknown(error: &Error) -> bool {
    error.retry() == RetryState::Unknown
}

/// An error of the program's own.
pub(crate) fn own_error(message: &str, width: usize) -> String {
    paragraph("error: ", 2, message, width)
}

/// A remark.
pub(crate) fn note(message: &str, width: usize) -> String {
    paragraph("note: ", 2, message, width)
}

/// An error of a cart operation.
pub(crate) fn error(error: &Error, width: usize) -> String {
    let head = match is_unknown(error) {
        true => paragraph("unknown: ", 2, &error.outcome(), width),
        false => paragraph("error: ", 2, &what_failed(error), width),
    };
    let facts = labelled(&facts(error), 2, width);
    format!("{head}\n{facts}")
}

/// What was attempted, and why it was not done.
fn what_failed(error: &Error) -> String {
    let mut text = match (error.vendor(), error.verb()) {
        (Some(vendor), Some(verb)) => format!("can't {} at {vendor}: ", attempt(verb)),
        (Some(vendor), None) if !error.message().starts_with(vendor.as_str()) => {
            format!("{vendor}: ")
        }
        _ => String::new(),
    };
    if error.status().is_none()
        && let Some(field) = error.field()
    {
        let _ = write!(text, "{field}: ");
    }
    text.push_str(error.message());
    text
}

fn attempt(verb: Verb) -> &'static str {
    match verb {
        Verb::Create => "create a cart",
        Verb::Get => "read the cart",
        Verb::AddLines => "add lines",
        Verb::UpdateLine => "change the line",
        Verb::RemoveLine => "remove the line",
        Verb::Delete => "delete the cart",
        Verb::Checkout => "prepare the checkout",
        Verb::SetCustomer => "set the customer",
        Verb::PlaceOrder => "place the order",
        _ => "do it",
    }
}

fn facts(error: &Error) -> Vec<(String, String)> {
    let mut facts = Vec::new();
    let mut add = |label: &str, value: String| facts.push((label.to_owned(), one_line(&value)));
    let said = |text: &str| error.message().contains(text);
    if is_unknown(error) {
        add("reason", error.message().to_owned());
    }
    if let Some(asked) = asked(error) {
        add("asked", asked);
    }
    if let Some(cart) = error.concerns() {
        add("cart", cart.to_string());
    }
    if let Some(status) = error.status() {
        add("answer", format!("HTTP {status}"));
    }
    if let Some(code) = error.code().filter(|code| !said(code)) {
        add("code", code.to_owned());
    }
    if let Some(field) = error
        .field()
        .filter(|field| error.status().is_some() && !said(field))
    {
        add("field", field.to_owned());
    }
    let words = error.vendor_message();
    if let Some(words) = words.filter(|words| !said(words)) {
        add("vendor says", words.to_owned());
    }
    for detail in error.details() {
        let known =
            said(&detail.message) || words.is_some_and(|words| words.contains(&detail.message));
        if detail.message.is_empty() || !known {
            add("detail", detail.to_string());
        }
    }
    if words.is_none()
        && let Some(body) = error.body().filter(|body| !body.is_empty())
    {
        add("body", beginning(body));
    }
    if let Some(id) = error.request_id() {
        add("request id", id.to_owned());
    }
    if !is_unknown(error) {
        add("outcome", error.outcome());
    }
    add("next", next(error));
    facts
}

/// The vendor's operation, the call, and how often it was sent.
fn asked(error: &Error) -> Option<String> {
    let mut text = error.operation()?.to_owned();
    if let Some(vendor) = error.vendor() {
        let _ = write!(text, " of {vendor}");
    }
    if let Some((method, path)) = error.asked() {
        let _ = write!(text, ", {method} {path}");
    }
    match error.attempts() {
        0 => text.push_str(", not sent"),
        1 => text.push_str(", sent once"),
        times => {
            let _ = write!(text, ", sent {times} times");
        }
    }
    Some(text)
}

/// What to do next, with the commands for it.
fn next(error: &Error) -> String {
    if error.kind() == ErrorKind::InvalidConfig {
        return settings_hint().to_owned();
    }
    let mut advice = error.advice();
    if let Some(wait) = error.retry_after()
        && !advice.contains(" s.")
    {
        let _ = write!(
            advice,
            " The vendor asks to wait {} s.",
            wait.as_secs_f64().ceil()
        );
    }
    let cart = error.cart().or(error.concerns());
    let can_read = |vendor: cartwright::Vendor| {
        vendor.capability().of(Verb::Get) == cartwright::Support::Supported
    };
    if is_unknown(error)
        && let Some(cart) = cart.filter(|cart| can_read(cart.vendor()))
    {
        let _ = write!(advice, " `cart get {cart}` shows the cart.");
    }
    advice
}

/// How settings are given.
pub(crate) fn settings_hint() -> &'static str {
    match cfg!(feature = "sandbox") {
        true => {
            "`cart vendors` lists the settings, which --credentials can take from a file; --sandbox needs none."
        }
        false => "`cart vendors` lists the settings, which --credentials can take from a file.",
    }
}

/// The beginning of a body.
fn beginning(body: &[u8]) -> String {
    let head = body.get(..4 * BODY).unwrap_or(body);
    let text = String::from_utf8_lossy(head);
    let mut start: String = text.chars().take(BODY).collect();
    if text.chars().count() > BODY || head.len() < body.len() {
        start.push('…');
    }
    start
}

/// A refusal of clap's, which wraps its help and not its errors.
pub(crate) fn refusal(text: &str, width: usize) -> String {
    let wrapped = text.lines().map(|line| {
        let words = line.trim_start();
        let indent = columns(line) - columns(words);
        paragraph(&" ".repeat(indent), indent + 2, words, width)
    });
    wrapped.collect::<Vec<_>>().join("\n")
}
