use std::fmt;

/// What kind of failure it is: what a caller can do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The vendor has no such call. Nothing was sent.
    ///
    /// Troubleshooting: ask [`CartApi::capabilities`](crate::CartApi::capabilities) first.
    Unsupported,
    /// The vendor has such a call, and this interface does not use it yet. Nothing was sent.
    ///
    /// Troubleshooting: use the vendor's generated client.
    NotBuilt,
    /// The configuration is incomplete or contradicts itself. Nothing was sent.
    ///
    /// Troubleshooting: the message names the setting.
    InvalidConfig,
    /// The request is wrong: found here before it was sent, or refused by the vendor. It may also name something beside its cart that the vendor does not
    /// have, such as a product or a customer: the cart is still there.
    ///
    /// Troubleshooting: the message, [`Error::field`](crate::Error::field) and [`Error::details`](crate::Error::details) name what; [`Error::status`](crate::Error::status) is there if the vendor said so.
    InvalidRequest,
    /// The vendor says that it has not as much of a product as was asked for, or none at all.
    ///
    /// Troubleshooting: offer a smaller quantity or another product; the cart is as it was.
    OutOfStock,
    /// The vendor does not know the credentials.
    ///
    /// Troubleshooting: check that they belong to this account and have not been revoked.
    Unauthenticated,
    /// The vendor knows the credentials, and they may not do this.
    ///
    /// Troubleshooting: compare the scopes of the credentials with those in the vendor's documentation.
    PermissionDenied,
    /// There is no such cart or line, or no longer. A call that creates a cart is never answered so, and neither is one whose product or customer the vendor
    /// does not have, where the vendor says that it is this: that is [`InvalidRequest`](Self::InvalidRequest).
    ///
    /// Troubleshooting: carts expire; create a new one. A delete or a remove-line that was repeated ([`Error::attempts`](crate::Error::attempts)) may find that its own earlier attempt,
    /// whose answer was lost, has done it.
    NotFound,
    /// The cart has changed since it was read.
    ///
    /// Troubleshooting: read it again and repeat the change.
    Conflict,
    /// Too many calls.
    ///
    /// Troubleshooting: nothing was done, so repeat the call after [`Error::retry_after`](crate::Error::retry_after); fewer calls at a time, or a longer deadline in [`Layers`](crate::Layers), let it wait for its turn.
    RateLimited,
    /// The vendor failed, and repeating the request is harmless.
    ///
    /// Troubleshooting: it has been repeated already ([`Error::attempts`](crate::Error::attempts)); try later, and quote [`Error::request_id`](crate::Error::request_id) to the vendor.
    VendorFailure,
    /// The vendor could not be reached or did not answer, and repeating the request is harmless: it surely did not leave, or has no effect to repeat.
    ///
    /// Troubleshooting: [`Error::attempts`](crate::Error::attempts) were made; check address, proxy, certificates and network; if [`Error::cart`](crate::Error::cart) names a cart, a part of the call is done.
    Unreachable,
    /// Nobody knows whether the vendor acted: the call left, repeating it can repeat its effect, and either no whole answer came or one that leaves it open
    /// (5xx, 408). [`Error::status`](crate::Error::status), [`Error::body`](crate::Error::body) and the vendor's words are kept if there are any. It is never repeated by itself.
    ///
    /// Troubleshooting: look whether the effect is there before repeating the call: [`Error::advice`](crate::Error::advice) says how, [`Error::asked`](crate::Error::asked) what was asked, [`Error::concerns`](crate::Error::concerns) of which cart, and
    /// [`Error::request_id`](crate::Error::request_id) is what the vendor's support can look up.
    OutcomeUnknown,
    /// The vendor answered something that its documentation does not describe, or of another cart than was asked for. Whether it has acted is only known of a
    /// call that changes nothing; of one that is not safe to repeat [`Error::retry`](crate::Error::retry) is [`Unknown`](RetryState::Unknown).
    ///
    /// Troubleshooting: the vendor's API may have changed; [`Error::field`](crate::Error::field) and [`Error::body`](crate::Error::body) show where.
    UnexpectedResponse,
}

impl ErrorKind {
    /// A stable word for logs and programs: `not-found`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unsupported => "unsupported",
            Self::NotBuilt => "not-built",
            Self::InvalidConfig => "invalid-config",
            Self::InvalidRequest => "invalid-request",
            Self::OutOfStock => "out-of-stock",
            Self::Unauthenticated => "unauthenticated",
            Self::PermissionDenied => "permission-denied",
            Self::NotFound => "not-found",
            Self::Conflict => "conflict",
            Self::RateLimited => "rate-limited",
            Self::VendorFailure => "vendor-failure",
            Self::Unreachable => "unreachable",
            Self::OutcomeUnknown => "outcome-unknown",
            Self::UnexpectedResponse => "unexpected-response",
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Whether repeating the call can help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RetryState {
    /// The same call will fail again; or a part of it is done ([`Error::cart`](crate::Error::cart)), and it would do that part again.
    Permanent,
    /// It may succeed later, and repeating it does not repeat an effect.
    Temporary,
    /// Nobody knows whether it was done, and repeating it may do it again: look before repeating it. [`Error::advice`](crate::Error::advice) says how.
    Unknown,
}

impl RetryState {
    /// A stable word for logs and programs: `temporary`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Permanent => "permanent",
            Self::Temporary => "temporary",
            Self::Unknown => "unknown",
        }
    }
}

impl fmt::Display for RetryState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
