//! The vendors: each folder maps one vendor's typed client to the cart interface.
//!
//! Every folder has the same files: `mod.rs` (the verbs), `config.rs` (settings), `request.rs` (ours to theirs), `cart.rs` (theirs to ours, and which of
//! our fields that fills) and `error.rs` (what the vendor's error answers mean). Where a customer is more than an id, there is a `customer.rs`.

mod amount;
mod answer;
mod reading;
mod verbs;

#[cfg(feature = "bigcommerce")]
pub mod bigcommerce;
#[cfg(feature = "cpanel")]
pub mod cpanel;
#[cfg(feature = "liquidweb")]
pub mod liquidweb;
#[cfg(feature = "webroot")]
pub mod webroot;
