//! What a log is told, and what it is not.

use std::fmt;
use std::sync::{Arc, Mutex};

use cartwright_runtime::{Layers, TransportError};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::layers::{Script, Step, status};
use crate::server::OPEN;

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
