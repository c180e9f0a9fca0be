//! What a request passes before an operation looks at it, and how its parts are read.

use std::collections::HashMap;

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Path, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::Response;
use serde_json::Value;

use super::errors::Problem;
use super::shop::Shop;
use super::{SHOP_PATH, SHOP_SCOPE};

/// Middleware: lets in whoever says by which application the request was sent.
pub(super) async fn identify(request: Request, next: Next) -> Result<Response, Problem> {
    let agent = text(request.headers(), &header::USER_AGENT).unwrap_or_default();
    if agent.split_whitespace().any(is_name_and_version) {
        Ok(next.run(request).await)
    } else {
        Err(Problem::bad_request(
            "a User-Agent that identifies the application is required, as in Name/1.0",
        ))
    }
}

fn is_name_and_version(product: &str) -> bool {
    product
        .split_once('/')
        .is_some_and(|(name, version)| !name.is_empty() && !version.is_empty())
}

/// Middleware: lets in whoever bears a live token, and into the shop whose token is meant for it.
pub(super) async fn admit(
    State(shop): State<Shop>,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let scopes = bearer(request.headers()).and_then(|token| {
        let books = shop.open();
        books.tokens.scopes(token, books.now)
    });
    let Some(scopes) = scopes else {
        return Err(Problem::oauth(
            StatusCode::UNAUTHORIZED,
            "invalid_token",
            "the access token is missing, unknown or expired",
        ));
    };
    let into_the_shop = request
        .uri()
        .path()
        .strip_prefix(SHOP_PATH)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    if into_the_shop && !scopes.cover(SHOP_SCOPE) {
        return Err(Problem::oauth(
            StatusCode::FORBIDDEN,
            "insufficient_scope",
            format!("this path needs a token with the scope {SHOP_SCOPE}"),
        ));
    }
    Ok(next.run(request).await)
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = text(headers, &header::AUTHORIZATION)?.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("Bearer")
        .then_some(token.trim())
}

pub(super) async fn unknown_path(uri: Uri) -> Problem {
    Problem::unknown_path(uri.path())
}

pub(super) async fn wrong_method() -> Problem {
    Problem::wrong_method()
}

/// A header's value, if it is there and is visible ASCII.
pub(super) fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// Whether the body is declared to be of this media type, with whatever parameters.
pub(super) fn declares(headers: &HeaderMap, media_type: &str) -> bool {
    text(headers, &header::CONTENT_TYPE)
        .and_then(|declared| declared.split(';').next())
        .is_some_and(|essence| essence.trim().eq_ignore_ascii_case(media_type))
}

/// The order code or keycode in the path. One that is not UTF-8 reads as empty, and so names nothing.
pub(super) struct Code(pub(super) String);

impl<S: Send + Sync> FromRequestParts<S> for Code {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let path = Path::<HashMap<String, String>>::from_request_parts(parts, state).await;
        let code = path
            .ok()
            .and_then(|Path(segments)| segments.into_values().next());
        Ok(Self(code.unwrap_or_default()))
    }
}

/// A JSON body.
pub(super) struct Body(pub(super) Value);

impl<S: Send + Sync> FromRequest<S> for Body {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        if !declares(request.headers(), "application/json") {
            return Err(Problem::not_json());
        }
        let body = Bytes::from_request(request, state)
            .await
            .map_err(|_| Problem::too_long())?;
        serde_json::from_slice(&body)
            .map(Self)
            .map_err(|_| Problem::bad_request("the body is not valid JSON"))
    }
}
