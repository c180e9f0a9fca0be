//! What stands around a transport: repetition, limits of time and of the vendor's quota, and what a log is told.

mod call;
mod rate_limit;
mod retry;
mod trace;
mod wait;
mod waits;
mod whole_body;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

pub use rate_limit::RateLimit;
pub use retry::RetryPolicy;
pub use wait::{Wait, WaitReason};

use crate::transport::Transport;

pub(crate) use call::{attempts_of, within};
pub(crate) use rate_limit::QuotaUsedUp;
pub(crate) use trace::log_failure;
pub(crate) use waits::asked_to_wait;
pub(crate) use whole_body::with_body;

/// Stands around a transport and is one itself.
///
/// The operation that a request is for comes with it, so a layer can tell what may be repeated
/// ([`Operation::retry`](crate::Operation)) from what may not.
///
/// ```
/// use std::sync::Arc;
/// use std::sync::atomic::{AtomicUsize, Ordering};
/// use cartwright_runtime::{BoxFuture, Layer, Layers, Operation, Transport, TransportError};
///
/// /// Counts the requests that leave.
/// #[derive(Clone, Default)]
/// struct Count(Arc<AtomicUsize>);
///
/// struct Counted(Count, Arc<dyn Transport>);
///
/// impl Layer for Count {
///     fn layer(&self, inner: Arc<dyn Transport>) -> Arc<dyn Transport> {
///         Arc::new(Counted(self.clone(), inner))
///     }
/// }
///
/// impl Transport for Counted {
///     fn send<'a>(
///         &'a self,
///         request: reqwest::Request,
///         operation: &'static Operation,
///     ) -> BoxFuture<'a, Result<reqwest::Response, TransportError>> {
///         self.0.0.fetch_add(1, Ordering::Relaxed);
///         self.1.send(request, operation)
///     }
/// }
///
/// let count = Count::default();
/// let layers = Layers::default().inner(count.clone());
/// ```
pub trait Layer: Send + Sync {
    /// The transport with this layer around it.
    fn layer(&self, inner: Arc<dyn Transport>) -> Arc<dyn Transport>;
}

/// Which layers stand around a transport.
///
/// From the outside in:
///
/// 1. the caller's own outer layers, the first given outermost: each sees a call once;
/// 2. *trace*: a span for each call, an event for each wait and repetition;
/// 3. *deadline*: the time for a call, with all its attempts, its waiting and the whole of the body;
/// 4. *retry*: repeats what may be repeated ([`RetryPolicy`]);
/// 5. *rate limit*: waits until the vendor's quota has room ([`RateLimit`]); a call that would wait
///    beyond its deadline is answered at once;
/// 6. *attempt timeout*: the time for one attempt and the whole of its body, from when the rate limit
///    lets it leave;
/// 7. the caller's own inner layers, the first given outermost: each sees every attempt as it leaves;
/// 8. the transport.
///
/// The default has all of them: 60 seconds for a call, 30 for an attempt.
///
/// ```
/// use std::time::Duration;
/// use cartwright_runtime::{Layers, RetryPolicy};
///
/// let patient = Layers::default()
///     .deadline(Duration::from_secs(120))
///     .retry(RetryPolicy::default().max_attempts(6));
/// let bare = Layers::none();
/// ```
#[derive(Clone)]
#[must_use]
pub struct Layers {
    outer: Vec<Arc<dyn Layer>>,
    trace: bool,
    deadline: Option<Duration>,
    retry: Option<RetryPolicy>,
    rate_limit: Option<RateLimit>,
    attempt_timeout: Option<Duration>,
    on_wait: Option<wait::OnWait>,
    inner: Vec<Arc<dyn Layer>>,
}

impl Default for Layers {
    fn default() -> Self {
        Self {
            outer: Vec::new(),
            trace: true,
            deadline: Some(Duration::from_secs(60)),
            retry: Some(RetryPolicy::default()),
            rate_limit: Some(RateLimit::default()),
            attempt_timeout: Some(Duration::from_secs(30)),
            on_wait: None,
            inner: Vec::new(),
        }
    }
}

impl Layers {
    /// No layer at all: requests go straight to the transport, whose own time limits still hold.
    pub fn none() -> Self {
        Self {
            outer: Vec::new(),
            trace: false,
            deadline: None,
            retry: None,
            rate_limit: None,
            attempt_timeout: None,
            on_wait: None,
            inner: Vec::new(),
        }
    }

    /// Repeats by this policy.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    /// Repeats nothing.
    pub fn without_retry(mut self) -> Self {
        self.retry = None;
        self
    }

    /// Keeps to the vendor's quota in this way.
    pub fn rate_limit(mut self, limit: RateLimit) -> Self {
        self.rate_limit = Some(limit);
        self
    }

    /// Does not wait for the vendor's quota.
    pub fn without_rate_limit(mut self) -> Self {
        self.rate_limit = None;
        self
    }

    /// The time for a call with all its attempts.
    pub fn deadline(mut self, time: Duration) -> Self {
        self.deadline = Some(time);
        self
    }

    /// A call may take as long as its attempts and the waiting between them.
    pub fn without_deadline(mut self) -> Self {
        self.deadline = None;
        self
    }

    /// The time for one attempt. It takes the place of [`HttpTransport`](crate::HttpTransport)'s own.
    pub fn attempt_timeout(mut self, time: Duration) -> Self {
        self.attempt_timeout = Some(time);
        self
    }

    /// Makes no spans, and no events of waits and repetitions. That a call has failed is told all the same, by one event.
    pub fn without_trace(mut self) -> Self {
        self.trace = false;
        self
    }

    /// Calls this when a call begins to wait: for the vendor's quota, or before a repetition. It runs within the call, so it must not block.
    ///
    /// ```
    /// use std::time::Duration;
    /// use cartwright_runtime::Layers;
    ///
    /// let layers = Layers::default().on_wait(|wait| {
    ///     if wait.time >= Duration::from_secs(1) {
    ///         eprintln!("{wait}");
    ///     }
    /// });
    /// ```
    pub fn on_wait(mut self, tell: impl Fn(&Wait) + Send + Sync + 'static) -> Self {
        self.on_wait = Some(Arc::new(tell));
        self
    }

    /// Adds a layer that sees each call once, inside the outer layers given before.
    pub fn outer(mut self, layer: impl Layer + 'static) -> Self {
        self.outer.push(Arc::new(layer));
        self
    }

    /// Adds a layer that sees each attempt as it leaves, inside the inner layers given before.
    pub fn inner(mut self, layer: impl Layer + 'static) -> Self {
        self.inner.push(Arc::new(layer));
        self
    }

    /// The transport with these layers around it. What it has learnt of the vendor's quota is shared
    /// by the clones of the result, and by nothing else.
    pub fn over(&self, transport: Arc<dyn Transport>) -> Arc<dyn Transport> {
        let wrap = |transport, layers: &[Arc<dyn Layer>]| {
            let inside_first = layers.iter().rev();
            inside_first.fold(transport, |inner, layer| layer.layer(inner))
        };
        let mut transport = wrap(transport, &self.inner);
        let limits = (
            &self.deadline,
            &self.retry,
            &self.rate_limit,
            &self.attempt_timeout,
        );
        if !matches!(limits, (None, None, None, None)) {
            transport = Arc::new(call::Calls {
                deadline: self.deadline,
                retry: self.retry.clone(),
                limiter: self.rate_limit.as_ref().map(RateLimit::limiter),
                attempt_timeout: self.attempt_timeout,
                trace: self.trace,
                on_wait: self.on_wait.clone(),
                inner: transport,
            });
        }
        if self.trace {
            transport = Arc::new(trace::Traced(transport));
        }
        wrap(transport, &self.outer)
    }
}

impl fmt::Debug for Layers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Layers")
            .field("outer", &self.outer.len())
            .field("trace", &self.trace)
            .field("deadline", &self.deadline)
            .field("retry", &self.retry)
            .field("rate_limit", &self.rate_limit)
            .field("attempt_timeout", &self.attempt_timeout)
            .field("on_wait", &self.on_wait.is_some())
            .field("inner", &self.inner.len())
            .finish()
    }
}
