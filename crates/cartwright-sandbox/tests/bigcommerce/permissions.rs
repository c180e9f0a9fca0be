//! Apps with other tokens: their scopes, and what a permission set leaves them.

use reqwest::Method;
use serde_json::json;

use crate::shop::{Shop, keys, metafield, path, send, with};

const NEIGHBOUR: &str = "neighbour-token";

#[tokio::test]
async fn a_permission_set_says_what_other_apps_may_read_and_change() {
    for (permission_set, read, write) in [
        ("app_only", 404, 404),
        ("read", 200, 403),
        ("read_and_sf_access", 200, 403),
        ("write", 200, 200),
        ("write_and_sf_access", 200, 200),
    ] {
        let shop = Shop::open().await;
        let cart = shop.calendars().await;
        let metafields = format!("{}/metafields", path(&cart));
        let body = with(&metafield("a"), json!({"permission_set": permission_set}));
        shop.post(&metafields, &body).await;
        let one = format!("{metafields}/1");
        let ask = |method| shop.request_as(NEIGHBOUR, method, &one);
        assert_eq!(
            send(ask(Method::GET)).await.status,
            read,
            "{permission_set}"
        );
        let changed = send(ask(Method::PUT).json(&body)).await;
        assert_eq!(changed.status, write, "{permission_set}");
        if write == 200 {
            assert_eq!(changed.data()["owner_client_id"], "sandbox-app");
        }
        let deleted = send(ask(Method::DELETE)).await.status;
        let expected = if write == 200 { 204 } else { write };
        assert_eq!(deleted, expected, "{permission_set}");
    }
}

#[tokio::test]
async fn lists_leave_out_what_another_app_keeps_to_itself() {
    let shop = Shop::open().await;
    let cart = shop.calendars().await;
    let metafields = format!("{}/metafields", path(&cart));
    shop.metafield(&cart, "private").await;
    let shared = with(&metafield("shared"), json!({"permission_set": "read"}));
    shop.post(&metafields, &shared).await;
    for list in [metafields.as_str(), "/carts/metafields"] {
        let seen = send(shop.request_as(NEIGHBOUR, Method::GET, list)).await;
        assert_eq!(keys(&seen.json()), ["shared"], "{list}");
        assert_eq!(keys(&shop.get(list).await.json()), ["private", "shared"]);
    }
}

#[tokio::test]
async fn two_apps_may_have_the_same_key_and_ten_metafields_each() {
    let shop = Shop::open().await;
    let cart = shop.calendars().await;
    let metafields = format!("{}/metafields", path(&cart));
    for key in 0..10 {
        shop.metafield(&cart, &key.to_string()).await;
    }
    let request = shop.request_as(NEIGHBOUR, Method::POST, &metafields);
    let reply = send(request.json(&metafield("0"))).await;
    assert_eq!(reply.status, 200);
    assert_eq!(reply.data()["owner_client_id"], "neighbour-app");
}

#[tokio::test]
async fn a_scope_to_read_reads_and_changes_nothing() {
    let shop = Shop::open().await;
    let cart = path(&shop.calendars().await);
    let ask = |method| send(shop.request_as("reporting-token", method, &cart));
    assert_eq!(ask(Method::GET).await.status, 200);
    assert_eq!(ask(Method::DELETE).await.status, 403);
    assert_eq!(shop.get(&cart).await.status, 200);
}
