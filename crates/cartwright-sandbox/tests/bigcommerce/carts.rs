//! Create, get, update customer, delete; expiry.

use std::time::Duration;

use serde_json::json;

use crate::shop::{Shop, certificate, path, table};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

#[tokio::test]
async fn a_created_cart_is_answered_with_201_and_can_be_read() {
    let shop = Shop::open().await;
    let created = shop
        .post(
            "/carts",
            &json!({"line_items": [{"product_id": 126, "quantity": 2}]}),
        )
        .await;
    assert_eq!(created.status, 201);
    let read = shop.get(&path(&created.data())).await;
    assert_eq!((read.status, read.data()), (200, created.data()));
}

#[tokio::test]
async fn a_cart_can_start_with_any_one_kind_of_item() {
    let shop = Shop::open().await;
    for body in [
        json!({"line_items": [{"product_id": 126, "quantity": 1}]}),
        json!({"line_items": [], "custom_items": [table()]}),
        json!({"gift_certificates": [certificate()]}),
    ] {
        assert_eq!(shop.post("/carts", &body).await.status, 201, "{body}");
    }
}

#[tokio::test]
async fn a_cart_without_any_item_is_422() {
    let shop = Shop::open().await;
    for body in [
        json!({}),
        json!({"customer_id": 5}),
        json!({"line_items": [], "custom_items": [], "gift_certificates": []}),
        json!({"line_item": {"product_id": 126, "quantity": 1}}),
    ] {
        let reply = shop.post("/carts", &body).await;
        assert_eq!(reply.status, 422, "{body}");
        assert_eq!(
            reply.json()["errors"],
            json!({"line_items": "error.path.missing"}),
            "{body}"
        );
    }
}

#[tokio::test]
async fn what_the_caller_leaves_out_has_the_documented_default() {
    let cart = Shop::open().await.calendars().await;
    for (field, default) in [
        ("customer_id", json!(0)),
        ("channel_id", json!(1)),
        ("currency", json!({"code": "USD"})),
        ("locale", json!("en")),
        ("email", json!("")),
    ] {
        assert_eq!(cart[field], default, "{field}");
    }
}

#[tokio::test]
async fn what_the_caller_says_about_the_cart_is_kept() {
    let shop = Shop::open().await;
    let cart = shop
        .cart(&json!({
            "customer_id": 11,
            "channel_id": 2,
            "currency": {"code": "JOD"},
            "locale": "ar-JO",
            "line_items": [{"product_id": 126, "quantity": 1}],
        }))
        .await;
    for (field, value) in [
        ("customer_id", json!(11)),
        ("channel_id", json!(2)),
        ("currency", json!({"code": "JOD"})),
        ("locale", json!("ar-JO")),
    ] {
        assert_eq!(cart[field], value, "{field}");
    }
}

#[tokio::test]
async fn a_currency_that_is_not_transactional_or_not_in_capitals_is_400() {
    let shop = Shop::open().await;
    for code in ["CAD", "XXX", "usd", "Usd"] {
        let body =
            json!({"currency": {"code": code}, "line_items": [{"product_id": 126, "quantity": 1}]});
        assert_eq!(shop.post("/carts", &body).await.status, 400, "{code}");
        let custom = json!({"currency": {"code": code},
                            "custom_items": [{"name": "Engraving", "quantity": 1, "list_price": 4.5}]});
        assert_eq!(shop.post("/carts", &custom).await.status, 400, "{code}");
    }
}

#[tokio::test]
async fn setting_the_customer_is_answered_with_201() {
    let shop = Shop::open().await;
    let cart = shop.calendars().await;
    let reply = shop.put(&path(&cart), &json!({"customer_id": 5})).await;
    assert_eq!(reply.status, 201);
    assert_eq!(reply.data()["customer_id"], 5);
    assert_eq!(shop.get(&path(&cart)).await.data()["customer_id"], 5);
}

#[tokio::test]
async fn setting_no_customer_is_422() {
    let shop = Shop::open().await;
    let cart = path(&shop.calendars().await);
    for (body, why) in [
        (json!({}), "error.path.missing"),
        (json!({"customer_id": "5"}), "error.expected.jsnumber"),
        (json!({"customer_id": null}), "error.expected.jsnumber"),
    ] {
        let reply = shop.put(&cart, &body).await;
        assert_eq!(reply.status, 422, "{body}");
        assert_eq!(reply.json()["errors"]["customer_id"], why, "{body}");
    }
}

#[tokio::test]
async fn a_deleted_cart_is_gone() {
    let shop = Shop::open().await;
    let cart = path(&shop.calendars().await);
    let reply = shop.delete(&cart).await;
    assert_eq!(
        (reply.status, reply.text.as_str(), reply.media_type()),
        (204, "", "")
    );
    assert_eq!(shop.get(&cart).await.status, 404);
    assert_eq!(shop.delete(&cart).await.status, 404);
}

#[tokio::test]
async fn a_missing_cart_is_404_without_a_title() {
    let shop = Shop::open().await;
    let replies = [
        shop.get("/carts/100").await,
        shop.put("/carts/100", &json!({"customer_id": 1})).await,
        shop.delete("/carts/100").await,
        shop.post("/carts/100/items", &json!({"custom_items": [table()]}))
            .await,
        shop.put(
            "/carts/100/items/x",
            &json!({"line_item": {"product_id": 126, "quantity": 1}}),
        )
        .await,
        shop.delete("/carts/100/items/x").await,
        shop.post("/carts/100/redirect_urls", &json!({})).await,
    ];
    for reply in replies {
        assert_eq!(
            (reply.status, reply.media_type()),
            (404, "application/json")
        );
        let problem = reply.json();
        assert_eq!(problem["status"], 404);
        assert!(
            problem["type"].is_string() && problem.get("title").is_none(),
            "{problem}"
        );
    }
}

#[tokio::test]
async fn an_id_that_is_not_utf_8_names_no_cart() {
    assert_eq!(Shop::open().await.get("/carts/%ff").await.status, 404);
}

#[tokio::test]
async fn a_cart_is_gone_thirty_days_after_its_last_change() {
    let shop = Shop::open().await;
    let cart = path(&shop.calendars().await);
    shop.clock.advance(DAY * 29);
    shop.put(&cart, &json!({"customer_id": 5})).await;
    shop.clock.advance(DAY * 30 - Duration::from_millis(1));
    assert_eq!(shop.get(&cart).await.status, 200);
    shop.clock.advance(Duration::from_millis(1));
    assert_eq!(shop.get(&cart).await.status, 404);
}

#[tokio::test]
async fn reading_a_cart_does_not_prolong_it() {
    let shop = Shop::open().await;
    let cart = path(&shop.calendars().await);
    shop.clock.advance(DAY * 29);
    assert_eq!(shop.get(&cart).await.status, 200);
    shop.clock.advance(DAY);
    assert_eq!(shop.get(&cart).await.status, 404);
}
