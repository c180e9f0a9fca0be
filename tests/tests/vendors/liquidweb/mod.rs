//! Liquid Web, the cart of its market.

mod bad_answers;
mod details;
pub mod examples;
mod failures;
mod life;
pub mod lost;
mod refusals;
pub mod shop;
pub mod unified;
mod wire;
