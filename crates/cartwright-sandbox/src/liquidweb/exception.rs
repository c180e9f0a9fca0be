//! Refusals, in the shapes that the vendor answers: most under HTTP 200, told by `error_class`.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

use super::kept::Lost;

/// A refusal: its class below `LW::Exception`, what a human reads, and the keys of its class.
#[derive(Clone, Debug)]
pub(super) struct Exception {
    status: StatusCode,
    class: &'static str,
    message: String,
    keys: Map<String, Value>,
}

impl Exception {
    fn new<const N: usize>(class: &'static str, message: String, keys: [(&str, Value); N]) -> Self {
        let keys = keys.map(|(key, value)| (key.to_owned(), value));
        Self {
            status: StatusCode::OK,
            class,
            message,
            keys: keys.into_iter().collect(),
        }
    }

    /// Credentials that let nobody in. The name is the one that was given, if any was.
    pub(super) fn authorization(username: Option<String>) -> Self {
        let message = "The credentials are missing or wrong".to_owned();
        Self {
            status: StatusCode::UNAUTHORIZED,
            ..Self::new("Authorization", message, [("username", username.into())])
        }
    }

    pub(super) fn wrong_verb() -> Self {
        let message = "The API is called with POST".to_owned();
        Self {
            status: StatusCode::METHOD_NOT_ALLOWED,
            ..Self::new("Input::Disallowed", message, [])
        }
    }

    pub(super) fn invalid_method(method: &str) -> Self {
        let message = format!("'{method}' is not a method of this API");
        Self::new("API::InvalidMethod", message, [("method", method.into())])
    }

    /// A documented method that the sandbox does not build.
    pub(super) fn not_built(method: &'static str) -> Self {
        let message = format!("The sandbox does not implement {method}");
        let keys = [
            ("capability", method.into()),
            ("thing", "cartwright-sandbox".into()),
        ];
        Self {
            status: StatusCode::NOT_IMPLEMENTED,
            ..Self::new("Incapable", message, keys)
        }
    }

    /// The refusal of one call too many, as it is documented: under HTTP 200.
    pub(super) fn rate_limit(account: i64, method: &str) -> Self {
        let message = "Rate limit reached.".to_owned();
        let keys = [
            ("account", account.into()),
            ("ip", "127.0.0.1".into()),
            ("method", method.into()),
        ];
        Self::new("API::RateLimit", message, keys)
    }

    pub(super) fn deserialize(data: &str, why: &str) -> Self {
        let message = format!("The body could not be read as JSON: {why}");
        let keys = [("data", data.into()), ("encoding", "JSON".into())];
        Self::new("Deserialize", message, keys)
    }

    pub(super) fn required(field: &str, position: Option<usize>, path: &str) -> Self {
        let message = format!("Required field '{path}' is missing");
        let keys = [("field", field.into()), ("position", position.into())];
        Self::new("Input::Required", message, keys)
    }

    pub(super) fn validation(field: &str, form: &str, value: &Value, path: &str) -> Self {
        let message = format!("The value of '{path}' is not of type {form}");
        let keys = [
            ("field", field.into()),
            ("type", form.into()),
            ("value", value.clone()),
        ];
        Self::new("Input::Validation", message, keys)
    }

    pub(super) fn not_in_realm(field: &str, valid: Vec<Value>, value: &Value, path: &str) -> Self {
        let message = format!("The value of '{path}' is not one of those allowed");
        let keys = [
            ("field", field.into()),
            ("valid", valid.into()),
            ("value", value.clone()),
        ];
        Self::new("Input::NotInRealm", message, keys)
    }

    pub(super) fn out_of_bounds(field: &str, min: i64, max: i64, value: i64) -> Self {
        let message = format!("The value of '{field}' is not between {min} and {max}");
        let keys = [
            ("field", field.into()),
            ("max", max.into()),
            ("min", min.into()),
            ("value", value.into()),
        ];
        Self::new("Input::OutOfBounds", message, keys)
    }

    /// A cart that names what the catalogue lacks, which no state that was read in does.
    pub(super) fn lost(lost: Lost) -> Self {
        let message = format!("{}: {}", lost.place, lost.what);
        Self::new("API::Internal", message, [("public_message", Value::Null)])
    }

    pub(super) fn not_found(record: &str, input: &str) -> Self {
        let message = format!("No record of {record} was found for '{input}'");
        let keys = [
            ("field", record.into()),
            ("input", input.into()),
            ("public_message", Value::Null),
        ];
        Self::new("RecordNotFound", message, keys)
    }

    pub(super) fn multiple(faults: Vec<Self>) -> Self {
        let fields: Vec<Value> = faults
            .iter()
            .filter_map(|fault| fault.keys.get("field").cloned())
            .collect();
        let messages: Vec<&str> = faults.iter().map(|fault| fault.message.as_str()).collect();
        let message = messages.join("; ");
        let errors: Vec<Value> = faults.iter().map(Self::body).collect();
        let keys = [
            ("errors", errors.into()),
            ("field", fields.into()),
            ("type", Value::Null),
        ];
        Self::new("Input::Multiple", message, keys)
    }

    fn body(&self) -> Value {
        let mut body = self.keys.clone();
        body.insert("error".to_owned(), json!(""));
        let class = format!("LW::Exception::{}", self.class);
        body.insert("error_class".to_owned(), class.into());
        body.insert("full_message".to_owned(), self.message.as_str().into());
        Value::Object(body)
    }
}

impl IntoResponse for Exception {
    fn into_response(self) -> Response {
        let mut response = (
            self.status,
            [(header::CONTENT_TYPE, "application/json")],
            self.body().to_string(),
        )
            .into_response();
        let hint = match self.status {
            StatusCode::UNAUTHORIZED => {
                Some((header::WWW_AUTHENTICATE, r#"Basic realm="Liquid Web API""#))
            }
            StatusCode::METHOD_NOT_ALLOWED => Some((header::ALLOW, "GET, POST")),
            _ => None,
        };
        if let Some((name, value)) = hint {
            response
                .headers_mut()
                .insert(name, HeaderValue::from_static(value));
        }
        response
    }
}

/// Everything that is wrong with a request, in the order found.
#[derive(Debug, Default)]
pub(super) struct Faults(Vec<Exception>);

impl Faults {
    pub(super) fn add(&mut self, fault: Exception) {
        self.0.push(fault);
    }

    /// Refuses if anything is wrong. A single fault comes by itself.
    pub(super) fn refuse(&mut self) -> Result<(), Exception> {
        match self.0.len() {
            0 => Ok(()),
            1 => Err(self.0.remove(0)),
            _ => Err(Exception::multiple(std::mem::take(&mut self.0))),
        }
    }

    /// Refuses if anything is wrong. Even a single fault comes as one of several.
    pub(super) fn refuse_together(&mut self) -> Result<(), Exception> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(Exception::multiple(std::mem::take(&mut self.0)))
        }
    }
}
