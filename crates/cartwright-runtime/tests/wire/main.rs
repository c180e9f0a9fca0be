//! What the crate promises, seen from outside: bytes on a socket on one side, public API on the
//! other.

mod answers;
mod causes;
mod decimals;
mod generated;
mod layers;
mod layers_bodies;
mod layers_quota;
mod layers_retry;
mod layers_trace;
mod layers_waits;
mod packed;
mod paging;
#[cfg(feature = "rustls")]
mod proxies;
mod scalars;
mod secrecy;
mod sending;
mod server;
#[cfg(feature = "rustls")]
mod tls;
mod tokens;
mod unions;
