//! What becomes of each kind of answer.

use cartwright_runtime::client::{Error, Failure, ResponseValue};
use cartwright_runtime::{Decimal, Timestamp};
use serde::Deserialize;

use crate::server::{GET_CART, Server, answer, get};

#[derive(Debug, PartialEq, Deserialize)]
struct Cart {
    id: String,
    total: Option<Decimal>,
    created: Option<Timestamp>,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Problem {
    title: String,
}

#[derive(Debug, PartialEq)]
enum CartError {
    Status404(Problem),
    Status409,
    Failure(Problem),
}

async fn respond(answer: impl Into<Vec<u8>>) -> reqwest::Response {
    respond_within(answer, 8 << 20).await
}

async fn respond_within(answer: impl Into<Vec<u8>>, max_body: usize) -> reqwest::Response {
    let server = Server::answering(answer).await;
    let request = get(&format!("{}/carts/1", server.url));
    let session = server.session().with_max_body(max_body);
    session.execute(request, &GET_CART).await.unwrap()
}

async fn read(answer: impl Into<Vec<u8>>) -> Result<ResponseValue<Cart>, Error<CartError>> {
    ResponseValue::from_response(respond(answer).await).await
}

async fn read_error(answer: impl Into<Vec<u8>>) -> Error<CartError> {
    Error::from_error_body(respond(answer).await, CartError::Status404).await
}

#[tokio::test]
async fn a_response_keeps_its_value_status_and_headers() {
    let body = r#"{"id":"c1","total":19.9,"created":"2024-03-01T10:00:00+02:00"}"#;
    let response = read(format!(
        "HTTP/1.1 201 Created\r\ncontent-length: {}\r\nx-request-id: r1\r\nset-cookie: hunter2\r\n\r\n{body}",
        body.len()
    ))
    .await
    .unwrap();
    assert_eq!(response.status(), 201);
    assert_eq!(response.headers()["x-request-id"], "r1");
    assert!(!format!("{response:?}").contains("hunter2"));
    assert_eq!(response.id, "c1");
    assert_eq!(response.as_ref().total, Some("19.90".parse().unwrap()));
    let created = response.created.as_ref().unwrap();
    assert_eq!(created.as_str(), "2024-03-01T10:00:00+02:00");
    let id = response.map(|cart| cart.id);
    assert_eq!(
        (id.status().as_u16(), id.into_inner()),
        (201, "c1".to_owned())
    );
}

#[tokio::test]
async fn a_body_that_does_not_fit_says_where_and_keeps_what_came() {
    let table = [
        (
            "200 OK",
            r#"{"id": 5}"#,
            "id",
            "invalid type: integer `5`, expected a string",
        ),
        (
            "200 OK",
            r#"{"id": "c1", "total": "-$.05"}"#,
            "total",
            "expected a decimal number or its text, found `\"-$.05\"`",
        ),
        (
            "200 OK",
            r#"{"id": "c1", "created": "2024-03-01 10:00"}"#,
            "created",
            "expected a moment in RFC 3339",
        ),
        ("200 OK", r#"{"id": "c"#, "id", "EOF while parsing a string"),
        ("200 OK", r#"{"id": "c1"} x"#, "", "trailing characters"),
        ("200 OK", "", "", "the body is empty"),
        (
            "200 OK",
            "<html>Gateway</html>",
            "",
            "a page came instead of JSON (no content type): Gateway",
        ),
        (
            "200 OK\r\ncontent-type: text/plain",
            "try later",
            "",
            "text came instead of JSON (text/plain): try later",
        ),
        ("201 Created", "null", "", "invalid type: null"),
        ("204 No Content", "", "", "invalid type: null"),
    ];
    for (status, body, path, message) in table {
        let error = read(answer(status, body)).await.unwrap_err();
        let Error::Decode(failure) = &error else {
            panic!("{error:?}")
        };
        assert_eq!(failure.path, path, "{body}");
        assert!(
            failure.message.contains(message),
            "{body}: {}",
            failure.message
        );
        assert_eq!(failure.body, body, "{body}");
        assert_eq!(failure.status.as_str(), &status[..3]);
        assert!(!failure.truncated);
        assert_eq!(error.operation().unwrap().id, "getCart");
        assert_eq!(error.path(), Some(path));
        assert_eq!(error.headers().unwrap()["connection"], "close");
    }
}

#[tokio::test]
async fn a_message_is_one_line_with_operation_status_path_reason_and_body() {
    let error = read(answer("200 OK", "{\"id\":\n5}")).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "getCart: the body of the 200 OK response does not fit at `id`: invalid type: integer `5`, \
         expected a string at line 2 column 1; the body begins: {\"id\": 5}"
    );
}

#[tokio::test]
async fn no_content_reads_as_null() {
    for status in ["204 No Content", "205 Reset Content"] {
        let response = respond(answer(status, "")).await;
        let cart = ResponseValue::<Option<Cart>>::from_response::<()>(response)
            .await
            .unwrap();
        assert_eq!(cart.into_inner(), None, "{status}");
    }
}

#[tokio::test]
async fn a_body_that_nobody_describes_is_not_read() {
    let response = respond("HTTP/1.1 202 Accepted\r\ncontent-length: 999\r\n\r\n").await;
    assert_eq!(ResponseValue::empty(response).status(), 202);
}

#[tokio::test]
async fn a_documented_error_is_decoded_and_its_body_kept() {
    let body = r#"{"title": "gone", "more": 1}"#;
    let error = read_error(answer("404 Not Found", body)).await;
    let Error::ErrorResponse(response) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(
        response.value,
        CartError::Status404(Problem {
            title: "gone".into()
        })
    );
    assert_eq!(error.status().unwrap(), 404);
    assert_eq!(error.body().unwrap(), body);
    assert_eq!(error.operation().unwrap().id, "getCart");
    assert_eq!(error.path(), None);
    assert!(
        error
            .to_string()
            .starts_with("getCart: the vendor answered the error 404 Not Found; ")
    );
    let untyped = error.into_untyped();
    assert_eq!(untyped.body().unwrap(), body);
    assert_eq!(untyped.status().unwrap(), 404);
}

#[tokio::test]
async fn an_error_without_a_described_body_keeps_what_came() {
    let response = respond(answer("409 Conflict", "busy")).await;
    let error = Error::from_empty_error(response, CartError::Status409).await;
    assert!(matches!(&error, Error::ErrorResponse(r) if r.value == CartError::Status409));
    assert_eq!(error.body().unwrap(), "busy");
    assert_eq!(error.status().unwrap(), 409);
}

#[tokio::test]
async fn an_error_body_of_another_shape_keeps_the_status() {
    for body in ["<html>Bad Gateway</html>", "", r#"{"type": "about:blank"}"#] {
        let error = read_error(answer("502 Bad Gateway", body)).await;
        assert!(matches!(error, Error::Decode(_)), "{body}");
        assert_eq!(error.status().unwrap(), 502);
        assert_eq!(error.body().unwrap(), body);
    }
}

#[tokio::test]
async fn an_error_body_that_breaks_off_keeps_the_status_and_what_came() {
    let cut = "HTTP/1.1 503 Service Unavailable\r\ncontent-length: 99\r\n\r\n{\"title\":";
    let error = read_error(cut).await;
    assert!(
        matches!(&error, Error::Decode(failure) if failure.truncated),
        "{error:?}"
    );
    assert_eq!(error.status().unwrap(), 503);
    assert_eq!(error.body().unwrap(), "{\"title\":");
    let error = Error::<CartError>::undocumented(respond(cut).await).await;
    assert!(
        matches!(&error, Error::Undocumented(response) if response.truncated),
        "{error:?}"
    );
    assert_eq!(error.status().unwrap(), 503);
}

#[tokio::test]
async fn a_successful_body_that_breaks_off_is_a_failure_of_the_transport() {
    let error = read("HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{\"id\":")
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Transport { .. }));
    assert_eq!(error.status().unwrap(), 200);
    assert!(
        error
            .to_string()
            .starts_with("getCart: the body of the 200 OK response broke off: ")
    );
}

#[tokio::test]
async fn an_undocumented_status_keeps_its_body() {
    for (status, body) in [("418 I'm a teapot", "short and stout"), ("302 Found", "")] {
        let error = Error::<CartError>::undocumented(respond(answer(status, body)).await).await;
        assert!(matches!(&error, Error::Undocumented(response) if !response.truncated));
        assert_eq!(error.status().unwrap().as_str(), &status[..3]);
        assert_eq!(error.body().unwrap(), body);
        assert!(error.to_string().contains("which is not documented"));
    }
}

#[tokio::test]
async fn a_redirect_says_where_it_leads_without_what_may_be_secret() {
    let status = "302 Found\r\nlocation: https://ann:hunter2@login.example/in?token=hunter2";
    let error = Error::<CartError>::undocumented(respond(answer(status, "")).await).await;
    assert_eq!(
        error.to_string(),
        "getCart: the vendor answered 302 Found, which is not documented; it redirects to \
         https://login.example/in; the body is empty"
    );
    let Error::Undocumented(response) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(
        response.location().as_deref(),
        Some("https://login.example/in")
    );
}

#[tokio::test]
async fn a_failure_inside_a_success_is_found_before_the_success_is_decoded() {
    static PRESENT: Failure = Failure::Present("error_class");
    static EQUALS: Failure = Failure::Equals("status", "0");
    let read = async |failure, body: &str| {
        let response = respond(answer("200 OK", body)).await;
        let wrap = CartError::Failure;
        ResponseValue::<Cart>::from_response_or_failure(response, failure, wrap).await
    };
    for (failure, body) in [
        (&PRESENT, r#"{"error_class": "X", "title": "no"}"#),
        (&EQUALS, r#"{"status": 0, "title": "no"}"#),
        (&EQUALS, r#"{"status": "0", "title": "no"}"#),
    ] {
        let error = read(failure, body).await.unwrap_err();
        let Error::ErrorResponse(response) = &error else {
            panic!("{error:?}")
        };
        assert_eq!(
            response.value,
            CartError::Failure(Problem { title: "no".into() })
        );
        assert_eq!(error.status().unwrap(), 200);
        assert_eq!(error.body().unwrap(), body);
    }
    for (failure, body) in [
        (&PRESENT, r#"{"id": "c1", "error_class": null}"#),
        (&EQUALS, r#"{"id": "c1", "status": 1}"#),
    ] {
        assert_eq!(read(failure, body).await.unwrap().id, "c1");
    }
    let error = read(&PRESENT, r#"{"error_class": "X"}"#).await.unwrap_err();
    assert!(matches!(&error, Error::Decode(failure) if failure.message.contains("title")));
}

#[tokio::test]
async fn a_flood_is_read_to_the_limit_and_no_further() {
    const FLOOD: usize = 200 << 20;
    const LIMIT: usize = 64 << 10;
    for head in [
        format!("HTTP/1.1 200 OK\r\ncontent-length: {FLOOD}\r\n\r\n"),
        "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n".to_owned(),
    ] {
        let server = Server::flooding(head, FLOOD).await;
        let session = server.session().with_max_body(LIMIT);
        let response = session.execute(get(&server.url), &GET_CART).await.unwrap();
        let error = ResponseValue::<Cart>::from_response::<()>(response)
            .await
            .unwrap_err();
        let Error::TooLarge(response) = &error else {
            panic!("{error:?}")
        };
        assert_eq!(response.limit, LIMIT);
        assert_eq!(response.body_start.len(), 2 << 10);
        assert_eq!(error.status().unwrap(), 200);
        // What went out beyond the limit sits in the buffers of both sockets.
        assert!(server.written() < 16 << 20, "{}", server.written());
    }
}

#[tokio::test]
async fn a_body_of_just_the_limit_is_read() {
    let body = r#"{"id": "c1"}"#;
    let exact = respond_within(answer("200 OK", body), body.len()).await;
    assert!(
        ResponseValue::<Cart>::from_response::<()>(exact)
            .await
            .is_ok()
    );
    let over = respond_within(answer("200 OK", body), body.len() - 1).await;
    let error = ResponseValue::<Cart>::from_response::<()>(over)
        .await
        .unwrap_err();
    assert!(matches!(error, Error::TooLarge(_)));
}

#[tokio::test]
async fn an_error_body_beyond_the_limit_keeps_the_status_and_the_beginning() {
    let body = "x".repeat(100);
    let head = "HTTP/1.1 500 Oops\r\nconnection: close\r\n\r\n";
    let response = respond_within(format!("{head}{body}"), 10).await;
    let error = Error::<CartError>::undocumented(response).await;
    assert!(matches!(&error, Error::Undocumented(response) if response.truncated));
    assert_eq!(error.body().unwrap(), &body[..10]);
    let response = respond_within(format!("{head}{body}"), 10).await;
    let error = Error::from_error_body(response, CartError::Status404).await;
    assert!(
        matches!(&error, Error::Decode(failure) if failure.message.contains("limit of 10 bytes"))
    );
    assert_eq!(error.status().unwrap(), 500);
}

#[tokio::test]
async fn a_stream_hands_over_the_bytes_as_they_came() {
    let mut stream = ResponseValue::stream(respond(answer("200 OK", "bytes")).await).into_inner();
    assert_eq!(stream.chunk().await.unwrap().unwrap(), "bytes");
    assert!(stream.chunk().await.unwrap().is_none());
}
