//! `/json-api/cpanel`: the same functions, answered in `result`.

use reqwest::Method;
use reqwest::header::CONTENT_TYPE;
use serde_json::json;

use crate::account::{Account, Pairs, Reply, encoded, send};

fn naming(function: &str) -> Pairs<'_> {
    vec![
        ("cpanel_jsonapi_module", "Market"),
        ("cpanel_jsonapi_func", function),
        ("cpanel_jsonapi_apiversion", "3"),
    ]
}

async fn get(account: &Account, pairs: &[(&str, &str)]) -> Reply {
    let path = format!("/json-api/cpanel?{}", encoded(pairs));
    send(account.request(Method::GET, &path)).await
}

#[tokio::test]
async fn a_wrapped_answer_names_what_was_called_and_holds_the_bare_one() {
    let account = Account::open().await;
    let wrapped = get(&account, &naming("get_providers_list")).await;
    let bare = account.get("get_providers_list", &[]).await;
    assert_eq!(wrapped.status, 200);
    assert_eq!(
        wrapped.json(),
        json!({
            "apiversion": 3,
            "func": "get_providers_list",
            "module": "Market",
            "result": bare.json(),
        })
    );
}

#[tokio::test]
async fn a_wrapped_call_works_on_the_same_orders_by_get_and_by_post() {
    let account = Account::open().await;
    let cart = account.cart(&[("item", r#"{"product_id":1}"#)]);
    let asked = [naming("create_shopping_cart"), cart].concat();
    let order = get(&account, &asked).await.json()["result"]["data"]["order_id"]
        .as_str()
        .unwrap()
        .to_owned();
    let back = [
        naming("set_url_after_checkout"),
        account.login(),
        vec![("order_id", order.as_str())],
    ]
    .concat();
    let request = account
        .request(Method::POST, "/json-api/cpanel")
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(encoded(&back));
    assert_eq!(send(request).await.json()["result"]["status"], 1);
    assert_eq!(account.sandbox.cpanel_orders()[0].order_id, order);
}

#[tokio::test]
async fn a_wrapped_failure_is_200_and_has_its_status_within() {
    let account = Account::open().await;
    let reply = get(&account, &naming("create_shopping_cart")).await;
    let body = reply.json();
    assert_eq!(reply.status, 200);
    assert_eq!(body.get("status"), None);
    assert_eq!(body["result"]["status"], 0);
    assert_eq!(
        body["result"]["errors"],
        json!(["The parameter \"access_token\" is missing."])
    );
}

#[tokio::test]
async fn a_function_of_another_module_is_501_in_the_wrapping() {
    let account = Account::open().await;
    let asked = crate::account::with(&naming("list_pops"), "cpanel_jsonapi_module", "Email");
    let reply = get(&account, &asked).await;
    assert_eq!(
        (reply.status, reply.json()["func"].as_str()),
        (501, Some("list_pops"))
    );
    assert_eq!(
        reply.json()["result"]["errors"],
        json!(["Email::list_pops is not built in this sandbox."])
    );
}

#[tokio::test]
async fn another_api_version_or_a_call_without_a_name_is_an_older_error() {
    let account = Account::open().await;
    let naming = naming("get_providers_list");
    let mut cases: Vec<Pairs<'_>> = (0..3)
        .map(|left_out| {
            let mut pairs = naming.clone();
            pairs.remove(left_out);
            pairs
        })
        .collect();
    cases.push(crate::account::with(
        &naming,
        "cpanel_jsonapi_apiversion",
        "2",
    ));
    for pairs in cases {
        let reply = get(&account, &pairs).await;
        let error = &reply.json()["cpanelresult"];
        assert_eq!(reply.status, 200, "{pairs:?}");
        assert_eq!(error["data"]["result"], "0", "{pairs:?}");
    }
}
