//! What a log is told: names of the OpenTelemetry conventions for HTTP clients, and nothing that a caller or a
//! vendor wrote.

use std::sync::Arc;

use tracing::field::{Empty, display};
use tracing::{Instrument, Span};

use super::attempts_of;
use super::wait::{Wait, WaitReason};
use crate::error::Error;
use crate::operation::Operation;
use crate::transport::{BoxFuture, Transport, TransportError};

/// Makes a span for each call.
pub(super) struct Traced(pub(super) Arc<dyn Transport>);

impl Transport for Traced {
    fn send<'a>(
        &'a self,
        request: reqwest::Request,
        operation: &'static Operation,
    ) -> BoxFuture<'a, Result<reqwest::Response, TransportError>> {
        let span = span(&request, operation);
        let entered = span.clone();
        let call = async move {
            let outcome = self.0.send(request, operation).await;
            record(&span, &outcome);
            outcome
        };
        Box::pin(call.instrument(entered))
    }
}

fn span(request: &reqwest::Request, operation: &'static Operation) -> Span {
    let method = request.method().as_str();
    let url = request.url();
    tracing::info_span!(
        target: "cartwright",
        "call",
        otel.name = format_args!("{method} {}", operation.path),
        otel.kind = "client",
        cartwright.operation = operation.id,
        http.request.method = method,
        url.template = operation.path,
        server.address = url.host_str(),
        server.port = url.port_or_known_default(),
        http.request.resend_count = Empty,
        http.response.status_code = Empty,
        error.type = Empty,
    )
}

fn record(span: &Span, outcome: &Result<reqwest::Response, TransportError>) {
    let attempts = match outcome {
        Ok(response) => {
            let status = response.status();
            span.record("http.response.status_code", status.as_u16());
            if status.is_client_error() || status.is_server_error() {
                span.record("error.type", display(status.as_u16()));
            }
            attempts_of(response)
        }
        Err(error) => {
            span.record("error.type", error.word());
            error.attempts()
        }
    };
    if attempts > 1 {
        span.record("http.request.resend_count", attempts - 1);
    }
}

/// Tells of a wait before it begins.
pub(super) fn waiting(wait: &Wait) {
    let delay_ms = u64::try_from(wait.time.as_millis()).unwrap_or(u64::MAX);
    let operation = wait.operation.id;
    match &wait.reason {
        WaitReason::Quota => tracing::info!(
            target: "cartwright",
            { cartwright.operation = operation, reason = "quota", delay_ms },
            "the call waits for the vendor's quota"
        ),
        WaitReason::Repeat { attempts, why } => tracing::info!(
            target: "cartwright",
            { cartwright.operation = operation, reason = why, delay_ms, attempts },
            "the request is repeated"
        ),
    }
}

/// Tells that a call has failed, whatever layers it went through. What a vendor or a caller wrote stays out.
pub(crate) fn log_failure<E>(error: &Error<E>) {
    let operation = match error {
        Error::Token(_) => Some("token request"),
        _ => error.operation().map(|operation| operation.id),
    };
    tracing::warn!(
        target: "cartwright",
        {
            cartwright.operation = operation,
            http.response.status_code = error.status().map(|status| status.as_u16()),
            error.type = error.word(),
            attempts = error.attempts(),
        },
        "the call failed"
    );
}
