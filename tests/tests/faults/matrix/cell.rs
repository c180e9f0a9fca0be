//! One fault against one operation of one verb.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use cartwright::{
    CartApi, Error, ErrorKind, Layer, Layers, RetryPolicy, RetryState, Settings, Transport,
};
use cartwright_contract::Watched;
use cartwright_runtime::{BoxFuture, Operation, TransportError};
use cartwright_sandbox::{Call, Quota};

use super::column::{Column, open};
use super::expected::{End, Outcome, Strikes, expected, received};
use super::row::{Meaning, Row, Times, Trouble};

/// A machine that is busy otherwise may need this much longer.
const MARGIN: Duration = Duration::from_secs(5);

/// A fault that strikes always, and never ends by itself.
const ALWAYS: u32 = 1_000;

/// What came of it, and how it differs from what is promised.
pub struct Cell {
    pub outcome: Outcome,
    pub problems: Vec<String>,
}

/// Lets no connection be made for an operation, so many times.
#[derive(Clone)]
struct Unplugged(&'static str, Arc<AtomicU32>);

struct Plug(Unplugged, Arc<dyn Transport>);

impl Layer for Unplugged {
    fn layer(&self, inner: Arc<dyn Transport>) -> Arc<dyn Transport> {
        Arc::new(Plug(self.clone(), inner))
    }
}

impl Transport for Plug {
    fn send<'a>(
        &'a self,
        request: reqwest::Request,
        operation: &'static Operation,
    ) -> BoxFuture<'a, Result<reqwest::Response, TransportError>> {
        let Unplugged(id, left) = &self.0;
        let take = |left: u32| left.checked_sub(1);
        let is_out = operation.id == *id
            && left
                .fetch_update(Ordering::Relaxed, Ordering::Relaxed, take)
                .is_ok();
        if is_out {
            return Box::pin(async { Err(TransportError::Connect("nobody listens".into())) });
        }
        self.1.send(request, operation)
    }
}

fn layers(times: Times) -> Layers {
    let retry = RetryPolicy::default()
        .base(Duration::from_millis(2))
        .cap(Duration::from_millis(8));
    Layers::default()
        .retry(retry)
        .deadline(times.deadline())
        .attempt_timeout(times.attempt())
}

/// Whether a call asked for the operation.
fn is_of(call: &Call, operation: &Operation) -> bool {
    let mut asked = call.path.rsplit('/');
    let mut documented = operation.path.rsplit('/');
    let is_there = documented.all(|part| {
        let asked = asked.next().unwrap_or_default();
        part.is_empty() || part.starts_with('{') || part == asked
    });
    call.method == operation.method && is_there
}

/// The operation's calls since then, once all that the fault struck, and all that should be, are there: a late answer is logged late.
async fn calls_of(
    sandbox: &Watched,
    operation: &Operation,
    since: usize,
    should: u32,
) -> Vec<Call> {
    let should = should as usize;
    let begun = Instant::now();
    loop {
        let calls = sandbox.calls().into_iter().skip(since);
        let calls: Vec<Call> = calls.filter(|call| is_of(call, operation)).collect();
        let records = sandbox.fault_log();
        let struck: usize = records.iter().map(|record| record.hits.len()).sum();
        if calls.len() >= struck.max(should) || begun.elapsed() > MARGIN {
            return calls;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// A client has its token before the fault, however short its times are.
async fn warm(shop: &dyn CartApi, cart: &cartwright::CartId) {
    for _ in 0..50 {
        if shop.get(cart).await.is_ok() {
            return;
        }
    }
    panic!("no cart could be read in peace");
}

pub async fn run(
    row: &Row,
    column: Column,
    strikes: Strikes,
    wire: Arc<dyn Transport>,
) -> Option<Cell> {
    let times = match strikes {
        Strikes::Always => ALWAYS,
        Strikes::Once => 1,
    };
    let fault = row.fault(&column);
    let is_unplugged = matches!(row.trouble, Trouble::NoConnection);
    if fault.is_none() && !is_unplugged {
        return None;
    }
    let quota = Quota {
        requests: 1_000_000,
        window: row.times.window(),
    };
    let sandbox = Watched::builder().quota(quota).start().await;
    let sandbox = sandbox.expect("a port is free");
    let mut vendors = sandbox.vendors().into_iter();
    let access = vendors.find(|access| access.vendor == column.vendor.as_str());
    let settings = Settings::from_pairs(access.expect("the vendor is there").environment);

    let calm = open(column.vendor, &settings, wire.clone(), Layers::default());
    let cart = column.prepare(&*calm).await.expect("a cart in peace");
    let left = if is_unplugged { times } else { 0 };
    let plug = Unplugged(column.operation.id, Arc::new(AtomicU32::new(0)));
    let mut shop_layers = layers(row.times);
    if is_unplugged {
        shop_layers = shop_layers.inner(plug.clone());
    }
    let shop = open(column.vendor, &settings, wire, shop_layers);
    if column.vendor == cartwright::Vendor::Webroot {
        warm(&*shop, &cart.id).await;
    }
    plug.1.store(left, Ordering::Relaxed);
    if let Some(fault) = fault {
        sandbox.fault(fault.times(times)).expect("the sandbox can");
    }

    let since = sandbox.calls().len();
    let begun = Instant::now();
    let answer = column.act(&*shop, &cart).await;
    let took = begun.elapsed();
    let wanted = expected(row, &column, strikes);
    let should = received(row, wanted, strikes);
    let calls = calls_of(&sandbox, column.operation, since, should).await;

    let mut problems = Vec::new();
    let mut hold = |holds: bool, problem: String| {
        if !holds {
            let place = format!("{}, {strikes:?}, {}", column.vendor, column.head());
            problems.push(format!("{place}, {}: {problem}", row.name));
        }
    };
    let end = match &answer {
        Ok(_) => End::Done,
        Err(error) => End::Failed(error.kind(), error.retry()),
    };
    hold(
        end == wanted.end,
        format!("{end:?} {answer:?}, not {:?}", wanted.end),
    );
    let arrived = u32::try_from(calls.len()).unwrap_or(u32::MAX);
    hold(
        arrived == should,
        format!("{arrived} requests arrived, not {should}"),
    );
    let limit = row.times.deadline() + MARGIN;
    hold(took < limit, format!("it took {took:?}"));
    let may_repeat = |call: &Call| column.is_safe() || [401, 425, 429].contains(&call.status);
    hold(
        calls.iter().rev().skip(1).all(may_repeat),
        "an operation that may have been carried out was sent again".to_owned(),
    );
    let records = sandbox.fault_log();
    for record in &records {
        let notes = record.hits.iter().filter_map(|hit| hit.note.as_ref());
        hold(
            !record.hits.is_empty(),
            "the fault struck nothing".to_owned(),
        );
        for note in notes {
            hold(false, format!("the fault did nothing: {note}"));
        }
    }
    let mut attempts = arrived;
    match &answer {
        Ok(told) => {
            // The answer of a verb that reads the cart afterwards is the cart.
            let is_shown = column.vendor != cartwright::Vendor::Webroot
                || column.operation.id != "addCartCustomers";
            let is_kept = row.meaning != Meaning::Kept || told.contains("drifted") || !is_shown;
            hold(is_kept, format!("the unknown field is lost: {told}"));
            if is_unplugged {
                attempts += 1;
            }
        }
        Err(error) => {
            attempts = error.attempts();
            for problem in told_wrong(row, &column, wanted, error, &cart.id) {
                hold(false, problem);
            }
        }
    }
    hold(
        attempts == wanted.attempts,
        format!("{attempts} attempts, not {}", wanted.attempts),
    );
    Some(Cell {
        outcome: Outcome { end, attempts },
        problems,
    })
}

/// What an error does not say and should.
fn told_wrong(
    row: &Row,
    column: &Column,
    wanted: Outcome,
    error: &Error,
    cart: &cartwright::CartId,
) -> Vec<String> {
    let mut problems = Vec::new();
    // What was removed by an attempt before is told as such, in the answer to the last.
    let is_gone = wanted.attempts > 1
        && matches!(wanted.end, End::Failed(ErrorKind::NotFound, _))
        && row.status != Some(404);
    let (status, part) = match is_gone {
        true => (Some(404), ""),
        false => (row.status, row.body),
    };
    if status.is_some() && error.status() != status {
        problems.push(format!("it says the status {:?}", error.status()));
    }
    if is_gone != error.message().contains("an earlier attempt") {
        problems.push(format!("it says {:?}", error.message()));
    }
    let body = String::from_utf8_lossy(error.body().unwrap_or_default());
    if !body.contains(part) {
        problems.push(format!("the answer's body is lost: {body:?}"));
    }
    if error.operation() != Some(column.operation.id) {
        problems.push(format!("it is told of {:?}", error.operation()));
    }
    if error.verb() != Some(column.verb) {
        problems.push(format!("it is told during {:?}", error.verb()));
    }
    let is_open = error.retry() == RetryState::Unknown;
    if error.to_string().starts_with("it is not known whether ") != is_open {
        problems.push(format!("it says first: {error}"));
    }
    if error.kind() == ErrorKind::OutcomeUnknown && !is_open {
        problems.push(format!("an open outcome is told as {}", error.retry()));
    }
    let is_timed = matches!(row.times, Times::ShortAttempt | Times::ShortCall);
    let is_late = status.is_none() && is_timed && !row.name.contains("body");
    if is_late && !error.is_timeout() {
        problems.push(format!("no timeout: {error}"));
    }
    let waits = ["retry-after", "x-rate-limit-time-reset-ms"];
    let is_told = waits.iter().any(|name| error.headers().contains_key(*name));
    if is_told && error.status() == Some(429) && error.retry_after().is_none() {
        problems.push("it does not say when the quota has room".to_owned());
    }
    if error.outcome().is_empty() || error.advice().is_empty() {
        problems.push("it does not say what is known, or what to do".to_owned());
    }
    let is_later = column.is_later();
    if (error.cart() == Some(cart)) != is_later {
        problems.push(format!("the cart that is half done: {:?}", error.cart()));
    }
    problems
}
