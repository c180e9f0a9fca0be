//! What odd bytes do: documented payloads and specs, mutated by seed, against everything that reads.
//!
//! - [`mutate`]: what is done to a payload, from a seed.
//! - [`decoders`]: every generated type reads it, and writes back what it read.
//! - [`specs`]: the generator's loader and lint read it as a spec, and the review compares it with what it was.
//! - [`carts`]: every verb of the interface gets it as an answer.
//! - [`recordings`]: the replay reads it as a recording, and answers from it.
//! - [`run`]: many seeds over all cores; a finding is told with the smallest payload that shows it.
//!
//! A seed names one case for as long as `fastrand`, whose version the lock file holds, keeps its stream; the printed payload needs no seed.

//! # The full run
//! `cargo run -p cartwright-fuzz` runs a million payloads through the decoders and fractions of that through the rest; `--only decoders --seed N --cases 1` repeats a case.
//! The decoders' million, without optimisation, took three minutes on two cores, and found nothing:
//!
//! | | mutated | read | refused |
//! |---|---|---|---|
//! | bigcommerce | 287379 | 78082 | 209297 |
//! | cpanel | 343686 | 82798 | 260888 |
//! | liquidweb | 236598 | 45552 | 191046 |
//! | webroot | 132337 | 23981 | 108356 |

pub mod carts;
pub mod decoders;
pub mod mutate;
pub mod recordings;
pub mod run;
pub mod specs;

mod loss;
mod table;
