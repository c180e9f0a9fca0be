//! Refusals, in the vendor's one envelope.

use axum::Extension;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::shop::Shop;

/// A refusal. It becomes a body in [`number`], where its request id comes from.
#[derive(Clone, Debug)]
pub(super) struct Problem {
    status: StatusCode,
    /// The OAuth code; null in the envelope for everything else.
    error: Option<&'static str>,
    description: String,
}

impl Problem {
    fn new(status: StatusCode, description: impl Into<String>) -> Self {
        Self {
            status,
            error: None,
            description: description.into(),
        }
    }

    pub(super) fn bad_request(description: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, description)
    }

    /// A refusal of the token endpoint, or of a token.
    pub(super) fn oauth(
        status: StatusCode,
        error: &'static str,
        description: impl Into<String>,
    ) -> Self {
        Self {
            error: Some(error),
            ..Self::new(status, description)
        }
    }

    pub(super) fn unknown_path(path: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, format!("nothing answers at {path}"))
    }

    pub(super) fn no_cart(code: &str) -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            format!("there is no cart with the order code {code:?}"),
        )
    }

    pub(super) fn no_licence(keycode: &str) -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            format!("there is no licence with the keycode {keycode:?}"),
        )
    }

    pub(super) fn no_order_status(keycode: &str) -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            format!("no order is known for the keycode {keycode:?}"),
        )
    }

    /// A call that the cart's state does not allow.
    pub(super) fn conflict(description: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, description)
    }

    pub(super) fn wrong_method() -> Self {
        Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "this path does not take this method",
        )
    }

    pub(super) fn too_many() -> Self {
        Self::new(StatusCode::TOO_MANY_REQUESTS, "Too many requests.")
    }

    pub(super) fn too_long() -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "the body is too long")
    }

    pub(super) fn not_json() -> Self {
        Self::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "the body must be declared as application/json",
        )
    }

    pub(super) fn not_built(operation: &str) -> Self {
        Self::new(
            StatusCode::NOT_IMPLEMENTED,
            format!("the sandbox does not implement {operation}"),
        )
    }

    pub(super) fn answer(self, request_id: &str) -> Response {
        let body = json!({
            "statusCode": self.status.as_u16(),
            "requestId": request_id,
            "error": self.error,
            "error_description": self.description,
            "AdditionalInformation": {},
        });
        (
            self.status,
            [(header::CONTENT_TYPE, "application/json")],
            body.to_string(),
        )
            .into_response()
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        (self.status, Extension(self)).into_response()
    }
}

/// Middleware: gives a refusal its request id and its body.
pub(super) async fn number(State(shop): State<Shop>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    match response.extensions_mut().remove::<Problem>() {
        Some(problem) => problem.answer(&shop.open().ids.uuid()),
        None => response,
    }
}
