//! The program as its users see it: what it prints, where, and how it exits.

mod broken_streams;
mod creating;
mod credentials;
mod everywhere;
mod life;
mod odd_answers;
#[cfg(feature = "record")]
mod recording;
mod refusing;
mod run;
mod sandbox;
mod schema;
mod session;
mod telling;
mod unknown;
mod waiting;
mod widths;
