//! Refusals, in the shapes that the vendor answers.
//!
//! Only `status` and `type` are in all of them. A missing cart has no `title`, a conflict has no
//! `errors`, and a wrong body has an `errors` map from field to text.

use std::collections::BTreeMap;

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value};

const TYPE: &str = "https://developer.bigcommerce.com/api-docs/getting-started/api-status-codes";

/// A refusal.
#[derive(Debug)]
pub(super) struct Problem {
    status: StatusCode,
    media_type: &'static str,
    title: Option<String>,
    errors: Option<BTreeMap<String, String>>,
    operation: Option<&'static str>,
}

impl Problem {
    fn new(status: StatusCode, title: impl Into<String>) -> Self {
        Self {
            status,
            media_type: "application/json",
            title: Some(title.into()),
            errors: None,
            operation: None,
        }
    }

    fn at_the_gate(status: StatusCode, title: &str) -> Self {
        Self {
            media_type: "application/problem+json",
            ..Self::new(status, title)
        }
    }

    pub(super) fn unauthorized() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "Unauthorized")
    }

    pub(super) fn foreign_store() -> Self {
        Self::at_the_gate(StatusCode::FORBIDDEN, "Forbidden")
    }

    pub(super) fn unknown_route() -> Self {
        Self::at_the_gate(StatusCode::NOT_FOUND, "Not Found")
    }

    pub(super) fn wrong_method() -> Self {
        Self::at_the_gate(StatusCode::METHOD_NOT_ALLOWED, "Method Not Allowed")
    }

    /// A cart or a line item that is not there.
    pub(super) fn missing() -> Self {
        Self {
            title: None,
            ..Self::new(StatusCode::NOT_FOUND, "")
        }
    }

    pub(super) fn not_json() -> Self {
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "Unsupported Media Type")
    }

    pub(super) fn malformed() -> Self {
        Self::new(StatusCode::BAD_REQUEST, "The body is not valid JSON")
    }

    pub(super) fn too_long() -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "Payload Too Large")
    }

    pub(super) fn currency(code: &str) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            format!("{code} is not a transactional currency of this store"),
        )
    }

    pub(super) fn conflict() -> Self {
        Self::new(
            StatusCode::CONFLICT,
            "The request cannot be processed due to a possible conflict. Please review the changes and try again.",
        )
    }

    /// A body with the right JSON and the wrong fields.
    pub(super) fn invalid(errors: BTreeMap<String, String>) -> Self {
        let title = "JSON data is missing or invalid";
        Self {
            errors: Some(errors),
            ..Self::new(StatusCode::UNPROCESSABLE_ENTITY, title)
        }
    }

    /// A body that the catalogue or the cart does not take, for one reason.
    pub(super) fn unfit(field: impl Into<String>, why: impl Into<String>) -> Self {
        let title = "Missing or incorrect required fields";
        let errors = BTreeMap::from([(field.into(), why.into())]);
        Self {
            errors: Some(errors),
            ..Self::new(StatusCode::UNPROCESSABLE_ENTITY, title)
        }
    }

    /// More or less of a product than the store sells in one order.
    pub(super) fn quantity(most_or_least: &str, quantity: i64, product: &str) -> Self {
        let title = format!(
            "You can only purchase a {most_or_least} of {quantity} of the {product} per order."
        );
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, title)
    }

    pub(super) fn not_built(operation: &'static str) -> Self {
        let title = format!("The sandbox does not implement {operation}");
        Self {
            operation: Some(operation),
            ..Self::new(StatusCode::NOT_IMPLEMENTED, title)
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut body = Map::from_iter([
            ("status".to_owned(), Value::from(self.status.as_u16())),
            ("type".to_owned(), Value::from(TYPE)),
        ]);
        if let Some(title) = self.title {
            body.insert("title".to_owned(), Value::from(title));
        }
        if let Some(errors) = self.errors {
            body.insert("errors".to_owned(), errors.into_iter().collect());
        }
        if let Some(operation) = self.operation {
            body.insert("operation".to_owned(), Value::from(operation));
        }
        (
            self.status,
            [(header::CONTENT_TYPE, self.media_type)],
            Value::Object(body).to_string(),
        )
            .into_response()
    }
}
