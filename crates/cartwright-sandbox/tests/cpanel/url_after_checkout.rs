//! `set_url_after_checkout`: the way back, of an order that there is.

use serde_json::json;

use crate::account::{Account, with, without};

#[tokio::test]
async fn the_way_back_of_one_order_is_changed_by_get_and_by_post() {
    let account = Account::open().await;
    let (order, other) = (account.order().await, account.order().await);
    let asked = [account.login(), vec![("order_id", order.as_str())]].concat();
    for url in ["https://shop.example/a?b=c&d=1", "https://shop.example/ü"] {
        let asked = with(&asked, "url_after_checkout", url);
        let reply = if url.contains('?') {
            account.get("set_url_after_checkout", &asked).await
        } else {
            account.post("set_url_after_checkout", &asked).await
        };
        assert_eq!(reply.data(), json!({"error_type": null}));
        let orders = account.sandbox.cpanel_orders();
        assert_eq!(
            (&orders[0].order_id, orders[0].url_after_checkout.as_str()),
            (&order, url)
        );
        assert_eq!(
            (&orders[1].order_id, orders[1].url_after_checkout.as_str()),
            (&other, "http://www.example.com/thenextplace")
        );
    }
}

#[tokio::test]
async fn an_unknown_order_fails_and_keeps_the_details_in_its_data() {
    let account = Account::open().await;
    account.order().await;
    for id in ["8", "99999999999999999999"] {
        let asked = [account.login(), vec![("order_id", id)]].concat();
        let reply = account.get("set_url_after_checkout", &asked).await;
        assert_eq!(reply.why(), format!("cPStore has no order {id}."));
        assert_eq!(
            reply.json()["data"],
            json!({"error_type": "EntryDoesNotExist"}),
            "{id}"
        );
    }
}

#[tokio::test]
async fn an_order_of_another_provider_is_unknown() {
    let account = Account::open().await;
    let order = account.order().await;
    let asked = [account.login(), vec![("order_id", order.as_str())]].concat();
    let asked = with(&asked, "provider", "ExampleMarket");
    let why = account.get("set_url_after_checkout", &asked).await.why();
    assert_eq!(why, format!("ExampleMarket has no order {order}."));
}

#[tokio::test]
async fn an_order_id_is_digits() {
    let account = Account::open().await;
    for id in ["eight", "+8", "-8", "8.0", "8,9", " 8", "８"] {
        let asked = [account.login(), vec![("order_id", id)]].concat();
        let reply = account.get("set_url_after_checkout", &asked).await;
        assert!(reply.why().contains("is not a whole number"), "{id}");
        assert_eq!(reply.json()["data"], json!(null), "{id}");
    }
}

#[tokio::test]
async fn each_parameter_is_required_and_checked_as_for_a_cart() {
    let account = Account::open().await;
    let order = account.order().await;
    let asked = [account.login(), vec![("order_id", order.as_str())]].concat();
    for name in ["access_token", "provider", "url_after_checkout", "order_id"] {
        let reply = account
            .get("set_url_after_checkout", &without(&asked, name))
            .await;
        assert_eq!(reply.why(), format!("The parameter \"{name}\" is missing."));
    }
    for (name, fault) in [
        ("access_token", "refused"),
        ("provider", "no provider"),
        ("url_after_checkout", "not an http"),
    ] {
        let guessed = with(&asked, name, "guess");
        let why = account.get("set_url_after_checkout", &guessed).await.why();
        assert!(why.contains(fault), "{name}: {why}");
    }
    let kept = account.sandbox.cpanel_orders().remove(0);
    assert_eq!(
        kept.url_after_checkout,
        "http://www.example.com/thenextplace"
    );
}
