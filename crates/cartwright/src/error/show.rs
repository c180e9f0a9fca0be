//! What an error shows of itself.

use std::error::Error as StdError;
use std::fmt;

use cartwright_runtime::REDACTED;
use reqwest::header::{self, HeaderMap, HeaderName, HeaderValue};

use super::{Error, Inner};

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&one_line(&self.whole()))
    }
}

impl Error {
    fn whole(&self) -> String {
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
        let mut line = String::new();
        if let Some(open) = self.what_is_open() {
            line.push_str(&format!("it is not known whether {open}: "));
        }
        if let Some(vendor) = vendor
            && !message.starts_with(vendor.as_str())
        {
            line.push_str(&format!("{vendor}: "));
        }
        if let Some(operation) = operation {
            line.push_str(&format!("{}: ", operation.id));
        }
        if let Some(status) = status {
            line.push_str(&format!("HTTP {status}: "));
        }
        if let Some(field) = field {
            line.push_str(&format!("{field}: "));
        }
        line.push_str(message);
        // The vendor's own words say what its body says.
        match (vendor_message, body.as_deref()) {
            (Some(words), _) if message.contains(words.as_str()) => {}
            (Some(words), _) => line.push_str(&format!("; the vendor says: {words}")),
            (None, Some(body)) if !body.is_empty() => {
                line.push_str(&format!("; body: {}", start_of(body)));
            }
            (None, _) => {}
        }
        line
    }
}

fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

/// The headers, without what grants access to whoever reads them.
pub(super) fn without_secrets(headers: &HeaderMap) -> HeaderMap {
    const SECRET: [HeaderName; 5] = [
        header::SET_COOKIE,
        header::WWW_AUTHENTICATE,
        header::PROXY_AUTHENTICATE,
        header::AUTHORIZATION,
        header::PROXY_AUTHORIZATION,
    ];
    let mut shown = headers.clone();
    for (name, value) in &mut shown {
        if SECRET.contains(name) || value.is_sensitive() {
            *value = HeaderValue::from_static(REDACTED);
        } else if let Some((address, _)) = value.to_str().ok().and_then(|text| text.split_once('?'))
            && (*name == header::LOCATION || *name == header::CONTENT_LOCATION)
        {
            let shortened = HeaderValue::try_from(format!("{address}?{REDACTED}"));
            *value = shortened.unwrap_or_else(|_| HeaderValue::from_static(REDACTED));
        }
    }
    shown
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
            .field("verb", &inner.verb)
            .field("operation", &self.operation())
            .field("asked", &self.asked())
            .field("attempts", &inner.attempts)
            .field("status", &inner.status)
            .field("headers", &inner.headers)
            .field("code", &inner.code)
            .field("message", &inner.message)
            .field("vendor_message", &inner.vendor_message)
            .field("details", &inner.details)
            .field("request_id", &inner.request_id)
            .field("retry_after", &inner.retry_after)
            .field("is_timeout", &inner.is_timeout)
            .field("field", &inner.field)
            .field("body", &inner.body.as_deref().map(start_of))
            .field("cart", &inner.cart)
            .field("concerns", &inner.concerns)
            .finish()
    }
}

impl StdError for Error {}
