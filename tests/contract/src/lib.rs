//! The vendors' specs as tests see them, and a sandbox that is held against them with every answer it gives.
//!
//! - [`spec`]: a spec, its examples, its schemas.
//! - [`operation_of`]: which documented operation an exchange asked for.
//! - [`Contract`]: what is wrong with one exchange.
//! - [`Watched`]: a sandbox that panics in the end if anything was.

pub mod spec;

mod contract;
mod operation;
mod sample;
mod watched;

pub use cartwright_sandbox::Exchange;
pub use contract::{Contract, Verdict, verdict};
pub use operation::of_any as operation_of;
pub use watched::{Watched, WatchedBuilder, assert_kept};
