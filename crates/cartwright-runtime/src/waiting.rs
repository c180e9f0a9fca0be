//! What a failure says about time: how long to wait, and whether the time was up.

use std::time::Duration;

use crate::error::Error;
use crate::layers::{QuotaUsedUp, asked_to_wait};

impl<E> Error<E> {
    /// How long to wait before the call is worth repeating: what the vendor asks for, in `Retry-After`, `X-Retry-After` or, under 429, as the end of its quota's
    /// window; or the rest of that window where the call was held back for it.
    pub fn retry_after(&self) -> Option<Duration> {
        if let Self::Transport { source, .. } = self
            && let Some(used_up) = QuotaUsedUp::of(source)
        {
            return used_up.ends_in;
        }
        asked_to_wait(self.status()?, self.headers()?)
    }

    /// Whether the time was up that the call, an attempt or a connection may take.
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::Transport { source, .. } if source.is_timeout())
    }
}
