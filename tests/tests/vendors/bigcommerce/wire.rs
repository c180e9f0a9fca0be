//! The bytes that each call sends, read off a socket.

use std::sync::Arc;

use cartwright::vendors::bigcommerce::{BigCommerce, BigCommerceConfig};
use cartwright::{
    CartApi, CartId, Customer, HttpTransport, LineChange, LineId, NewCart, NewLine, OptionChoice,
    Party,
};

use super::shop::{CART, TOKEN};
use crate::recorder::recorder;

const LINE: &str = "0b8d3bb5-1a76-4a2e-a1d9-6b2c8d0c5a11:118:140";
const ANSWER: &str = r#"{"data":{"id":"6e193ce6-f327-4dcc-b75e-72cf6738525e","checkout_url":"https://shop.example/pay"},"meta":{}}"#;

#[tokio::test]
async fn each_verb_sends_these_bytes() {
    let (port, mut requests) = recorder(|_| ANSWER).await;
    let transport = HttpTransport::builder()
        .user_agent_suffix("shop-of-the-test/1.0")
        .build()
        .unwrap();
    let config = BigCommerceConfig::new("store", TOKEN)
        .base_url(format!("http://127.0.0.1:{port}/stores/store"))
        .channel_id(1)
        .transport(Arc::new(transport));
    let shop = BigCommerce::new(config).unwrap();
    // No amount ends in 0: with `arbitrary-precision` that 0 is sent, without it is not.
    let (cart, line): (CartId, LineId) = (CART.parse().unwrap(), LINE.into());
    let price = |text: &str| text.parse().unwrap();

    let product = NewLine::product("118", 2)
        .variant("140")
        .unit_price(price("25"))
        .name("قميص");
    let product = product.option(OptionChoice::Value {
        option_id: "125".into(),
        value_id: "127".into(),
    });
    let product = product.option(OptionChoice::Date {
        option_id: "8".into(),
        year: 2027,
        month: 2,
        day: 1,
    });
    let gift = NewLine::gift_certificate(
        "Thanks",
        price("25.75"),
        "General",
        Party::new("Ann", "ann@example.com"),
        Party::new("Bob", "bob@example.com"),
    );
    let new = NewCart::new()
        .line(product)
        .line(NewLine::custom("Engraving", 1, price("4.25")))
        .line(gift.message("For you"))
        .currency("JOD")
        .locale("ar-JO");
    let mut sent = String::new();
    let mut note = |verb: &str, request: String| {
        assert!(
            request.contains(&format!("x-auth-token: {TOKEN}\r\n")),
            "{verb} sends no credential"
        );
        let request = request
            .replace(TOKEN, "[credential]")
            .replace(&format!("127.0.0.1:{port}"), "[host]")
            .replace("\r\n", "\n");
        sent.push_str(&format!("=== {verb}\n{}\n", request.trim_end()));
    };

    shop.create(new.customer(Customer::Guest)).await.unwrap();
    note("create", requests.recv().await.unwrap());
    shop.get(&cart).await.unwrap();
    note("get", requests.recv().await.unwrap());
    shop.add_lines(&cart, vec![NewLine::product("126", 1).into()])
        .await
        .unwrap();
    note("add-lines", requests.recv().await.unwrap());
    shop.update_line(
        &cart,
        &line,
        LineChange::new().quantity(3).unit_price(price("19.95")),
    )
    .await
    .unwrap();
    note("update-line", requests.recv().await.unwrap());
    shop.remove_line(&cart, &line).await.unwrap();
    note("remove-line", requests.recv().await.unwrap());
    shop.delete(&cart).await.unwrap();
    note("delete", requests.recv().await.unwrap());
    shop.checkout(&cart).await.unwrap();
    note("checkout", requests.recv().await.unwrap());
    shop.set_customer(&cart, Customer::Id("7".into()))
        .await
        .unwrap();
    note("set-customer", requests.recv().await.unwrap());
    shop.raw(reqwest::Method::GET, "/v3/catalog/products?limit=1", None)
        .await
        .unwrap();
    note("a raw request", requests.recv().await.unwrap());
    insta::assert_snapshot!(sent);
}
