//! What the scalars share: reading any wire form through JSON, and saying what came instead.

use std::fmt;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::body::write_line;

/// A text or a JSON value that is not what a scalar takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScalarError {
    expected: &'static str,
    found: String,
}

impl ScalarError {
    /// The found text is cut after 60 characters.
    pub(crate) fn new(expected: &'static str, found: &str) -> Self {
        let mut short = String::new();
        // Writing to a string cannot fail.
        let _ = write_line(&mut short, found, 60);
        Self {
            expected,
            found: format!("`{short}`"),
        }
    }

    pub(crate) fn value(expected: &'static str, found: &Value) -> Self {
        match found {
            Value::String(text) => Self::new(expected, &format!("\"{text}\"")),
            Value::Number(number) => Self::new(expected, &number.to_string()),
            Value::Bool(value) => Self::new(expected, &value.to_string()),
            Value::Null => Self::new(expected, "null"),
            Value::Array(_) => Self {
                expected,
                found: "an array".into(),
            },
            Value::Object(_) => Self {
                expected,
                found: "an object".into(),
            },
        }
    }
}

impl fmt::Display for ScalarError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {}, found {}", self.expected, self.found)
    }
}

impl std::error::Error for ScalarError {}

/// A scalar that knows its wire forms.
pub(crate) trait Scalar: Sized {
    /// What the scalar takes, in words.
    const EXPECTED: &'static str;

    fn from_wire(value: &Value) -> Option<Self>;
}

/// Reads a scalar through [`Value`], the only way that holds in both modes of serde_json, in
/// flattened fields and in unions.
pub(crate) fn deserialize<'de, T: Scalar, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    let value = Value::deserialize(deserializer)?;
    T::from_wire(&value).ok_or_else(|| D::Error::custom(ScalarError::value(T::EXPECTED, &value)))
}
