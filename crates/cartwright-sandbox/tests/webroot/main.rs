//! What the Webroot stand-in answers, asked with a plain HTTP client and plain JSON.

mod amounts;
mod cart_shape;
mod carts;
mod customers;
mod gate;
#[path = "../http/mod.rs"]
mod http;
mod licences;
mod orders;
mod partner;
mod renewals;
mod state;
mod tokens;
mod validation;
