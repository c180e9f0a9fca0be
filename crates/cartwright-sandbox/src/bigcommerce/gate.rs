//! What a request passes before an operation looks at it, and how its parts are read.

use std::collections::HashMap;

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Path, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, Uri, header};
use axum::middleware::Next;
use axum::response::Response;
use serde_json::Value;

use super::STORE_HASH;
use super::errors::Problem;
use super::shop::Shop;

/// The client id of the app that calls.
#[derive(Clone, Debug)]
pub(super) struct Caller(pub(super) String);

/// Middleware: lets in an app that has a token, and the scope for what it asks.
pub(super) async fn admit(
    State(shop): State<Shop>,
    mut request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let token = request.headers().get("x-auth-token");
    let app = token
        .and_then(|token| token.to_str().ok())
        .and_then(|token| shop.seed().app(token))
        .ok_or_else(Problem::unauthorized)?;
    app.allow(request.method(), request.uri().path())?;
    request.extensions_mut().insert(Caller(app.client_id));
    Ok(next.run(request).await)
}

/// What no route of the store answers: another store, or nothing.
pub(super) async fn elsewhere(uri: Uri) -> Problem {
    let own = uri.path().split('/').nth(2) == Some(STORE_HASH);
    if own {
        Problem::unknown_route()
    } else {
        Problem::foreign_store()
    }
}

pub(super) async fn wrong_method() -> Problem {
    Problem::wrong_method()
}

/// The variable segments of the path. One that is not there, or is not UTF-8, reads as empty, and
/// so names nothing.
pub(super) struct Segments(HashMap<String, String>);

impl Segments {
    fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    pub(super) fn cart(&self) -> &str {
        self.get("cart_id")
    }

    pub(super) fn item(&self) -> &str {
        self.get("item_id")
    }

    pub(super) fn channel(&self) -> Result<i64, Problem> {
        id(self.get("channel_id")).ok_or_else(Problem::missing)
    }

    pub(super) fn metafield(&self) -> Result<i64, Problem> {
        id(self.get("metafield_id")).ok_or_else(Problem::no_metafield)
    }
}

fn id(segment: &str) -> Option<i64> {
    segment.parse().ok().filter(|id| *id >= 1)
}

impl<S: Send + Sync> FromRequestParts<S> for Segments {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let path = Path::<HashMap<String, String>>::from_request_parts(parts, state).await;
        Ok(Self(
            path.map(|Path(segments)| segments).unwrap_or_default(),
        ))
    }
}

/// A JSON body that must be there.
pub(super) struct Body(pub(super) Value);

impl<S: Send + Sync> FromRequest<S> for Body {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        OptionalBody::from_request(request, state)
            .await?
            .0
            .map(Self)
            .ok_or_else(Problem::malformed)
    }
}

/// A JSON body that may be empty.
pub(super) struct OptionalBody(pub(super) Option<Value>);

impl<S: Send + Sync> FromRequest<S> for OptionalBody {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let typed = is_json(request.headers());
        let is_delete = request.method() == Method::DELETE;
        let body = Bytes::from_request(request, state)
            .await
            .map_err(|_| Problem::too_long())?;
        let nothing_to_type = is_delete && body.is_empty();
        if !typed && !nothing_to_type {
            return Err(Problem::not_json());
        }
        if body.is_empty() {
            return Ok(Self(None));
        }
        serde_json::from_slice(&body)
            .map(|value| Self(Some(value)))
            .map_err(|_| Problem::malformed())
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let media_type = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let essence = media_type.and_then(|text| text.split(';').next());
    essence.is_some_and(|essence| essence.trim().eq_ignore_ascii_case("application/json"))
}
