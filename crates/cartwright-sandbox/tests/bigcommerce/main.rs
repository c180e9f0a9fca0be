//! What the BigCommerce stand-in answers, asked with a plain HTTP client and plain JSON.

mod cart_shape;
mod carts;
mod catalogue;
mod gate;
#[path = "../http/mod.rs"]
mod http;
mod items;
mod redirect_urls;
mod shop;
mod totals;
mod validation;
mod versions;
