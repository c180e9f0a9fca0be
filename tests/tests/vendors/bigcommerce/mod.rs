//! BigCommerce.

mod bad_answers;
mod examples;
mod life;
pub mod lost;
mod refusals;
pub mod shop;
pub mod unified;
mod wire;
