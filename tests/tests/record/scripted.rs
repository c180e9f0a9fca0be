//! A transport with answers of the test's, and a client with none of a vendor's types.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use cartwright::record::Recorder;
use cartwright::{Layer, Transport};
use cartwright_runtime::{BoxFuture, Operation, Retry, TransportError};
use http::Method;

pub static GET: Operation = operation("getCart", "GET", "/carts/{id}");
pub static CREATE: Operation = operation("createCart", "POST", "/carts");

const fn operation(id: &'static str, method: &'static str, path: &'static str) -> Operation {
    Operation {
        id,
        method,
        path,
        cart: &[],
        retry: Retry::Unsafe,
        security: &[],
        deprecated: false,
    }
}

type Outcome = Result<reqwest::Response, TransportError>;

/// Gives its outcomes one after the other; a request beyond them waits for ever.
#[derive(Clone, Default)]
pub struct Scripted(Arc<Mutex<VecDeque<Outcome>>>);

impl Scripted {
    pub fn then(self, outcome: Outcome) -> Self {
        self.0.lock().unwrap().push_back(outcome);
        self
    }

    pub fn json(self, status: u16, body: impl Into<reqwest::Body>) -> Self {
        let response = http::Response::builder()
            .status(status)
            .header("content-type", "application/json")
            .body(body.into());
        self.then(Ok(response.unwrap().into()))
    }

    /// As it is sent through a recorder.
    pub fn recorded(self, recorder: &Recorder) -> Arc<dyn Transport> {
        recorder.layer(Arc::new(self))
    }
}

impl Transport for Scripted {
    fn send<'a>(&'a self, _: reqwest::Request, _: &'static Operation) -> BoxFuture<'a, Outcome> {
        let next = self.0.lock().unwrap().pop_front();
        Box::pin(async move {
            match next {
                Some(outcome) => outcome,
                None => std::future::pending().await,
            }
        })
    }
}

pub fn get(path: &str) -> reqwest::Request {
    let url = format!("https://api.example.com{path}");
    reqwest::Request::new(Method::GET, url.parse().unwrap())
}

pub fn post(path: &str, media: &'static str, body: impl Into<reqwest::Body>) -> reqwest::Request {
    let mut request = get(path);
    *request.method_mut() = Method::POST;
    *request.body_mut() = Some(body.into());
    let media = http::HeaderValue::from_static(media);
    request.headers_mut().insert("content-type", media);
    request
}

/// Everything that stands in a folder's files, with their names.
pub fn files(folder: &std::path::Path) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .map(|entry| {
            let entry = entry.unwrap();
            let text = std::fs::read_to_string(entry.path()).unwrap();
            (entry.file_name().into_string().unwrap(), text)
        })
        .collect();
    files.sort();
    files
}

pub fn names(folder: &std::path::Path) -> Vec<String> {
    files(folder).into_iter().map(|(name, _)| name).collect()
}
