//! What the sandbox was asked, and what it answered.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// A body longer than this is answered with 413 and not kept.
const LONGEST_BODY: usize = 2 * 1024 * 1024;

/// One request that reached the sandbox.
///
/// Header values are not kept, and the values of fields that hold credentials are hidden, so a log can be printed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Call {
    /// The HTTP method, in upper case.
    pub method: String,
    /// The path as it was sent, percent-encoded.
    pub path: String,
    /// The query as it was sent, without the question mark, credentials hidden. `None` if there was no question mark.
    pub query: Option<String>,
    /// The names of the request's headers, in lower case and in the order sent.
    pub header_names: Vec<String>,
    /// The request's body as text, with bytes that are not UTF-8 replaced and the credentials of a form hidden. Empty if there was
    /// none.
    pub body: String,
    /// The HTTP status of the answer.
    pub status: u16,
}

/// The calls of one sandbox, in the order answered.
#[derive(Clone, Debug, Default)]
pub(crate) struct CallLog {
    calls: Arc<Mutex<Vec<Call>>>,
}

impl CallLog {
    pub(crate) fn calls(&self) -> Vec<Call> {
        self.lock().clone()
    }

    pub(crate) fn clear(&self) {
        self.lock().clear();
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Call>> {
        self.calls.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Middleware: reads the whole request, lets it be answered, and keeps both.
pub(crate) async fn record(State(log): State<CallLog>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let mut call = Call {
        method: parts.method.to_string(),
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().map(without_credentials),
        header_names: parts.headers.keys().map(ToString::to_string).collect(),
        body: String::new(),
        status: 0,
    };
    let response = match to_bytes(body, LONGEST_BODY).await {
        Ok(bytes) => {
            let text = String::from_utf8_lossy(&bytes);
            call.body = match is_form(&parts.headers) {
                true => without_credentials(&text),
                false => text.into_owned(),
            };
            next.run(Request::from_parts(parts, Body::from(bytes)))
                .await
        }
        Err(_) => too_long(),
    };
    call.status = response.status().as_u16();
    log.lock().push(call);
    response
}

fn is_form(headers: &HeaderMap) -> bool {
    let media = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    media.is_some_and(|media| media.starts_with("application/x-www-form-urlencoded"))
}

/// The fields in which vendors take credentials outside headers.
const CREDENTIALS: [&str; 4] = ["access_token", "client_secret", "password", "refresh_token"];

/// The pairs of a query or form, the values of credentials replaced.
fn without_credentials(pairs: &str) -> String {
    let hidden = |pair: &str| match pair.split_once('=') {
        Some((name, _)) if CREDENTIALS.contains(&name) => format!("{name}=[hidden]"),
        _ => pair.to_owned(),
    };
    pairs.split('&').map(hidden).collect::<Vec<_>>().join("&")
}

fn too_long() -> Response {
    let body = format!(
        r#"{{"status":413,"title":"The sandbox takes bodies of at most {LONGEST_BODY} bytes"}}"#
    );
    (
        StatusCode::PAYLOAD_TOO_LARGE,
        [(header::CONTENT_TYPE, "application/json")],
        body,
    )
        .into_response()
}

#[cfg(test)]
mod tests {
    use super::without_credentials;

    #[test]
    fn credentials_of_a_form_are_hidden_and_the_rest_stays() {
        for (sent, kept) in [
            (
                "grant_type=password&password=a%26b&username=ann",
                "grant_type=password&password=[hidden]&username=ann",
            ),
            (
                "access_token=8675309&item={}",
                "access_token=[hidden]&item={}",
            ),
            ("password", "password"),
            ("", ""),
        ] {
            assert_eq!(without_credentials(sent), kept);
        }
    }
}
