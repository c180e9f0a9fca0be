mod advice;
mod detail;
mod kind;
mod show;

use std::error::Error as StdError;
use std::time::Duration;

use cartwright_runtime::Operation;
use reqwest::header::HeaderMap;

pub use detail::ErrorDetail;
pub use kind::{ErrorKind, RetryState};

pub(crate) use advice::{Effect, seconds};

use crate::{CartId, Vendor, Verb};

/// What this crate answers.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a call failed: one struct for every vendor.
///
/// `Display` is one line. Where nobody knows whether the call was carried out, the line begins with that. [`Error::outcome`] says what is known to have happened, and
/// [`Error::advice`] what to do next. `Debug` lists everything that is known. None of them shows a credential.
///
/// The line holds the causes as well, down to the root, so there is no further [`source`](std::error::Error::source): a chain of them would say it again.
/// [`Error::origin`] is there to be downcast.
///
/// ```
/// use cartwright::{CartId, Error, ErrorKind, RetryState};
///
/// /// What a shop does when a cart could not be read or changed.
/// fn on_failure(error: &Error) -> String {
///     match (error.kind(), error.retry()) {
///         // The only kind for which the cart's id may be forgotten.
///         (ErrorKind::NotFound, _) => "begin a new cart".to_owned(),
///         (_, RetryState::Unknown) => format!("{} {}", error.outcome(), error.advice()),
///         (_, RetryState::Temporary) => format!("again in {:?}", error.retry_after()),
///         _ => error.to_string(),
///     }
/// }
///
/// # #[cfg(feature = "liquidweb")] {
/// let error = "liquidweb: ".parse::<CartId>().unwrap_err();
/// assert!(on_failure(&error).starts_with("liquidweb: cart id: "));
/// # }
/// ```
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    retry: RetryState,
    effect: Effect,
    vendor: Option<Vendor>,
    verb: Option<Verb>,
    operation: Option<&'static Operation>,
    attempts: u32,
    status: Option<u16>,
    headers: HeaderMap,
    code: Option<String>,
    message: String,
    vendor_message: Option<String>,
    details: Vec<ErrorDetail>,
    request_id: Option<String>,
    retry_after: Option<Duration>,
    is_timeout: bool,
    field: Option<String>,
    body: Option<Vec<u8>>,
    cart: Option<CartId>,
    concerns: Option<CartId>,
    /// What is open, where it is less than the whole verb.
    unsure_whether: Option<String>,
    origin: Option<Box<dyn StdError + Send + Sync>>,
}

/// What the vendor said of a failure, and where.
#[derive(Debug, Default)]
pub(crate) struct Said {
    pub(crate) code: Option<String>,
    pub(crate) message: Option<String>,
    pub(crate) details: Vec<ErrorDetail>,
    pub(crate) field: Option<String>,
    pub(crate) request_id: Option<String>,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            retry: RetryState::Permanent,
            effect: Effect::NotSent,
            vendor: None,
            verb: None,
            operation: None,
            attempts: 0,
            status: None,
            headers: HeaderMap::new(),
            code: None,
            message: message.into(),
            vendor_message: None,
            details: Vec::new(),
            request_id: None,
            retry_after: None,
            is_timeout: false,
            field: None,
            body: None,
            cart: None,
            concerns: None,
            unsure_whether: None,
            origin: None,
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

    /// What this was made of. Its words have to be in the message.
    pub(crate) fn source_is(mut self, origin: impl StdError + Send + Sync + 'static) -> Self {
        self.0.origin = Some(Box::new(origin));
        self
    }

    pub(crate) fn retry_is(mut self, retry: RetryState) -> Self {
        self.0.retry = retry;
        self
    }

    pub(crate) fn effect_is(mut self, effect: Effect) -> Self {
        self.0.effect = effect;
        self
    }

    pub(crate) fn call_is(mut self, operation: Option<&'static Operation>, attempts: u32) -> Self {
        self.0.operation = operation;
        self.0.attempts = attempts;
        self
    }

    pub(crate) fn time_is(mut self, retry_after: Option<Duration>, is_timeout: bool) -> Self {
        self.0.retry_after = retry_after;
        self.0.is_timeout = is_timeout;
        self
    }

    /// The verb that the caller asked for. What is known already stays: a verb may carry another one out.
    pub(crate) fn during(mut self, vendor: Vendor, verb: Verb, cart: Option<&CartId>) -> Self {
        self.0.vendor.get_or_insert(vendor);
        self.0.verb = Some(verb);
        if let Some(cart) = cart {
            self.0.concerns.get_or_insert_with(|| cart.clone());
        }
        self
    }

    pub(crate) fn about(mut self, cart: Option<&CartId>) -> Self {
        self.0.concerns = cart.cloned();
        self
    }

    pub(crate) fn answer_is(
        mut self,
        status: Option<u16>,
        headers: Option<&HeaderMap>,
        body: Option<Vec<u8>>,
    ) -> Self {
        self.0.status = status;
        self.0.headers = headers.map(show::without_secrets).unwrap_or_default();
        self.0.body = body;
        self
    }

    /// What the vendor said; a field that is known already stays.
    pub(crate) fn vendor_says(mut self, said: Said) -> Self {
        self.0.code = said.code;
        self.0.vendor_message = said.message;
        self.0.details = said.details;
        self.0.request_id = said.request_id;
        self.0.field = self.0.field.or(said.field);
        self
    }

    /// A later step failed: `cart` holds what the steps before it did, and `done` says so. Repeating the whole call would do them again.
    pub(crate) fn after(mut self, cart: Option<CartId>, done: &str) -> Self {
        self.0.message = format!("{done}: {}", self.0.message);
        self.0.cart = cart;
        if self.0.retry == RetryState::Temporary {
            self.0.retry = RetryState::Permanent;
        }
        self
    }

    /// What a later step was to do: "line 2 was added".
    pub(crate) fn unsure_whether(mut self, done: impl Into<String>) -> Self {
        self.0.unsure_whether = Some(done.into());
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

    /// How long to wait before the call is worth repeating: what the vendor asks for (`Retry-After`, or the end of its quota's window in headers of its own), or the
    /// rest of that window where the call was held back for it. `None` where nobody says.
    ///
    /// The time counts from when the call failed.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// Whether the time was up that the call, an attempt or a connection may take. A 408 or a 504 is the vendor's answer and not this.
    pub fn is_timeout(&self) -> bool {
        self.0.is_timeout
    }

    /// The vendor, when the call got as far as choosing one.
    pub fn vendor(&self) -> Option<Vendor> {
        self.0.vendor
    }

    /// What the caller asked for. `None` of a raw request and where the failure is not one of a call.
    pub fn verb(&self) -> Option<Verb> {
        self.0.verb
    }

    /// The vendor's operation: `createCart`. A verb may take several; this is the one that failed.
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

    /// The headers of the answer; empty when there was none. Where one holds a credential, a cookie, or the query of an address, the word `REDACTED` stands in its place.
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// The vendor's code for the failure, unchanged.
    pub fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// The vendor's own words, unchanged: what it says of the failure as a whole, and then what it lists.
    pub fn vendor_message(&self) -> Option<&str> {
        self.0.vendor_message.as_deref()
    }

    /// Every single failure that the vendor lists; empty where it lists none.
    pub fn details(&self) -> &[ErrorDetail] {
        &self.0.details
    }

    /// The vendor's id of the request, to quote to its support.
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// The field that is wrong: of the request, in our words where it was found here and in the vendor's where it names exactly one; of the configuration; or the JSON
    /// path in the answer. Where the vendor names several, they are in [`Error::details`].
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

    /// The error that this was made of, to be downcast: a [`runtime::Error`](crate::runtime::Error) for a call. Its words are in this error's line.
    pub fn origin(&self) -> Option<&(dyn StdError + Send + Sync + 'static)> {
        self.0.origin.as_deref()
    }
}
