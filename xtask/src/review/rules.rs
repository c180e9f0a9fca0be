//! What each kind of change means: one row each, judged for the wire and for the Rust API.
//!
//! The verdicts are those for a client that was generated from the old document and that reads and writes exactly what it
//! describes: closed enums and unions, types that check lengths and patterns. What Cartwright's own clients bear beyond that, the
//! comparison of the regenerated clients shows.

mod names;
mod operations;
mod parameters;
mod requests;
mod responses;
mod security;

use super::{Direction, Rust, Wire};

/// What a kind of change means.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// The id, in kebab-case; unique.
    pub id: &'static str,
    /// What changed, whatever the direction: the same change of a schema that is sent and read is one cause.
    pub aspect: &'static str,
    /// Which side of a call it is about.
    pub direction: Direction,
    /// For a client generated from the old document.
    pub wire: Wire,
    /// For code that calls a client generated from the new one.
    pub rust: Rust,
    /// What changed, in one sentence.
    pub summary: &'static str,
    /// What that does.
    pub why: &'static str,
    /// How to spare callers.
    pub mend: &'static str,
}

/// The rules, by subject.
pub const RULES: &[(&str, &[Rule])] = &[
    ("operations", operations::OPERATIONS),
    ("parameters", parameters::PARAMETERS),
    ("request bodies", requests::REQUEST_BODIES),
    ("what a client sends", requests::REQUEST_SCHEMAS),
    ("answers", responses::RESPONSES),
    ("what a client reads", responses::RESPONSE_SCHEMAS),
    ("security", security::SECURITY),
    ("what only Rust sees", names::NAMES),
    ("extensions", operations::EXTENSIONS),
];

/// Every rule, in order.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    RULES.iter().flat_map(|(_, rules)| rules.iter())
}

/// The rule with that id.
pub fn by_id(id: &str) -> Option<&'static Rule> {
    rules().find(|rule| rule.id == id)
}

/// The rule that judges an aspect in a direction; a rule for any direction judges both.
pub fn of(aspect: &str, direction: Direction) -> Option<&'static Rule> {
    rules().find(|rule| {
        rule.aspect == aspect && (rule.direction == direction || rule.direction == Direction::Any)
    })
}
