//! Which recording answers which request.

use cartwright::Transport;
use cartwright::record::{Recorder, Replay};
use cartwright_runtime::TransportError;
use tempfile::TempDir;

use crate::scripted::{CREATE, GET, Scripted, get, post};

const JSON: &str = "application/json";

/// A folder with two equal reads and two different creations.
async fn recorded() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let recorder = Recorder::new(folder.path());
    let transport = Scripted::default()
        .json(200, r#"{"version":1}"#)
        .json(200, r#"{"version":2}"#)
        .json(201, r#"{"id":"a"}"#)
        .json(422, "no")
        .recorded(&recorder);
    transport
        .send(get("/carts/1?token=t-12345"), &GET)
        .await
        .unwrap();
    transport
        .send(get("/carts/1?token=t-12345"), &GET)
        .await
        .unwrap();
    let create = |body| post("/carts", JSON, body);
    transport
        .send(
            create(r#"{"lines":[{"quantity":1}],"pin":"t-12345"}"#),
            &CREATE,
        )
        .await
        .unwrap();
    transport
        .send(create(r#"{"lines":[{"quantity":-1}]}"#), &CREATE)
        .await
        .unwrap();
    assert_eq!(recorder.problems(), [""; 0]);
    folder
}

async fn text(replay: &Replay, request: reqwest::Request) -> String {
    let response = replay.send(request, &GET).await.unwrap();
    response.text().await.unwrap()
}

async fn refusal(
    replay: &Replay,
    request: reqwest::Request,
    operation: &'static cartwright_runtime::Operation,
) -> String {
    match replay.send(request, operation).await {
        Err(TransportError::Refused(why)) => why,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn equal_requests_are_answered_in_the_order_of_their_recording() {
    let folder = recorded().await;
    let replay = Replay::from_folder(folder.path()).unwrap();
    assert!(!replay.exhausted());
    // The order among different requests is free.
    let sent = post("/carts", JSON, r#"{ "lines": [ {"quantity": -1} ] }"#);
    assert_eq!(replay.send(sent, &CREATE).await.unwrap().status(), 422);
    let read = || get("/carts/1?token=another");
    assert_eq!(text(&replay, read()).await, r#"{"version":1}"#);
    assert_eq!(text(&replay, read()).await, r#"{"version":2}"#);
    let why = refusal(&replay, read(), &GET).await;
    assert!(
        why.contains("0002-getCart.json") && why.contains("`repeat_last`"),
        "{why}"
    );
    assert_eq!(
        text(&replay.clone().repeat_last(), read()).await,
        r#"{"version":2}"#
    );
    assert_eq!(
        replay.unused(),
        [folder.path().join("0003-createCart.json")]
    );
    // What was a credential at the recording may be anything, wherever it stood.
    let sent = post("/carts", JSON, r#"{"lines":[{"quantity":1}],"pin":"x"}"#);
    assert_eq!(replay.send(sent, &CREATE).await.unwrap().status(), 201);
    assert!(replay.exhausted());
}

#[tokio::test]
async fn a_request_that_fits_none_is_told_the_nearest_and_the_first_difference() {
    let folder = recorded().await;
    let replay = Replay::from_folder(folder.path()).unwrap();
    let mut secret = get("/carts/hunter2?token=t");
    let mut key = http::HeaderValue::from_static("hunter2");
    key.set_sensitive(true);
    secret.headers_mut().insert("x-key", key);
    for (request, operation, words) in [
        (
            get("/carts/2?token=t"),
            &GET,
            "the nearest is 0001-getCart.json, whose path is /carts/1 there and /carts/2 here",
        ),
        (
            secret,
            &GET,
            "whose path is /carts/1 there and /carts/REDACTED here",
        ),
        (
            get("/carts/1?token=t&a=1"),
            &GET,
            "whose query parameter `a` is absent there and `1` here",
        ),
        (
            post("/carts", JSON, r#"{"lines":[{"quantity":2}],"pin":"x"}"#),
            &CREATE,
            "0003-createCart.json, whose body at `/lines/0/quantity` is 1 there and 2 here",
        ),
        (
            post("/carts", JSON, "x"),
            &CREATE,
            "whose body is JSON there and text here",
        ),
        (
            get("/carts/1?token=t"),
            cartwright_runtime::Operation::RAW,
            "no recording is of the operation `raw request`; there are those of `createCart`, `getCart`",
        ),
    ] {
        let why = refusal(&replay, request, operation).await;
        assert!(why.contains(words), "{why}");
    }
    assert_eq!(replay.unused().len(), 4, "a refusal uses none");
}
