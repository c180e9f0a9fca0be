//! cartwright-runtime
