//! Bodies on a socket: cut, slow, encoded, too large; and what is left of them.

use std::sync::Arc;
use std::time::Duration;

use cartwright_runtime::client::ResponseValue;
use cartwright_runtime::{
    Credentials, Error, HttpTransport, Layers, Operation, RetryPolicy, Session, Transport,
};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::layers::MAKE;
use crate::server::{OPEN, SCHEMES, Server, answer, get};

fn layers() -> Layers {
    let policy = RetryPolicy::default()
        .max_attempts(3)
        .base(Duration::from_millis(1));
    Layers::default().retry(policy)
}

fn session(url: &str, layers: Layers) -> Session {
    let transport = Arc::new(HttpTransport::builder().build().unwrap());
    Session::new(url, Credentials::none(), layers.over(transport), SCHEMES).unwrap()
}

async fn read(session: &Session, operation: &'static Operation) -> Result<Value, Error> {
    let request = get(&format!("{}/", session.base_url()));
    let response = session.execute(request, operation).await?;
    if response.status().is_success() {
        return Ok(ResponseValue::<Value>::from_response(response)
            .await?
            .into_inner());
    }
    Err(Error::from_error_body(response, |_: Value| ()).await)
}

fn cut(status: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\nx-request-id: r1\r\ncontent-length: 90\r\nconnection: close\r\n\r\n{{\"title\":"
    )
}

#[tokio::test]
async fn a_cut_body_is_asked_for_again_where_that_is_safe_and_what_came_of_it_is_kept() {
    for (status, code) in [("200 OK", 200), ("422 No", 422)] {
        for (operation, expected) in [(&OPEN, 3), (&MAKE, 1)] {
            let server = Server::answering(cut(status)).await;
            let error = read(&session(&server.url, layers()), operation)
                .await
                .unwrap_err();
            assert!(error.broke_off(), "{error:?}");
            assert_eq!(error.status().unwrap(), code);
            assert_eq!(error.body().unwrap(), "{\"title\":");
            assert_eq!(error.headers().unwrap()["x-request-id"], "r1");
            let attempts = (error.attempts(), server.requests().len());
            assert_eq!(attempts, (expected, expected as usize), "{error}");
        }
    }
}

#[tokio::test]
async fn every_kind_of_answer_counts_its_attempts() {
    let unavailable = answer("503 No", "{\"title\": \"busy\"}");
    let server = Server::answering(unavailable).await;
    let error = read(&session(&server.url, layers()), &OPEN).await;
    let Err(Error::ErrorResponse(response)) = error else {
        panic!("{error:?}")
    };
    assert_eq!(response.attempts, 3);
    let error = read(&session(&server.url, Layers::none()), &OPEN).await;
    assert_eq!(error.unwrap_err().attempts(), 1);
    assert_eq!(server.requests().len(), 4);
}

#[tokio::test]
async fn a_whole_body_comes_through_unchanged() {
    let server = Server::answering(answer("200 OK", "{\"id\": 1.15}")).await;
    let session = session(&server.url, layers());
    assert_eq!(
        read(&session, &OPEN).await.unwrap()["id"].to_string(),
        json!(1.15).to_string()
    );
    let request = get(&format!("{}/?a=b", session.base_url()));
    let response = session.execute(request, &OPEN).await.unwrap();
    assert_eq!(response.url().query(), Some("a=b"));
    assert_eq!(response.content_length(), Some(12));
}

#[tokio::test]
async fn a_body_that_does_not_end_in_time_keeps_its_status_and_is_a_timeout() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        assert_ne!(stream.read(&mut [0; 4096]).await.unwrap(), 0);
        let head = b"HTTP/1.1 201 Created\r\ntransfer-encoding: chunked\r\n\r\n";
        stream.write_all(head).await.unwrap();
        // Each piece comes in time, and the end never does.
        while stream.write_all(b"1\r\n \r\n").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    });
    let layers = Layers::default().deadline(Duration::from_millis(200));
    let error = read(&session(&url, layers), &MAKE).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 201);
    assert!(
        matches!(&error, Error::Transport { source, .. } if source.is_timeout()),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_body_over_the_limit_is_still_told_to_be_too_large_and_not_read_on() {
    const MORE: usize = 64 << 20;
    let heads = [
        "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n".to_owned(),
        format!("HTTP/1.1 200 OK\r\ncontent-length: {MORE}\r\n\r\n"),
    ];
    for head in heads {
        let server = Server::flooding(head, MORE).await;
        let error = read(&session(&server.url, layers()), &OPEN)
            .await
            .unwrap_err();
        assert!(matches!(error, Error::TooLarge(_)), "{error:?}");
        assert!(server.written() < MORE / 2, "{}", server.written());
    }
}

#[tokio::test]
async fn a_body_larger_than_usual_is_read_where_the_caller_allows_it() {
    let body = format!("\"{}\"", "x".repeat(9 << 20));
    let server = Server::answering(answer("200 OK", &body)).await;
    let session = session(&server.url, layers()).with_max_body(10 << 20);
    let read = read(&session, &OPEN).await.unwrap();
    assert_eq!(read.as_str().unwrap().len(), 9 << 20);
}

#[tokio::test]
async fn an_encoding_that_was_not_asked_for_is_named() {
    for status in ["200 OK", "404 No"] {
        let head = format!("HTTP/1.1 {status}\r\ncontent-encoding: br\r\n");
        let server = Server::answering(format!("{head}content-length: 2\r\n\r\n\u{b}\u{2}")).await;
        let error = read(&session(&server.url, layers()), &OPEN)
            .await
            .unwrap_err();
        assert!(matches!(error, Error::Decode(_)), "{error:?}");
        assert!(error.to_string().contains("encoded as `br`"), "{error}");
        assert_eq!(server.requests().len(), 1);
    }
    let plain = "HTTP/1.1 200 OK\r\ncontent-encoding: identity\r\ncontent-length: 2\r\n\r\n{}";
    let server = Server::answering(plain).await;
    assert!(read(&session(&server.url, layers()), &OPEN).await.is_ok());
}

#[tokio::test]
async fn a_redirect_takes_nothing_to_another_origin() {
    let elsewhere = Server::answering(answer("200 OK", "{}")).await;
    let redirect = format!(
        "HTTP/1.1 307 Away\r\nlocation: {}/\r\ncontent-length: 0\r\n\r\n",
        elsewhere.url
    );
    let server = Server::answering(redirect).await;
    let transport: Arc<dyn Transport> = Arc::new(HttpTransport::builder().build().unwrap());
    let credentials = Credentials::new().api_key("Token", "hunter2");
    let transport = Layers::default().over(transport);
    let session = Session::new(&server.url, credentials, transport, SCHEMES).unwrap();
    let answer = session.raw(http::Method::GET, "/", None).await.unwrap();
    assert_eq!(answer.status, 307);
    assert!(server.request().contains("hunter2"));
    assert!(elsewhere.requests().is_empty());
}
