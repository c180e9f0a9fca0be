//! What the sandbox was asked, and what it answered.

use std::panic::resume_unwind;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::credentials;
use crate::exchange::{Exchange, Observers};
use crate::fault::strike::Touched;

/// A body longer than this is answered with 413 and not kept.
const LONGEST_BODY: usize = 2 * 1024 * 1024;

/// Marks an answer that a fault touched: it leaves as it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unpacked;

/// One request that reached the sandbox.
///
/// Header values are not kept, and the values of fields that hold credentials are hidden, so a log can be printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
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
    /// The HTTP status of the answer. 0 if a fault reset the connection before one.
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

/// Middleware: reads the whole request, lets it be answered, keeps both, and shows them to the observers before
/// the answer leaves, so that whoever has the answer knows that it was seen.
pub(crate) async fn record(
    State((log, observers)): State<(CallLog, Observers)>,
    request: Request,
    next: Next,
) -> Response {
    let (parts, body) = request.into_parts();
    let mut call = Call {
        method: parts.method.to_string(),
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().map(credentials::hide_in_pairs),
        header_names: parts.headers.keys().map(ToString::to_string).collect(),
        body: String::new(),
        status: 0,
    };
    let mut exchange = Exchange {
        method: call.method.clone(),
        path: call.path.clone(),
        query: parts.uri.query().map(str::to_owned),
        request_body: Vec::new(),
        status: 0,
        response_headers: Vec::new(),
        response_body: Vec::new(),
        fault: None,
    };
    match to_bytes(body, LONGEST_BODY).await {
        Err(_) => noted(too_long(), call, exchange, &log, &observers).await,
        Ok(bytes) => {
            let text = String::from_utf8_lossy(&bytes);
            call.body = match is_form(&parts.headers) {
                true => credentials::hide_in_pairs(&text),
                false => text.into_owned(),
            };
            exchange.request_body = bytes.to_vec();
            // A vendor goes on with what it was asked when the caller hangs up, and the log has to say so.
            let request = Request::from_parts(parts, Body::from(bytes));
            let answered = tokio::spawn(async move {
                let response = next.run(request).await;
                noted(response, call, exchange, &log, &observers).await
            });
            match answered.await {
                Ok(response) => response,
                Err(error) => match error.try_into_panic() {
                    Ok(panic) => resume_unwind(panic),
                    // The runtime stops, and the connection with it.
                    Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
                },
            }
        }
    }
}

/// The answer as it was, once the log has it.
async fn noted(
    mut response: Response,
    mut call: Call,
    mut exchange: Exchange,
    log: &CallLog,
    observers: &Observers,
) -> Response {
    let touched = response.extensions_mut().remove::<Touched>();
    if touched.is_some() {
        response.extensions_mut().insert(Unpacked);
    }
    call.status = match &touched {
        Some(touched) if touched.unanswered => 0,
        _ => response.status().as_u16(),
    };
    exchange.status = call.status;
    exchange.fault = touched.map(|touched| touched.told);
    log.lock().push(call);
    seen(response, exchange, observers).await
}

/// The answer as it was, once the observers have seen it.
async fn seen(response: Response, mut exchange: Exchange, observers: &Observers) -> Response {
    let (parts, body) = response.into_parts();
    // What the stand-ins answer stands in memory as a whole; it can't break off.
    let bytes = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let headers = parts.headers.iter();
    exchange.response_headers = headers
        .map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            (name.to_string(), value)
        })
        .collect();
    exchange.response_body = bytes.to_vec();
    observers.see(&exchange);
    Response::from_parts(parts, Body::from(bytes))
}

fn is_form(headers: &HeaderMap) -> bool {
    let media = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    media.is_some_and(|media| media.starts_with("application/x-www-form-urlencoded"))
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
