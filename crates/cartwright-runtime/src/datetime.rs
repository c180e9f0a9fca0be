//! Times as the vendor wrote them.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::scalar::{self, Scalar, ScalarError};

/// A moment in RFC 3339, with the offset and the digits that the vendor wrote.
///
/// Equality and hash go by the text; to compare moments, compare what
/// [`datetime`](Self::datetime) answers.
///
/// ```
/// use cartwright_runtime::Timestamp;
///
/// let created: Timestamp = serde_json::from_str(r#""2024-03-01T10:00:00.10+02:00""#).unwrap();
/// assert_eq!(created.to_string(), "2024-03-01T10:00:00.10+02:00");
/// assert_eq!(created.datetime().to_utc().to_rfc3339(), "2024-03-01T08:00:00.100+00:00");
/// ```
#[derive(Clone, Debug)]
pub struct Timestamp {
    text: Box<str>,
    datetime: DateTime<FixedOffset>,
}

impl Timestamp {
    /// The moment as it is written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The moment, with its offset.
    pub fn datetime(&self) -> DateTime<FixedOffset> {
        self.datetime
    }

    fn parse(text: &str) -> Option<Self> {
        let datetime = DateTime::parse_from_rfc3339(text).ok()?;
        Some(Self {
            text: text.into(),
            datetime,
        })
    }
}

impl Scalar for Timestamp {
    const EXPECTED: &'static str = "a moment in RFC 3339, such as 2024-03-01T10:00:00+02:00";

    fn from_wire(value: &Value) -> Option<Self> {
        value.as_str().and_then(Self::parse)
    }
}

impl From<DateTime<FixedOffset>> for Timestamp {
    fn from(datetime: DateTime<FixedOffset>) -> Self {
        Self {
            text: datetime.to_rfc3339().into(),
            datetime,
        }
    }
}

impl FromStr for Timestamp {
    type Err = ScalarError;

    fn from_str(text: &str) -> Result<Self, ScalarError> {
        Self::parse(text).ok_or_else(|| ScalarError::new(Self::EXPECTED, text))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl PartialEq for Timestamp {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Timestamp {}

impl Hash for Timestamp {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        scalar::deserialize(deserializer)
    }
}

/// A time in whatever form the vendor writes it: often without an offset, sometimes not even a time.
///
/// ```
/// use cartwright_runtime::VendorDateTime;
///
/// let expires = VendorDateTime::from("2024-03-01 10:00:00");
/// assert_eq!(expires.as_str(), "2024-03-01 10:00:00");
/// assert!(expires.rfc3339().is_none());
/// assert!(VendorDateTime::from("2024-03-01T10:00:00Z").rfc3339().is_some());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct VendorDateTime(Box<str>);

impl VendorDateTime {
    /// The time as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The moment, if the text is one in RFC 3339.
    pub fn rfc3339(&self) -> Option<DateTime<FixedOffset>> {
        DateTime::parse_from_rfc3339(&self.0).ok()
    }
}

impl Scalar for VendorDateTime {
    const EXPECTED: &'static str = "a time as text";

    fn from_wire(value: &Value) -> Option<Self> {
        value.as_str().map(Self::from)
    }
}

impl From<&str> for VendorDateTime {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<String> for VendorDateTime {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

/// The moment as it is written. The other way is `TryFrom`.
///
/// ```
/// use cartwright_runtime::{Timestamp, VendorDateTime};
///
/// let created: Timestamp = "2024-03-01T10:00:00.10+02:00".parse().unwrap();
/// let time = VendorDateTime::from(created.clone());
/// assert_eq!(time.as_str(), "2024-03-01T10:00:00.10+02:00");
/// assert_eq!(Timestamp::try_from(time), Ok(created));
/// assert!(Timestamp::try_from(VendorDateTime::from("2024-03-01 10:00")).is_err());
/// ```
impl From<Timestamp> for VendorDateTime {
    fn from(moment: Timestamp) -> Self {
        Self(moment.text)
    }
}

/// The moment as it is written.
impl From<&Timestamp> for VendorDateTime {
    fn from(moment: &Timestamp) -> Self {
        Self(moment.text.clone())
    }
}

/// The moment in RFC 3339.
impl From<DateTime<FixedOffset>> for VendorDateTime {
    fn from(datetime: DateTime<FixedOffset>) -> Self {
        Timestamp::from(datetime).into()
    }
}

/// A text that is no moment in RFC 3339 is an error.
impl TryFrom<VendorDateTime> for Timestamp {
    type Error = ScalarError;

    fn try_from(time: VendorDateTime) -> Result<Self, ScalarError> {
        time.as_str().parse()
    }
}

/// A text that is no moment in RFC 3339 is an error.
impl TryFrom<&VendorDateTime> for Timestamp {
    type Error = ScalarError;

    fn try_from(time: &VendorDateTime) -> Result<Self, ScalarError> {
        time.as_str().parse()
    }
}

/// Any text will do.
impl FromStr for VendorDateTime {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(text.into())
    }
}

impl fmt::Display for VendorDateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl Serialize for VendorDateTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for VendorDateTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        scalar::deserialize(deserializer)
    }
}
