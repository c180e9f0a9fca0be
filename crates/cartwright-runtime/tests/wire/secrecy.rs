//! No credential in anything that is printed.

use std::sync::Arc;

use cartwright_runtime::client::{ResponseValue, SendError};
use cartwright_runtime::{
    BoxFuture, Credentials, Error, HttpTransport, Operation, Session, Transport, TransportError,
};
use serde::Deserialize;

use crate::server::{GET_CART, KEY_IN_QUERY, SCHEMES, Server, answer, get, own_client, session};

const SECRET: &str = "hunter2";

fn assert_secret(shown: String) {
    assert!(!shown.contains(SECRET), "{shown}");
    // Basic credentials travel encoded.
    assert!(!shown.contains("aHVudGVyMg"), "{shown}");
}

/// `Display` and `Debug` of an error, of its sources, and of the error without its type.
fn assert_error_secret(error: Error) {
    let mut source = Some(&error as &dyn std::error::Error);
    while let Some(error) = source {
        assert_secret(format!("{error} {error:?} {error:#?}"));
        source = error.source();
    }
    assert_secret(format!("{:?}", error.into_untyped()));
}

fn credentials() -> Credentials {
    Credentials::new()
        .api_key("Token", SECRET)
        .api_key("Query", SECRET)
        .basic("Login", SECRET, SECRET)
        .bearer("Bearer", SECRET)
}

#[test]
fn credentials_and_sessions_show_the_schemes_and_no_secret() {
    let credentials = credentials();
    let transport = Arc::new(HttpTransport::builder().build().unwrap());
    let session = Session::new(
        "https://api.example.com",
        credentials.clone(),
        transport,
        SCHEMES,
    )
    .unwrap();
    for shown in [
        format!("{credentials:?}"),
        format!("{session:?} {session:#?}"),
    ] {
        assert!(
            shown.contains("Token") && shown.contains("Login"),
            "{shown}"
        );
        assert_secret(shown);
    }
}

#[tokio::test]
async fn the_error_of_an_answer_shows_no_secret() {
    #[derive(Debug, Deserialize)]
    struct Cart {
        #[serde(rename = "id")]
        _id: String,
    }
    let head = |status: &str, length: usize| {
        format!(
            "HTTP/1.1 {status}\r\nset-cookie: a={SECRET}\r\nwww-authenticate: Basic realm={SECRET}\r\n\
             authorization: {SECRET}\r\ncontent-length: {length}\r\n\r\n{{}}"
        )
    };
    for (operation, status, length, limit) in [
        (&KEY_IN_QUERY, "200 OK", 2, 9),
        (&KEY_IN_QUERY, "200 OK", 5, 9),
        (&KEY_IN_QUERY, "200 OK", 2, 1),
        (&GET_CART, "200 OK", 2, 9),
    ] {
        let server = Server::answering(head(status, length)).await;
        let session = session(&server.url, credentials()).with_max_body(limit);
        let response = session.execute(get(&server.url), operation).await.unwrap();
        let error = ResponseValue::<Cart>::from_response(response)
            .await
            .unwrap_err();
        assert_error_secret(error);
        let response = session.execute(get(&server.url), operation).await.unwrap();
        assert_error_secret(Error::from_error_body(response, |_: Cart| ()).await);
        let response = session.execute(get(&server.url), operation).await.unwrap();
        assert_error_secret(Error::from_empty_error(response, ()).await);
        let response = session.execute(get(&server.url), operation).await.unwrap();
        assert_error_secret(Error::undocumented(response).await);
        let response = session.execute(get(&server.url), operation).await.unwrap();
        assert_secret(format!("{:?}", ResponseValue::empty(response)));
        let response = session.execute(get(&server.url), operation).await.unwrap();
        assert_secret(format!("{:?}", ResponseValue::stream(response)));
        if let Ok(response) = session.raw(http::Method::GET, "/", None).await {
            assert_secret(format!("{response:?}"));
        }
    }
}

#[tokio::test]
async fn the_error_of_a_request_that_brings_no_answer_shows_no_secret() {
    /// Fails with the URL in the error, as a careless transport would.
    struct Careless(reqwest::Client);
    impl Transport for Careless {
        fn send<'a>(
            &'a self,
            request: reqwest::Request,
            _operation: &'static Operation,
        ) -> BoxFuture<'a, Result<reqwest::Response, TransportError>> {
            Box::pin(async {
                let error = self.0.execute(request).await.unwrap_err();
                assert!(
                    error.to_string().contains(SECRET),
                    "the trap is real: {error}"
                );
                Err(TransportError::Custom(Box::new(error)))
            })
        }
    }
    let careless = Arc::new(Careless(own_client("careless")));
    let url = "http://127.0.0.1:1";
    let session = session(url, credentials());
    for session in [session.clone().with_transport(careless), session] {
        let error: SendError = session.execute(get(url), &KEY_IN_QUERY).await.unwrap_err();
        assert_secret(format!("{error} {error:?}"));
        assert_error_secret(error.into());
    }
}

#[tokio::test]
async fn an_unusable_or_missing_credential_shows_no_secret() {
    let unusable = Credentials::new().api_key("Token", format!("{SECRET}\n"));
    let server = Server::answering(answer("200 OK", "{}")).await;
    for (credentials, operation) in [
        (unusable, &GET_CART),
        (Credentials::new().bearer("Bearer", SECRET), &GET_CART),
    ] {
        let session = session(&server.url, credentials);
        let error = session
            .execute(get(&server.url), operation)
            .await
            .unwrap_err();
        assert_error_secret(error.into());
    }
    assert!(server.requests().is_empty());
}
