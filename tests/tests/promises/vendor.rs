//! The vendor at the other end: a transport that answers every request alike and remembers what it was asked.

use std::sync::{Arc, Mutex};

use cartwright_runtime::{
    BoxFuture, ConfigError, Credentials, Operation, Transport, TransportError,
};
use http::HeaderMap;

/// The address of the vendor in every spec of the promises.
pub const BASE: &str = "https://cart.example";

/// Sends an operation without parameters through the promise's client, to a vendor that answers `200` with this body.
macro_rules! call {
    ($promise:ident . $operation:ident, $body:expr) => {
        call!($promise.$operation, 200, $body)
    };
    ($promise:ident . $operation:ident, $status:expr, $body:expr) => {
        $crate::vendor::Vendor::answering($status, $body)
            .client(cartwright_tests::promises::$promise::Client::new)
            .$operation()
            .send()
            .await
    };
}

/// What comes back for a URL.
type Answer = dyn Fn(&url::Url) -> Result<reqwest::Response, TransportError> + Send + Sync;

pub struct Vendor {
    answer: Box<Answer>,
    asked: Mutex<Vec<Asked>>,
}

/// A request as it left the client, credentials included.
#[derive(Clone, Debug)]
pub struct Asked {
    pub method: http::Method,
    pub url: url::Url,
    pub headers: HeaderMap,
    /// `None` where there is no body, which is not the same as an empty one.
    pub body: Option<String>,
}

impl Vendor {
    pub fn answering(status: u16, body: impl ToString) -> Arc<Self> {
        Self::answering_with(status, &[], body)
    }

    pub fn answering_with(
        status: u16,
        headers: &'static [(&'static str, &'static str)],
        body: impl ToString,
    ) -> Arc<Self> {
        let body = body.to_string();
        Self::new(move |_| {
            let mut response = http::Response::builder().status(status);
            for (name, value) in headers {
                response = response.header(*name, *value);
            }
            Ok(response.body(body.clone()).unwrap().into())
        })
    }

    /// A vendor that is never reached; the failure may quote the request's URL, as reqwest's do.
    pub fn failing(failure: fn(&url::Url) -> TransportError) -> Arc<Self> {
        Self::new(move |url| Err(failure(url)))
    }

    /// A vendor that answers by what the URL says.
    pub fn new(
        answer: impl Fn(&url::Url) -> Result<reqwest::Response, TransportError> + Send + Sync + 'static,
    ) -> Arc<Self> {
        Arc::new(Self {
            answer: Box::new(answer),
            asked: Mutex::default(),
        })
    }

    /// The promise's client, sending to this vendor without credentials.
    pub fn client<C>(
        self: &Arc<Self>,
        new: impl FnOnce(&str, Credentials, Arc<dyn Transport>) -> Result<C, ConfigError>,
    ) -> C {
        new(BASE, Credentials::none(), self.clone()).unwrap()
    }

    /// The only request there has been.
    pub fn asked(&self) -> Asked {
        match &self.asked.lock().unwrap()[..] {
            [one] => one.clone(),
            other => panic!("{} requests instead of one", other.len()),
        }
    }

    /// Every request so far.
    pub fn all_asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    pub fn was_never_asked(&self) -> bool {
        self.asked.lock().unwrap().is_empty()
    }
}

impl Transport for Vendor {
    fn send<'a>(
        &'a self,
        request: reqwest::Request,
        _operation: &'static Operation,
    ) -> BoxFuture<'a, Result<reqwest::Response, TransportError>> {
        let body = request.body().map(|body| {
            let bytes = body.as_bytes().expect("a body that isn't streamed");
            String::from_utf8(bytes.to_vec()).expect("a body of text")
        });
        let answer = (self.answer)(request.url());
        self.asked.lock().unwrap().push(Asked {
            method: request.method().clone(),
            url: request.url().clone(),
            headers: request.headers().clone(),
            body,
        });
        Box::pin(std::future::ready(answer))
    }
}
