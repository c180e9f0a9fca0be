//! HAR 1.2, the form in which browsers and HTTP tools read what was sent and answered.

use std::path::Path;

use serde_json::{Value, json};

use super::exchange::{self, Content, Exchange, Pairs, ReplayError};

/// A folder of recordings as one HAR 1.2 document.
///
/// The recordings hold no credentials, so the document holds none. A request that brought no response
/// has one of status 0 with the reason in `_error`; a body that broke off has its start, and `_error`.
///
/// # Errors
/// Those of [`Replay::from_folder`](super::Replay::from_folder).
///
/// ```no_run
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let har = cartwright_runtime::record::har::export("target/recordings")?;
/// std::fs::write("recordings.har", har.to_string())?;
/// # Ok(())
/// # }
/// ```
pub fn export(folder: impl AsRef<Path>) -> Result<Value, ReplayError> {
    let recordings = exchange::read_folder(folder.as_ref())?;
    let entries: Vec<Value> = recordings
        .iter()
        .map(|(_, exchange)| entry(exchange))
        .collect();
    Ok(json!({
        "log": {
            "version": "1.2",
            "creator": {"name": "cartwright", "version": env!("CARGO_PKG_VERSION")},
            "entries": entries,
        }
    }))
}

fn entry(exchange: &Exchange) -> Value {
    json!({
        "startedDateTime": exchange.started,
        "time": exchange.milliseconds,
        "request": request(exchange),
        "response": response(exchange),
        "cache": {},
        // Only the whole time is known.
        "timings": {"send": 0, "wait": exchange.milliseconds, "receive": 0},
        "comment": exchange.operation,
    })
}

fn request(exchange: &Exchange) -> Value {
    let sent = &exchange.request;
    let query: String = match sent.query.is_empty() {
        true => String::new(),
        false => {
            let mut form = url::form_urlencoded::Serializer::new(String::new());
            format!("?{}", form.extend_pairs(&sent.query).finish())
        }
    };
    let mut request = json!({
        "method": sent.method,
        "url": format!("{}{}{query}", sent.origin, sent.path),
        "httpVersion": "unknown",
        "cookies": [],
        "headers": named(&sent.headers),
        "queryString": named(&sent.query),
        "headersSize": -1,
        "bodySize": sent.body.as_ref().map_or(0, |body| body.bytes().len()),
    });
    if let (Some(body), Some(request)) = (&sent.body, request.as_object_mut()) {
        let mut data = json!({
            "mimeType": header(&sent.headers, "content-type"),
            "text": String::from_utf8_lossy(&body.bytes()),
        });
        if let (Content::Form(pairs), Some(data)) = (body, data.as_object_mut()) {
            data.insert("params".to_owned(), named(pairs));
        }
        request.insert("postData".to_owned(), data);
    }
    request
}

fn response(exchange: &Exchange) -> Value {
    let answered = exchange.response.as_ref();
    let none = Pairs::new();
    let headers = answered.map_or(&none, |answered| &answered.headers);
    let status = answered.map_or(0, |answered| answered.status.as_u16());
    let reason = answered.and_then(|answered| answered.status.canonical_reason());
    let body = answered.and_then(|answered| answered.body.as_ref());
    let size = body.map_or(0, |body| body.bytes().len());
    let mut content = json!({"size": size, "mimeType": header(headers, "content-type")});
    if let (Some(body), Some(content)) = (body, content.as_object_mut()) {
        let text = match body {
            Content::Base64(text) => {
                content.insert("encoding".to_owned(), "base64".into());
                text.clone()
            }
            body => String::from_utf8_lossy(&body.bytes()).into_owned(),
        };
        content.insert("text".to_owned(), text.into());
    }
    let mut response = json!({
        "status": status,
        "statusText": reason.unwrap_or_default(),
        "httpVersion": "unknown",
        "cookies": [],
        "headers": named(headers),
        "content": content,
        "redirectURL": header(headers, "location"),
        "headersSize": -1,
        "bodySize": size,
    });
    if let (Some(failed), Some(response)) = (&exchange.failure, response.as_object_mut()) {
        response.insert("_error".to_owned(), failed.message.clone().into());
    }
    response
}

fn header(headers: &Pairs, name: &str) -> String {
    let mut headers = headers.iter();
    let found = headers.find(|(other, _)| other.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value.clone()).unwrap_or_default()
}

fn named(pairs: &Pairs) -> Value {
    let named = pairs
        .iter()
        .map(|(name, value)| json!({"name": name, "value": value}));
    named.collect()
}
