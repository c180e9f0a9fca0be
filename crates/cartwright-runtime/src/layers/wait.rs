//! What a caller is told of a wait.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::operation::Operation;

/// A wait that a call begins. `Display` tells it in one line.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Wait {
    /// The operation that is called.
    pub operation: &'static Operation,
    /// How long it takes at most, as known when it begins.
    pub time: Duration,
    /// What is waited for.
    pub reason: WaitReason,
}

/// What a call waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WaitReason {
    /// The vendor's quota of requests is used up; its window has to end.
    Quota,
    /// The request has failed, and is sent again after the wait.
    Repeat {
        /// How often it was sent so far.
        attempts: u32,
        /// The status that the vendor answered, or a word for how the transport failed: `503`, `connect`, `body`.
        why: String,
    },
}

pub(super) type OnWait = Arc<dyn Fn(&Wait) + Send + Sync>;

impl fmt::Display for Wait {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.time.as_secs_f32();
        write!(f, "{} waits {seconds:.1} s: ", self.operation.id)?;
        match &self.reason {
            WaitReason::Quota => f.write_str("the vendor's quota of requests is used up"),
            WaitReason::Repeat { attempts, why } => {
                write!(f, "attempt {attempts} failed ({why}), the next follows")
            }
        }
    }
}
