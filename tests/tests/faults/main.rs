//! What becomes of a call when the vendor, the network or the number of callers makes trouble.

mod matrix;
mod origins;
mod secrets;
mod tokens;

use tokio::sync::RwLock;

/// Written while short times are measured, read by whatever else takes the processor for long.
static TIMED: RwLock<()> = RwLock::const_new(());
