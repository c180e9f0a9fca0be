//! Credentials, names of methods, bodies.

use reqwest::Method;
use serde_json::{Value, json};

use crate::market::{ADD, Market, backup, send};

#[tokio::test]
async fn basic_and_bearer_let_in() {
    let market = Market::open().await;
    let body = json!({"params": {"cycle": "monthly", "item": backup()}});
    let request = || market.http.post(market.url(ADD)).json(&body);
    for request in [
        request().basic_auth(&market.user, Some(&market.password)),
        request().bearer_auth(&market.token),
        // A token stands for the password as well.
        request().basic_auth(&market.user, Some(&market.token)),
    ] {
        let reply = send(request).await;
        assert_eq!(
            (reply.status, reply.media_type()),
            (200, "application/json")
        );
        assert_eq!(reply.json()["version"], 1);
    }
}

#[tokio::test]
async fn bad_credentials_are_401() {
    let market = Market::open().await;
    let request = || market.http.post(market.url(ADD));
    for (request, username) in [
        (request(), Value::Null),
        (request().bearer_auth("guess"), Value::Null),
        (request().bearer_auth(&market.password), Value::Null),
        (
            request().basic_auth("guess", Some(&market.password)),
            json!("guess"),
        ),
        (
            request().basic_auth(&market.user, Some("guess")),
            json!(market.user),
        ),
        (
            request().basic_auth(&market.user, None::<&str>),
            json!(market.user),
        ),
        (request().header("Authorization", "Basic ???"), Value::Null),
        (request().header("Authorization", "Basic"), Value::Null),
    ] {
        let reply = send(request).await;
        assert_eq!(reply.status, 401, "{}", reply.text);
        assert!(reply.header("www-authenticate").starts_with("Basic "));
        let body = reply.json();
        assert_eq!(body["error_class"], "LW::Exception::Authorization");
        assert_eq!(body["username"], username);
    }
}

#[tokio::test]
async fn credentials_come_before_everything_else() {
    let market = Market::open().await;
    for method in ["Market/Cart/nothing", "Market/Cart/Discount/add", ""] {
        let reply = send(market.http.delete(market.url(method)).body("{")).await;
        assert_eq!(reply.status, 401, "{method}");
    }
}

#[tokio::test]
async fn a_method_is_taken_in_any_letter_case() {
    let market = Market::open().await;
    let params = json!({"cycle": "monthly", "item": backup()});
    for method in [
        "Market/Cart/Item/add",
        "market/cart/item/add",
        "MARKET/CART/ITEM/ADD",
        "market/Cart/iTEM/Add",
    ] {
        let reply = market.call(method, &params).await;
        assert_eq!(
            (reply.status, &reply.json()["version"]),
            (200, &json!(1)),
            "{method}"
        );
    }
}

#[tokio::test]
async fn an_unknown_method_is_refused_under_200_and_named() {
    let market = Market::open().await;
    for method in [
        "Market/Cart/Item/adds",
        "Market/Cart/Item",
        "Market/Cart/Item/add/",
        "Market/Cart/details",
        "",
    ] {
        let reply = market.call(method, &json!({})).await;
        assert_eq!(reply.status, 200, "{method}");
        let body = reply.json();
        assert_eq!(body["error_class"], "LW::Exception::API::InvalidMethod");
        assert_eq!(body["method"], method);
    }
}

#[tokio::test]
async fn a_neighbouring_method_is_501_and_named() {
    let market = Market::open().await;
    for method in [
        "Account/Auth/claim_auth_hash",
        "Account/Auth/expireToken",
        "Account/Auth/issuejwt",
        "Basket/Item/Config/delete",
        "Basket/Item/add",
        "Market/Cart/Discount/add",
    ] {
        for asked in [method.to_owned(), method.to_lowercase()] {
            let reply = market.call(&asked, &json!({})).await;
            assert_eq!(
                (reply.status, reply.media_type()),
                (501, "application/json")
            );
            let body = reply.json();
            assert_eq!(body["error_class"], "LW::Exception::Incapable");
            assert_eq!(body["capability"], method);
            assert_eq!(
                body["full_message"],
                format!("The sandbox does not implement {method}")
            );
        }
    }
}

#[tokio::test]
async fn another_version_of_the_api_is_no_part_of_the_sandbox() {
    let market = Market::open().await;
    let request = market.http.post(format!("{}/v1/{ADD}", market.base));
    assert_eq!(send(request.bearer_auth(&market.token)).await.status, 404);
}

#[tokio::test]
async fn a_get_is_a_call_without_parameters() {
    let market = Market::open().await;
    let request = || {
        let request = market.http.get(market.url(ADD));
        request.bearer_auth(&market.token)
    };
    let params = json!({"params": {"cycle": "monthly", "item": backup()}});
    for request in [request(), request().json(&params)] {
        let reply = send(request).await;
        assert_eq!(reply.status, 200);
        assert_eq!(reply.json()["field"], json!(["cycle", "item"]));
    }
}

#[tokio::test]
async fn another_http_method_is_405_and_names_the_right_ones() {
    let market = Market::open().await;
    for verb in [Method::PUT, Method::DELETE, Method::PATCH] {
        let request = market.http.request(verb, market.url(ADD));
        let reply = send(request.bearer_auth(&market.token)).await;
        assert_eq!((reply.status, reply.header("allow")), (405, "GET, POST"));
    }
}

#[tokio::test]
async fn what_is_not_a_json_object_is_refused_with_its_text() {
    let market = Market::open().await;
    for body in [
        "{",
        "params",
        "[]",
        "null",
        r#"{"params": []}"#,
        r#"{"params": "x"}"#,
        "{} {}",
    ] {
        let reply = send(market.request(ADD).body(body)).await;
        assert_eq!(reply.status, 200, "{body}");
        let refusal = reply.json();
        assert_eq!(
            refusal["error_class"], "LW::Exception::Deserialize",
            "{body}"
        );
        assert_eq!(refusal["data"], body);
        assert_eq!(refusal["encoding"], "JSON");
    }
}

#[tokio::test]
async fn an_array_nested_without_end_is_refused() {
    let market = Market::open().await;
    let body = format!(r#"{{"params": {{"alsowith": {}"#, "[".repeat(100_000));
    let reply = send(market.request(ADD).body(body)).await;
    assert_eq!(reply.json()["error_class"], "LW::Exception::Deserialize");
}

#[tokio::test]
async fn a_call_without_params_lacks_all_parameters() {
    let market = Market::open().await;
    for body in [
        "",
        "{}",
        r#"{"params": null}"#,
        r#"{"params": {}}"#,
        r#"{"cycle": "monthly"}"#,
    ] {
        let reply = send(market.request(ADD).body(body)).await;
        assert_eq!(reply.status, 200, "{body}");
        assert_eq!(reply.json()["field"], json!(["cycle", "item"]), "{body}");
    }
}

#[tokio::test]
async fn the_environment_points_at_the_sandbox() {
    let market = Market::open().await;
    let vendors = market.sandbox.vendors();
    let mut vendors = vendors.iter();
    let access = vendors.find(|access| access.vendor == "liquidweb").unwrap();
    assert_eq!(access.base_url, market.sandbox.base_url());
    assert_eq!(
        access.environment,
        [
            ("CARTWRIGHT_LIQUIDWEB_USER", "sandbox".to_owned()),
            (
                "CARTWRIGHT_LIQUIDWEB_PASSWORD",
                "sandbox-password".to_owned()
            ),
            ("CARTWRIGHT_LIQUIDWEB_REGION_ID", "1".to_owned()),
            ("CARTWRIGHT_LIQUIDWEB_CYCLE", "monthly".to_owned()),
            ("CARTWRIGHT_LIQUIDWEB_BASE_URL", market.sandbox.base_url()),
        ]
    );
}
