//! The plain HTTP client of the tests.

/// A client that speaks to this machine directly.
///
/// Where the whole workspace is built, reqwest has TLS without a provider, and panics unless the process has one.
pub fn client() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().build().unwrap()
}
