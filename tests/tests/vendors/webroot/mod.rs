//! Webroot, the e-commerce shop of its Unity API.

mod bad_answers;
mod examples;
mod life;
mod refusals;
mod shop;
mod tokens;
mod unified;
mod wire;
