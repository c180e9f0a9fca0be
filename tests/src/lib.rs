//! What the tests of the workspace share: the small clients of the promises.

pub mod promises;
