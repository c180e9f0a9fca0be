//! Responses that hold what was asked for.

use std::fmt;
use std::ops::Deref;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::body::{self, BodyText, HeaderLines};
use crate::decode::{decode, decode_body, object_field};
use crate::error::{DecodeFailure, Error};
use crate::hide::InUse;
use crate::operation::Operation;
use crate::session::SendError;
use crate::transport::TransportError;

/// A decoded response with its status and headers. It dereferences to the value.
///
/// `Debug` leaves out headers that grant access, such as cookies.
pub struct ResponseValue<T> {
    inner: T,
    status: StatusCode,
    headers: HeaderMap,
    call: Call,
}

/// What answered, and with which bytes.
#[derive(Clone)]
struct Call {
    operation: &'static Operation,
    attempts: u32,
    body: Bytes,
    in_use: InUse,
}

impl Call {
    /// Of a response whose body is not read, or read by the caller.
    fn without_body(response: &reqwest::Response) -> Self {
        let known = body::provenance(response);
        Self {
            operation: known.operation,
            attempts: known.attempts,
            body: Bytes::new(),
            in_use: known.in_use,
        }
    }
}

/// How a body under a 2xx status says that the call failed.
///
/// A key may lead into objects, with dots between the names: `result.status`. A key whose value is `null` says nothing: vendors send
/// `"error": null` with their successes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The body is an object with this key.
    Present(&'static str),
    /// The body is an object in which this key is this text, or the number or boolean so written.
    Equals(&'static str, &'static str),
    /// One of these rules holds.
    Any(&'static [Self]),
}

impl Failure {
    fn shows_in(&self, body: &[u8]) -> bool {
        match self {
            Self::Present(key) => field_at(body, key).is_some_and(|value| !value.is_null()),
            Self::Equals(key, constant) => match field_at(body, key) {
                Some(Value::String(text)) => text == *constant,
                Some(Value::Number(number)) => number.to_string() == *constant,
                Some(Value::Bool(value)) => value.to_string() == *constant,
                _ => false,
            },
            Self::Any(rules) => rules.iter().any(|rule| rule.shows_in(body)),
        }
    }
}

/// The value that a dotted key leads to.
fn field_at(body: &[u8], key: &str) -> Option<Value> {
    let mut names = key.split('.');
    let mut value = object_field(body, names.next()?)?;
    for name in names {
        value = value.get_mut(name)?.take();
    }
    Some(value)
}

impl<T> ResponseValue<T> {
    /// Decodes the body. Under 204 and 205 there is none, and `null` is decoded instead.
    ///
    /// # Errors
    /// The body broke off, is larger than the session's limit, is empty under another status, or
    /// does not fit `T` from its first byte to its last.
    pub async fn from_response<E>(response: reqwest::Response) -> Result<Self, Error<E>>
    where
        T: DeserializeOwned,
    {
        Self::decoded(body::receive(response).await.whole()?, decode)
    }

    /// A success that the specification describes without a body, of a call that has one elsewhere:
    /// `null` is decoded, whatever came.
    ///
    /// # Errors
    /// The body broke off, or `T` takes no `null`.
    pub async fn without_value<E>(response: reqwest::Response) -> Result<Self, Error<E>>
    where
        T: DeserializeOwned,
    {
        let received = body::receive(response).await.whole()?;
        Self::decoded(received, |received| decode_body(received, false))
    }

    /// [`without_value`](Self::without_value), unless the body says that the call failed: then that
    /// failure is decoded.
    ///
    /// # Errors
    /// Those of [`without_value`](Self::without_value), and the failure as [`Error::ErrorResponse`].
    pub async fn without_value_or_failure<F, E>(
        response: reqwest::Response,
        failure: &Failure,
        wrap: impl FnOnce(F) -> E,
    ) -> Result<Self, Error<E>>
    where
        T: DeserializeOwned,
        F: DeserializeOwned,
    {
        let received = body::receive(response).await.whole()?;
        if !failure.shows_in(&received.body) {
            return Self::decoded(received, |received| decode_body(received, false));
        }
        Err(Self::failed(received, wrap))
    }

    /// Decodes the body, unless it says that the call failed: then that failure is decoded.
    ///
    /// # Errors
    /// Those of [`from_response`](Self::from_response), and the failure as
    /// [`Error::ErrorResponse`].
    pub async fn from_response_or_failure<F, E>(
        response: reqwest::Response,
        failure: &Failure,
        wrap: impl FnOnce(F) -> E,
    ) -> Result<Self, Error<E>>
    where
        T: DeserializeOwned,
        F: DeserializeOwned,
    {
        let received = body::receive(response).await.whole()?;
        if !failure.shows_in(&received.body) {
            return Self::decoded(received, decode);
        }
        Err(Self::failed(received, wrap))
    }

    fn failed<F: DeserializeOwned, E>(
        received: body::Received,
        wrap: impl FnOnce(F) -> E,
    ) -> Error<E> {
        let received = received.hidden();
        match decode(&received) {
            Ok(value) => Error::documented(received, wrap(value)),
            Err(failure) => Error::Decode(failure).logged(),
        }
    }

    fn decoded<E>(
        received: body::Received,
        decode: fn(&body::Received) -> Result<T, Box<DecodeFailure>>,
    ) -> Result<Self, Error<E>>
    where
        T: DeserializeOwned,
    {
        match decode(&received) {
            Ok(inner) => Ok(Self {
                inner,
                status: received.status,
                headers: received.headers,
                call: Call {
                    operation: received.operation,
                    attempts: received.attempts,
                    body: received.body,
                    in_use: received.in_use,
                },
            }),
            // Decoded once more, because what the failure says may quote a credential.
            Err(mut failure) => {
                let hidden = received.hidden();
                match decode(&hidden) {
                    Err(of_hidden) => failure = of_hidden,
                    // It was a credential that did not fit.
                    Ok(_) => failure.message = "a credential stands there".to_owned(),
                }
                (failure.headers, failure.body) = (hidden.headers, hidden.body);
                Err(Error::Decode(failure).logged())
            }
        }
    }

    /// The value.
    pub fn into_inner(self) -> T {
        self.inner
    }

    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// All headers of the response.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The operation that was called.
    pub fn operation(&self) -> &'static Operation {
        self.call.operation
    }

    /// How often the request was sent, or tried to be.
    pub fn attempts(&self) -> u32 {
        self.call.attempts
    }

    /// The body as it came; empty where the specification describes none, and for a stream.
    pub fn body(&self) -> &Bytes {
        &self.call.body
    }

    /// [`body`](Self::body) as an error may keep it: without the call's credentials, where the vendor repeats them.
    pub fn body_to_show(&self) -> Bytes {
        let body = &self.call.body;
        let hidden = self.call.in_use.hidden_body(body, false);
        hidden.map_or_else(|| body.clone(), Bytes::from)
    }

    /// [`headers`](Self::headers) as an error may keep them: without the call's credentials, where the vendor repeats them.
    pub fn headers_to_show(&self) -> HeaderMap {
        let mut headers = self.headers.clone();
        self.call.in_use.hide_in_headers(&mut headers);
        headers
    }

    /// The same response with a value made from this one.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> ResponseValue<U> {
        ResponseValue {
            inner: f(self.inner),
            status: self.status,
            headers: self.headers,
            call: self.call,
        }
    }
}

impl ResponseValue<()> {
    /// A response whose body the specification does not describe; it is not read.
    pub fn empty(response: reqwest::Response) -> Self {
        Self {
            inner: (),
            status: response.status(),
            headers: response.headers().clone(),
            call: Call::without_body(&response),
        }
    }
}

impl ResponseValue<ByteStream> {
    /// A response whose body is not JSON.
    pub fn stream(response: reqwest::Response) -> Self {
        Self {
            status: response.status(),
            headers: response.headers().clone(),
            call: Call::without_body(&response),
            inner: ByteStream(response),
        }
    }
}

impl<T> Deref for ResponseValue<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.inner
    }
}

impl<T> AsRef<T> for ResponseValue<T> {
    fn as_ref(&self) -> &T {
        &self.inner
    }
}

impl<T: fmt::Debug> fmt::Debug for ResponseValue<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseValue")
            .field("inner", &self.inner)
            .field("status", &self.status)
            .field("headers", &HeaderLines(&self.headers))
            .finish()
    }
}

/// A body that is not JSON, read piece by piece. The session's size limit does not hold here.
pub struct ByteStream(reqwest::Response);

impl ByteStream {
    /// The next piece, or `None` at the end.
    ///
    /// # Errors
    /// The body broke off.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, SendError> {
        let operation: &'static Operation = body::provenance(&self.0).operation;
        let status = self.0.status();
        self.0.chunk().await.map_err(|error| SendError::Transport {
            operation,
            source: TransportError::Body {
                status,
                source: Box::new(error.without_url()),
            },
        })
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // reqwest would print the URL with its query.
        f.debug_tuple("ByteStream").field(&self.0.status()).finish()
    }
}

/// The answer to a request that the specification does not model.
#[non_exhaustive]
pub struct RawResponse {
    /// The HTTP status, of whatever class.
    pub status: StatusCode,
    /// All headers of the response.
    pub headers: HeaderMap,
    /// The whole body.
    pub body: Bytes,
}

impl fmt::Debug for RawResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawResponse")
            .field("status", &self.status)
            .field("headers", &HeaderLines(&self.headers))
            .field("body", &BodyText(&self.body))
            .finish()
    }
}
