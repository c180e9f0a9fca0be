//! What is repeated, how often, and after which wait.

use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder};
use http::StatusCode;
use tokio::time::Instant;

use super::call::Outcome;
use super::{waits, whole_body};
use crate::operation::{Operation, Retry};
use crate::transport::TransportError;

/// How often a request is repeated, and for how long.
///
/// *What* is repeated follows from what the specification says of the operation, never from the HTTP
/// method. An operation that is [safe](Retry::Safe) to repeat is repeated after a failure of the
/// transport, a body that breaks off, and the statuses 408, 425, 429, 500, 502, 503 and 504. Any other
/// only where the vendor surely has not acted: no connection could be made, 425, or 429.
///
/// The wait is what the vendor asks for (`Retry-After`, then the end of its rate-limit window under
/// 429, then `X-Retry-After`), or else grows exponentially, each time between a half and the whole of
/// the step. A wait that does not fit into the time of the call is not begun: the caller gets the
/// vendor's answer at once.
///
/// ```
/// use std::time::Duration;
/// use cartwright_runtime::RetryPolicy;
///
/// let policy = RetryPolicy::default()
///     .max_attempts(6)
///     .max_total(Duration::from_secs(90))
///     .base(Duration::from_millis(100))
///     .cap(Duration::from_secs(5));
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct RetryPolicy {
    max_attempts: u32,
    max_total: Duration,
    base: Duration,
    cap: Duration,
    jitter: bool,
    seed: Option<u64>,
}

impl Default for RetryPolicy {
    /// Four attempts; none begins after 45 seconds; waits from 250 milliseconds up to 8 seconds.
    fn default() -> Self {
        Self {
            max_attempts: 4,
            max_total: Duration::from_secs(45),
            base: Duration::from_millis(250),
            cap: Duration::from_secs(8),
            jitter: true,
            seed: None,
        }
    }
}

impl RetryPolicy {
    /// How often a request is sent, the first time included.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts;
        self
    }

    /// No attempt begins later than this after the first.
    pub fn max_total(mut self, time: Duration) -> Self {
        self.max_total = time;
        self
    }

    /// The first step of the exponential wait; each is twice the one before.
    pub fn base(mut self, step: Duration) -> Self {
        self.base = step;
        self
    }

    /// The longest step of the exponential wait. A wait that the vendor asks for may be longer.
    pub fn cap(mut self, step: Duration) -> Self {
        self.cap = step;
        self
    }

    /// Draws the waits from this seed, so that a run can be repeated.
    pub fn jitter_seed(mut self, seed: u64) -> Self {
        self.jitter = true;
        self.seed = Some(seed);
        self
    }

    /// Waits the whole of each step.
    pub fn without_jitter(mut self) -> Self {
        self.jitter = false;
        self
    }

    pub(super) fn repeats(&self, start: Instant, ends: Option<Instant>) -> Repeats {
        // The builder's jitter adds up to once the step.
        let part = if self.jitter { 2 } else { 1 };
        let mut steps = ExponentialBuilder::new()
            .with_min_delay(self.base.min(self.cap) / part)
            .with_max_delay(self.cap / part)
            .without_max_times();
        if self.jitter {
            steps = steps.with_jitter();
        }
        if let Some(seed) = self.seed {
            steps = steps.with_jitter_seed(seed);
        }
        let last_start = start.checked_add(self.max_total);
        Repeats {
            left: self.max_attempts.saturating_sub(1),
            last_start: [last_start, ends].into_iter().flatten().min(),
            steps: steps.build(),
        }
    }
}

/// The repetitions of one call.
pub(super) struct Repeats {
    left: u32,
    last_start: Option<Instant>,
    steps: ExponentialBackoff,
}

/// A repetition that is due.
pub(super) struct Repetition {
    pub(super) wait: Duration,
    pub(super) why: String,
}

impl Repeats {
    /// The next repetition, if this outcome asks for one and the limits leave room for it.
    pub(super) fn next(&mut self, outcome: &Outcome, operation: &Operation) -> Option<Repetition> {
        let why = reason(outcome, operation.retry)?;
        self.left = self.left.checked_sub(1)?;
        let step = self.steps.next()?;
        let wait = match outcome {
            Ok(response) => waits::asked(response.status(), response.headers()).unwrap_or(step),
            Err(_) => step,
        };
        let begins = Instant::now().checked_add(wait)?;
        let fits = self.last_start.is_none_or(|last| begins < last);
        fits.then_some(Repetition { wait, why })
    }
}

/// Why this outcome is one to repeat.
fn reason(outcome: &Outcome, retry: Retry) -> Option<String> {
    let is_safe = retry == Retry::Safe;
    match outcome {
        Ok(response) => {
            let status = response.status();
            let surely_not_acted = matches!(
                status,
                StatusCode::TOO_EARLY | StatusCode::TOO_MANY_REQUESTS
            );
            let may_help = surely_not_acted || matches!(status.as_u16(), 408 | 500 | 502..=504);
            if may_help && (is_safe || surely_not_acted) {
                Some(status.as_u16().to_string())
            } else if is_safe && whole_body::breaks_off(response) {
                Some("body".to_owned())
            } else {
                None
            }
        }
        // None gets better by being asked again.
        Err(
            TransportError::Unconnectable(_)
            | TransportError::Refused(_)
            | TransportError::Throttled(_),
        ) => None,
        Err(error) => (is_safe || error.surely_not_sent()).then(|| error.word().to_owned()),
    }
}
