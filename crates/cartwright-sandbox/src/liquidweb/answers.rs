//! The forms in which answers carry numbers, booleans and missing values.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::money;

/// How the Liquid Web stand-in writes its answers. See
/// [`Sandbox::liquidweb_answers`](crate::Sandbox::liquidweb_answers).
///
/// The vendor's API is known to send one and the same type in several forms. The default is plain:
/// numbers as JSON numbers, booleans as the numbers 0 and 1, fields without a value left out.
/// Refusals look the same in all forms.
///
/// ```
/// use cartwright_sandbox::LiquidwebAnswers;
///
/// let texts = LiquidwebAnswers { numbers_as_text: true, ..LiquidwebAnswers::default() };
/// assert!(!texts.nulls);
/// ```
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct LiquidwebAnswers {
    /// Integers as a text of digits, amounts as a text with two to five decimals. Booleans stay.
    pub numbers_as_text: bool,
    /// Booleans as the texts `"0"` and `"1"`.
    pub booleans_as_text: bool,
    /// False as an empty text, as Perl writes it. True stays.
    #[serde(default)]
    pub false_as_empty_text: bool,
    /// `null` in every field that the documentation calls optional, except in those that the request's
    /// `alsowith` asked for.
    pub nulls: bool,
}

impl LiquidwebAnswers {
    pub(super) fn integer(self, number: i64) -> Value {
        if self.numbers_as_text {
            number.to_string().into()
        } else {
            number.into()
        }
    }

    pub(super) fn amount(self, amount: Decimal) -> Value {
        if !self.numbers_as_text {
            return money::write(amount);
        }
        let mut amount = amount.normalize();
        amount.rescale(amount.scale().max(2));
        amount.to_string().into()
    }

    pub(super) fn boolean(self, flag: bool) -> Value {
        if self.false_as_empty_text && !flag {
            "".into()
        } else if self.booleans_as_text {
            i64::from(flag).to_string().into()
        } else {
            i64::from(flag).into()
        }
    }

    pub(super) fn record(self) -> Record {
        Record {
            nulls: self.nulls,
            fields: Map::new(),
        }
    }
}

/// A JSON object in the making.
pub(super) struct Record {
    nulls: bool,
    fields: Map<String, Value>,
}

impl Record {
    pub(super) fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.fields.insert(key.to_owned(), value.into());
        self
    }

    /// A field that the documentation calls optional.
    pub(super) fn optional(self, key: &str, value: Option<impl Into<Value>>) -> Self {
        let nulls = self.nulls;
        self.requested(key, value.filter(|_| !nulls))
    }

    /// An optional field that is there because the request asked for it, or else has no value.
    pub(super) fn requested(self, key: &str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.with(key, value),
            None if self.nulls => self.with(key, Value::Null),
            None => self,
        }
    }

    pub(super) fn finish(self) -> Value {
        Value::Object(self.fields)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_as_text_has_two_decimals_or_as_many_as_it_needs() {
        let texts = LiquidwebAnswers {
            numbers_as_text: true,
            ..LiquidwebAnswers::default()
        };
        for (amount, text) in [
            (Decimal::new(25, 0), "25.00"),
            (Decimal::new(125, 1), "12.50"),
            (Decimal::new(99_900, 4), "9.99"),
            (Decimal::new(125, 5), "0.00125"),
            (Decimal::ZERO, "0.00"),
        ] {
            assert_eq!(texts.amount(amount), text);
        }
    }
}
