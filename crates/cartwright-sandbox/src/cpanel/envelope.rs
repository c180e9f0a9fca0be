//! What every answer stands in, and how a failure looks there.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

/// How the cPanel stand-in answers what holds nothing.
///
/// cPanel documents `errors`, `messages` and `warnings` as lists or null, and its own examples and
/// older servers leave them, `data` and `metadata` out. A client has to take both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[non_exhaustive]
pub enum CpanelAnswers {
    /// Every key is there; what holds nothing is null, and `metadata` is empty.
    #[default]
    Nulls,
    /// What holds nothing is left out, `metadata` and nulls within `data` included.
    MissingKeys,
}

/// What a function answers, or why it failed.
pub(super) type Outcome = Result<Answer, Failure>;

/// What a function answers when it succeeds.
#[derive(Debug)]
pub(super) struct Answer {
    data: Value,
    messages: Value,
    metadata: Value,
}

impl Answer {
    pub(super) fn with_message(self, message: &str) -> Self {
        Self {
            messages: json!([message]),
            ..self
        }
    }

    /// Says that the data went through processing, as the vendor's example of the products does.
    pub(super) fn transformed(self) -> Self {
        Self {
            metadata: json!({"transformed": 1}),
            ..self
        }
    }
}

impl From<Value> for Answer {
    fn from(data: Value) -> Self {
        Self {
            data,
            messages: Value::Null,
            metadata: json!({}),
        }
    }
}

/// Why a call failed.
#[derive(Debug)]
pub(super) struct Failure {
    status: StatusCode,
    why: String,
    data: Value,
}

impl Failure {
    /// A failure as the vendor documents it: HTTP 200.
    pub(super) fn new(why: impl Into<String>) -> Self {
        Self {
            status: StatusCode::OK,
            why: why.into(),
            data: Value::Null,
        }
    }

    pub(super) fn with_data(self, data: Value) -> Self {
        Self { data, ..self }
    }

    pub(super) fn not_built(module: &str, function: &str) -> Self {
        Self {
            status: StatusCode::NOT_IMPLEMENTED,
            ..Self::new(format!(
                "{module}::{function} is not built in this sandbox."
            ))
        }
    }

    pub(super) fn wrong_method() -> Self {
        Self {
            status: StatusCode::METHOD_NOT_ALLOWED,
            ..Self::new("Call functions by GET, or by POST with a form.")
        }
    }
}

/// An answer without a wrapping.
pub(super) fn bare(outcome: Outcome, answers: CpanelAnswers) -> Response {
    let (status, result) = result(outcome, answers);
    respond(status, &result)
}

/// An answer in `result`, beside the names of what was called.
pub(super) fn wrapped(
    outcome: Outcome,
    answers: CpanelAnswers,
    module: &str,
    function: &str,
) -> Response {
    let (status, result) = result(outcome, answers);
    let body = json!({"apiversion": 3, "func": function, "module": module, "result": result});
    respond(status, &body)
}

pub(super) fn respond(status: StatusCode, body: &Value) -> Response {
    let media_type = [(header::CONTENT_TYPE, "application/json")];
    (status, media_type, body.to_string()).into_response()
}

fn result(outcome: Outcome, answers: CpanelAnswers) -> (StatusCode, Value) {
    let (http, status, answer, errors) = match outcome {
        Ok(answer) => (StatusCode::OK, 1, answer, Value::Null),
        Err(failure) => {
            let errors = json!([failure.why]);
            (failure.status, 0, Answer::from(failure.data), errors)
        }
    };
    let mut result = Map::from_iter([
        ("data".to_owned(), answer.data),
        ("errors".to_owned(), errors),
        ("messages".to_owned(), answer.messages),
        ("metadata".to_owned(), answer.metadata),
        ("status".to_owned(), json!(status)),
        ("warnings".to_owned(), Value::Null),
    ]);
    if answers == CpanelAnswers::MissingKeys {
        result.remove("metadata");
        result.retain(|_, value| !value.is_null());
        match result.get_mut("data") {
            Some(Value::Array(entries)) => entries.iter_mut().for_each(leave_out_nulls),
            Some(data) => leave_out_nulls(data),
            None => {}
        }
    }
    (http, Value::Object(result))
}

/// Deeper ones may be a caller's own, as in an item of a cart.
fn leave_out_nulls(data: &mut Value) {
    if let Value::Object(keys) = data {
        keys.retain(|_, value| !value.is_null());
    }
}
