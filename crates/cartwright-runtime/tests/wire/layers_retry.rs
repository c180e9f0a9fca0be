//! What is repeated, and after which wait.

use std::sync::Arc;
use std::time::Duration;

use cartwright_runtime::{Layers, RetryPolicy, Transport as _, TransportError};
use http::StatusCode;

use crate::layers::{MAKE, Script, Step, status};
use crate::server::{OPEN, get};

fn policy() -> RetryPolicy {
    RetryPolicy::default()
        .max_attempts(3)
        .base(Duration::from_millis(100))
        .without_jitter()
}

fn only_retry() -> Layers {
    Layers::none().retry(policy())
}

#[tokio::test(start_paused = true)]
async fn what_is_repeated_follows_from_the_operation_and_the_outcome() {
    type Failing = fn() -> TransportError;
    let fail: [(Failing, bool, bool); 6] = [
        (|| TransportError::Connect("why".into()), true, true),
        (|| TransportError::Timeout("why".into()), true, false),
        (|| TransportError::Send("why".into()), true, false),
        (
            || TransportError::Body {
                status: StatusCode::OK,
                source: "why".into(),
            },
            true,
            false,
        ),
        (|| TransportError::Custom("why".into()), true, false),
        // It would be refused again.
        (|| TransportError::Refused("why".into()), false, false),
    ];
    let failures = fail.map(|(error, safe, other)| (Step::Fail(error), safe, other));
    let statuses = [
        (408, true, false),
        (425, true, true),
        (429, true, true),
        (500, true, false),
        (502, true, false),
        (503, true, false),
        (504, true, false),
        (200, false, false),
        (302, false, false),
        (400, false, false),
        (401, false, false),
        (404, false, false),
        (409, false, false),
        (501, false, false),
    ];
    let statuses = statuses.map(|(code, safe, other)| (status(code), safe, other));
    for (index, (step, safe, other)) in failures.into_iter().chain(statuses).enumerate() {
        for (operation, repeated) in [(&OPEN, safe), (&MAKE, other)] {
            let script = Script::new([step.clone(), status(200)]);
            let outcome = script.call(only_retry(), operation).await;
            let expected = if repeated { 2 } else { 1 };
            assert_eq!(script.seen(), expected, "case {index}, {}", operation.id);
            if repeated {
                assert_eq!(outcome.unwrap().status(), 200);
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn waits_double_up_to_the_cap_and_end_with_the_attempts() {
    let policy = policy().max_attempts(5).cap(Duration::from_millis(300));
    let script = Script::new([status(503)]);
    let response = script.call(Layers::none().retry(policy), &OPEN).await;
    assert_eq!(response.unwrap().status(), 503);
    // A timer is as fine as a millisecond.
    let tens: Vec<_> = script.times().iter().map(|time| time / 10).collect();
    assert_eq!(tens, [0, 10, 30, 60, 90]);
}

#[tokio::test(start_paused = true)]
async fn a_drawn_wait_lies_between_a_half_and_the_whole_of_its_step() {
    for seed in 0..50 {
        let policy = policy().jitter_seed(seed);
        let mut runs = Vec::new();
        for _ in 0..2 {
            let script = Script::new([status(503)]);
            let layers = Layers::none().retry(policy.clone());
            script.call(layers, &OPEN).await.unwrap();
            runs.push(script.times());
        }
        let [_, first, second] = runs[0][..] else {
            panic!("{runs:?}")
        };
        assert!((50..=101).contains(&first), "{first}");
        assert!((100..=201).contains(&(second - first)), "{first} {second}");
        assert_eq!(runs[0], runs[1], "a seed is a run");
    }
}

#[tokio::test(start_paused = true)]
async fn the_vendors_clocks_are_read_in_their_order() {
    type Headers = &'static [(&'static str, &'static str)];
    let cases: [(u16, Headers, u128); 9] = [
        (429, &[("retry-after", "2")], 2000),
        (
            429,
            &[
                ("x-retry-after", "9"),
                ("x-rate-limit-time-reset-ms", "700"),
                ("retry-after", "2"),
            ],
            2000,
        ),
        (
            429,
            &[
                ("x-retry-after", "9"),
                ("x-rate-limit-time-reset-ms", "700"),
            ],
            700,
        ),
        (429, &[("x-retry-after", "9")], 9000),
        // A date that is over asks for no wait.
        (503, &[("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT")], 0),
        // The window's end is no reason to wait where it was not the window that refused.
        (503, &[("x-rate-limit-time-reset-ms", "700")], 100),
        // What is no clock is not read.
        (503, &[("retry-after", "soon")], 100),
        (503, &[("retry-after", "-5")], 100),
        (429, &[], 100),
    ];
    for (code, headers, expected) in cases {
        let script = Script::new([Step::Answer(code, headers), status(200)]);
        script.call(only_retry(), &OPEN).await.unwrap();
        let waited = script.times()[1];
        // A timer is as fine as a millisecond.
        assert!(waited.abs_diff(expected) <= 1, "{headers:?}: {waited}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_does_not_fit_is_not_begun_and_the_vendors_answer_stands() {
    let seconds = Duration::from_secs;
    let far = Step::Answer(429, &[("retry-after", "31")]);
    let farther_than_any_clock = Step::Answer(429, &[("retry-after", "18446744073709551615")]);
    let cases = [
        (only_retry().deadline(seconds(30)), far.clone()),
        (
            Layers::none().retry(policy().max_total(seconds(30))),
            far.clone(),
        ),
        (Layers::default().deadline(seconds(30)), far),
        (Layers::default(), farther_than_any_clock.clone()),
        (only_retry(), farther_than_any_clock),
    ];
    for (layers, step) in cases {
        let script = Script::new([step, status(200)]);
        let response = script.call(layers, &OPEN).await.unwrap();
        assert_eq!(response.status(), 429);
        assert!(response.headers().contains_key("retry-after"));
        assert_eq!(response.text().await.unwrap(), "words");
        assert_eq!(script.times(), [0]);
    }
}

#[tokio::test(start_paused = true)]
async fn an_error_counts_its_attempts_and_still_names_its_root() {
    let script = Script::new([Step::Fail(|| TransportError::Send("why".into()))]);
    let error = script.call(only_retry(), &OPEN).await.unwrap_err();
    assert_eq!((error.attempts(), script.seen()), (3, 3));
    assert_eq!(error.to_string(), "sending failed: after 3 attempts: why");
}

#[tokio::test(start_paused = true)]
async fn a_request_whose_body_cannot_be_sent_again_is_sent_once() {
    let script = Script::new([status(503), status(200)]);
    let transport = only_retry().over(Arc::new(script.clone()));
    let mut request = get("http://127.0.0.1:9/");
    *request.body_mut() = Some(reqwest::Body::wrap(reqwest::Body::from("once")));
    let response = transport.send(request, &OPEN).await.unwrap();
    assert_eq!((response.status().as_u16(), script.seen()), (503, 1));
}
