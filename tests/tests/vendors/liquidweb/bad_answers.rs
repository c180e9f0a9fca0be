//! What the vendor should not have answered: an error with vendor, operation, status, JSON path and the start of the body.

use cartwright::{CartApi, Error, ErrorKind};

use super::shop::{PASSWORD, server, shop};
use crate::canned::Canned;

async fn create(answer: Canned) -> Error {
    shop(answer).create(server()).await.unwrap_err()
}

#[tokio::test]
async fn an_answer_of_the_wrong_shape_is_an_error_that_says_where() {
    let html = "<html><body>Bad gateway</body></html>";
    let at = |rest: &str| format!("liquidweb: addCartItem: HTTP {rest}");
    let open = |rest: &str| format!("it is not known whether the cart was created: {}", at(rest));
    for (status, body, kind, message) in [
        (
            200,
            html,
            ErrorKind::UnexpectedResponse,
            open(
                "200: $: a page came instead of JSON (application/json): Bad gateway; body: <html>",
            ),
        ),
        (
            403,
            html,
            ErrorKind::PermissionDenied,
            at("403: the credentials may not do this: "),
        ),
        (
            502,
            html,
            ErrorKind::OutcomeUnknown,
            open("502: the vendor failed, and may have acted before: "),
        ),
        (
            200,
            "{\"uuid\": \"7d1f",
            ErrorKind::UnexpectedResponse,
            open("200: uuid: EOF while parsing a string"),
        ),
        (
            200,
            "",
            ErrorKind::UnexpectedResponse,
            open("200: $: the body is empty"),
        ),
        (
            200,
            r#"{"uuid": "x", "items": [{"units": 1}, {"units": "two"}]}"#,
            ErrorKind::UnexpectedResponse,
            open("200: items[1].units: expected an integer or its digits, found `\"two\"`"),
        ),
        (
            200,
            r#"{"uuid": "x", "totals": {"charges": [{"billing": {}}]}}"#,
            ErrorKind::UnexpectedResponse,
            open("200: totals.charges[0].billing: invalid type: map, expected a sequence"),
        ),
        (
            200,
            "{}",
            ErrorKind::UnexpectedResponse,
            open("200: uuid: the answer has no cart here; body: {}"),
        ),
        (
            302,
            "",
            ErrorKind::UnexpectedResponse,
            open("302: the vendor answered a status that it does not document"),
        ),
    ] {
        let error = create(Canned::json(status, body)).await;
        assert_eq!(error.kind(), kind, "{error}");
        assert!(
            error.to_string().starts_with(&message),
            "expected: {message}\n   found: {error}"
        );
        assert!(!format!("{error} {error:?}").contains(PASSWORD));
    }
}

#[tokio::test]
async fn the_status_decides_the_kind_where_the_body_has_no_class() {
    for (status, body, kind, words) in [
        (401, "", ErrorKind::Unauthenticated, None),
        (
            400,
            r#"{"error_class": "LW::Exception::Deserialize", "full_message": "No JSON."}"#,
            ErrorKind::InvalidRequest,
            Some("No JSON."),
        ),
        // The class says it better than the status.
        (
            500,
            r#"{"error_class": "LW::Exception::RecordNotFound", "full_message": "Gone."}"#,
            ErrorKind::InvalidRequest,
            Some("Gone."),
        ),
        (429, "{}", ErrorKind::RateLimited, None),
        // It may have failed after it had acted.
        (503, "", ErrorKind::OutcomeUnknown, None),
    ] {
        let error = create(Canned::json(status, body)).await;
        assert_eq!(
            (error.kind(), error.status(), error.vendor_message()),
            (kind, Some(status), words),
            "{error:?}"
        );
        assert_eq!(error.body(), Some(body.as_bytes()));
    }
}

#[tokio::test]
async fn an_amount_that_is_none_is_reported_and_does_not_lose_the_cart() {
    let body = r#"{"uuid": "7d1f", "items": [{"uuid": "i", "units": 0}],
        "totals": {"summary": {"cart": {"price": "free", "cost": "$1,234.05"},
                               "items": [{"item_uuid": "i", "cost": "call us"}]}}}"#;
    let cart = shop(Canned::json(200, body))
        .create(server())
        .await
        .unwrap();
    assert_eq!(cart.line_items[0].quantity, None);
    let totals: Vec<_> = cart
        .totals
        .iter()
        .map(|total| (total.kind.to_string(), total.amount.to_string()))
        .collect();
    assert_eq!(totals, [("total".to_owned(), "1234.05".to_owned())]);
    let mut paths: Vec<_> = cart
        .messages
        .iter()
        .map(|message| message.path.as_deref().unwrap())
        .collect();
    paths.sort_unstable();
    assert_eq!(
        paths,
        [
            "items[0].units",
            "totals.summary.cart.price",
            "totals.summary.items[0].cost"
        ]
    );
}
