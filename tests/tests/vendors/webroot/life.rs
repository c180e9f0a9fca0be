//! The life of a cart through the interface, against the sandbox; every answer is held against the spec, those to requests for tokens as well.

use cartwright::vendors::webroot::{Webroot, WebrootConfig};
use cartwright::{
    CartApi, CartId, ErrorKind, LineItem, LineKind, NewCart, NewLine, NewOrder, RetryState,
    TotalKind,
};
use cartwright_contract::Watched;
use cartwright_sandbox::Sandbox;

use super::shop::{CART, customer};
use crate::sandbox;

/// The operations that the life of a cart takes.
const TAKEN: &[&str] = &["createToken", "createCart", "getCart"];

/// A shop at the sandbox, with some of its settings replaced.
pub fn shop_at(sandbox: &Sandbox, replaced: &[(&str, &str)]) -> Webroot {
    let access = sandbox::access(sandbox, "webroot");
    let settings = sandbox::settings(&access, replaced);
    let config = WebrootConfig::from_settings(&settings).unwrap();
    Webroot::new(config).unwrap()
}

pub fn licence() -> NewCart {
    NewCart::new().line(NewLine::license("SAEP", 10, "1"))
}

#[tokio::test]
async fn a_cart_is_created_and_read() {
    let sandbox = Watched::start().await.unwrap();
    let shop = shop_at(&sandbox, &[]);

    let parent = NewLine::license("SAEP", 150, "1")
        .keycode_type(3)
        .attribute(110)
        .bundle(1)
        .hierarchy(1);
    let child = NewLine::license("SDNS", 150, "1")
        .keycode_type(3)
        .bundle(1)
        .hierarchy(2)
        .reference("دعم");
    let renewal = NewLine::license_key("WSAV-SAND-BOX0-0000-0002", "2.25");
    let new = NewCart::new().line(parent).line(child).line(renewal);
    let created = shop.create(new).await.unwrap();
    assert_eq!(
        (created.currency.as_deref(), created.locale.as_deref()),
        (Some("USD"), Some("en_US"))
    );
    // The vendor puts lines with keys first, and a bundle into one group.
    let lines: Vec<_> = created
        .line_items
        .iter()
        .map(|line| (line.kind.clone(), line.sku.as_deref(), line.quantity))
        .collect();
    assert_eq!(
        lines,
        [
            (LineKind::License, Some("WSAV"), Some(1)),
            (LineKind::License, Some("SAEP"), Some(150)),
            (LineKind::License, Some("SDNS"), Some(150)),
        ]
    );
    assert_eq!(
        created.line_items[1].unit_price,
        Some("4.99".parse().unwrap())
    );
    assert_eq!(created.total(&TotalKind::Tax), Some(&0.into()));
    assert_eq!(
        created.total(&TotalKind::Total),
        created.total(&TotalKind::Subtotal)
    );
    // The billing customer is the partner itself, and no end customer is attached yet.
    assert_eq!((created.customer_id, created.email), (None, None));

    let id: CartId = created.id.to_string().parse().unwrap();
    let read = shop.get(&id).await.unwrap();
    assert_eq!(
        (&read.id, &read.line_items, &read.totals),
        (&created.id, &created.line_items, &created.totals)
    );

    assert_eq!(sandbox.seen("webroot"), TAKEN.iter().copied().collect());
}

#[tokio::test]
async fn a_cart_gets_its_customer_and_becomes_an_order() {
    let sandbox = Watched::start().await.unwrap();
    let shop = shop_at(&sandbox, &[]);
    let created = shop.create(licence()).await.unwrap();

    let cart = shop.set_customer(&created.id, customer()).await.unwrap();
    assert_eq!(
        (cart.customer_id.as_deref(), cart.email.as_deref()),
        (Some("E000000002"), Some("ben@example.com"))
    );
    assert_eq!(cart.line_items, created.line_items);
    assert_eq!(shop.get(&created.id).await.unwrap(), cart);

    let order = NewOrder::new().purchase_order("P4713A20");
    let order = shop.place_order(&created.id, order).await.unwrap();
    assert_eq!(order.id, created.id.as_str());
    let told = |lines: &[LineItem]| -> Vec<_> {
        let told = |line: &LineItem| (line.sku.clone(), line.quantity, line.unit_price.clone());
        lines.iter().map(told).collect()
    };
    assert_eq!(told(&order.line_items), told(&cart.line_items));
    assert_eq!(order.customer_id, cart.customer_id);
    assert_eq!(order.messages, []);
}

#[tokio::test]
async fn a_cart_of_another_locale_and_type_has_another_currency_and_code() {
    let sandbox = Watched::start().await.unwrap();
    let reseller = shop_at(&sandbox, &[("CARTWRIGHT_WEBROOT_ORDER_TYPE", "RESELLER")]);
    let german = reseller.create(licence().locale("de_DE")).await.unwrap();
    let own = reseller.create(licence()).await.unwrap();
    assert_eq!(german.currency.as_deref(), Some("EUR"));
    assert_eq!(own.currency.as_deref(), Some("USD"));
    assert!(german.id.as_str().starts_with("PSV"), "{}", german.id);
}

#[tokio::test]
async fn a_cart_that_is_not_there_is_not_found() {
    let sandbox = Watched::start().await.unwrap();
    let shop = shop_at(&sandbox, &[]);
    let error = shop.get(&CART.parse().unwrap()).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.status(), error.operation()),
        (ErrorKind::NotFound, Some(404), Some("getCart"))
    );
    assert!(error.request_id().is_some(), "{error:?}");
}

#[tokio::test]
async fn the_vendors_refusal_is_an_invalid_request_in_its_own_words() {
    let sandbox = Watched::start().await.unwrap();
    let shop = shop_at(&sandbox, &[]);
    let unknown = NewCart::new().line(NewLine::license("NOPE", 10, "1"));
    let error = shop.create(unknown).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.status(), error.retry()),
        (ErrorKind::InvalidRequest, Some(400), RetryState::Permanent)
    );
    let words = error.vendor_message().expect("the vendor's words");
    assert!(words.contains("\"NOPE\" has no pricing"), "{words}");
}

#[tokio::test]
async fn a_raw_request_goes_through_the_same_credentials() {
    let sandbox = Watched::start().await.unwrap();
    let shop = shop_at(&sandbox, &[]);
    let path = "/service/api/ecom/shop/carts/MSP0046543056";
    let answer = shop.raw(reqwest::Method::GET, path, None).await.unwrap();
    assert_eq!(answer.status.as_u16(), 404);
}

#[tokio::test]
async fn the_generated_client_is_one_call_away() {
    let sandbox = Watched::start().await.unwrap();
    let shop = shop_at(&sandbox, &[]);
    let created = shop.create(licence()).await.unwrap();
    let read = shop
        .client()
        .get_cart()
        .vendor_order_code(created.id.as_str())
        .send()
        .await
        .unwrap();
    assert_eq!(
        read.into_inner().vendor_order_code.as_deref(),
        Some(created.id.as_str())
    );
}
