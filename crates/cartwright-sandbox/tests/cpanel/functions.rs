//! Which functions there are, how they are called, and the list of providers.

use reqwest::Method;
use reqwest::header::CONTENT_TYPE;
use serde_json::json;

use crate::account::{Account, encoded, send};

#[tokio::test]
async fn the_providers_are_a_list_of_names_and_names_to_show() {
    let account = Account::open().await;
    let expected = json!([
        {"name": "cPStore", "display_name": "cPanel Store"},
        {"name": "ExampleMarket", "display_name": "Example Market"},
    ]);
    let get = account.get("get_providers_list", &[]).await;
    let post = account.post("get_providers_list", &[]).await;
    assert_eq!((get.data(), post.data()), (expected.clone(), expected));
}

#[tokio::test]
async fn every_documented_function_that_is_not_built_is_501_and_named_in_a_failure() {
    let account = Account::open().await;
    let functions = [
        "get_all_products",
        "get_login_url",
        "validate_login_token",
        "create_shopping_cart_non_ssl",
        "get_product_info",
        "get_build_cart_url",
        "get_completion_url",
        "get_license_info",
        "set_status_of_pending_queue_items",
        "request_ssl_certificates",
        "get_pending_ssl_certificates",
        "cancel_pending_ssl_certificate",
        "process_ssl_pending_queue",
        "get_ssl_certificate_if_available",
        "get_certificate_status_details",
        "get_provider_specific_dcv_constraints",
    ];
    for function in functions {
        let reply = account.get(function, &[]).await;
        assert_eq!(reply.status, 501, "{function}");
        assert_eq!(
            reply.json(),
            json!({
                "data": null,
                "errors": [format!("Market::{function} is not built in this sandbox.")],
                "messages": null,
                "metadata": {},
                "status": 0,
                "warnings": null,
            })
        );
    }
}

#[tokio::test]
async fn a_function_that_market_has_not_is_a_failure_under_200() {
    let account = Account::open().await;
    for function in ["get_pending_queue", "Get_Providers_List"] {
        let reply = account.get(function, &[]).await;
        assert!(reply.why().contains("has no function"), "{function}");
    }
}

#[tokio::test]
async fn a_path_that_is_not_utf_8_names_no_function() {
    let account = Account::open().await;
    let why = account.get("%ff", &[]).await.why();
    assert_eq!(why, "The path names no function.");
}

#[tokio::test]
async fn a_function_of_another_module_is_501_and_named() {
    let account = Account::open().await;
    let reply = send(account.request(Method::GET, "/execute/Email/list_pops")).await;
    assert_eq!(reply.status, 501);
    assert_eq!(
        reply.json()["errors"],
        json!(["Email::list_pops is not built in this sandbox."])
    );
}

#[tokio::test]
async fn another_method_is_405_and_names_the_right_ones() {
    let account = Account::open().await;
    let path = "/execute/Market/get_providers_list";
    let reply = send(account.request(Method::PUT, path)).await;
    assert_eq!(
        (reply.status, reply.header("allow")),
        (405, "GET,HEAD,POST")
    );
    assert_eq!(reply.json()["status"], 0);
}

#[tokio::test]
async fn the_form_of_a_post_adds_to_its_query() {
    let account = Account::open().await;
    let path = format!(
        "/execute/Market/create_shopping_cart?{}",
        encoded(&account.login())
    );
    let request = account
        .request(Method::POST, &path)
        .header(
            CONTENT_TYPE,
            "application/x-www-form-urlencoded; charset=utf-8",
        )
        .body(encoded(&[("item", r#"{"product_id":1}"#)]));
    assert_eq!(
        send(request).await.data()["order_items"][0]["product_id"],
        1
    );
}

#[tokio::test]
async fn a_body_that_is_no_form_is_not_looked_at() {
    let account = Account::open().await;
    let cart = account.cart(&[("item", r#"{"product_id":1}"#)]);
    for media_type in ["application/json", "text/plain"] {
        let request = account
            .request(Method::POST, "/execute/Market/create_shopping_cart")
            .header(CONTENT_TYPE, media_type)
            .body(encoded(&cart));
        let why = send(request).await.why();
        assert_eq!(why, "The parameter \"access_token\" is missing.");
    }
}
