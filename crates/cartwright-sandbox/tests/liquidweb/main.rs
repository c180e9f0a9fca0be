//! What the Liquid Web stand-in answers, asked with a plain HTTP client and plain JSON.

mod answers;
mod carts;
mod configurator;
mod coverage;
mod details;
mod documented;
mod gate;
#[path = "../http/mod.rs"]
mod http;
mod items;
mod lists;
mod market;
mod quotes;
mod refusals;
mod seeds;
mod states;
mod tokens;
mod totals;
