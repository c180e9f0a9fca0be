//! What is refused before anything is sent, even for a token.

use std::sync::Arc;

use cartwright::vendors::webroot::{Webroot, WebrootConfig};
use cartwright::{
    CartApi, CartId, CompanyKind, Contact, Customer, CustomerDetails, Error, ErrorKind, NewCart,
    NewLine, NewOrder, PostalAddress, Settings, Vendor, connect,
};

use super::shop::{CART, CLIENT_SECRET, PASSWORD, config, shop_over};
use crate::canned::Counting;
use crate::{lines, verbs};

#[tokio::test]
async fn a_request_that_cannot_be_right_is_never_sent() {
    let transport = Arc::new(Counting::default());
    let shop = shop_over(transport.clone());
    let create = |line: NewLine| shop.create(NewCart::new().line(line));
    let cart = || NewCart::new().line(NewLine::license("SAEP", 1, "1"));
    let get = async |id: &str| {
        let id: CartId = id.parse().unwrap();
        shop.get(&id).await.unwrap_err()
    };
    let refused: Vec<(Error, &str)> = vec![
        (
            shop.create(NewCart::new()).await.unwrap_err(),
            "webroot: lines: there are no lines: give at least one",
        ),
        (
            create(NewLine::license("SAEP", 0, "1").into())
                .await
                .unwrap_err(),
            "webroot: lines[0].seats: the quantity is 0: give at least 1, or remove the line",
        ),
        (
            create(NewLine::license_key("KEY", "1").seats(0).into())
                .await
                .unwrap_err(),
            "webroot: lines[0].seats: the quantity is 0: give at least 1, or remove the line",
        ),
        (
            create(NewLine::license("SAEP", u64::MAX, "1").into())
                .await
                .unwrap_err(),
            "webroot: lines[0].seats: the quantity is too large",
        ),
        (
            create(NewLine::license(" ", 1, "1").into())
                .await
                .unwrap_err(),
            "webroot: lines[0].category: it is empty",
        ),
        (
            create(NewLine::license("SAEP", 1, "").into())
                .await
                .unwrap_err(),
            "webroot: lines[0].years: it is empty",
        ),
        (
            create(NewLine::license_key("", "1").into())
                .await
                .unwrap_err(),
            "webroot: lines[0].key: it is empty",
        ),
        (
            shop.create(cart().line(NewLine::license_key("KEY", "")))
                .await
                .unwrap_err(),
            "webroot: lines[1].years: it is empty",
        ),
        (
            shop.create(cart().currency("USD")).await.unwrap_err(),
            "webroot: currency: this vendor's carts take none when they are created: leave it out",
        ),
        (
            shop.create(cart().customer(Customer::Guest))
                .await
                .unwrap_err(),
            "webroot: customer: this vendor's carts take none when they are created: create the cart without, and set it by `set-customer`",
        ),
        (
            get("bigcommerce:6e193ce6-f327-4dcc-b75e-72cf6738525e").await,
            "webroot: cart id: `bigcommerce:6e193ce6-f327-4dcc-b75e-72cf6738525e` is a cart of bigcommerce",
        ),
    ];
    for (error, message) in refused {
        assert_eq!(
            (error.kind(), error.to_string().as_str()),
            (ErrorKind::InvalidRequest, message)
        );
    }
    assert_eq!(
        get("webroot:..").await.kind(),
        ErrorKind::InvalidRequest,
        "it would be another path"
    );
    assert_eq!(transport.count(), 0, "something was sent");
}

#[tokio::test]
async fn a_customer_that_the_vendor_cannot_take_is_never_sent() {
    let transport = Arc::new(Counting::default());
    let cart: CartId = CART.parse().unwrap();
    let with = |order_type: &str, customer: Customer| {
        let config = WebrootConfig::new("client", CLIENT_SECRET, "ann", PASSWORD, order_type);
        let shop = Webroot::new(config.transport(transport.clone())).unwrap();
        let cart = cart.clone();
        async move { shop.set_customer(&cart, customer).await.unwrap_err() }
    };
    let known = || Contact::new().key("school-17");
    let contact = || known().address(PostalAddress::new("DE"));
    let resold = |reseller| CustomerDetails::new(contact()).reseller(reseller).into();
    for (order_type, customer, message) in [
        (
            "MSP",
            Customer::Guest,
            "customer: Webroot knows no guests: describe the customer who uses the licences",
        ),
        (
            "MSP",
            Customer::Id("11".into()),
            "customer: Webroot gives its customers no ids: describe the customer, with your own key for it",
        ),
        (
            "MSP",
            Contact::new().into(),
            "customer.contact.key: missing: give your own key for the customer",
        ),
        (
            "MSP",
            contact().key(" ").into(),
            "customer.contact.key: it is empty",
        ),
        (
            "MSP",
            known().into(),
            "customer.contact.address: missing: give at least the country",
        ),
        (
            "MSP",
            known().address(PostalAddress::new("Germany")).into(),
            "customer.contact.address.country: `Germany` is not a country's code: give the two letters of ISO 3166-1, such as DE",
        ),
        (
            "MSP",
            known().address(PostalAddress::new("DE").city("")).into(),
            "customer.contact.address.city: it is empty",
        ),
        (
            "MSP",
            contact()
                .company("ACME", CompanyKind::Code("school".into()))
                .into(),
            "customer.contact.company_kind: `school` is not one of Webroot's codes: they are numbers",
        ),
        (
            "MSP",
            resold(contact()),
            "customer.reseller: the vendor ignores it on carts of the type MSP: leave it out, or set the order type to RESELLER",
        ),
        (
            "RESELLER",
            contact().into(),
            "customer.reseller: missing: carts of the type RESELLER need one",
        ),
        (
            "RESELLER",
            resold(Contact::new()),
            "customer.reseller.key: missing: give your own key for the customer",
        ),
    ] {
        let error = with(order_type, customer).await;
        assert_eq!(
            (error.kind(), error.to_string()),
            (ErrorKind::InvalidRequest, format!("webroot: {message}"))
        );
    }
    assert_eq!(transport.count(), 0, "something was sent");
}

#[tokio::test]
async fn an_order_that_cannot_be_right_is_never_sent() {
    let transport = Arc::new(Counting::default());
    let shop = shop_over(transport.clone());
    let other: CartId = "bigcommerce:6e193ce6-f327-4dcc-b75e-72cf6738525e"
        .parse()
        .unwrap();
    let own: CartId = CART.parse().unwrap();
    let numbered = || NewOrder::new().purchase_order("P4713A20");
    for (cart, order, message) in [
        (
            &own,
            NewOrder::new(),
            "purchase_order: missing: the vendor bills a purchase order, so give your number of it",
        ),
        (
            &own,
            NewOrder::new().purchase_order(" "),
            "purchase_order: it is empty",
        ),
        (
            &other,
            numbered(),
            "cart id: `bigcommerce:6e193ce6-f327-4dcc-b75e-72cf6738525e` is a cart of bigcommerce",
        ),
    ] {
        let error = shop.place_order(cart, order).await.unwrap_err();
        assert_eq!(
            (error.kind(), error.to_string()),
            (ErrorKind::InvalidRequest, format!("webroot: {message}"))
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
        if matches!(line, NewLine::License(_)) {
            continue;
        }
        let error = shop.create(NewCart::new().line(line)).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unsupported);
        refused.push(error.to_string());
    }
    assert_eq!(
        refused,
        [
            "lines[0]: webroot takes no catalogue products",
            "lines[0]: webroot takes no custom lines",
            "lines[0]: webroot takes no gift certificates",
            "lines[0]: webroot takes no provider items",
            "lines[0]: webroot takes no services",
            "lines[0]: webroot takes no packages",
            "lines[0]: webroot takes no bundles",
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
            "webroot does not support `add-lines`: its API has no such call",
            "webroot does not support `update-line`: its API has no such call",
            "webroot does not support `remove-line`: its API has no such call",
            "webroot does not support `delete`: its API has no such call",
            "webroot does not support `checkout`: its API has no such call",
        ]
    );
    assert_eq!(transport.count(), 0, "something was sent");
}

#[test]
fn a_missing_or_wrong_setting_is_named() {
    let client = ("CARTWRIGHT_WEBROOT_CLIENT_ID", "client");
    let secret = ("CARTWRIGHT_WEBROOT_CLIENT_SECRET", "secret-of-the-test");
    let user = ("CARTWRIGHT_WEBROOT_USERNAME", "ann@example.com");
    let password = ("CARTWRIGHT_WEBROOT_PASSWORD", "secret-of-the-test");
    let order = ("CARTWRIGHT_WEBROOT_ORDER_TYPE", "MSP");
    for (settings, message) in [
        (
            vec![],
            "webroot: CARTWRIGHT_WEBROOT_CLIENT_ID: missing: it is the id of the API client",
        ),
        (
            vec![client],
            "webroot: CARTWRIGHT_WEBROOT_CLIENT_SECRET: missing: it is the secret of the API client",
        ),
        (
            vec![client, secret],
            "webroot: CARTWRIGHT_WEBROOT_USERNAME: missing: it is the partner user's address for mail",
        ),
        (
            vec![client, secret, user],
            "webroot: CARTWRIGHT_WEBROOT_PASSWORD: missing: it is the partner user's password",
        ),
        (
            vec![client, secret, user, password],
            "webroot: CARTWRIGHT_WEBROOT_ORDER_TYPE: missing: it is the type of new carts' orders: MSP or RESELLER",
        ),
        (
            vec![
                client,
                secret,
                user,
                password,
                order,
                ("CARTWRIGHT_WEBROOT_BASE_URL", "http://example.com"),
            ],
            "webroot: the base URL ",
        ),
    ] {
        let settings = Settings::from_pairs(settings);
        let error = connect(Vendor::Webroot, &settings, None)
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
    let shop = Webroot::new(config()).unwrap();
    let shown = format!("{:?} {shop:?}", config());
    for secret in [CLIENT_SECRET, PASSWORD] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[tokio::test]
async fn a_client_id_that_basic_cannot_carry_is_refused_unseen() {
    let config = WebrootConfig::new("cli:ent", CLIENT_SECRET, "ann", PASSWORD, "MSP");
    let shop = Webroot::new(config).unwrap();
    let error = shop.get(&CART.parse().unwrap()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidConfig);
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains(CLIENT_SECRET) && !shown.contains(PASSWORD));
}
