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

/// All functions, and whether each succeeds when it is asked nothing.
const FUNCTIONS: [(&str, bool); 19] = [
    ("create_shopping_cart", false),
    ("create_shopping_cart_non_ssl", false),
    ("set_url_after_checkout", false),
    ("get_providers_list", true),
    ("get_all_products", true),
    ("get_product_info", false),
    ("get_build_cart_url", false),
    ("get_completion_url", false),
    ("get_license_info", true),
    ("get_login_url", false),
    ("validate_login_token", false),
    ("request_ssl_certificates", false),
    ("get_pending_ssl_certificates", false),
    ("set_status_of_pending_queue_items", false),
    ("cancel_pending_ssl_certificate", false),
    ("process_ssl_pending_queue", true),
    ("get_ssl_certificate_if_available", false),
    ("get_certificate_status_details", false),
    ("get_provider_specific_dcv_constraints", false),
];

#[tokio::test]
async fn every_documented_function_answers_200_by_get_and_by_post_and_names_what_it_misses() {
    let account = Account::open().await;
    for (function, succeeds) in FUNCTIONS {
        let get = account.get(function, &[]).await;
        let post = account.post(function, &[]).await;
        assert_eq!((get.status, get.json()), (200, post.json()), "{function}");
        if succeeds {
            get.data();
        } else {
            assert!(get.why().ends_with("is missing."), "{function}");
        }
    }
}

#[tokio::test]
async fn every_documented_function_is_401_without_credentials() {
    let account = Account::open().await;
    for (function, _) in FUNCTIONS {
        let path = format!("/execute/Market/{function}");
        let reply = send(account.bare(Method::GET, &path)).await;
        assert_eq!(reply.status, 401, "{function}");
    }
}

#[tokio::test]
async fn every_documented_function_answers_wrapped_what_it_answers_bare() {
    let account = Account::open().await;
    for (function, _) in FUNCTIONS {
        let query = encoded(&[
            ("cpanel_jsonapi_apiversion", "3"),
            ("cpanel_jsonapi_module", "Market"),
            ("cpanel_jsonapi_func", function),
        ]);
        let path = format!("/json-api/cpanel?{query}");
        let wrapped = send(account.request(Method::GET, &path)).await.json();
        let bare = account.get(function, &[]).await.json();
        assert_eq!(wrapped["func"], function);
        assert_eq!(wrapped["result"], bare, "{function}");
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
