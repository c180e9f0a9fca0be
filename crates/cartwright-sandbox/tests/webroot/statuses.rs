//! Each status that an operation is said to answer, answered.

use cartwright_sandbox::{Built, Sandbox};
use reqwest::header::CONTENT_TYPE;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

use crate::partner::{
    FORM, Partner, customer, order, parent, password_form, path, plain, purchase, send,
};

const SHOP: &str = "/service/api/ecom/shop";
const KEYCODE: &str = "SAEP-SAND-BOX0-0000-0001";

/// What a shop's call needs to go through: its path below the shop, and its body.
struct Call {
    path: String,
    body: Option<Value>,
}

/// The call of an operation about a cart or a licence, which may be one that is not there.
fn call(operation: &str, cart: &Value, keycode: &str) -> Call {
    let customers = json!({"Shipping": customer("E1")});
    let (path, body) = match operation {
        "createCart" => ("/carts".to_owned(), Some(order("MSP", &[plain("SAEP")]))),
        "getCart" => (path(cart), None),
        "addCartCustomers" => (format!("{}/customers", path(cart)), Some(customers)),
        "getCartCustomers" => (format!("{}/customers", path(cart)), None),
        "createOrder" => ("/orders".to_owned(), Some(purchase(cart))),
        "getProduct" => (format!("/products/{keycode}"), None),
        "getProductOrderStatus" => (format!("/products/{keycode}/orderstatus"), None),
        other => panic!("{other} has no call here"),
    };
    Call { path, body }
}

fn with_body(request: RequestBuilder, body: Option<Value>) -> RequestBuilder {
    match body {
        Some(body) => request.json(&body),
        None => request,
    }
}

/// A call of the shop that is to be answered with this status.
async fn shop_call(partner: &Partner, built: &Built, status: u16) -> RequestBuilder {
    let cart = partner.cart_of(&[parent("SAEP", 1)]).await;
    if built.operation == "createOrder" || status == 409 {
        let customers = json!({"Shipping": customer("E1")});
        partner.attach(&cart, &customers).await;
    }
    if status == 409 {
        partner.buy(&cart).await;
    }
    let nobody = json!({"VendorOrderCode": "MSP0"});
    let Call { path, body } = match status {
        404 => call(built.operation, &nobody, "NONE"),
        _ => call(built.operation, &cart, KEYCODE),
    };
    let method: Method = built.method.parse().unwrap();
    let tokens = partner.sign_in("ECom.Shop").await;
    match status {
        400 => {
            let token = tokens["access_token"].as_str().unwrap();
            let request = partner.anonymous(method, &format!("{SHOP}{path}"));
            with_body(request.bearer_auth(token), body)
        }
        401 => with_body(partner.bare(method, &format!("{SHOP}{path}")), body),
        403 => {
            let tokens = partner.sign_in("Console.GSM").await;
            with_body(partner.with_token(method, &path, &tokens), body)
        }
        413 => partner
            .with_token(method, &path, &tokens)
            .header(CONTENT_TYPE, "application/json")
            .body(vec![b' '; 3 << 20]),
        415 => partner
            .with_token(method, &path, &tokens)
            .header(CONTENT_TYPE, "text/plain")
            .body("{}"),
        _ => with_body(partner.with_token(method, &path, &tokens), body),
    }
}

/// A call for a token that is to be answered with this status.
fn token_call(partner: &Partner, status: u16) -> RequestBuilder {
    let (user, password) = (
        partner.credential("username"),
        partner.credential("password"),
    );
    let (id, secret) = (
        partner.credential("client_id"),
        partner.credential("client_secret"),
    );
    let password = if status == 400 { "wrong" } else { &password };
    let request = partner.token_request(&password_form(&user, password, "ECom.Shop"));
    match status {
        401 => request,
        413 => request.header(CONTENT_TYPE, FORM).body(vec![b'a'; 3 << 20]),
        _ => request.basic_auth(id, Some(secret)),
    }
}

#[tokio::test]
async fn each_status_of_each_operation_is_answered() {
    let partner = Partner::open().await;
    let (_, operations) = Sandbox::operations()
        .into_iter()
        .find(|(vendor, _)| *vendor == "webroot")
        .unwrap();
    for built in operations {
        for status in built.statuses {
            let request = match built.operation {
                "createToken" => token_call(&partner, *status),
                _ => shop_call(&partner, built, *status).await,
            };
            let reply = send(request).await;
            assert_eq!(reply.status, *status, "{}: {}", built.operation, reply.text);
        }
    }
}

#[test]
fn the_eight_operations_of_the_specification_stand() {
    let operations = Sandbox::operations()
        .into_iter()
        .flat_map(|(_, built)| built);
    let webroot =
        operations.filter(|built| built.path == "/auth/token" || built.path.starts_with(SHOP));
    assert_eq!(webroot.count(), 8);
}
