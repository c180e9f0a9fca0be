//! What the vendor should not have answered, and its failures: an error with vendor, operation, status, JSON path and the start of the body.

use cartwright::{CartApi, Error, ErrorKind, NewCart, NewLine, RetryState};

use super::shop::{ACCESS_TOKEN, API_TOKEN, CART, shop};
use crate::canned::Canned;
use crate::spec;

async fn create(answer: Canned) -> Error {
    let new = NewCart::new().line(NewLine::provider_item("143"));
    shop(answer).create(new).await.unwrap_err()
}

#[tokio::test]
async fn an_answer_of_the_wrong_shape_is_an_error_that_says_where() {
    let html = "<html><body>Access denied</body></html>";
    for (status, body, kind, message) in [
        (
            200,
            html,
            ErrorKind::UnexpectedResponse,
            "it is not known whether the cart was created: cpanel: createShoppingCart: HTTP 200: $: a page came instead of JSON (application/json): Access denied; body: <html>",
        ),
        (
            403,
            html,
            ErrorKind::PermissionDenied,
            "cpanel: createShoppingCart: HTTP 403: the credentials may not do this: ",
        ),
        (
            200,
            "{\"status\": 1, \"data\": {\"order_id\": \"87",
            ErrorKind::UnexpectedResponse,
            "it is not known whether the cart was created: cpanel: createShoppingCart: HTTP 200: data.order_id: EOF while parsing a string",
        ),
        (
            200,
            "",
            ErrorKind::UnexpectedResponse,
            "it is not known whether the cart was created: cpanel: createShoppingCart: HTTP 200: $: the body is empty",
        ),
        (
            200,
            r#"{"status": 1, "data": {"order_items": [{}, {"product_id": true}]}}"#,
            ErrorKind::UnexpectedResponse,
            "it is not known whether the cart was created: cpanel: createShoppingCart: HTTP 200: data.order_items[1].product_id: in ShoppingCartResult: expected a text or a number, found `true`",
        ),
        (
            200,
            r#"{"result": {"status": 1, "data": {"checkout_url": ["x"]}}}"#,
            ErrorKind::UnexpectedResponse,
            "it is not known whether the cart was created: cpanel: createShoppingCart: HTTP 200: result.data.checkout_url: in ShoppingCartEnvelope: invalid type: sequence, expected a string",
        ),
        (
            200,
            "{}",
            ErrorKind::UnexpectedResponse,
            "it is not known whether the cart was created: cpanel: createShoppingCart: HTTP 200: $: the answer has no cart here; body: ",
        ),
        (
            200,
            r#"{"status": 1, "data": {"order_id": "has blanks"}}"#,
            ErrorKind::UnexpectedResponse,
            "it is not known whether the cart was created: cpanel: createShoppingCart: HTTP 200: data.order_id: the answer has no cart here; body: ",
        ),
        (
            302,
            "",
            ErrorKind::UnexpectedResponse,
            "it is not known whether the cart was created: cpanel: createShoppingCart: HTTP 302: the vendor answered a status that it does not document",
        ),
    ] {
        let error = create(Canned::json(status, body)).await;
        assert_eq!(error.kind(), kind, "{error}");
        assert!(
            error.to_string().starts_with(message),
            "expected: {message}\n   found: {error}"
        );
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains(API_TOKEN) && !shown.contains(ACCESS_TOKEN));
    }
}

#[tokio::test]
async fn each_documented_failure_keeps_its_words_its_code_and_its_body() {
    let documented = spec::of("cpanel").examples();
    for (file, code, words) in [
        (
            "create-shopping-cart-failure-c01-bare.json",
            None,
            "The provider refused the access token.",
        ),
        (
            "create-shopping-cart-failure-c01-envelope.json",
            None,
            "The first item has no product_id.; The second item is not JSON.",
        ),
        (
            "create-shopping-cart-failure-c15-text-status.json",
            None,
            "The provider could not be reached.",
        ),
        (
            "set-url-after-checkout-failure-c05-missing.json",
            None,
            "The provider knows no such order.",
        ),
        (
            "set-url-after-checkout-failure-c08-data.json",
            Some("EntryDoesNotExist"),
            "The provider knows no such order.",
        ),
        (
            "set-url-after-checkout-failure-c08-data-envelope.json",
            Some("EntryDoesNotExist"),
            "The provider knows no such order.",
        ),
    ] {
        let example = documented.iter().find(|example| example.file == file);
        let body = example.expect("the example is there").payload.to_string();
        let answer = Canned::json(200, body.clone());
        let error = match file.starts_with("create") {
            true => create(answer).await,
            false => shop(answer)
                .checkout(&CART.parse().unwrap())
                .await
                .unwrap_err(),
        };
        let kind = match code {
            Some("EntryDoesNotExist") => ErrorKind::NotFound,
            _ => ErrorKind::InvalidRequest,
        };
        assert_eq!(
            (error.kind(), error.retry(), error.status()),
            (kind, RetryState::Permanent, Some(200)),
            "{file}"
        );
        assert_eq!(
            (error.code(), error.vendor_message()),
            (code, Some(words)),
            "{file}"
        );
        assert_eq!(error.body(), Some(body.as_bytes()), "{file}");
    }
}

#[tokio::test]
async fn a_failure_whose_data_has_an_unexpected_form_is_still_a_failure() {
    for data in [r#"{"order_id": 1}"#, "[1]", "\"gone\"", "7"] {
        let body = format!(r#"{{"status": 0, "errors": ["No."], "data": {data}}}"#);
        let error = create(Canned::json(200, body.clone())).await;
        assert_eq!(
            (error.kind(), error.vendor_message()),
            (ErrorKind::InvalidRequest, Some("No."))
        );
        assert_eq!(error.body(), Some(body.as_bytes()), "the data is kept");
    }
}

#[tokio::test]
async fn the_status_decides_the_kind_and_the_body_gives_the_words() {
    for (status, body, kind, words) in [
        (401, "", ErrorKind::Unauthenticated, None),
        (
            403,
            r#"{"cpanelresult": {"error": "Access denied", "data": {"reason": "Access denied", "result": "0"}}}"#,
            ErrorKind::PermissionDenied,
            Some("Access denied"),
        ),
        (
            403,
            r#"{"status": 0, "errors": ["Access denied"]}"#,
            ErrorKind::PermissionDenied,
            Some("Access denied"),
        ),
        // There was no cart that could be missing.
        (404, "{}", ErrorKind::InvalidRequest, None),
        // It may have failed after it had acted.
        (500, "", ErrorKind::OutcomeUnknown, None),
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
