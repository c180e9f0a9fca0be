//! `create_shopping_cart`: an order, its id, where to pay.

use serde_json::json;

use crate::account::{Account, with, without};

const ITEM: (&str, &str) = ("item", r#"{"product_id":123456}"#);

#[tokio::test]
async fn a_shopping_cart_is_an_order_with_an_id_in_digits_and_a_page_to_pay_at() {
    let account = Account::open().await;
    let cart = account.cart(&[ITEM]);
    let data = account.get("create_shopping_cart", &cart).await.data();
    let id = data["order_id"].as_str().unwrap();
    assert!(id.len() == 7 && id.parse::<u64>().is_ok(), "{id}");
    assert_eq!(
        data["checkout_url"],
        format!("https://store.cpanel.example/checkout?order_id={id}")
    );
    let keys: Vec<&String> = data.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["checkout_url", "order_id", "order_items"]);
}

#[tokio::test]
async fn each_call_makes_another_order_since_a_get_repeats_its_effect() {
    let account = Account::open().await;
    let (first, second) = (account.order().await, account.order().await);
    assert_ne!(first, second);
    let orders = account.sandbox.cpanel_orders();
    let kept: Vec<&str> = orders.iter().map(|order| order.order_id.as_str()).collect();
    assert_eq!(kept, [&first, &second]);
}

#[tokio::test]
async fn the_order_is_kept_as_it_was_asked_for() {
    let account = Account::open().await;
    let items = [
        r#"{ "product_id" : 143, "price": 9.10 }"#,
        r#"{"product_id":"176"}"#,
    ];
    let cart = account.cart(&[("item-1", items[0]), ("item-2", items[1])]);
    let cart = with(&cart, "provider", "ExampleMarket");
    let data = account.post("create_shopping_cart", &cart).await.data();
    let order = account.sandbox.cpanel_orders().remove(0);
    assert_eq!(data["order_id"], order.order_id.as_str());
    assert_eq!(order.provider, "ExampleMarket");
    assert_eq!(order.items, items);
    assert_eq!(
        order.url_after_checkout,
        "http://www.example.com/thenextplace"
    );
}

#[tokio::test]
async fn each_parameter_is_required_and_may_not_be_empty() {
    let account = Account::open().await;
    let cart = account.cart(&[ITEM]);
    for name in ["access_token", "provider", "url_after_checkout"] {
        for asked in [without(&cart, name), with(&cart, name, "")] {
            let reply = account.get("create_shopping_cart", &asked).await;
            assert_eq!(reply.why(), format!("The parameter \"{name}\" is missing."));
        }
    }
    let reply = account
        .get("create_shopping_cart", &without(&cart, "item"))
        .await;
    assert_eq!(reply.why(), "The parameter \"item\" is missing.");
}

#[tokio::test]
async fn a_value_that_does_not_fit_fails_and_makes_no_order() {
    let account = Account::open().await;
    let cart = account.cart(&[ITEM]);
    let cases = [
        (
            "access_token",
            "1a676e6f-99fc-11e6-9ab6-e60a769b73bc",
            "refused",
        ),
        ("access_token", account.credential("api_token"), "refused"),
        ("provider", "cpstore", "no provider"),
        ("url_after_checkout", "www.example.com", "not an http"),
        ("url_after_checkout", "https://", "not an http"),
        ("url_after_checkout", "http:///thanks", "not an http"),
        (
            "url_after_checkout",
            "https%3A%2F%2Fshop.example",
            "not an http",
        ),
    ];
    for (name, value, fault) in cases {
        let asked = with(&cart, name, value);
        let why = account.get("create_shopping_cart", &asked).await.why();
        assert!(why.contains(fault), "{name}={value}: {why}");
    }
    assert!(account.sandbox.cpanel_orders().is_empty());
}

#[tokio::test]
async fn of_a_repeated_parameter_the_first_counts() {
    let account = Account::open().await;
    let mut cart = account.cart(&[ITEM]);
    cart.push(("provider", "ExampleMarket"));
    account.get("create_shopping_cart", &cart).await.data();
    assert_eq!(account.sandbox.cpanel_orders()[0].provider, "cPStore");
}

#[tokio::test]
async fn ids_follow_the_seed() {
    let mut answers = Vec::new();
    for seed in [7, 7, 8] {
        let account = Account::with_seed(seed).await;
        let cart = account.cart(&[ITEM]);
        answers.push(account.get("create_shopping_cart", &cart).await.data());
    }
    assert_eq!(answers[0], answers[1]);
    assert_ne!(answers[0]["order_id"], answers[2]["order_id"]);
    assert_ne!(answers[0]["order_items"], answers[2]["order_items"]);
}

#[tokio::test]
async fn a_reset_forgets_the_orders_and_starts_the_ids_again() {
    let account = Account::open().await;
    let first = account.order().await;
    account.sandbox.reset();
    assert!(account.sandbox.cpanel_orders().is_empty());
    let asked = [account.login(), vec![("order_id", first.as_str())]].concat();
    let reply = account.get("set_url_after_checkout", &asked).await;
    assert_eq!(
        reply.json()["data"],
        json!({"error_type": "EntryDoesNotExist"})
    );
    assert_eq!(account.order().await, first);
}
