//! A call and its attempts, each of them bounded.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, sleep, timeout_at};

use super::rate_limit::Limiter;
use super::retry::RetryPolicy;
use super::wait::{OnWait, Wait, WaitReason};
use super::whole_body;
use crate::operation::Operation;
use crate::transport::{BoxFuture, Transport, TransportError};

/// Deadline, retry, rate limit and attempt timeout. They are one transport because each has to know
/// what the others would do: whether a wait still fits, and whether the request has left.
pub(super) struct Calls {
    pub(super) deadline: Option<Duration>,
    pub(super) retry: Option<RetryPolicy>,
    pub(super) limiter: Option<Limiter>,
    pub(super) attempt_timeout: Option<Duration>,
    pub(super) trace: bool,
    pub(super) on_wait: Option<OnWait>,
    pub(super) inner: Arc<dyn Transport>,
}

pub(super) type Outcome = Result<reqwest::Response, TransportError>;

/// How often the request was sent until this response came.
#[derive(Clone, Copy)]
struct Attempts(u32);

/// How often the request was sent until this response came.
pub(crate) fn attempts_of(response: &reqwest::Response) -> u32 {
    let counted = response.extensions().get::<Attempts>();
    counted.map_or(1, |attempts| attempts.0)
}

impl Transport for Calls {
    fn send<'a>(
        &'a self,
        request: reqwest::Request,
        operation: &'static Operation,
    ) -> BoxFuture<'a, Outcome> {
        Box::pin(self.call(request, operation))
    }
}

impl Calls {
    async fn call(&self, mut request: reqwest::Request, operation: &'static Operation) -> Outcome {
        let start = Instant::now();
        // A time that no clock reaches is no limit.
        let ends = self.deadline.and_then(|time| start.checked_add(time));
        let mut repeats = self
            .retry
            .as_ref()
            .map(|policy| policy.repeats(start, ends));
        let mut attempts = 0;
        let mut before = None;
        loop {
            let again = match &repeats {
                Some(_) => request.try_clone(),
                None => None,
            };
            let outcome = self.attempt(request, operation, ends).await;
            if let (Err(TransportError::Throttled(_)), Some(before)) = (&outcome, before.take()) {
                // What the vendor said says more than that there is no time to ask again.
                return counted(before, attempts);
            }
            attempts += 1;
            let next = repeats
                .as_mut()
                .and_then(|repeats| repeats.next(&outcome, operation));
            let (Some(again), Some(next)) = (again, next) else {
                return counted(outcome, attempts);
            };
            let why = next.why;
            let reason = WaitReason::Repeat { attempts, why };
            self.tell(operation, next.wait, reason);
            before = Some(outcome);
            request = again;
            sleep(next.wait).await;
        }
    }

    fn tell(&self, operation: &'static Operation, time: Duration, reason: WaitReason) {
        let wait = Wait {
            operation,
            time,
            reason,
        };
        if self.trace {
            super::trace::waiting(&wait);
        }
        if let Some(tell) = &self.on_wait {
            tell(&wait);
        }
    }

    async fn attempt(
        &self,
        mut request: reqwest::Request,
        operation: &'static Operation,
        ends: Option<Instant>,
    ) -> Outcome {
        let permit = match &self.limiter {
            Some(limiter) => {
                let tell = |time| self.tell(operation, time, WaitReason::Quota);
                Some(limiter.permit(ends, &tell).await?)
            }
            None => None,
        };
        let now = Instant::now();
        let time_up = self.attempt_timeout.and_then(|time| now.checked_add(time));
        let until = [time_up, ends].into_iter().flatten().min();
        if let Some(until) = until {
            request.timeout_mut().get_or_insert(until - now);
        }
        let sent = within(until, self.inner.send(request, operation)).await;
        let sent = sent.unwrap_or_else(|up| Err(TransportError::Timeout(Box::new(up))));
        match (sent, permit) {
            (Ok(response), permit) => {
                if let Some(permit) = permit {
                    permit.answered(&response);
                }
                Ok(whole_body::read(response, until).await)
            }
            (Err(error), permit) => {
                if let Some(permit) = permit.filter(|_| error.surely_not_sent()) {
                    permit.unused();
                }
                Err(error)
            }
        }
    }
}

fn counted(outcome: Outcome, attempts: u32) -> Outcome {
    match outcome {
        Ok(mut response) => {
            response.extensions_mut().insert(Attempts(attempts));
            Ok(response)
        }
        Err(error) => Err(error.after_attempts(attempts)),
    }
}

/// The future's output, or an error of the kind that reqwest takes for a timeout.
pub(crate) async fn within<T>(
    until: Option<Instant>,
    future: impl Future<Output = T>,
) -> Result<T, std::io::Error> {
    let Some(until) = until else {
        return Ok(future.await);
    };
    timeout_at(until, future)
        .await
        .map_err(|_| std::io::Error::new(std::io::ErrorKind::TimedOut, "the time is up"))
}
