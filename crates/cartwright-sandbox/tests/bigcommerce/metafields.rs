//! Metafields of a cart, one by one.

use std::time::Duration;

use serde_json::{Value, json};

use crate::shop::{Shop, metafield, path, with};

#[tokio::test]
async fn a_metafield_is_answered_whole_with_its_id_as_a_text() {
    let shop = Shop::open().await;
    let cart = shop.calendars().await;
    let metafields = format!("{}/metafields", path(&cart));
    let body = with(&metafield("aisle"), json!({"description": "Where it lies"}));
    let reply = shop.post(&metafields, &body).await;
    let answered = json!({
        "id": "1",
        "key": "aisle",
        "value": "7",
        "namespace": "Warehouse",
        "permission_set": "app_only",
        "resource_type": "cart",
        "resource_id": cart["id"],
        "description": "Where it lies",
        "date_created": "2024-05-06T07:16:55+00:00",
        "date_modified": "2024-05-06T07:16:55+00:00",
        "owner_client_id": "sandbox-app",
    });
    assert_eq!((reply.status, reply.data()), (200, answered.clone()));
    let read = shop.get(&format!("{metafields}/1")).await;
    assert_eq!((read.status, read.data()), (200, answered));
}

#[tokio::test]
async fn a_change_sets_the_values_and_the_time_and_keeps_an_unsent_description() {
    let shop = Shop::open().await;
    let cart = shop.calendars().await;
    let metafields = format!("{}/metafields", path(&cart));
    let body = with(&metafield("aisle"), json!({"description": "Where it lies"}));
    let created = shop.post(&metafields, &body).await.data();
    shop.clock.advance(Duration::from_secs(5));
    let change = with(
        &metafield("shelf"),
        json!({"value": "C", "permission_set": "read"}),
    );
    let reply = shop.put(&format!("{metafields}/1"), &change).await;
    let changed = with(
        &created,
        json!({
            "key": "shelf",
            "value": "C",
            "permission_set": "read",
            "date_modified": "2024-05-06T07:17:00+00:00",
        }),
    );
    assert_eq!((reply.status, reply.data()), (200, changed.clone()));
    assert_eq!(shop.get(&format!("{metafields}/1")).await.data(), changed);
}

#[tokio::test]
async fn a_deleted_metafield_is_gone_and_its_id_is_not_used_again() {
    let shop = Shop::open().await;
    let cart = shop.calendars().await;
    shop.metafield(&cart, "aisle").await;
    let one = format!("{}/metafields/1", path(&cart));
    let reply = shop.delete(&one).await;
    assert_eq!((reply.status, reply.text.as_str()), (204, ""));
    let reply = shop.get(&one).await;
    assert_eq!(reply.status, 404);
    assert_eq!(
        reply.json()["title"],
        "The resource at that URL is not found."
    );
    assert_eq!(shop.delete(&one).await.status, 404);
    assert_eq!(shop.metafield(&cart, "aisle").await["id"], "2");
}

#[tokio::test]
async fn a_namespace_and_key_stand_once_in_a_cart() {
    let shop = Shop::open().await;
    let (cart, other) = (shop.calendars().await, shop.calendars().await);
    let metafields = format!("{}/metafields", path(&cart));
    shop.metafield(&cart, "aisle").await;
    assert_eq!(
        shop.post(&metafields, &metafield("aisle")).await.status,
        409
    );
    shop.metafield(&other, "aisle").await;
    let elsewhere = with(&metafield("aisle"), json!({"namespace": "Shop"}));
    assert_eq!(shop.post(&metafields, &elsewhere).await.status, 200);
}

#[tokio::test]
async fn a_change_may_keep_its_key_and_not_take_anothers() {
    let shop = Shop::open().await;
    let cart = shop.calendars().await;
    shop.metafield(&cart, "aisle").await;
    shop.metafield(&cart, "shelf").await;
    let shelf = format!("{}/metafields/2", path(&cart));
    assert_eq!(shop.put(&shelf, &metafield("shelf")).await.status, 200);
    assert_eq!(shop.put(&shelf, &metafield("aisle")).await.status, 409);
    assert_eq!(shop.get(&shelf).await.data()["key"], "shelf");
}

#[tokio::test]
async fn wrong_fields_are_422_and_named_in_title_and_map() {
    let shop = Shop::open().await;
    let cart = shop.calendars().await;
    let metafields = format!("{}/metafields", path(&cart));
    let long = |length| Value::from("x".repeat(length));
    for (field, value) in [
        ("permission_set", json!("everyone")),
        ("namespace", json!("")),
        ("namespace", long(65)),
        ("key", json!("")),
        ("key", long(65)),
        ("value", json!("")),
        ("value", long(65_536)),
        ("value", json!(7)),
        ("description", long(256)),
    ] {
        let body = with(&metafield("aisle"), json!({field: value}));
        let reply = shop.post(&metafields, &body).await;
        assert_eq!(reply.status, 422, "{field}");
        let problem = reply.json();
        assert_eq!(
            problem["title"],
            format!("The following fields are invalid: {field}")
        );
        assert!(problem["errors"][field].is_string(), "{problem}");
    }
    let reply = shop.post(&metafields, &json!({})).await;
    assert_eq!(
        reply.json()["title"],
        "The following fields are invalid: key, namespace, permission_set, value"
    );
}

#[tokio::test]
async fn the_longest_texts_are_taken() {
    let shop = Shop::open().await;
    let cart = shop.calendars().await;
    let body = json!({
        "permission_set": "write_and_sf_access",
        "namespace": "ü".repeat(64),
        "key": "ü".repeat(64),
        "value": "ü".repeat(65_535),
        "description": "ü".repeat(255),
    });
    let reply = shop
        .post(&format!("{}/metafields", path(&cart)), &body)
        .await;
    assert_eq!(reply.status, 200);
    assert_eq!(reply.data()["value"], body["value"]);
}

#[tokio::test]
async fn the_eleventh_metafield_of_an_app_is_422() {
    let shop = Shop::open().await;
    let cart = shop.calendars().await;
    for key in 0..10 {
        shop.metafield(&cart, &key.to_string()).await;
    }
    let metafields = format!("{}/metafields", path(&cart));
    assert_eq!(shop.post(&metafields, &metafield("more")).await.status, 422);
    shop.delete(&format!("{metafields}/1")).await;
    assert_eq!(shop.post(&metafields, &metafield("more")).await.status, 200);
}

#[tokio::test]
async fn a_metafield_is_found_under_its_own_cart_only() {
    let shop = Shop::open().await;
    let (cart, other) = (shop.calendars().await, shop.calendars().await);
    shop.metafield(&cart, "aisle").await;
    let stray = format!("{}/metafields/1", path(&other));
    assert_eq!(shop.get(&stray).await.status, 404);
    assert_eq!(shop.put(&stray, &metafield("aisle")).await.status, 404);
    assert_eq!(shop.delete(&stray).await.status, 404);
}

#[tokio::test]
async fn metafields_outlive_their_cart_and_take_changes() {
    let shop = Shop::open().await;
    let cart = shop.calendars().await;
    shop.metafield(&cart, "aisle").await;
    shop.delete(&path(&cart)).await;
    let metafields = format!("{}/metafields", path(&cart));
    let list = shop.get(&metafields).await;
    assert_eq!(list.data().as_array().unwrap().len(), 1);
    let one = format!("{metafields}/1");
    assert_eq!(shop.put(&one, &metafield("shelf")).await.status, 200);
    assert_eq!(shop.post(&metafields, &metafield("more")).await.status, 404);
}

#[tokio::test]
async fn a_cart_that_never_was_is_404_at_all_of_its_metafields() {
    let shop = Shop::open().await;
    let (metafields, one) = ("/carts/x/metafields", "/carts/x/metafields/1");
    assert_eq!(shop.get(metafields).await.status, 404);
    assert_eq!(shop.post(metafields, &metafield("a")).await.status, 404);
    assert_eq!(shop.get(one).await.status, 404);
    assert_eq!(shop.put(one, &metafield("a")).await.status, 404);
    assert_eq!(shop.delete(one).await.status, 404);
}
