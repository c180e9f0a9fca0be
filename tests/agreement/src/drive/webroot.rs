use cartwright_sandbox::Sandbox;
use reqwest::Method;
use serde_json::{Value, json};
use url::form_urlencoded::Serializer;

use crate::ask::{Ask, access};

const SHOP: &str = "/service/api/ecom/shop";

/// Each operation that reads, of a cart or a licence that is not there.
const READS: [&str; 4] = [
    "/carts/x",
    "/carts/x/customers",
    "/products/x",
    "/products/x/orderstatus",
];

const CHANGES: [&str; 3] = ["/carts", "/carts/x/customers", "/orders"];

/// A licence of the built-in seed that was ordered.
const KEYCODE: &str = "SAEP-SAND-BOX0-0000-0001";

pub async fn drive(sandbox: &Sandbox) {
    let access = access(sandbox, "webroot");
    let nameless = Ask::new(&access);
    let anyone = nameless.header("user-agent", "CoveragePage/1.0");
    let credential = |name| access.credential(name).expect("a credential");
    let login = [
        ("grant_type", "password"),
        ("client_id", credential("client_id")),
        ("client_secret", credential("client_secret")),
        ("username", credential("username")),
        ("password", credential("password")),
    ];
    let shop = with_token(&anyone, &login, "ECom.Shop").await;
    let console = with_token(&anyone, &login, "Console.GSM").await;
    token_refused(&anyone, &login).await;
    turned_away(&nameless, &anyone, &console).await;
    unreadable(&shop).await;
    not_there(&shop).await;
    sold(&shop).await;
}

/// Whoever signed in for a scope.
async fn with_token(anyone: &Ask, login: &[(&str, &str)], scope: &str) -> Ask {
    let form = [login, &[("scope", scope)]].concat();
    let (status, tokens) = token(anyone, &form).await;
    assert_eq!(status, 200, "{scope}: {tokens}");
    let token = tokens["access_token"].as_str().expect("a token");
    anyone.header("authorization", format!("Bearer {token}"))
}

async fn token_refused(anyone: &Ask, login: &[(&str, &str)]) {
    let long = "x".repeat(2 * 1024 * 1024);
    for (expected, form) in [
        // No scope.
        (400, login),
        // No client.
        (401, &[("grant_type", "password")]),
        (413, &[("scope", &long)]),
    ] {
        assert_eq!(token(anyone, form).await.0, expected);
    }
}

/// All three before the path or the body is looked at.
async fn turned_away(nameless: &Ask, anyone: &Ask, console: &Ask) {
    let reads = READS.map(|path| (Method::GET, path));
    let changes = CHANGES.map(|path| (Method::POST, path));
    for (method, path) in reads.into_iter().chain(changes) {
        for (expected, ask) in [(400, nameless), (401, anyone), (403, console)] {
            let whole = format!("{SHOP}{path}");
            let status = ask.send(method.clone(), &whole, None).await.status;
            assert_eq!(status, expected, "{method} {path}");
        }
    }
}

/// Both before the path is looked at.
async fn unreadable(shop: &Ask) {
    let text = shop.header("content-type", "text/plain");
    for path in CHANGES {
        for (expected, ask, body) in [
            (413, shop, " ".repeat(2 * 1024 * 1024 + 1)),
            (415, &text, "{}".to_owned()),
        ] {
            let whole = format!("{SHOP}{path}");
            let status = ask.send(Method::POST, &whole, Some(body)).await.status;
            assert_eq!(status, expected, "{path}");
        }
    }
}

async fn not_there(shop: &Ask) {
    for path in READS {
        asked(shop, path, 404).await;
    }
    posted(shop, "/carts/x/customers", json!({}), 404).await;
    posted(shop, "/orders", purchase(&json!("x")), 404).await;
}

/// A cart from its making to its order, and a licence.
async fn sold(shop: &Ask) {
    // A category that asks for the least about a customer.
    let antivirus = json!({"LicenseCategoryName": "WSAV", "LicenseSeats": 5, "Years": "1"});
    let cart = json!({"TypeOfOrder": "MSP", "Locale": "en_US", "ItemsByAttributes": [antivirus]});
    let code = posted(shop, "/carts", cart, 200).await["VendorOrderCode"].clone();
    let cart = format!("/carts/{}", code.as_str().expect("a code"));
    let customers = format!("{cart}/customers");
    let customer = json!({"Shipping": {"Country": "US", "ExternalCustomerKey": "E1"}});

    // Nobody is there to ship to.
    posted(shop, "/orders", purchase(&code), 409).await;
    posted(shop, &customers, customer.clone(), 200).await;
    for path in [&cart, &customers] {
        asked(shop, path, 200).await;
    }
    posted(shop, "/orders", purchase(&code), 200).await;
    // An ordered cart keeps its customers.
    posted(shop, &customers, customer, 409).await;

    let licence = format!("/products/{KEYCODE}");
    for path in [&licence, &format!("{licence}/orderstatus")] {
        asked(shop, path, 200).await;
    }
}

fn purchase(code: &Value) -> Value {
    json!({"VendorOrderCode": code, "PaymentMethod": "PurchaseOrder", "PurchaseOrder": "P1"})
}

async fn asked(shop: &Ask, path: &str, expected: u16) {
    let answer = shop.get(&format!("{SHOP}{path}")).await;
    assert_eq!(answer.status, expected, "{path}: {}", answer.body);
}

async fn posted(shop: &Ask, path: &str, body: Value, expected: u16) -> Value {
    let answer = shop.post(&format!("{SHOP}{path}"), body).await;
    assert_eq!(answer.status, expected, "{path}: {}", answer.body);
    answer.body
}

async fn token(anyone: &Ask, form: &[(&str, &str)]) -> (u16, Value) {
    let form = Serializer::new(String::new()).extend_pairs(form).finish();
    let ask = anyone.header("content-type", "application/x-www-form-urlencoded");
    let answer = ask.send(Method::POST, "/auth/token", Some(form)).await;
    (answer.status, answer.body)
}
