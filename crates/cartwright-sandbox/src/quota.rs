//! How many requests a vendor takes in a span of time.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::clock::Clock;

/// How many requests each vendor takes in a window of time, which opens with the first request after the last
/// window's end. See [`Builder::quota`](crate::Builder::quota).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    /// The requests that are answered in one window. With 0 none is.
    pub requests: u32,
    /// The length of the window, in whole milliseconds and at least one.
    pub window: Duration,
}

impl Quota {
    pub(crate) fn window_millis(self) -> i64 {
        i64::try_from(self.window.as_millis())
            .unwrap_or(i64::MAX)
            .max(1)
    }
}

/// The quotas of the vendors that document none, and so have no count of their own.
#[derive(Clone, Debug)]
pub(crate) struct OtherQuotas {
    quota: Option<Quota>,
    clock: Clock,
    /// When the window of a vendor opened, in milliseconds since 1970, and its requests.
    windows: Arc<Mutex<BTreeMap<&'static str, (i64, u32)>>>,
}

impl OtherQuotas {
    pub(crate) fn new(quota: Option<Quota>, clock: Clock) -> Self {
        Self {
            quota,
            clock,
            windows: Arc::default(),
        }
    }

    /// Counts a request, and says whether it is one too many. BigCommerce counts by itself.
    pub(crate) fn used_up(&self, vendor: &'static str) -> bool {
        let Some(quota) = self.quota.filter(|_| vendor != "bigcommerce") else {
            return false;
        };
        let now = self.clock.unix_millis();
        let mut windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
        let (opened, requests) = windows.entry(vendor).or_insert((now, 0));
        if !(0..quota.window_millis()).contains(&now.saturating_sub(*opened)) {
            (*opened, *requests) = (now, 0);
        }
        *requests = requests.saturating_add(1);
        *requests > quota.requests
    }

    pub(crate) fn reset(&self) {
        let mut windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
        windows.clear();
    }
}
