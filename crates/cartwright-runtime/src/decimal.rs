//! Exact decimal numbers that remember how they were written.

mod arithmetic;
mod display;

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Number, Value};

use crate::scalar::{self, Scalar, ScalarError};

/// A decimal number as the vendor wrote it: a JSON number or a text, digit by digit.
///
/// It is written back in the same form. Equality, order and hash go by value: `1.50` equals `1.5`,
/// and a text equals a number. As a text it is exact at any length.
///
/// As a JSON number it is exact to 15 significant digits, because serde_json reads a fraction as a
/// binary number and drops trailing zeros. That holds from 10⁻³⁰⁷ to 10³⁰⁸; a larger number fails to
/// decode, and a smaller one has fewer digits. With the feature `arbitrary-precision` every digit is
/// kept.
///
/// ```
/// use cartwright_runtime::Decimal;
///
/// let price: Decimal = serde_json::from_str(r#""19.90""#).unwrap();
/// assert_eq!(price, "19.9".parse().unwrap());
/// assert_eq!(serde_json::to_string(&price).unwrap(), r#""19.90""#);
/// assert!(price > Decimal::from(19));
/// ```
///
/// # Formatting
/// `{}` shows the number as it is written. A precision rounds to that many places, a half away from
/// zero, and fills with zeros; what rounds to zero has no sign. Width, fill, `+` and zero padding
/// mean what they mean for other numbers. A number with more than 1,000 digits before its point is
/// shown as it is written, whatever the precision.
///
/// ```
/// # use cartwright_runtime::Decimal;
/// let total = Decimal::text("1234.5").unwrap();
/// assert_eq!(format!("{total} {total:.2} {total:>+10.2} {total:08.0}"), "1234.5 1234.50   +1234.50 00001235");
/// ```
///
/// # Calculating
/// `+`, `-`, `*` and `sum` take decimals and integers, and the result is written in the form of the
/// left operand. They calculate with [`rust_decimal::Decimal`]: exact to 28 digits, rounded beyond.
/// A result or operand beyond ±79228162514264337593543950335 becomes that number instead, so nothing
/// panics; [`checked_add`](Self::checked_add), [`checked_sub`](Self::checked_sub) and
/// [`checked_mul`](Self::checked_mul) answer `None` there. For the rest, take
/// [`to_decimal`](Self::to_decimal).
///
/// ```
/// # use cartwright_runtime::Decimal;
/// let price = Decimal::text("12.50").unwrap();
/// assert_eq!((&price * 3 + 1).to_string(), "38.50");
/// assert_eq!([price.clone(), price].iter().sum::<Decimal>().to_string(), "25.00");
/// ```
#[derive(Clone)]
pub struct Decimal {
    text: Box<str>,
    form: Form,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Number,
    Text,
}

impl Decimal {
    /// A number that is written as a JSON text, digit by digit as given.
    ///
    /// # Errors
    /// The text is not a decimal number: an optional sign, digits with an optional point, an
    /// optional exponent (of at most nine digits).
    pub fn text(text: &str) -> Result<Self, ScalarError> {
        Parts::of(text).ok_or_else(|| ScalarError::new(Self::EXPECTED, text))?;
        Ok(Self {
            text: text.into(),
            form: Form::Text,
        })
    }

    /// The number as it is written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether the number is below zero.
    pub fn is_negative(&self) -> bool {
        self.value().sign == Ordering::Less
    }

    /// Whether the number is zero, however written.
    pub fn is_zero(&self) -> bool {
        self.value().sign == Ordering::Equal
    }

    /// Whether the number has no fraction: `1.00` and `1e3` are integers.
    pub fn is_integer(&self) -> bool {
        self.value().scale() <= 0
    }

    /// The integer that the number is, if it is one and fits.
    pub(crate) fn to_integer(&self) -> Option<i128> {
        /// More digits than any integer type that a client uses has, and fewer than would overflow.
        const MOST_DIGITS: i64 = 30;
        let value = self.value();
        if value.scale() > 0 || value.point > MOST_DIGITS {
            return None;
        }
        let zeros = usize::try_from(-value.scale()).ok()?;
        let size = value
            .digits()
            .chain(std::iter::repeat_n(b'0', zeros))
            .fold(0, |size, digit| size * 10 + i128::from(digit - b'0'));
        Some(match value.sign {
            Ordering::Less => -size,
            _ => size,
        })
    }

    /// How many digits the number has, zeros at either end aside.
    pub(crate) fn significant_digits(&self) -> usize {
        self.value().digits().count()
    }

    /// The number for computing, with the scale that it is written with where that fits.
    ///
    /// `None` if it has more digits than [`rust_decimal::Decimal`] holds (28 to 29).
    ///
    /// ```
    /// use cartwright_runtime::Decimal;
    ///
    /// let price = Decimal::text("1.50").unwrap();
    /// assert_eq!(price.to_decimal().unwrap().to_string(), "1.50");
    /// assert_eq!(Decimal::text("1e99").unwrap().to_decimal(), None);
    /// ```
    pub fn to_decimal(&self) -> Option<rust_decimal::Decimal> {
        const MOST: i64 = 28;
        let value = self.value();
        let written = self.parts().map_or(0, |parts| parts.scale());
        let least = value.scale().max(0);
        let integer_digits = value.point.max(0);
        if least > MOST || integer_digits > MOST + 1 {
            return None;
        }
        // The written scale may ask for more zeros than there is room for.
        (least..=written.clamp(least, MOST))
            .rev()
            .find_map(|scale| {
                let zeros = usize::try_from(scale - value.scale()).ok()?;
                let mut digits: String = value.digits().map(char::from).collect();
                digits.extend(std::iter::repeat_n('0', zeros));
                let unsigned: i128 = if digits.is_empty() {
                    0
                } else {
                    digits.parse().ok()?
                };
                let signed = if value.sign == Ordering::Less {
                    -unsigned
                } else {
                    unsigned
                };
                rust_decimal::Decimal::try_from_i128_with_scale(signed, u32::try_from(scale).ok()?)
                    .ok()
            })
    }

    fn parts(&self) -> Option<Parts<'_>> {
        Parts::of(&self.text)
    }

    fn value(&self) -> Canonical<'_> {
        // Every constructor has parsed the text, so the default is never taken.
        self.parts().unwrap_or_default().canonical()
    }
}

/// A decimal number taken apart as it is written.
#[derive(Default)]
struct Parts<'a> {
    negative: bool,
    integer: &'a str,
    fraction: &'a str,
    exponent: i32,
}

impl<'a> Parts<'a> {
    fn of(text: &'a str) -> Option<Self> {
        let (negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, parse_exponent(exponent)?),
            None => (unsigned, 0),
        };
        let (integer, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let some_digit = !(integer.is_empty() && fraction.is_empty());
        (some_digit && are_digits(integer) && are_digits(fraction)).then_some(Self {
            negative,
            integer,
            fraction,
            exponent,
        })
    }

    /// How many digits stand behind the point once the exponent is applied.
    fn scale(&self) -> i64 {
        length(self.fraction) - i64::from(self.exponent)
    }

    fn canonical(&self) -> Canonical<'a> {
        let mut integer = self.integer.trim_start_matches('0');
        let mut fraction = self.fraction;
        let point = if integer.is_empty() {
            fraction = fraction.trim_start_matches('0');
            length(fraction) - length(self.fraction)
        } else {
            length(integer)
        };
        fraction = fraction.trim_end_matches('0');
        if fraction.is_empty() {
            integer = integer.trim_end_matches('0');
        }
        if integer.is_empty() && fraction.is_empty() {
            return Canonical::ZERO;
        }
        Canonical {
            sign: if self.negative {
                Ordering::Less
            } else {
                Ordering::Greater
            },
            point: point + i64::from(self.exponent),
            integer,
            fraction,
        }
    }

    /// The number in JSON's own grammar, which knows no `+1`, `01`, `.5` or `5.`.
    fn json(&self) -> String {
        let integer = match self.integer.trim_start_matches('0') {
            "" => "0",
            integer => integer,
        };
        let mut json = format!("{}{integer}", if self.negative { "-" } else { "" });
        if !self.fraction.is_empty() {
            json = format!("{json}.{}", self.fraction);
        }
        if self.exponent != 0 {
            json = format!("{json}e{}", self.exponent);
        }
        json
    }
}

/// At most nine digits, so that sums of exponents and lengths stay far from any limit.
fn parse_exponent(text: &str) -> Option<i32> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let significant = digits.trim_start_matches('0');
    if significant.len() > 9 {
        return None;
    }
    let size: i32 = if significant.is_empty() {
        0
    } else {
        significant.parse().ok()?
    };
    Some(if text.starts_with('-') { -size } else { size })
}

fn length(text: &str) -> i64 {
    // No text is longer than `isize::MAX` bytes.
    i64::try_from(text.len()).unwrap_or(i64::MAX)
}

/// A value in its only form: ± 0.d₁d₂d₃… × 10^point, with no zero at either end of the digits.
struct Canonical<'a> {
    sign: Ordering,
    point: i64,
    integer: &'a str,
    fraction: &'a str,
}

impl<'a> Canonical<'a> {
    const ZERO: Self = Self {
        sign: Ordering::Equal,
        point: 0,
        integer: "",
        fraction: "",
    };

    fn digits(&self) -> impl Iterator<Item = u8> + use<'a> {
        self.integer.bytes().chain(self.fraction.bytes())
    }

    /// How many digits stand behind the point; below zero for an integer that ends in zeros.
    fn scale(&self) -> i64 {
        length(self.integer) + length(self.fraction) - self.point
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let (a, b) = (self.value(), other.value());
        a.sign.cmp(&b.sign).then_with(|| {
            let sizes = a
                .point
                .cmp(&b.point)
                .then_with(|| a.digits().cmp(b.digits()));
            if a.sign == Ordering::Less {
                sizes.reverse()
            } else {
                sizes
            }
        })
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal {}

impl Hash for Decimal {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let value = self.value();
        (value.sign, value.point).hash(state);
        for digit in value.digits() {
            state.write_u8(digit);
        }
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.form {
            Form::Number => write!(f, "Decimal({})", self.text),
            Form::Text => write!(f, "Decimal({:?})", self.text),
        }
    }
}

/// Makes a number that is written as a JSON number.
impl FromStr for Decimal {
    type Err = ScalarError;

    fn from_str(text: &str) -> Result<Self, ScalarError> {
        let parts = Parts::of(text).ok_or_else(|| ScalarError::new(Self::EXPECTED, text))?;
        let is_json = text.parse::<Number>().is_ok();
        Ok(Self {
            text: if is_json {
                text.into()
            } else {
                parts.json().into()
            },
            form: Form::Number,
        })
    }
}

macro_rules! from_integers {
    ($($integer:ty),*) => {
        $(
            /// Makes a number that is written as a JSON number.
            impl From<$integer> for Decimal {
                fn from(value: $integer) -> Self {
                    Self {
                        text: value.to_string().into(),
                        form: Form::Number,
                    }
                }
            }
        )*
    };
}

from_integers!(
    i8, i16, i32, i64, i128, isize, u8, u16, u32, u64, u128, usize
);

/// The same number in the same form.
impl From<&Self> for Decimal {
    fn from(value: &Self) -> Self {
        value.clone()
    }
}

/// Makes a number that is written as a JSON number, with the same scale.
impl From<rust_decimal::Decimal> for Decimal {
    fn from(value: rust_decimal::Decimal) -> Self {
        Self {
            text: value.to_string().into(),
            form: Form::Number,
        }
    }
}

impl TryFrom<&Decimal> for rust_decimal::Decimal {
    type Error = DecimalOutOfRange;

    fn try_from(value: &Decimal) -> Result<Self, DecimalOutOfRange> {
        value.to_decimal().ok_or(DecimalOutOfRange(()))
    }
}

/// A number that [`rust_decimal::Decimal`] cannot hold digit by digit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecimalOutOfRange(());

impl fmt::Display for DecimalOutOfRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the number has more digits than a 96-bit decimal holds")
    }
}

impl std::error::Error for DecimalOutOfRange {}

impl Scalar for Decimal {
    const EXPECTED: &'static str = "a decimal number or its text";

    fn from_wire(value: &Value) -> Option<Self> {
        let (text, form) = match value {
            Value::Number(number) => (number.to_string(), Form::Number),
            Value::String(text) => (text.clone(), Form::Text),
            _ => return None,
        };
        Parts::of(&text)?;
        Some(Self {
            text: text.into(),
            form,
        })
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::Error as _;
        if self.form == Form::Text {
            return serializer.serialize_str(&self.text);
        }
        // Without arbitrary precision a long number would be rounded on its way out, in silence.
        let number = Value::Number(self.text.parse().map_err(S::Error::custom)?);
        if Self::from_wire(&number).as_ref() != Some(self) {
            return Err(S::Error::custom(format_args!(
                "{self} has more digits than this build writes as a JSON number; switch the feature \
                 `arbitrary-precision` on"
            )));
        }
        number.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        scalar::deserialize(deserializer)
    }
}
