//! Failures, which come under HTTP 200 with a class and words of the vendor's.

use cartwright::{CartApi, ErrorKind, RetryState};

use super::shop::{server, shop};
use crate::canned::Canned;
use crate::spec;

#[tokio::test]
async fn each_documented_failure_keeps_its_class_its_words_and_its_body() {
    let mut kinds = Vec::new();
    for example in spec::of("liquidweb")
        .examples()
        .into_iter()
        .filter(|example| example.component == "Failure")
    {
        let body = example.payload.to_string();
        let text = |key: &str| example.payload[key].as_str();
        let words = ["full_message", "error_message", "public_message", "error"];
        let words = words
            .into_iter()
            .filter_map(text)
            .find(|words| !words.is_empty());
        let error = shop(Canned::json(200, body.clone()))
            .create(server())
            .await
            .unwrap_err();
        assert_eq!(
            (error.code(), error.vendor_message()),
            (text("error_class"), words),
            "{}",
            example.file
        );
        assert_eq!(
            (error.status(), error.operation()),
            (Some(200), Some("addCartItem")),
            "{}",
            example.file
        );
        assert_eq!(error.body(), Some(body.as_bytes()), "{}", example.file);
        // Adding is not repeatable; a call that was one too many has added nothing.
        let is_temporary = error.retry() == RetryState::Temporary;
        assert_eq!(
            is_temporary,
            error.kind() == ErrorKind::RateLimited,
            "{}",
            example.file
        );
        let class = error.code().unwrap_or_default();
        let class = class.trim_start_matches("LW::Exception::");
        kinds.push(format!("{class} is {}", error.kind()));
    }
    kinds.sort();
    kinds.dedup();
    assert_eq!(
        kinds,
        [
            "API::Internal is outcome-unknown",
            "API::InvalidEncoding is invalid-request",
            "API::InvalidMethod is invalid-request",
            "API::Maintenance is outcome-unknown",
            "API::RateLimit is rate-limited",
            "Authorization is unauthenticated",
            "CCTrans::Declined is invalid-request",
            "DNS::NoResponse is outcome-unknown",
            "Deserialize is invalid-request",
            "DuplicateRecord is conflict",
            "Forbidden is permission-denied",
            "Incapable is invalid-request",
            "Input::Disallowed is invalid-request",
            "Input::Multiple is invalid-request",
            "Input::NotInRealm is invalid-request",
            "Input::OutOfBounds is invalid-request",
            "Input::Required is invalid-request",
            "Input::Unknown is invalid-request",
            "Input::Validation is invalid-request",
            "Permission is permission-denied",
            "RecordNotFound is invalid-request",
            "RemoteService::Authorization is outcome-unknown",
            "Resource::Insufficient is invalid-request",
            "Serialize is outcome-unknown",
            "Workflow::Conflict is conflict",
        ]
    );
}

#[tokio::test]
async fn a_class_that_nobody_documents_is_an_invalid_request() {
    for class in [
        "LW::Exception::New",
        "LW::Exception::InputOutput",
        "Another::Exception",
        "",
    ] {
        let body = format!(r#"{{"error_class": "{class}", "full_message": "No."}}"#);
        let error = shop(Canned::json(200, body))
            .create(server())
            .await
            .unwrap_err();
        assert_eq!(
            (error.kind(), error.code()),
            (ErrorKind::InvalidRequest, Some(class))
        );
    }
}
