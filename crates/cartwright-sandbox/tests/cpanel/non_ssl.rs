//! `create_shopping_cart_non_ssl`: an order by a product's name.

use serde_json::json;

use crate::account::{Account, Pairs, with, without};

fn asked(account: &Account) -> Pairs<'_> {
    vec![
        ("access_token", account.credential("access_token")),
        ("product_name", "cpanel-ssl"),
        ("url_after_checkout", "http://www.example.com/thenextplace"),
    ]
}

#[tokio::test]
async fn a_named_product_is_an_order_of_one_item_at_its_provider() {
    let account = Account::open().await;
    let asked = [asked(&account), vec![("domain", "a.example")]].concat();
    let reply = account.get("create_shopping_cart_non_ssl", &asked).await;
    let data = reply.data();
    let id = data["order_id"].as_str().unwrap();
    let item = &data["order_items_ref"][0]["order_item_id"];
    assert!(item.is_u64(), "{item}");
    assert_eq!(
        data,
        json!({
            "checkout_url": format!("https://store.cpanel.example/checkout?order_id={id}"),
            "order_id": id,
            "order_items_ref": [
                {"domain": "a.example", "order_item_id": item, "product_id": 123456},
            ],
        })
    );
    let order = account.sandbox.cpanel_orders().remove(0);
    assert_eq!(
        (order.order_id.as_str(), order.provider.as_str()),
        (id, "cPStore")
    );
}

#[tokio::test]
async fn without_a_domain_the_item_names_none() {
    let account = Account::open().await;
    let asked = with(&asked(&account), "product_name", "example-backup");
    let data = account
        .post("create_shopping_cart_non_ssl", &asked)
        .await
        .data();
    assert_eq!(data["order_items_ref"][0].get("domain"), None);
    assert_eq!(account.sandbox.cpanel_orders()[0].provider, "ExampleMarket");
}

#[tokio::test]
async fn the_way_back_of_such_an_order_can_be_changed() {
    let account = Account::open().await;
    let reply = account
        .get("create_shopping_cart_non_ssl", &asked(&account))
        .await;
    let data = reply.data();
    let changed = with(
        &account.login(),
        "url_after_checkout",
        "https://shop.example/",
    );
    let changed = [
        changed,
        vec![("order_id", data["order_id"].as_str().unwrap())],
    ]
    .concat();
    account.get("set_url_after_checkout", &changed).await.data();
    let order = account.sandbox.cpanel_orders().remove(0);
    assert_eq!(order.url_after_checkout, "https://shop.example/");
}

#[tokio::test]
async fn each_parameter_is_required_and_checked() {
    let account = Account::open().await;
    let asked = asked(&account);
    for (name, fault) in [
        ("access_token", "refused"),
        ("product_name", "no product \"guess\""),
        ("url_after_checkout", "not an http"),
    ] {
        let less = without(&asked, name);
        let why = account
            .get("create_shopping_cart_non_ssl", &less)
            .await
            .why();
        assert_eq!(why, format!("The parameter \"{name}\" is missing."));
        let guess = with(&asked, name, "guess");
        let why = account
            .get("create_shopping_cart_non_ssl", &guess)
            .await
            .why();
        assert!(why.contains(fault), "{name}: {why}");
    }
    assert!(account.sandbox.cpanel_orders().is_empty());
}
