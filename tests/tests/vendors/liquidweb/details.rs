//! What a line consists of: a product, a package or a bundle, told apart by their keys.

use cartwright::{CartApi, Error, ErrorKind, LineKind};
use cartwright_liquidweb::types::{Cart, CartItemDetails};
use serde_json::{Value, json};

use super::shop::{CART, server, shop};
use crate::canned::Canned;

fn cart(details: &Value) -> Value {
    let item = json!({"uuid": "i", "code": "C", "type": "new-kind", "details": details});
    json!({"uuid": CART.trim_start_matches("liquidweb:"), "items": [item]})
}

async fn refused(details: &Value) -> Error {
    let answer = Canned::json(200, cart(details).to_string());
    shop(answer).create(server()).await.unwrap_err()
}

#[tokio::test]
async fn a_line_is_what_its_keys_say_and_not_what_its_type_says() {
    for (details, kind, variant) in [
        (
            json!({"product_id": 101, "options": []}),
            LineKind::Service,
            "Product",
        ),
        (
            json!({"products": [{"product_id": 101}], "version_id": 9}),
            LineKind::Package,
            "Package",
        ),
        // A bundle's packages have products of their own.
        (
            json!({"packages": [{"products": []}], "version_id": 4}),
            LineKind::Bundle,
            "Bundle",
        ),
        (
            json!({"packages": [], "products": [], "product_id": 1}),
            LineKind::Bundle,
            "Bundle",
        ),
    ] {
        let answer = cart(&details);
        let decoded: Cart = serde_json::from_value(answer.clone()).unwrap();
        let item = &decoded.items.value().unwrap()[0];
        let is = match item.details.value() {
            Some(CartItemDetails::Product(_)) => "Product",
            Some(CartItemDetails::Package(_)) => "Package",
            Some(CartItemDetails::Bundle(_)) => "Bundle",
            _ => "another",
        };
        assert_eq!(is, variant, "{details}");
        let unified = shop(Canned::json(200, answer.to_string()))
            .create(server())
            .await
            .unwrap();
        assert_eq!(unified.line_items[0].kind, kind, "{details}");
    }
}

#[tokio::test]
async fn a_wrong_value_inside_a_line_is_named_by_its_full_path() {
    let wrong = json!([{"ptok_id": 1}, {"ptok_id": true}]);
    let product = json!({"product_id": 101, "options": wrong});
    let package = json!({"products": [{"product_id": 1}, product]});
    let bundle = json!({"packages": [{"products": []}, package]});
    for (details, path) in [
        (&product, "items[0].details.options[1].ptok_id"),
        (&package, "items[0].details.products[1].options[1].ptok_id"),
        (
            &bundle,
            "items[0].details.packages[1].products[1].options[1].ptok_id",
        ),
    ] {
        let error = refused(details).await;
        assert_eq!(
            (error.kind(), error.field()),
            (ErrorKind::UnexpectedResponse, Some(path)),
            "{error}"
        );
        assert_eq!(error.body(), Some(cart(details).to_string().as_bytes()));
    }
}

#[tokio::test]
async fn a_fourth_kind_is_kept_whole() {
    let details = json!({"seats": [{"code": "A", "deep": {"number": 1, "none": null}}]});
    let answer = cart(&details);
    let unified = shop(Canned::json(200, answer.to_string()))
        .create(server())
        .await
        .unwrap();
    let line = &unified.line_items[0];
    assert_eq!(line.kind, LineKind::Other("new-kind".to_owned()));
    assert_eq!(
        (
            line.id.as_ref().map(|id| id.as_str()),
            line.product_id.as_deref()
        ),
        (Some("i"), Some("C"))
    );
    let kept = serde_json::to_value(&unified.vendor_response).unwrap();
    assert_eq!(kept, answer);
    assert_eq!(kept["items"][0]["details"], details);
}
