//! The pages that are written from the specs, the clients and the sandbox, and held against them.
//!
//! `UPDATE_PAGES=1 cargo test -p cartwright-tests --test pages` writes them anew.

mod capability;
mod coverage;
mod operations;
mod page;
mod variants;
