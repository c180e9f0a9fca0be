//! What the cPanel stand-in answers, asked with a plain HTTP client and plain JSON.

mod account;
mod envelope;
mod functions;
mod gate;
#[path = "../http/mod.rs"]
mod http;
mod items;
mod shopping_cart;
mod url_after_checkout;
mod wrapped;
