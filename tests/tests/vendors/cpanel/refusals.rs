//! What is refused before anything is sent.

use std::sync::Arc;

use cartwright::vendors::cpanel::Cpanel;
use cartwright::{
    CartApi, CartId, Customer, Error, ErrorKind, NewCart, NewLine, Settings, Vendor, connect,
};

use super::shop::{ACCESS_TOKEN, API_TOKEN, CART, config, shop_over};
use crate::canned::Counting;
use crate::{lines, verbs};

#[tokio::test]
async fn a_request_that_cannot_be_right_is_never_sent() {
    let transport = Arc::new(Counting::default());
    let shop = shop_over(transport.clone());
    let item = || NewLine::provider_item("143");
    let checkout = async |id: &str| {
        let id: CartId = id.parse().unwrap();
        shop.checkout(&id).await.unwrap_err()
    };
    let cart = || NewCart::new().line(item());
    let refused: Vec<(Error, &str)> = vec![
        (
            shop.create(NewCart::new()).await.unwrap_err(),
            "cpanel: lines: there are no lines: give at least one",
        ),
        (
            shop.create(cart().line(NewLine::provider_item("")))
                .await
                .unwrap_err(),
            "cpanel: lines[1].product_id: the product's id is empty",
        ),
        (
            shop.create(NewCart::new().line(item().price("-0.01".parse().unwrap())))
                .await
                .unwrap_err(),
            "cpanel: lines[0].price: the price -0.01 is negative: give 0 or more",
        ),
        (
            shop.create(cart().currency("USD")).await.unwrap_err(),
            "cpanel: currency: this vendor's carts take none when they are created: leave it out",
        ),
        (
            shop.create(cart().locale("en")).await.unwrap_err(),
            "cpanel: locale: this vendor's carts take none when they are created: leave it out",
        ),
        (
            shop.create(cart().customer(Customer::Guest))
                .await
                .unwrap_err(),
            "cpanel: customer: this vendor's carts take none when they are created: leave it out",
        ),
        (
            checkout("bigcommerce:6e193ce6-f327-4dcc-b75e-72cf6738525e").await,
            "cpanel: cart id: `bigcommerce:6e193ce6-f327-4dcc-b75e-72cf6738525e` is a cart of bigcommerce",
        ),
        (
            checkout("cpanel:8765310").await,
            "cpanel: cart id: `8765310` carries no address of a checkout: use the whole id that the cart was answered with",
        ),
        (
            checkout("cpanel:.aHR0cHM6Ly9zdG9yZS5leGFtcGxlL3BheQ").await,
            "cpanel: cart id: `.aHR0cHM6Ly9zdG9yZS5leGFtcGxlL3BheQ` carries no address of a checkout: use the whole id that the cart was answered with",
        ),
        // `javascript:alert(1)`
        (
            checkout("cpanel:8765310.amF2YXNjcmlwdDphbGVydCgxKQ").await,
            "cpanel: cart id: `8765310.amF2YXNjcmlwdDphbGVydCgxKQ` carries no address of a checkout: use the whole id that the cart was answered with",
        ),
    ];
    for (error, message) in refused {
        assert_eq!(
            (error.kind(), error.to_string().as_str()),
            (ErrorKind::InvalidRequest, message)
        );
    }
    assert_eq!(transport.count(), 0, "something was sent");
}

#[tokio::test]
async fn lines_that_other_vendors_have_are_refused_by_their_kind() {
    let transport = Arc::new(Counting::default());
    let shop = shop_over(transport.clone());
    let mut refused = Vec::new();
    for line in lines::one_of_each_kind() {
        if matches!(line, NewLine::ProviderItem(_)) {
            continue;
        }
        let error = shop.create(NewCart::new().line(line)).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unsupported);
        refused.push(error.to_string());
    }
    assert_eq!(
        refused,
        [
            "lines[0]: cpanel takes no catalogue products",
            "lines[0]: cpanel takes no custom lines",
            "lines[0]: cpanel takes no gift certificates",
            "lines[0]: cpanel takes no services",
            "lines[0]: cpanel takes no packages",
            "lines[0]: cpanel takes no bundles",
            "lines[0]: cpanel takes no licences",
            "lines[0]: cpanel takes no licences",
        ]
    );
    assert_eq!(transport.count(), 0, "something was sent");
}

#[tokio::test]
async fn verbs_that_the_vendor_lacks_are_refused() {
    let transport = Arc::new(Counting::default());
    let shop = shop_over(transport.clone());
    assert_eq!(
        verbs::refusals(&shop, &CART.parse().unwrap()).await,
        [
            "cpanel does not support `get`: its API has no such call",
            "cpanel does not support `add-lines`: its API has no such call",
            "cpanel does not support `update-line`: its API has no such call",
            "cpanel does not support `remove-line`: its API has no such call",
            "cpanel does not support `delete`: its API has no such call",
            "cpanel does not support `set-customer`: its API has no such call",
            "cpanel does not support `place-order`: its API has no such call",
        ]
    );
    assert_eq!(transport.count(), 0, "something was sent");
}

#[test]
fn a_missing_or_wrong_setting_is_named() {
    let host = ("CARTWRIGHT_CPANEL_HOST", "server.example");
    let user = ("CARTWRIGHT_CPANEL_USER", "ann");
    let token = ("CARTWRIGHT_CPANEL_API_TOKEN", "secret-of-the-test");
    let password = ("CARTWRIGHT_CPANEL_PASSWORD", "secret-of-the-test");
    let access = ("CARTWRIGHT_CPANEL_ACCESS_TOKEN", "secret-of-the-test");
    let back = ("CARTWRIGHT_CPANEL_RETURN_URL", "https://shop.example/");
    let all = [host, user, token, access, back];
    let and = |more: (&'static str, &'static str)| {
        let mut settings = all.to_vec();
        settings.push(more);
        settings
    };
    for (settings, message) in [
        (
            vec![],
            "cpanel: CARTWRIGHT_CPANEL_HOST: missing: it is the server's name",
        ),
        (
            vec![host],
            "cpanel: CARTWRIGHT_CPANEL_USER: missing: it is the cPanel user",
        ),
        (
            vec![host, user, access, back],
            "cpanel: CARTWRIGHT_CPANEL_API_TOKEN: missing: it is an API token of the user; or set CARTWRIGHT_CPANEL_PASSWORD",
        ),
        (
            and(password),
            "cpanel: CARTWRIGHT_CPANEL_API_TOKEN: set beside a password: set one or the other",
        ),
        (
            vec![host, user, password],
            "cpanel: CARTWRIGHT_CPANEL_ACCESS_TOKEN: missing: it is the provider's access token, from its login",
        ),
        (
            vec![host, user, token, access],
            "cpanel: CARTWRIGHT_CPANEL_RETURN_URL: missing: it is where the shopper goes after the checkout",
        ),
        (
            and(("CARTWRIGHT_CPANEL_PORT", "https")),
            "cpanel: CARTWRIGHT_CPANEL_PORT: `https` is not a port",
        ),
        (
            and(("CARTWRIGHT_CPANEL_BASE_URL", "http://example.com")),
            "cpanel: the base URL ",
        ),
    ] {
        let settings = Settings::from_pairs(settings);
        let error = connect(Vendor::Cpanel, &settings, None)
            .err()
            .expect("the settings are incomplete");
        assert_eq!(error.kind(), ErrorKind::InvalidConfig);
        assert!(
            error.to_string().starts_with(message),
            "expected: {message}\n   found: {error}"
        );
        assert!(!format!("{error:?} {settings:?}").contains("secret-of-the-test"));
    }
}

#[test]
fn no_debug_shows_a_secret() {
    for config in [config(), config().password("password-that-nobody-may-see")] {
        let shop = Cpanel::new(config.clone()).unwrap();
        let shown = format!("{config:?} {shop:?}");
        for secret in [API_TOKEN, ACCESS_TOKEN, "password-that-nobody-may-see"] {
            assert!(!shown.contains(secret), "{shown}");
        }
    }
}

#[tokio::test]
async fn a_token_that_no_header_can_carry_is_refused_unseen() {
    let config = cartwright::vendors::cpanel::CpanelConfig::new(
        "server.example",
        "ann",
        "secret\nof-the-test",
        ACCESS_TOKEN,
        "https://shop.example/",
    );
    let shop = Cpanel::new(config).unwrap();
    let new = NewCart::new().line(NewLine::provider_item("143"));
    let error = shop.create(new).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidConfig);
    assert!(!format!("{error} {error:?}").contains("of-the-test"));
}
