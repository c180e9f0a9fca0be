//! The optimistic lock.

use reqwest::Method;
use serde_json::{Value, json};

use crate::shop::{Shop, line_path, path, send};

#[tokio::test]
async fn the_version_starts_at_one_and_rises_with_each_change() {
    let shop = Shop::open().await;
    let cart = shop.cart(&json!({"line_items": [{"product_id": 126, "quantity": 1}, {"product_id": 152, "quantity": 1}]})).await;
    let line = json!({"product_id": 126, "quantity": 1});
    let seen = [
        cart.clone(),
        shop.put(&path(&cart), &json!({"customer_id": 1}))
            .await
            .data(),
        shop.post(
            &format!("{}/items", path(&cart)),
            &json!({"line_items": [line]}),
        )
        .await
        .data(),
        shop.put(
            &line_path(&cart, "physical_items", 0),
            &json!({"line_item": line}),
        )
        .await
        .data(),
        shop.delete(&line_path(&cart, "digital_items", 0))
            .await
            .data(),
    ];
    let versions: Vec<&Value> = seen.iter().map(|cart| &cart["version"]).collect();
    assert_eq!(versions, [1, 2, 3, 4, 5]);
}

#[tokio::test]
async fn reading_and_redirecting_keep_the_version() {
    let shop = Shop::open().await;
    let cart = shop.calendars().await;
    shop.post(&format!("{}/redirect_urls", path(&cart)), &json!({}))
        .await;
    assert_eq!(shop.get(&path(&cart)).await.data()["version"], 1);
}

/// The four operations that take a version, with a body that is right but for the version.
fn versioned(cart: &Value, version: &Value) -> [(Method, String, Value); 4] {
    let line = json!({"product_id": 126, "quantity": 1});
    let item = line_path(cart, "physical_items", 0);
    [
        (
            Method::PUT,
            path(cart),
            json!({"customer_id": 1, "version": version}),
        ),
        (
            Method::POST,
            format!("{}/items", path(cart)),
            json!({"line_items": [line], "version": version}),
        ),
        (
            Method::PUT,
            item.clone(),
            json!({"line_item": line, "version": version}),
        ),
        (Method::DELETE, item, json!({"version": version})),
    ]
}

#[tokio::test]
async fn another_version_is_409_and_changes_nothing() {
    let shop = Shop::open().await;
    let cart = shop.calendars().await;
    for (method, path, body) in versioned(&cart, &json!(2)) {
        let reply = send(shop.request(method.clone(), &path).json(&body)).await;
        assert_eq!(reply.status, 409, "{method} {path}");
        let problem = reply.json();
        let title = "The request cannot be processed due to a possible conflict. Please review the changes and try again.";
        assert_eq!(problem["title"], title, "{method} {path}");
        assert!(problem.get("errors").is_none(), "{method} {path}");
    }
    assert_eq!(shop.get(&path(&cart)).await.data(), cart);
}

#[tokio::test]
async fn the_right_version_is_taken() {
    let shop = Shop::open().await;
    for index in 0..4 {
        let cart = shop.calendars().await;
        let (method, path, body) = versioned(&cart, &json!(1))[index].clone();
        let reply = send(shop.request(method.clone(), &path).json(&body)).await;
        assert!(
            (200..300).contains(&reply.status),
            "{method} {path}: {}",
            reply.text
        );
    }
}

#[tokio::test]
async fn a_version_that_is_no_number_is_422() {
    let shop = Shop::open().await;
    let cart = shop.calendars().await;
    for (method, path, body) in versioned(&cart, &json!("1")) {
        let reply = send(shop.request(method.clone(), &path).json(&body)).await;
        assert_eq!(reply.status, 422, "{method} {path}");
        assert_eq!(
            reply.json()["errors"],
            json!({"version": "error.expected.jsnumber"}),
            "{method} {path}"
        );
    }
}
