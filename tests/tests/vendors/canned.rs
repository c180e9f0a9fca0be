//! Transports that send nothing: some answer what they were told, one fails, one counts.

use std::sync::atomic::{AtomicUsize, Ordering};

use cartwright_runtime::{BoxFuture, Operation, Transport, TransportError};

/// Answers every request alike.
pub struct Canned {
    pub status: u16,
    pub headers: &'static [(&'static str, &'static str)],
    pub body: Vec<u8>,
}

impl Canned {
    pub fn json(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status,
            headers: &[("content-type", "application/json")],
            body: body.into(),
        }
    }
}

impl Transport for Canned {
    fn send<'a>(
        &'a self,
        _: reqwest::Request,
        _: &'static Operation,
    ) -> BoxFuture<'a, Result<reqwest::Response, TransportError>> {
        Box::pin(async {
            let mut response = http::Response::builder().status(self.status);
            for (name, value) in self.headers {
                response = response.header(*name, *value);
            }
            Ok(response
                .body(self.body.clone())
                .expect("a sound response")
                .into())
        })
    }
}

/// Answers each operation in its own way.
pub struct PerOperation(pub Vec<(&'static str, Canned)>);

impl Transport for PerOperation {
    fn send<'a>(
        &'a self,
        request: reqwest::Request,
        operation: &'static Operation,
    ) -> BoxFuture<'a, Result<reqwest::Response, TransportError>> {
        let answer = self.0.iter().find(|(id, _)| *id == operation.id);
        let (_, answer) = answer.unwrap_or_else(|| panic!("no answer to {}", operation.id));
        answer.send(request, operation)
    }
}

/// Fails after sending: the vendor may have acted.
pub struct Breaking(pub fn() -> TransportError);

impl Transport for Breaking {
    fn send<'a>(
        &'a self,
        _: reqwest::Request,
        _: &'static Operation,
    ) -> BoxFuture<'a, Result<reqwest::Response, TransportError>> {
        Box::pin(async { Err(self.0()) })
    }
}

/// Counts what would have been sent.
#[derive(Default)]
pub struct Counting(AtomicUsize);

impl Counting {
    /// How many requests would have been sent.
    pub fn count(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }
}

impl Transport for Counting {
    fn send<'a>(
        &'a self,
        _: reqwest::Request,
        _: &'static Operation,
    ) -> BoxFuture<'a, Result<reqwest::Response, TransportError>> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Box::pin(async { Err(TransportError::Refused("this test sends nothing".into())) })
    }
}
