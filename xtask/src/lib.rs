//! The `cargo xtask` program: from hand-written specs to client crates.
//!
//! Each stage is a plain function from value to value, in its own file and tested on its own:
//!
//! | stage | from | to |
//! | --- | --- | --- |
//! | [`load`] | YAML | a document that remembers where each node stands |
//! | [`lint`] | the document | findings: what would be silently wrong, or can't be generated |
//! | [`lower`] | the spec as written | the effective spec that progenitor can take, and a [`plan`] |
//! | [`emit`] | the effective spec | progenitor's syntax tree |
//! | [`polish`] | that tree and the plan | the client that we promise |
//! | [`mod@format`], [`mod@write`] | the tree | files, byte-identical on every run |
//!
//! [`api`] lists a client's public API from its source; [`mod@update`] renews what else follows from the specs.

#![warn(missing_docs)]

pub mod annotation;
pub mod api;
pub mod emit;
pub mod format;
pub mod generate;
pub mod lint;
pub mod load;
pub mod lower;
pub mod manifest;
pub mod media;
pub mod plan;
pub mod polish;
pub mod review;
pub mod scalar;
pub mod update;
pub mod vendors;
pub mod visible;
pub mod write;
