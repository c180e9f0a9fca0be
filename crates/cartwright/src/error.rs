use std::error::Error as StdError;
use std::fmt;

use cartwright_runtime::Operation;

use crate::{CartId, Vendor, Verb};

/// What this crate answers.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a call failed: one struct for every vendor.
///
/// `Display` is one line; `Debug` lists everything that is known. Neither shows a credential.
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    retry: RetryState,
    vendor: Option<Vendor>,
    operation: Option<&'static Operation>,
    attempts: u32,
    status: Option<u16>,
    code: Option<String>,
    message: String,
    vendor_message: Option<String>,
    request_id: Option<String>,
    field: Option<String>,
    body: Option<Vec<u8>>,
    cart: Option<CartId>,
    concerns: Option<CartId>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

/// What kind of failure it is: what a caller can do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The vendor has no such call. Nothing was sent.
    ///
    /// Troubleshooting: ask [`CartApi::capabilities`](crate::CartApi::capabilities) first.
    Unsupported,
    /// The vendor has such a call, and this interface does not use it yet. Nothing was sent.
    ///
    /// Troubleshooting: use the vendor's generated client.
    NotBuilt,
    /// The configuration is incomplete or contradicts itself. Nothing was sent.
    ///
    /// Troubleshooting: the message names the setting.
    InvalidConfig,
    /// The request is wrong: found here before it was sent, or refused by the vendor.
    ///
    /// Troubleshooting: the message and [`Error::field`] name what; [`Error::status`] is there if the vendor said so.
    InvalidRequest,
    /// The vendor does not know the credentials.
    ///
    /// Troubleshooting: check that they belong to this account and have not been revoked.
    Unauthenticated,
    /// The vendor knows the credentials, and they may not do this.
    ///
    /// Troubleshooting: compare the scopes of the credentials with those in the vendor's documentation.
    PermissionDenied,
    /// There is no such cart or line, or no longer.
    ///
    /// Troubleshooting: carts expire; create a new one. A delete or a remove-line that was repeated ([`Error::attempts`]) may find that its own earlier attempt,
    /// whose answer was lost, has done it.
    NotFound,
    /// The cart has changed since it was read.
    ///
    /// Troubleshooting: read it again and repeat the change.
    Conflict,
    /// Too many calls.
    ///
    /// Troubleshooting: nothing was done, so repeat the call later; fewer calls at a time, or a longer deadline in [`Layers`](crate::Layers), let it wait for its turn.
    RateLimited,
    /// The vendor failed, and repeating the request is harmless.
    ///
    /// Troubleshooting: it has been repeated already ([`Error::attempts`]); try later, and quote [`Error::request_id`] to the vendor.
    VendorFailure,
    /// The vendor could not be reached or did not answer, and repeating the request is harmless: it surely did not leave, or has no effect to repeat.
    ///
    /// Troubleshooting: [`Error::attempts`] were made; check address, proxy, certificates and network; if [`Error::cart`] names a cart, a part of the call is done.
    Unreachable,
    /// Nobody knows whether the vendor acted: the call left, repeating it can repeat its effect, and either no whole answer came or one that leaves it open
    /// (5xx, 408). [`Error::status`], [`Error::body`] and the vendor's words are kept if there are any. It is never repeated by itself.
    ///
    /// Troubleshooting: look whether the effect is there before repeating the call: [`Error::asked`] says what was asked, [`Error::concerns`] of which cart, and
    /// [`Error::request_id`] is what the vendor's support can look up.
    OutcomeUnknown,
    /// The vendor answered something that its documentation does not describe.
    ///
    /// Troubleshooting: the vendor's API may have changed; [`Error::field`] and [`Error::body`] show where.
    UnexpectedResponse,
}

impl ErrorKind {
    /// A stable word for logs and programs: `not-found`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unsupported => "unsupported",
            Self::NotBuilt => "not-built",
            Self::InvalidConfig => "invalid-config",
            Self::InvalidRequest => "invalid-request",
            Self::Unauthenticated => "unauthenticated",
            Self::PermissionDenied => "permission-denied",
            Self::NotFound => "not-found",
            Self::Conflict => "conflict",
            Self::RateLimited => "rate-limited",
            Self::VendorFailure => "vendor-failure",
            Self::Unreachable => "unreachable",
            Self::OutcomeUnknown => "outcome-unknown",
            Self::UnexpectedResponse => "unexpected-response",
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Whether repeating the call can help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RetryState {
    /// It will fail again.
    Permanent,
    /// It may succeed later, and repeating it does not repeat an effect.
    Temporary,
}

impl RetryState {
    /// A stable word for logs and programs: `temporary`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Permanent => "permanent",
            Self::Temporary => "temporary",
        }
    }
}

impl fmt::Display for RetryState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            retry: RetryState::Permanent,
            vendor: None,
            operation: None,
            attempts: 0,
            status: None,
            code: None,
            message: message.into(),
            vendor_message: None,
            request_id: None,
            field: None,
            body: None,
            cart: None,
            concerns: None,
            source: None,
        }))
    }

    pub(crate) fn unsupported(vendor: Vendor, verb: Verb, why: &str) -> Self {
        Self::new(
            ErrorKind::Unsupported,
            format!("{vendor} does not support `{verb}`: {why}"),
        )
        .vendor_is(vendor)
    }

    pub(crate) fn unsupported_line(vendor: Vendor, field: &str, kind: &str) -> Self {
        Self::new(ErrorKind::Unsupported, format!("{vendor} takes no {kind}"))
            .vendor_is(vendor)
            .field_is(field)
    }

    pub(crate) fn not_built(vendor: Vendor, verb: Verb) -> Self {
        Self::new(
            ErrorKind::NotBuilt,
            format!("{vendor} has a call for `{verb}`, and it is not built here yet: send it raw, or by the generated client"),
        )
        .vendor_is(vendor)
    }

    pub(crate) fn invalid(field: &str, message: impl Into<String>) -> Self {
        Self::new(ErrorKind::InvalidRequest, message).field_is(field)
    }

    pub(crate) fn invalid_request(vendor: Vendor, field: &str, message: impl Into<String>) -> Self {
        Self::invalid(field, message).vendor_is(vendor)
    }

    pub(crate) fn invalid_config(
        vendor: Vendor,
        setting: &str,
        message: impl Into<String>,
    ) -> Self {
        Self::new(ErrorKind::InvalidConfig, message)
            .vendor_is(vendor)
            .field_is(setting)
    }

    pub(crate) fn vendor_is(mut self, vendor: Vendor) -> Self {
        self.0.vendor = Some(vendor);
        self
    }

    pub(crate) fn field_is(mut self, field: &str) -> Self {
        self.0.field = Some(field.to_owned());
        self
    }

    pub(crate) fn source_is(mut self, source: impl StdError + Send + Sync + 'static) -> Self {
        self.0.source = Some(Box::new(source));
        self
    }

    pub(crate) fn retry_is(mut self, retry: RetryState) -> Self {
        self.0.retry = retry;
        self
    }

    pub(crate) fn call_is(mut self, operation: Option<&'static Operation>, attempts: u32) -> Self {
        self.0.operation = operation;
        self.0.attempts = attempts;
        self
    }

    pub(crate) fn about(mut self, cart: &CartId) -> Self {
        self.0.concerns = Some(cart.clone());
        self
    }

    pub(crate) fn answer_is(mut self, status: Option<u16>, body: Option<Vec<u8>>) -> Self {
        self.0.status = status;
        self.0.body = body;
        self
    }

    pub(crate) fn vendor_says(
        mut self,
        code: Option<String>,
        message: Option<String>,
        request_id: Option<String>,
    ) -> Self {
        self.0.code = code;
        self.0.vendor_message = message;
        self.0.request_id = request_id;
        self
    }

    /// A later step failed: `cart` holds what the steps before it did, and `done` says so. Repeating the whole call would do them again.
    pub(crate) fn after(mut self, cart: Option<CartId>, done: &str) -> Self {
        self.0.message = format!("{done}: {}", self.0.message);
        self.0.cart = cart;
        self.0.retry = RetryState::Permanent;
        self
    }

    /// What kind of failure it is.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The reason alone, without vendor, operation, status, field and body: the vendor's own words where it has some, unchanged in
    /// [`Error::vendor_message`].
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// Whether repeating the call can help.
    pub fn retry(&self) -> RetryState {
        self.0.retry
    }

    /// The vendor, when the call got as far as choosing one.
    pub fn vendor(&self) -> Option<Vendor> {
        self.0.vendor
    }

    /// The vendor's operation: `createCart`.
    pub fn operation(&self) -> Option<&'static str> {
        self.0.operation.map(|operation| operation.id)
    }

    /// What was asked: the HTTP method and the path below the vendor's address, with its parameters in braces. A raw request has none.
    pub fn asked(&self) -> Option<(&'static str, &'static str)> {
        let operation = self.0.operation?;
        (!operation.path.is_empty()).then_some((operation.method, operation.path))
    }

    /// How often the request was sent, or tried to be; 0 where nothing was. Which failures are repeated says [`RetryPolicy`](crate::RetryPolicy).
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// The cart that the call was about, as the caller named it; a call that creates a cart has none.
    pub fn concerns(&self) -> Option<&CartId> {
        self.0.concerns.as_ref()
    }

    /// The HTTP status of the answer, when there was one.
    pub fn status(&self) -> Option<u16> {
        self.0.status
    }

    /// The vendor's code for the failure, unchanged.
    pub fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// The vendor's own words, unchanged.
    pub fn vendor_message(&self) -> Option<&str> {
        self.0.vendor_message.as_deref()
    }

    /// The vendor's id of the request, to quote to its support.
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// The field that is wrong: of the request, of the configuration, or the JSON path in the answer.
    pub fn field(&self) -> Option<&str> {
        self.0.field.as_deref()
    }

    /// The cart on which a part of the call is done: where one call takes several requests, a later one may fail. The message says what is done, and the kind is
    /// that of the request that failed. Go on with this cart; the same call would do the first part again.
    ///
    /// So it is where a vendor takes one line at a time, and where the cart is read after its customer was set.
    pub fn cart(&self) -> Option<&CartId> {
        self.0.cart.as_ref()
    }

    /// The body of the answer, up to the size limit.
    pub fn body(&self) -> Option<&[u8]> {
        self.0.body.as_deref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner {
            vendor,
            operation,
            status,
            message,
            field,
            body,
            vendor_message,
            ..
        } = &*self.0;
        if let Some(vendor) = vendor
            && !message.starts_with(vendor.as_str())
        {
            write!(f, "{vendor}: ")?;
        }
        if let Some(operation) = operation {
            write!(f, "{}: ", operation.id)?;
        }
        if let Some(status) = status {
            write!(f, "HTTP {status}: ")?;
        }
        if let Some(field) = field {
            write!(f, "{field}: ")?;
        }
        f.write_str(message)?;
        // The vendor's own words say what its body says.
        let body = body.as_deref().filter(|_| vendor_message.is_none());
        if let Some(body) = body.filter(|body| !body.is_empty()) {
            write!(f, "; body: {}", start_of(body))?;
        }
        Ok(())
    }
}

/// The first 200 characters of a body, on one line.
fn start_of(body: &[u8]) -> String {
    let head = body.get(..1024).unwrap_or(body);
    let text = String::from_utf8_lossy(head);
    let mut start: String = text
        .chars()
        .take(200)
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if text.chars().count() > 200 || head.len() < body.len() {
        start.push('…');
    }
    start
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &*self.0;
        f.debug_struct("Error")
            .field("kind", &inner.kind)
            .field("retry", &inner.retry)
            .field("vendor", &inner.vendor)
            .field("operation", &self.operation())
            .field("asked", &self.asked())
            .field("attempts", &inner.attempts)
            .field("status", &inner.status)
            .field("code", &inner.code)
            .field("message", &inner.message)
            .field("vendor_message", &inner.vendor_message)
            .field("request_id", &inner.request_id)
            .field("field", &inner.field)
            .field("body", &inner.body.as_deref().map(start_of))
            .field("cart", &inner.cart)
            .field("concerns", &inner.concerns)
            .field("source", &inner.source)
            .finish()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0
            .source
            .as_deref()
            .map(|source| source as &(dyn StdError + 'static))
    }
}
