//! What a response's headers say about waiting.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use chrono::{DateTime, Utc};
use http::StatusCode;
use http::header::{HeaderMap, RETRY_AFTER};

/// A vendor's quota, as one response tells it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Told {
    /// How many requests this window still takes.
    pub(super) left: u64,
    /// How long until the window ends.
    pub(super) ends_in: Duration,
    /// How many requests a window takes.
    pub(super) quota: Option<u64>,
    /// How long a window is.
    pub(super) window: Option<Duration>,
}

/// How a family of headers is named, and what its times are counted in.
struct Family {
    left: &'static str,
    quota: &'static str,
    reset: &'static str,
    window: &'static str,
    time: fn(u64) -> Duration,
}

const RESET_MS: &str = "x-rate-limit-time-reset-ms";

const FAMILIES: [Family; 3] = [
    Family {
        left: "x-rate-limit-requests-left",
        quota: "x-rate-limit-requests-quota",
        reset: RESET_MS,
        window: "x-rate-limit-time-window-ms",
        time: Duration::from_millis,
    },
    Family {
        left: "ratelimit-remaining",
        quota: "ratelimit-limit",
        reset: "ratelimit-reset",
        window: "ratelimit-window",
        time: Duration::from_secs,
    },
    Family {
        left: "x-ratelimit-remaining",
        quota: "x-ratelimit-limit",
        reset: "x-ratelimit-reset",
        window: "x-ratelimit-window",
        time: seconds_or_moment,
    },
];

/// The quota, where the headers tell both what is left of it and until when.
pub(super) fn told(headers: &HeaderMap) -> Option<Told> {
    FAMILIES.iter().find_map(|family| {
        let time = |name| number(headers, name).map(family.time);
        Some(Told {
            left: number(headers, family.left)?,
            ends_in: time(family.reset)?,
            quota: number(headers, family.quota),
            window: time(family.window).filter(|window| !window.is_zero()),
        })
    })
}

/// How long the vendor asks to wait before the next request.
pub(super) fn asked(status: StatusCode, headers: &HeaderMap) -> Option<Duration> {
    // Other answers tell the window's end as well, and it is no reason to wait.
    let is_refusal = status == StatusCode::TOO_MANY_REQUESTS;
    let reset = || number(headers, RESET_MS).filter(|_| is_refusal);
    retry_after(headers)
        .or_else(|| reset().map(Duration::from_millis))
        .or_else(|| number(headers, "x-retry-after").map(Duration::from_secs))
}

/// How long to wait before a call that failed is worth repeating, in whichever header the vendor says so.
pub(crate) fn asked_to_wait(status: StatusCode, headers: &HeaderMap) -> Option<Duration> {
    let window = || told(headers).map(|told| told.ends_in);
    asked(status, headers).or_else(|| window().filter(|_| status == StatusCode::TOO_MANY_REQUESTS))
}

fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    if let Some(seconds) = number(headers, RETRY_AFTER.as_str()) {
        return Some(Duration::from_secs(seconds));
    }
    let date = headers.get(RETRY_AFTER)?.to_str().ok()?;
    let date = DateTime::parse_from_rfc2822(date).ok()?;
    let now = DateTime::<Utc>::from(SystemTime::now());
    // A date in the past asks for no wait.
    let wait = date.signed_duration_since(now).to_std();
    Some(wait.unwrap_or(Duration::ZERO))
}

fn number(headers: &HeaderMap, name: &str) -> Option<u64> {
    headers.get(name)?.to_str().ok()?.trim().parse().ok()
}

/// Some vendors tell how long, others the moment in seconds since 1970.
fn seconds_or_moment(seconds: u64) -> Duration {
    const A_YEAR: u64 = 366 * 24 * 60 * 60;
    if seconds <= A_YEAR {
        return Duration::from_secs(seconds);
    }
    let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH);
    Duration::from_secs(seconds).saturating_sub(since_1970.unwrap_or_default())
}
