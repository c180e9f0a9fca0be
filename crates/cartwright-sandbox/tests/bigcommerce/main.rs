//! What the BigCommerce stand-in answers, asked with a plain HTTP client and plain JSON.

mod cart_shape;
mod carts;
mod catalogue;
mod gate;
mod items;
mod redirect_urls;
mod shop;
mod totals;
mod validation;
mod versions;
