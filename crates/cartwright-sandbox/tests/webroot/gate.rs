//! User-Agent, bearer token, scope, paths, media types, the envelope.

use reqwest::Method;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE};
use serde_json::{Value, json};

use crate::partner::{FORM, Partner, order, plain, send};

const CARTS: &str = "/service/api/ecom/shop/carts";

#[tokio::test]
async fn a_request_without_a_user_agent_that_identifies_is_400() {
    let partner = Partner::open().await;
    let tokens = partner.sign_in("ECom.Shop").await;
    let token = tokens["access_token"].as_str().unwrap();
    for path in ["/auth/token", CARTS] {
        for agent in [None, Some(""), Some("Cartwright"), Some("/1.0"), Some("a/")] {
            let request = partner.anonymous(Method::POST, path).bearer_auth(token);
            let request = match agent {
                Some(agent) => request.header("User-Agent", agent),
                None => request,
            };
            let reply = send(request).await;
            assert_eq!(reply.refusal(), (400, Value::Null), "{path} {agent:?}");
            assert!(reply.description().contains("User-Agent"), "{}", reply.text);
        }
    }
}

#[tokio::test]
async fn one_pair_of_name_and_version_identifies() {
    let partner = Partner::open().await;
    let tokens = partner.sign_in("ECom.Shop").await;
    for agent in ["Shop/1", "Mozilla (X11) Shop/1.0 cartwright/0.1"] {
        let reply = send(
            partner
                .anonymous(Method::GET, &format!("{CARTS}/none"))
                .header("User-Agent", agent)
                .bearer_auth(tokens["access_token"].as_str().unwrap()),
        )
        .await;
        assert_eq!(reply.status, 404, "{agent}");
    }
}

#[tokio::test]
async fn a_missing_or_unknown_token_is_401_invalid_token() {
    let partner = Partner::open().await;
    let tokens = partner.sign_in("ECom.Shop").await;
    let token = tokens["access_token"].as_str().unwrap();
    for header in [
        None,
        Some("Bearer".to_owned()),
        Some("Bearer wrong".to_owned()),
        Some(format!("Basic {token}")),
        Some(token.to_owned()),
    ] {
        for path in [CARTS, "/service/nowhere"] {
            let request = partner.bare(Method::GET, path);
            let request = match &header {
                Some(header) => request.header(AUTHORIZATION, header),
                None => request,
            };
            let reply = send(request).await;
            assert_eq!(reply.refusal(), (401, json!("invalid_token")), "{header:?}");
        }
    }
}

#[tokio::test]
async fn a_token_for_something_else_is_403_insufficient_scope() {
    let partner = Partner::open().await;
    for (scope, status) in [
        ("Console.GSM", 403),
        ("ECom.Shop", 404),
        ("Console.GSM,ECom.Shop", 404),
        ("ECom.*", 404),
        ("*", 404),
    ] {
        let tokens = partner.sign_in(scope).await;
        let reply = send(partner.with_token(Method::GET, "/carts/none", &tokens)).await;
        assert_eq!(reply.status, status, "{scope}");
        if status == 403 {
            assert_eq!(reply.json()["error"], "insufficient_scope");
        }
    }
}

#[tokio::test]
async fn the_envelope_has_these_five_keys() {
    let partner = Partner::open().await;
    let reply = partner.get("/carts/MSP0000000000").await;
    assert_eq!(reply.media_type(), "application/json");
    let mut envelope = reply.json();
    let id = envelope.as_object_mut().unwrap().remove("requestId");
    assert_eq!(id.unwrap().as_str().unwrap().len(), 36);
    assert_eq!(
        envelope,
        json!({
            "statusCode": 404,
            "error": null,
            "error_description": "there is no cart with the order code \"MSP0000000000\"",
            "AdditionalInformation": {},
        })
    );
}

#[tokio::test]
async fn each_refusal_has_a_request_id_of_its_own() {
    let partner = Partner::open().await;
    let (first, second) = (
        partner.get("/carts/none").await.json(),
        partner.get("/carts/none").await.json(),
    );
    assert_ne!(first["requestId"], second["requestId"]);
}

#[tokio::test]
async fn what_the_specification_leaves_out_is_501_and_named() {
    let partner = Partner::open().await;
    for (method, path, name) in [
        (
            Method::GET,
            "/products/K1/childlicenses",
            "GET /api/ecom/shop/products/{keycode}/childlicenses",
        ),
        (
            Method::DELETE,
            "/products/K1/licensecategory/SAEP",
            "DELETE /api/ecom/shop/products/{keycode}/licensecategory/{licenseCategoryName}",
        ),
        (Method::POST, "/trials", "POST /api/ecom/shop/trials"),
        (
            Method::POST,
            "/trials/K1/modules",
            "POST /api/ecom/shop/trials/{keycode}/modules",
        ),
    ] {
        let reply = send(partner.request(method, path).await).await;
        assert_eq!(reply.refusal(), (501, Value::Null), "{name}");
        assert_eq!(
            reply.description(),
            format!("the sandbox does not implement {name}")
        );
    }
}

#[tokio::test]
async fn what_the_vendor_has_none_of_is_404_or_405() {
    let partner = Partner::open().await;
    for (method, path, status) in [
        (Method::GET, "/carts", 405),
        (Method::PUT, "/carts/MSP1", 405),
        (Method::PATCH, "/carts/MSP1", 405),
        (Method::DELETE, "/carts/MSP1", 405),
        (Method::DELETE, "/orders", 405),
        (Method::GET, "/orders", 405),
        (Method::PUT, "/carts/MSP1/customers", 405),
        (Method::POST, "/products/K1", 405),
        (Method::POST, "/carts/MSP1/items", 404),
        (Method::GET, "/carts/%FF", 404),
        (Method::GET, "/carts/", 404),
        (Method::GET, "", 404),
    ] {
        let reply = send(partner.request(method.clone(), path).await).await;
        assert_eq!(reply.refusal(), (status, Value::Null), "{method} {path}");
    }
    let reply = send(partner.bare(Method::GET, "/auth/token")).await;
    assert_eq!(reply.refusal(), (405, Value::Null));
}

#[tokio::test]
async fn a_body_must_be_declared_as_json() {
    let partner = Partner::open().await;
    let body = order("MSP", &[plain("SAEP")]).to_string();
    for (media_type, status) in [
        (None, 415),
        (Some("application/xml"), 415),
        (Some("text/json"), 415),
        (Some(FORM), 415),
        (Some("application/json"), 200),
        (Some("Application/JSON; charset=utf-8"), 200),
    ] {
        let request = partner.request(Method::POST, "/carts").await;
        let request = match media_type {
            Some(media_type) => request.header(CONTENT_TYPE, media_type),
            None => request,
        };
        let reply = send(request.body(body.clone())).await;
        assert_eq!(reply.status, status, "{media_type:?}");
    }
}

#[tokio::test]
async fn a_body_that_is_no_json_object_is_400() {
    let partner = Partner::open().await;
    for body in ["", "{", "[]", "null", "\"MSP\"", "{\"a\":1}}"] {
        let request = partner.request(Method::POST, "/carts").await;
        let request = request.header(CONTENT_TYPE, "application/json").body(body);
        assert_eq!(send(request).await.refusal(), (400, Value::Null), "{body}");
    }
}
