//! Add, update, delete line items.

use serde_json::{Value, json};

use crate::shop::{Shop, certificate, line_path, path, send, table};

#[tokio::test]
async fn added_items_are_answered_with_201_and_the_whole_cart() {
    let shop = Shop::open().await;
    let cart = shop.calendars().await;
    let body = json!({
        "line_items": [{"product_id": 152, "quantity": 1}],
        "custom_items": [table()],
        "gift_certificates": [certificate()],
    });
    let reply = shop.post(&format!("{}/items", path(&cart)), &body).await;
    assert_eq!(reply.status, 201);
    let lines = reply.data()["line_items"].clone();
    for kind in [
        "physical_items",
        "digital_items",
        "custom_items",
        "gift_certificates",
    ] {
        assert_eq!(lines[kind].as_array().map(Vec::len), Some(1), "{kind}");
    }
}

#[tokio::test]
async fn the_same_product_again_is_a_second_line() {
    let shop = Shop::open().await;
    let cart = shop.calendars().await;
    let body = json!({"line_items": [{"product_id": 126, "quantity": 3}]});
    let cart = shop
        .post(&format!("{}/items", path(&cart)), &body)
        .await
        .data();
    let quantities: Vec<&Value> = cart["line_items"]["physical_items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| &line["quantity"])
        .collect();
    assert_eq!(quantities, [2, 3]);
}

#[tokio::test]
async fn adding_nothing_is_422() {
    let shop = Shop::open().await;
    let cart = path(&shop.calendars().await);
    for body in [json!({}), json!({"line_items": []}), json!({"version": 1})] {
        assert_eq!(
            shop.post(&format!("{cart}/items"), &body).await.status,
            422,
            "{body}"
        );
    }
}

#[tokio::test]
async fn a_refused_item_leaves_the_cart_as_it_was() {
    let shop = Shop::open().await;
    let cart = shop.calendars().await;
    let body = json!({"line_items": [{"product_id": 126, "quantity": 1}, {"product_id": 999, "quantity": 1}]});
    assert_eq!(
        shop.post(&format!("{}/items", path(&cart)), &body)
            .await
            .status,
        422
    );
    assert_eq!(shop.get(&path(&cart)).await.data(), cart);
}

#[tokio::test]
async fn an_update_changes_quantity_and_price_and_nothing_else() {
    let shop = Shop::open().await;
    let cart = shop
        .cart(&json!({"line_items": [{"product_id": 118, "variant_id": 140, "quantity": 1}]}))
        .await;
    let line = json!({"product_id": 118, "variant_id": 141, "quantity": 3, "list_price": 10.05, "name": "Other"});
    let reply = shop
        .put(
            &line_path(&cart, "physical_items", 0),
            &json!({"line_item": line}),
        )
        .await;
    assert_eq!(reply.status, 200);
    let mut expected = cart["line_items"]["physical_items"][0].clone();
    for (field, value) in [
        ("quantity", json!(3)),
        ("list_price", json!(10.05)),
        ("sale_price", json!(10.05)),
    ] {
        expected[field] = value;
    }
    for extended in ["extended_list_price", "extended_sale_price"] {
        expected[extended] = json!(30.15);
    }
    assert_eq!(reply.data()["line_items"]["physical_items"][0], expected);
}

#[tokio::test]
async fn an_update_without_a_price_keeps_the_overridden_one() {
    let shop = Shop::open().await;
    let cart = shop
        .cart(&json!({"line_items": [{"product_id": 126, "quantity": 1, "list_price": 5}]}))
        .await;
    let body = json!({"line_item": {"product_id": 126, "quantity": 2}});
    let cart = shop
        .put(&line_path(&cart, "physical_items", 0), &body)
        .await
        .data();
    assert_eq!(cart["base_amount"], 10);
}

#[tokio::test]
async fn a_custom_item_and_a_gift_certificate_cannot_be_updated() {
    let shop = Shop::open().await;
    let cart = shop
        .cart(&json!({"custom_items": [table()], "gift_certificates": [certificate()]}))
        .await;
    for kind in ["custom_items", "gift_certificates"] {
        let body = json!({"line_item": {"product_id": 126, "quantity": 2}});
        let reply = shop.put(&line_path(&cart, kind, 0), &body).await;
        assert_eq!(reply.status, 422, "{kind}");
        assert!(reply.json()["errors"].is_object(), "{kind}");
    }
}

#[tokio::test]
async fn an_update_that_is_not_one_line_item_is_422() {
    let shop = Shop::open().await;
    let cart = shop.calendars().await;
    let line = json!({"product_id": 126, "quantity": 2});
    for (body, field) in [
        (json!({}), "line_item"),
        (json!({"line_item": [line]}), "line_item"),
        (json!({"line_items": [line]}), "line_item"),
        (
            json!({"line_item": {"product_id": 126}}),
            "line_item.quantity",
        ),
        (
            json!({"line_item": {"quantity": 2}}),
            "line_item.product_id",
        ),
        (
            json!({"line_item": {"product_id": 126, "quantity": 0}}),
            "line_item.quantity",
        ),
        (
            json!({"line_item": {"product_id": 118, "quantity": 2}}),
            "line_item.product_id",
        ),
        (
            json!({"line_item": line, "custom_items": []}),
            "custom_items",
        ),
        (
            json!({"line_item": line, "gift_certificates": []}),
            "gift_certificates",
        ),
    ] {
        let reply = shop
            .put(&line_path(&cart, "physical_items", 0), &body)
            .await;
        assert_eq!(reply.status, 422, "{body}");
        assert!(
            reply.json()["errors"].get(field).is_some(),
            "{body}: {}",
            reply.text
        );
    }
}

#[tokio::test]
async fn a_deleted_line_is_answered_with_200_and_the_rest_of_the_cart() {
    let shop = Shop::open().await;
    let body = json!({
        "line_items": [{"product_id": 126, "quantity": 1}, {"product_id": 152, "quantity": 1}],
        "custom_items": [table()],
        "gift_certificates": [certificate()],
    });
    let mut cart = shop.cart(&body).await;
    for kind in ["physical_items", "custom_items", "gift_certificates"] {
        let reply = shop.delete(&line_path(&cart, kind, 0)).await;
        assert_eq!(reply.status, 200, "{kind}");
        cart = reply.data();
        assert_eq!(cart["line_items"][kind], json!([]), "{kind}");
    }
    assert_eq!(cart["base_amount"], 5.99);
}

#[tokio::test]
async fn deleting_the_last_line_deletes_the_cart() {
    let shop = Shop::open().await;
    for (body, kind) in [
        (
            json!({"line_items": [{"product_id": 126, "quantity": 2}]}),
            "physical_items",
        ),
        (
            json!({"line_items": [{"product_id": 152, "quantity": 2}]}),
            "digital_items",
        ),
        (json!({"custom_items": [table()]}), "custom_items"),
        (
            json!({"gift_certificates": [certificate()]}),
            "gift_certificates",
        ),
    ] {
        let cart = shop.cart(&body).await;
        let reply = shop.delete(&line_path(&cart, kind, 0)).await;
        assert_eq!(
            (reply.status, reply.text.as_str(), reply.media_type()),
            (204, "", ""),
            "{kind}"
        );
        assert_eq!(shop.get(&path(&cart)).await.status, 404, "{kind}");
    }
}

#[tokio::test]
async fn a_missing_line_is_404() {
    let shop = Shop::open().await;
    let cart = path(&shop.calendars().await);
    let update = json!({"line_item": {"product_id": 126, "quantity": 1}});
    assert_eq!(
        shop.put(&format!("{cart}/items/x"), &update).await.status,
        404
    );
    assert_eq!(shop.delete(&format!("{cart}/items/x")).await.status, 404);
}

#[tokio::test]
async fn the_body_of_a_delete_is_optional() {
    let shop = Shop::open().await;
    let cart = shop.cart(&json!({"line_items": [{"product_id": 126, "quantity": 1}, {"product_id": 152, "quantity": 1}]})).await;
    let item = line_path(&cart, "physical_items", 0);
    assert_eq!(
        send(
            shop.request(reqwest::Method::DELETE, &item)
                .json(&json!({}))
        )
        .await
        .status,
        200
    );
    assert_eq!(
        send(shop.request(
            reqwest::Method::DELETE,
            &line_path(&cart, "digital_items", 0)
        ))
        .await
        .status,
        204
    );
}
