//! What a log is told, and what it is not.

use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use cartwright_runtime::client::ResponseValue;
use cartwright_runtime::{Credentials, Error, Layers, RetryPolicy, TransportError};
use serde_json::{Map, Value};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::layers::{Script, Step, status};
use crate::server::{GET_CART, OPEN, Server, answer, get, session};

/// Keeps every field of what is told, and the places that tell it.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Visit for Log {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let line = format!("{}={value:?}", field.name());
        self.0.lock().unwrap().push(line);
    }
}

impl Subscriber for Log {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("cartwright")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        span.record(&mut self.clone());
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut self.clone());
    }

    fn event(&self, event: &Event<'_>) {
        event.record(&mut self.clone());
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

async fn told(script: Script, layers: Layers) -> Vec<String> {
    let log = Log::default();
    let guard = tracing::subscriber::set_default(log.clone());
    let _ = script.call(layers, &OPEN).await;
    drop(guard);
    let told = log.0.lock().unwrap().clone();
    assert!(!format!("{told:?}").contains("hunter2"), "{told:?}");
    assert!(!format!("{told:?}").contains("words"), "{told:?}");
    told
}

#[tokio::test(start_paused = true)]
async fn a_call_is_a_span_and_a_repetition_an_event_without_query_headers_or_bodies() {
    let refused = Step::Answer(429, &[("retry-after", "2"), ("set-cookie", "hunter2")]);
    let told = told(Script::new([refused, status(404)]), Layers::default()).await;
    assert_eq!(
        told,
        [
            "otel.name=GET /ping",
            "otel.kind=\"client\"",
            "cartwright.operation=\"ping\"",
            "http.request.method=\"GET\"",
            "url.template=\"/ping\"",
            "server.address=\"127.0.0.1\"",
            "server.port=9",
            "message=the request is repeated",
            "cartwright.operation=\"ping\"",
            "reason=\"429\"",
            "delay_ms=2000",
            "attempts=1",
            "http.response.status_code=404",
            "error.type=404",
            "http.request.resend_count=1",
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn a_failure_of_the_transport_is_told_by_a_word() {
    let fail = Step::Fail(|| TransportError::Connect("to hunter2".into()));
    let told = told(Script::new([fail]), Layers::default().without_retry()).await;
    assert_eq!(told.last().unwrap(), "error.type=\"connect\"");
}

#[tokio::test(start_paused = true)]
async fn without_the_trace_nothing_is_told() {
    let script = Script::new([status(503), status(200)]);
    let told = told(script.clone(), Layers::default().without_trace()).await;
    assert_eq!((told.len(), script.seen()), (0, 2));
}

/// The fields of the events that tell of a failed call.
async fn failures(answer: &str, layers: Layers) -> Vec<Vec<String>> {
    let log = Log::default();
    let guard = tracing::subscriber::set_default(log.clone());
    let server = Server::answering(answer).await;
    let session = server.session();
    let session = session
        .clone()
        .with_transport(layers.over(session.transport().clone()));
    let response = session.execute(get(&server.url), &GET_CART).await;
    let error: Error<Value> = match response {
        Err(error) => error.into(),
        Ok(response) if response.status() == 404 => {
            Error::from_error_body(response, |value: Value| value).await
        }
        Ok(response) if response.status().is_success() => {
            ResponseValue::<Map<String, Value>>::from_response(response)
                .await
                .unwrap_err()
        }
        Ok(response) => Error::undocumented(response).await,
    };
    assert!(!error.to_string().is_empty());
    drop(guard);
    let told = log.0.lock().unwrap().clone();
    assert!(!format!("{told:?}").contains("hunter2"), "{told:?}");
    assert!(!format!("{told:?}").contains("words"), "{told:?}");
    let failed = told
        .iter()
        .enumerate()
        .filter(|(_, line)| *line == "message=the call failed");
    failed
        .map(|(at, _)| told[at + 1..].iter().take(4).cloned().collect())
        .collect()
}

#[tokio::test]
async fn each_failed_call_is_told_by_one_event_whatever_failed() {
    let policy = RetryPolicy::default()
        .max_attempts(2)
        .base(Duration::from_millis(1));
    for layers in [
        Layers::default().retry(policy.clone()),
        Layers::none().retry(policy.clone()),
        Layers::default().retry(policy).without_trace(),
    ] {
        for (sent, status, kind, attempts) in [
            (
                answer("404 Not Found", r#"{"words": "hunter2"}"#),
                Some(404),
                "error_response",
                1,
            ),
            (answer("404 Not Found", "words"), Some(404), "decode", 1),
            (answer("200 OK", "[\"words\"]"), Some(200), "decode", 1),
            (answer("302 Found", "words"), Some(302), "undocumented", 1),
            (
                answer("503 Service Unavailable", "words"),
                Some(503),
                "undocumented",
                2,
            ),
            (
                "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nw".to_owned(),
                Some(200),
                "body",
                2,
            ),
            (String::new(), None, "send", 2),
        ] {
            let mut expected = vec!["cartwright.operation=\"getCart\"".to_owned()];
            expected.extend(status.map(|status| format!("http.response.status_code={status}")));
            expected.push(format!("error.type={kind:?}"));
            expected.push(format!("attempts={attempts}"));
            let mut told = failures(&sent, layers.clone()).await;
            told.iter_mut()
                .for_each(|event| event.truncate(expected.len()));
            assert_eq!(told, [expected], "{sent}");
        }
    }
}

#[tokio::test]
async fn a_call_that_is_not_sent_is_told_to_have_failed_and_one_that_succeeds_is_not() {
    let log = Log::default();
    let guard = tracing::subscriber::set_default(log.clone());
    let session = session("https://api.example", Credentials::none());
    let error = session
        .execute(get("https://api.example"), &GET_CART)
        .await
        .unwrap_err();
    let _: Error = error.into();
    drop(guard);
    let told = log.0.lock().unwrap().clone();
    assert_eq!(
        told,
        [
            "message=the call failed",
            "cartwright.operation=\"getCart\"",
            "error.type=\"config\"",
            "attempts=0"
        ]
    );
    let log = Log::default();
    let guard = tracing::subscriber::set_default(log.clone());
    let server = Server::answering(answer("200 OK", "{}")).await;
    let response = server
        .session()
        .execute(get(&server.url), &GET_CART)
        .await
        .unwrap();
    ResponseValue::<Value>::from_response::<()>(response)
        .await
        .unwrap();
    drop(guard);
    assert!(log.0.lock().unwrap().is_empty());
}
