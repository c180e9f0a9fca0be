//! What a recorder writes, and what it leaves of itself when something goes wrong.

use std::fs;
use std::time::Duration;

use cartwright::record::{Recorder, Replay};
use cartwright::{HttpTransport, Transport};
use cartwright_runtime::TransportError;
use http::HeaderValue;
use serde_json::{Value, json};

use crate::scripted::{CREATE, GET, Scripted, files, get, names, post};

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[tokio::test]
async fn an_exchange_is_written_down_without_its_credentials_wherever_they_stand() {
    let folder = tempfile::tempdir().unwrap();
    let recorder = Recorder::new(folder.path()).redact_key("licence key");
    let answer = r#"{"id":7,"access_token":"t-98765","url":"https://a.example/?t=t-98765","licence_key":11}"#;
    let transport = Scripted::default().json(200, answer).recorded(&recorder);
    let form = "application/x-www-form-urlencoded; charset=utf-8";
    let body = "grant=p&password=pass%2Fword&note=my+pass%2Fword";
    let mut request = post("/a/key-4711/b?api_key=key-4711&n=1", form, body);
    let mut authorization = HeaderValue::from_static("Basic YW5uOmh1bnRlcjI=");
    authorization.set_sensitive(true);
    request.headers_mut().insert("authorization", authorization);
    let response = transport.send(request, &CREATE).await.unwrap();
    assert_eq!(
        response.text().await.unwrap(),
        answer,
        "the caller gets the whole"
    );

    assert_eq!(names(folder.path()), ["0001-createCart.json"]);
    let mut written = parsed(&files(folder.path())[0].1);
    for changing in ["started", "milliseconds"] {
        written.as_object_mut().unwrap().remove(changing).unwrap();
    }
    assert_eq!(
        written,
        json!({
            "version": 1,
            "operation": "createCart",
            "request": {
                "method": "POST",
                "template": "/carts",
                "origin": "https://api.example.com",
                "path": "/a/REDACTED/b",
                "query": [["api_key", "REDACTED"], ["n", "1"]],
                "headers": [["content-type", form], ["authorization", "REDACTED"]],
                "body": {"form": [["grant", "p"], ["password", "REDACTED"], ["note", "my REDACTED"]]},
            },
            "response": {
                "status": 200,
                "headers": [["content-type", "application/json"]],
                "body": {"json": {
                    "id": 7, "access_token": "REDACTED", "url": "https://a.example/?t=REDACTED", "licence_key": 0,
                }},
            },
        })
    );
}

#[tokio::test]
async fn a_credential_that_shows_late_is_taken_out_of_earlier_files() {
    let folder = tempfile::tempdir().unwrap();
    let foreign = folder.path().join("0001-foreign.json");
    fs::write(&foreign, r#"{"id":"late-4711"}"#).unwrap();
    let first = Recorder::new(folder.path());
    let transport = Scripted::default()
        .json(200, r#"{"id":"late-4711"}"#)
        .recorded(&first);
    transport.send(get("/carts/late-4711"), &GET).await.unwrap();
    // Another recorder continues the folder.
    let second = Recorder::new(folder.path());
    let transport = Scripted::default()
        .json(200, r#"{"token":"late-4711"}"#)
        .recorded(&second);
    transport.send(get("/carts/1"), &GET).await.unwrap();
    assert_eq!(
        names(folder.path()),
        [
            "0001-foreign.json",
            "0002-getCart.json",
            "0003-getCart.json"
        ]
    );
    let shown = files(folder.path());
    assert!(
        shown[0].1.contains("late-4711"),
        "what no recorder wrote is not touched"
    );
    assert!(!shown[1].1.contains("late-4711") && !shown[2].1.contains("late-4711"));
    assert!(shown[1].1.contains("/carts/REDACTED"));
}

#[tokio::test]
async fn a_cancelled_call_leaves_no_file_and_later_ones_are_recorded() {
    let folder = tempfile::tempdir().unwrap();
    let recorder = Recorder::new(folder.path());
    let transport = Scripted::default().recorded(&recorder);
    let call = transport.send(get("/carts/1"), &GET);
    assert!(
        tokio::time::timeout(Duration::from_millis(5), call)
            .await
            .is_err()
    );
    assert_eq!(names(folder.path()), [""; 0]);
    let transport = Scripted::default().json(200, "{}").recorded(&recorder);
    transport.send(get("/carts/2"), &GET).await.unwrap();
    assert_eq!(names(folder.path()), ["0002-getCart.json"]);
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_reported_and_the_call_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("taken");
    fs::write(&file, "").unwrap();
    let recorder = Recorder::new(&file);
    let transport = Scripted::default().json(200, "{}").recorded(&recorder);
    let response = transport.send(get("/carts/1"), &GET).await.unwrap();
    assert_eq!(response.text().await.unwrap(), "{}");
    let [problem] = recorder.problems().try_into().unwrap();
    assert!(
        problem.contains("0001-getCart.json: can't be written: "),
        "{problem}"
    );
    assert_eq!(fs::read_to_string(&file).unwrap(), "");
}

#[tokio::test]
async fn a_failure_is_recorded_and_fails_again_alike() {
    let folder = tempfile::tempdir().unwrap();
    let recorder = Recorder::new(folder.path());
    let transport = Scripted::default()
        .then(Err(TransportError::Connect("nobody listens".into())))
        .then(Err(TransportError::Timeout("time is up".into())))
        .then(Err(TransportError::Send("reset".into())))
        .recorded(&recorder);
    let replay = async |transport: &dyn Transport| {
        let mut failures = Vec::new();
        for _ in 0..3 {
            let error = transport.send(get("/carts/1"), &GET).await.unwrap_err();
            failures.push((
                error.to_string(),
                error.surely_not_sent(),
                error.is_timeout(),
            ));
        }
        failures
    };
    let live = replay(&transport).await;
    assert_eq!(
        live[1],
        (
            "no response came in time: time is up".to_owned(),
            false,
            true
        )
    );
    let recordings = Replay::from_folder(folder.path()).unwrap();
    assert_eq!(replay(&recordings).await, live);
}

/// A body that ends before its announced length, from a socket.
async fn cut() -> reqwest::Response {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        let mut asked = [0; 1024];
        let _ = socket.read(&mut asked).await;
        let answer =
            b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 99\r\n\r\n{\"access_token\":\"t-98765";
        let _ = socket.write_all(answer).await;
    });
    let mut request = get("/");
    *request.url_mut() = format!("http://127.0.0.1:{port}/").parse().unwrap();
    let wire = HttpTransport::builder().build().unwrap();
    wire.send(request, &GET).await.unwrap()
}

#[tokio::test]
async fn a_body_that_breaks_off_is_handed_on_up_to_there_and_breaks_off_again() {
    let folder = tempfile::tempdir().unwrap();
    let recorder = Recorder::new(folder.path());
    let transport = Scripted::default()
        .then(Ok(cut().await))
        .recorded(&recorder);
    let live = transport.send(get("/carts/1"), &GET).await.unwrap();
    let replay = Replay::from_folder(folder.path()).unwrap();
    let replayed = replay.send(get("/carts/1"), &GET).await.unwrap();
    for (mut response, start) in [
        (live, r#"{"access_token":"t-98765"#),
        (replayed, r#"{"access_token":"REDACTED"#),
    ] {
        assert_eq!(response.status(), 502);
        assert_eq!(response.chunk().await.unwrap().unwrap(), start);
        assert!(response.chunk().await.is_err());
    }
}

#[tokio::test]
async fn bodies_of_every_kind_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let recorder = Recorder::new(folder.path());
    let nested = format!("{}{}", "[".repeat(120), "]".repeat(120));
    let bodies: [&[u8]; 7] = [
        b"",
        b"not json",
        b"{\"cut\":",
        b"\xff\x00\xfe",
        b"{\"n\":0.1,\"big\":12345678901234567890}",
        "\"\u{e9}\"".as_bytes(),
        nested.as_bytes(),
    ];
    let script = bodies.iter().fold(Scripted::default(), |script, body| {
        script.json(200, body.to_vec())
    });
    let transport = script.recorded(&recorder);
    for _ in &bodies {
        transport.send(get("/carts/1"), &GET).await.unwrap();
    }
    let replay = Replay::from_folder(folder.path()).unwrap();
    for body in bodies {
        let response = replay.send(get("/carts/1"), &GET).await.unwrap();
        let shown = response.bytes().await.unwrap();
        match (
            serde_json::from_slice::<Value>(body),
            serde_json::from_slice::<Value>(&shown),
        ) {
            (Ok(recorded), Ok(replayed)) => assert_eq!(replayed, recorded),
            _ => assert_eq!(shown, body),
        }
    }
}

#[tokio::test]
async fn a_response_larger_than_the_limit_is_handed_on_whole_and_reported() {
    let folder = tempfile::tempdir().unwrap();
    let recorder = Recorder::new(folder.path());
    let large = vec![b'x'; (8 << 20) + 1];
    let transport = Scripted::default()
        .json(200, large.clone())
        .recorded(&recorder);
    let response = transport.send(get("/carts/1"), &GET).await.unwrap();
    assert!(response.bytes().await.unwrap() == large);
    assert_eq!(names(folder.path()), [""; 0]);
    assert!(recorder.problems()[0].contains("larger than 8 MiB"));
}
