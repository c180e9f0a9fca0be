//! The sandbox itself: it starts, logs, resets, repeats, stops.

mod http;

use cartwright_contract::Watched;
use cartwright_sandbox::{Clock, Sandbox};
use serde_json::{Value, json};
use std::time::UNIX_EPOCH;

async fn create(sandbox: &Sandbox) -> String {
    let access = sandbox.vendors().remove(0);
    let request = http::client()
        .post(format!(
            "{}/v3/carts?include=redirect_urls",
            access.base_url
        ))
        .header("X-Auth-Token", access.credential("access_token").unwrap())
        .json(&json!({"line_items": [{"product_id": 126, "quantity": 1}]}));
    request.send().await.unwrap().text().await.unwrap()
}

#[tokio::test]
async fn the_sandbox_listens_on_the_loopback_interface_only() {
    let sandbox = Watched::start().await.unwrap();
    assert_eq!(sandbox.addr().ip(), std::net::IpAddr::from([127, 0, 0, 1]));
    assert_eq!(
        sandbox.base_url(),
        format!("http://127.0.0.1:{}", sandbox.addr().port())
    );
}

#[tokio::test]
async fn a_taken_port_is_an_error() {
    let sandbox = Watched::start().await.unwrap();
    let second = Watched::builder().port(sandbox.addr().port()).start().await;
    assert_eq!(
        second.map(|_| ()).unwrap_err().kind(),
        std::io::ErrorKind::AddrInUse
    );
}

#[tokio::test]
async fn two_sandboxes_share_nothing() {
    let (one, other) = (
        Watched::start().await.unwrap(),
        Watched::start().await.unwrap(),
    );
    create(&one).await;
    assert_eq!((one.calls().len(), other.calls().len()), (1, 0));
}

#[tokio::test]
async fn the_same_seed_and_clock_give_the_same_answers() {
    let mut answers = Vec::new();
    for seed in [7, 7, 8] {
        let sandbox = Watched::builder()
            .seed(seed)
            .clock(Clock::settable(UNIX_EPOCH))
            .start()
            .await
            .unwrap();
        answers.push(create(&sandbox).await);
    }
    assert_eq!(answers[0], answers[1]);
    assert_ne!(answers[0], answers[2]);
}

#[tokio::test]
async fn a_call_is_logged_without_header_values() {
    let sandbox = Watched::start().await.unwrap();
    create(&sandbox).await;
    let call = sandbox.calls().remove(0);
    assert_eq!(
        (call.method.as_str(), call.path.as_str()),
        ("POST", "/stores/sandboxstore/v3/carts")
    );
    assert_eq!(
        (call.query.as_deref(), call.status),
        (Some("include=redirect_urls"), 201)
    );
    assert_eq!(
        serde_json::from_str::<Value>(&call.body).unwrap()["line_items"][0]["product_id"],
        126
    );
    assert!(
        call.header_names.iter().any(|name| name == "x-auth-token"),
        "{call:?}"
    );
    let access = sandbox.vendors().remove(0);
    assert!(!format!("{call:?}").contains(access.credential("access_token").unwrap()));
}

#[tokio::test]
async fn a_path_of_no_vendor_is_404_and_logged() {
    let sandbox = Watched::start().await.unwrap();
    let answer = http::client()
        .get(format!("{}/nowhere", sandbox.base_url()))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 404);
    assert_eq!(
        answer.json::<Value>().await.unwrap()["detail"],
        "no vendor of this sandbox answers at /nowhere"
    );
    assert_eq!(sandbox.calls()[0].status, 404);
}

#[tokio::test]
async fn a_reset_forgets_carts_and_calls_and_starts_the_ids_again() {
    let sandbox = Watched::builder()
        .clock(Clock::settable(UNIX_EPOCH))
        .start()
        .await
        .unwrap();
    let first = create(&sandbox).await;
    assert_ne!(create(&sandbox).await, first);
    sandbox.reset();
    assert!(sandbox.calls().is_empty());
    let id = serde_json::from_str::<Value>(&first).unwrap()["data"]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let access = sandbox.vendors().remove(0);
    let url = format!("{}/v3/carts/{id}", access.base_url);
    let read = http::client()
        .get(url)
        .header("X-Auth-Token", access.credential("access_token").unwrap())
        .send()
        .await
        .unwrap();
    assert_eq!(read.status(), 404);
    assert_eq!(create(&sandbox).await, first);
}

#[tokio::test]
async fn the_environment_points_at_the_sandbox() {
    let sandbox = Watched::start().await.unwrap();
    let access = sandbox.vendors().remove(0);
    assert_eq!(
        access.environment,
        [
            (
                "CARTWRIGHT_BIGCOMMERCE_STORE_HASH",
                "sandboxstore".to_owned()
            ),
            (
                "CARTWRIGHT_BIGCOMMERCE_ACCESS_TOKEN",
                "sandbox-access-token".to_owned()
            ),
            (
                "CARTWRIGHT_BIGCOMMERCE_BASE_URL",
                format!("{}/stores/sandboxstore", sandbox.base_url())
            ),
        ]
    );
}

#[tokio::test]
async fn a_shut_down_sandbox_frees_its_port() {
    let sandbox = Watched::start().await.unwrap();
    create(&sandbox).await;
    let port = sandbox.addr().port();
    sandbox.shutdown().await.unwrap();
    assert!(
        http::client()
            .get(format!("http://127.0.0.1:{port}/"))
            .send()
            .await
            .unwrap_err()
            .is_connect()
    );
}

#[tokio::test]
async fn a_dropped_sandbox_stops() {
    let sandbox = Watched::start().await.unwrap();
    let addr = sandbox.addr();
    drop(sandbox);
    // The server stops on its own task, so it may take a few turns.
    for _ in 0..1000 {
        if tokio::net::TcpStream::connect(addr).await.is_err() {
            return;
        }
        tokio::task::yield_now().await;
    }
    panic!("{addr} still listens");
}

#[tokio::test]
async fn joining_serves_and_can_be_given_up() {
    let mut sandbox = Watched::start().await.unwrap();
    let url = format!("{}/nowhere", sandbox.base_url());
    tokio::select! {
        ended = sandbox.join() => panic!("the server ended: {ended:?}"),
        answer = http::client().get(url).send() => assert_eq!(answer.unwrap().status(), 404),
    }
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn an_observer_sees_the_request_and_the_answer_that_was_sent() {
    let (sender, seen) = std::sync::mpsc::channel();
    let sandbox = Watched::builder()
        .observe(move |exchange| drop(sender.send(exchange.clone())))
        .start()
        .await
        .unwrap();
    let answer = create(&sandbox).await;
    let exchange = seen.recv().unwrap();
    assert_eq!(
        (exchange.method.as_str(), exchange.path.as_str()),
        ("POST", "/stores/sandboxstore/v3/carts")
    );
    assert_eq!(exchange.query.as_deref(), Some("include=redirect_urls"));
    assert!(exchange.request_body.starts_with(b"{"));
    assert_eq!(exchange.status, 201);
    assert_eq!(
        exchange.response_header("content-type"),
        Some("application/json")
    );
    assert_eq!(exchange.response_body, answer.as_bytes());
}

#[tokio::test]
async fn an_observer_that_panics_changes_no_answer_and_is_told_of_in_the_end() {
    let sandbox = Watched::builder()
        .observe(|_| panic!("as it was told"))
        .start()
        .await
        .unwrap();
    assert_ne!(create(&sandbox).await, create(&sandbox).await);
    assert_eq!(
        sandbox.shutdown().await.unwrap_err().to_string(),
        "an observer of the sandbox panicked: as it was told"
    );
}

#[tokio::test]
async fn an_answer_is_packed_for_whoever_takes_it_and_shown_as_it_was() {
    let (sender, seen) = std::sync::mpsc::channel();
    let observer = move |exchange: &cartwright_sandbox::Exchange| {
        sender.send(exchange.response_body.clone()).unwrap();
    };
    let sandbox = Sandbox::builder().observe(observer).start().await.unwrap();
    for access in sandbox.vendors() {
        for (takes, is_packed) in [("gzip", true), ("identity", false)] {
            let request = http::client().get(format!("{}/nowhere", access.base_url));
            let answer = request
                .header("accept-encoding", takes)
                .send()
                .await
                .unwrap();
            let encoding = answer.headers().get("content-encoding");
            let seen_body = seen.recv().unwrap();
            assert_eq!(
                encoding.is_some(),
                is_packed && !seen_body.is_empty(),
                "{access:?}"
            );
            let body = answer.bytes().await.unwrap();
            let mut unpacked = Vec::new();
            match is_packed && !body.is_empty() {
                true => {
                    std::io::Read::read_to_end(
                        &mut flate2::read::GzDecoder::new(&body[..]),
                        &mut unpacked,
                    )
                    .unwrap();
                }
                false => unpacked.extend_from_slice(&body),
            }
            assert_eq!(unpacked, seen_body);
        }
    }
}
