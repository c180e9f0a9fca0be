//! Error answers: typed by status, and kept where they cannot be.

use cartwright_runtime::Error;
use cartwright_tests::promises::{
    errors_by_status, failure_in_envelope, failure_in_success, json_media_types,
};

use crate::vendor::Vendor;

#[tokio::test]
async fn error_bodies_are_told_apart_by_status_and_one_may_be_empty() {
    use errors_by_status::types::{Conflict, DeleteCartError, Invalid, Problem};
    let conflict: Conflict = serde_json::from_str(r#"{"order":"7"}"#).unwrap();
    let invalid: Invalid = serde_json::from_str(r#"{"fields":["id"]}"#).unwrap();
    let problem: Problem = serde_json::from_str(r#"{"title":"busy"}"#).unwrap();
    for (status, body, value) in [
        (404, "", DeleteCartError::Status404),
        (
            409,
            r#"{"order":"7"}"#,
            DeleteCartError::Status409(conflict),
        ),
        (
            422,
            r#"{"fields":["id"]}"#,
            DeleteCartError::Status422(invalid),
        ),
        (
            503,
            r#"{"title":"busy"}"#,
            DeleteCartError::Default(problem),
        ),
    ] {
        let error = call!(errors_by_status.delete_cart, status, body).unwrap_err();
        let Error::ErrorResponse(answer) = error else {
            panic!("{status}: {error}");
        };
        assert_eq!(
            (answer.status.as_u16(), &answer.body[..]),
            (status, body.as_bytes())
        );
        assert_eq!(answer.value, value);
    }
}

#[tokio::test]
async fn an_error_body_of_another_json_media_type_is_typed() {
    use json_media_types::types::GetCartError;
    let body = r#"{"title": "no such cart"}"#;
    let vendor = Vendor::answering_with(404, &[("content-type", "application/problem+json")], body);
    let client = vendor.client(json_media_types::Client::new);
    let error = client.get_cart().send().await.unwrap_err();
    let Error::ErrorResponse(answer) = error else {
        panic!("{error}");
    };
    let GetCartError::Status4xx(problem) = answer.value else {
        panic!("{:?}", answer.value);
    };
    assert_eq!(problem.title.as_deref(), Some("no such cart"));
}

#[tokio::test]
async fn html_under_an_error_status_keeps_status_headers_and_body() {
    // 404 is documented with a JSON body, 502 is not documented at all.
    for status in [404, 502] {
        let page = "<html>Bad gateway</html>";
        let vendor = Vendor::answering_with(status, &[("x-request-id", "r1")], page);
        let client = vendor.client(cartwright_tests::promises::html_error::Client::new);
        let error = client.get_cart().send().await.unwrap_err();
        assert_eq!(error.status().unwrap().as_u16(), status);
        assert_eq!(error.headers().unwrap()["x-request-id"], "r1");
        assert_eq!(error.body().unwrap(), page);
        assert_eq!(error.path().unwrap_or_default(), "");
        assert!(error.to_string().contains("<html>"), "{error}");
        match status {
            404 => assert!(matches!(error, Error::Decode(_))),
            _ => assert!(matches!(error, Error::Undocumented(_))),
        }
    }
}

#[tokio::test]
async fn a_key_in_the_body_of_a_200_says_that_the_call_failed() {
    use failure_in_success::types::GetCartError;
    let error = call!(failure_in_success.get_cart, r#"{"error": "sold out"}"#).unwrap_err();
    let Error::ErrorResponse(answer) = error else {
        panic!("{error}");
    };
    let GetCartError::Failure(failure) = answer.value else {
        panic!("{:?}", answer.value);
    };
    assert_eq!(failure.error.as_deref(), Some("sold out"));
    assert_eq!(answer.status.as_u16(), 200);

    let cart = call!(failure_in_success.get_cart, r#"{"id": "7", "error": null}"#).unwrap();
    assert_eq!(cart.id.as_deref(), Some("7"));
}

#[tokio::test]
async fn a_value_in_the_body_of_a_200_says_that_the_call_failed() {
    use failure_in_success::types::CreateCartError;
    let body = r#"{"status": 0, "error": "no"}"#;
    let error = call!(failure_in_success.create_cart, body).unwrap_err();
    assert_eq!(error.body().unwrap(), body);
    let Error::ErrorResponse(answer) = error else {
        panic!("{error}");
    };
    assert!(matches!(answer.value, CreateCartError::Failure(_)));

    let body = r#"{"id": "7", "status": 1}"#;
    let cart = call!(failure_in_success.create_cart, body).unwrap();
    assert_eq!(cart.id.as_deref(), Some("7"));
}

#[tokio::test]
async fn a_failure_may_be_told_in_an_envelope_and_keeps_its_data() {
    use failure_in_envelope::types::GetCartError;
    for body in [
        r#"{"status": 0, "data": {"order": 7}}"#,
        r#"{"result": {"status": "0", "errors": ["sold out"]}}"#,
    ] {
        let body = body.replace("\"0\"", "0");
        let error = call!(failure_in_envelope.get_cart, body.clone()).unwrap_err();
        let Error::ErrorResponse(answer) = error else {
            panic!("{error}");
        };
        let GetCartError::Failure(failure) = answer.value else {
            panic!("{:?}", answer.value);
        };
        let kept: serde_json::Value = serde_json::from_str(&body).unwrap();
        assert_eq!(serde_json::to_value(failure).unwrap(), kept);
    }
    let bodies = [
        r#"{"status": 1}"#,
        r#"{"result": {"status": 1}}"#,
        r#"{"result": 0}"#,
    ];
    for body in bodies {
        assert!(call!(failure_in_envelope.get_cart, body).is_ok(), "{body}");
    }
}
