//! What the Liquid Web stand-in answers, asked with a plain HTTP client and plain JSON.

mod answers;
mod carts;
mod documented;
mod gate;
#[path = "../http/mod.rs"]
mod http;
mod items;
mod market;
mod refusals;
mod totals;
