//! The cart settings of the store and of its channels.

use reqwest::Method;
use serde_json::{Value, json};

use crate::shop::{Shop, send};

const STORE: &str = "/carts/settings";
const CHANNEL: &str = "/carts/settings/channels/2";

fn allowing(allow: impl Into<Value>) -> Value {
    json!({"allow_purchasing": allow.into()})
}

#[tokio::test]
async fn the_store_answers_the_setting_it_was_given() {
    let shop = Shop::open().await;
    let answered = |allow: bool| json!({"data": {"allow_purchasing": allow}, "meta": {}});
    assert_eq!(shop.get(STORE).await.json(), answered(true));
    let reply = shop.put(STORE, &allowing(false)).await;
    assert_eq!((reply.status, reply.json()), (200, answered(false)));
    assert_eq!(shop.get(STORE).await.json(), answered(false));
}

#[tokio::test]
async fn a_channel_overrides_until_it_is_set_to_null() {
    let shop = Shop::open().await;
    assert_eq!(shop.get(CHANNEL).await.data(), allowing(Value::Null));
    for value in [json!(false), json!(true), Value::Null] {
        let reply = shop.put(CHANNEL, &allowing(value.clone())).await;
        assert_eq!((reply.status, reply.data()), (200, allowing(value.clone())));
        assert_eq!(shop.get(CHANNEL).await.data(), allowing(value));
    }
}

#[tokio::test]
async fn a_channel_keeps_its_value_when_none_is_sent_and_when_the_stores_changes() {
    let shop = Shop::open().await;
    shop.put(CHANNEL, &allowing(false)).await;
    assert_eq!(shop.put(CHANNEL, &json!({})).await.data(), allowing(false));
    shop.put(STORE, &allowing(true)).await;
    assert_eq!(shop.get(CHANNEL).await.data(), allowing(false));
    let other = shop.get("/carts/settings/channels/3").await;
    assert_eq!(other.data(), allowing(Value::Null));
}

#[tokio::test]
async fn what_is_no_boolean_is_422_with_the_field_and_changes_nothing() {
    let shop = Shop::open().await;
    for (path, body) in [
        (STORE, allowing("true")),
        (STORE, allowing(Value::Null)),
        (STORE, json!({})),
        (CHANNEL, allowing(1)),
    ] {
        let reply = shop.put(path, &body).await;
        assert_eq!(reply.status, 422, "{path} {body}");
        assert!(
            reply.json()["errors"]["allow_purchasing"].is_string(),
            "{body}"
        );
    }
    assert_eq!(shop.get(STORE).await.data(), allowing(true));
}

#[tokio::test]
async fn malformed_settings_are_400_as_documented() {
    let shop = Shop::open().await;
    let request = shop
        .request(Method::PUT, STORE)
        .header("Content-Type", "application/json");
    let reply = send(request.body("{")).await;
    assert_eq!(reply.status, 400);
    let problem = reply.json();
    assert_eq!(problem["title"], "Input is invalid");
    assert_eq!(problem["detail"], "Syntax error");
}

#[tokio::test]
async fn a_channel_without_a_number_is_404() {
    let shop = Shop::open().await;
    for channel in ["x", "0", "-1", "1.5"] {
        let reply = shop
            .get(&format!("/carts/settings/channels/{channel}"))
            .await;
        assert_eq!(reply.status, 404, "{channel}");
    }
}

#[tokio::test]
async fn an_app_with_the_cart_scope_alone_is_401_at_the_settings() {
    let shop = Shop::open().await;
    for path in [STORE, CHANNEL] {
        let reply = send(shop.request_as("neighbour-token", Method::GET, path)).await;
        assert_eq!(reply.status, 401, "{path}");
    }
    let reply = send(shop.request_as("settings-token", Method::GET, STORE)).await;
    assert_eq!(reply.status, 200);
}
