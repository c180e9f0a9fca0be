//! Errors: one object for each, in one line of standard error.

use cartwright::Error;
use serde::Serialize;

use super::SCHEMA;

/// How much of a body is told. A page of an error is rarely as long, and a line has to stay readable.
const BODY: usize = 64 << 10;

/// The whole document.
#[derive(Serialize)]
pub(crate) struct ErrorDocument<'a> {
    schema: u32,
    #[serde(rename = "type")]
    kind: &'static str,
    error: Told<'a>,
}

/// Everything that is known of a failure.
#[derive(Default, Serialize)]
struct Told<'a> {
    kind: &'static str,
    message: &'a str,
    retry: &'static str,
    outcome: Option<String>,
    advice: Option<String>,
    verb: Option<&'static str>,
    vendor: Option<&'static str>,
    operation: Option<&'a str>,
    asked: Option<Asked>,
    attempts: u32,
    concerns: Option<String>,
    cart: Option<String>,
    status: Option<u16>,
    code: Option<&'a str>,
    vendor_message: Option<&'a str>,
    details: Vec<Detail<'a>>,
    field: Option<&'a str>,
    request_id: Option<&'a str>,
    retry_after_seconds: Option<u64>,
    is_timeout: bool,
    body: Option<String>,
    body_bytes: Option<usize>,
}

#[derive(Serialize)]
struct Asked {
    method: &'static str,
    path: &'static str,
}

#[derive(Serialize)]
struct Detail<'a> {
    field: Option<&'a str>,
    code: Option<&'a str>,
    message: &'a str,
}

impl<'a> ErrorDocument<'a> {
    fn new(error: Told<'a>) -> Self {
        Self {
            schema: SCHEMA,
            kind: "error",
            error,
        }
    }

    /// A failure of the program's own.
    pub(crate) fn own(kind: &'static str, message: &'a str) -> Self {
        Self::new(Told {
            kind,
            message,
            retry: "permanent",
            ..Told::default()
        })
    }

    /// A failure of a cart operation.
    pub(crate) fn of(error: &'a Error) -> Self {
        let detail = |detail: &'a cartwright::ErrorDetail| Detail {
            field: detail.field.as_deref(),
            code: detail.code.as_deref(),
            message: &detail.message,
        };
        // A part of a second is a second: earlier would be too early.
        let whole_seconds =
            |time: std::time::Duration| time.as_secs() + u64::from(time.subsec_nanos() > 0);
        Self::new(Told {
            kind: error.kind().as_str(),
            message: error.message(),
            retry: error.retry().as_str(),
            outcome: Some(error.outcome()),
            advice: Some(error.advice()),
            verb: error.verb().map(|verb| verb.as_str()),
            vendor: error.vendor().map(|vendor| vendor.as_str()),
            operation: error.operation(),
            asked: error.asked().map(|(method, path)| Asked { method, path }),
            attempts: error.attempts(),
            concerns: error.concerns().map(ToString::to_string),
            cart: error.cart().map(ToString::to_string),
            status: error.status(),
            code: error.code(),
            vendor_message: error.vendor_message(),
            details: error.details().iter().map(detail).collect(),
            field: error.field(),
            request_id: error.request_id(),
            retry_after_seconds: error.retry_after().map(whole_seconds),
            is_timeout: error.is_timeout(),
            body: error.body().map(|body| {
                let head = body.get(..BODY).unwrap_or(body);
                String::from_utf8_lossy(head).into_owned()
            }),
            body_bytes: error.body().map(<[u8]>::len),
        })
    }
}
