//! A vendor that takes only so many requests.

mod http;

use std::time::{Duration, UNIX_EPOCH};

use cartwright_contract::Watched;
use cartwright_sandbox::{Clock, Quota};
use reqwest::header::HeaderMap;

fn quota() -> Quota {
    Quota {
        requests: 2,
        window: Duration::from_millis(2_500),
    }
}

async fn get(sandbox: &Watched, path: &str) -> (u16, HeaderMap) {
    let request = http::client().get(format!("{}{path}", sandbox.base_url()));
    let answer = request
        .header("user-agent", "Example/1.0")
        .send()
        .await
        .unwrap();
    (answer.status().as_u16(), answer.headers().clone())
}

fn told(headers: &HeaderMap) -> [Option<&str>; 5] {
    [
        "requests-left",
        "requests-quota",
        "time-reset-ms",
        "time-window-ms",
    ]
    .map(|name| headers.get(format!("x-rate-limit-{name}")))
    .into_iter()
    .chain([headers.get("x-retry-after")])
    .map(|value| value.map(|value| value.to_str().unwrap()))
    .collect::<Vec<_>>()
    .try_into()
    .unwrap()
}

#[tokio::test]
async fn bigcommerce_counts_down_refuses_and_takes_requests_again_when_the_window_ends() {
    let clock = Clock::settable(UNIX_EPOCH);
    let builder = Watched::builder().clock(clock.clone()).quota(quota());
    let sandbox = builder.start().await.unwrap();
    let cart = "/stores/sandboxstore/v3/carts/7";
    for (advance, status, expected) in [
        (
            0,
            401,
            [Some("1"), Some("2"), Some("2500"), Some("2500"), None],
        ),
        (
            500,
            401,
            [Some("0"), Some("2"), Some("2000"), Some("2500"), None],
        ),
        (
            999,
            429,
            [Some("0"), Some("2"), Some("1001"), Some("2500"), Some("2")],
        ),
        (
            1_000,
            429,
            [Some("0"), Some("2"), Some("1"), Some("2500"), Some("1")],
        ),
        (
            1,
            401,
            [Some("1"), Some("2"), Some("2500"), Some("2500"), None],
        ),
    ] {
        clock.advance(Duration::from_millis(advance));
        let (answered, headers) = get(&sandbox, cart).await;
        assert_eq!(
            (answered, told(&headers)),
            (status, expected),
            "after {advance}"
        );
    }
}

#[tokio::test]
async fn each_other_vendor_counts_its_operations_and_refuses_by_the_clock() {
    let clock = Clock::settable(UNIX_EPOCH);
    let builder = Watched::builder().clock(clock.clone()).quota(quota());
    let sandbox = builder.start().await.unwrap();
    for (path, taken, refused) in [
        ("/execute/Market/get_providers_list", 401, 429),
        ("/bleed/Market/Package/details", 401, 200),
        ("/service/api/ecom/shop/carts/MSP0", 401, 429),
    ] {
        let mut statuses = Vec::new();
        for _ in 0..3 {
            statuses.push(get(&sandbox, path).await.0);
        }
        assert_eq!(statuses, [taken, taken, refused], "{path}");
        clock.advance(quota().window);
        assert_eq!(get(&sandbox, path).await.0, taken, "{path}");
    }
}

#[tokio::test]
async fn a_clock_that_follows_the_machine_ends_the_window_by_itself() {
    let quota = Quota {
        requests: 1,
        window: Duration::from_millis(300),
    };
    let sandbox = Watched::builder().quota(quota).start().await.unwrap();
    let cart = "/stores/sandboxstore/v3/carts/7";
    assert_eq!(get(&sandbox, cart).await.0, 401);
    tokio::time::sleep(Duration::from_millis(350)).await;
    assert_eq!(get(&sandbox, cart).await.0, 401);
}

#[tokio::test]
async fn without_a_quota_nothing_is_refused_and_no_vendor_tells_of_one() {
    let sandbox = Watched::builder()
        .clock(Clock::settable(UNIX_EPOCH))
        .start()
        .await
        .unwrap();
    for path in [
        "/stores/sandboxstore/v3/carts/7",
        "/execute/Market/get_providers_list",
        "/bleed/Market/Package/details",
        "/service/api/ecom/shop/carts/MSP0",
    ] {
        for _ in 0..160 {
            let (status, headers) = get(&sandbox, path).await;
            assert_eq!(status, 401, "{path}");
            let mut names = headers.keys().map(|name| name.as_str());
            let tells = |name: &str| name.contains("rate") || name.contains("retry");
            assert!(!names.any(tells), "{path}: {headers:?}");
        }
    }
}
