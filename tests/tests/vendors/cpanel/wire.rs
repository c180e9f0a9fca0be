//! The bytes that each call sends, read off a socket.

use std::sync::Arc;

use cartwright::vendors::cpanel::{Cpanel, CpanelConfig};
use cartwright::{CartApi, HttpTransport, NewCart, NewLine};

use super::shop::{ACCESS_TOKEN, API_TOKEN, CART, config};
use crate::recorder::recorder;

const ANSWER: &str = r#"{"status":1,"data":{"order_id":"8765310","checkout_url":"https://store.example.com/checkout/8765310"}}"#;

fn shop_at(port: u16, config: CpanelConfig) -> Cpanel {
    let transport = HttpTransport::builder()
        .user_agent_suffix("shop-of-the-test/1.0")
        .build()
        .unwrap();
    let config = config
        .base_url(format!("http://127.0.0.1:{port}"))
        .transport(Arc::new(transport));
    Cpanel::new(config).unwrap()
}

#[tokio::test]
async fn each_verb_sends_these_bytes() {
    let (port, mut requests) = recorder(|_| ANSWER).await;
    let shop = shop_at(port, config());
    let mut sent = String::new();
    let mut note = |verb: &str, request: String| {
        assert!(
            request.contains(&format!("authorization: cpanel ann:{API_TOKEN}\r\n")),
            "{verb} sends no credential"
        );
        let request = request
            .replace(API_TOKEN, "[credential]")
            .replace(ACCESS_TOKEN, "[access token]")
            .replace(&format!("127.0.0.1:{port}"), "[host]")
            .replace("\r\n", "\n");
        sent.push_str(&format!("=== {verb}\n{}\n", request.trim_end()));
    };

    // No amount ends in 0: with `arbitrary-precision` that 0 is sent, without it is not.
    let certificate = NewLine::provider_item("143")
        .order_item_id(1)
        .description("شهادة & more")
        .price("19.95".parse().unwrap());
    let new = NewCart::new()
        .line(certificate)
        .line(NewLine::provider_item("wildcard+1"));
    shop.create(new).await.unwrap();
    note("create", requests.recv().await.unwrap());
    shop.checkout(&CART.parse().unwrap()).await.unwrap();
    note("checkout", requests.recv().await.unwrap());
    shop.raw(
        reqwest::Method::GET,
        "/execute/Market/get_login_url?provider=cPStore",
        None,
    )
    .await
    .unwrap();
    note("a raw request", requests.recv().await.unwrap());
    insta::assert_snapshot!(sent);
}

#[tokio::test]
async fn the_providers_token_goes_along_and_a_password_is_sent_as_basic() {
    let (port, mut requests) = recorder(|_| ANSWER).await;
    let shop = shop_at(port, config().password("hunter2").provider("Example"));
    let new = NewCart::new().line(NewLine::provider_item("143"));
    shop.create(new).await.unwrap();
    let request = requests.recv().await.unwrap();
    // `ann:hunter2`
    assert!(request.contains("authorization: Basic YW5uOmh1bnRlcjI=\r\n"));
    assert!(request.contains(&format!("access_token={ACCESS_TOKEN}")));
    assert!(request.contains("provider=Example"));
    assert!(!request.contains(API_TOKEN));
}
