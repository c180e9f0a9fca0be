//! What is wrong with a folder is said with the file, the place and the mend.

use std::fs;

use cartwright::record::{Replay, ReplayError, har};
use serde_json::{Value, json};

/// A recording that can be read.
pub fn recording() -> Value {
    json!({
        "version": 1, "operation": "getCart", "started": "2026-01-31T12:00:00.000Z", "milliseconds": 5,
        "request": {"method": "GET", "template": "/carts/{id}", "origin": "https://api.example.com",
            "path": "/carts/1", "query": [["a", "1 2"]], "headers": [["accept", "application/json"]]},
        "response": {"status": 200, "headers": [["content-type", "application/json"]], "body": {"json": {"id": 1}}},
    })
}

fn refused(files: &[(&str, Vec<u8>)]) -> ReplayError {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    let error = Replay::from_folder(folder.path()).unwrap_err();
    assert_eq!(har::export(folder.path()).unwrap_err(), error);
    assert!(!error.mend.is_empty());
    error
}

#[test]
fn a_file_that_is_no_recording_is_named_with_the_place_and_the_mend() {
    let with = |pointer: &str, value: Value| {
        let mut recording = recording();
        *recording.pointer_mut(pointer).unwrap() = value;
        recording.to_string().into_bytes()
    };
    let without = |key: &str| {
        let mut recording = recording();
        recording.as_object_mut().unwrap().remove(key);
        recording.to_string().into_bytes()
    };
    let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    for (bytes, place, why) in [
        (
            b"{\"version\":\n 1".to_vec(),
            "line 2, column 2",
            "is not whole JSON",
        ),
        (Vec::new(), "line 1, column 0", "is not whole JSON"),
        (
            b"\xff\xfe\0".to_vec(),
            "line 1, column 1",
            "is not whole JSON",
        ),
        (deep.into_bytes(), "line 1, column 128", "recursion limit"),
        (b"{}".to_vec(), "version", "this is no recording"),
        (b"[]".to_vec(), "version", "this is no recording"),
        (
            with("/version", json!(2)),
            "version",
            "is 2, and this program reads 1",
        ),
        (with("/version", json!("1")), "version", "no number"),
        (
            with("/response/status", json!(99)),
            "response.status",
            "99 is no HTTP status",
        ),
        (
            with("/response/status", json!("200")),
            "response.status",
            "invalid type",
        ),
        (
            with("/response/body", json!({"base64": "?"})),
            "response.body.base64",
            "no Base64",
        ),
        (
            with("/response/body", json!({"xml": ""})),
            "response.body",
            "unknown variant",
        ),
        (
            with("/request/query", json!([["a"]])),
            "request.query[0]",
            "invalid length 1",
        ),
        (without("request"), "", "missing field `request`"),
        (without("response"), "response", "no `failure` either"),
    ] {
        let error = refused(&[("0001-getCart.json", bytes)]);
        assert_eq!(error.file.file_name().unwrap(), "0001-getCart.json");
        assert_eq!(error.place, place, "{error}");
        assert!(error.why.contains(why), "{error}");
    }
}

#[test]
fn a_folder_without_recordings_is_refused_and_so_is_one_that_is_not_there() {
    assert!(refused(&[]).why.contains("holds no recording"));
    assert!(
        refused(&[("notes.txt", b"x".to_vec())])
            .why
            .contains("holds no recording")
    );
    let folder = tempfile::tempdir().unwrap();
    let error = Replay::from_folder(folder.path().join("none")).unwrap_err();
    assert!(
        error.to_string().contains("none: can't be read: "),
        "{error}"
    );
}

#[test]
fn a_file_larger_than_any_recording_is_not_read_into_memory() {
    let folder = tempfile::tempdir().unwrap();
    let file = fs::File::create(folder.path().join("0001-a.json")).unwrap();
    file.set_len(1 << 40).unwrap();
    let error = Replay::from_folder(folder.path()).unwrap_err();
    assert!(error.why.contains("larger than 64 MiB"), "{error}");
}

#[test]
fn a_folder_becomes_a_har_document() {
    let folder = tempfile::tempdir().unwrap();
    let mut failed = recording();
    failed.as_object_mut().unwrap().remove("response");
    failed["failure"] = json!({"kind": "timeout", "message": "time is up"});
    failed["request"]["body"] = json!({"form": [["a", "b c"]]});
    for (name, recording) in [("0002-b.json", failed), ("0001-a.json", recording())] {
        fs::write(folder.path().join(name), recording.to_string()).unwrap();
    }
    let har = har::export(folder.path()).unwrap();
    assert_eq!(har["log"]["version"], "1.2");
    let [first, second] = har["log"]["entries"].as_array().unwrap().as_slice() else {
        panic!("two entries: {har}");
    };
    assert_eq!(
        first["request"]["url"],
        "https://api.example.com/carts/1?a=1+2"
    );
    assert_eq!(first["response"]["content"]["text"], r#"{"id":1}"#);
    assert_eq!(first["response"]["statusText"], "OK");
    assert_eq!(second["request"]["postData"]["text"], "a=b+c");
    assert_eq!(
        (&second["response"]["status"], &second["response"]["_error"]),
        (&json!(0), &json!("time is up"))
    );
    for entry in [first, second] {
        for (part, keys) in [
            ("", "startedDateTime time request response cache timings"),
            (
                "/request",
                "method url httpVersion cookies headers queryString headersSize bodySize",
            ),
            (
                "/response",
                "status statusText httpVersion cookies headers content redirectURL headersSize bodySize",
            ),
        ] {
            let part = entry.pointer(part).unwrap();
            let missing = keys.split(' ').find(|key| part.get(key).is_none());
            assert_eq!(missing, None, "HAR 1.2 asks for it");
        }
    }
}
