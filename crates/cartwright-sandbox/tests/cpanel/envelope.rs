//! What every bare answer stands in, with nulls and with missing keys.

use cartwright_sandbox::CpanelAnswers;
use reqwest::Method;
use serde_json::{Value, json};

use crate::account::{Account, Reply, encoded, send};

async fn unknown_order(account: &Account) -> Reply {
    let asked = [account.login(), vec![("order_id", "8")]].concat();
    account.get("set_url_after_checkout", &asked).await
}

async fn known_order(account: &Account) -> Reply {
    let order = account.order().await;
    let asked = [account.login(), vec![("order_id", order.as_str())]].concat();
    account.get("set_url_after_checkout", &asked).await
}

#[tokio::test]
async fn a_bare_answer_has_no_wrapping_and_null_for_what_holds_nothing() {
    let account = Account::open().await;
    let reply = known_order(&account).await;
    assert_eq!(reply.header("content-type"), "application/json");
    assert_eq!(
        reply.json(),
        json!({
            "data": {"error_type": null},
            "errors": null,
            "messages": null,
            "metadata": {},
            "status": 1,
            "warnings": null,
        })
    );
}

#[tokio::test]
async fn a_failure_is_200_with_status_0_and_its_reasons() {
    let account = Account::open().await;
    let reply = account.get("create_shopping_cart", &[]).await;
    assert_eq!(reply.status, 200);
    assert_eq!(
        reply.json(),
        json!({
            "data": null,
            "errors": ["The parameter \"access_token\" is missing."],
            "messages": null,
            "metadata": {},
            "status": 0,
            "warnings": null,
        })
    );
}

#[tokio::test]
async fn keys_that_hold_nothing_can_be_left_out() {
    let account = Account::open().await;
    account.sandbox.cpanel_answers(CpanelAnswers::MissingKeys);
    let success = known_order(&account).await;
    assert_eq!(success.json(), json!({"data": {}, "status": 1}));
    let failure = account.get("create_shopping_cart", &[]).await;
    assert_eq!(
        failure.json(),
        json!({"errors": ["The parameter \"access_token\" is missing."], "status": 0})
    );
    let detailed = unknown_order(&account).await;
    assert_eq!(
        detailed.json(),
        json!({
            "data": {"error_type": "EntryDoesNotExist"},
            "errors": ["cPStore has no order 8."],
            "status": 0,
        })
    );
}

#[tokio::test]
async fn nulls_within_an_item_are_the_callers_and_stay() {
    let account = Account::open().await;
    account.sandbox.cpanel_answers(CpanelAnswers::MissingKeys);
    let cart = account.cart(&[("item", r#"{"product_id":1,"note":null}"#)]);
    let data = account.get("create_shopping_cart", &cart).await.data();
    assert_eq!(data["order_items"][0].get("note"), Some(&Value::Null));
}

#[tokio::test]
async fn the_way_to_answer_is_set_for_the_wrapped_answer_too_and_outlives_a_reset() {
    let account = Account::open().await;
    account.sandbox.cpanel_answers(CpanelAnswers::MissingKeys);
    account.sandbox.reset();
    let query = encoded(&[
        ("cpanel_jsonapi_apiversion", "3"),
        ("cpanel_jsonapi_module", "Market"),
        ("cpanel_jsonapi_func", "create_shopping_cart"),
    ]);
    let path = format!("/json-api/cpanel?{query}");
    let reply = send(account.request(Method::GET, &path)).await;
    let keys: Vec<String> = reply.json()["result"]
        .as_object()
        .unwrap()
        .keys()
        .cloned()
        .collect();
    assert_eq!(keys, ["errors", "status"]);
    account.sandbox.cpanel_answers(CpanelAnswers::Nulls);
    let reply = send(account.request(Method::GET, &path)).await;
    assert_eq!(reply.json()["result"]["messages"], Value::Null);
    assert_eq!(reply.json()["result"].as_object().unwrap().len(), 6);
}
