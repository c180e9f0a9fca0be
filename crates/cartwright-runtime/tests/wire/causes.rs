//! Messages: whole in one line, and said once, whoever walks the chain of causes.

use std::error::Error as StdError;

use cartwright_runtime::{
    Credentials, Error, HttpTransport, Layers, PasswordGrant, TransportError,
};

use crate::server::{GET_CART, KEY_IN_QUERY, SCHEMES, Server, answer, get, session};

/// The texts of an error and its sources.
fn chain(error: &(dyn StdError + 'static)) -> Vec<String> {
    let mut texts = Vec::new();
    let mut next = Some(error);
    while let Some(error) = next {
        texts.push(error.to_string());
        next = error.source();
    }
    texts
}

fn assert_each_adds_something(error: &(dyn StdError + 'static), cause: &str) {
    let texts = chain(error);
    assert!(texts.iter().any(|text| text.contains(cause)), "{texts:?}");
    for (at, text) in texts.iter().enumerate() {
        assert!(!text.is_empty());
        let others = texts.iter().enumerate().filter(|(other, _)| *other != at);
        for (_, other) in others {
            assert!(!text.contains(other.as_str()), "{texts:?}");
        }
    }
    // Nor is anything said twice within one line.
    let mut parts: Vec<_> = texts.iter().flat_map(|text| text.split(": ")).collect();
    let count = parts.len();
    parts.sort_unstable();
    parts.dedup();
    assert_eq!(parts.len(), count, "{texts:?}");
}

#[tokio::test]
async fn each_cause_of_a_failed_call_is_told_once() {
    let nobody = session(
        "http://127.0.0.1:1",
        Credentials::new().api_key("Query", "k123"),
    );
    let error = nobody
        .execute(get("http://127.0.0.1:1"), &KEY_IN_QUERY)
        .await
        .unwrap_err();
    assert_each_adds_something(&error, "refused");
    assert_each_adds_something(&Error::<()>::from(error), "refused");

    let hangs_up = Server::answering("").await;
    let error = hangs_up
        .session()
        .execute(get(&hangs_up.url), &GET_CART)
        .await
        .unwrap_err();
    assert_each_adds_something(&Error::<()>::from(error), "sending failed");

    let missing = session(&hangs_up.url, Credentials::none());
    let error = missing
        .execute(get(&hangs_up.url), &GET_CART)
        .await
        .unwrap_err();
    assert_each_adds_something(&error, "credential is missing");
    assert_each_adds_something(&Error::<()>::from(error), "credential is missing");

    for (status, body, cause) in [
        ("200 OK\r\nx: y", "[1", "invalid type"),
        ("200 OK", "<html>no", "a page came"),
        ("404 Not Found", "{}", "404"),
    ] {
        let server = Server::answering(answer(status, body)).await;
        let response = server
            .session()
            .execute(get(&server.url), &GET_CART)
            .await
            .unwrap();
        let error = Error::<()>::from_error_body::<String>(response, drop).await;
        assert_each_adds_something(&error, cause);
        let response = server
            .session()
            .execute(get(&server.url), &GET_CART)
            .await
            .unwrap();
        assert_each_adds_something(&Error::<()>::undocumented(response).await, &status[..3]);
    }
    let cut = Server::answering("HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{").await;
    let error = cut
        .session()
        .raw(http::Method::GET, "/", None)
        .await
        .unwrap_err();
    assert_each_adds_something(&error, "broke off");
    let response = cut
        .session()
        .execute(get(&cut.url), &GET_CART)
        .await
        .unwrap();
    let error = Error::<()>::from_error_body::<String>(response, drop).await;
    assert_each_adds_something(&error, "broke off");
    let flood = Server::answering(answer("200 OK", "0123456789")).await;
    let session = flood.session().with_max_body(1);
    let error = session.raw(http::Method::GET, "/", None).await.unwrap_err();
    assert_each_adds_something(&error, "limit of 1 bytes");
    let error = session
        .raw(http::Method::GET, "no", None)
        .await
        .unwrap_err();
    assert_each_adds_something(&error, "must begin with");
}

#[tokio::test(start_paused = true)]
async fn attempts_do_not_double_a_cause() {
    let script = crate::layers::Script::new([crate::layers::Step::Fail(|| {
        TransportError::Custom(Box::new(std::io::Error::other("the line is dead")))
    })]);
    let error = script.call(Layers::default(), &GET_CART).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the transport failed: after 4 attempts: the line is dead"
    );
    assert_each_adds_something(&error, "the line is dead");
}

#[test]
fn each_cause_of_a_client_that_cannot_be_built_is_told_once() {
    let error = HttpTransport::builder()
        .proxy("http://")
        .build()
        .unwrap_err();
    assert_each_adds_something(&error, "proxy's URL cannot be used");
    let error = HttpTransport::builder()
        .proxy("socks5://127.0.0.1:1")
        .build()
        .unwrap_err();
    assert_each_adds_something(&error, "only http and https proxies");
    let credentials = Credentials::new().oauth2_password("Token", PasswordGrant::new("a", "b"));
    assert_each_adds_something(&credentials_error(credentials), "takes an API key");
}

fn credentials_error(credentials: Credentials) -> cartwright_runtime::ConfigError {
    let transport = std::sync::Arc::new(HttpTransport::builder().build().unwrap());
    let made =
        cartwright_runtime::Session::new("https://a.example", credentials, transport, SCHEMES);
    made.unwrap_err()
}
