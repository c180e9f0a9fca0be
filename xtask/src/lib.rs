//! The `cargo xtask` program.

pub mod lint;
pub mod load;
