//! What the specification says about an operation, as constants in generated code.

/// One operation of a vendor's API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// The operation's id in the specification, for example `getCart`.
    pub id: &'static str,
    /// The HTTP method in capitals.
    pub method: &'static str,
    /// The path below the base URL, with its parameters in braces.
    pub path: &'static str,
    /// The cart verbs that this operation serves; empty when it serves none.
    pub cart: &'static [&'static str],
    /// Whether repeating the call can repeat its effect.
    pub retry: Retry,
    /// Which credentials the operation takes: alternatives, each a list of schemes that are all
    /// needed. Empty: none is sent.
    pub security: &'static [&'static [&'static str]],
    /// Whether the vendor has announced the end of the operation.
    pub deprecated: bool,
}

impl Operation {
    /// Stands in for a request that no specification describes ([`Session::raw`]).
    ///
    /// [`Session::raw`]: crate::Session::raw
    pub const RAW: &'static Self = &Self {
        id: "raw request",
        method: "",
        path: "",
        cart: &[],
        retry: Retry::Unsafe,
        security: &[],
        deprecated: false,
    };
}

/// Whether repeating a call can repeat its effect.
///
/// It comes from the specification and never from the HTTP method: there are vendors that create
/// with `GET`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Retry {
    /// A second call leaves things as the first one did.
    Safe,
    /// A second call may do the work again.
    Unsafe,
}

/// A named way to authenticate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecurityScheme {
    /// The scheme's name in the specification.
    pub name: &'static str,
    /// How the credential travels.
    pub kind: SchemeKind,
}

/// How a credential travels.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SchemeKind {
    /// A key in the header of this name.
    ApiKeyHeader(&'static str),
    /// A key in the query parameter of this name.
    ApiKeyQuery(&'static str),
    /// User and password (RFC 7617).
    Basic,
    /// A bearer token (RFC 6750).
    Bearer,
    /// A bearer token that the password grant of RFC 6749 brings.
    OAuth2Password {
        /// Where tokens come from: an absolute URL, or a path below the base URL.
        token_url: &'static str,
    },
}

/// A cart verb that no operation of the vendor serves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Absent {
    /// The verb.
    pub verb: &'static str,
    /// Whether the vendor has no such call, or nobody could find out.
    pub state: AbsentState,
    /// The reason, in a sentence.
    pub why: &'static str,
}

/// What is known about a verb that no operation serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AbsentState {
    /// The vendor has no such call.
    None,
    /// The vendor's documentation leaves it open.
    Unknown,
    /// The vendor documents such a call, and the specification does not describe it yet.
    NotDescribed,
}
