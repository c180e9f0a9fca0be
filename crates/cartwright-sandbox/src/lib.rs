//! Local, stateful stand-ins for the cart services of the vendors that Cartwright speaks to.
//!
//! A [`Sandbox`] listens on the loopback interface, keeps its carts in memory, and answers as the
//! vendors' documentation says that they do: status, body, headers and refusals. Each test starts
//! its own; nothing is shared between two of them, and nothing ever leaves the machine.
//!
//! The answers are written from the vendors' documentation with plain JSON. The sandbox shares no
//! type with the generated clients, so a mistake in a spec cannot cancel itself out here.
//!
//! # What repeats
//! Ids and tokens come from a seed, and time comes from a [`Clock`] that a test can set. The same
//! requests to two sandboxes with the same seed and the same standing clock get the same bytes.
//!
//! # Example
//! ```
//! use cartwright_sandbox::Sandbox;
//! use serde_json::{Value, json};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let sandbox = Sandbox::start().await?;
//! let vendors = sandbox.vendors();
//! let bigcommerce = vendors.iter().find(|access| access.vendor == "bigcommerce").ok_or("no BigCommerce")?;
//! let token = bigcommerce.credential("access_token").ok_or("no token")?;
//!
//! # let _ = rustls::crypto::ring::default_provider().install_default();
//! let http = reqwest::Client::builder().no_proxy().build()?;
//! let answer = http
//!     .post(format!("{}/v3/carts", bigcommerce.base_url))
//!     .header("X-Auth-Token", token)
//!     .json(&json!({"line_items": [{"product_id": 126, "quantity": 2}]}))
//!     .send()
//!     .await?;
//! assert_eq!(answer.status(), 201);
//! let cart: Value = answer.json().await?;
//! assert_eq!(cart["data"]["cart_amount"], 25);
//!
//! assert_eq!(sandbox.calls().len(), 1);
//! sandbox.shutdown().await?;
//! # Ok(())
//! # }
//! ```
#![warn(missing_docs)]

mod bigcommerce;
mod call_log;
mod clock;
mod cpanel;
mod ids;
mod liquidweb;
mod money;
mod server;
mod webroot;

pub use call_log::Call;
pub use clock::Clock;
pub use cpanel::{CpanelAnswers, CpanelOrder};
pub use liquidweb::LiquidwebAnswers;
pub use server::{Builder, Sandbox, VendorAccess};
