//! BigCommerce.

mod bad_answers;
mod examples;
mod life;
mod refusals;
mod shop;
mod unified;
mod wire;
