//! What a generated client promises, each promise as one test.
//!
//! `tests/promises/<name>.yaml` is a spec of a few lines with one trap in it, and `cartwright_tests::promises::<name>` is the client that
//! is generated from it. What progenitor makes of the same spec on its own stands in xtask's test `stock`.

#[macro_use]
mod vendor;

mod errors;
mod names;
mod paging;
mod requests;
mod responses;
mod scalars;
mod secrecy;
mod source;
mod unions;
