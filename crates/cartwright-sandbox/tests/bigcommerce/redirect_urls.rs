//! URLs that take a shopper's browser to the cart.

use reqwest::Method;
use reqwest::header::CONTENT_TYPE;
use serde_json::{Value, json};

use crate::shop::{Shop, path, send};

#[tokio::test]
async fn redirect_urls_are_answered_with_201_in_the_envelope() {
    let shop = Shop::open().await;
    let cart = shop.calendars().await;
    let reply = shop
        .post(&format!("{}/redirect_urls", path(&cart)), &json!({}))
        .await;
    assert_eq!(reply.status, 201);
    assert_eq!(reply.json()["meta"], json!({}));
    let (urls, id) = (reply.data(), cart["id"].as_str().unwrap());
    for (name, start) in [
        (
            "cart_url",
            format!("https://store-sandbox.example/cart.php?action=load&id={id}&token="),
        ),
        (
            "checkout_url",
            format!("https://store-sandbox.example/cart.php?action=loadInCheckout&id={id}&token="),
        ),
        (
            "embedded_checkout_url",
            format!(
                "https://store-sandbox.example/cart.php?embedded=1&action=loadInCheckout&id={id}&token="
            ),
        ),
    ] {
        let url = urls[name].as_str().unwrap();
        assert_eq!(
            url.strip_prefix(&start).map(str::len),
            Some(64),
            "{name}: {url}"
        );
    }
}

#[tokio::test]
async fn an_empty_body_with_the_json_media_type_is_taken() {
    let shop = Shop::open().await;
    let cart = path(&shop.calendars().await);
    let reply = send(
        shop.request(Method::POST, &format!("{cart}/redirect_urls"))
            .header(CONTENT_TYPE, "application/json"),
    )
    .await;
    assert_eq!(reply.status, 201);
}

#[tokio::test]
async fn each_call_makes_a_fresh_token() {
    let shop = Shop::open().await;
    let cart = path(&shop.calendars().await);
    let by_call = format!("{cart}/redirect_urls");
    let by_include = format!("{cart}?include=redirect_urls");
    let seen = [
        shop.post(&by_call, &json!({})).await.data()["cart_url"].clone(),
        shop.post(&by_call, &json!({})).await.data()["cart_url"].clone(),
        shop.get(&by_include).await.data()["redirect_urls"]["cart_url"].clone(),
        shop.get(&by_include).await.data()["redirect_urls"]["cart_url"].clone(),
    ];
    for (index, url) in seen.iter().enumerate() {
        assert!(
            url.is_string() && !seen[..index].contains(url),
            "{index}: {seen:?}"
        );
    }
}

#[tokio::test]
async fn query_params_are_appended_to_all_three_urls() {
    let shop = Shop::open().await;
    let cart = path(&shop.calendars().await);
    let body = json!({"query_params": {"seen": "", "utm": "a b&c"}});
    let urls = shop
        .post(&format!("{cart}/redirect_urls"), &body)
        .await
        .data();
    for name in ["cart_url", "checkout_url", "embedded_checkout_url"] {
        let url = urls[name].as_str().unwrap();
        assert!(url.ends_with("&seen=&utm=a+b%26c"), "{url}");
    }
}

#[tokio::test]
async fn key_and_value_are_names_like_others() {
    let shop = Shop::open().await;
    let cart = path(&shop.calendars().await);
    let body = json!({"query_params": {"key": "utm", "value": "x"}});
    let urls = shop
        .post(&format!("{cart}/redirect_urls"), &body)
        .await
        .data();
    let url = urls["cart_url"].as_str().unwrap();
    assert!(url.ends_with("&key=utm&value=x"), "{url}");
}

#[tokio::test]
async fn query_params_of_another_shape_are_422() {
    let shop = Shop::open().await;
    let cart = path(&shop.calendars().await);
    for (query_params, field) in [
        (json!("utm=x"), "query_params"),
        (json!(null), "query_params"),
        (json!([{"key": "utm", "value": "x"}]), "query_params"),
        (json!({"utm": 1}), "query_params.utm"),
        (json!({"utm": {"key": "x"}}), "query_params.utm"),
    ] {
        let reply = shop
            .post(
                &format!("{cart}/redirect_urls"),
                &json!({"query_params": query_params}),
            )
            .await;
        assert_eq!(reply.status, 422, "{query_params}");
        let errors: Value = reply.json()["errors"].clone();
        assert_eq!(
            errors.as_object().unwrap().keys().collect::<Vec<_>>(),
            [field],
            "{query_params}"
        );
    }
}
