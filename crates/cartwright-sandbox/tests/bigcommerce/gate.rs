//! Authentication, media types, routes, rate-limit headers.

use std::time::Duration;

use reqwest::Method;
use reqwest::header::CONTENT_TYPE;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::shop::{Shop, path, send};

#[tokio::test]
async fn a_missing_or_wrong_token_is_401() {
    let shop = Shop::open().await;
    let url = format!("{}/v3/carts/x", shop.base);
    for request in [
        shop.bare(Method::GET, &url),
        shop.bare(Method::GET, &url).header("X-Auth-Token", "guess"),
    ] {
        let reply = send(request).await;
        assert_eq!(
            (reply.status, reply.media_type()),
            (401, "application/json")
        );
        assert_eq!(reply.json()["title"], "Unauthorized");
    }
}

#[tokio::test]
async fn another_store_is_403_as_a_problem_document() {
    let shop = Shop::open().await;
    let url = format!("{}/stores/other/v3/carts/x", shop.sandbox.base_url());
    let reply = send(
        shop.bare(Method::GET, &url)
            .header("X-Auth-Token", &shop.token),
    )
    .await;
    assert_eq!(
        (reply.status, reply.media_type()),
        (403, "application/problem+json")
    );
}

#[tokio::test]
async fn an_unknown_route_is_404_with_a_title() {
    let shop = Shop::open().await;
    for unknown in ["/cart", "/carts/x/lines", "/carts/x/items/y/z", "/carts/"] {
        let reply = shop.get(unknown).await;
        assert_eq!(
            (reply.status, reply.media_type()),
            (404, "application/problem+json"),
            "{unknown}"
        );
        assert_eq!(reply.json()["title"], "Not Found", "{unknown}");
    }
}

#[tokio::test]
async fn a_wrong_method_is_405_and_names_the_right_ones() {
    let shop = Shop::open().await;
    let reply = shop.delete("/carts").await;
    assert_eq!(reply.status, 405);
    assert_eq!(reply.header("allow"), "POST");
}

#[tokio::test]
async fn a_body_without_the_json_media_type_is_415() {
    let shop = Shop::open().await;
    let cart = path(&shop.calendars().await);
    let cases = [
        (Method::POST, "/carts".to_owned()),
        (Method::PUT, cart.clone()),
        (Method::POST, format!("{cart}/items")),
        (Method::POST, format!("{cart}/redirect_urls")),
        (Method::DELETE, format!("{cart}/items/x")),
    ];
    for (method, path) in cases {
        for media_type in [
            "text/plain",
            "application/x-www-form-urlencoded",
            "application/jsonp",
        ] {
            let reply = send(
                shop.request(method.clone(), &path)
                    .header(CONTENT_TYPE, media_type)
                    .body("{}"),
            )
            .await;
            assert_eq!(reply.status, 415, "{method} {path} {media_type}");
        }
    }
}

#[tokio::test]
async fn a_post_without_a_media_type_is_415_even_when_empty() {
    let shop = Shop::open().await;
    let cart = path(&shop.calendars().await);
    let reply = send(shop.request(Method::POST, &format!("{cart}/redirect_urls"))).await;
    assert_eq!(reply.status, 415);
}

#[tokio::test]
async fn the_json_media_type_may_carry_a_charset_and_any_letter_case() {
    let shop = Shop::open().await;
    let body = json!({"line_items": [{"product_id": 126, "quantity": 1}]}).to_string();
    for media_type in ["application/json; charset=utf-8", "Application/JSON"] {
        let reply = send(
            shop.request(Method::POST, "/carts")
                .header(CONTENT_TYPE, media_type)
                .body(body.clone()),
        )
        .await;
        assert_eq!(reply.status, 201, "{media_type}");
    }
}

#[tokio::test]
async fn malformed_json_is_400() {
    let shop = Shop::open().await;
    for body in ["", "{", "{\"line_items\": [}", "nonsense", "{} {}"] {
        let request = shop
            .request(Method::POST, "/carts")
            .header(CONTENT_TYPE, "application/json")
            .body(body);
        let reply = send(request).await;
        assert_eq!(reply.status, 400, "{body:?}");
        assert!(reply.json().get("errors").is_none(), "{body:?}");
    }
}

#[tokio::test]
async fn a_body_that_is_not_an_object_is_422() {
    let shop = Shop::open().await;
    for body in [json!([]), json!("text"), json!(1), json!(null)] {
        assert_eq!(shop.post("/carts", &body).await.status, 422, "{body}");
    }
}

#[tokio::test]
async fn a_body_of_more_than_two_mebibytes_is_413() {
    let shop = Shop::open().await;
    let body = "x".repeat(2 * 1024 * 1024 + 1);
    let reply = send(
        shop.request(Method::POST, "/carts")
            .header(CONTENT_TYPE, "application/json")
            .body(body),
    )
    .await;
    assert_eq!(reply.status, 413);
}

#[tokio::test]
async fn every_answer_of_a_store_with_a_quota_carries_the_rate_limit_headers() {
    let shop = Shop::with_quota().await;
    let cart = path(&shop.calendars().await);
    let unauthorized = shop.bare(Method::GET, &format!("{}/v3/carts/x", shop.base));
    let replies = [
        shop.get(&cart).await,
        shop.get("/carts/x").await,
        shop.get("/nowhere").await,
        send(unauthorized).await,
        shop.get("/carts/settings").await,
        shop.delete(&cart).await,
    ];
    for (already, reply) in replies.iter().enumerate() {
        let left = (148 - already).to_string();
        assert_eq!(
            reply.header("x-rate-limit-requests-left"),
            left,
            "{}",
            reply.status
        );
        assert_eq!(
            reply.header("x-rate-limit-requests-quota"),
            "150",
            "{}",
            reply.status
        );
        assert_eq!(
            reply.header("x-rate-limit-time-reset-ms"),
            "30000",
            "{}",
            reply.status
        );
        assert_eq!(
            reply.header("x-rate-limit-time-window-ms"),
            "30000",
            "{}",
            reply.status
        );
    }
}

#[tokio::test]
async fn the_rate_limit_window_goes_by_the_clock() {
    let shop = Shop::with_quota().await;
    let seen = |reply: &crate::shop::Reply| {
        (
            reply.header("x-rate-limit-requests-left").to_owned(),
            reply.header("x-rate-limit-time-reset-ms").to_owned(),
        )
    };
    shop.get("/carts/x").await;
    shop.clock.advance(Duration::from_millis(400));
    assert_eq!(
        seen(&shop.get("/carts/x").await),
        ("148".to_owned(), "29600".to_owned())
    );
    shop.clock.advance(Duration::from_secs(30));
    assert_eq!(
        seen(&shop.get("/carts/x").await),
        ("149".to_owned(), "30000".to_owned())
    );
}

#[tokio::test]
async fn rate_limit_headers_are_lower_case_on_the_wire() {
    let shop = Shop::with_quota().await;
    let mut stream = tokio::net::TcpStream::connect(shop.sandbox.addr())
        .await
        .unwrap();
    stream
        .write_all(
            b"GET /stores/x/v3/carts/y HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        )
        .await
        .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(
        answer.contains("\r\nx-rate-limit-requests-left: 149\r\n"),
        "{answer}"
    );
}
