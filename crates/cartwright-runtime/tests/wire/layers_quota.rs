//! Keeping to the vendor's quota, as its answers tell it.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use cartwright_runtime::{
    BoxFuture, Layers, Operation, RateLimit, RetryPolicy, Transport, TransportError,
};
use tokio::time::{Instant, sleep};

use crate::layers::{MAKE, Script, Step, status};
use crate::server::{OPEN, get};

const WINDOW: Duration = Duration::from_millis(300);

/// A vendor that counts requests in windows and tells of it in each answer.
struct Counting {
    quota: u64,
    latency: Duration,
    /// How much longer than that each request takes on its way, in turn.
    uneven: Vec<u64>,
    sent: AtomicUsize,
    /// Whether a window begins with its first request, and not at fixed moments.
    begins_with_a_request: bool,
    /// The windows so far: their begin, how many requests were taken, and how many refused.
    windows: Mutex<Vec<(Instant, u64, u64)>>,
}

impl Counting {
    fn new(quota: u64, latency_ms: u64, begins_with_a_request: bool) -> Arc<Self> {
        Arc::new(Self {
            quota,
            latency: Duration::from_millis(latency_ms),
            uneven: vec![0],
            sent: AtomicUsize::new(0),
            begins_with_a_request,
            windows: Mutex::new(vec![(Instant::now(), 0, 0)]),
        })
    }

    fn count(&self) -> http::Response<&'static str> {
        let now = Instant::now();
        let mut windows = self.windows.lock().unwrap();
        let mut begin = windows.last().unwrap().0;
        if now >= begin + WINDOW {
            while now >= begin + WINDOW {
                begin += WINDOW;
            }
            let begin = if self.begins_with_a_request {
                now
            } else {
                begin
            };
            windows.push((begin, 0, 0));
        }
        let (begin, taken, refused) = windows.last_mut().unwrap();
        let status = if *taken < self.quota {
            *taken += 1;
            200
        } else {
            *refused += 1;
            429
        };
        let reset = (*begin + WINDOW - now).as_millis();
        http::Response::builder()
            .status(status)
            .header("x-rate-limit-requests-left", self.quota - *taken)
            .header("x-rate-limit-requests-quota", self.quota)
            .header("x-rate-limit-time-reset-ms", reset.to_string())
            .header("x-rate-limit-time-window-ms", "300")
            .body("")
            .unwrap()
    }

    fn windows(&self) -> Vec<(u64, u64)> {
        let windows = self.windows.lock().unwrap();
        windows.iter().map(|window| (window.1, window.2)).collect()
    }
}

struct Wire(Arc<Counting>);

impl Transport for Wire {
    fn send<'a>(
        &'a self,
        _: reqwest::Request,
        _: &'static Operation,
    ) -> BoxFuture<'a, Result<reqwest::Response, TransportError>> {
        Box::pin(async move {
            let turn = self.0.sent.fetch_add(1, Ordering::Relaxed);
            let late = self.0.uneven[turn % self.0.uneven.len()];
            sleep(self.0.latency + Duration::from_millis(late)).await;
            let answer = self.0.count();
            sleep(self.0.latency).await;
            Ok(answer.into())
        })
    }
}

async fn ask(transport: &Arc<dyn Transport>) -> Result<u16, TransportError> {
    let response = transport.send(get("http://127.0.0.1:9/"), &OPEN).await?;
    Ok(response.status().as_u16())
}

/// This many callers ask one after another for a while.
async fn crowd(transport: &Arc<dyn Transport>, callers: usize, time: Duration) {
    let ends = Instant::now() + time;
    let asking = (0..callers).map(|_| {
        let transport = transport.clone();
        tokio::spawn(async move {
            while Instant::now() < ends {
                ask(&transport).await.unwrap();
            }
        })
    });
    for asking in asking.collect::<Vec<_>>() {
        asking.await.unwrap();
    }
}

#[tokio::test(start_paused = true)]
async fn sixty_four_callers_use_the_quota_up_and_are_not_refused() {
    for begins_with_a_request in [false, true] {
        for latency in [1, 4] {
            let vendor = Counting::new(150, latency, begins_with_a_request);
            let layers = Layers::none().rate_limit(RateLimit::default());
            let transport = layers.over(Arc::new(Wire(vendor.clone())));
            crowd(&transport, 64, WINDOW * 12).await;
            let windows = vendor.windows();
            // The last window is cut short.
            let learnt = &windows[1..windows.len() - 1];
            let (taken, refused) = learnt
                .iter()
                .fold((0, 0), |sum, window| (sum.0 + window.0, sum.1 + window.1));
            assert_eq!(refused, 0, "{windows:?}");
            let quota = 150 * learnt.len() as u64;
            assert!(taken * 100 >= quota * 95, "{taken} of {quota}: {windows:?}");
        }
    }
}

/// A window that begins with a request begins when that request arrives, which is later than it was sent.
#[tokio::test(start_paused = true)]
async fn requests_that_overtake_each_other_are_not_refused() {
    let every_other_window = [vec![0; 150], vec![20; 150]].concat();
    for uneven in [vec![9, 0, 3, 12, 1], every_other_window] {
        let vendor = Arc::new(Counting {
            uneven: uneven.clone(),
            ..Arc::into_inner(Counting::new(150, 1, true)).unwrap()
        });
        let layers = Layers::none().rate_limit(RateLimit::default());
        let transport = layers.over(Arc::new(Wire(vendor.clone())));
        crowd(&transport, 64, WINDOW * 40).await;
        let windows = vendor.windows();
        let learnt = &windows[1..windows.len() - 1];
        let refused: u64 = learnt.iter().map(|window| window.1).sum();
        assert_eq!(refused, 0, "{windows:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn without_the_limit_the_same_crowd_is_refused() {
    let vendor = Counting::new(150, 1, false);
    let transport = Layers::none().over(Arc::new(Wire(vendor.clone())));
    crowd(&transport, 64, WINDOW * 3).await;
    assert!(vendor.windows().iter().any(|window| window.1 > 0));
}

#[tokio::test(start_paused = true)]
async fn a_quota_that_is_known_beforehand_holds_from_the_first_request() {
    let vendor = Counting::new(10, 1, true);
    let layers = Layers::none().rate_limit(RateLimit::default().quota(10, WINDOW));
    let transport = layers.over(Arc::new(Wire(vendor.clone())));
    crowd(&transport, 64, WINDOW * 5).await;
    let windows = vendor.windows();
    assert!(windows.iter().all(|window| window.1 == 0), "{windows:?}");
}

#[tokio::test(start_paused = true)]
async fn clones_share_what_is_learnt_and_other_openings_do_not() {
    const NONE_LEFT: Step = Step::Answer(
        200,
        &[
            ("x-rate-limit-requests-left", "0"),
            ("x-rate-limit-time-reset-ms", "500"),
        ],
    );
    let layers = Layers::none().rate_limit(RateLimit::default());
    let script = Script::new([NONE_LEFT, status(200)]);
    let transport = layers.over(Arc::new(script.clone()));
    let other = layers.over(Arc::new(script.clone()));
    ask(&transport).await.unwrap();
    ask(&other).await.unwrap();
    ask(&transport.clone()).await.unwrap();
    let times = script.times();
    assert_eq!(times[..2], [0, 0]);
    assert!(times[2].abs_diff(501) <= 1, "{times:?}");
}

#[tokio::test(start_paused = true)]
async fn each_form_of_the_headers_is_read_and_half_of_one_is_not() {
    type Headers = &'static [(&'static str, &'static str)];
    let cases: [(Headers, u128); 7] = [
        (
            &[
                ("x-rate-limit-requests-left", "0"),
                ("x-rate-limit-time-reset-ms", "1500"),
            ],
            1500,
        ),
        (
            &[("ratelimit-remaining", "0"), ("ratelimit-reset", "3")],
            3000,
        ),
        (
            &[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "4")],
            4000,
        ),
        // Until when is not told.
        (&[("ratelimit-remaining", "0")], 0),
        (&[("x-rate-limit-time-reset-ms", "1500")], 0),
        (
            &[("ratelimit-remaining", "none"), ("ratelimit-reset", "3")],
            0,
        ),
        // Nonsense silences for an hour at most.
        (
            &[
                ("x-rate-limit-requests-left", "0"),
                ("x-rate-limit-requests-quota", "0"),
                ("x-rate-limit-time-reset-ms", "18446744073709551615"),
            ],
            3_600_000,
        ),
    ];
    for (headers, expected) in cases {
        let script = Script::new([Step::Answer(200, headers), status(200)]);
        let layers = Layers::none().rate_limit(RateLimit::default());
        let transport = layers.over(Arc::new(script.clone()));
        ask(&transport).await.unwrap();
        ask(&transport).await.unwrap();
        let waited = script.times()[1];
        assert!(waited.abs_diff(expected) <= 2, "{headers:?}: {waited}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_refusal_closes_the_window_for_every_caller() {
    let script = Script::new([Step::Answer(429, &[("retry-after", "2")]), status(200)]);
    let layers = Layers::none().rate_limit(RateLimit::default());
    let transport = layers.over(Arc::new(script.clone()));
    assert_eq!(ask(&transport).await.unwrap(), 429);
    ask(&transport).await.unwrap();
    assert!(script.times()[1].abs_diff(2000) <= 1);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_would_wait_beyond_its_deadline_is_told_at_once_that_it_was_not_sent() {
    let script = Script::new([Step::Answer(429, &[("retry-after", "61")]), status(200)]);
    let transport = Layers::default().over(Arc::new(script.clone()));
    assert_eq!(ask(&transport).await.unwrap(), 429);
    let began = Instant::now();
    let error = transport
        .send(get("http://127.0.0.1:9/"), &MAKE)
        .await
        .unwrap_err();
    assert!(matches!(error, TransportError::Throttled(_)), "{error}");
    assert!(error.surely_not_sent() && error.attempts() == 0);
    assert_eq!((began.elapsed(), script.seen()), (Duration::ZERO, 1));
}

#[tokio::test(start_paused = true)]
async fn the_time_of_an_attempt_begins_when_it_may_leave() {
    let script = Script::new([Step::Answer(429, &[("retry-after", "2")]), status(200)]);
    let layers = Layers::none()
        .rate_limit(RateLimit::default())
        .retry(RetryPolicy::default())
        .attempt_timeout(Duration::from_millis(50));
    let transport = layers.over(Arc::new(script.clone()));
    assert_eq!(ask(&transport).await.unwrap(), 200);
}

#[tokio::test(start_paused = true)]
async fn callers_that_give_up_leave_their_turn_and_their_permit_to_others() {
    const ONE_AT_A_TIME: Step = Step::Answer(
        200,
        &[
            ("x-rate-limit-requests-left", "1"),
            ("x-rate-limit-time-reset-ms", "100"),
        ],
    );
    let script = Script::new([ONE_AT_A_TIME, Step::Hang, status(200)]);
    let layers = Layers::none().rate_limit(RateLimit::default());
    let transport = layers.over(Arc::new(script.clone()));
    ask(&transport).await.unwrap();
    let give_up = |transport: Arc<dyn Transport>| async move {
        tokio::time::timeout(Duration::from_millis(10), ask(&transport)).await
    };
    // The first hangs on the wire, the second waits for the permit, the third for its turn.
    let calls = (0..3).map(|_| tokio::spawn(give_up(transport.clone())));
    for call in calls.collect::<Vec<_>>() {
        assert!(call.await.unwrap().is_err());
    }
    assert_eq!(ask(&transport).await.unwrap(), 200);
    // The hanging one counts as used, so the next had to wait for the window's end.
    let times = script.times();
    assert!(times[2].abs_diff(101) <= 1, "{times:?}");
}
