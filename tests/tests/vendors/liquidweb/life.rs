//! The life of a cart through the interface, against the sandbox; every answer is held against the spec.

use cartwright::vendors::liquidweb::{LiquidWeb, LiquidWebConfig};
use cartwright::{
    CartApi, CartId, ErrorKind, LineKind, NewCart, NewLine, RetryState, ServiceLine, ServiceOption,
    TotalKind,
};
use cartwright_contract::Watched;
use cartwright_sandbox::{LiquidwebAnswers, Sandbox};

use super::shop::CART;
use crate::sandbox;

/// The operations that the life of a cart takes.
const TAKEN: &[&str] = &["addCartItem"];

/// A market at the sandbox, with some of its settings replaced.
fn shop_at(sandbox: &Sandbox, replaced: &[(&str, &str)]) -> LiquidWeb {
    let access = sandbox::access(sandbox, "liquidweb");
    let settings = sandbox::settings(&access, replaced);
    let config = LiquidWebConfig::from_settings(&settings).unwrap();
    LiquidWeb::new(config).unwrap()
}

fn server() -> ServiceLine {
    NewLine::service("CLOUD.VPS")
        .option(ServiceOption::new(11, 111))
        .option(ServiceOption::new(13, 131).units(200))
}

fn backup() -> ServiceLine {
    NewLine::service("BACKUP.OFFSITE")
}

#[tokio::test]
async fn a_cart_is_created_with_a_service_a_package_and_a_bundle_and_added_to() {
    let sandbox = Watched::start().await.unwrap();
    let shop = shop_at(&sandbox, &[]);

    let package = || NewLine::package("PKG-BACKUP").service(backup());
    let new = NewCart::new()
        .line(server())
        .line(package())
        .line(NewLine::bundle("BNDL-SAFE").package(package()));
    let created = shop.create(new).await.unwrap();
    let lines: Vec<_> = created
        .line_items
        .iter()
        .map(|line| {
            (
                line.kind.clone(),
                line.product_id.as_deref(),
                line.name.as_deref(),
                line.quantity,
            )
        })
        .collect();
    assert_eq!(
        lines,
        [
            (
                LineKind::Service,
                Some("CLOUD.VPS"),
                Some("Cloud VPS"),
                Some(1)
            ),
            (
                LineKind::Package,
                Some("PKG-BACKUP"),
                Some("Backup"),
                Some(1)
            ),
            (LineKind::Bundle, Some("BNDL-SAFE"), Some("Safe"), Some(1)),
        ]
    );
    let first = &created.line_items[0];
    assert_eq!(first.unit_price, Some("25".parse().unwrap()));
    assert_eq!(first.options[0].value.as_deref(), Some("AlmaLinux 9"));
    // 25 for the server, and 200 units at 0.00125.
    let amounts: Vec<_> = first
        .totals
        .iter()
        .map(|total| (total.kind.clone(), total.amount.clone()))
        .collect();
    let amount = |text: &str| text.parse::<cartwright_runtime::Decimal>().unwrap();
    assert_eq!(
        amounts,
        [
            (TotalKind::Subtotal, amount("25.25")),
            (TotalKind::Total, amount("25.25"))
        ]
    );
    assert_eq!(created.total(&TotalKind::Total), Some(&amount("45.15")));
    assert_eq!(created.version, Some(3), "one addition for each line");
    assert_eq!(created.customer_id.as_deref(), Some("123456"));

    let id: CartId = created.id.to_string().parse().unwrap();
    let lines = vec![
        backup().into(),
        NewLine::service("LIC.MAIL").region(1).into(),
    ];
    let added = shop.add_lines(&id, lines).await.unwrap();
    assert_eq!(added.id, created.id);
    assert_eq!(added.line_items[..3], created.line_items[..]);
    assert_eq!(
        added.line_items[4].name.as_deref(),
        Some("Courriel – boîte ✉")
    );
    assert_eq!(added.messages, []);

    assert_eq!(sandbox.seen("liquidweb"), TAKEN.iter().copied().collect());
    assert_eq!(sandbox.calls().len(), 5, "one call for each line");
}

#[tokio::test]
async fn numbers_as_text_booleans_as_text_and_nulls_are_the_same_to_a_caller() {
    let mut carts = Vec::new();
    for form in 0..16 {
        let sandbox = Watched::start().await.unwrap();
        sandbox.liquidweb_answers(LiquidwebAnswers {
            numbers_as_text: form & 1 != 0,
            booleans_as_text: form & 2 != 0,
            false_as_empty_text: form & 8 != 0,
            nulls: form & 4 != 0,
        });
        let shop = shop_at(&sandbox, &[]);
        let new = NewCart::new()
            .line(server())
            .line(NewLine::package("PKG-BACKUP").service(backup()));
        let cart = shop.create(new).await.unwrap();
        assert_eq!(cart.messages, [], "form {form}");
        carts.push((
            cart.id,
            cart.line_items,
            cart.totals,
            cart.version,
            cart.updated_at,
        ));
    }
    let first = carts[0].clone();
    assert_eq!(first.3, Some(2));
    for (form, cart) in carts.into_iter().enumerate() {
        assert_eq!(cart.0, first.0, "the sandboxes have one seed");
        assert_eq!(
            (&cart.1, &cart.2, cart.3),
            (&first.1, &first.2, first.3),
            "form {form}"
        );
        assert_eq!(cart.4.is_some(), form & 4 == 0, "form {form}: `updated`");
    }
}

#[tokio::test]
async fn a_name_with_a_password_and_a_token_both_log_in() {
    let sandbox = Watched::start().await.unwrap();
    let access = sandbox::access(&sandbox, "liquidweb");
    let token = sandbox::credential(&access, "token");
    for replaced in [
        vec![],
        vec![
            ("CARTWRIGHT_LIQUIDWEB_USER", ""),
            ("CARTWRIGHT_LIQUIDWEB_PASSWORD", ""),
            ("CARTWRIGHT_LIQUIDWEB_TOKEN", token.as_str()),
        ],
    ] {
        let shop = shop_at(&sandbox, &replaced);
        assert!(shop.create(NewCart::new().line(backup())).await.is_ok());
    }
}

#[tokio::test]
async fn the_vendors_class_and_message_are_unchanged() {
    let sandbox = Watched::start().await.unwrap();
    let shop = shop_at(&sandbox, &[]);
    let yearly = shop_at(&sandbox, &[("CARTWRIGHT_LIQUIDWEB_CYCLE", "fortnightly")]);
    let unknown = NewLine::service("NOPE.VPS");
    let cart: CartId = CART.parse().unwrap();
    for (error, kind, class, words) in [
        (
            shop.create(NewCart::new().line(unknown)).await.unwrap_err(),
            ErrorKind::InvalidRequest,
            "LW::Exception::RecordNotFound",
            "No record of product was found for 'NOPE.VPS'",
        ),
        (
            shop.add_lines(&cart, vec![backup().into()])
                .await
                .unwrap_err(),
            ErrorKind::NotFound,
            "LW::Exception::RecordNotFound",
            "No record of market_cart was found for '7d1f0c3a-58b2-4e6d-9a41-000000000001'",
        ),
        (
            yearly
                .create(NewCart::new().line(backup()))
                .await
                .unwrap_err(),
            ErrorKind::InvalidRequest,
            "LW::Exception::Input::NotInRealm",
            "The value of 'cycle' is not one of those allowed",
        ),
    ] {
        assert_eq!(
            (error.kind(), error.code(), error.vendor_message()),
            (kind, Some(class), Some(words))
        );
        assert_eq!(
            (error.status(), error.retry(), error.cart()),
            (Some(200), RetryState::Permanent, None)
        );
    }
}

#[tokio::test]
async fn when_a_later_line_fails_the_error_names_the_cart_that_holds_the_others() {
    let sandbox = Watched::start().await.unwrap();
    let shop = shop_at(&sandbox, &[]);
    let new = NewCart::new()
        .line(backup())
        .line(NewLine::service("NOPE.VPS"))
        .line(backup());
    let error = shop.create(new).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.code()),
        (
            ErrorKind::InvalidRequest,
            Some("LW::Exception::RecordNotFound")
        )
    );
    assert_eq!(
        error.message(),
        "line 2 failed, and the lines before it are in the cart: No record of product was found for 'NOPE.VPS'"
    );
    assert_eq!(sandbox.calls().len(), 2, "nothing is sent after a failure");

    let cart = error
        .cart()
        .expect("the cart that the first line made")
        .clone();
    let whole = shop.add_lines(&cart, vec![backup().into()]).await.unwrap();
    assert_eq!((whole.id, whole.line_items.len()), (cart.clone(), 2));

    let lines = vec![backup().into(), NewLine::service("NOPE.VPS").into()];
    let error = shop.add_lines(&cart, lines).await.unwrap_err();
    assert_eq!(error.cart(), Some(&cart), "it holds the first of the two");
}

#[tokio::test]
async fn a_wrong_password_is_unauthenticated_and_not_shown() {
    let sandbox = Watched::start().await.unwrap();
    let shop = shop_at(
        &sandbox,
        &[("CARTWRIGHT_LIQUIDWEB_PASSWORD", "wrong-password")],
    );
    let error = shop
        .create(NewCart::new().line(backup()))
        .await
        .unwrap_err();
    assert_eq!(
        (error.kind(), error.status(), error.retry()),
        (ErrorKind::Unauthenticated, Some(401), RetryState::Permanent)
    );
    assert_eq!(error.code(), Some("LW::Exception::Authorization"));
    assert!(!format!("{error} {error:?} {shop:?}").contains("wrong-password"));
}

#[tokio::test]
async fn a_raw_request_goes_through_the_same_credentials() {
    let sandbox = Watched::start().await.unwrap();
    let shop = shop_at(&sandbox, &[]);
    let body = serde_json::json!({"params": {"code": "PKG-BACKUP"}});
    let path = "/bleed/Market/Package/details";
    let answer = shop
        .raw(reqwest::Method::POST, path, Some(&body))
        .await
        .unwrap();
    assert_eq!(answer.status.as_u16(), 200);
}
