//! What the Liquid Web stand-in answers, asked with a plain HTTP client and plain JSON.

mod answers;
mod carts;
mod documented;
mod gate;
mod items;
mod market;
mod refusals;
mod totals;
