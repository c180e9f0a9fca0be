//! The life of a cart through the interface, against the sandbox; every answer is held against the spec, those to requests for tokens as well.

use std::sync::Arc;

use cartwright::vendors::webroot::{Webroot, WebrootConfig};
use cartwright::{
    CartApi, CartId, ErrorKind, HttpTransport, LineKind, NewCart, NewLine, RetryState, TotalKind,
};
use cartwright_runtime::Transport;
use cartwright_sandbox::Sandbox;

use super::shop::CART;
use crate::validated::Validated;
use crate::{not_built, sandbox};

/// The operations that the sandbox builds; each other documented one it refuses by name.
const BUILT: &[&str] = &["createToken", "createCart", "getCart"];

/// A shop at the sandbox, with some of its settings replaced.
pub fn shop_at(sandbox: &Sandbox, replaced: &[(&str, &str)]) -> Webroot {
    shop_over(sandbox, replaced, validated())
}

fn validated() -> Validated<HttpTransport> {
    Validated::new("webroot", HttpTransport::builder().build().unwrap())
}

fn shop_over(
    sandbox: &Sandbox,
    replaced: &[(&str, &str)],
    transport: impl Transport + 'static,
) -> Webroot {
    let access = sandbox::access(sandbox, "webroot");
    let settings = sandbox::settings(&access, replaced);
    let config = WebrootConfig::from_settings(&settings).unwrap();
    Webroot::new(config.transport(Arc::new(transport))).unwrap()
}

pub fn licence() -> NewCart {
    NewCart::new().line(NewLine::license("SAEP", 10, "1"))
}

#[tokio::test]
async fn a_cart_is_created_and_read() {
    let sandbox = Sandbox::start().await.unwrap();
    let transport = validated();
    let seen = transport.seen();
    let shop = shop_over(&sandbox, &[], transport);

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
    assert_eq!(created.email.as_deref(), Some("ada@partner.example"));

    let id: CartId = created.id.to_string().parse().unwrap();
    let read = shop.get(&id).await.unwrap();
    assert_eq!(
        (&read.id, &read.line_items, &read.totals),
        (&created.id, &created.line_items, &created.totals)
    );

    assert_eq!(
        *seen.lock().unwrap(),
        BUILT.iter().map(|id| (*id).to_owned()).collect(),
        "each operation that is built was answered, and each answer held against the spec"
    );
}

#[tokio::test]
async fn a_cart_of_another_locale_and_type_has_another_currency_and_code() {
    let sandbox = Sandbox::start().await.unwrap();
    let reseller = shop_at(&sandbox, &[("CARTWRIGHT_WEBROOT_ORDER_TYPE", "RESELLER")]);
    let german = reseller.create(licence().locale("de_DE")).await.unwrap();
    let own = reseller.create(licence()).await.unwrap();
    assert_eq!(german.currency.as_deref(), Some("EUR"));
    assert_eq!(own.currency.as_deref(), Some("USD"));
    assert!(german.id.as_str().starts_with("PSV"), "{}", german.id);
}

#[tokio::test]
async fn a_cart_that_is_not_there_is_not_found() {
    let sandbox = Sandbox::start().await.unwrap();
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
    let sandbox = Sandbox::start().await.unwrap();
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
async fn each_documented_operation_that_is_not_built_is_refused_by_name() {
    let sandbox = Sandbox::start().await.unwrap();
    let shop = shop_at(&sandbox, &[]);
    not_built::check_built("webroot", &shop, BUILT);
    let name = |_: &str, method: &str, path: &str| {
        // The vendor names its operations without the first part of the path.
        format!("{method} {}", path.trim_start_matches("/service"))
    };
    let ask = async |method, path: &str| shop.raw(method, path, None).await;
    not_built::check_refusals("webroot", BUILT, name, ask).await;
}

#[tokio::test]
async fn a_raw_request_goes_through_the_same_credentials() {
    let sandbox = Sandbox::start().await.unwrap();
    let shop = shop_at(&sandbox, &[]);
    let path = format!("/service/api/ecom/shop/carts/{}/customers", "MSP0046543056");
    let answer = shop.raw(reqwest::Method::GET, &path, None).await.unwrap();
    assert_eq!(
        answer.status.as_u16(),
        501,
        "the sandbox does not build this one, and says so"
    );
}

#[tokio::test]
async fn the_generated_client_is_one_call_away() {
    let sandbox = Sandbox::start().await.unwrap();
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
