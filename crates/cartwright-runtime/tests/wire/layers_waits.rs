//! What a caller and a log are told of waits.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use cartwright_runtime::{Layers, RateLimit, Transport, TransportError, Wait, WaitReason};

use crate::layers::{Script, Step, status};
use crate::server::{OPEN, get};

type Told = Arc<Mutex<Vec<Wait>>>;

fn telling(layers: Layers) -> (Layers, Told) {
    let told = Told::default();
    let tell = told.clone();
    (
        layers.on_wait(move |wait| tell.lock().unwrap().push(wait.clone())),
        told,
    )
}

fn in_words(told: &Told) -> Vec<String> {
    told.lock()
        .unwrap()
        .iter()
        .map(ToString::to_string)
        .collect()
}

#[tokio::test(start_paused = true)]
async fn a_wait_before_a_repetition_is_told_when_it_begins() {
    let (layers, told) = telling(Layers::default());
    let script = Script::new([
        Step::Answer(503, &[("retry-after", "2")]),
        Step::Fail(|| TransportError::Connect("to hunter2".into())),
        status(200),
    ]);
    script.call(layers, &OPEN).await.unwrap();
    let waits = told.lock().unwrap().clone();
    assert_eq!(waits.len(), 2);
    assert_eq!(
        (waits[0].operation.id, waits[0].time),
        ("ping", Duration::from_secs(2))
    );
    assert_eq!(
        waits[0].reason,
        WaitReason::Repeat {
            attempts: 1,
            why: "503".into()
        }
    );
    assert_eq!(
        waits[0].to_string(),
        "ping waits 2.0 s: attempt 1 failed (503), the next follows"
    );
    assert!(
        waits[1]
            .to_string()
            .ends_with("attempt 2 failed (connect), the next follows")
    );
}

#[tokio::test(start_paused = true)]
async fn each_call_that_waits_for_the_quota_says_so_once() {
    let limit = RateLimit::default().quota(2, Duration::from_secs(10));
    for trace in [true, false] {
        let (layers, told) = telling(Layers::default().rate_limit(limit.clone()));
        let layers = if trace {
            layers
        } else {
            layers.without_trace()
        };
        let script = Script::new([status(200)]);
        let transport = layers.over(Arc::new(script.clone()));
        let calls: Vec<_> = (0..4)
            .map(|_| {
                let transport: Arc<dyn Transport> = transport.clone();
                tokio::spawn(async move { transport.send(get("http://127.0.0.1:9/"), &OPEN).await })
            })
            .collect();
        for call in calls {
            call.await.unwrap().unwrap();
        }
        let waits = "ping waits 10.0 s: the vendor's quota of requests is used up";
        assert_eq!(in_words(&told), [waits, waits]);
        assert_eq!(script.times(), [0, 0, 10_000, 10_000]);
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_that_does_not_wait_says_nothing() {
    let (layers, told) = telling(Layers::default());
    let transport = layers.over(Arc::new(Script::new([status(200)])));
    for _ in 0..300 {
        transport
            .send(get("http://127.0.0.1:9/"), &OPEN)
            .await
            .unwrap();
    }
    assert!(in_words(&told).is_empty());
}
