//! Webroot, the e-commerce shop of its Unity API.

mod bad_answers;
mod examples;
mod life;
mod refusals;
pub mod shop;
mod tokens;
pub mod unified;
mod wire;
