//! What the tests of the workspace share: the small clients of the promises, and how a page is held against what it should be.

pub mod page;
pub mod promises;
