//! What a 404 means: a lost cart, or something else that the call names.

use std::sync::Arc;

use cartwright::{CartApi, ErrorKind, Verb};

use crate::canned::Canned;
use crate::every_verb::{failure, supported};
use crate::{bigcommerce, liquidweb};

#[tokio::test]
async fn a_404_without_words_is_told_in_words_that_fit_the_verb() {
    for (vendor, verb) in supported() {
        for (status, body) in [
            (404, ""),
            (404, "{}"),
            (404, r#"{"status":404}"#),
            (410, ""),
        ] {
            let error = failure(vendor, verb, Arc::new(Canned::json(status, body))).await;
            let (kind, said) = match verb {
                Verb::Create => (
                    ErrorKind::InvalidRequest,
                    "the vendor found nothing there: ",
                ),
                Verb::UpdateLine | Verb::RemoveLine => (
                    ErrorKind::NotFound,
                    "there is no such cart or line, or no longer",
                ),
                _ => (ErrorKind::NotFound, "there is no such cart, or no longer"),
            };
            assert_eq!(error.kind(), kind, "{vendor} {verb}: {error:?}");
            assert!(
                error.message().starts_with(said),
                "{vendor} {verb}: {error}"
            );
            assert!(!error.message().contains("documents"), "{error}");
            assert!(!error.advice().is_empty());
        }
    }
}

#[tokio::test]
async fn a_409_and_a_422_without_words_fit_the_verb() {
    for (vendor, verb) in supported() {
        let error = failure(vendor, verb, Arc::new(Canned::json(409, ""))).await;
        let is_read = error.message() == "the cart has changed since it was read";
        assert_eq!(is_read, verb != Verb::Create, "{vendor} {verb}: {error}");
        let error = failure(vendor, verb, Arc::new(Canned::json(422, ""))).await;
        let said = "the vendor refused the call without words";
        assert_eq!(error.message(), said, "{vendor} {verb}: {error}");
    }
}

/// A vendor's words for it, in its own form.
fn said(vendor: &str, words: &str) -> String {
    let key = match vendor {
        "bigcommerce" => "title",
        "liquidweb" => "full_message",
        "webroot" => "error_description",
        _ => return format!(r#"{{"status": 0, "errors": ["{words}"]}}"#),
    };
    format!(r#"{{"{key}": "{words}"}}"#)
}

#[tokio::test]
async fn something_else_that_is_missing_is_no_lost_cart() {
    for (vendor, verb) in supported().filter(|(_, verb)| *verb != Verb::Create) {
        for (words, kind) in [
            ("The product 4711 was not found.", ErrorKind::InvalidRequest),
            ("No such variant", ErrorKind::InvalidRequest),
            ("Customer 7 does not exist", ErrorKind::InvalidRequest),
            ("There is no such cart.", ErrorKind::NotFound),
            (
                "Could not add product 7: cart not found",
                ErrorKind::NotFound,
            ),
            ("Not Found", ErrorKind::NotFound),
        ] {
            let answer = Canned::json(404, said(vendor.as_str(), words));
            let error = failure(vendor, verb, Arc::new(answer)).await;
            let told = (error.kind(), error.vendor_message());
            assert_eq!(told, (kind, Some(words)), "{vendor} {verb}");
        }
    }
}

#[tokio::test]
async fn liquid_webs_record_says_what_is_missing() {
    for (record, kind) in [
        ("market_cart", ErrorKind::NotFound),
        ("market_bundle", ErrorKind::InvalidRequest),
        ("product", ErrorKind::InvalidRequest),
    ] {
        let body =
            format!(r#"{{"error_class": "LW::Exception::RecordNotFound", "field": "{record}"}}"#);
        // Alone, and as the only one of several.
        let several = format!(
            r#"{{"error_class": "LW::Exception::Input::Multiple", "errors": [{body}], "field": ["{record}"]}}"#
        );
        for body in [body.clone(), several] {
            let shop = liquidweb::shop::shop(Canned::json(200, body.clone()));
            let lines = liquidweb::shop::server().lines;
            let cart = liquidweb::shop::CART.parse().unwrap();
            let error = shop.add_lines(&cart, lines).await.unwrap_err();
            let told = (error.kind(), error.field());
            assert_eq!(told, (kind, Some(record)), "{body}");
        }
    }
}

#[tokio::test]
async fn what_is_out_of_stock_is_told_as_that() {
    let body = r#"{"status":422,"title":"Product out of stock","type":"x","errors":[]}"#;
    for (status, kind) in [
        (422, ErrorKind::OutOfStock),
        (409, ErrorKind::OutOfStock),
        (400, ErrorKind::OutOfStock),
        // It may have acted all the same.
        (500, ErrorKind::VendorFailure),
    ] {
        let shop = bigcommerce::shop::shop(Canned::json(status, body));
        let cart = bigcommerce::shop::CART.parse().unwrap();
        let error = shop.get(&cart).await.unwrap_err();
        let told = (error.kind(), error.code(), error.vendor_message());
        assert_eq!(told, (kind, Some("x"), Some("Product out of stock")));
    }
    assert_eq!(ErrorKind::OutOfStock.as_str(), "out-of-stock");
}
