//! Integers, however a vendor writes them.
//!
//! JSON knows one kind of number, and a service whose language knows one kind as well writes a
//! quantity as `2.0` or `2e0`. Generated fields that hold integers are read through this module:
//!
//! ```
//! #[derive(serde::Deserialize)]
//! struct Line {
//!     #[serde(deserialize_with = "::cartwright_runtime::integer::deserialize")]
//!     quantity: i64,
//!     #[serde(default, deserialize_with = "::cartwright_runtime::integer::deserialize")]
//!     bundles: Option<Vec<i64>>,
//! }
//!
//! let line: Line = serde_json::from_str(r#"{"quantity": 2.0, "bundles": [1e2]}"#).unwrap();
//! assert_eq!((line.quantity, line.bundles), (2, Some(vec![100])));
//! assert!(serde_json::from_str::<Line>(r#"{"quantity": 2.5}"#).is_err());
//! ```

use std::collections::BTreeMap;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use serde_json::{Number, Value};

use crate::decimal::Decimal;
use crate::nullable::{Maybe, Nullable};
use crate::scalar::ScalarError;

/// An integer type, or what holds some.
pub trait Integral: Sized {
    /// Reads the value.
    ///
    /// # Errors
    /// A number has a fraction or is out of range, or is no number.
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;
}

/// Reads integers, for `#[serde(deserialize_with)]`.
///
/// # Errors
/// A number has a fraction or is out of range, or is no number.
pub fn deserialize<'de, T: Integral, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    T::read(deserializer)
}

/// A JSON number that is an integer. One with a point or an exponent may have been rounded when it was
/// read, so it counts only as far as its digits are sure.
pub(crate) fn of_number(number: &Number) -> Option<i128> {
    const SURE_DIGITS: usize = 15;
    if let Some(value) = number.as_i64() {
        return Some(value.into());
    }
    if let Some(value) = number.as_u64() {
        return Some(value.into());
    }
    let decimal = Decimal::text(&number.to_string()).ok()?;
    let is_sure = decimal.significant_digits() <= SURE_DIGITS || keeps_digits();
    decimal.to_integer().filter(|_| is_sure)
}

/// Whether this build keeps every digit of a JSON number, whoever switched that on.
fn keeps_digits() -> bool {
    let number = "1.50".parse::<Number>();
    number.is_ok_and(|number| number.to_string() == "1.50")
}

/// Holds what is read through [`Integral`], so that collections are read as their own types are.
#[derive(Debug)]
pub struct Read<T>(
    /// What was read.
    pub T,
);

impl<'de, T: Integral> Deserialize<'de> for Read<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::read(deserializer).map(Self)
    }
}

macro_rules! integers {
    ($($integer:ty: $bits:ty),* $(,)?) => {
        $(
            impl Integral for $integer {
                fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    // Through `Value`, because only that reads numbers alike in both modes of serde_json.
                    let value = Value::deserialize(deserializer)?;
                    let integer = match &value {
                        Value::Number(number) => of_number(number),
                        _ => None,
                    };
                    integer
                        .and_then(|integer| <$bits>::try_from(integer).ok())
                        .and_then(|bits| Self::try_from(bits).ok())
                        .ok_or_else(|| D::Error::custom(ScalarError::value(
                            concat!("an integer (`", stringify!($bits), "`)"),
                            &value,
                        )))
                }
            }
        )*
    };
}

integers! {
    i8: i8, i16: i16, i32: i32, i64: i64,
    u8: u8, u16: u16, u32: u32, u64: u64,
    std::num::NonZeroU8: u8, std::num::NonZeroU16: u16, std::num::NonZeroU32: u32, std::num::NonZeroU64: u64,
}

impl<T: Integral> Integral for Option<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::<Read<T>>::deserialize(deserializer)?.map(|read| read.0))
    }
}

impl<T: Integral> Integral for Nullable<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::read(deserializer).map(Self::from)
    }
}

/// A field that is there: `null` or a value.
impl<T: Integral> Integral for Maybe<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Maybe::<Read<T>>::deserialize(deserializer)? {
            Maybe::Absent => Self::Absent,
            Maybe::Null => Self::Null,
            Maybe::Value(read) => Self::Value(read.0),
        })
    }
}

impl<T: Integral> Integral for Vec<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = Vec::<Read<T>>::deserialize(deserializer)?;
        Ok(read.into_iter().map(|read| read.0).collect())
    }
}

impl<T: Integral> Integral for BTreeMap<String, T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = BTreeMap::<String, Read<T>>::deserialize(deserializer)?;
        Ok(read.into_iter().map(|(key, read)| (key, read.0)).collect())
    }
}

impl<T: Integral> Integral for Box<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::read(deserializer).map(Box::new)
    }
}
