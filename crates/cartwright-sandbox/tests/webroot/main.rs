//! What the Webroot stand-in answers, asked with a plain HTTP client and plain JSON.

mod amounts;
mod cart_shape;
mod carts;
mod gate;
#[path = "../http/mod.rs"]
mod http;
mod partner;
mod renewals;
mod tokens;
mod validation;
