//! The four rate-limit headers, counted with the sandbox's clock.

use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};

use super::errors::Problem;
use super::shop::Shop;
use crate::quota::Quota;

/// That of the plans Standard and Plus.
const DOCUMENTED: Quota = Quota {
    requests: 150,
    window: Duration::from_secs(30),
};

/// How many requests the store tells to take, and whether it refuses those beyond.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limit {
    quota: Quota,
    refuses: bool,
}

impl Limit {
    /// The documented count, told and not enforced, or one that is.
    pub(super) fn new(quota: Option<Quota>) -> Self {
        Self {
            quota: quota.unwrap_or(DOCUMENTED),
            refuses: quota.is_some(),
        }
    }
}

/// The requests of the store since a window opened. The vendor shares it between all apps of a store.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Window {
    opened: Option<i64>,
    requests: i64,
}

/// What is left of a window.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Left {
    requests: i64,
    millis: i64,
    is_used_up: bool,
}

impl Window {
    /// Counts one request. A window opens with the first request after the last window's end.
    pub(super) fn count(&mut self, limit: Limit, now: i64) -> Left {
        let (most, length) = (i64::from(limit.quota.requests), limit.quota.window_millis());
        let open = self
            .opened
            .filter(|opened| (0..length).contains(&now.saturating_sub(*opened)));
        let opened = open.unwrap_or(now);
        self.requests = if open.is_some() {
            self.requests.saturating_add(1)
        } else {
            1
        };
        self.opened = Some(opened);
        Left {
            requests: most.saturating_sub(self.requests).max(0),
            millis: length - now.saturating_sub(opened),
            is_used_up: limit.refuses && self.requests > most,
        }
    }
}

impl Window {
    /// A request for which nothing is left, whatever was.
    pub(super) fn use_up(&mut self, limit: Limit, now: i64) -> Left {
        let left = self.count(limit, now);
        self.requests = self.requests.max(limit.quota.requests.into());
        Left {
            requests: 0,
            is_used_up: true,
            ..left
        }
    }
}

impl Left {
    /// Tells on an answer what is left.
    fn tell(&self, limit: Limit, mut response: Response) -> Response {
        for (name, value) in [
            ("x-rate-limit-requests-left", self.requests),
            ("x-rate-limit-requests-quota", limit.quota.requests.into()),
            ("x-rate-limit-time-reset-ms", self.millis),
            ("x-rate-limit-time-window-ms", limit.quota.window_millis()),
        ] {
            response
                .headers_mut()
                .insert(HeaderName::from_static(name), HeaderValue::from(value));
        }
        response
    }
}

/// The refusal of a request beyond the quota. It says when the window ends in milliseconds, and in whole seconds.
pub(super) fn refusal(limit: Limit, left: &Left) -> Response {
    let mut response = left.tell(limit, Problem::too_many().into_response());
    let seconds = left.millis.saturating_add(999).div_euclid(1000);
    response
        .headers_mut()
        .insert("x-retry-after", HeaderValue::from(seconds));
    response
}

/// Middleware: counts the request, refuses it if it is one too many, and tells on its answer what is left.
pub(super) async fn count(State(shop): State<Shop>, request: Request, next: Next) -> Response {
    let left = shop.count_request();
    if left.is_used_up {
        return refusal(shop.limit(), &left);
    }
    left.tell(shop.limit(), next.run(request).await)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told() -> Limit {
        Limit::new(None)
    }

    #[test]
    fn each_request_takes_one_from_the_window() {
        let mut window = Window::default();
        assert_eq!(
            window.count(told(), 1000),
            Left {
                requests: 149,
                millis: 30_000,
                is_used_up: false,
            }
        );
        assert_eq!(
            window.count(told(), 1250),
            Left {
                requests: 148,
                millis: 29_750,
                is_used_up: false,
            }
        );
    }

    #[test]
    fn a_new_window_opens_when_the_old_one_ends() {
        let mut window = Window::default();
        window.count(told(), 0);
        assert_eq!(
            window.count(told(), 29_999),
            Left {
                requests: 148,
                millis: 1,
                is_used_up: false,
            }
        );
        assert_eq!(
            window.count(told(), 30_000),
            Left {
                requests: 149,
                millis: 30_000,
                is_used_up: false,
            }
        );
    }

    #[test]
    fn a_clock_set_back_opens_a_new_window() {
        let mut window = Window::default();
        window.count(told(), 50_000);
        assert_eq!(
            window.count(told(), 10),
            Left {
                requests: 149,
                millis: 30_000,
                is_used_up: false,
            }
        );
    }

    #[test]
    fn nothing_is_left_of_a_used_up_window() {
        let mut window = Window::default();
        for _ in 0..160 {
            window.count(told(), 0);
        }
        assert_eq!(window.count(told(), 0).requests, 0);
    }

    #[test]
    fn only_a_limit_that_was_set_is_ever_used_up() {
        let quota = Quota {
            requests: 2,
            window: Duration::from_secs(1),
        };
        for (limit, used_up) in [(Limit::new(Some(quota)), true), (told(), false)] {
            let mut window = Window::default();
            let counts: Vec<_> = (0..3).map(|_| window.count(limit, 0).is_used_up).collect();
            assert_eq!(counts, [false, false, used_up]);
        }
    }
}
