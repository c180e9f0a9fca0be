//! From a failed call to an [`Error`]: the HTTP status decides the kind, then the vendor's body gives its code and words.

use cartwright_runtime::{
    Error as CallError, Operation, RawResponse, ResponseValue, Retry, Session, TransportError,
};
use reqwest::Method;
use serde_json::Value;

use crate::{CartId, Error, ErrorKind, Result, RetryState, Vendor, Verb};

/// A vendor's answers, read alike but for what its error bodies say.
pub(super) struct Answers {
    pub(super) vendor: Vendor,
    pub(super) words: fn(&[u8]) -> Words,
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
        self.map_of(cart, answer, Ok)
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
        let answer =
            answer.map_err(|error| from_call(self.vendor, error.into_untyped(), self.words))?;
        let (operation, attempts) = (answer.operation(), answer.attempts());
        let status = answer.status().as_u16();
        let answer = answer.map(ours);
        let body = answer.is_err().then(|| answer.body_to_show().to_vec());
        answer.into_inner().map_err(|error| {
            error
                .call_is(Some(operation), attempts)
                .answer_is(Some(status), body)
        })
    }

    /// As [`Answers::map`], of a call about this cart.
    pub(super) fn map_of<T, E, C>(
        &self,
        cart: &CartId,
        answer: Result<ResponseValue<T>, CallError<E>>,
        ours: impl FnOnce(T) -> Result<C>,
    ) -> Result<C>
    where
        E: std::fmt::Debug + Send + Sync + 'static,
    {
        self.map(answer, ours).map_err(|error| error.about(cart))
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
        answer.map_err(|error| from_call(self.vendor, error, self.words))
    }
}

/// What a vendor's error body says, unchanged.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// The vendor's code.
    pub(super) code: Option<String>,
    /// The vendor's words.
    pub(super) message: Option<String>,
    /// The kind, where the body tells it better than the status.
    pub(super) kind: Option<ErrorKind>,
    /// The vendor's id of the request, where it stands in the body.
    pub(super) request_id: Option<String>,
}

/// The headers in which vendors and their proxies name a request.
const REQUEST_IDS: [&str; 3] = ["x-request-id", "x-correlation-id", "cf-ray"];

/// Turns a failed call into an error; `words` reads the vendor's error body.
fn from_call(vendor: Vendor, error: CallError, words: fn(&[u8]) -> Words) -> Error {
    let status = error.status().map(|status| status.as_u16());
    // A token that could not be had: the call itself was not sent.
    let is_safe = matches!(error, CallError::Token(_))
        || error
            .operation()
            .is_some_and(|operation| operation.retry == Retry::Safe);
    let body = error.body().map(|body| body.to_vec());
    // A failure may come under an HTTP success as well.
    let failed =
        status.is_some_and(|status| status >= 300) || matches!(error, CallError::ErrorResponse(_));
    let said = body
        .as_deref()
        .filter(|_| failed)
        .map(words)
        .unwrap_or_default();
    let header_id = error.headers().and_then(|headers| {
        let named = |name: &&str| headers.get(*name)?.to_str().ok().map(str::to_owned);
        REQUEST_IDS.iter().find_map(named)
    });
    let failed_with = status.filter(|_| failed);
    let (kind, retry) = match said.kind {
        // A vendor that says what it refused has not acted, whatever the status; one that says that it failed may have.
        Some(kind) if is_safe || kind != ErrorKind::VendorFailure => {
            (kind, retry_of(kind, is_safe))
        }
        Some(_) => (ErrorKind::OutcomeUnknown, RetryState::Permanent),
        None if !is_safe && may_have_acted(&error, failed_with) => {
            (ErrorKind::OutcomeUnknown, RetryState::Permanent)
        }
        None => classify(&error, failed_with, is_safe),
    };
    let field = error
        .path()
        .filter(|_| !failed)
        .map(|path| if path.is_empty() { "$" } else { path }.to_owned());
    let mut message = said.message.clone().unwrap_or_else(|| reason(&error, kind));
    if kind == ErrorKind::NotFound && may_be_gone_by_itself(&error) {
        message.push_str("; an earlier attempt of this same call may have removed it");
    }
    let result = Error::new(kind, message)
        .vendor_is(vendor)
        .retry_is(retry)
        .call_is(error.operation(), error.attempts())
        .answer_is(status, body)
        .vendor_says(said.code, said.message, said.request_id.or(header_id));
    match field {
        Some(field) => result.field_is(&field).source_is(error),
        None => result.source_is(error),
    }
}

/// What went wrong, where the vendor has no words for it.
fn reason(error: &CallError, kind: ErrorKind) -> String {
    match error {
        CallError::InvalidRequest(reason) => reason.clone(),
        CallError::Config { source, .. } => source.to_string(),
        CallError::Transport { source, .. } => source.to_string(),
        CallError::Token(refused) => refused.message.clone(),
        CallError::ErrorResponse(_) => match kind {
            ErrorKind::Unauthenticated => "the vendor does not know these credentials",
            ErrorKind::PermissionDenied => "the credentials may not do this",
            ErrorKind::NotFound => "there is no such cart or line, or no longer",
            ErrorKind::Conflict => "the cart has changed since it was read",
            ErrorKind::RateLimited => "too many calls",
            ErrorKind::VendorFailure => "the vendor failed",
            ErrorKind::OutcomeUnknown => "the vendor failed, and may have acted before",
            _ => "the vendor refused the call without words",
        }
        .to_owned(),
        CallError::Decode(failure) if failure.status.is_success() => failure.message.clone(),
        CallError::Decode(failure) => format!(
            "the error's body is not what the vendor documents: {}",
            failure.message
        ),
        CallError::TooLarge(response) => format!(
            "the body is larger than the limit of {} bytes",
            response.limit
        ),
        CallError::Undocumented(response) => {
            let redirect = response
                .location()
                .map(|to| format!(", and redirects to {to}"));
            format!(
                "the vendor answered a status that it does not document{}",
                redirect.unwrap_or_default()
            )
        }
        other => other.to_string(),
    }
}

/// Whether what is not found may have been removed by an attempt whose answer was lost.
fn may_be_gone_by_itself(error: &CallError) -> bool {
    let removes = |operation: &Operation| {
        let mut verbs = operation.cart.iter();
        verbs.any(|verb| [Verb::Delete.as_str(), Verb::RemoveLine.as_str()].contains(verb))
    };
    error.attempts() > 1 && error.operation().is_some_and(removes)
}

/// Whether to repeat a call whose failure the vendor's body tells.
fn retry_of(kind: ErrorKind, is_safe: bool) -> RetryState {
    match kind {
        // The vendor says that it has not acted.
        ErrorKind::RateLimited => RetryState::Temporary,
        ErrorKind::VendorFailure if is_safe => RetryState::Temporary,
        _ => RetryState::Permanent,
    }
}

/// Whether an operation whose repetition can repeat its effect may have had it, so that nobody knows the outcome.
fn may_have_acted(error: &CallError, failed: Option<u16>) -> bool {
    match failed {
        // The vendor says that it has not acted.
        Some(425 | 429) => false,
        Some(408 | 500..) => true,
        _ if error.broke_off() => true,
        Some(_) => false,
        None => match error {
            CallError::Transport { source, .. } => !source.surely_not_sent(),
            _ => false,
        },
    }
}

/// The kind where the outcome is known, or the operation is safe to repeat.
fn classify(error: &CallError, failed: Option<u16>, is_safe: bool) -> (ErrorKind, RetryState) {
    use RetryState::{Permanent, Temporary};
    let if_safe = if is_safe { Temporary } else { Permanent };
    let refused = matches!(error, CallError::Token(_));
    match failed {
        // OAuth says 400 where a user or a token is not known.
        Some(400 | 401) if refused => (ErrorKind::Unauthenticated, Permanent),
        Some(401) => (ErrorKind::Unauthenticated, Permanent),
        Some(403) => (ErrorKind::PermissionDenied, Permanent),
        Some(404 | 410) => (ErrorKind::NotFound, Permanent),
        Some(409 | 412) => (ErrorKind::Conflict, Permanent),
        // The vendor says that it has not acted.
        Some(429) => (ErrorKind::RateLimited, Temporary),
        Some(425) => (ErrorKind::VendorFailure, Temporary),
        Some(408) => (ErrorKind::VendorFailure, if_safe),
        Some(400..=499) => (ErrorKind::InvalidRequest, Permanent),
        Some(500..) => (ErrorKind::VendorFailure, if_safe),
        // The vendor says under an HTTP success that it has not acted.
        Some(200..=299) => (ErrorKind::InvalidRequest, Permanent),
        Some(_) => (ErrorKind::UnexpectedResponse, Permanent),
        None => match error {
            CallError::InvalidRequest(_) => (ErrorKind::InvalidRequest, Permanent),
            CallError::Config { .. } => (ErrorKind::InvalidConfig, Permanent),
            CallError::Transport { source, .. } => match source {
                TransportError::Refused(_) => (ErrorKind::InvalidConfig, Permanent),
                TransportError::Throttled(_) => (ErrorKind::RateLimited, Temporary),
                TransportError::Unconnectable(_) => (ErrorKind::Unreachable, Permanent),
                _ => (ErrorKind::Unreachable, Temporary),
            },
            _ => (ErrorKind::UnexpectedResponse, Permanent),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_failed_transport_means_depends_on_what_repeating_can_do() {
        const SAFE: Operation = Operation {
            id: "getCart",
            method: "GET",
            path: "/carts/{id}",
            retry: Retry::Safe,
            ..*Operation::RAW
        };
        static UNSAFE: Operation = Operation {
            id: "createCart",
            retry: Retry::Unsafe,
            ..SAFE
        };
        static HARMLESS: Operation = SAFE;
        use ErrorKind::{InvalidConfig, OutcomeUnknown, RateLimited, Unreachable};
        type Failing = fn() -> TransportError;
        let cases: [(Failing, ErrorKind, ErrorKind); 5] = [
            (
                || TransportError::Connect("".into()),
                Unreachable,
                Unreachable,
            ),
            (
                || TransportError::Timeout("".into()),
                Unreachable,
                OutcomeUnknown,
            ),
            (
                || TransportError::Send("".into()),
                Unreachable,
                OutcomeUnknown,
            ),
            (
                || TransportError::Throttled("".into()),
                RateLimited,
                RateLimited,
            ),
            (
                || TransportError::Refused("".into()),
                InvalidConfig,
                InvalidConfig,
            ),
        ];
        for (source, safe, other) in cases {
            for (operation, kind) in [(&HARMLESS, safe), (&UNSAFE, other)] {
                let error = CallError::Transport {
                    operation,
                    source: source(),
                    begun: None,
                };
                let attempts = error.attempts();
                let error = from_call(Vendor::ALL[0], error, |_| Words::default());
                assert_eq!(error.kind(), kind, "{error}");
                assert_eq!(error.asked(), Some(("GET", "/carts/{id}")));
                assert_eq!(error.attempts(), attempts);
                let is_temporary = matches!(kind, Unreachable | RateLimited);
                assert_eq!(error.retry() == RetryState::Temporary, is_temporary);
            }
        }
    }
}
