//! The generated clients as they are committed: what the specs describe, and what a change of a spec would do to them.

mod api;
mod drift;
mod review;
mod scratch;
