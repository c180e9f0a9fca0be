//! Why a call failed, with everything that is known about it.

use std::convert::Infallible;
use std::fmt;

use bytes::Bytes;
use http::StatusCode;
use http::header::{HeaderMap, InvalidHeaderValue};
use serde::de::DeserializeOwned;

use crate::body::{self, BodyStart, BodyText, End, HeaderLines};
use crate::credentials::ConfigError;
use crate::decode::decode;
use crate::layers::log_failure;
use crate::oauth::TokenRefused;
use crate::operation::Operation;
use crate::page;
use crate::paging::PagingError;
use crate::request::RequestError;
use crate::session::SendError;
use crate::transport::TransportError;

/// Why a call failed. `E` is what the operation's documented errors decode to.
///
/// `Display` is one line: operation, status, path, reason and the start of the body. Neither it nor
/// `Debug` shows a credential, the query of a URL, or a cookie. A vendor may repeat a credential in
/// its answer: body and headers that an error keeps have [`REDACTED`](crate::REDACTED) in its place,
/// if it has at least four characters.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error<E = ()> {
    /// The request could not be built. Nothing was sent.
    InvalidRequest(String),
    /// The client is not set up for the operation, for example a credential is missing. Nothing was
    /// sent.
    Config {
        /// The operation.
        operation: &'static Operation,
        /// What is wrong.
        source: ConfigError,
    },
    /// No response came, or its body broke off.
    Transport {
        /// The operation.
        operation: &'static Operation,
        /// How it failed.
        source: TransportError,
        /// What came of the response, where its body broke off.
        begun: Option<Box<BegunResponse>>,
    },
    /// The operation needs a token, and a request for one brought none. The call itself was not sent.
    Token(Box<TokenRefused>),
    /// The vendor answered an error that its documentation describes.
    ErrorResponse(Box<ErrorResponse<E>>),
    /// The body is not what the specification says. Under an error status this is often a page of a
    /// proxy in between.
    Decode(Box<DecodeFailure>),
    /// The body is larger than the session's limit.
    TooLarge(Box<OversizedResponse>),
    /// The vendor answered a status that the specification does not know.
    Undocumented(Box<UndocumentedResponse>),
    /// The pages of a list would never end.
    Paging {
        /// The operation.
        operation: &'static Operation,
        /// What the vendor answered.
        source: PagingError,
    },
}

/// A response whose body broke off: what came of it. [`Error::status`] is its status.
#[non_exhaustive]
pub struct BegunResponse {
    /// All headers of the response.
    pub headers: HeaderMap,
    /// The body as far as it came.
    pub body: Bytes,
}

/// A documented error.
#[non_exhaustive]
pub struct ErrorResponse<E> {
    /// The decoded error.
    pub value: E,
    /// The operation.
    pub operation: &'static Operation,
    /// The HTTP status; a failure inside a successful response has a 2xx status.
    pub status: StatusCode,
    /// All headers of the response.
    pub headers: HeaderMap,
    /// The body as it came.
    pub body: Bytes,
    /// Whether the body broke off before its end.
    pub broke_off: bool,
    /// How often the request was sent until this answer came.
    pub attempts: u32,
}

/// A body that could not be decoded.
#[non_exhaustive]
pub struct DecodeFailure {
    /// The operation.
    pub operation: &'static Operation,
    /// The HTTP status.
    pub status: StatusCode,
    /// All headers of the response.
    pub headers: HeaderMap,
    /// Where in the body, for example `items[0].details.code`; empty for the whole.
    pub path: String,
    /// What is wrong there, at most some 500 characters.
    pub message: String,
    /// The body as it came, as far as it was read.
    pub body: Bytes,
    /// Whether the body has more than was read.
    pub truncated: bool,
    /// Whether the body broke off before its end.
    pub broke_off: bool,
    /// How often the request was sent until this answer came.
    pub attempts: u32,
}

/// A body that is larger than the session's limit.
#[non_exhaustive]
pub struct OversizedResponse {
    /// The operation.
    pub operation: &'static Operation,
    /// The HTTP status.
    pub status: StatusCode,
    /// All headers of the response.
    pub headers: HeaderMap,
    /// The limit in bytes.
    pub limit: usize,
    /// The first bytes of the body, at most 2 KiB.
    pub body_start: Bytes,
    /// How often the request was sent until this answer came.
    pub attempts: u32,
}

/// A response whose status the specification does not know.
#[non_exhaustive]
pub struct UndocumentedResponse {
    /// The operation.
    pub operation: &'static Operation,
    /// The HTTP status.
    pub status: StatusCode,
    /// All headers of the response.
    pub headers: HeaderMap,
    /// The body as it came, as far as it was read.
    pub body: Bytes,
    /// Whether the body has more than was read.
    pub truncated: bool,
    /// Whether the body broke off before its end.
    pub broke_off: bool,
    /// How often the request was sent until this answer came.
    pub attempts: u32,
}

impl UndocumentedResponse {
    /// Where a redirect leads: its `Location` without user, query and fragment, which may hold secrets. `None` for another status.
    pub fn location(&self) -> Option<String> {
        page::location(self.status, &self.headers)
    }
}

impl<E> Error<E> {
    /// Decodes the body of a documented error status.
    ///
    /// A body that does not fit (HTML, nothing, another shape) or broke off becomes
    /// [`Decode`](Self::Decode) with the response's status.
    pub async fn from_error_body<T: DeserializeOwned>(
        response: reqwest::Response,
        wrap: impl FnOnce(T) -> E,
    ) -> Self {
        let received = body::receive(response).await.hidden();
        match decode(&received) {
            Ok(value) => Self::documented(received, wrap(value)),
            Err(failure) => Self::Decode(failure).logged(),
        }
    }

    /// A documented error status whose body the documentation does not describe. What came is kept.
    pub async fn from_empty_error(response: reqwest::Response, value: E) -> Self {
        Self::documented(body::receive(response).await.hidden(), value)
    }

    /// A status that the specification does not know. The body is kept.
    pub async fn undocumented(response: reqwest::Response) -> Self {
        let received = body::receive(response).await.hidden();
        Self::Undocumented(Box::new(UndocumentedResponse {
            truncated: !matches!(received.end, End::Whole),
            broke_off: received.broke_off(),
            attempts: received.attempts,
            operation: received.operation,
            status: received.status,
            headers: received.headers,
            body: received.body,
        }))
        .logged()
    }

    /// The same error, with an event that tells of it; whatever ends a call goes through here once.
    pub(crate) fn logged(self) -> Self {
        log_failure(&self);
        self
    }

    /// A stable word for logs.
    pub(crate) fn word(&self) -> &'static str {
        match self {
            Self::InvalidRequest(_) => "invalid_request",
            Self::Config { .. } => "config",
            Self::Transport { source, .. } => source.word(),
            Self::Token(_) => "token",
            Self::ErrorResponse(_) => "error_response",
            Self::Decode(_) => "decode",
            Self::TooLarge(_) => "too_large",
            Self::Undocumented(_) => "undocumented",
            Self::Paging { .. } => "paging",
        }
    }

    pub(crate) fn documented(received: body::Received, value: E) -> Self {
        Self::ErrorResponse(Box::new(ErrorResponse {
            value,
            broke_off: received.broke_off(),
            attempts: received.attempts,
            operation: received.operation,
            status: received.status,
            headers: received.headers,
            body: received.body,
        }))
        .logged()
    }

    /// The operation, unless the request could not be built.
    pub fn operation(&self) -> Option<&'static Operation> {
        match self {
            Self::InvalidRequest(_) | Self::Token(_) => None,
            Self::Config { operation, .. }
            | Self::Transport { operation, .. }
            | Self::Paging { operation, .. } => Some(operation),
            Self::ErrorResponse(response) => Some(response.operation),
            Self::Decode(failure) => Some(failure.operation),
            Self::TooLarge(response) => Some(response.operation),
            Self::Undocumented(response) => Some(response.operation),
        }
    }

    /// The HTTP status, if a response began.
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::InvalidRequest(_) | Self::Config { .. } | Self::Paging { .. } => None,
            Self::Transport { source, .. } => source.status(),
            Self::Token(refused) => Some(refused.status),
            Self::ErrorResponse(response) => Some(response.status),
            Self::Decode(failure) => Some(failure.status),
            Self::TooLarge(response) => Some(response.status),
            Self::Undocumented(response) => Some(response.status),
        }
    }

    /// All headers of the response, if one came.
    pub fn headers(&self) -> Option<&HeaderMap> {
        match self {
            Self::InvalidRequest(_) | Self::Config { .. } | Self::Paging { .. } => None,
            Self::Transport { begun, .. } => begun.as_deref().map(|begun| &begun.headers),
            Self::Token(refused) => Some(&refused.headers),
            Self::ErrorResponse(response) => Some(&response.headers),
            Self::Decode(failure) => Some(&failure.headers),
            Self::TooLarge(response) => Some(&response.headers),
            Self::Undocumented(response) => Some(&response.headers),
        }
    }

    /// The body as far as it was kept, if a response came.
    pub fn body(&self) -> Option<&Bytes> {
        match self {
            Self::InvalidRequest(_) | Self::Config { .. } | Self::Paging { .. } => None,
            Self::Transport { begun, .. } => begun.as_deref().map(|begun| &begun.body),
            Self::Token(refused) => Some(&refused.body),
            Self::ErrorResponse(response) => Some(&response.body),
            Self::Decode(failure) => Some(&failure.body),
            Self::TooLarge(response) => Some(&response.body_start),
            Self::Undocumented(response) => Some(&response.body),
        }
    }

    /// Whether a response began and its body broke off, under whatever status.
    pub fn broke_off(&self) -> bool {
        match self {
            Self::Transport { source, .. } => matches!(source, TransportError::Body { .. }),
            Self::ErrorResponse(response) => response.broke_off,
            Self::Decode(failure) => failure.broke_off,
            Self::Undocumented(response) => response.broke_off,
            _ => false,
        }
    }

    /// How often the request was sent, or tried to be; 0 where it was not. Of a token that could not
    /// be had, it counts the requests for the token.
    pub fn attempts(&self) -> u32 {
        match self {
            Self::InvalidRequest(_) | Self::Config { .. } => 0,
            Self::Transport { source, .. } => source.attempts(),
            Self::Token(refused) => refused.attempts,
            Self::ErrorResponse(response) => response.attempts,
            Self::Decode(failure) => failure.attempts,
            Self::TooLarge(response) => response.attempts,
            Self::Undocumented(response) => response.attempts,
            // Found by looking at answers.
            Self::Paging { .. } => 1,
        }
    }

    /// Where in the body decoding failed; empty for the whole body.
    pub fn path(&self) -> Option<&str> {
        match self {
            Self::Decode(failure) => Some(&failure.path),
            _ => None,
        }
    }

    /// The same error without the decoded value. Everything else stays, the raw body included.
    pub fn into_untyped(self) -> Error {
        match self {
            Self::InvalidRequest(reason) => Error::InvalidRequest(reason),
            Self::Config { operation, source } => Error::Config { operation, source },
            Self::Transport {
                operation,
                source,
                begun,
            } => Error::Transport {
                operation,
                source,
                begun,
            },
            Self::Token(refused) => Error::Token(refused),
            Self::ErrorResponse(response) => Error::ErrorResponse(Box::new(ErrorResponse {
                value: (),
                operation: response.operation,
                status: response.status,
                headers: response.headers,
                body: response.body,
                broke_off: response.broke_off,
                attempts: response.attempts,
            })),
            Self::Decode(failure) => Error::Decode(failure),
            Self::TooLarge(response) => Error::TooLarge(response),
            Self::Undocumented(response) => Error::Undocumented(response),
            Self::Paging { operation, source } => Error::Paging { operation, source },
        }
    }
}

impl<E> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InvalidRequest(reason) => write!(f, "the request cannot be built: {reason}"),
            Self::Config { operation, source } => write!(f, "{}: {source}", operation.id),
            Self::Transport {
                operation, source, ..
            } => write!(f, "{}: {source}", operation.id),
            Self::Paging { operation, source } => write!(f, "{}: {source}", operation.id),
            Self::Token(refused) => write!(f, "{refused}"),
            Self::ErrorResponse(response) => write!(
                f,
                "{}: the vendor answered the error {}; {}",
                response.operation.id,
                response.status,
                BodyStart(&response.body)
            ),
            Self::Decode(failure) => {
                write!(
                    f,
                    "{}: the body of the {} response does not fit",
                    failure.operation.id, failure.status
                )?;
                if !failure.path.is_empty() {
                    write!(f, " at `{}`", failure.path)?;
                }
                write!(f, ": {}; {}", failure.message, BodyStart(&failure.body))
            }
            Self::TooLarge(response) => write!(
                f,
                "{}: the body of the {} response is larger than the limit of {} bytes; {}",
                response.operation.id,
                response.status,
                response.limit,
                BodyStart(&response.body_start)
            ),
            Self::Undocumented(response) => {
                write!(
                    f,
                    "{}: the vendor answered {}, which is not documented; ",
                    response.operation.id, response.status
                )?;
                if let Some(location) = response.location() {
                    write!(f, "it redirects to {location}; ")?;
                }
                write!(f, "{}", BodyStart(&response.body))
            }
        }
    }
}

/// `Display` says all that the causes say, so there is no source; each variant holds its cause.
impl<E: fmt::Debug> std::error::Error for Error<E> {}

impl<E> From<SendError> for Error<E> {
    fn from(error: SendError) -> Self {
        let error = match error {
            SendError::Config { operation, source } => Self::Config { operation, source },
            SendError::Transport { operation, source } => Self::Transport {
                operation,
                source,
                begun: None,
            },
            SendError::Token(refused) => Self::Token(refused),
        };
        error.logged()
    }
}

impl<E> From<RequestError> for Error<E> {
    fn from(error: RequestError) -> Self {
        Self::InvalidRequest(error.into_reason()).logged()
    }
}

impl<E> From<InvalidHeaderValue> for Error<E> {
    fn from(_: InvalidHeaderValue) -> Self {
        Self::InvalidRequest(
            "a header parameter holds a character that a header cannot carry".into(),
        )
        .logged()
    }
}

impl<E> From<Infallible> for Error<E> {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

impl fmt::Debug for BegunResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BegunResponse")
            .field("headers", &HeaderLines(&self.headers))
            .field("body", &BodyText(&self.body))
            .finish()
    }
}

impl<E: fmt::Debug> fmt::Debug for ErrorResponse<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErrorResponse")
            .field("value", &self.value)
            .field("operation", &self.operation.id)
            .field("status", &self.status)
            .field("headers", &HeaderLines(&self.headers))
            .field("body", &BodyText(&self.body))
            .finish()
    }
}

impl fmt::Debug for DecodeFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecodeFailure")
            .field("operation", &self.operation.id)
            .field("status", &self.status)
            .field("path", &self.path)
            .field("message", &self.message)
            .field("headers", &HeaderLines(&self.headers))
            .field("body", &BodyText(&self.body))
            .field("truncated", &self.truncated)
            .finish()
    }
}

impl fmt::Debug for OversizedResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OversizedResponse")
            .field("operation", &self.operation.id)
            .field("status", &self.status)
            .field("limit", &self.limit)
            .field("headers", &HeaderLines(&self.headers))
            .field("body_start", &BodyText(&self.body_start))
            .finish()
    }
}

impl fmt::Debug for UndocumentedResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UndocumentedResponse")
            .field("operation", &self.operation.id)
            .field("status", &self.status)
            .field("headers", &HeaderLines(&self.headers))
            .field("body", &BodyText(&self.body))
            .field("truncated", &self.truncated)
            .finish()
    }
}
