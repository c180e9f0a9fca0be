use std::fmt;

use cartwright_runtime::{Absent, AbsentState, Operation};
use serde::Serialize;

use crate::{Error, Result, Vendor};

/// A cart verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Verb {
    /// [`CartApi::create`](crate::CartApi::create)
    Create,
    /// [`CartApi::get`](crate::CartApi::get)
    Get,
    /// [`CartApi::add_lines`](crate::CartApi::add_lines)
    AddLines,
    /// [`CartApi::update_line`](crate::CartApi::update_line)
    UpdateLine,
    /// [`CartApi::remove_line`](crate::CartApi::remove_line)
    RemoveLine,
    /// [`CartApi::delete`](crate::CartApi::delete)
    Delete,
    /// [`CartApi::checkout`](crate::CartApi::checkout)
    Checkout,
    /// [`CartApi::set_customer`](crate::CartApi::set_customer)
    SetCustomer,
    /// [`CartApi::place_order`](crate::CartApi::place_order)
    PlaceOrder,
}

impl Verb {
    /// Every verb, in the order of a cart's life.
    pub const ALL: [Self; 9] = [
        Self::Create,
        Self::Get,
        Self::AddLines,
        Self::UpdateLine,
        Self::RemoveLine,
        Self::Delete,
        Self::Checkout,
        Self::SetCustomer,
        Self::PlaceOrder,
    ];

    /// The verb as specs and messages write it: `add-lines`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Get => "get",
            Self::AddLines => "add-lines",
            Self::UpdateLine => "update-line",
            Self::RemoveLine => "remove-line",
            Self::Delete => "delete",
            Self::Checkout => "checkout",
            Self::SetCustomer => "set-customer",
            Self::PlaceOrder => "place-order",
        }
    }
}

impl fmt::Display for Verb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Whether a vendor can carry out a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Support {
    /// It can.
    Supported,
    /// The vendor's API has no such call.
    None,
    /// The vendor's API has the call, and this interface does not use it, or its spec does not describe it, yet.
    NotBuilt,
    /// The documentation does not say whether the vendor has it.
    Unknown,
}

impl fmt::Display for Support {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Supported => "supported",
            Self::None => "none",
            Self::NotBuilt => "not built",
            Self::Unknown => "unknown",
        })
    }
}

/// What a vendor can do: one field per verb.
///
/// It follows from the vendor's spec (which operation carries out which verb) and from the verbs that the mapping declares, so it cannot promise what the spec lacks.
///
/// ```
/// # #[cfg(feature = "bigcommerce")] {
/// use cartwright::vendors::bigcommerce;
/// use cartwright::{Support, Verb};
///
/// let capability = bigcommerce::capability();
/// assert_eq!(capability.create, Support::Supported);
/// assert_eq!(capability.of(Verb::PlaceOrder), Support::None);
/// # }
/// ```
///
#[doc = include_str!("../CAPABILITY.md")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Capability {
    /// Creates carts.
    pub create: Support,
    /// Reads carts.
    pub get: Support,
    /// Adds lines.
    pub add_lines: Support,
    /// Changes lines.
    pub update_line: Support,
    /// Removes lines.
    pub remove_line: Support,
    /// Deletes carts.
    pub delete: Support,
    /// Hands carts over to a checkout page.
    pub checkout: Support,
    /// Says whose cart it is.
    pub set_customer: Support,
    /// Turns carts into orders.
    pub place_order: Support,
}

impl Capability {
    /// What one verb's field says.
    pub fn of(&self, verb: Verb) -> Support {
        match verb {
            Verb::Create => self.create,
            Verb::Get => self.get,
            Verb::AddLines => self.add_lines,
            Verb::UpdateLine => self.update_line,
            Verb::RemoveLine => self.remove_line,
            Verb::Delete => self.delete,
            Verb::Checkout => self.checkout,
            Verb::SetCustomer => self.set_customer,
            Verb::PlaceOrder => self.place_order,
        }
    }

    /// From a client's tables and the verbs that its mapping declares.
    pub(crate) fn from_tables(
        operations: &[&Operation],
        absent: &[Absent],
        declared: &[Verb],
    ) -> Self {
        let of = |verb: Verb| {
            let documented = operations
                .iter()
                .any(|operation| operation.cart.contains(&verb.as_str()));
            match absent
                .iter()
                .find(|entry| entry.verb == verb.as_str())
                .map(|entry| entry.state)
            {
                _ if documented && declared.contains(&verb) => Support::Supported,
                _ if documented => Support::NotBuilt,
                Some(AbsentState::NotDescribed) => Support::NotBuilt,
                Some(AbsentState::None) => Support::None,
                Some(AbsentState::Unknown) | None => Support::Unknown,
            }
        };
        Self {
            create: of(Verb::Create),
            get: of(Verb::Get),
            add_lines: of(Verb::AddLines),
            update_line: of(Verb::UpdateLine),
            remove_line: of(Verb::RemoveLine),
            delete: of(Verb::Delete),
            checkout: of(Verb::Checkout),
            set_customer: of(Verb::SetCustomer),
            place_order: of(Verb::PlaceOrder),
        }
    }

    /// Refuses a verb that is not supported, before anything is sent.
    pub(crate) fn require(&self, vendor: Vendor, verb: Verb) -> Result<()> {
        match self.of(verb) {
            Support::Supported => Ok(()),
            Support::NotBuilt => Err(Error::not_built(vendor, verb)),
            Support::None => Err(Error::unsupported(vendor, verb, "its API has no such call")),
            Support::Unknown => Err(Error::unsupported(
                vendor,
                verb,
                "its documentation does not say whether it has such a call",
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cartwright_runtime::Retry;

    const CREATE: Operation = Operation {
        id: "c",
        method: "POST",
        path: "/",
        cart: &["create", "add-lines"],
        retry: Retry::Unsafe,
        security: &[],
        deprecated: false,
    };

    #[test]
    fn each_cell_follows_from_the_spec_and_the_declared_verbs() {
        let absent = [
            Absent {
                verb: "delete",
                state: AbsentState::None,
                why: "",
            },
            Absent {
                verb: "get",
                state: AbsentState::Unknown,
                why: "",
            },
            Absent {
                verb: "place-order",
                state: AbsentState::NotDescribed,
                why: "",
            },
        ];
        let capability =
            Capability::from_tables(&[&CREATE], &absent, &[Verb::Create, Verb::Checkout]);
        for (verb, support) in [
            (Verb::Create, Support::Supported),
            (Verb::AddLines, Support::NotBuilt),
            (Verb::Delete, Support::None),
            (Verb::Get, Support::Unknown),
            (Verb::PlaceOrder, Support::NotBuilt),
            // Declared by the mapping, but the spec does not have it: the spec wins.
            (Verb::Checkout, Support::Unknown),
        ] {
            assert_eq!(capability.of(verb), support, "{verb}");
        }
    }
}
