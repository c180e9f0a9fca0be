//! What an error says about time: how long to wait, and whether the time was up.

use std::sync::Arc;
use std::time::Duration;

use cartwright::vendors::bigcommerce::{BigCommerce, BigCommerceConfig};
use cartwright::{CartApi, ErrorKind, Layers, RetryState};

use crate::bigcommerce::shop::CART;
use crate::canned::Canned;
use crate::every_verb::{failure, supported};

fn answer(status: u16, headers: &'static [(&'static str, &'static str)]) -> Canned {
    Canned {
        status,
        headers,
        body: Vec::new(),
    }
}

#[tokio::test]
async fn the_vendors_wait_is_told_in_whichever_header_it_stands() {
    let seconds = |seconds| Some(Duration::from_secs(seconds));
    for (vendor, verb) in supported() {
        for (status, headers, wait) in [
            (429, &[("retry-after", "90")][..], seconds(90)),
            (503, &[("retry-after", "7")], seconds(7)),
            (429, &[("x-retry-after", "5")], seconds(5)),
            (429, &[("x-rate-limit-time-reset-ms", "15000")], seconds(15)),
            (
                429,
                &[("ratelimit-remaining", "0"), ("ratelimit-reset", "8")],
                seconds(8),
            ),
            // In the past.
            (
                429,
                &[("retry-after", "Wed, 21 Oct 2015 07:28:00 GMT")],
                seconds(0),
            ),
            (429, &[("retry-after", "soon")], None),
            (429, &[], None),
            // The window of an answer that was not refused for it is no wait.
            (503, &[("x-rate-limit-time-reset-ms", "15000")], None),
        ] {
            let error = failure(vendor, verb, Arc::new(answer(status, headers))).await;
            assert_eq!(error.retry_after(), wait, "{vendor} {verb}: {headers:?}");
            let told: Vec<_> = headers.iter().map(|(name, _)| *name).collect();
            let kept: Vec<_> = error.headers().keys().map(|name| name.as_str()).collect();
            assert_eq!(kept.len(), told.len(), "{kept:?}");
            if status == 429 {
                assert_eq!(error.kind(), ErrorKind::RateLimited);
                assert!(error.to_string().contains("rate limit"), "{error}");
            }
        }
    }
}

#[tokio::test]
async fn a_call_that_is_held_back_says_until_when() {
    let transport = answer(429, &[("retry-after", "90")]);
    let layers = Layers::default().deadline(Duration::from_secs(2));
    let config = BigCommerceConfig::new("store", "token")
        .transport(Arc::new(transport))
        .layers(layers);
    let shop = BigCommerce::new(config).unwrap();
    let cart = CART.parse().unwrap();
    let told = shop.get(&cart).await.unwrap_err();
    assert_eq!(told.retry_after(), Some(Duration::from_secs(90)));
    let held = shop.delete(&cart).await.unwrap_err();
    assert_eq!((held.attempts(), held.status()), (0, None), "{held:?}");
    let told = (held.kind(), held.retry());
    assert_eq!(told, (ErrorKind::RateLimited, RetryState::Temporary));
    let wait = held.retry_after().expect("it is known");
    let expected = Duration::from_secs(80)..=Duration::from_secs(91);
    assert!(expected.contains(&wait), "{wait:?}");
    assert!(held.outcome().starts_with("Nothing was sent"), "{held:?}");
    assert!(!held.is_timeout());
}

#[tokio::test]
async fn headers_are_kept_without_what_grants_access() {
    let headers = &[
        ("set-cookie", "session=hunter2"),
        ("www-authenticate", "Basic realm=\"hunter2\""),
        ("location", "https://login.example/page?token=hunter2"),
        ("x-request-id", "r-1"),
    ];
    for status in [302, 401, 503] {
        let shop = crate::bigcommerce::shop::shop(answer(status, headers));
        let error = shop.get(&CART.parse().unwrap()).await.unwrap_err();
        let shown = error.headers();
        assert_eq!(shown["set-cookie"], "REDACTED");
        assert_eq!(shown["www-authenticate"], "REDACTED");
        assert_eq!(shown["location"], "https://login.example/page?REDACTED");
        assert_eq!(error.request_id(), Some("r-1"));
        let shown = format!("{error} {error:?} {} {}", error.outcome(), error.advice());
        assert!(!shown.contains("hunter2"), "{shown}");
    }
}
