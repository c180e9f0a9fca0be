//! What a failure after sending means: where the vendor may have acted and repeating can repeat it, nobody knows the outcome.

use std::sync::Arc;

use cartwright::{Error, ErrorKind, RetryState, Transport, Vendor, Verb};
use cartwright_runtime::TransportError;

use crate::canned::{Breaking, Canned};
use crate::every_verb::{cart, failure, supported};

/// The verbs whose call is repeated without repeating an effect; each other one that is supported is not.
const HARMLESS: &[(Vendor, Verb)] = &[
    (Vendor::BigCommerce, Verb::Get),
    (Vendor::BigCommerce, Verb::UpdateLine),
    (Vendor::BigCommerce, Verb::RemoveLine),
    (Vendor::BigCommerce, Verb::Delete),
    (Vendor::BigCommerce, Verb::SetCustomer),
    (Vendor::Cpanel, Verb::Checkout),
    (Vendor::Webroot, Verb::Get),
];

/// What an error says first where nobody knows whether the verb was carried out.
fn open(verb: Verb) -> String {
    let what = match verb {
        Verb::Create => "the cart was created",
        Verb::AddLines => "the lines were added",
        Verb::Checkout => "the checkout was prepared",
        Verb::SetCustomer => "the customer was set",
        Verb::PlaceOrder => "the order was placed",
        other => panic!("`{other}` is repeated without harm"),
    };
    format!("it is not known whether {what}: ")
}

/// That it says what is not known, and how to look.
fn assert_open(error: &Error, vendor: Vendor, verb: Verb) {
    let line = error.to_string();
    assert!(line.starts_with(&open(verb)), "{line}");
    assert!(line.contains(vendor.as_str()), "{line}");
    assert_eq!(error.retry(), RetryState::Unknown, "{error:?}");
    assert_eq!(error.retry().as_str(), "unknown");
    assert_eq!((error.vendor(), error.verb()), (Some(vendor), Some(verb)));
    assert!(error.asked().is_some() && error.operation().is_some());
    let about = (verb != Verb::Create).then(|| cart(vendor));
    assert_eq!(error.concerns(), about.as_ref());
    let (outcome, advice) = (error.outcome(), error.advice());
    assert!(outcome.starts_with("It is not known whether "), "{outcome}");
    // Where there is a cart, it is told which to look at.
    let id = about.map(|id| id.to_string()).unwrap_or_default();
    assert!(advice.contains(&id), "{advice}");
}

#[tokio::test]
async fn a_call_that_failed_after_sending_says_whether_it_may_be_repeated() {
    let failures: [fn() -> TransportError; 3] = [
        || TransportError::Timeout("the time was up".into()),
        || TransportError::Send("the connection was reset".into()),
        || TransportError::Custom("somebody pulled the plug".into()),
    ];
    for (vendor, verb) in supported() {
        for broken in failures {
            let error = failure(vendor, verb, Arc::new(Breaking(broken))).await;
            if HARMLESS.contains(&(vendor, verb)) {
                let told = (error.kind(), error.retry(), error.verb());
                let expected = (ErrorKind::Unreachable, RetryState::Temporary, Some(verb));
                assert_eq!(told, expected, "{error:?}");
                assert!(error.to_string().starts_with(vendor.as_str()), "{error}");
            } else {
                assert_eq!(error.kind(), ErrorKind::OutcomeUnknown, "{error:?}");
                assert_open(&error, vendor, verb);
            }
            let is_timeout = error.to_string().contains("the time was up");
            assert_eq!(error.is_timeout(), is_timeout, "{error:?}");
        }
    }
}

#[tokio::test]
async fn an_answer_that_leaves_it_open_says_so_whatever_its_body() {
    let html = "<html><title>Bad gateway</title></html>";
    for (vendor, verb) in supported().filter(|one| !HARMLESS.contains(one)) {
        for status in [408, 500, 502, 503, 504, 599] {
            for body in ["", "{}", html, "null", r#"{"message":"No."}"#] {
                let answer = Canned::json(status, body);
                let error = failure(vendor, verb, Arc::new(answer)).await;
                let told = (error.kind(), error.status());
                let expected = (ErrorKind::OutcomeUnknown, Some(status));
                assert_eq!(told, expected, "{body}: {error:?}");
                assert_open(&error, vendor, verb);
            }
        }
        // It is a success to HTTP, and says nothing that can be understood.
        for (status, body) in [(200, html), (200, ""), (200, "[1]"), (302, "")] {
            let answer = Canned::json(status, body);
            let error = failure(vendor, verb, Arc::new(answer)).await;
            assert_eq!(error.kind(), ErrorKind::UnexpectedResponse, "{error:?}");
            assert_open(&error, vendor, verb);
        }
    }
}

#[tokio::test]
async fn a_call_that_surely_was_not_carried_out_says_that() {
    let connect: fn() -> TransportError = || TransportError::Connect("nobody listens".into());
    let held: fn() -> TransportError = || TransportError::Throttled("used up".into());
    for (vendor, verb) in supported() {
        let answers: [(Arc<dyn Transport>, ErrorKind); 3] = [
            (Arc::new(Breaking(connect)), ErrorKind::Unreachable),
            (Arc::new(Breaking(held)), ErrorKind::RateLimited),
            (Arc::new(Canned::json(429, "")), ErrorKind::RateLimited),
        ];
        for (transport, kind) in answers {
            let error = failure(vendor, verb, transport).await;
            let expected = (kind, RetryState::Temporary);
            assert_eq!((error.kind(), error.retry()), expected, "{error:?}");
            let outcome = error.outcome();
            assert!(!outcome.contains("known"), "{outcome}");
        }
    }
}
