//! What becomes of a call when the vendor, the network or the number of callers makes trouble.

mod matrix;
mod secrets;
mod tokens;
