//! Bodies with the right JSON and the wrong fields.

use serde_json::{Value, json};

use crate::shop::{Shop, certificate, table};

/// `whole` with one field set, or removed where the value is `None`.
fn with(mut whole: Value, field: &str, value: Option<Value>) -> Value {
    let fields = whole.as_object_mut().unwrap();
    match value {
        Some(value) => fields.insert(field.to_owned(), value),
        None => fields.remove(field),
    };
    whole
}

/// Sends one element of each array and expects exactly one complaint about one of its fields.
async fn refused(kind: &str, whole: &Value, cases: &[(&str, Option<Value>, &str)]) {
    let shop = Shop::open().await;
    for (field, value, why) in cases {
        let body = json!({kind: [with(whole.clone(), field, value.clone())]});
        let reply = shop.post("/carts", &body).await;
        assert_eq!(reply.status, 422, "{body}");
        let problem = reply.json();
        assert_eq!(
            problem["title"], "JSON data is missing or invalid",
            "{body}"
        );
        assert_eq!(
            problem["errors"],
            json!({format!("{kind}[0].{field}"): why}),
            "{body}"
        );
    }
}

#[tokio::test]
async fn a_line_item_is_checked_field_by_field() {
    let from_one = "must be a whole number from 1 to 1000000000";
    let price = "must be an amount from 0 to 999999999";
    let cases = [
        ("quantity", None, "error.path.missing"),
        ("quantity", Some(json!("2")), "error.expected.jsnumber"),
        ("quantity", Some(json!(null)), "error.expected.jsnumber"),
        ("quantity", Some(json!(0)), from_one),
        ("quantity", Some(json!(-1)), from_one),
        ("quantity", Some(json!(1.5)), from_one),
        ("quantity", Some(json!(1e300)), "has too many digits"),
        ("product_id", None, "error.path.missing"),
        ("product_id", Some(json!("126")), "error.expected.jsnumber"),
        ("variant_id", Some(json!("150")), "error.expected.jsnumber"),
        ("list_price", Some(json!(-0.01)), price),
        ("list_price", Some(json!(1_000_000_000)), price),
        ("list_price", Some(json!("5")), "error.expected.jsnumber"),
        ("name", Some(json!("")), "must have 1 to 250 characters"),
        (
            "name",
            Some(json!("é".repeat(251))),
            "must have 1 to 250 characters",
        ),
        (
            "option_selections",
            Some(json!({})),
            "error.expected.jsarray",
        ),
        (
            "gift_wrapping",
            Some(json!(true)),
            "error.expected.jsobject",
        ),
    ];
    refused(
        "line_items",
        &json!({"product_id": 126, "quantity": 2}),
        &cases,
    )
    .await;
}

#[tokio::test]
async fn a_custom_item_is_checked_field_by_field() {
    let cases = [
        ("name", None, "error.path.missing"),
        ("name", Some(json!("")), "must have 1 to 250 characters"),
        (
            "name",
            Some(json!("x".repeat(251))),
            "must have 1 to 250 characters",
        ),
        ("quantity", None, "error.path.missing"),
        ("quantity", Some(json!("1")), "error.expected.jsnumber"),
        ("list_price", None, "error.path.missing"),
        ("list_price", Some(json!("30")), "error.expected.jsnumber"),
        ("sku", Some(json!(1)), "error.expected.jsstring"),
    ];
    refused("custom_items", &table(), &cases).await;
}

#[tokio::test]
async fn a_gift_certificate_is_checked_field_by_field() {
    let amount = "must be an amount from 1 to 1000";
    let themes = "must be one of Birthday, Boy, Celebration, Christmas, General, Girl";
    let cases = [
        ("name", None, "error.path.missing"),
        ("theme", None, "error.path.missing"),
        ("theme", Some(json!("birthday.html")), themes),
        ("amount", None, "error.path.missing"),
        ("amount", Some(json!(0.99)), amount),
        ("amount", Some(json!(1000.01)), amount),
        ("quantity", None, "error.path.missing"),
        (
            "quantity",
            Some(json!(0)),
            "must be a whole number from 1 to 1000000000",
        ),
        ("sender", None, "error.path.missing"),
        ("recipient", Some(json!("Tobi")), "error.expected.jsobject"),
        (
            "message",
            Some(json!("x".repeat(201))),
            "must have 0 to 200 characters",
        ),
    ];
    refused("gift_certificates", &certificate(), &cases).await;
}

#[tokio::test]
async fn the_bounds_themselves_are_taken() {
    let shop = Shop::open().await;
    for (kind, item) in [
        (
            "gift_certificates",
            with(certificate(), "amount", Some(json!(1))),
        ),
        (
            "gift_certificates",
            with(certificate(), "amount", Some(json!(1000))),
        ),
        (
            "gift_certificates",
            with(certificate(), "message", Some(json!("é".repeat(200)))),
        ),
        (
            "custom_items",
            with(table(), "name", Some(json!("é".repeat(250)))),
        ),
        ("custom_items", with(table(), "list_price", Some(json!(0)))),
        ("custom_items", with(table(), "quantity", Some(json!(2.0)))),
    ] {
        let body = json!({kind: [item]});
        assert_eq!(shop.post("/carts", &body).await.status, 201, "{body}");
    }
}

#[tokio::test]
async fn the_cart_itself_is_checked_field_by_field() {
    let shop = Shop::open().await;
    let locale = "must have the form xx or xx-YY";
    for (field, value, path, why) in [
        (
            "line_items",
            json!({"product_id": 126, "quantity": 1}),
            "line_items",
            "error.expected.jsarray",
        ),
        (
            "line_items",
            json!([126]),
            "line_items[0]",
            "error.expected.jsobject",
        ),
        (
            "custom_items",
            json!(null),
            "custom_items",
            "error.expected.jsarray",
        ),
        (
            "customer_id",
            json!("5"),
            "customer_id",
            "error.expected.jsnumber",
        ),
        (
            "customer_id",
            json!(-1),
            "customer_id",
            "must be a whole number from 0 to 9223372036854775807",
        ),
        (
            "channel_id",
            json!(0),
            "channel_id",
            "must be a whole number from 1 to 9223372036854775807",
        ),
        (
            "currency",
            json!("USD"),
            "currency",
            "error.expected.jsobject",
        ),
        ("currency", json!({}), "currency.code", "error.path.missing"),
        ("locale", json!("EN"), "locale", locale),
        ("locale", json!("en_US"), "locale", locale),
        ("locale", json!("en-us"), "locale", locale),
        ("locale", json!("é-a"), "locale", locale),
    ] {
        let body = with(
            json!({"line_items": [{"product_id": 126, "quantity": 1}]}),
            field,
            Some(value),
        );
        let reply = shop.post("/carts", &body).await;
        assert_eq!(reply.status, 422, "{body}");
        assert_eq!(reply.json()["errors"], json!({path: why}), "{body}");
    }
}

#[tokio::test]
async fn all_faults_of_a_body_are_answered_together() {
    let shop = Shop::open().await;
    let body = json!({"customer_id": "x", "line_items": [{"quantity": 0, "product_id": 126}], "custom_items": [{}]});
    let errors = shop.post("/carts", &body).await.json()["errors"].clone();
    let mut paths: Vec<&str> = errors
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    paths.sort_unstable();
    let expected = [
        "custom_items[0].list_price",
        "custom_items[0].name",
        "custom_items[0].quantity",
        "customer_id",
        "line_items[0].quantity",
    ];
    assert_eq!(paths, expected);
}
