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

/// What a stand-in looks for in a request, beside the fields of its body.
///
/// Written from the vendor's documentation as the stand-in is. The tests hold it against the vendor's spec before they
/// run anything else, so that a header or a path that has moved is named once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Inputs {
    /// What stands between the host and an operation's path, with variables in braces.
    pub base_path: &'static str,
    /// Where credentials are looked for: a place and a name, as in `header X-Auth-Token`; `basic`; `bearer`; or a grant
    /// and the path of its tokens, as in `password /auth/token`.
    pub credentials: &'static [&'static str],
    /// Parameters by operation, each as its place and name: `query include`. Those of the path stand in
    /// [`Built::path`]; an operation that isn't listed has no others.
    pub parameters: &'static [(&'static str, &'static [&'static str])],
    /// The values that are taken where a text is one of a few, by what the vendor's spec calls the list.
    pub values: &'static [(&'static str, &'static [&'static str])],
}
