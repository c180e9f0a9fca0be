//! What a cart looks like on the wire.

use std::time::Duration;

use serde_json::{Value, json};

use crate::shop::{Shop, certificate, path, table};

fn keys(value: &Value) -> Vec<&str> {
    value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

fn sorted(mut names: Vec<&str>) -> Vec<&str> {
    names.sort_unstable();
    names
}

#[tokio::test]
async fn a_cart_stands_in_an_envelope_with_an_empty_meta() {
    let shop = Shop::open().await;
    let reply = shop.get(&path(&shop.calendars().await)).await;
    assert_eq!(reply.media_type(), "application/json");
    let body = reply.json();
    assert_eq!(sorted(keys(&body)), ["data", "meta"]);
    assert_eq!(body["meta"], json!({}));
}

#[tokio::test]
async fn a_cart_has_these_fields_and_no_others() {
    let cart = Shop::open().await.calendars().await;
    let expected = [
        "base_amount",
        "cart_amount",
        "channel_id",
        "coupons",
        "created_time",
        "currency",
        "customer_id",
        "discount_amount",
        "discounts",
        "email",
        "id",
        "line_items",
        "locale",
        "manual_discount_amount",
        "tax_included",
        "updated_time",
        "version",
    ];
    assert_eq!(sorted(keys(&cart)), expected);
    assert_eq!(cart["coupons"], json!([]));
    assert_eq!(cart["tax_included"], false);
}

#[tokio::test]
async fn all_four_arrays_of_lines_are_always_there() {
    let cart = Shop::open()
        .await
        .cart(&json!({"custom_items": [table()]}))
        .await;
    assert_eq!(
        sorted(keys(&cart["line_items"])),
        [
            "custom_items",
            "digital_items",
            "gift_certificates",
            "physical_items"
        ]
    );
    for empty in ["digital_items", "gift_certificates", "physical_items"] {
        assert_eq!(cart["line_items"][empty], json!([]), "{empty}");
    }
}

#[tokio::test]
async fn a_physical_line_has_these_fields() {
    let cart = Shop::open().await.calendars().await;
    let line = &cart["line_items"]["physical_items"][0];
    let mut without_id = line.clone();
    without_id.as_object_mut().unwrap().remove("id");
    assert_eq!(
        without_id,
        json!({
            "parent_id": null,
            "variant_id": 150,
            "product_id": 126,
            "sku": "CAL-1",
            "name": "Calendar",
            "url": "https://store-sandbox.example/calendar/",
            "quantity": 2,
            "taxable": true,
            "image_url": "https://cdn.store-sandbox.example/products/calendar.jpg",
            "discounts": [],
            "coupons": [],
            "discount_amount": 0,
            "coupon_amount": 0,
            "original_price": 12.5,
            "list_price": 12.5,
            "sale_price": 12.5,
            "extended_list_price": 25,
            "extended_sale_price": 25,
            "is_require_shipping": true,
            "is_mutable": true,
            "added_by_promotion": false,
            "gift_wrapping": null,
        })
    );
    assert_eq!(
        cart["discounts"],
        json!([{"id": line["id"], "discounted_amount": 0}])
    );
}

#[tokio::test]
async fn a_digital_line_stands_apart_and_has_download_fields() {
    let cart = Shop::open()
        .await
        .cart(&json!({"line_items": [{"product_id": 152, "quantity": 1}]}))
        .await;
    assert_eq!(cart["line_items"]["physical_items"], json!([]));
    let line = &cart["line_items"]["digital_items"][0];
    assert_eq!(
        line["download_file_urls"],
        json!(["https://store-sandbox.example/download/bread-at-home"])
    );
    assert!(line["download_page_url"].is_string() && line["download_size"].is_string());
    assert_eq!(
        (&line["is_require_shipping"], line.get("gift_wrapping")),
        (&json!(false), None)
    );
}

#[tokio::test]
async fn a_custom_item_has_numbers_for_quantity_and_price() {
    let shop = Shop::open().await;
    let with_image = json!({"name": "bench", "quantity": 2, "list_price": 19.95, "image_url": "https://example.com/b.png"});
    let cart = shop
        .cart(&json!({"custom_items": [table(), with_image]}))
        .await;
    let mut items = cart["line_items"]["custom_items"].clone();
    for item in items.as_array_mut().unwrap() {
        assert!(item.as_object_mut().unwrap().remove("id").is_some());
    }
    assert_eq!(
        items,
        json!([
            {"sku": "table-1", "name": "table", "quantity": 1, "list_price": 30, "extended_list_price": 30},
            {"sku": "", "name": "bench", "quantity": 2, "list_price": 19.95, "extended_list_price": 39.9,
             "image_url": "https://example.com/b.png"},
        ])
    );
}

#[tokio::test]
async fn a_gift_certificate_is_answered_as_it_was_sent() {
    let shop = Shop::open().await;
    let mut sent = certificate();
    sent["message"] = json!("Enjoy");
    let cart = shop.cart(&json!({"gift_certificates": [sent]})).await;
    let mut answered = cart["line_items"]["gift_certificates"][0].clone();
    let fields = answered.as_object_mut().unwrap();
    assert!(fields.remove("id").is_some());
    assert_eq!(fields.remove("taxable"), Some(json!(false)));
    assert_eq!(answered, sent);
}

#[tokio::test]
async fn gift_wrapping_is_shown_with_its_message() {
    let wrapping =
        json!({"wrap_together": true, "wrap_details": [{"id": 1, "message": "Happy Birthday!"}]});
    let shop = Shop::open().await;
    let cart = shop
        .cart(
            &json!({"line_items": [{"product_id": 126, "quantity": 1, "gift_wrapping": wrapping}]}),
        )
        .await;
    let line = &cart["line_items"]["physical_items"][0];
    assert_eq!(
        line["gift_wrapping"],
        json!({"name": "Gift Wrap 1", "message": "Happy Birthday!", "amount": 1.99})
    );
}

#[tokio::test]
async fn times_have_seconds_and_a_numeric_offset() {
    let shop = Shop::open().await;
    let cart = shop.calendars().await;
    shop.clock.advance(Duration::from_millis(65_900));
    let cart = shop
        .put(&path(&cart), &json!({"customer_id": 1}))
        .await
        .data();
    assert_eq!(cart["created_time"], "2024-05-06T07:16:55+00:00");
    assert_eq!(cart["updated_time"], "2024-05-06T07:18:00+00:00");
}

#[tokio::test]
async fn ids_are_lower_case_uuids() {
    let cart = Shop::open().await.calendars().await;
    for id in [&cart["id"], &cart["line_items"]["physical_items"][0]["id"]] {
        let id = id.as_str().unwrap();
        let shape: String = id
            .chars()
            .map(|digit| {
                if matches!(digit, '0'..='9' | 'a'..='f') {
                    'x'
                } else {
                    digit
                }
            })
            .collect();
        assert_eq!(shape, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx", "{id}");
    }
}

#[tokio::test]
async fn unicode_comes_back_without_escapes() {
    let shop = Shop::open().await;
    let body = json!({"line_items": [
        {"product_id": 180, "quantity": 1},
        {"product_id": 126, "quantity": 1, "name": "تقويم 📅"},
    ]});
    let reply = shop.post("/carts", &body).await;
    assert!(
        reply.text.contains("قميص قطني ☕") && reply.text.contains("تقويم 📅"),
        "{}",
        reply.text
    );
}

#[tokio::test]
async fn each_include_adds_its_part_only() {
    let shop = Shop::open().await;
    let cart = shop
        .cart(&json!({"line_items": [
            {"product_id": 118, "quantity": 1, "variant_id": 140},
            {"product_id": 152, "quantity": 1, "option_selections": [{"option_id": 154, "option_value": 155}]},
        ]}))
        .await;
    let shown = |cart: &Value| {
        [
            cart.get("redirect_urls").is_some(),
            cart["line_items"]["physical_items"][0]
                .get("options")
                .is_some(),
            cart["line_items"]["digital_items"][0]
                .get("options")
                .is_some(),
            cart.get("promotions").is_some(),
        ]
    };
    let all = "redirect_urls,line_items.physical_items.options,line_items.digital_items.options,promotions.banners";
    for (include, expected) in [
        ("".to_owned(), [false, false, false, false]),
        (
            "?include=redirect_urls".to_owned(),
            [true, false, false, false],
        ),
        (
            "?include=line_items.physical_items.options".to_owned(),
            [false, true, false, false],
        ),
        (
            "?include=line_items.digital_items.options".to_owned(),
            [false, false, true, false],
        ),
        (
            "?include=promotions.banners".to_owned(),
            [false, false, false, true],
        ),
        (format!("?include={all}"), [true, true, true, true]),
        (
            format!("?include={}", all.replace(',', "%2C")),
            [true, true, true, true],
        ),
    ] {
        let cart = shop.get(&format!("{}{include}", path(&cart))).await.data();
        assert_eq!(shown(&cart), expected, "{include}");
    }
}

#[tokio::test]
async fn six_operations_read_include() {
    let shop = Shop::open().await;
    let include = "?include=promotions.banners";
    let created = shop
        .post(
            &format!("/carts{include}"),
            &json!({"custom_items": [table()]}),
        )
        .await
        .data();
    let cart = path(&created);
    let line = json!({"product_id": 126, "quantity": 1});
    let added = shop
        .post(
            &format!("{cart}/items{include}"),
            &json!({"line_items": [line]}),
        )
        .await
        .data();
    let item = crate::shop::line_path(&added, "physical_items", 0);
    let answers = [
        created,
        added,
        shop.get(&format!("{cart}{include}")).await.data(),
        shop.put(&format!("{cart}{include}"), &json!({"customer_id": 1}))
            .await
            .data(),
        shop.put(&format!("{item}{include}"), &json!({"line_item": line}))
            .await
            .data(),
        shop.delete(&format!("{item}{include}")).await.data(),
    ];
    for (index, answer) in answers.iter().enumerate() {
        assert!(
            answer["promotions"]["banners"].is_array(),
            "{index}: {answer}"
        );
    }
}

#[tokio::test]
async fn an_unknown_include_is_422() {
    let shop = Shop::open().await;
    let cart = path(&shop.calendars().await);
    let reply = shop
        .get(&format!("{cart}?include=redirect_urls,customer"))
        .await;
    assert_eq!(reply.status, 422);
    assert_eq!(
        reply.json()["errors"],
        json!({"include": "customer cannot be included"})
    );
}

#[tokio::test]
async fn banners_are_an_array_inside_an_object() {
    let shop = Shop::open().await;
    let cart = path(&shop.calendars().await);
    let promotions = shop
        .get(&format!("{cart}?include=promotions.banners"))
        .await
        .data()["promotions"]
        .clone();
    assert_eq!(
        sorted(keys(&promotions["banners"][0])),
        ["id", "page", "text", "type"]
    );
    assert!(promotions["banners"][0]["page"].is_array());
}
