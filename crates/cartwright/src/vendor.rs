use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use crate::{Capability, Error, ResultFields, Setting};

/// A vendor that is compiled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Vendor {
    /// BigCommerce, Management Carts API v3.
    #[cfg(feature = "bigcommerce")]
    BigCommerce,
    /// cPanel, module Market of its UAPI.
    #[cfg(feature = "cpanel")]
    Cpanel,
    /// Liquid Web, the cart of its market.
    #[cfg(feature = "liquidweb")]
    LiquidWeb,
    /// Webroot, the e-commerce shop of its Unity API.
    #[cfg(feature = "webroot")]
    Webroot,
}

impl Vendor {
    /// Every vendor that is compiled in.
    pub const ALL: &'static [Self] = &[
        #[cfg(feature = "bigcommerce")]
        Self::BigCommerce,
        #[cfg(feature = "cpanel")]
        Self::Cpanel,
        #[cfg(feature = "liquidweb")]
        Self::LiquidWeb,
        #[cfg(feature = "webroot")]
        Self::Webroot,
    ];

    /// The vendor's name in ids, settings and messages: lower case, no blanks.
    pub const fn as_str(self) -> &'static str {
        match self {
            #[cfg(feature = "bigcommerce")]
            Self::BigCommerce => "bigcommerce",
            #[cfg(feature = "cpanel")]
            Self::Cpanel => "cpanel",
            #[cfg(feature = "liquidweb")]
            Self::LiquidWeb => "liquidweb",
            #[cfg(feature = "webroot")]
            Self::Webroot => "webroot",
        }
    }

    /// What the vendor can do.
    pub fn capability(self) -> Capability {
        match self {
            #[cfg(feature = "bigcommerce")]
            Self::BigCommerce => crate::vendors::bigcommerce::capability(),
            #[cfg(feature = "cpanel")]
            Self::Cpanel => crate::vendors::cpanel::capability(),
            #[cfg(feature = "liquidweb")]
            Self::LiquidWeb => crate::vendors::liquidweb::capability(),
            #[cfg(feature = "webroot")]
            Self::Webroot => crate::vendors::webroot::capability(),
        }
    }

    /// Which fields of its results the vendor fills.
    pub fn fields(self) -> &'static ResultFields {
        match self {
            #[cfg(feature = "bigcommerce")]
            Self::BigCommerce => &crate::vendors::bigcommerce::FIELDS,
            #[cfg(feature = "cpanel")]
            Self::Cpanel => &crate::vendors::cpanel::FIELDS,
            #[cfg(feature = "liquidweb")]
            Self::LiquidWeb => &crate::vendors::liquidweb::FIELDS,
            #[cfg(feature = "webroot")]
            Self::Webroot => &crate::vendors::webroot::FIELDS,
        }
    }

    /// The settings that [`connect`](crate::connect()) reads for the vendor.
    pub fn settings(self) -> &'static [Setting] {
        match self {
            #[cfg(feature = "bigcommerce")]
            Self::BigCommerce => crate::vendors::bigcommerce::SETTINGS,
            #[cfg(feature = "cpanel")]
            Self::Cpanel => crate::vendors::cpanel::SETTINGS,
            #[cfg(feature = "liquidweb")]
            Self::LiquidWeb => crate::vendors::liquidweb::SETTINGS,
            #[cfg(feature = "webroot")]
            Self::Webroot => crate::vendors::webroot::SETTINGS,
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
