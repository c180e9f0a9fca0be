//! What of each vendor's documentation the sandbox carries out.

use serde::Serialize;

/// One documented operation that a stand-in answers, and by what rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Built {
    /// The operation's id, as the notes beside the vendor's spec have it.
    pub operation: &'static str,
    /// The HTTP method, in upper case.
    pub method: &'static str,
    /// The path as the vendor's spec has it, with its parameters in braces.
    pub path: &'static str,
    /// The HTTP statuses that the stand-in answers with, faults of the transport aside.
    pub statuses: &'static [u16],
    /// The rules of state that it keeps, one short sentence each.
    pub rules: &'static [&'static str],
}
