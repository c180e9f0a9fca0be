//! The two middlewares that carry faults out.
//!
//! [`act`] stands inside what records the calls, so that what is recorded is what was sent. [`send`] stands around it:
//! a caller that hangs up while an answer is late or slow finds the call recorded.

use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::Value;
use tokio::time::sleep;

use super::When;
use super::book::{FaultBook, Struck};
use super::check::Kind;
use super::operation;
use crate::quota::OtherQuotas;
use crate::vendors::Vendors;
use crate::wire::{Effect, Wire};

/// Bytes that are no JSON and no UTF-8.
const GARBAGE: &[u8] = b"\x00\xff\xfe<{]\x80 garbage";

/// What the answers of all vendors go through.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    pub(crate) book: FaultBook,
    pub(crate) vendors: Vendors,
    pub(crate) quotas: OtherQuotas,
}

/// The mark of an answer that is not the vendor's own, in words.
#[derive(Clone, Debug)]
pub(crate) struct Touched {
    pub(crate) told: String,
    /// No byte of the answer leaves.
    pub(crate) unanswered: bool,
}

/// How an answer leaves.
#[derive(Clone, Debug)]
struct Leaving {
    delay: Option<Duration>,
    effect: Option<Effect>,
}

/// Middleware: lets the vendor act, unless a fault or a quota is before it, and changes the answer.
pub(crate) async fn act(State(site): State<Site>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    // What records the calls has read it and refused what is too long.
    let bytes = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let (method, path) = (parts.method.as_str(), parts.uri.path());
    let asked = operation::asked(method, path, parts.uri.query(), &bytes);
    let struck =
        asked.and_then(|(vendor, operation)| site.book.strike(vendor, operation, method, path));
    let request = Request::from_parts(parts, Body::from(bytes));
    match (asked, struck) {
        (None, _) => next.run(request).await,
        (Some((vendor, _)), None) => answer(&site, vendor, request, next).await,
        (Some((vendor, _)), Some(struck)) => strike(&site, vendor, &struck, request, next).await,
    }
}

/// Middleware: sends the answer late, slowly, in part or not at all.
pub(crate) async fn send(
    ConnectInfo(wire): ConnectInfo<Wire>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = next.run(request).await;
    if let Some(leaving) = response.extensions_mut().remove::<Leaving>() {
        if let Some(delay) = leaving.delay {
            sleep(delay).await;
        }
        if let Some(effect) = leaving.effect {
            wire.arm(effect);
        }
    }
    response
}

async fn answer(site: &Site, vendor: &'static str, request: Request, next: Next) -> Response {
    if !site.quotas.used_up(vendor) {
        return next.run(request).await;
    }
    let mut response = refuse(site, vendor, request.uri().path());
    response.extensions_mut().insert(Touched {
        told: format!("the quota of {vendor}, for which nothing is documented"),
        unanswered: false,
    });
    response
}

fn refuse(site: &Site, vendor: &str, path: &str) -> Response {
    site.vendors.too_many_requests(vendor, path)
}

async fn strike(
    site: &Site,
    vendor: &'static str,
    struck: &Struck,
    mut request: Request,
    next: Next,
) -> Response {
    let checked = &struck.checked;
    let path = request.uri().path().to_owned();
    let before = checked.when == When::BeforeActing;
    if let (true, Some(delay)) = (before, checked.delay) {
        sleep(delay).await;
    }
    let mut response = if before && is_made_up(&checked.kind) {
        Response::default()
    } else {
        if let Kind::TokenDeath = checked.kind {
            end_credentials(site, vendor, request.headers_mut());
        }
        answer(site, vendor, request, next).await
    };
    let mut effect = None;
    match &checked.kind {
        Kind::Late | Kind::TokenDeath => {}
        Kind::Status {
            status,
            headers,
            body,
        } => response = (*status, headers.clone(), body.clone()).into_response(),
        Kind::Quota => response = refuse(site, vendor, &path),
        Kind::ContentType(media_type) => {
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_TYPE, media_type.clone());
        }
        Kind::Reset => effect = Some(Effect::Reset),
        Kind::Garbage | Kind::Drift(_) | Kind::Slow(_) | Kind::Cut(_) => {
            (response, effect) = changed(struck, response).await;
        }
    }
    response.extensions_mut().insert(Touched {
        told: checked.told.clone(),
        unanswered: effect == Some(Effect::Reset),
    });
    response.extensions_mut().insert(Leaving {
        delay: checked.delay.filter(|_| !before),
        effect,
    });
    response
}

/// Whether the answer owes nothing to the vendor's.
fn is_made_up(kind: &Kind) -> bool {
    matches!(kind, Kind::Status { .. } | Kind::Quota | Kind::Reset)
}

/// Changes the vendor's body, or the way it leaves. What has no body, or not enough of one, is noted.
async fn changed(struck: &Struck, response: Response) -> (Response, Option<Effect>) {
    let (parts, body) = response.into_parts();
    // The stand-ins' bodies stand in memory.
    let mut bytes = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let mut effect = None;
    match &struck.checked.kind {
        _ if bytes.is_empty() => struck.note("the answer has no body".to_owned()),
        Kind::Garbage => bytes = GARBAGE.into(),
        Kind::Slow(pause) => {
            effect = Some(Effect::Slow {
                pause: *pause,
                length,
            });
        }
        Kind::Cut(after) if *after < length => effect = Some(Effect::Cut { after: *after }),
        Kind::Cut(_) => struck.note(format!(
            "the body has {length} bytes, so nothing is cut off"
        )),
        Kind::Drift(drift) => match serde_json::from_slice::<Value>(&bytes) {
            Ok(mut answer) => match drift.apply(&mut answer) {
                Ok(()) => bytes = answer.to_string().into(),
                Err(why) => struck.note(why),
            },
            Err(error) => struck.note(format!("the answer is no JSON: {error}")),
        },
        _ => {}
    }
    (Response::from_parts(parts, Body::from(bytes)), effect)
}

/// The vendor's own gate then refuses the request.
fn end_credentials(site: &Site, vendor: &str, headers: &mut HeaderMap) {
    if vendor == "webroot" {
        site.vendors.webroot.expire_tokens();
        return;
    }
    for name in ["authorization", "cookie", "x-auth-token"] {
        headers.remove(name);
    }
}
