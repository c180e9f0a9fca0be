//! cPanel, module Market of its UAPI.

mod bad_answers;
pub mod examples;
mod life;
pub mod lost;
mod refusals;
pub mod shop;
pub mod unified;
mod wire;
