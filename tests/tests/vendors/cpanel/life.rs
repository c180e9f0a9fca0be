//! The life of a cart through the interface, against the sandbox; every answer is held against the spec.

use cartwright::vendors::cpanel::{Cpanel, CpanelConfig};
use cartwright::{CartApi, CartId, ErrorKind, LineKind, NewCart, NewLine, RetryState};
use cartwright_contract::Watched;
use cartwright_sandbox::{CpanelAnswers, Sandbox};

use crate::sandbox;

/// The operations that the life of a cart takes.
const TAKEN: &[&str] = &[
    "createShoppingCart",
    "setUrlAfterCheckout",
    "getProvidersList",
];

/// A market at the sandbox, with some of its settings replaced.
fn shop_at(sandbox: &Sandbox, replaced: &[(&str, &str)]) -> Cpanel {
    let access = sandbox::access(sandbox, "cpanel");
    let settings = sandbox::settings(&access, replaced);
    let config = CpanelConfig::from_settings(&settings).unwrap();
    Cpanel::new(config).unwrap()
}

fn certificate() -> NewCart {
    NewCart::new().line(NewLine::provider_item("143"))
}

#[tokio::test]
async fn a_cart_is_created_and_handed_over() {
    let sandbox = Watched::start().await.unwrap();
    let shop = shop_at(&sandbox, &[]);

    let first = NewLine::provider_item("143")
        .order_item_id(1)
        .description("شهادة")
        .price("19.95".parse().unwrap());
    let new = NewCart::new()
        .line(first)
        .line(NewLine::provider_item("wildcard"));
    let created = shop.create(new).await.unwrap();
    let url = created.checkout_url.clone().expect("the address to pay at");
    let [first, second] = created.line_items.as_slice() else {
        panic!("two lines: {:?}", created.line_items);
    };
    assert_eq!(
        (&first.kind, first.product_id.as_deref()),
        (&LineKind::ProviderItem, Some("143"))
    );
    assert_eq!(
        (first.name.as_deref(), first.unit_price.clone()),
        (Some("شهادة"), Some("19.95".parse().unwrap()))
    );
    assert_eq!(second.product_id.as_deref(), Some("wildcard"));
    assert!(first.id.is_some() && first.id != second.id);
    assert_eq!(created.totals, [], "no amounts are documented");

    // The id alone is enough, as it is printed and stored.
    let id: CartId = created.id.to_string().parse().unwrap();
    assert_eq!(shop.checkout(&id).await.unwrap().url, url);

    let [order] = sandbox.cpanel_orders().try_into().unwrap();
    assert_eq!(order.url_after_checkout, "https://shop.example/thanks");
    assert_eq!(order.items[1], r#"{"product_id":"wildcard"}"#);

    let providers = shop.client().get_providers_list().send().await.unwrap();
    assert!(format!("{:?}", providers.into_inner()).contains("cPStore"));
    assert_eq!(sandbox.seen("cpanel"), TAKEN.iter().copied().collect());
}

#[tokio::test]
async fn a_token_and_a_password_both_log_in() {
    let sandbox = Watched::start().await.unwrap();
    let access = sandbox::access(&sandbox, "cpanel");
    let password = sandbox::credential(&access, "password");
    for replaced in [
        vec![],
        vec![
            ("CARTWRIGHT_CPANEL_API_TOKEN", ""),
            ("CARTWRIGHT_CPANEL_PASSWORD", password.as_str()),
        ],
    ] {
        let shop = shop_at(&sandbox, &replaced);
        let cart = shop.create(certificate()).await.unwrap();
        assert!(shop.checkout(&cart.id).await.is_ok());
    }
    assert_eq!(sandbox.cpanel_orders().len(), 2);
}

#[tokio::test]
async fn nulls_and_missing_keys_are_the_same_to_a_caller() {
    let sandbox = Watched::start().await.unwrap();
    let shop = shop_at(&sandbox, &[]);
    for answers in [CpanelAnswers::Nulls, CpanelAnswers::MissingKeys] {
        sandbox.cpanel_answers(answers);
        let cart = shop.create(certificate()).await.unwrap();
        assert_eq!(cart.line_items.len(), 1, "{answers:?}");
        assert_eq!(cart.messages, [], "{answers:?}");
        assert!(shop.checkout(&cart.id).await.is_ok(), "{answers:?}");
    }
}

#[tokio::test]
async fn a_failure_under_200_has_the_vendors_text_unchanged() {
    let sandbox = Watched::start().await.unwrap();
    // With the address `https://store.example/pay`.
    let unknown: CartId = "cpanel:999.aHR0cHM6Ly9zdG9yZS5leGFtcGxlL3BheQ"
        .parse()
        .unwrap();
    let (shop, other) = (
        shop_at(&sandbox, &[]),
        shop_at(
            &sandbox,
            &[("CARTWRIGHT_CPANEL_ACCESS_TOKEN", "wrong-token")],
        ),
    );
    for answers in [CpanelAnswers::Nulls, CpanelAnswers::MissingKeys] {
        sandbox.cpanel_answers(answers);
        for (error, kind, operation, code, words) in [
            (
                shop.checkout(&unknown).await.unwrap_err(),
                ErrorKind::NotFound,
                "setUrlAfterCheckout",
                Some("EntryDoesNotExist"),
                "cPStore has no order 999.",
            ),
            (
                other.create(certificate()).await.unwrap_err(),
                ErrorKind::InvalidRequest,
                "createShoppingCart",
                None,
                "The provider refused the \"access_token\".",
            ),
        ] {
            assert_eq!(
                (error.kind(), error.status(), error.operation()),
                (kind, Some(200), Some(operation)),
                "{answers:?}: {error:?}"
            );
            assert_eq!(
                (error.code(), error.vendor_message()),
                (code, Some(words)),
                "{answers:?}"
            );
            assert!(!format!("{error} {error:?}").contains("wrong-token"));
        }
    }
    assert_eq!(sandbox.cpanel_orders(), [], "nothing was ordered");
}

#[tokio::test]
async fn a_wrong_api_token_is_unauthenticated_and_not_shown() {
    let sandbox = Watched::start().await.unwrap();
    let shop = shop_at(&sandbox, &[("CARTWRIGHT_CPANEL_API_TOKEN", "wrong-token")]);
    let error = shop.create(certificate()).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.status(), error.retry()),
        (ErrorKind::Unauthenticated, Some(401), RetryState::Permanent)
    );
    assert!(!format!("{error} {error:?} {shop:?}").contains("wrong-token"));
}

#[tokio::test]
async fn a_raw_request_goes_through_the_same_credentials() {
    let sandbox = Watched::start().await.unwrap();
    let shop = shop_at(&sandbox, &[]);
    let raw = |path: &'static str| shop.raw(reqwest::Method::GET, path, None);
    let wrapped = "/json-api/cpanel?cpanel_jsonapi_apiversion=3&cpanel_jsonapi_module=Market&cpanel_jsonapi_func=get_providers_list";
    for (path, status) in [
        (wrapped, 200),
        // Without its parameters it fails, which is told in the body.
        ("/execute/Market/get_login_url", 200),
    ] {
        assert_eq!(raw(path).await.unwrap().status.as_u16(), status, "{path}");
    }
}
