//! From a failed call to an [`Error`]: the HTTP status decides the kind, then the vendor's body gives its code and words.

mod classify;
mod subject;
#[cfg(test)]
mod tests;
pub(super) mod words;

use cartwright_runtime::{
    Error as CallError, Operation, RawResponse, ResponseValue, Retry, Session,
};
use reqwest::Method;
use reqwest::header::HeaderMap;
use serde_json::Value;

use crate::error::{Effect, Said, seconds};
use crate::{Cart, CartId, Checkout, Error, ErrorKind, Order, Result, RetryState, Vendor, Verb};
use classify::Call;
pub(super) use words::Words;

/// A vendor's answers, read alike but for what its error bodies say.
pub(super) struct Answers {
    pub(super) vendor: Vendor,
    pub(super) words: fn(&Value) -> Words,
}

/// What a mapping makes of an answer.
pub(super) trait OfCart {
    /// The cart that the answer is of, where it says so.
    fn cart_id(&self) -> Option<&str>;
}

impl OfCart for Cart {
    fn cart_id(&self) -> Option<&str> {
        Some(self.id.as_str())
    }
}

impl OfCart for Option<Cart> {
    fn cart_id(&self) -> Option<&str> {
        self.as_ref().map(|cart| cart.id.as_str())
    }
}

impl OfCart for Checkout {
    fn cart_id(&self) -> Option<&str> {
        None
    }
}

/// The documentation of the only vendor that places orders says that an order keeps its cart's code.
impl OfCart for Order {
    fn cart_id(&self) -> Option<&str> {
        Some(&self.id)
    }
}

impl Answers {
    /// What a typed call about this cart answered.
    pub(super) fn read_of<T, E>(
        &self,
        cart: &CartId,
        answer: Result<ResponseValue<T>, CallError<E>>,
    ) -> Result<T>
    where
        E: std::fmt::Debug + Send + Sync + 'static,
    {
        self.made(Some(cart), answer, Ok)
    }

    /// What a typed call answered, in our words. Where it has none for the answer, the error keeps the whole of it: the vendor may have acted.
    pub(super) fn map<T, E, C>(
        &self,
        answer: Result<ResponseValue<T>, CallError<E>>,
        ours: impl FnOnce(T) -> Result<C>,
    ) -> Result<C>
    where
        E: std::fmt::Debug + Send + Sync + 'static,
    {
        self.made(None, answer, ours)
    }

    /// As [`Answers::map`], of a call about this cart. An answer that is of another cart is an error.
    pub(super) fn map_of<T, E, C: OfCart>(
        &self,
        cart: &CartId,
        answer: Result<ResponseValue<T>, CallError<E>>,
        ours: impl FnOnce(T) -> Result<C>,
    ) -> Result<C>
    where
        E: std::fmt::Debug + Send + Sync + 'static,
    {
        self.made(Some(cart), answer, |answer| {
            let made = ours(answer)?;
            if let Some(of) = made.cart_id() {
                same_cart(self.vendor, cart, of)?;
            }
            Ok(made)
        })
    }

    fn made<T, E, C>(
        &self,
        cart: Option<&CartId>,
        answer: Result<ResponseValue<T>, CallError<E>>,
        ours: impl FnOnce(T) -> Result<C>,
    ) -> Result<C>
    where
        E: std::fmt::Debug + Send + Sync + 'static,
    {
        let answer = answer.map_err(|error| self.error(cart, error.into_untyped()))?;
        let (operation, attempts) = (answer.operation(), answer.attempts());
        let status = answer.status().as_u16();
        let answer = answer.map(ours);
        let shown = answer
            .is_err()
            .then(|| (answer.headers_to_show(), answer.body_to_show()));
        answer.into_inner().map_err(|error| {
            let (headers, body) = shown.unwrap_or_default();
            let mut said = self.said(Some(&body));
            if said.message().is_none() {
                said = Words::default();
            }
            let retry = match operation.retry {
                Retry::Safe => RetryState::Permanent,
                Retry::Unsafe => RetryState::Unknown,
            };
            error
                .call_is(Some(operation), attempts)
                .about(cart)
                .retry_is(retry)
                .effect_is(Effect::Unknown)
                .answer_is(Some(status), Some(&headers), Some(body.to_vec()))
                .vendor_says(told(said, Some(&headers)))
        })
    }

    /// Sends a raw request; an error status is an answer like any other.
    pub(super) async fn raw(
        &self,
        session: &Session,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<RawResponse> {
        let answer = session.raw(method, path, body).await;
        answer.map_err(|error| self.error(None, error))
    }

    /// What a body says of a failure, if it is one.
    fn said(&self, body: Option<&[u8]>) -> Words {
        let value = body.and_then(words::value_of);
        value.map(|value| (self.words)(&value)).unwrap_or_default()
    }

    /// Turns a failed call into an error.
    fn error(&self, cart: Option<&CartId>, error: CallError) -> Error {
        let body = error.body().map(|body| body.to_vec());
        let said = self.said(body.as_deref());
        let call = Call::new(&error, cart.is_some(), said.is_failure);
        let said = match call.failed {
            Some(_) => said.or_text(body.as_deref()),
            None => Words::default(),
        };
        let (kind, retry, effect) = call.meaning(&said);
        let field = error
            .path()
            .filter(|_| call.failed.is_none())
            .map(|path| if path.is_empty() { "$" } else { path }.to_owned());
        let retry_after = error.retry_after();
        let mut message = call.reason(kind);
        if let Some(words) = said.message() {
            message = words;
        } else if kind == ErrorKind::RateLimited
            && let Some(wait) = retry_after
        {
            message.push_str(&format!("; it takes calls again in {}", seconds(wait)));
        }
        if kind == ErrorKind::NotFound && may_be_gone_by_itself(&error) {
            message.push_str("; an earlier attempt of this same call may have removed it");
        }
        let headers = error.headers().cloned();
        let made = Error::new(kind, message)
            .vendor_is(self.vendor)
            .retry_is(retry)
            .effect_is(effect)
            .call_is(error.operation(), error.attempts())
            .about(cart)
            .time_is(retry_after, error.is_timeout())
            .answer_is(call.status, headers.as_ref(), body)
            .vendor_says(told(said, headers.as_ref()));
        match field {
            Some(field) => made.field_is(&field).source_is(error),
            None => made.source_is(error),
        }
    }
}

/// The headers in which vendors and their proxies name a request.
const REQUEST_IDS: [&str; 3] = ["x-request-id", "x-correlation-id", "cf-ray"];

fn told(said: Words, headers: Option<&HeaderMap>) -> Said {
    let named = |name: &&str| {
        let value = headers?.get(*name)?.to_str().ok()?;
        Some(value.to_owned())
    };
    Said {
        message: said.message(),
        field: said.field(),
        request_id: said
            .request_id
            .or_else(|| REQUEST_IDS.iter().find_map(named)),
        code: said.code,
        details: said.details,
    }
}

/// Refuses an answer that is of another cart than was asked for; `answered` is the vendor's own part of its id.
pub(super) fn same_cart(vendor: Vendor, asked: &CartId, answered: &str) -> Result<()> {
    // The digits of a UUID are the same in capitals.
    if asked.as_str().eq_ignore_ascii_case(answered) {
        return Ok(());
    }
    let of = match CartId::new(vendor, answered) {
        Ok(id) => id.to_string(),
        Err(_) => crate::id::start_of(answered),
    };
    let message = format!("the answer is of the cart {of}, and {asked} was asked for");
    Err(Error::new(ErrorKind::UnexpectedResponse, message).vendor_is(vendor))
}

/// Whether what is not found may have been removed by an attempt whose answer was lost.
fn may_be_gone_by_itself(error: &CallError) -> bool {
    let removes = |operation: &Operation| {
        let mut verbs = operation.cart.iter();
        verbs.any(|verb| [Verb::Delete.as_str(), Verb::RemoveLine.as_str()].contains(verb))
    };
    error.attempts() > 1 && error.operation().is_some_and(removes)
}
