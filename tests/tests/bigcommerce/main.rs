//! BigCommerce, from its spec to the unified cart: the documented payloads, the bytes on the wire, and the whole life of a cart at the sandbox.

mod bad_answers;
mod canned;
mod examples;
mod life;
mod refusals;
mod spec;
mod unified;
mod validated;
mod wire;
