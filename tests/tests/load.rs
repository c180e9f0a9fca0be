//! Many callers against a quota: nothing is lost, nothing is doubled, and nothing is refused once the quota is learnt.
//!
//! How much of the quota is used is printed and not asserted: a machine that is busy otherwise has not the time to use it. The runtime's tests assert it with a
//! clock that only they move.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use cartwright::{NewCart, NewLine, Settings, Vendor, connect};
use cartwright_contract::{Exchange, Watched};
use cartwright_sandbox::Quota;
use tokio::sync::Semaphore;

/// Twice what BigCommerce's documentation takes in a window of 30 seconds.
#[tokio::test]
async fn without_a_quota_no_call_waits() {
    let sandbox = Watched::start().await.expect("a port is free");
    let access = sandbox.vendors().into_iter();
    let access = access.filter(|access| access.vendor == "bigcommerce");
    let settings = Settings::from_pairs(access.flat_map(|access| access.environment));
    let shop =
        connect(Vendor::BigCommerce, &settings, None).expect("the sandbox says every setting");
    let cart = NewCart::new().line(NewLine::product("126", 1));
    let id = shop.create(cart).await.expect("a cart").id;
    let began = Instant::now();
    for _ in 0..300 {
        shop.get(&id).await.expect("the cart");
    }
    // A window that it waits for would end later than that.
    assert!(
        began.elapsed() < Duration::from_secs(25),
        "{:?}",
        began.elapsed()
    );
}

const CREATES: usize = 2_000;
const IN_FLIGHT: usize = 64;
const QUOTA: u32 = 150;

/// What of an answer tells how the quota was used: the status, and how many requests its window had left.
type Seen = Arc<Mutex<Vec<(u16, u32)>>>;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_learnt_quota_is_never_passed() {
    let seen = Seen::default();
    let noted = seen.clone();
    let sandbox = Watched::builder()
        .quota(Quota {
            requests: QUOTA,
            window: Duration::from_millis(300),
        })
        .observe(move |exchange: &Exchange| {
            let left = exchange.response_header("x-rate-limit-requests-left");
            let left = left.and_then(|left| left.parse().ok()).expect("a count");
            let mut noted = noted.lock().unwrap_or_else(PoisonError::into_inner);
            noted.push((exchange.status, left));
        })
        .start()
        .await
        .expect("a port is free");
    let access = sandbox.vendors().into_iter();
    let access = access.filter(|access| access.vendor == "bigcommerce");
    let settings = Settings::from_pairs(access.flat_map(|access| access.environment));
    let shop =
        connect(Vendor::BigCommerce, &settings, None).expect("the sandbox says every setting");

    let shop: Arc<dyn cartwright::CartApi> = shop.into();
    let turns = Arc::new(Semaphore::new(IN_FLIGHT));
    let calls: Vec<_> = (0..CREATES)
        .map(|_| {
            let (shop, turns) = (shop.clone(), turns.clone());
            tokio::spawn(async move {
                let _turn = turns.acquire().await.expect("it is never closed");
                let cart = NewCart::new().line(NewLine::product("126", 1));
                shop.create(cart).await.map(|cart| cart.id.to_string())
            })
        })
        .collect();
    let mut ids = BTreeSet::new();
    for call in calls {
        let id = call.await.expect("no call panics");
        ids.insert(id.unwrap_or_else(|error| panic!("a create was lost: {error}")));
    }

    let state = serde_json::to_value(sandbox.state()).expect("a state has a JSON form");
    let kept = state["vendors"]["bigcommerce"]["carts"]
        .as_object()
        .expect("carts");
    assert_eq!(
        (ids.len(), kept.len()),
        (CREATES, CREATES),
        "lost or doubled"
    );

    let seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
    // The first request of a window leaves one less than the quota.
    let first_of_windows: Vec<usize> = (0..seen.len())
        .filter(|at| seen[*at] == (201, QUOTA - 1))
        .collect();
    let windows = first_of_windows.len();
    let (second, last) = (first_of_windows[1], first_of_windows[windows - 1]);
    let refused_later = seen[second..]
        .iter()
        .filter(|(status, _)| *status == 429)
        .count();
    let refused = seen.iter().filter(|(status, _)| *status == 429).count();
    let in_full_windows = seen[..last]
        .iter()
        .filter(|(status, _)| *status == 201)
        .count();
    let used = in_full_windows as f64 / (f64::from(QUOTA) * (windows - 1) as f64);
    println!(
        "{CREATES} creates, {IN_FLIGHT} in flight, {QUOTA} per window: {windows} windows, {:.1} % of the quota used, {refused} refused in the first window, {refused_later} later",
        used * 100.0
    );
    assert_eq!(
        refused_later, 0,
        "refused after the first window was learnt"
    );
}
