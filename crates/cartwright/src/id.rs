use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Error, Vendor};

/// The id of a cart, bound to its vendor.
///
/// The text form is `vendor:id` and stays the same between versions, so it can be stored. What stands behind the colon is the vendor's matter.
///
/// ```
/// # #[cfg(feature = "bigcommerce")] {
/// use cartwright::{CartId, Vendor};
///
/// let id: CartId = "bigcommerce:6e193ce6-f327-4dcc-b75e-72cf6738525e".parse().unwrap();
/// assert_eq!(id.vendor(), Vendor::BigCommerce);
/// assert_eq!(id.to_string(), "bigcommerce:6e193ce6-f327-4dcc-b75e-72cf6738525e");
/// assert!("6e193ce6".parse::<CartId>().is_err());
/// # }
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CartId {
    vendor: Vendor,
    id: String,
}

impl CartId {
    /// The id that a vendor gave a cart.
    ///
    /// # Errors
    ///
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) when the id is empty, over 2,000 characters, or holds a blank or control character.
    pub fn new(vendor: Vendor, id: impl Into<String>) -> Result<Self, Error> {
        let id = id.into();
        if id.is_empty()
            || id.chars().count() > 2_000
            || id.chars().any(|c| c.is_whitespace() || c.is_control())
        {
            return Err(Error::invalid_request(
                vendor,
                "cart id",
                "a cart id has 1 to 2,000 characters and no blanks: use the id that the cart was answered with",
            ));
        }
        Ok(Self { vendor, id })
    }

    /// The vendor that has the cart.
    pub fn vendor(&self) -> Vendor {
        self.vendor
    }

    /// The vendor's own id.
    pub fn as_str(&self) -> &str {
        &self.id
    }
}

impl fmt::Display for CartId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.vendor, self.id)
    }
}

impl fmt::Debug for CartId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CartId({self})")
    }
}

impl FromStr for CartId {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let (vendor, id) = text.split_once(':').ok_or_else(|| {
            Error::invalid(
                "cart id",
                format!(
                    "`{}` is not a cart id: expected `vendor:id`, as a cart's id is printed",
                    start_of(text)
                ),
            )
        })?;
        Self::new(vendor.parse()?, id)
    }
}

impl Serialize for CartId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for CartId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

/// The id of a line within its cart.
///
/// Opaque: take it from [`LineItem::id`](crate::LineItem::id). It may hold more than the vendor's own id of the line, so that changing the line needs no further reading.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LineId(String);

impl LineId {
    /// The text form.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for LineId {
    fn from(id: String) -> Self {
        Self(id)
    }
}

impl From<&str> for LineId {
    fn from(id: &str) -> Self {
        Self(id.to_owned())
    }
}

impl fmt::Display for LineId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for LineId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LineId({self})")
    }
}

/// At most 60 characters of what a caller gave.
pub(crate) fn start_of(text: &str) -> String {
    text.chars().take(60).collect()
}
