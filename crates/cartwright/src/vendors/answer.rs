//! From a failed call to an [`Error`]: the HTTP status decides the kind, then the vendor's body gives its code and words.

use cartwright_runtime::{
    Error as CallError, RawResponse, ResponseValue, Retry, Session, TransportError,
};
use reqwest::Method;
use serde_json::Value;

use crate::{Error, ErrorKind, Result, RetryState, Vendor};

/// A vendor's answers, read alike but for what its error bodies say.
pub(super) struct Answers {
    pub(super) vendor: Vendor,
    pub(super) words: fn(&[u8]) -> Words,
}

impl Answers {
    /// What a typed call answered.
    pub(super) fn read<T, E>(&self, answer: Result<ResponseValue<T>, CallError<E>>) -> Result<T>
    where
        E: std::fmt::Debug + Send + Sync + 'static,
    {
        answer
            .map(ResponseValue::into_inner)
            .map_err(|error| from_call(self.vendor, error.into_untyped(), self.words))
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
    let is_safe = error
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
    let (kind, retry) = match said.kind {
        Some(kind) => (kind, retry_of(kind, is_safe)),
        None => classify(&error, status.filter(|_| failed), is_safe),
    };
    let field = error
        .path()
        .filter(|_| !failed)
        .map(|path| if path.is_empty() { "$" } else { path }.to_owned());
    let message = said.message.clone().unwrap_or_else(|| reason(&error, kind));
    let operation = error.operation().map(|operation| operation.id);
    let result = Error::new(kind, message)
        .vendor_is(vendor)
        .retry_is(retry)
        .answer_is(operation, status, body)
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
        CallError::Undocumented(_) => {
            "the vendor answered a status that it does not document".to_owned()
        }
        other => other.to_string(),
    }
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
        Some(408 | 425) => (ErrorKind::VendorFailure, if_safe),
        Some(400..=499) => (ErrorKind::InvalidRequest, Permanent),
        Some(500..) => (ErrorKind::VendorFailure, if_safe),
        // The vendor says under an HTTP success that it has not acted.
        Some(200..=299) => (ErrorKind::InvalidRequest, Permanent),
        Some(_) => (ErrorKind::UnexpectedResponse, Permanent),
        None => match error {
            CallError::InvalidRequest(_) => (ErrorKind::InvalidRequest, Permanent),
            CallError::Config { .. } => (ErrorKind::InvalidConfig, Permanent),
            CallError::Transport {
                source: TransportError::Refused(_),
                ..
            } => (ErrorKind::InvalidConfig, Permanent),
            CallError::Transport { source, .. } if source.surely_not_sent() => {
                (ErrorKind::Unreachable, Temporary)
            }
            CallError::Transport { .. } if is_safe => (ErrorKind::Unreachable, Temporary),
            CallError::Transport { .. } => (ErrorKind::OutcomeUnknown, Permanent),
            _ => (ErrorKind::UnexpectedResponse, Permanent),
        },
    }
}
