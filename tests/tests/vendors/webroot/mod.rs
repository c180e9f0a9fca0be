//! Webroot, the e-commerce shop of its Unity API.

mod bad_answers;
mod examples;
mod life;
pub mod lost;
mod refusals;
pub mod shop;
mod tokens;
pub mod unified;
mod wire;
