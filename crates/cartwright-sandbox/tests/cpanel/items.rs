//! The items of a shopping cart: how they are spelled in a call, and what they hold.

use serde_json::{Value, json};

use crate::account::{Account, Reply};

fn products(reply: &Reply) -> Vec<Value> {
    let data = reply.data();
    let items = data["order_items"].as_array().unwrap();
    items
        .iter()
        .map(|item| item["product_id"].clone())
        .collect()
}

#[tokio::test]
async fn items_come_by_every_documented_spelling_in_a_query_and_in_a_form() {
    let account = Account::open().await;
    for names in [
        ["item", "item", "item"],
        ["item-0", "item-1", "item-2"],
        ["item-1", "item-2", "item-3"],
        ["item", "item-0", "item-1"],
        ["item", "item-1", "item-2"],
    ] {
        let items = [
            (names[0], r#"{"product_id":1}"#),
            (names[1], r#"{"product_id":"2"}"#),
            (names[2], r#"{"product_id":3}"#),
        ];
        let cart = account.cart(&items);
        let get = account.get("create_shopping_cart", &cart).await;
        let post = account.post("create_shopping_cart", &cart).await;
        for reply in [get, post] {
            assert_eq!(
                products(&reply),
                [json!(1), json!("2"), json!(3)],
                "{names:?}"
            );
        }
    }
}

#[tokio::test]
async fn numbered_items_stand_in_the_order_of_their_numbers() {
    let account = Account::open().await;
    let cart = account.cart(&[
        ("item-10", r#"{"product_id":10}"#),
        ("item-9", r#"{"product_id":9}"#),
    ]);
    let reply = account.get("create_shopping_cart", &cart).await;
    assert_eq!(products(&reply), [json!(9), json!(10)]);
}

#[tokio::test]
async fn arrays_spelled_in_another_way_are_lost() {
    let account = Account::open().await;
    for name in ["item[]", "item[0]", "item_0", "items", "Item"] {
        let cart = account.cart(&[(name, r#"{"product_id":1}"#)]);
        let reply = account.get("create_shopping_cart", &cart).await;
        assert_eq!(reply.why(), "The parameter \"item\" is missing.", "{name}");
    }
}

#[tokio::test]
async fn an_item_is_a_json_object_with_a_product() {
    let account = Account::open().await;
    let cases = [
        ("", "is not JSON"),
        ("123456", "is not a JSON object"),
        (r#"[{"product_id":1}]"#, "is not a JSON object"),
        (r#"{"product_id":1},{"product_id":2}"#, "is not JSON"),
        ("%7B%22product_id%22%3A1%7D", "is not JSON"),
        ("{}", "has no \"product_id\""),
        (r#"{"product_id":null}"#, "neither a text nor a number"),
        (r#"{"product_id":""}"#, "neither a text nor a number"),
        (r#"{"product_id":[1]}"#, "neither a text nor a number"),
        (r#"{"product_id":true}"#, "neither a text nor a number"),
    ];
    for (item, fault) in cases {
        let cart = account.cart(&[("item", r#"{"product_id":1}"#), ("item", item)]);
        let why = account.get("create_shopping_cart", &cart).await.why();
        assert!(
            why.starts_with("Item 2 ") && why.contains(fault),
            "{item}: {why}"
        );
    }
    assert!(account.sandbox.cpanel_orders().is_empty());
}

#[tokio::test]
async fn what_the_provider_wants_besides_is_free_and_comes_back() {
    let account = Account::open().await;
    let item = json!({
        "product_id": 123456,
        "ips": ["192.0.2.1"],
        "note": "größer & länger = +1%",
        "nested": {"deep": null},
    });
    let text = item.to_string();
    let cart = account.cart(&[("item", &text)]);
    for reply in [
        account.get("create_shopping_cart", &cart).await,
        account.post("create_shopping_cart", &cart).await,
    ] {
        let mut answered = reply.data()["order_items"][0].clone();
        let own_id = answered.as_object_mut().unwrap().remove("order_item_id");
        assert!(own_id.unwrap().is_u64());
        assert_eq!(answered, item);
    }
}

#[tokio::test]
async fn each_item_gets_an_order_item_id_of_the_provider() {
    let account = Account::open().await;
    let sent = r#"{"product_id":1,"order_item_id":1}"#;
    let cart = account.cart(&[("item", sent), ("item", sent)]);
    let data = account.get("create_shopping_cart", &cart).await.data();
    let ids: Vec<u64> = (0..2)
        .map(|place| {
            data["order_items"][place]["order_item_id"]
                .as_u64()
                .unwrap()
        })
        .collect();
    assert_eq!(ids[1], ids[0] + 1);
    assert!(ids[0] >= 1_000_000, "{ids:?}");
}
