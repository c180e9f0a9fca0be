//! What is known to have happened, and what to do next: in sentences, by kind and verb.

use std::time::Duration;

use super::{Error, ErrorKind};
use crate::{RetryState, Support, Verb};

/// What is known of the effect that the request which failed was to have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// The request did not leave.
    NotSent,
    /// The vendor has not carried it out: it refused, or it was not reached.
    NotDone,
    /// The vendor may have carried it out.
    Unknown,
}

/// What a verb does, as something that is done.
pub(super) fn done(verb: Option<Verb>) -> &'static str {
    match verb {
        Some(Verb::Create) => "the cart was created",
        Some(Verb::Get) => "the cart was read",
        Some(Verb::AddLines) => "the lines were added",
        Some(Verb::UpdateLine) => "the line was changed",
        Some(Verb::RemoveLine) => "the line was removed",
        Some(Verb::Delete) => "the cart was deleted",
        Some(Verb::Checkout) => "the checkout was prepared",
        Some(Verb::SetCustomer) => "the customer was set",
        Some(Verb::PlaceOrder) => "the order was placed",
        None => "the call was carried out",
    }
}

fn not_done(verb: Option<Verb>) -> &'static str {
    match verb {
        Some(Verb::Create) => "no cart was created",
        Some(Verb::Get) => "no cart was read",
        Some(Verb::AddLines) => "no line was added",
        Some(Verb::UpdateLine) => "the line was not changed",
        Some(Verb::RemoveLine) => "the line was not removed",
        Some(Verb::Delete) => "the cart was not deleted",
        Some(Verb::Checkout) => "no checkout was prepared",
        Some(Verb::SetCustomer) => "the customer was not set",
        Some(Verb::PlaceOrder) => "no order was placed",
        None => "the call was not carried out",
    }
}

impl Error {
    /// Nobody knows whether this was done, and doing it again may do it twice.
    pub(super) fn what_is_open(&self) -> Option<&str> {
        let is_open = self.0.retry == RetryState::Unknown;
        let part = self.0.unsure_whether.as_deref();
        is_open.then(|| part.unwrap_or_else(|| done(self.0.verb)))
    }

    /// What is known to have happened, and what is not, in a sentence or two.
    pub fn outcome(&self) -> String {
        let verb = self.0.verb;
        if let Some(open) = self.what_is_open() {
            let before = self
                .cart()
                .map(|cart| format!(" What came before it is done, on the cart {cart}."));
            return format!(
                "It is not known whether {open}.{}",
                before.unwrap_or_default()
            );
        }
        if let Some(cart) = self.cart() {
            return format!(
                "A part of the call is done, on the cart {cart}: {}.",
                self.0.message
            );
        }
        let not_done = not_done(verb);
        match self.0.effect {
            Effect::NotSent => format!("Nothing was sent: {not_done}."),
            // Nothing that a reader could have changed.
            _ if verb == Some(Verb::Get) => format!("{}.", capitalised(not_done)),
            Effect::NotDone => format!("{}.", capitalised(not_done)),
            Effect::Unknown => {
                let done = done(verb);
                format!("It is not known whether {done}; repeating the call can't do it twice.")
            }
        }
    }

    /// What to do next, in a sentence or two. Ids that are needed for it stand in it.
    pub fn advice(&self) -> String {
        let mut advice = match self.what_is_open() {
            Some(_) => self.look_first(),
            None => self.next(),
        };
        if let Some(cart) = self.cart() {
            advice =
                format!("Go on with the cart {cart}, on which the first part is done. {advice}");
        }
        let is_the_vendors = self.what_is_open().is_some()
            || matches!(
                self.0.kind,
                ErrorKind::VendorFailure | ErrorKind::UnexpectedResponse
            );
        if let Some(id) = self.request_id().filter(|_| is_the_vendors) {
            advice.push_str(&format!(
                " The vendor's support can look up the request {id}."
            ));
        }
        advice
    }

    /// How to find out whether it was done.
    fn look_first(&self) -> String {
        let cart = match (self.cart(), self.concerns()) {
            (Some(cart), _) | (None, Some(cart)) => format!("the cart {cart}"),
            (None, None) => "the cart".to_owned(),
        };
        let can_read = self
            .vendor()
            .is_some_and(|vendor| vendor.capability().of(Verb::Get) == Support::Supported);
        let read = match can_read {
            true => format!("read {cart}"),
            false => {
                format!("look at {cart} in the vendor's own pages, since its API can't read carts")
            }
        };
        match self.0.verb {
            Some(Verb::Create) if self.cart().is_none() => {
                "Before creating it again, look in the vendor's own pages for a cart with these lines: a second call makes a second cart.".to_owned()
            }
            Some(Verb::Create | Verb::AddLines) => {
                format!("Before adding the lines again, {read}, and see which lines it has: a second call adds them twice.")
            }
            Some(Verb::SetCustomer) => {
                format!("Before setting the customer again, {read}, and see whose it is: a second call may make a second record.")
            }
            Some(Verb::PlaceOrder) => {
                format!("Before ordering again, look in the vendor's own pages for an order of {cart}: a second call may order, and charge, twice.")
            }
            Some(Verb::Checkout) => {
                format!("Ask for the checkout of {cart} again: an address that this call may have made is one that nobody knows.")
            }
            _ => {
                let asked = self.asked().map(|(method, path)| format!(" ({method} {path})"));
                format!(
                    "Before repeating the call{}, look at the vendor whether it was done: a second one may do it twice.",
                    asked.unwrap_or_default()
                )
            }
        }
    }

    fn next(&self) -> String {
        let field = self.field().map(|field| format!("`{field}`"));
        let again = match self.retry_after() {
            Some(wait) => format!("call again in {}", seconds(wait)),
            None => "call again later".to_owned(),
        };
        match self.0.kind {
            ErrorKind::Unsupported => {
                "Ask `capabilities` first which verbs the vendor has, and give it only lines of the kinds that it takes.".to_owned()
            }
            ErrorKind::NotBuilt => "Send it by the vendor's generated client, or as a raw request.".to_owned(),
            ErrorKind::InvalidConfig => match field {
                Some(field) => format!("Correct the setting {field}."),
                None => "Correct the configuration.".to_owned(),
            },
            ErrorKind::InvalidRequest => match field {
                Some(field) => format!("Correct {field}, and call again."),
                None => "Correct the request as the message says, and call again.".to_owned(),
            },
            ErrorKind::OutOfStock => "Offer a smaller quantity or another product.".to_owned(),
            ErrorKind::Unauthenticated => {
                "Check that the credentials belong to this account and have not been revoked.".to_owned()
            }
            ErrorKind::PermissionDenied => {
                "Compare what the credentials may do with what the vendor's documentation asks for this call.".to_owned()
            }
            ErrorKind::NotFound => match self.0.verb {
                Some(Verb::Delete) => "Nothing is left to delete.".to_owned(),
                Some(Verb::UpdateLine | Verb::RemoveLine) => {
                    "Read the cart to see which lines it has; if it is gone itself, create a new one.".to_owned()
                }
                _ => "Check the id; if it is right, the cart has ended: create a new one.".to_owned(),
            },
            ErrorKind::Conflict => "Read the cart again, and repeat the change.".to_owned(),
            ErrorKind::RateLimited => format!("Make fewer calls at a time, and {again}."),
            ErrorKind::VendorFailure => format!("{}.", capitalised(&again)),
            ErrorKind::Unreachable if self.is_timeout() => {
                "Call again later, or give the call more time.".to_owned()
            }
            ErrorKind::Unreachable => {
                "Check the address, the network, a proxy and the certificates, and call again.".to_owned()
            }
            ErrorKind::OutcomeUnknown | ErrorKind::UnexpectedResponse => {
                "Compare the answer with the vendor's documentation: its API, or something in between, may have changed.".to_owned()
            }
        }
    }
}

/// A time as people read it, rounded up: a second too early is too early.
pub(crate) fn seconds(time: Duration) -> String {
    let rounded = time.as_secs() + u64::from(time.subsec_nanos() > 0);
    format!("{rounded} s")
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}
