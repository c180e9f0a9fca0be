//! Mutated recordings through the reader: a replay that answers or refuses, or an error with file, place and mend.

use std::path::Path;

use cartwright_bigcommerce::operations::GET_CART;
use cartwright_runtime::Transport;
use cartwright_runtime::record::{Replay, ReplayError, har};
use fastrand::Rng;
use serde_json::{Value, json};

use crate::mutate::{Step, Words, apply, apply_bytes, steps};
use crate::run::{Case, Finding, Outcome, at_once, fewest, without_panic};

/// Where the recordings ask, and the request that they answer.
const CART: &str = "https://api.example/v3/carts/1?include=a&include=b";

/// Recordings of every form.
pub struct Recordings {
    whole: Vec<Value>,
    words: Words,
}

impl Default for Recordings {
    fn default() -> Self {
        let recording = |request: Value, rest: Value| {
            let mut recording = json!({
                "version": 1, "operation": "getCart", "started": "2026-01-31T12:00:00.000Z", "milliseconds": 5,
                "request": {
                    "method": "GET", "template": "/v3/carts/{cartId}", "origin": "https://api.example",
                    "path": "/v3/carts/1", "query": [["include", "a"], ["include", "b"]],
                    "headers": [["accept", "application/json"]]
                }
            });
            for (into, from) in [("/request", request), ("", rest)] {
                let into = recording.pointer_mut(into).and_then(Value::as_object_mut);
                let from = from.as_object().cloned().unwrap_or_default();
                into.into_iter().for_each(|into| into.extend(from.clone()));
            }
            recording
        };
        let answered = |body: Value| json!({"response": {"status": 200, "headers": [["content-type", "application/json"]], "body": body}});
        let whole = vec![
            recording(
                json!({}),
                answered(json!({"json": {"data": {"id": "1", "price": 1.50}}})),
            ),
            recording(
                json!({"body": {"form": [["a", "b"]]}}),
                answered(json!({"text": "<html>"})),
            ),
            recording(
                json!({"body": {"json": {"a": [1, null]}}}),
                answered(json!({"base64": "AAEC"})),
            ),
            recording(
                json!({}),
                json!({"failure": {"kind": "timeout", "message": "too late"}}),
            ),
            recording(json!({}), {
                let mut broken = answered(json!({"text": "{\"data\":"}));
                broken["failure"] = json!({"kind": "body", "message": "reset"});
                broken
            }),
        ];
        let words = Words::of(&whole);
        Self { whole, words }
    }
}

impl Recordings {
    /// The case of a seed.
    ///
    /// # Panics
    /// Files can't be written.
    pub fn case(&self, seed: u64) -> Case {
        let mut rng = Rng::with_seed(seed);
        let whole = &self.whole[rng.usize(..self.whole.len())];
        let as_bytes = rng.bool();
        let steps: Vec<Step> = match steps(&mut rng) {
            steps if as_bytes => steps.iter().map(|_| Step::Bytes(rng.u64(..))).collect(),
            steps => steps,
        };
        let mutated = |steps: &[Step]| match as_bytes {
            false => apply(whole, steps, &self.words),
            true => {
                let mut bytes = format!("{whole:#}").into_bytes();
                let did = apply_bytes(&mut bytes, steps);
                (bytes, did)
            }
        };
        let check = |bytes: &[u8]| without_panic(|| check(bytes)).and_then(|result| result);
        let outcome = match check(&mutated(&steps).0) {
            Ok(true) => Outcome::Accepted,
            Ok(false) => Outcome::Refused,
            Err(_) => {
                let least = fewest(&steps, |steps| check(&mutated(steps).0).is_err());
                let (payload, mutations) = mutated(&least);
                Outcome::Found(Box::new(Finding {
                    seed,
                    subject: "a recording".to_owned(),
                    mutations,
                    message: check(&payload).err().unwrap_or_default(),
                    payload,
                }))
            }
        };
        Case {
            group: "recordings",
            outcome,
        }
    }
}

/// Whether the file is read.
fn check(bytes: &[u8]) -> Result<bool, String> {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let file = folder.path().join("000001-getCart.json");
    std::fs::write(&file, bytes).expect("a file can be written");
    let replay = match Replay::from_folder(folder.path()) {
        Ok(replay) => replay,
        Err(error) => return told(&error, &file).map(|()| false),
    };
    har::export(folder.path()).map_err(|error| format!("read, and not exported: {error}"))?;
    let url = CART.parse().expect("an address");
    let request = reqwest::Request::new(reqwest::Method::GET, url);
    // An answer, the failure that was recorded, or a refusal: at once.
    match at_once(replay.send(request, &GET_CART)) {
        Some(_) => Ok(true),
        None => Err("the replay waits".to_owned()),
    }
}

fn told(error: &ReplayError, file: &Path) -> Result<(), String> {
    // A place is empty where the file as a whole lacks a field.
    let says_where = !error.place.is_empty() || error.why.contains(" field ");
    match error.file == file && says_where && !error.mend.is_empty() {
        true => Ok(()),
        false => Err(format!("an error that does not say where: {error}")),
    }
}
