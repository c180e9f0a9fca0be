//! Answers that the sandbox does not give, from a vendor that says what it is told to say.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;

use serde_json::{Value, json};

use crate::run::{Run, cart};

const CART: &str = "bigcommerce:6e193ce6-f327-4dcc-b75e-72cf6738525e";

/// Runs `cart get` against a vendor that answers once.
fn get(status: u16, body: &Value) -> Run {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let body = body.to_string();
    let answering = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut request = Vec::new();
        let mut byte = [0];
        while !request.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap() == 1 {
            request.push(byte[0]);
        }
        let head = format!(
            "HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nConnection: close\r\n"
        );
        write!(stream, "{head}Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
    });
    let mut command = cart(&["get", CART]);
    command
        .env("CARTWRIGHT_BIGCOMMERCE_STORE_HASH", "h")
        .env("CARTWRIGHT_BIGCOMMERCE_ACCESS_TOKEN", "t")
        .env("CARTWRIGHT_BIGCOMMERCE_BASE_URL", url);
    let run = Run::of(&mut command);
    answering.join().unwrap();
    run
}

#[test]
fn what_the_vendor_does_not_say_is_a_dash() {
    let item = json!({"product_id": 1});
    let lines = json!({"physical_items": [item]});
    insta::assert_snapshot!(get(200, &json!({"data": {"id": "c", "line_items": lines}})).shown());
}

#[test]
fn a_cart_without_lines_says_so() {
    insta::assert_snapshot!(get(200, &json!({"data": {"id": "c"}})).shown());
}

#[test]
fn messages_stand_below_with_their_severity() {
    let item = json!({"name": "Tea", "quantity": "many", "list_price": "dear"});
    let cart = json!({
        "id": "c",
        "line_items": {"custom_items": [item]},
        "promotions": {"banners": [{"text": "Free\nshipping"}]},
    });
    insta::assert_snapshot!(get(200, &json!({"data": cart})).shown());
}

#[test]
fn an_error_of_the_vendor_cannot_drive_the_terminal() {
    let refused = get(422, &json!({"title": "no\u{1b}[2J\nsuch\u{202e} thing"}));
    assert_eq!(refused.code, Some(1));
    assert!(
        refused.stderr.contains(": no [2J such  thing\n"),
        "{}",
        refused.stderr
    );
    assert!(
        refused.stderr.contains("answer   HTTP 422\n"),
        "{}",
        refused.stderr
    );
    assert!(
        !refused.stderr.contains(['\u{1b}', '\u{202e}']),
        "{}",
        refused.stderr
    );
}

#[test]
fn an_answer_that_is_no_cart_is_exit_code_1() {
    let refused = get(200, &json!({"data": {}}));
    assert_eq!((refused.code, refused.stdout.as_str()), (Some(1), ""));
    assert!(refused.stderr.contains("data.id"), "{}", refused.stderr);
}
