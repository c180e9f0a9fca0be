//! cartwright-sandbox
