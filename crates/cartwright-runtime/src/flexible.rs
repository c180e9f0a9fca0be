//! Scalars that vendors write in more than one form. Each keeps the form it came in.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Number, Value};

use crate::decimal::Decimal;
use crate::integer;
use crate::scalar::{self, Scalar, ScalarError};

/// An integer that is written as a JSON number or as the text of one.
///
/// A number without a fraction is an integer however it is written: `2.0`, `2e0`, `"2.00"`. A JSON
/// number with a point or exponent counts to 15 significant digits, as with [`Decimal`].
/// Equality and hash go by value.
///
/// ```
/// use cartwright_runtime::FlexibleInteger;
///
/// let quantity: FlexibleInteger = serde_json::from_str(r#""3""#).unwrap();
/// assert_eq!(quantity.get(), 3);
/// assert_eq!(quantity, FlexibleInteger::from(3));
/// assert_eq!(serde_json::to_string(&quantity).unwrap(), r#""3""#);
/// ```
#[derive(Clone, Debug)]
pub struct FlexibleInteger {
    value: i64,
    /// How the integer is written, where it isn't a JSON number in digits alone.
    form: Option<IntegerForm>,
}

#[derive(Clone, Debug)]
enum IntegerForm {
    /// A JSON number with a point or an exponent.
    Number(Number),
    Text(Box<str>),
}

impl FlexibleInteger {
    /// The integer.
    pub fn get(&self) -> i64 {
        self.value
    }
}

impl Scalar for FlexibleInteger {
    const EXPECTED: &'static str = "an integer or its digits";

    fn from_wire(value: &Value) -> Option<Self> {
        match value {
            Value::Number(number) => Some(match number.as_i64() {
                Some(value) => Self::from(value),
                None => Self {
                    value: i64::try_from(integer::of_number(number)?).ok()?,
                    form: Some(IntegerForm::Number(number.clone())),
                },
            }),
            Value::String(text) => Some(Self {
                value: parse_integer(text)?,
                form: Some(IntegerForm::Text(text.as_str().into())),
            }),
            _ => None,
        }
    }
}

/// The text of an integer, without a plus sign.
fn parse_integer(text: &str) -> Option<i64> {
    if text.starts_with('+') {
        return None;
    }
    i64::try_from(Decimal::text(text).ok()?.to_integer()?).ok()
}

impl From<i64> for FlexibleInteger {
    fn from(value: i64) -> Self {
        Self { value, form: None }
    }
}

/// Makes an integer that is written as a JSON number.
impl FromStr for FlexibleInteger {
    type Err = ScalarError;

    fn from_str(text: &str) -> Result<Self, ScalarError> {
        parse_integer(text)
            .map(Self::from)
            .ok_or_else(|| ScalarError::new(Self::EXPECTED, text))
    }
}

impl fmt::Display for FlexibleInteger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(form) = &self.form else {
            return self.value.fmt(f);
        };
        let written = match form {
            IntegerForm::Number(number) => number.to_string(),
            IntegerForm::Text(text) => text.to_string(),
        };
        let unsigned = written.trim_start_matches('-');
        f.pad_integral(!written.starts_with('-'), "", unsigned)
    }
}

impl PartialEq for FlexibleInteger {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl Eq for FlexibleInteger {}

impl Hash for FlexibleInteger {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.value.hash(state);
    }
}

impl Serialize for FlexibleInteger {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.form {
            Some(IntegerForm::Text(text)) => serializer.serialize_str(text),
            Some(IntegerForm::Number(number)) => number.serialize(serializer),
            None => serializer.serialize_i64(self.value),
        }
    }
}

impl<'de> Deserialize<'de> for FlexibleInteger {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        scalar::deserialize(deserializer)
    }
}

/// A boolean that is written as `true`/`false`, as `1`/`0`, or as the text of one of these. An empty
/// text is `false` as well: it is how Perl writes it.
///
/// Equality and hash go by value.
///
/// ```
/// use cartwright_runtime::FlexibleBoolean;
///
/// let taxable: FlexibleBoolean = serde_json::from_str("1").unwrap();
/// assert!(taxable.get());
/// assert_eq!(serde_json::to_string(&taxable).unwrap(), "1");
/// ```
#[derive(Clone, Debug)]
pub struct FlexibleBoolean {
    value: bool,
    form: BooleanForm,
}

#[derive(Clone, Copy, Debug)]
enum BooleanForm {
    Boolean,
    Integer,
    IntegerText,
    BooleanText,
    /// The empty text, which is `false`.
    EmptyText,
}

impl FlexibleBoolean {
    /// The boolean.
    pub fn get(&self) -> bool {
        self.value
    }

    fn from_text(text: &str) -> Option<Self> {
        let (value, form) = match text {
            "true" => (true, BooleanForm::BooleanText),
            "false" => (false, BooleanForm::BooleanText),
            "1" => (true, BooleanForm::IntegerText),
            "0" => (false, BooleanForm::IntegerText),
            "" => (false, BooleanForm::EmptyText),
            _ => return None,
        };
        Some(Self { value, form })
    }

    fn text(&self) -> &'static str {
        use BooleanForm::{Boolean, BooleanText, EmptyText, Integer, IntegerText};
        match (self.form, self.value) {
            (EmptyText, _) => "",
            (Boolean | BooleanText, true) => "true",
            (Boolean | BooleanText, false) => "false",
            (Integer | IntegerText, true) => "1",
            (Integer | IntegerText, false) => "0",
        }
    }
}

impl Scalar for FlexibleBoolean {
    const EXPECTED: &'static str = "a boolean, 0 or 1, the text of one, or an empty text";

    fn from_wire(value: &Value) -> Option<Self> {
        match value {
            Value::Bool(value) => Some(Self::from(*value)),
            Value::Number(number) => Some(Self {
                value: match integer::of_number(number)? {
                    0 => false,
                    1 => true,
                    _ => return None,
                },
                form: BooleanForm::Integer,
            }),
            Value::String(text) => Self::from_text(text),
            _ => None,
        }
    }
}

impl From<bool> for FlexibleBoolean {
    fn from(value: bool) -> Self {
        Self {
            value,
            form: BooleanForm::Boolean,
        }
    }
}

/// Makes a boolean that is written as `true` or `false`.
impl FromStr for FlexibleBoolean {
    type Err = ScalarError;

    fn from_str(text: &str) -> Result<Self, ScalarError> {
        Self::from_text(text)
            .map(|boolean| Self::from(boolean.value))
            .ok_or_else(|| ScalarError::new(Self::EXPECTED, text))
    }
}

impl fmt::Display for FlexibleBoolean {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.text())
    }
}

impl PartialEq for FlexibleBoolean {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl Eq for FlexibleBoolean {}

impl Hash for FlexibleBoolean {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.value.hash(state);
    }
}

impl Serialize for FlexibleBoolean {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.form {
            BooleanForm::Boolean => serializer.serialize_bool(self.value),
            BooleanForm::Integer => serializer.serialize_u8(u8::from(self.value)),
            BooleanForm::IntegerText | BooleanForm::BooleanText | BooleanForm::EmptyText => {
                serializer.serialize_str(self.text())
            }
        }
    }
}

impl<'de> Deserialize<'de> for FlexibleBoolean {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        scalar::deserialize(deserializer)
    }
}

/// A text that some vendors write as a number.
///
/// Equality and hash go by the text, whichever form it came in. A JSON number has 15 significant
/// digits unless `arbitrary-precision` is on, as with [`Decimal`].
///
/// ```
/// use cartwright_runtime::FlexibleText;
///
/// let price: FlexibleText = serde_json::from_str(r#""-$.05""#).unwrap();
/// assert_eq!(price.as_str(), "-$.05");
/// assert_eq!(price.to_decimal(), None);
/// let price: FlexibleText = serde_json::from_str("1647").unwrap();
/// assert_eq!(price.to_decimal(), Some(1647.into()));
/// assert_eq!(serde_json::to_string(&price).unwrap(), "1647");
/// ```
#[derive(Clone, Debug)]
pub struct FlexibleText {
    text: Box<str>,
    is_number: bool,
}

impl FlexibleText {
    /// The text, or the number as it is written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The text as a number in the same form, if it is one.
    pub fn to_decimal(&self) -> Option<Decimal> {
        if self.is_number {
            self.text.parse().ok()
        } else {
            Decimal::text(&self.text).ok()
        }
    }
}

impl Scalar for FlexibleText {
    const EXPECTED: &'static str = "a text or a number";

    fn from_wire(value: &Value) -> Option<Self> {
        match value {
            Value::String(text) => Some(Self::from(text.as_str())),
            Value::Number(number) => Some(Self {
                text: number.to_string().into(),
                is_number: true,
            }),
            _ => None,
        }
    }
}

impl From<&str> for FlexibleText {
    fn from(text: &str) -> Self {
        Self {
            text: text.into(),
            is_number: false,
        }
    }
}

impl From<String> for FlexibleText {
    fn from(text: String) -> Self {
        Self {
            text: text.into(),
            is_number: false,
        }
    }
}

/// Makes a text that is written as a JSON number.
impl From<i64> for FlexibleText {
    fn from(value: i64) -> Self {
        Self {
            text: value.to_string().into(),
            is_number: true,
        }
    }
}

/// Any text will do.
impl FromStr for FlexibleText {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(text.into())
    }
}

/// A number is formatted as one, see [`Decimal`]; a text as a text.
impl fmt::Display for FlexibleText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.is_number.then(|| self.to_decimal()).flatten() {
            Some(number) => number.fmt(f),
            None => f.pad(&self.text),
        }
    }
}

impl PartialEq for FlexibleText {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for FlexibleText {}

impl Hash for FlexibleText {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl Serialize for FlexibleText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.is_number {
            use serde::ser::Error as _;
            let number: Number = self.text.parse().map_err(S::Error::custom)?;
            number.serialize(serializer)
        } else {
            serializer.serialize_str(&self.text)
        }
    }
}

impl<'de> Deserialize<'de> for FlexibleText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        scalar::deserialize(deserializer)
    }
}
