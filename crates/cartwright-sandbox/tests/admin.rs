//! The calls under `/_sandbox/`.

mod http;

use std::time::UNIX_EPOCH;

use cartwright_contract::Watched;
use cartwright_sandbox::Clock;
use reqwest::Method;
use serde_json::{Value, json};

async fn start() -> Watched {
    let clock = Clock::settable(UNIX_EPOCH);
    Watched::builder().clock(clock).start().await.unwrap()
}

/// Status and body of an admin call.
async fn ask(sandbox: &Watched, method: Method, call: &str, body: &str) -> (u16, Value) {
    let url = format!("{}/_sandbox/{call}", sandbox.base_url());
    let request = http::client().request(method, url).body(body.to_owned());
    let answer = request.send().await.unwrap();
    let status = answer.status().as_u16();
    let text = answer.text().await.unwrap();
    let body = match text.as_str() {
        "" => Value::Null,
        text => serde_json::from_str(text).unwrap(),
    };
    (status, body)
}

/// Asks BigCommerce for a cart that is not there.
async fn miss(sandbox: &Watched) {
    let access = sandbox.vendors().remove(0);
    let request = http::client()
        .get(format!("{}/v3/carts/none", access.base_url))
        .header("X-Auth-Token", access.credential("access_token").unwrap());
    assert_eq!(request.send().await.unwrap().status(), 404);
}

#[tokio::test]
async fn a_state_is_taken_and_put_back() {
    let sandbox = start().await;
    let (status, state) = ask(&sandbox, Method::GET, "state", "").await;
    assert_eq!((status, &state["version"]), (200, &json!(1)));
    ask(&sandbox, Method::PUT, "clock", r#"{"advance_seconds": 60}"#).await;
    assert_ne!(ask(&sandbox, Method::GET, "state", "").await.1, state);
    let put = ask(&sandbox, Method::PUT, "state", &state.to_string()).await;
    assert_eq!(put, (204, Value::Null));
    assert_eq!(ask(&sandbox, Method::GET, "state", "").await, (200, state));
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_by_place() {
    let sandbox = start().await;
    let before = sandbox.state();
    for (call, body, status, error) in [
        ("state", "{", 400, "the body is not JSON: "),
        ("state", "{}", 422, "version: this is missing"),
        (
            "state",
            r#"{"version": 1, "time": null, "seed": 0, "vendors": {}}"#,
            422,
            "vendors.bigcommerce: this is missing",
        ),
        ("clock", "", 400, "the body is not JSON: "),
        ("clock", "{}", 422, "give one of "),
        ("clock", r#"{"follow": false}"#, 422, "give one of "),
        (
            "clock",
            r#"{"follow": true, "advance_seconds": 1}"#,
            422,
            "give one of ",
        ),
        (
            "clock",
            r#"{"advance_seconds": -1}"#,
            422,
            "invalid value: ",
        ),
        ("clock", r#"{"advance": 1}"#, 422, "unknown field `advance`"),
        (
            "clock",
            r#"{"time": "noon"}"#,
            422,
            "time: `noon` is no RFC 3339 time",
        ),
    ] {
        let (answered, said) = ask(&sandbox, Method::PUT, call, body).await;
        assert_eq!(answered, status, "{call} {body}");
        let said = said["error"].as_str().unwrap();
        assert!(said.starts_with(error), "{call} {body}: {said}");
    }
    assert_eq!(sandbox.state(), before);
}

#[tokio::test]
async fn the_clock_is_set_advanced_and_let_go() {
    let sandbox = start().await;
    for (body, time) in [
        (
            r#"{"time": "2026-01-31T10:00:00+01:00"}"#,
            "2026-01-31T09:00:00.000Z",
        ),
        (r#"{"advance_seconds": 60}"#, "2026-01-31T09:01:00.000Z"),
    ] {
        let expected = (200, json!({"time": time, "follows": false}));
        assert_eq!(ask(&sandbox, Method::PUT, "clock", body).await, expected);
        assert_eq!(ask(&sandbox, Method::GET, "clock", "").await, expected);
    }
    let (_, reading) = ask(&sandbox, Method::PUT, "clock", r#"{"follow": true}"#).await;
    assert_eq!(reading["follows"], true);
}

#[tokio::test]
async fn calls_are_told_without_the_admin_calls_and_a_reset_forgets_them() {
    let sandbox = start().await;
    miss(&sandbox).await;
    let (_, calls) = ask(&sandbox, Method::GET, "calls", "").await;
    let told: Vec<_> = calls
        .as_array()
        .unwrap()
        .iter()
        .map(|call| (&call["method"], &call["status"]))
        .collect();
    assert_eq!(told, [(&json!("GET"), &json!(404))]);
    assert_eq!(
        ask(&sandbox, Method::POST, "reset", "").await,
        (204, Value::Null)
    );
    assert_eq!(
        ask(&sandbox, Method::GET, "calls", "").await,
        (200, json!([]))
    );
}

#[tokio::test]
async fn exchanges_are_told_only_where_they_are_kept() {
    let (status, said) = ask(&start().await, Method::GET, "exchanges", "").await;
    assert_eq!(status, 404);
    assert!(said["error"].as_str().unwrap().contains("keep_exchanges"));

    let sandbox = Watched::builder().keep_exchanges().start().await.unwrap();
    let url = format!("{}/nowhere?access_token=secret", sandbox.base_url());
    let answer = http::client()
        .post(url)
        .body("a=1&password=secret")
        .send()
        .await
        .unwrap();
    let text = answer.text().await.unwrap();
    let (_, kept) = ask(&sandbox, Method::GET, "exchanges", "").await;
    assert_eq!(kept.as_array().unwrap().len(), 1);
    assert_eq!(kept[0]["query"], "access_token=[hidden]");
    assert_eq!(kept[0]["request_body"], "a=1&password=[hidden]");
    assert_eq!(kept[0]["response_body"], text);
    assert_eq!(
        kept[0]["response_headers"][0],
        json!(["content-type", "application/json"])
    );
}

#[tokio::test]
async fn each_vendors_operations_are_listed() {
    let (_, listed) = ask(&start().await, Method::GET, "operations", "").await;
    for vendor in ["bigcommerce", "cpanel", "liquidweb", "webroot"] {
        let operations = listed[vendor].as_array().unwrap();
        assert!(!operations.is_empty(), "{vendor}");
        for operation in operations {
            assert!(
                operation["operation"].is_string() && operation["statuses"][0].is_number(),
                "{operation}"
            );
        }
    }
}

#[tokio::test]
async fn what_a_browser_sends_for_a_web_page_is_refused() {
    let sandbox = start().await;
    let port = sandbox.addr().port();
    for (name, value, status) in [
        // A script of another page, of a page in a file, and of a page that the sandbox itself would have served.
        ("origin", "https://page.example".to_owned(), 403),
        ("origin", "null".to_owned(), 403),
        ("origin", sandbox.base_url(), 403),
        // An image or a link, which have no Origin.
        ("sec-fetch-site", "cross-site".to_owned(), 403),
        ("sec-fetch-site", "same-origin".to_owned(), 403),
        // An address that the user typed.
        ("sec-fetch-site", "none".to_owned(), 200),
        // A page whose name was bound to this machine, in a browser that sends neither.
        ("host", format!("page.example:{port}"), 403),
        ("host", "127.0.0.1.page.example".to_owned(), 403),
        ("host", format!("localhost:{port}"), 200),
        ("host", "127.0.0.1".to_owned(), 200),
    ] {
        let url = format!("{}/_sandbox/state", sandbox.base_url());
        let answer = http::client()
            .get(url)
            .header(name, &value)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), status, "{name}: {value}");
    }
    let (_, before) = ask(&sandbox, Method::GET, "clock", "").await;
    let url = format!("{}/_sandbox/clock", sandbox.base_url());
    let request = http::client()
        .put(url)
        .header("origin", "https://page.example");
    let answer = request
        .body(r#"{"advance_seconds": 60}"#)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 403);
    assert_eq!(ask(&sandbox, Method::GET, "clock", "").await.1, before);
}

#[tokio::test]
async fn an_unknown_call_and_a_wrong_method_are_refused_by_name() {
    let sandbox = start().await;
    let (status, said) = ask(&sandbox, Method::GET, "nothing", "").await;
    assert_eq!(status, 404);
    assert!(
        said["error"]
            .as_str()
            .unwrap()
            .contains("/_sandbox/nothing"),
        "{said}"
    );
    let (status, said) = ask(&sandbox, Method::DELETE, "state", "").await;
    assert_eq!(status, 405);
    assert!(said["error"].as_str().unwrap().contains("DELETE"), "{said}");
    assert!(sandbox.calls().is_empty());
}
