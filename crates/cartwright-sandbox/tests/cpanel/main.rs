//! What the cPanel stand-in answers, asked with a plain HTTP client and plain JSON.

mod account;
mod certificates;
mod envelope;
mod functions;
mod gate;
#[path = "../http/mod.rs"]
mod http;
mod items;
mod login;
mod non_ssl;
mod pages;
mod products;
mod queue;
mod shopping_cart;
mod state;
mod url_after_checkout;
mod wrapped;
