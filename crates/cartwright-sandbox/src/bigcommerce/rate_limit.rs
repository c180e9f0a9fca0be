//! The four rate-limit headers, counted with the sandbox's clock.

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use serde::{Deserialize, Serialize};

use super::shop::Shop;

const QUOTA: i64 = 150;
const WINDOW_MILLIS: i64 = 30_000;

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
}

impl Window {
    /// Counts one request. A window opens with the first request after the last window's end.
    pub(super) fn count(&mut self, now: i64) -> Left {
        let open = self
            .opened
            .filter(|opened| (0..WINDOW_MILLIS).contains(&now.saturating_sub(*opened)));
        let opened = open.unwrap_or(now);
        self.requests = if open.is_some() {
            self.requests.saturating_add(1)
        } else {
            1
        };
        self.opened = Some(opened);
        Left {
            requests: QUOTA.saturating_sub(self.requests).max(0),
            millis: WINDOW_MILLIS - now.saturating_sub(opened),
        }
    }
}

/// Middleware: counts the request and tells on its answer what is left.
pub(super) async fn count(State(shop): State<Shop>, request: Request, next: Next) -> Response {
    let left = shop.count_request();
    let mut response = next.run(request).await;
    for (name, value) in [
        ("x-rate-limit-requests-left", left.requests),
        ("x-rate-limit-requests-quota", QUOTA),
        ("x-rate-limit-time-reset-ms", left.millis),
        ("x-rate-limit-time-window-ms", WINDOW_MILLIS),
    ] {
        response
            .headers_mut()
            .insert(HeaderName::from_static(name), HeaderValue::from(value));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_request_takes_one_from_the_window() {
        let mut window = Window::default();
        assert_eq!(
            window.count(1000),
            Left {
                requests: 149,
                millis: 30_000
            }
        );
        assert_eq!(
            window.count(1250),
            Left {
                requests: 148,
                millis: 29_750
            }
        );
    }

    #[test]
    fn a_new_window_opens_when_the_old_one_ends() {
        let mut window = Window::default();
        window.count(0);
        assert_eq!(
            window.count(29_999),
            Left {
                requests: 148,
                millis: 1
            }
        );
        assert_eq!(
            window.count(30_000),
            Left {
                requests: 149,
                millis: 30_000
            }
        );
    }

    #[test]
    fn a_clock_set_back_opens_a_new_window() {
        let mut window = Window::default();
        window.count(50_000);
        assert_eq!(
            window.count(10),
            Left {
                requests: 149,
                millis: 30_000
            }
        );
    }

    #[test]
    fn nothing_is_left_of_a_used_up_window() {
        let mut window = Window::default();
        for _ in 0..160 {
            window.count(0);
        }
        assert_eq!(window.count(0).requests, 0);
    }
}
