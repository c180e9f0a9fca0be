//! Products: variants, modifiers, quantities.

use serde_json::{Value, json};

use crate::shop::{Reply, Shop, line_path, path};

async fn create(shop: &Shop, line: &Value) -> Reply {
    shop.post(
        "/carts?include=line_items.physical_items.options,line_items.digital_items.options",
        &json!({"line_items": [line]}),
    )
    .await
}

async fn options(line: &Value) -> Value {
    let reply = create(&Shop::open().await, line).await;
    assert_eq!(reply.status, 201, "{line}: {}", reply.text);
    reply.data()["line_items"]["physical_items"][0]["options"].clone()
}

#[tokio::test]
async fn a_product_that_is_not_there_is_422_with_the_field() {
    let reply = create(
        &Shop::open().await,
        &json!({"product_id": 999, "quantity": 1}),
    )
    .await;
    assert_eq!(reply.status, 422);
    assert_eq!(
        reply.json()["errors"],
        json!({"line_items[0].product_id": "there is no product 999"})
    );
}

#[tokio::test]
async fn a_product_that_cannot_be_bought_is_422_with_the_field() {
    let reply = create(
        &Shop::open().await,
        &json!({"product_id": 170, "quantity": 1}),
    )
    .await;
    assert_eq!(reply.status, 422);
    assert_eq!(
        reply.json()["errors"],
        json!({"line_items[0].product_id": "Archive Print cannot be purchased"})
    );
}

#[tokio::test]
async fn a_product_with_variants_wants_one() {
    let reply = create(
        &Shop::open().await,
        &json!({"product_id": 118, "quantity": 1}),
    )
    .await;
    assert_eq!(reply.status, 422);
    let problem = reply.json();
    assert_eq!(problem["title"], "Missing or incorrect required fields");
    assert_eq!(
        problem["errors"],
        json!({"variant": "This product has options, variant ID is required"})
    );
}

#[tokio::test]
async fn a_variant_is_named_by_its_id_or_by_its_options() {
    let shop = Shop::open().await;
    let size = json!({"option_id": 125, "option_value": 127});
    let color = json!({"option_id": 133, "option_value": 149});
    for line in [
        json!({"product_id": 118, "quantity": 1, "variant_id": 141}),
        json!({"product_id": 118, "quantity": 1, "option_selections": [size, color]}),
        json!({"product_id": 118, "quantity": 1, "variant_id": 141, "option_selections": [color]}),
    ] {
        let item = create(&shop, &line).await.data()["line_items"]["physical_items"][0].clone();
        assert_eq!(
            (&item["variant_id"], &item["sku"], &item["list_price"]),
            (&json!(141), &json!("SHIRT-S-RED"), &json!(19.99)),
            "{line}"
        );
    }
}

#[tokio::test]
async fn a_variant_or_option_that_does_not_fit_is_422() {
    let shop = Shop::open().await;
    let select = |option_id: i64, option_value: Value| json!({"option_id": option_id, "option_value": option_value});
    for (variant_id, selections, field) in [
        (Some(150), json!([]), "variant"),
        (Some(140), json!([select(133, json!(149))]), "variant"),
        (None, json!([select(125, json!(127))]), "variant"),
        (
            None,
            json!([select(125, json!(130)), select(133, json!(149))]),
            "variant",
        ),
        (
            Some(140),
            json!([select(8, json!("Yes"))]),
            "line_items[0].option_selections[0].option_id",
        ),
        (
            Some(140),
            json!([select(125, json!(1))]),
            "line_items[0].option_selections[0].option_value",
        ),
        (
            Some(140),
            json!([select(126, json!("Maybe"))]),
            "line_items[0].option_selections[0].option_value",
        ),
        (
            Some(140),
            json!([select(126, json!(true))]),
            "line_items[0].option_selections[0].option_value",
        ),
        (
            Some(140),
            json!([{"option_value": 1}]),
            "line_items[0].option_selections[0].option_id",
        ),
        (
            Some(140),
            json!([{"option_id": 126}]),
            "line_items[0].option_selections[0].option_value",
        ),
    ] {
        let mut line = json!({"product_id": 118, "quantity": 1, "option_selections": selections});
        if let Some(id) = variant_id {
            line["variant_id"] = json!(id);
        }
        let reply = create(&shop, &line).await;
        assert_eq!(reply.status, 422, "{line}");
        assert!(
            reply.json()["errors"].get(field).is_some(),
            "{line}: {}",
            reply.text
        );
    }
}

#[tokio::test]
async fn a_missing_required_modifier_is_422_and_named() {
    let shop = Shop::open().await;
    for (product, name) in [(77, "Gift Box"), (128, "First Day")] {
        let reply = create(&shop, &json!({"product_id": product, "quantity": 1})).await;
        assert_eq!(reply.status, 422, "{name}");
        assert!(reply.json()["errors"].get(name).is_some(), "{}", reply.text);
    }
}

#[tokio::test]
async fn options_list_the_variant_first_and_then_the_modifiers() {
    let line = json!({"product_id": 118, "quantity": 1, "variant_id": 140, "option_selections": [{"option_id": 126, "option_value": 128}]});
    assert_eq!(
        options(&line).await,
        json!([
            {"name": "Size", "nameId": 125, "value": "Small", "valueId": 127},
            {"name": "Color", "nameId": 133, "value": "Blue", "valueId": 148},
            {"name": "Add a $5 Donation", "nameId": 126, "value": "Yes", "valueId": 128},
        ])
    );
}

#[tokio::test]
async fn a_choice_is_taken_by_number_digits_or_label() {
    for value in [json!(66), json!("66"), json!("Yes")] {
        let line = json!({"product_id": 77, "quantity": 1, "option_selections": [{"option_id": 8, "option_value": value}]});
        assert_eq!(
            options(&line).await,
            json!([{"name": "Gift Box", "nameId": 8, "value": "Yes", "valueId": 66}]),
            "{value}"
        );
    }
}

#[tokio::test]
async fn a_date_is_answered_with_the_id_of_its_wire_form() {
    for (value, id) in [
        (json!(1_743_570_000), json!(1_743_570_000)),
        (
            json!({"day": "02", "month": "04", "year": "2025"}),
            json!("2025-04-02"),
        ),
    ] {
        let line = json!({"product_id": 128, "quantity": 1, "option_selections": [{"option_id": 147, "option_value": value}]});
        assert_eq!(
            options(&line).await,
            json!([{"name": "First Day", "nameId": 147, "value": "2025-04-02", "valueId": id}]),
            "{value}"
        );
    }
}

#[tokio::test]
async fn a_selection_may_override_what_is_shown() {
    let selection = json!({"option_id": 125, "option_value": 127, "name": "بحجم", "value": "صغير"});
    let line = json!({"product_id": 118, "quantity": 2, "variant_id": 140, "list_price": 25, "name": "قميص", "option_selections": [selection]});
    assert_eq!(
        options(&line).await[0],
        json!({"name": "بحجم", "nameId": 125, "value": "صغير", "valueId": 127})
    );
}

#[tokio::test]
async fn a_digital_product_shows_its_options_too() {
    let line = json!({"product_id": 152, "quantity": 1, "option_selections": [{"option_id": 154, "option_value": 156}]});
    let cart = create(&Shop::open().await, &line).await.data();
    assert_eq!(
        cart["line_items"]["digital_items"][0]["options"],
        json!([{"name": "Format", "nameId": 154, "value": "PDF", "valueId": 156}])
    );
}

fn brushes(quantity: i64) -> Value {
    json!({"product_id": 160, "quantity": quantity})
}

#[tokio::test]
async fn more_than_the_maximum_is_422_without_errors() {
    let reply = create(&Shop::open().await, &brushes(6)).await;
    assert_eq!(reply.status, 422);
    let problem = reply.json();
    assert_eq!(
        problem["title"],
        "You can only purchase a maximum of 5 of the Dustpan & Brush per order."
    );
    assert!(problem.get("errors").is_none(), "{problem}");
}

#[tokio::test]
async fn less_than_the_minimum_is_422_without_errors() {
    let reply = create(&Shop::open().await, &brushes(1)).await;
    assert_eq!(reply.status, 422);
    assert_eq!(
        reply.json()["title"],
        "You can only purchase a minimum of 2 of the Dustpan & Brush per order."
    );
}

#[tokio::test]
async fn the_maximum_holds_for_added_and_updated_lines() {
    let shop = Shop::open().await;
    let cart = create(&shop, &brushes(4)).await.data();
    let added = shop
        .post(
            &format!("{}/items", path(&cart)),
            &json!({"line_items": [brushes(2)]}),
        )
        .await;
    let updated = shop
        .put(
            &line_path(&cart, "physical_items", 0),
            &json!({"line_item": brushes(6)}),
        )
        .await;
    assert_eq!((added.status, updated.status), (422, 422));
    assert_eq!(shop.get(&path(&cart)).await.data()["version"], 1);
}

#[tokio::test]
async fn the_vendors_own_examples_are_taken() {
    let shop = Shop::open().await;
    for body in [
        json!({"customer_id": 0, "line_items": [{"quantity": 2, "product_id": 126, "list_price": 5, "name": "calendar"}],
               "channel_id": 1, "currency": {"code": "USD"}, "locale": "en-US"}),
        json!({"customer_id": 0, "line_items": [{"quantity": 2, "product_id": 118, "list_price": 25, "variant_id": 140, "name": "قميص",
               "option_selections": [{"option_id": 125, "option_value": 127, "name": "بحجم", "value": "صغير"}]}],
               "channel_id": 1, "currency": {"code": "JOD"}, "locale": "ar-JO"}),
        json!({"customer_id": 0, "line_items": [{"quantity": 1, "variant_id": 141, "product_id": 118, "list_price": 30, "name": "shirt",
               "option_selections": [{"name": "Color", "value": "Red", "option_id": 133, "option_value": 149},
                                     {"name": "Add a $5 Donation", "value": "No", "option_id": 126, "option_value": 129}]}],
               "channel_id": 1, "currency": {"code": "AUD"}, "locale": "en-AU"}),
        json!({"line_items": [{"quantity": 2, "product_id": 77, "list_price": 12.5,
               "option_selections": [{"option_id": 8, "option_value": "Yes"}]}]}),
    ] {
        let reply = shop.post("/carts", &body).await;
        assert_eq!(reply.status, 201, "{body}: {}", reply.text);
    }
}
