//! What the vendor should not have answered, and its failures: an error with vendor, operation, status, JSON path and the start of the body.

use std::sync::Arc;

use cartwright::{CartApi, Error, ErrorKind, RetryState};

use super::life::licence;
use super::shop::{ACCESS_TOKEN, CART, CLIENT_SECRET, PASSWORD, REFRESH_TOKEN, shop, shop_over};
use crate::canned::Canned;
use crate::spec;

async fn get(answer: Canned) -> Error {
    shop(answer).get(&CART.parse().unwrap()).await.unwrap_err()
}

fn assert_no_secret(error: &Error) {
    let shown = format!("{error} {error:?}");
    for secret in [ACCESS_TOKEN, REFRESH_TOKEN, CLIENT_SECRET, PASSWORD] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[tokio::test]
async fn an_answer_of_the_wrong_shape_is_an_error_that_says_where() {
    let html = "<html><body>Bad gateway</body></html>";
    for (status, body, kind, message) in [
        (
            200,
            html,
            ErrorKind::UnexpectedResponse,
            "webroot: getCart: HTTP 200: $: a page came instead of JSON (application/json): Bad gateway; body: <html>",
        ),
        (
            403,
            html,
            ErrorKind::PermissionDenied,
            "webroot: getCart: HTTP 403: the credentials may not do this: ",
        ),
        (
            502,
            html,
            ErrorKind::VendorFailure,
            "webroot: getCart: HTTP 502: the vendor failed: ",
        ),
        (
            200,
            "{\"VendorOrderCode\": \"MSP00",
            ErrorKind::UnexpectedResponse,
            "webroot: getCart: HTTP 200: VendorOrderCode: EOF while parsing a string",
        ),
        (
            200,
            "",
            ErrorKind::UnexpectedResponse,
            "webroot: getCart: HTTP 200: $: the body is empty",
        ),
        (
            200,
            r#"{"VendorOrderCode": "x", "Items": [[{}], [{"Quantity": 1}, {"Quantity": "two"}]]}"#,
            ErrorKind::UnexpectedResponse,
            "webroot: getCart: HTTP 200: Items[1][1].Quantity: expected an integer (`i64`), found `\"two\"`",
        ),
        (
            200,
            r#"{"VendorOrderCode": "x", "Items": [{"Quantity": 1}]}"#,
            ErrorKind::UnexpectedResponse,
            "webroot: getCart: HTTP 200: Items[0]: invalid type: map, expected a sequence",
        ),
        (
            200,
            "{}",
            ErrorKind::UnexpectedResponse,
            "webroot: getCart: HTTP 200: VendorOrderCode: the answer has no cart here; body: {}",
        ),
        (
            302,
            "",
            ErrorKind::UnexpectedResponse,
            "webroot: getCart: HTTP 302: the vendor answered a status that it does not document",
        ),
    ] {
        let error = get(Canned::json(status, body)).await;
        assert_eq!(error.kind(), kind, "{error}");
        assert!(
            error.to_string().starts_with(message),
            "expected: {message}\n   found: {error}"
        );
        assert_no_secret(&error);
    }
}

#[tokio::test]
async fn each_documented_failure_keeps_its_code_its_words_and_its_body() {
    let mut seen = 0;
    for example in spec::of("webroot")
        .examples()
        .into_iter()
        .filter(|example| example.component == "ErrorResponse")
    {
        let text = |key: &str| example.payload[key].as_str().map(str::to_owned);
        let described = text("error_description");
        let status: u16 = example.file["error-".len()..][..3].parse().unwrap();
        let kind = match status {
            400 | 405 => ErrorKind::InvalidRequest,
            401 => ErrorKind::Unauthenticated,
            403 => ErrorKind::PermissionDenied,
            // It is not the cart that is missing.
            404 if example.file.contains("no-license") => ErrorKind::InvalidRequest,
            404 => ErrorKind::NotFound,
            409 => ErrorKind::Conflict,
            429 => ErrorKind::RateLimited,
            _ => ErrorKind::VendorFailure,
        };
        let body = example.payload.to_string();
        let error = get(Canned::json(status, body.clone())).await;
        assert_eq!(
            (error.kind(), error.status()),
            (kind, Some(status)),
            "{}",
            example.file
        );
        assert_eq!(
            (error.code(), error.vendor_message(), error.request_id()),
            (
                text("error").as_deref(),
                match example.file.contains("additional-information-list") {
                    true =>
                        Some("The request is invalid.; ItemsByAttributes[0].Years: Unknown value."),
                    false => described.as_deref(),
                },
                text("requestId").as_deref()
            ),
            "{}",
            example.file
        );
        assert_eq!(error.body(), Some(body.as_bytes()), "{}", example.file);
        seen += 1;
    }
    assert!(seen >= 12, "only {seen} failures were found");
}

#[tokio::test]
async fn an_answer_to_the_token_request_that_holds_no_token_is_named_and_not_shown() {
    for (status, body, kind) in [
        (200, "<html></html>", ErrorKind::UnexpectedResponse),
        (200, "", ErrorKind::UnexpectedResponse),
        (
            200,
            r#"{"refresh_token": "refresh-token-that-nobody-may-see"}"#,
            ErrorKind::UnexpectedResponse,
        ),
        (403, "<html></html>", ErrorKind::PermissionDenied),
        (503, "", ErrorKind::VendorFailure),
    ] {
        let shop = shop_over(Arc::new(Canned::json(status, body)));
        let error = shop.create(licence()).await.unwrap_err();
        assert_eq!(
            (error.kind(), error.status()),
            (kind, Some(status)),
            "{error:?}"
        );
        assert_no_secret(&error);
    }
}

#[tokio::test]
async fn a_call_that_stays_refused_is_unauthenticated() {
    let body = r#"{"statusCode": 401, "requestId": "1", "error": "invalid_token", "error_description": "Ended."}"#;
    let error = get(Canned::json(401, body)).await;
    assert_eq!(
        (error.kind(), error.retry(), error.code()),
        (
            ErrorKind::Unauthenticated,
            RetryState::Permanent,
            Some("invalid_token")
        )
    );
    assert_eq!(error.operation(), Some("getCart"));
}

#[tokio::test]
async fn a_quantity_that_is_none_is_reported_and_does_not_lose_the_cart() {
    let body =
        r#"{"VendorOrderCode": "MSP0046543056", "Items": [[{"Quantity": 1}], [{"Quantity": 0}]]}"#;
    let cart = shop(Canned::json(200, body))
        .get(&CART.parse().unwrap())
        .await
        .unwrap();
    let quantities: Vec<_> = cart.line_items.iter().map(|line| line.quantity).collect();
    assert_eq!(quantities, [Some(1), None]);
    let paths: Vec<_> = cart
        .messages
        .iter()
        .map(|message| message.path.as_deref().unwrap())
        .collect();
    assert_eq!(paths, ["Items[1][0].Quantity"]);
}
