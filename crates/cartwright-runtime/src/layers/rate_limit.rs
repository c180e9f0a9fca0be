//! The vendor's quota: learnt from its answers, and kept to by waiting.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http::StatusCode;
use tokio::sync::{Mutex as Turnstile, Notify};
use tokio::time::{Instant, timeout_at};

use super::waits::{self, Told};
use crate::transport::TransportError;

/// How a client keeps to the vendor's quota of requests per window of time.
///
/// What is left, the quota and the end of the window are learnt from the headers of each answer
/// (`X-Rate-Limit-Requests-Left` and its relatives, `RateLimit-Remaining`, `X-RateLimit-Remaining`); a vendor
/// that sends none is not held back. A request under way counts as one that the vendor has not counted
/// yet. When nothing is left, requests wait, in the order in which they came, until the window ends. A 429 closes the
/// window until the vendor's next one.
///
/// ```
/// use std::time::Duration;
/// use cartwright_runtime::{Layers, RateLimit};
///
/// // Known before the first answer: a hundred requests a minute.
/// let layers = Layers::default().rate_limit(RateLimit::default().quota(100, Duration::from_secs(60)));
/// ```
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct RateLimit {
    known: Option<(u64, Duration)>,
}

impl RateLimit {
    /// What the vendor's documentation says: this many requests in each window. Answers that say
    /// otherwise are believed.
    pub fn quota(mut self, requests: u32, window: Duration) -> Self {
        self.known = Some((requests.into(), window));
        self
    }

    pub(super) fn limiter(&self) -> Limiter {
        let state = State {
            quota: self.known.map(|(quota, _)| quota),
            length: self.known.map(|(_, window)| window),
            ..State::default()
        };
        Limiter(Arc::new(Shared {
            state: Mutex::new(state),
            changed: Notify::new(),
            turnstile: Turnstile::new(()),
        }))
    }
}

/// Gives permits to send.
#[derive(Clone)]
pub(super) struct Limiter(Arc<Shared>);

struct Shared {
    state: Mutex<State>,
    changed: Notify,
    /// Whoever holds it is the next to leave.
    turnstile: Turnstile<()>,
}

#[derive(Default)]
struct State {
    quota: Option<u64>,
    length: Option<Duration>,
    window: Option<Window>,
    /// Counts the windows, so that an answer can be told from those of the window before.
    serial: u64,
    /// When the window before this one had surely ended.
    previous_end: Option<Instant>,
    outstanding: u64,
}

/// The window that the vendor counts in.
struct Window {
    /// What was left at the lowest count that an answer told.
    left: u64,
    /// The window ends between these two.
    ends_after: Instant,
    ends_before: Instant,
    /// Whether no answer has told of it yet: a window may begin when its first request arrives, which is later than it
    /// was sent.
    is_guessed: bool,
}

/// How long a window is taken to last while nobody has said so.
const UNKNOWN_WINDOW: Duration = Duration::from_secs(1);

/// A longer window than this is asked about anew: one nonsensical header must not silence a client.
const LONGEST_WINDOW: Duration = Duration::from_secs(60 * 60);

impl State {
    /// Leaves a window that has ended.
    fn roll(&mut self, now: Instant) {
        let Some(window) = self.window.take_if(|window| window.ends_before <= now) else {
            return;
        };
        self.serial += 1;
        self.previous_end = Some(window.ends_before);
    }

    /// Whether a request may leave, or until when it has to wait at most.
    fn take(&mut self, now: Instant) -> Result<(), Instant> {
        self.roll(now);
        if self.window.is_none()
            && let Some(quota) = self.quota
        {
            let length = self.length.unwrap_or(UNKNOWN_WINDOW);
            self.window = now.checked_add(length).map(|ends_before| Window {
                // Of a quota of 0 nothing else would ever be learnt.
                left: quota.max(1),
                ends_after: self.previous_end.unwrap_or(now),
                ends_before,
                is_guessed: true,
            });
        }
        match &self.window {
            Some(window) if window.left <= self.outstanding => Err(window.ends_before),
            _ => {
                self.outstanding += 1;
                Ok(())
            }
        }
    }

    fn learn(&mut self, told: &Told, sent: Instant, serial: u64, now: Instant) {
        let ends_in = told.ends_in.min(LONGEST_WINDOW);
        // Vendors count whole milliseconds.
        let ends_before = now + ends_in + Duration::from_millis(1);
        let ends_after = sent + ends_in;
        let length = told.window.map(|window| window.min(LONGEST_WINDOW));
        self.length = length.or(self.length);
        let highest = self.quota.max(Some(told.left.saturating_add(1)));
        self.quota = told.quota.or(highest);
        self.roll(now);
        let is_of_before =
            serial < self.serial && self.previous_end.is_some_and(|end| ends_after <= end);
        if is_of_before {
            return;
        }
        match &mut self.window {
            Some(window) if window.is_guessed => {
                *window = Window {
                    left: window.left.min(told.left),
                    ends_after,
                    ends_before,
                    is_guessed: false,
                };
            }
            Some(window) if ends_after <= window.ends_before => {
                window.left = window.left.min(told.left);
                window.ends_before = window.ends_before.min(ends_before);
                window.ends_after = window.ends_after.max(ends_after);
            }
            window => {
                if let Some(before) = window {
                    self.previous_end = Some(before.ends_before);
                    self.serial += 1;
                }
                *window = Some(Window {
                    left: told.left,
                    ends_after,
                    ends_before,
                    is_guessed: false,
                });
            }
        }
    }

    /// The vendor takes nothing more until then.
    fn close(&mut self, until: Instant) {
        let window = self.window.get_or_insert(Window {
            left: 0,
            ends_after: until,
            ends_before: until,
            is_guessed: false,
        });
        window.left = 0;
        window.ends_before = until;
    }

    /// A request of which no answer told the count is taken to be counted.
    fn count(&mut self, serial: u64) {
        if let Some(window) = self.window.as_mut().filter(|_| serial == self.serial) {
            window.left = window.left.saturating_sub(1);
        }
    }
}

impl Limiter {
    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing that holds the lock can leave the state half changed.
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until the quota has room; not beyond `ends`. Says how long, where it waits for the window's end.
    pub(super) async fn permit(
        &self,
        ends: Option<Instant>,
        tell: &(dyn Fn(Duration) + Sync),
    ) -> Result<Permit, TransportError> {
        let in_turn = async {
            let mut told = None;
            let mut tell = |until: Option<Instant>| {
                if let Some(until) = until.filter(|until| told < Some(*until)) {
                    told = Some(until);
                    tell(until.saturating_duration_since(Instant::now()));
                }
            };
            let _turn = match self.0.turnstile.try_lock() {
                Ok(turn) => turn,
                // Whoever has it waits.
                Err(_) => {
                    tell(self.used_up_until());
                    self.0.turnstile.lock().await
                }
            };
            loop {
                let changed = self.0.changed.notified();
                let now = Instant::now();
                // Bound first: the guard must not live while waiting.
                let taken = {
                    let mut state = self.state();
                    state.take(now).map(|()| state.serial)
                };
                match taken {
                    Ok(serial) => {
                        return Ok(Permit {
                            limiter: self.clone(),
                            sent: now,
                            serial,
                            is_counted: false,
                        });
                    }
                    Err(until) if self.is_too_late(until, ends) => {
                        return Err(throttled(Some(until)));
                    }
                    // Woken by an answer or by the window's end.
                    Err(until) => {
                        tell(self.used_up_until());
                        drop(timeout_at(until, changed).await);
                    }
                }
            }
        };
        match ends {
            Some(ends) => timeout_at(ends, in_turn)
                .await
                .unwrap_or_else(|_| Err(throttled(self.used_up_until()))),
            None => in_turn.await,
        }
    }

    /// When the window ends of which nothing is left. Where something is left, only answers are waited for.
    fn used_up_until(&self) -> Option<Instant> {
        let state = self.state();
        let window = state.window.as_ref().filter(|window| window.left == 0);
        window.map(|window| window.ends_before)
    }

    /// Whether nothing can make room before the call's end.
    fn is_too_late(&self, until: Instant, ends: Option<Instant>) -> bool {
        self.used_up_until().is_some() && ends.is_some_and(|ends| ends <= until)
    }
}

/// Why a request was held back.
#[derive(Clone, Debug)]
pub(crate) struct QuotaUsedUp {
    /// How long the window lasts, at most, from when the request was held back.
    pub(crate) ends_in: Option<Duration>,
}

impl QuotaUsedUp {
    /// The reason, where a request was held back for the quota.
    pub(crate) fn of(error: &TransportError) -> Option<&Self> {
        match error {
            TransportError::Throttled(source) => source.downcast_ref(),
            _ => None,
        }
    }
}

impl fmt::Display for QuotaUsedUp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the vendor's quota of requests is used up for longer than the call may take")
    }
}

impl std::error::Error for QuotaUsedUp {}

fn throttled(until: Option<Instant>) -> TransportError {
    TransportError::Throttled(Box::new(QuotaUsedUp {
        ends_in: until.map(|until| until.saturating_duration_since(Instant::now())),
    }))
}

/// Leave to send one request. Dropping it ends the request's being under way.
pub(super) struct Permit {
    limiter: Limiter,
    sent: Instant,
    serial: u64,
    is_counted: bool,
}

impl Permit {
    /// Learns from the answer.
    pub(super) fn answered(mut self, response: &reqwest::Response) {
        let headers = response.headers();
        let now = Instant::now();
        let mut state = self.limiter.state();
        if let Some(told) = waits::told(headers) {
            state.learn(&told, self.sent, self.serial, now);
            self.is_counted = true;
        }
        if response.status() == StatusCode::TOO_MANY_REQUESTS
            && let Some(wait) = waits::asked(response.status(), headers)
        {
            state.close(now + wait.min(LONGEST_WINDOW));
        }
        drop(state);
    }

    /// The request did not leave.
    pub(super) fn unused(mut self) {
        self.is_counted = true;
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        let mut state = self.limiter.state();
        state.outstanding = state.outstanding.saturating_sub(1);
        if !self.is_counted {
            state.count(self.serial);
        }
        drop(state);
        self.limiter.0.changed.notify_one();
    }
}
