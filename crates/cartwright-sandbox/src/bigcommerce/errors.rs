//! Refusals, in the shapes that the vendor answers.
//!
//! Only `status` and `type` are in all of them. A missing cart has no `title`, a conflict has no
//! `errors`, and a wrong body has an `errors` map from field to text.

use std::collections::BTreeMap;

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

const TYPE: &str = "https://developer.bigcommerce.com/api-docs/getting-started/api-status-codes";

/// A refusal.
#[derive(Debug)]
pub(super) struct Problem {
    status: StatusCode,
    media_type: &'static str,
    title: Option<String>,
    detail: Option<&'static str>,
    errors: Option<BTreeMap<String, String>>,
}

impl Problem {
    fn new(status: StatusCode, title: impl Into<String>) -> Self {
        Self {
            status,
            media_type: "application/json",
            title: Some(title.into()),
            detail: None,
            errors: None,
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

    /// An app without the scope that the call needs.
    pub(super) fn out_of_scope() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "The app has no scope for this endpoint",
        )
    }

    pub(super) fn forbidden(title: String) -> Self {
        Self::new(StatusCode::FORBIDDEN, title)
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

    pub(super) fn no_metafield() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "The resource at that URL is not found.",
        )
    }

    pub(super) fn not_json() -> Self {
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "Unsupported Media Type")
    }

    pub(super) fn malformed() -> Self {
        Self {
            detail: Some("Syntax error"),
            ..Self::new(StatusCode::BAD_REQUEST, "Input is invalid")
        }
    }

    pub(super) fn too_long() -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "Payload Too Large")
    }

    pub(super) fn too_many() -> Self {
        Self::new(StatusCode::TOO_MANY_REQUESTS, "Too Many Requests")
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

    /// A metafield that the cart has already.
    pub(super) fn duplicate(title: String) -> Self {
        Self::new(StatusCode::CONFLICT, title)
    }

    pub(super) fn unprocessable(title: String) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, title)
    }

    /// A body with the right JSON and the wrong fields, where the title names them.
    pub(super) fn fields(errors: BTreeMap<String, String>) -> Self {
        let names: Vec<&str> = errors.keys().map(String::as_str).collect();
        let title = format!("The following fields are invalid: {}", names.join(", "));
        Self {
            errors: Some(errors),
            ..Self::new(StatusCode::UNPROCESSABLE_ENTITY, title)
        }
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

    /// The refusal in one line, for a message.
    pub(super) fn told(&self) -> String {
        let title = self.title.as_deref().unwrap_or("it is missing");
        match &self.errors {
            Some(errors) => format!("{title} ({})", told(errors)),
            None => title.to_owned(),
        }
    }
}

/// Faulty fields and their faults in one line.
pub(super) fn told(errors: &BTreeMap<String, String>) -> String {
    let faults = errors.iter().map(|(field, why)| format!("{field}: {why}"));
    faults.collect::<Vec<_>>().join("; ")
}

/// Why entries of a batch failed, by their places in it.
pub(super) fn bulk_failure(by_place: &BTreeMap<String, String>) -> Value {
    json!({
        "status": StatusCode::UNPROCESSABLE_ENTITY.as_u16(),
        "title": "Bulk operation has failed",
        "type": TYPE,
        "errors": by_place,
    })
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
        if let Some(detail) = self.detail {
            body.insert("detail".to_owned(), Value::from(detail));
        }
        (
            self.status,
            [(header::CONTENT_TYPE, self.media_type)],
            Value::Object(body).to_string(),
        )
            .into_response()
    }
}
