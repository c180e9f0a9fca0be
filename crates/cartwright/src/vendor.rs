use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use crate::{Capability, Error, Setting};

/// A vendor that is compiled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Vendor {
    /// BigCommerce, Management Carts API v3.
    #[cfg(feature = "bigcommerce")]
    BigCommerce,
}

impl Vendor {
    /// Every vendor that is compiled in.
    pub const ALL: &'static [Self] = &[
        #[cfg(feature = "bigcommerce")]
        Self::BigCommerce,
    ];

    /// The vendor's name in ids, settings and messages: lower case, no blanks.
    pub const fn as_str(self) -> &'static str {
        match self {
            #[cfg(feature = "bigcommerce")]
            Self::BigCommerce => "bigcommerce",
        }
    }

    /// What the vendor can do.
    pub fn capability(self) -> Capability {
        match self {
            #[cfg(feature = "bigcommerce")]
            Self::BigCommerce => crate::vendors::bigcommerce::capability(),
        }
    }

    /// The settings that [`connect`](crate::connect()) reads for the vendor.
    pub fn settings(self) -> &'static [Setting] {
        match self {
            #[cfg(feature = "bigcommerce")]
            Self::BigCommerce => crate::vendors::bigcommerce::SETTINGS,
        }
    }
}

impl fmt::Display for Vendor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Vendor {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self, Error> {
        Self::ALL
            .iter()
            .copied()
            .find(|vendor| vendor.as_str() == name)
            .ok_or_else(|| {
                let known: Vec<&str> = Self::ALL.iter().map(|vendor| vendor.as_str()).collect();
                Error::invalid(
                    "vendor",
                    format!(
                        "`{}` is not a vendor: this build has {}",
                        crate::id::start_of(name),
                        known.join(", ")
                    ),
                )
            })
    }
}

impl Serialize for Vendor {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
