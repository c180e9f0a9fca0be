//! Amounts: exact, and as JSON numbers.

use serde_json::json;

use crate::shop::{Shop, certificate, table};

#[tokio::test]
async fn the_base_amount_is_the_sum_of_all_lines() {
    let shop = Shop::open().await;
    for (body, sum) in [
        (
            json!({"line_items": [{"product_id": 126, "quantity": 2}]}),
            json!(25),
        ),
        (
            json!({"line_items": [{"product_id": 126, "quantity": 1}, {"product_id": 118, "variant_id": 140, "quantity": 3}]}),
            json!(72.47),
        ),
        (
            json!({"line_items": [{"product_id": 152, "quantity": 10}]}),
            json!(59.9),
        ),
        (json!({"custom_items": [table(), table()]}), json!(60)),
        (
            json!({"gift_certificates": [certificate()], "custom_items": [table()]}),
            json!(40),
        ),
    ] {
        let cart = shop.cart(&body).await;
        assert_eq!(cart["base_amount"], sum, "{body}");
        assert_eq!(cart["cart_amount"], sum, "{body}");
        assert_eq!(
            (&cart["discount_amount"], &cart["manual_discount_amount"]),
            (&json!(0), &json!(0)),
            "{body}"
        );
    }
}

#[tokio::test]
async fn amounts_do_not_drift() {
    let shop = Shop::open().await;
    for (price, quantity, extended) in [
        ("0.1", 3, "0.3"),
        ("1.005", 1000, "1005"),
        ("19.99", 7, "139.93"),
        ("0.07", 100, "7"),
        ("4.35", 100, "435"),
    ] {
        let body = format!(
            r#"{{"line_items": [{{"product_id": 126, "quantity": {quantity}, "list_price": {price}}}]}}"#
        );
        let reply = shop
            .post("/carts", &serde_json::from_str(&body).unwrap())
            .await;
        let expected = format!(r#""extended_list_price":{extended},"#);
        assert!(
            reply.text.contains(&expected),
            "{price} × {quantity}: {}",
            reply.text
        );
    }
}

#[tokio::test]
async fn a_whole_amount_is_written_without_a_fraction() {
    let shop = Shop::open().await;
    let reply = shop
        .post(
            "/carts",
            &json!({"line_items": [{"product_id": 180, "quantity": 1}]}),
        )
        .await;
    assert!(
        reply.text.contains(r#""cart_amount":15,"#),
        "{}",
        reply.text
    );
}

#[tokio::test]
async fn an_overridden_price_leaves_the_original_one() {
    let shop = Shop::open().await;
    let cart = shop
        .cart(&json!({"line_items": [{"product_id": 126, "quantity": 2, "list_price": 0}]}))
        .await;
    let line = &cart["line_items"]["physical_items"][0];
    for (field, value) in [
        ("original_price", json!(12.5)),
        ("list_price", json!(0)),
        ("sale_price", json!(0)),
        ("extended_sale_price", json!(0)),
    ] {
        assert_eq!(line[field], value, "{field}");
    }
    assert_eq!(cart["cart_amount"], 0);
}

#[tokio::test]
async fn a_gift_certificate_counts_as_often_as_it_is_bought() {
    let mut three = certificate();
    three["quantity"] = json!(3);
    three["amount"] = json!(12.5);
    let cart = Shop::open()
        .await
        .cart(&json!({"gift_certificates": [three]}))
        .await;
    assert_eq!(cart["base_amount"], 37.5);
}

#[tokio::test]
async fn the_dearest_cart_still_adds_up() {
    let item = json!({"name": "moon", "quantity": 1_000_000_000, "list_price": 999_999_999});
    let cart = Shop::open()
        .await
        .cart(&json!({"custom_items": [item, item]}))
        .await;
    assert_eq!(
        cart["base_amount"].to_string().parse::<f64>().unwrap(),
        1_999_999_998_000_000_000.0
    );
}
