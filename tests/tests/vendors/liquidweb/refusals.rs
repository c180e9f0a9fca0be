//! What is refused before anything is sent.

use std::sync::Arc;

use cartwright::vendors::liquidweb::{LiquidWeb, LiquidWebConfig};
use cartwright::{
    CartApi, CartId, Customer, Error, ErrorKind, NewCart, NewLine, ServiceOption, Settings, Vendor,
    connect,
};

use super::shop::{CART, PASSWORD, config, server, shop_over};
use crate::canned::Counting;
use crate::{lines, verbs};

#[tokio::test]
async fn a_request_that_cannot_be_right_is_never_sent() {
    let transport = Arc::new(Counting::default());
    let shop = shop_over(transport.clone());
    let create = |line: NewLine| shop.create(NewCart::new().line(line));
    let add = async |id: &str, lines: Vec<NewLine>| {
        let id: CartId = id.parse().unwrap();
        shop.add_lines(&id, lines).await.unwrap_err()
    };
    let service = || NewLine::service("SS.VPS").region(1);
    let package = || NewLine::package("PKG-A");
    let empty = "the code is empty: give the vendor's code";
    let region = "the service has no region: set it on the line or in the configuration";
    let refused: Vec<(Error, String)> = vec![
        (
            shop.create(NewCart::new()).await.unwrap_err(),
            "lines: there are no lines: give at least one".into(),
        ),
        (
            add(CART, vec![]).await,
            "lines: there are no lines: give at least one".into(),
        ),
        (
            create(NewLine::service("SS.VPS").into()).await.unwrap_err(),
            format!("lines[0].region_id: {region}"),
        ),
        (
            create(package().service(NewLine::service("SS.VPS")).into())
                .await
                .unwrap_err(),
            format!("lines[0].services[0].region_id: {region}"),
        ),
        // The second line is found before the first is sent.
        (
            add(CART, vec![service().into(), NewLine::service("X").into()]).await,
            format!("lines[1].region_id: {region}"),
        ),
        (
            create(NewLine::service(" ").region(1).into())
                .await
                .unwrap_err(),
            format!("lines[0].code: {empty}"),
        ),
        (
            create(NewLine::package("").service(service()).into())
                .await
                .unwrap_err(),
            format!("lines[0].code: {empty}"),
        ),
        (
            create(package().into()).await.unwrap_err(),
            "lines[0].services: the package has no services: add at least one".into(),
        ),
        (
            create(NewLine::bundle("BNDL-A").into()).await.unwrap_err(),
            "lines[0].packages: the bundle has no packages: add at least one".into(),
        ),
        (
            create(NewLine::bundle("BNDL-A").package(package()).into())
                .await
                .unwrap_err(),
            "lines[0].packages[0].services: the package has no services: add at least one".into(),
        ),
        (
            create(service().option(ServiceOption::new(1, 2).units(0)).into())
                .await
                .unwrap_err(),
            "lines[0].options[0].units: the quantity is 0: give at least 1, or remove the line"
                .into(),
        ),
        (
            create(
                service()
                    .option(ServiceOption::new(1, 2).units(u64::MAX))
                    .into(),
            )
            .await
            .unwrap_err(),
            "lines[0].options[0].units: the quantity is too large".into(),
        ),
        (
            shop.create(server().currency("USD")).await.unwrap_err(),
            "currency: this vendor's carts take none when they are created: leave it out".into(),
        ),
        (
            shop.create(server().locale("en")).await.unwrap_err(),
            "locale: this vendor's carts take none when they are created: leave it out".into(),
        ),
        (
            shop.create(server().customer(Customer::Guest))
                .await
                .unwrap_err(),
            "customer: this vendor's carts take none when they are created: leave it out".into(),
        ),
        (
            add("webroot:MSP1", vec![service().into()]).await,
            "cart id: `webroot:MSP1` is a cart of webroot".into(),
        ),
    ];
    for (error, message) in refused {
        assert_eq!(
            (error.kind(), error.to_string()),
            (ErrorKind::InvalidRequest, format!("liquidweb: {message}"))
        );
        assert_eq!(error.cart(), None);
    }
    assert_eq!(transport.count(), 0, "something was sent");
}

#[tokio::test]
async fn lines_that_other_vendors_have_are_refused_by_their_kind() {
    let transport = Arc::new(Counting::default());
    let shop = shop_over(transport.clone());
    let mut refused = Vec::new();
    for line in lines::one_of_each_kind() {
        if matches!(
            line,
            NewLine::Service(_) | NewLine::Package(_) | NewLine::Bundle(_)
        ) {
            continue;
        }
        // Behind a line that could be sent: nothing leaves before all lines are known to be right.
        let error = shop.create(server().line(line)).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unsupported);
        refused.push(error.to_string());
    }
    assert_eq!(
        refused,
        [
            "lines[1]: liquidweb takes no catalogue products",
            "lines[1]: liquidweb takes no custom lines",
            "lines[1]: liquidweb takes no gift certificates",
            "lines[1]: liquidweb takes no provider items",
            "lines[1]: liquidweb takes no licences",
            "lines[1]: liquidweb takes no licences",
        ]
    );
    assert_eq!(transport.count(), 0, "something was sent");
}

#[tokio::test]
async fn verbs_that_nobody_documents_are_refused() {
    let transport = Arc::new(Counting::default());
    let shop = shop_over(transport.clone());
    let why = "its documentation does not say whether it has such a call";
    let verbs = [
        "get",
        "update-line",
        "remove-line",
        "delete",
        "checkout",
        "set-customer",
        "place-order",
    ];
    assert_eq!(
        verbs::refusals(&shop, &CART.parse().unwrap()).await,
        verbs.map(|verb| format!("liquidweb does not support `{verb}`: {why}"))
    );
    assert_eq!(transport.count(), 0, "something was sent");
}

#[test]
fn a_missing_or_wrong_setting_is_named() {
    let user = ("CARTWRIGHT_LIQUIDWEB_USER", "ann");
    let password = ("CARTWRIGHT_LIQUIDWEB_PASSWORD", "secret-of-the-test");
    let token = ("CARTWRIGHT_LIQUIDWEB_TOKEN", "secret-of-the-test");
    let no_user = "CARTWRIGHT_LIQUIDWEB_USER: missing: it is the API user's name, with the password; or set CARTWRIGHT_LIQUIDWEB_TOKEN";
    let both = "CARTWRIGHT_LIQUIDWEB_TOKEN: set beside a name or password: set one or the other";
    for (settings, message) in [
        (vec![], no_user),
        (vec![password], no_user),
        (
            vec![user],
            "CARTWRIGHT_LIQUIDWEB_PASSWORD: missing: it is the API user's password, or a token in its place",
        ),
        (vec![user, password, token], both),
        (vec![user, token], both),
        (
            vec![token, ("CARTWRIGHT_LIQUIDWEB_REGION_ID", "east")],
            "CARTWRIGHT_LIQUIDWEB_REGION_ID: `east` is not a region's number",
        ),
        (
            vec![
                token,
                ("CARTWRIGHT_LIQUIDWEB_BASE_URL", "http://example.com"),
            ],
            "the base URL ",
        ),
    ] {
        let settings = Settings::from_pairs(settings);
        let error = connect(Vendor::LiquidWeb, &settings, None)
            .err()
            .expect("the settings are incomplete");
        assert_eq!(error.kind(), ErrorKind::InvalidConfig);
        assert!(
            error
                .to_string()
                .starts_with(&format!("liquidweb: {message}")),
            "expected: {message}\n   found: {error}"
        );
        assert!(!format!("{error:?} {settings:?}").contains("secret-of-the-test"));
    }
}

#[test]
fn no_debug_shows_a_secret() {
    for config in [config(), LiquidWebConfig::with_token(PASSWORD)] {
        let shop = LiquidWeb::new(config.clone()).unwrap();
        assert!(!format!("{config:?} {shop:?}").contains(PASSWORD));
    }
}

#[tokio::test]
async fn credentials_that_no_header_can_carry_are_refused_unseen() {
    for config in [
        LiquidWebConfig::with_token("secret\nof-the-test"),
        LiquidWebConfig::new("an:n", "secret-of-the-test"),
    ] {
        let shop = LiquidWeb::new(config).unwrap();
        let error = shop.create(server()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidConfig);
        assert!(!format!("{error} {error:?}").contains("of-the-test"));
    }
}
