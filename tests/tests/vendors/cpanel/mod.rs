//! cPanel, module Market of its UAPI.

mod bad_answers;
mod examples;
mod life;
mod refusals;
pub mod shop;
pub mod unified;
mod wire;
