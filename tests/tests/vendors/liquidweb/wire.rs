//! The bytes that each call sends, read off a socket.

use std::sync::Arc;

use cartwright::vendors::liquidweb::{LiquidWeb, LiquidWebConfig};
use cartwright::{CartApi, HttpTransport, NewCart, NewLine, ServiceOption};

use super::shop::{CART, PASSWORD, config, server};
use crate::recorder::recorder;

const ANSWER: &str = r#"{"uuid":"7d1f0c3a-58b2-4e6d-9a41-000000000001"}"#;
/// `ann:password-that-nobody-may-see`
const LOGIN: &str = "Basic YW5uOnBhc3N3b3JkLXRoYXQtbm9ib2R5LW1heS1zZWU=";

fn shop_at(port: u16, config: LiquidWebConfig) -> LiquidWeb {
    let transport = HttpTransport::builder()
        .user_agent_suffix("shop-of-the-test/1.0")
        .build()
        .unwrap();
    let config = config
        .base_url(format!("http://127.0.0.1:{port}"))
        .cycle("yearly")
        .region_id(2)
        .transport(Arc::new(transport));
    LiquidWeb::new(config).unwrap()
}

#[tokio::test]
async fn each_verb_sends_these_bytes() {
    let (port, mut requests) = recorder(|_| ANSWER).await;
    let shop = shop_at(port, config());
    let mut sent = String::new();
    let mut note = |verb: &str, request: String| {
        assert_eq!(
            request
                .matches(&format!("authorization: {LOGIN}\r\n"))
                .count(),
            1,
            "{verb} sends no credential"
        );
        let request = request
            .replace(LOGIN, "[credential]")
            .replace(&format!("127.0.0.1:{port}"), "[host]")
            .replace("\r\n", "\n");
        sent.push_str(&format!("=== {verb}\n{}\n", request.trim_end()));
    };

    let vps = NewLine::service("SS.VPS")
        .region(1)
        .option(ServiceOption::new(12, 340))
        .option(ServiceOption::new(13, 350).units(200));
    let package = || NewLine::package("PKG-WORDPRESS").service(NewLine::service("BACKUP"));
    let new = NewCart::new().line(vps).line(package());
    shop.create(new).await.unwrap();
    note("create: the first line", requests.recv().await.unwrap());
    note("create: the second line", requests.recv().await.unwrap());
    let bundle = NewLine::bundle("BNDL-STARTER").package(package());
    shop.add_lines(&CART.parse().unwrap(), vec![bundle.into()])
        .await
        .unwrap();
    note("add-lines", requests.recv().await.unwrap());
    let body = serde_json::json!({"params": {"code": "PKG-WORDPRESS"}});
    let path = "/bleed/Market/Package/details";
    shop.raw(reqwest::Method::POST, path, Some(&body))
        .await
        .unwrap();
    note("a raw request", requests.recv().await.unwrap());
    insta::assert_snapshot!(sent);
}

#[tokio::test]
async fn a_token_is_sent_as_bearer_and_nothing_else() {
    let (port, mut requests) = recorder(|_| ANSWER).await;
    let shop = shop_at(port, LiquidWebConfig::with_token("token-of-the-test"));
    shop.create(server()).await.unwrap();
    let request = requests.recv().await.unwrap();
    assert!(request.contains("authorization: Bearer token-of-the-test\r\n"));
    assert_eq!(request.matches("authorization").count(), 1);
    assert!(!request.contains(PASSWORD));
}
