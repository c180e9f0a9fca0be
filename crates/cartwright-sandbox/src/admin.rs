//! The sandbox's own calls, under `/_sandbox/`: what a test in another process, or a person, asks of it.

use std::collections::BTreeMap;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Request, State as Within};
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::clock::Clock;
use crate::fault::Faults;
use crate::server::Inside;
use crate::state::State;
use crate::vendors::Vendors;

/// What stands before the path of each call, and what the calls themselves no longer see of it.
const ROOT: &str = "/_sandbox";

/// A state holds all carts, so it may be longer than what a vendor takes.
const LONGEST_BODY: usize = 64 * 1024 * 1024;

/// The admin calls. They stand beside what records the calls, not below it.
pub(crate) fn router(inside: Inside) -> Router {
    let calls = Router::new()
        .route("/calls", get(calls))
        .route("/clock", get(clock).put(set_clock))
        .route("/exchanges", get(exchanges))
        .route("/faults", get(faults).post(add_faults).delete(clear_faults))
        .route("/operations", get(operations))
        .route("/reset", post(reset))
        .route("/state", get(state).put(put_state))
        .fallback(no_such_call)
        .method_not_allowed_fallback(wrong_method)
        .layer(DefaultBodyLimit::max(LONGEST_BODY))
        .layer(from_fn(keep_out_web_pages))
        .with_state(inside);
    Router::new().nest(ROOT, calls)
}

/// A web page can send requests to this machine, so what a browser sends for one is refused: it names the page's
/// origin, or says by `Sec-Fetch-Site` that a page asked. A page whose name was bound to this machine counts as
/// of one origin with the sandbox and is told by the name in `Host`.
async fn keep_out_web_pages(request: Request, next: Next) -> Response {
    match why_not(request.headers()) {
        Some(why) => refusal(StatusCode::FORBIDDEN, why),
        None => next.run(request).await,
    }
}

fn why_not(headers: &HeaderMap) -> Option<&'static str> {
    let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    if headers.contains_key(header::ORIGIN) {
        return Some(
            "a web page asked: admin calls take no request with an Origin header; ask from a program",
        );
    }
    if text("sec-fetch-site").is_some_and(|site| site != "none") {
        return Some(
            "a web page asked: of a browser, admin calls take only what its user typed; ask from a program",
        );
    }
    let host = text("host").unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    (!["127.0.0.1", "localhost"].contains(&name)).then_some(
        "the Host header names another machine: ask at 127.0.0.1 or localhost, by the address that the sandbox says",
    )
}

async fn calls(Within(inside): Within<Inside>) -> Response {
    answer(&inside.calls.calls())
}

async fn exchanges(Within(inside): Within<Inside>) -> Response {
    match inside.observers.kept() {
        Some(kept) => answer(&kept),
        None => refusal(
            StatusCode::NOT_FOUND,
            "this sandbox keeps no exchanges: start it with `Builder::keep_exchanges`, or by `cart sandbox`",
        ),
    }
}

async fn reset(Within(inside): Within<Inside>) -> Response {
    inside.reset();
    StatusCode::NO_CONTENT.into_response()
}

async fn faults(Within(inside): Within<Inside>) -> Response {
    answer(&inside.faults.log())
}

async fn add_faults(Within(inside): Within<Inside>, body: Bytes) -> Response {
    let given = match read_json(&body) {
        Ok(given) => given,
        Err(why) => return refusal(StatusCode::BAD_REQUEST, &why),
    };
    match Faults::from_value(&given).and_then(|faults| inside.faults.add(&faults)) {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => refusal(StatusCode::UNPROCESSABLE_ENTITY, &error.to_string()),
    }
}

async fn clear_faults(Within(inside): Within<Inside>) -> Response {
    inside.faults.clear();
    StatusCode::NO_CONTENT.into_response()
}

async fn operations() -> Response {
    answer(&BTreeMap::from(Vendors::operations()))
}

async fn state(Within(inside): Within<Inside>) -> Response {
    answer(&inside.state())
}

async fn put_state(Within(inside): Within<Inside>, body: Bytes) -> Response {
    let given = match read_json(&body) {
        Ok(given) => given,
        Err(why) => return refusal(StatusCode::BAD_REQUEST, &why),
    };
    match State::from_value(&given).and_then(|state| inside.restore(&state)) {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => refusal(StatusCode::UNPROCESSABLE_ENTITY, &error.to_string()),
    }
}

async fn clock(Within(inside): Within<Inside>) -> Response {
    answer(&Reading::of(&inside))
}

/// What the clock says.
#[derive(Serialize)]
struct Reading {
    /// RFC 3339, to the millisecond; null if no calendar has that day.
    time: Option<String>,
    follows: bool,
}

impl Reading {
    fn of(inside: &Inside) -> Self {
        let time = DateTime::<Utc>::from_timestamp_millis(inside.clock.unix_millis());
        Self {
            time: time.map(|time| time.to_rfc3339_opts(SecondsFormat::Millis, true)),
            follows: inside.clock.standing_millis().is_none(),
        }
    }
}

/// One of three ways to change the clock.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    time: Option<String>,
    advance_seconds: Option<u64>,
    follow: Option<bool>,
}

async fn set_clock(Within(inside): Within<Inside>, body: Bytes) -> Response {
    let asked = match read_json(&body) {
        Ok(asked) => asked,
        Err(why) => return refusal(StatusCode::BAD_REQUEST, &why),
    };
    let unclear = "give one of {\"time\": \"2026-01-31T09:00:00Z\"}, {\"advance_seconds\": 60} and {\"follow\": true}";
    let change: Change = match serde_json::from_value(asked) {
        Ok(change) => change,
        Err(error) => {
            return refusal(
                StatusCode::UNPROCESSABLE_ENTITY,
                &format!("{error}; {unclear}"),
            );
        }
    };
    match (change.time, change.advance_seconds, change.follow) {
        (Some(time), None, None) => match Clock::parse_time(&time) {
            Ok(time) => inside.clock.set(time),
            Err(why) => {
                return refusal(StatusCode::UNPROCESSABLE_ENTITY, &format!("time: {why}"));
            }
        },
        (None, Some(seconds), None) => inside.clock.advance(Duration::from_secs(seconds)),
        (None, None, Some(true)) => inside.clock.follow(),
        _ => return refusal(StatusCode::UNPROCESSABLE_ENTITY, unclear),
    }
    answer(&Reading::of(&inside))
}

fn read_json(body: &[u8]) -> Result<Value, String> {
    serde_json::from_slice(body).map_err(|error| format!("the body is not JSON: {error}"))
}

async fn no_such_call(uri: Uri) -> Response {
    let why = format!(
        "`{ROOT}{}` is no admin call of the sandbox; its documentation lists them",
        uri.path()
    );
    refusal(StatusCode::NOT_FOUND, &why)
}

async fn wrong_method(method: Method, uri: Uri) -> Response {
    let why = format!(
        "`{ROOT}{}` does not take {method}; the header Allow says what it takes",
        uri.path()
    );
    refusal(StatusCode::METHOD_NOT_ALLOWED, &why)
}

fn refusal(status: StatusCode, why: &str) -> Response {
    written(status, json!({"error": why}).to_string())
}

fn answer(what: &impl Serialize) -> Response {
    match serde_json::to_string(what) {
        Ok(text) => written(StatusCode::OK, text),
        Err(error) => refusal(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()),
    }
}

fn written(status: StatusCode, text: String) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json")], text).into_response()
}
