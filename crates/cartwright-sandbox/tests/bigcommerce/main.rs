//! What the BigCommerce stand-in answers, asked with a plain HTTP client and plain JSON.

mod cart_shape;
mod carts;
mod catalogue;
mod gate;
#[path = "../http/mod.rs"]
mod http;
mod items;
mod metafield_batches;
mod metafield_lists;
mod metafields;
mod permissions;
mod redirect_urls;
mod settings;
mod shop;
mod state;
mod totals;
mod validation;
mod versions;
