//! Recordings: what was sent and answered, one file for each request, and a transport that answers from them.
//!
//! A [`Recorder`] is a layer; put it [innermost](crate::Layers::inner), and it sees every attempt as it
//! leaves. A [`Replay`] is a transport that answers from a recorder's folder, without a network.
//! [`har::export`] writes the folder down in the form that browsers and HTTP tools read.
//!
//! # What a recording does not hold
//! Credentials: see [`Recorder`]. It does hold what else was sent and answered, so customers' names and
//! addresses stand in it, and the keys of what was bought.
//!
//! # The files
//! `NNNN-<operation>.json`, in the order in which the requests left; a number may be missing where a call was
//! cancelled. A body is JSON where it is JSON (with numbers as `serde_json` keeps them), pairs where it is a
//! form, else text or Base64. The key `version` is 1.

pub mod har;

mod body;
mod difference;
mod exchange;
mod recorder;
mod redact;
mod replay;

pub use crate::hide::REDACTED;
pub use exchange::ReplayError;
pub use recorder::Recorder;
pub use replay::Replay;
