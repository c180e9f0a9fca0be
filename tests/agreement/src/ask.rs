//! Plain requests to a stand-in.

use cartwright_sandbox::{Sandbox, VendorAccess};
use reqwest::Method;
use serde_json::Value;

/// One vendor's stand-in, asked with the same headers each time.
#[derive(Clone)]
pub struct Ask {
    client: reqwest::Client,
    base_url: String,
    headers: Vec<(&'static str, String)>,
}

/// What was answered; `body` is null where it is not JSON.
pub struct Answer {
    pub status: u16,
    pub body: Value,
}

/// How to reach a vendor's stand-in.
///
/// # Panics
/// If the sandbox has no such vendor.
pub fn access(sandbox: &Sandbox, vendor: &str) -> VendorAccess {
    let mut all = sandbox.vendors().into_iter();
    all.find(|access| access.vendor == vendor)
        .expect("the sandbox has every vendor")
}

impl Ask {
    pub fn new(access: &VendorAccess) -> Self {
        // Where the whole workspace is built, reqwest has TLS without a provider, and panics unless the process has one.
        Self {
            client: reqwest::Client::builder()
                .no_proxy()
                .build()
                .expect("a client"),
            base_url: access.base_url.clone(),
            headers: Vec::new(),
        }
    }

    /// The same, with a header more, or in place of the one of that name.
    pub fn header(&self, name: &'static str, value: impl Into<String>) -> Self {
        let mut other = self.clone();
        other.headers.retain(|(known, _)| *known != name);
        other.headers.push((name, value.into()));
        other
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.send(Method::DELETE, path, None).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(Method::POST, path, Some(body.to_string())).await
    }

    pub async fn put(&self, path: &str, body: Value) -> Answer {
        self.send(Method::PUT, path, Some(body.to_string())).await
    }

    /// A body is sent as JSON unless a header says what it is.
    pub async fn send(&self, method: Method, path: &str, body: Option<String>) -> Answer {
        let mut request = self
            .client
            .request(method, format!("{}{path}", self.base_url));
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        if let Some(body) = body {
            if !self.headers.iter().any(|(name, _)| *name == "content-type") {
                request = request.header("content-type", "application/json");
            }
            request = request.body(body);
        }
        let response = request.send().await.expect("the sandbox answers");
        let status = response.status().as_u16();
        let body = response
            .bytes()
            .await
            .expect("the sandbox sends whole bodies");
        Answer {
            status,
            body: serde_json::from_slice(&body).unwrap_or_default(),
        }
    }
}
