//! Each vendor from its spec to the unified cart: the documented payloads, the bytes on the wire, and the whole life of a cart at the sandbox.
//!
//! What all vendors share stands here; a vendor's folder holds what is its own.

mod booleans;
mod canned;
mod connect;
mod every_verb;
mod examples;
mod fields;
mod left_out;
mod lines;
mod missing;
mod nothing_lost;
mod other_cart;
mod outcome;
mod recorder;
mod sandbox;
mod unified;
mod verbs;
mod waiting;
mod words;

mod bigcommerce;
mod cpanel;
mod liquidweb;
mod webroot;

use cartwright_contract::spec;
