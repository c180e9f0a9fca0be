//! What a sandbox does wrong on demand.

pub(crate) mod book;
pub(crate) mod check;
mod drift;
mod operation;
mod script;
pub(crate) mod strike;

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};

pub use book::{FaultHit, FaultRecord};
pub use check::FaultError;
pub use drift::Drift;
pub use script::Faults;

/// Something that goes wrong with the next answers of one operation. See [`Sandbox::fault`](crate::Sandbox::fault).
///
/// A fault says where and how often it strikes, and one thing that goes wrong; a [delay](Self::delay) may come with
/// any of them. Nothing is left to chance: it strikes the first requests that it fits, as many as
/// [`times`](Self::times) says.
///
/// Each kind strikes either before the vendor acts, so that the request changes nothing, or after it has acted, so that
/// the caller can't know. Where nothing is said, what a gateway would answer ([`status`](Self::status),
/// [`html`](Self::html), [`quota`](Self::quota), [`token_death`](Self::token_death)) strikes before, and the rest after.
///
/// In JSON a fault is an object: `{"vendor": "bigcommerce", "operation": "createCart", "times": 2,
/// "when": "after_acting", "status": 503, "headers": {"retry-after": "1"}}`. The other keys are `body`, `delay_ms`,
/// `slow_body_ms`, `cut_body`, `reset`, `garbage`, `html`, `content_type`, `drift`, `token_death` and `quota`.
///
/// # Example
/// ```
/// use cartwright_sandbox::{Fault, Sandbox};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let sandbox = Sandbox::start().await?;
/// sandbox.fault(Fault::at("bigcommerce", "getCart").status(503).header("retry-after", "1"))?;
///
/// let http = reqwest::Client::builder().no_proxy().build()?;
/// let cart = format!("{}/stores/sandboxstore/v3/carts/7", sandbox.base_url());
/// assert_eq!(http.get(&cart).send().await?.status(), 503);
/// assert_eq!(http.get(&cart).send().await?.status(), 401);
/// assert_eq!(sandbox.fault_log()[0].hits.len(), 1);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[must_use = "a fault strikes only once it is given to a sandbox"]
pub struct Fault {
    pub(crate) vendor: String,
    pub(crate) operation: String,
    #[serde(default = "once")]
    pub(crate) times: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) when: Option<When>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) delay_ms: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) status: Option<u16>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) headers: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) body: Option<String>,
    #[serde(default, skip_serializing_if = "is_no")]
    pub(crate) html: bool,
    #[serde(default, skip_serializing_if = "is_no")]
    pub(crate) garbage: bool,
    #[serde(default, skip_serializing_if = "is_no")]
    pub(crate) reset: bool,
    #[serde(default, skip_serializing_if = "is_no")]
    pub(crate) token_death: bool,
    #[serde(default, skip_serializing_if = "is_no")]
    pub(crate) quota: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) content_type: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) slow_body_ms: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) cut_body: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) drift: Option<Drift>,
}

/// On which side of the vendor's action a fault strikes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum When {
    BeforeActing,
    AfterActing,
}

fn once() -> u32 {
    1
}

/// Serde asks by reference.
#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_no(flag: &bool) -> bool {
    !flag
}

fn millis(span: Duration) -> u64 {
    u64::try_from(span.as_millis()).unwrap_or(u64::MAX)
}

impl Fault {
    /// A fault of one operation, by its id in [`Sandbox::operations`](crate::Sandbox::operations); `*` is any
    /// operation of the vendor. It strikes once, and needs to be told what goes wrong.
    pub fn at(vendor: impl Into<String>, operation: impl Into<String>) -> Self {
        Self {
            vendor: vendor.into(),
            operation: operation.into(),
            times: once(),
            when: None,
            delay_ms: None,
            status: None,
            headers: BTreeMap::new(),
            body: None,
            html: false,
            garbage: false,
            reset: false,
            token_death: false,
            quota: false,
            content_type: None,
            slow_body_ms: None,
            cut_body: None,
            drift: None,
        }
    }

    /// How many requests it strikes, at least 1.
    pub fn times(mut self, times: u32) -> Self {
        self.times = times;
        self
    }

    /// The vendor never acts on the request; only for faults that need no answer of the vendor's.
    pub fn before_acting(mut self) -> Self {
        self.when = Some(When::BeforeActing);
        self
    }

    /// The vendor acts on the request, and the caller doesn't get to know.
    pub fn after_acting(mut self) -> Self {
        self.when = Some(When::AfterActing);
        self
    }

    /// Another answer, of this HTTP status from 200 to 599, with an empty body unless [`body`](Self::body) gives one.
    pub fn status(mut self, status: u16) -> Self {
        self.status = Some(status);
        self
    }

    /// A header of the answer that [`status`](Self::status) or [`html`](Self::html) makes.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.insert(name.into(), value.into());
        self
    }

    /// The body of the answer that [`status`](Self::status) makes; JSON unless a header `content-type` says otherwise.
    pub fn body(mut self, body: impl Into<String>) -> Self {
        self.body = Some(body.into());
        self
    }

    /// An HTML page, as a gateway's: under 502, or the [`status`](Self::status) given.
    pub fn html(mut self) -> Self {
        self.html = true;
        self
    }

    /// The first byte of the answer leaves this much later, to the millisecond. The vendor acts and the call is logged
    /// even if the caller hangs up meanwhile.
    pub fn delay(mut self, by: Duration) -> Self {
        self.delay_ms = Some(millis(by));
        self
    }

    /// The body leaves in chunks of 64 bytes with this pause, to the millisecond, before each.
    pub fn slow_body(mut self, between_chunks: Duration) -> Self {
        self.slow_body_ms = Some(millis(between_chunks));
        self
    }

    /// The connection is closed after so many bytes of the body, less than its `Content-Length` promises.
    pub fn cut_body(mut self, after_bytes: u64) -> Self {
        self.cut_body = Some(after_bytes);
        self
    }

    /// The connection is reset (a TCP RST) before any byte of the answer.
    pub fn reset(mut self) -> Self {
        self.reset = true;
        self
    }

    /// The body is bytes that are no JSON and no text. Status and media type stay.
    pub fn garbage(mut self) -> Self {
        self.garbage = true;
        self
    }

    /// The answer claims this media type. Its body stays.
    pub fn content_type(mut self, media_type: impl Into<String>) -> Self {
        self.content_type = Some(media_type.into());
        self
    }

    /// The answer has one field that is not as documented. Its JSON is written anew.
    pub fn drift(mut self, drift: Drift) -> Self {
        self.drift = Some(drift);
        self
    }

    /// The credentials of the request are refused, in the vendor's own words. At Webroot all tokens that were given
    /// out end for good; elsewhere the next request is let in again.
    pub fn token_death(mut self) -> Self {
        self.token_death = true;
        self
    }

    /// The vendor's refusal of one request too many: 429 with the documented headers and body, where there are some;
    /// at Liquid Web HTTP 200 with an error's body, as it documents.
    pub fn quota(mut self) -> Self {
        self.quota = true;
        self
    }
}
