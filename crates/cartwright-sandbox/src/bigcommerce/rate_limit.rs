//! The four rate-limit headers, counted with the sandbox's clock. A store without a quota tells of none.

use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};

use super::errors::Problem;
use super::shop::Shop;
use crate::quota::Quota;

/// That of the plans Standard and Plus, for a refusal by a store that has no other.
pub(super) const DOCUMENTED: Quota = Quota {
    requests: 150,
    window: Duration::from_secs(30),
};

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
    pub(super) fn count(&mut self, quota: Quota, now: i64) -> Left {
        let (most, length) = (i64::from(quota.requests), quota.window_millis());
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
            is_used_up: self.requests > most,
        }
    }
}

impl Window {
    /// A request for which nothing is left, whatever was.
    pub(super) fn use_up(&mut self, quota: Quota, now: i64) -> Left {
        let left = self.count(quota, now);
        self.requests = self.requests.max(quota.requests.into());
        Left {
            requests: 0,
            is_used_up: true,
            ..left
        }
    }
}

impl Left {
    /// Tells on an answer what is left.
    fn tell(&self, quota: Quota, mut response: Response) -> Response {
        for (name, value) in [
            ("x-rate-limit-requests-left", self.requests),
            ("x-rate-limit-requests-quota", quota.requests.into()),
            ("x-rate-limit-time-reset-ms", self.millis),
            ("x-rate-limit-time-window-ms", quota.window_millis()),
        ] {
            response
                .headers_mut()
                .insert(HeaderName::from_static(name), HeaderValue::from(value));
        }
        response
    }
}

/// The refusal of a request beyond the quota. It says when the window ends in milliseconds, and in whole seconds.
pub(super) fn refusal(quota: Quota, left: &Left) -> Response {
    let mut response = left.tell(quota, Problem::too_many().into_response());
    let seconds = left.millis.saturating_add(999).div_euclid(1000);
    response
        .headers_mut()
        .insert("x-retry-after", HeaderValue::from(seconds));
    response
}

/// Middleware: where the store has a quota, counts the request, refuses it if it is one too many, and tells on its answer what is left.
pub(super) async fn count(State(shop): State<Shop>, request: Request, next: Next) -> Response {
    let Some(quota) = shop.quota() else {
        return next.run(request).await;
    };
    let left = shop.count_request(quota);
    if left.is_used_up {
        return refusal(quota, &left);
    }
    left.tell(quota, next.run(request).await)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_request_takes_one_from_the_window() {
        let mut window = Window::default();
        assert_eq!(
            window.count(DOCUMENTED, 1000),
            Left {
                requests: 149,
                millis: 30_000,
                is_used_up: false,
            }
        );
        assert_eq!(
            window.count(DOCUMENTED, 1250),
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
        window.count(DOCUMENTED, 0);
        assert_eq!(
            window.count(DOCUMENTED, 29_999),
            Left {
                requests: 148,
                millis: 1,
                is_used_up: false,
            }
        );
        assert_eq!(
            window.count(DOCUMENTED, 30_000),
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
        window.count(DOCUMENTED, 50_000);
        assert_eq!(
            window.count(DOCUMENTED, 10),
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
            window.count(DOCUMENTED, 0);
        }
        assert_eq!(window.count(DOCUMENTED, 0).requests, 0);
    }

    #[test]
    fn the_request_after_the_last_is_one_too_many() {
        let quota = Quota {
            requests: 2,
            window: Duration::from_secs(1),
        };
        let mut window = Window::default();
        let counts: Vec<_> = (0..3).map(|_| window.count(quota, 0).is_used_up).collect();
        assert_eq!(counts, [false, false, true]);
    }
}
