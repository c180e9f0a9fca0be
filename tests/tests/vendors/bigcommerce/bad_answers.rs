//! What the vendor should not have answered: an error with vendor, operation, status, JSON path and the start of the body.

use cartwright::{CartApi, Error, ErrorKind};

use super::shop::{CART, TOKEN, shop};
use crate::canned::Canned;

async fn get(answer: Canned) -> Error {
    shop(answer).get(&CART.parse().unwrap()).await.unwrap_err()
}

#[tokio::test]
async fn an_answer_of_the_wrong_shape_is_an_error_that_says_where() {
    let html = "<html><body>Bad gateway</body></html>";
    for (status, body, kind, message) in [
        (
            200,
            html,
            ErrorKind::UnexpectedResponse,
            "bigcommerce: getCart: HTTP 200: $: a page came instead of JSON (application/json): Bad gateway; body: <html>",
        ),
        (
            502,
            html,
            ErrorKind::VendorFailure,
            "bigcommerce: getCart: HTTP 502: the vendor failed: ",
        ),
        (
            200,
            "{\"data\": {\"id\": \"x",
            ErrorKind::UnexpectedResponse,
            "bigcommerce: getCart: HTTP 200: data.id: EOF while parsing a string",
        ),
        (
            200,
            "",
            ErrorKind::UnexpectedResponse,
            "bigcommerce: getCart: HTTP 200: $: the body is empty",
        ),
        (
            200,
            r#"{"data": {"id": "x", "line_items": {"physical_items": [{"quantity": "two"}]}}}"#,
            ErrorKind::UnexpectedResponse,
            "bigcommerce: getCart: HTTP 200: data.line_items.physical_items[0].quantity: expected an integer (`i64`), found `\"two\"`",
        ),
        (
            200,
            "{}",
            ErrorKind::UnexpectedResponse,
            "bigcommerce: getCart: HTTP 200: data: the answer has no cart here; body: {}",
        ),
        (
            302,
            "",
            ErrorKind::UnexpectedResponse,
            "bigcommerce: getCart: HTTP 302: the vendor answered a status that it does not document",
        ),
    ] {
        let error = get(Canned::json(status, body)).await;
        assert_eq!(error.kind(), kind, "{error}");
        assert!(
            error.to_string().starts_with(message),
            "expected: {message}\n   found: {error}"
        );
        assert!(!format!("{error:?}").contains(TOKEN));
    }
}

#[tokio::test]
async fn a_body_of_200_megabytes_is_not_read() {
    let error = get(Canned::json(200, vec![b' '; 200 << 20])).await;
    assert_eq!(
        (error.kind(), error.status()),
        (ErrorKind::UnexpectedResponse, Some(200))
    );
    assert!(
        error
            .to_string()
            .contains("larger than the limit of 8388608 bytes"),
        "{error}"
    );
}

#[tokio::test]
async fn the_status_decides_the_kind_and_the_body_gives_the_words() {
    for (status, body, kind, code, words) in [
        (
            400,
            r#"{"error": "invalid_scope"}"#,
            ErrorKind::InvalidRequest,
            None,
            Some("invalid_scope"),
        ),
        (401, "", ErrorKind::Unauthenticated, None, None),
        (
            403,
            r#"{"status": 403, "type": "about:blank", "title": "No scope"}"#,
            ErrorKind::PermissionDenied,
            Some("about:blank"),
            Some("No scope"),
        ),
        (
            404,
            r#"{"status": 404, "type": "/api-docs"}"#,
            ErrorKind::NotFound,
            Some("/api-docs"),
            None,
        ),
        (
            409,
            r#"[{"status": 409, "message": "A conflict"}]"#,
            ErrorKind::Conflict,
            None,
            Some("A conflict"),
        ),
        (
            422,
            r#"{"status": 422, "title": "Bad", "errors": {"variant": "unknown"}}"#,
            ErrorKind::InvalidRequest,
            None,
            Some("Bad; variant: unknown"),
        ),
        (429, "{}", ErrorKind::RateLimited, None, None),
        (500, "", ErrorKind::VendorFailure, None, None),
    ] {
        let error = get(Canned::json(status, body)).await;
        assert_eq!(
            (error.kind(), error.status()),
            (kind, Some(status)),
            "{error:?}"
        );
        assert_eq!(
            (error.code(), error.vendor_message()),
            (code, words),
            "{error:?}"
        );
        assert_eq!(error.body(), Some(body.as_bytes()));
    }
}

#[tokio::test]
async fn an_amount_that_is_no_number_is_reported_and_does_not_lose_the_cart() {
    let body = r#"{"data": {"id": "6e193ce6-f327-4dcc-b75e-72cf6738525e", "line_items": {"custom_items": [{"id": "a", "quantity": "many", "list_price": "free"}]}}}"#;
    let cart = shop(Canned::json(200, body))
        .get(&CART.parse().unwrap())
        .await
        .unwrap();
    assert_eq!(
        (
            cart.line_items[0].quantity,
            cart.line_items[0].unit_price.clone()
        ),
        (None, None)
    );
    let paths: Vec<_> = cart
        .messages
        .iter()
        .map(|message| message.path.as_deref().unwrap())
        .collect();
    assert_eq!(
        paths,
        [
            "data.line_items.custom_items[0].quantity",
            "data.line_items.custom_items[0].list_price"
        ]
    );
}
