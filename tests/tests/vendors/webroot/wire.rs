//! The bytes that each call sends, read off a socket, the request for a token included.

use std::sync::Arc;

use cartwright::vendors::webroot::{Webroot, WebrootConfig};
use cartwright::{
    CartApi, CompanyKind, Contact, CustomerDetails, HttpTransport, NewCart, NewLine, NewOrder,
    PostalAddress,
};

use super::shop::{ACCESS_TOKEN, CART, CLIENT_SECRET, PASSWORD, TOKENS, config, customer};
use crate::recorder::recorder;
use crate::unified::payload;

const ANSWER: &str = r#"{"VendorOrderCode":"MSP0046543056"}"#;
/// `client:client-secret-that-nobody-may-see`
const PROOF: &str = "Basic Y2xpZW50OmNsaWVudC1zZWNyZXQtdGhhdC1ub2JvZHktbWF5LXNlZQ==";

fn answer(request: &str) -> &'static str {
    match request.starts_with("POST /auth/token ") {
        true => TOKENS,
        false => ANSWER,
    }
}

fn count(text: &str, part: &str) -> usize {
    text.matches(part).count()
}

#[tokio::test]
async fn each_verb_sends_these_bytes() {
    let (port, mut requests) = recorder(answer).await;
    let transport = HttpTransport::builder()
        .user_agent_suffix("shop-of-the-test/1.0")
        .build()
        .unwrap();
    let config = config()
        .base_url(format!("http://127.0.0.1:{port}"))
        .transport(Arc::new(transport));
    let shop = Webroot::new(config).unwrap();

    let new = NewLine::license("OTSF", 25, "0.5")
        .keycode_type(1)
        .attribute(110)
        .bundle(7)
        .hierarchy(1)
        .pricing_model(2)
        .retention(1)
        .vault(8)
        .platform(1)
        .pricing_level(1)
        .expires_at("2027-02-01T00:00:00Z")
        .reference("دعم-1");
    let more = NewLine::license_key("SA00TESTAAAA00000001", "2.25")
        .seats(50)
        .category("SAEP");
    let cart = NewCart::new()
        .line(new)
        .line(more)
        .line(NewLine::license_key("SA00TESTAAAA00000002", "1"))
        .locale("de_DE");
    shop.create(cart).await.unwrap();
    let token = requests.recv().await.unwrap();
    let create = requests.recv().await.unwrap();
    shop.get(&CART.parse().unwrap()).await.unwrap();
    let get = requests.recv().await.unwrap();
    shop.set_customer(&CART.parse().unwrap(), customer())
        .await
        .unwrap();
    let attach = requests.recv().await.unwrap();
    let reread = requests.recv().await.unwrap();
    let order = NewOrder::new().purchase_order("P4713A20");
    shop.place_order(&CART.parse().unwrap(), order)
        .await
        .unwrap();
    let order = requests.recv().await.unwrap();
    let path = "/service/api/ecom/shop/orders?page=1";
    shop.raw(reqwest::Method::GET, path, None).await.unwrap();
    let raw = requests.recv().await.unwrap();

    // The client proves itself by Basic and not in the form; what the form holds is checked, and then taken out.
    assert_eq!(count(&token, &format!("authorization: {PROOF}\r\n")), 1);
    assert_eq!(count(&token, "authorization"), 1);
    let (head, form) = token.split_once("\r\n\r\n").unwrap();
    let mut fields: Vec<(String, String)> = url::form_urlencoded::parse(form.as_bytes())
        .into_owned()
        .collect();
    fields.sort();
    let expected = [
        ("grant_type", "password"),
        ("password", PASSWORD),
        ("scope", "ECom.Shop"),
        ("username", "ann@example.com"),
    ];
    let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(fields, expected);
    let token = format!("{head}\r\n\r\n[form]").replace(PROOF, "[proof]");

    let mut sent = String::new();
    for (verb, request) in [
        ("a token", token),
        ("create", create),
        ("get", get),
        ("set-customer", attach),
        ("set-customer, the reading", reread),
        ("place-order", order),
        ("a raw request", raw),
    ] {
        if verb != "a token" {
            // The token and nothing else that proves anything.
            let bearer = format!("authorization: Bearer {ACCESS_TOKEN}\r\n");
            assert_eq!(count(&request, &bearer), 1, "{verb}");
            assert_eq!(count(&request, "authorization"), 1, "{verb}");
            for secret in [PASSWORD, "Basic", "cookie", "client_secret"] {
                assert!(!request.contains(secret), "{verb} sends {secret}");
            }
        }
        let request = request
            .replace(ACCESS_TOKEN, "[access token]")
            .replace(&format!("127.0.0.1:{port}"), "[host]")
            .replace("\r\n", "\n");
        sent.push_str(&format!("=== {verb}\n{}\n", request.trim_end()));
    }
    insta::assert_snapshot!(sent);
}

#[tokio::test]
async fn each_documented_pair_of_customers_is_sent_as_documented() {
    let contact = |key: &str| {
        let address = PostalAddress::new("US")
            .line1("Webroot Way 21")
            .city("Broomfield")
            .postal_code("80021")
            .region("CO");
        Contact::new()
            .key(key)
            .name("John", "Doe")
            .company("ACME, Inc.", CompanyKind::ResellerAndManagedServiceProvider)
            .email("jdoe@webroot.com")
            .address(address)
    };
    let pair = CustomerDetails::new(contact("E000520516")).reseller(contact("E000293344"));
    let mut documented = payload(
        "webroot",
        "add-cart-customers-request-w17-without-opt-in.json",
    );
    for part in ["Shipping", "Reseller"] {
        // A second line that is null and one that is left out say the same.
        documented[part].as_object_mut().unwrap().remove("Address2");
    }
    let least = Contact::new()
        .key("home-4711")
        .address(PostalAddress::new("JP"));
    for (order_type, customer, payload) in [
        ("RESELLER", pair.into(), documented),
        (
            "MSP",
            least.into(),
            payload("webroot", "add-cart-customers-request-required-fields.json"),
        ),
        (
            "MSP",
            customer(),
            payload(
                "webroot",
                "add-cart-customers-request-w29-shipping-only.json",
            ),
        ),
    ] {
        let (port, mut requests) = recorder(answer).await;
        let config = WebrootConfig::new("client", CLIENT_SECRET, "ann", PASSWORD, order_type);
        let config = config.base_url(format!("http://127.0.0.1:{port}"));
        let shop = Webroot::new(config).unwrap();
        shop.set_customer(&CART.parse().unwrap(), customer)
            .await
            .unwrap();
        let _token = requests.recv().await.unwrap();
        let sent = requests.recv().await.unwrap();
        let (_, body) = sent.split_once("\r\n\r\n").unwrap();
        let sent: serde_json::Value = serde_json::from_str(body).unwrap();
        assert_eq!(sent, payload, "{order_type}");
    }
}
