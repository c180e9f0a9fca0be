//! Which layers stand around a transport, in which order, and that each can be taken off. Time stands still but where a test
//! waits.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use cartwright_runtime::{
    BoxFuture, Layer, Layers, Operation, Retry, RetryPolicy, Transport, TransportError,
};
use tokio::time::Instant;

use crate::server::{OPEN, get};

pub static MAKE: Operation = Operation {
    id: "createCart",
    method: "GET",
    path: "/carts/{cartId}",
    cart: &["create"],
    // A vendor that creates with GET: the method says nothing.
    retry: Retry::Unsafe,
    security: &[],
    deprecated: false,
};

/// What the vendor does with one request.
#[derive(Clone)]
pub enum Step {
    /// A status, with headers.
    Answer(u16, &'static [(&'static str, &'static str)]),
    Fail(fn() -> TransportError),
    /// No answer, ever.
    Hang,
}

pub fn status(status: u16) -> Step {
    Step::Answer(status, &[])
}

/// A vendor that goes by its script; the last step holds for every further request.
#[derive(Clone)]
pub struct Script {
    steps: Arc<Mutex<VecDeque<Step>>>,
    /// When each request came, in milliseconds since the script began.
    times: Arc<Mutex<Vec<u128>>>,
    began: Instant,
}

impl Script {
    pub fn new(steps: impl IntoIterator<Item = Step>) -> Self {
        Self {
            steps: Arc::new(Mutex::new(steps.into_iter().collect())),
            times: Arc::default(),
            began: Instant::now(),
        }
    }

    pub fn times(&self) -> Vec<u128> {
        self.times.lock().unwrap().clone()
    }

    pub fn seen(&self) -> usize {
        self.times().len()
    }

    pub async fn call(
        &self,
        layers: Layers,
        operation: &'static Operation,
    ) -> Result<reqwest::Response, TransportError> {
        let transport = layers.over(Arc::new(self.clone()));
        let request = get("http://127.0.0.1:9/carts/1?key=hunter2");
        transport.send(request, operation).await
    }
}

impl Transport for Script {
    fn send<'a>(
        &'a self,
        _: reqwest::Request,
        _: &'static Operation,
    ) -> BoxFuture<'a, Result<reqwest::Response, TransportError>> {
        Box::pin(async move {
            self.times
                .lock()
                .unwrap()
                .push(self.began.elapsed().as_millis());
            let step = {
                let mut steps = self.steps.lock().unwrap();
                match steps.len() {
                    1 => steps[0].clone(),
                    _ => steps.pop_front().unwrap(),
                }
            };
            match step {
                Step::Answer(status, headers) => {
                    let mut response = http::Response::builder().status(status);
                    for (name, value) in headers {
                        response = response.header(*name, *value);
                    }
                    Ok(response.body("words").unwrap().into())
                }
                Step::Fail(error) => Err(error()),
                Step::Hang => std::future::pending().await,
            }
        })
    }
}

/// Writes down what passes through it.
struct Note(&'static str, Arc<Mutex<Vec<&'static str>>>);

struct Noted(
    &'static str,
    Arc<Mutex<Vec<&'static str>>>,
    Arc<dyn Transport>,
);

impl Layer for Note {
    fn layer(&self, inner: Arc<dyn Transport>) -> Arc<dyn Transport> {
        Arc::new(Noted(self.0, self.1.clone(), inner))
    }
}

impl Transport for Noted {
    fn send<'a>(
        &'a self,
        request: reqwest::Request,
        operation: &'static Operation,
    ) -> BoxFuture<'a, Result<reqwest::Response, TransportError>> {
        self.1.lock().unwrap().push(self.0);
        self.2.send(request, operation)
    }
}

#[tokio::test(start_paused = true)]
async fn outer_layers_see_a_call_once_and_inner_ones_each_attempt_in_the_order_given() {
    let notes = Arc::new(Mutex::new(Vec::new()));
    let note = |name| Note(name, notes.clone());
    let layers = Layers::default()
        .inner(note("inner 1"))
        .outer(note("outer 1"))
        .inner(note("inner 2"))
        .outer(note("outer 2"));
    let script = Script::new([status(503), status(200)]);
    assert_eq!(script.call(layers, &OPEN).await.unwrap().status(), 200);
    let inner = ["inner 1", "inner 2"];
    let expected = [["outer 1", "outer 2"], inner, inner].concat();
    assert_eq!(*notes.lock().unwrap(), expected);
}

#[tokio::test(start_paused = true)]
async fn without_layers_a_request_goes_straight_to_the_transport() {
    let script = Script::new([status(503), status(200)]);
    let response = script.call(Layers::none(), &OPEN).await.unwrap();
    assert_eq!((response.status().as_u16(), script.seen()), (503, 1));
}

#[tokio::test(start_paused = true)]
async fn each_limit_of_time_holds_alone_and_the_lower_one_with_the_other() {
    let (ms, none) = (Duration::from_millis, Layers::none());
    let twice = RetryPolicy::default()
        .max_attempts(2)
        .base(ms(10))
        .without_jitter();
    let cases = [
        (none.clone().deadline(ms(70)), 70, 1),
        (none.clone().attempt_timeout(ms(50)), 50, 1),
        (none.clone().deadline(ms(70)).attempt_timeout(ms(50)), 50, 1),
        (none.clone().deadline(ms(40)).attempt_timeout(ms(50)), 40, 1),
        // Two attempts and the wait between them.
        (
            none.clone().retry(twice.clone()).attempt_timeout(ms(50)),
            110,
            2,
        ),
        // The second attempt has what is left of the call.
        (
            none.retry(twice).attempt_timeout(ms(50)).deadline(ms(80)),
            80,
            2,
        ),
    ];
    for (layers, expected, attempts) in cases {
        let shown = format!("{layers:?}");
        let script = Script::new([Step::Hang]);
        let began = Instant::now();
        let error = script.call(layers, &OPEN).await.unwrap_err();
        assert!(error.is_timeout() && !error.surely_not_sent(), "{shown}");
        let took = began.elapsed().as_millis();
        assert_eq!((took, error.attempts()), (expected, attempts), "{shown}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_limit_that_no_clock_reaches_is_none() {
    let layers = Layers::default()
        .deadline(Duration::MAX)
        .attempt_timeout(Duration::MAX)
        .retry(RetryPolicy::default().max_total(Duration::MAX));
    let script = Script::new([status(503), status(200)]);
    assert_eq!(script.call(layers, &OPEN).await.unwrap().status(), 200);
}
