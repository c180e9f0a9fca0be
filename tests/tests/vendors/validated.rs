//! A transport that holds every answer against the vendor's spec: status, media type, body, and no property that the spec doesn't declare.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use cartwright_runtime::{BoxFuture, Operation, Transport, TransportError};
use serde_json::Value;

use crate::spec::{self, Spec};

/// Passes requests on, and notes where an answer is not what the spec says.
pub struct Validated<T> {
    spec: &'static Spec,
    inner: T,
    seen: Arc<Mutex<BTreeSet<String>>>,
}

impl<T> Validated<T> {
    pub fn new(vendor: &'static str, inner: T) -> Self {
        Self {
            spec: spec::of(vendor),
            inner,
            seen: Arc::default(),
        }
    }

    /// The operations that have been answered.
    pub fn seen(&self) -> Arc<Mutex<BTreeSet<String>>> {
        self.seen.clone()
    }
}

impl<T: Transport> Transport for Validated<T> {
    fn send<'a>(
        &'a self,
        request: reqwest::Request,
        operation: &'static Operation,
    ) -> BoxFuture<'a, Result<reqwest::Response, TransportError>> {
        Box::pin(async move {
            let response = self.inner.send(request, operation).await?;
            let (status, headers) = (response.status(), response.headers().clone());
            let body = response
                .bytes()
                .await
                .expect("the sandbox sends whole bodies");
            let media = headers
                .get("content-type")
                .map(|value| value.to_str().expect("text").to_owned());
            if let Some(problem) = problem(
                self.spec,
                operation.id,
                status.as_u16(),
                media.as_deref(),
                &body,
            ) {
                panic!(
                    "{} answered {status}, and {problem}\n{}",
                    operation.id,
                    String::from_utf8_lossy(&body)
                );
            }
            if let Some(known) = self.spec.operation(operation.id) {
                let id = known["operationId"].as_str().expect("an id");
                self.seen.lock().unwrap().insert(id.to_owned());
            }
            let mut answer = http::Response::new(body);
            *answer.status_mut() = status;
            *answer.headers_mut() = headers;
            Ok(answer.into())
        })
    }
}

/// What is wrong with an answer, if anything. Nothing is known of an answer to a raw request.
fn problem(
    spec: &Spec,
    operation: &str,
    status: u16,
    media: Option<&str>,
    body: &[u8],
) -> Option<String> {
    let operation = spec.operation(operation)?;
    let responses = operation["responses"].as_object().expect("responses");
    let range = format!("{}XX", status / 100);
    let Some(response) = responses
        .get(&status.to_string())
        .or_else(|| responses.get(&range))
        .map(|response| spec.resolve(response))
    else {
        return Some("the spec has no such status".to_owned());
    };
    let Some(content) = response["content"].as_object() else {
        return (!body.is_empty()).then(|| "the spec has no body for it".to_owned());
    };
    let media = media
        .unwrap_or("none")
        .split(';')
        .next()
        .unwrap_or_default()
        .trim();
    let Some(entry) = content.get(media) else {
        return Some(format!("the spec has no media type {media} for it"));
    };
    let payload: Value = match serde_json::from_slice(body) {
        Ok(payload) => payload,
        Err(error) => return Some(format!("the body is not JSON: {error}")),
    };
    let failure = operation.get("x-failure").filter(|_| status < 300);
    let component = match failure.filter(|rule| spec::is_failure(rule, &payload)) {
        Some(rule) => spec::component(&rule["schema"]),
        None => spec::component(&entry["schema"]["$ref"]),
    };
    let differences = spec.differences(component, &payload);
    (!differences.is_empty()).then(|| format!("the body does not fit {component}: {differences:?}"))
}

#[test]
fn an_answer_that_the_spec_does_not_describe_is_named() {
    let cart = r#"{"data": {"id": "x"}, "meta": {}}"#;
    for (operation, status, media, body, expected) in [
        ("getCart", 200, Some("application/json"), cart, None),
        (
            "getCart",
            204,
            None,
            "",
            Some("the spec has no such status"),
        ),
        (
            "deleteCart",
            204,
            None,
            "x",
            Some("the spec has no body for it"),
        ),
        (
            "getCart",
            200,
            Some("text/html"),
            cart,
            Some("the spec has no media type text/html for it"),
        ),
        (
            "getCart",
            200,
            Some("application/json"),
            "{",
            Some("the body is not JSON"),
        ),
        (
            "getCart",
            200,
            Some("application/json"),
            r#"{"data": {"new": 1}}"#,
            Some("the body does not fit CartResponse"),
        ),
    ] {
        let spec = spec::of("bigcommerce");
        let found = problem(spec, operation, status, media, body.as_bytes());
        match expected {
            None => assert_eq!(found, None),
            Some(expected) => assert!(
                found
                    .as_deref()
                    .is_some_and(|found| found.starts_with(expected)),
                "{expected}: {found:?}"
            ),
        }
    }
}

#[test]
fn a_failure_under_a_success_status_is_held_against_the_failure() {
    let spec = spec::of("cpanel");
    for (body, expected) in [
        (r#"{"status": 0, "data": {"any": 1}}"#, None),
        (
            r#"{"status": 1, "data": {"any": 1}}"#,
            Some("the body does not fit ShoppingCartResponse"),
        ),
    ] {
        let found = problem(
            spec,
            "createShoppingCart",
            200,
            Some("application/json"),
            body.as_bytes(),
        );
        let start = found.as_deref().and_then(|found| found.split(':').next());
        assert_eq!(start, expected, "{found:?}");
    }
}
