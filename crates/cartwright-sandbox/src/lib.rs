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
//! let bigcommerce = sandbox.access("bigcommerce")?;
//! let token = bigcommerce.credential("access_token").ok_or("no token")?;
//!
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
//!
//! # Seed data, and the state of a moment
//! [`SeedData`] is what the stand-ins start from, such as their catalogues; it can be read from YAML, and
//! [lists what they sell](SeedData::offers).
//! [`Sandbox::state`] takes all that a sandbox holds, and [`Sandbox::restore`] puts one there, whole or not at all.
//!
//! # What goes wrong
//! Vendors and networks misbehave on demand: a [`Fault`] strikes the next calls of an operation, and a [`Quota`] refuses
//! those beyond it. Both are exact and leave nothing to chance. [`Exchange::fault`] marks the answers that are not the
//! vendor's own.
//!
//! # Bodies
//! An answer is packed with gzip where the request takes it (`Accept-Encoding`), as vendors do. An [`Exchange`] shows the body before it is
//! packed, and what a fault touches is never packed.
//!
//! # Admin calls
//! A program in another process asks the sandbox itself at `/_sandbox/`, in JSON. These calls aren't logged. They
//! refuse a web page: a request with an `Origin` header, one whose `Sec-Fetch-Site` says that a page asked, and one
//! whose `Host` is neither `127.0.0.1` nor `localhost`, with 403.
//!
//! | call | what it does |
//! | --- | --- |
//! | `GET /_sandbox/state` | gives the whole [`State`] |
//! | `PUT /_sandbox/state` | [restores](Sandbox::restore) it; 204 |
//! | `POST /_sandbox/reset` | [goes back to the seed](Sandbox::reset); 204 |
//! | `GET /_sandbox/clock` | `{"time": "2026-01-31T09:00:00.000Z", "follows": false}`; `follows` says whether the time is the machine's |
//! | `PUT /_sandbox/clock` | one of `{"time": "2026-01-31T09:00:00Z"}`, `{"advance_seconds": 60}` and `{"follow": true}`; answers as `GET` |
//! | `GET /_sandbox/calls` | the list of [`Call`]s |
//! | `GET /_sandbox/exchanges` | the list of [`Exchange`]s, if [they are kept](Builder::keep_exchanges) |
//! | `POST /_sandbox/faults` | adds a [`Fault`] or a list of them; 204 |
//! | `GET /_sandbox/faults` | the list of [`FaultRecord`]s |
//! | `DELETE /_sandbox/faults` | [forgets](Sandbox::clear_faults) them and what they struck; 204 |
//! | `GET /_sandbox/operations` | each vendor's list of what is [`Built`] |
//!
//! A body that is no JSON is refused with 400, one that makes no sense with 422; `error` says where, what, and what
//! mends it.
#![warn(missing_docs)]

mod access;
mod admin;
mod bigcommerce;
mod call_log;
mod clock;
mod coverage;
mod cpanel;
mod credentials;
mod exchange;
mod fault;
mod ids;
mod liquidweb;
mod money;
mod offers;
mod packed;
mod quota;
mod seed_data;
mod server;
mod state;
mod vendors;
mod webroot;
mod wire;
mod yaml;

pub use access::NoStandIn;
pub use call_log::Call;
pub use clock::Clock;
pub use coverage::{Built, Inputs};
pub use cpanel::{CpanelAnswers, CpanelOrder};
pub use exchange::Exchange;
pub use fault::{Drift, Fault, FaultError, FaultHit, FaultRecord, Faults};
pub use liquidweb::LiquidwebAnswers;
pub use offers::Offer;
pub use quota::Quota;
pub use seed_data::SeedData;
pub use server::{Builder, Sandbox, VendorAccess};
pub use state::{SeedError, State, StateError};
