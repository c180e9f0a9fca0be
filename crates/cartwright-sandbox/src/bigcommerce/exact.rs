//! Amounts in seeds and states: exact, and written as text.
//!
//! A seed may write an amount as a YAML number as well; up to 15 digits its binary float reads back as
//! what was written.

use std::fmt::{self, Display, Formatter};

use rust_decimal::Decimal;
use serde::de::{Error, Visitor};
use serde::{Deserializer, Serializer};

pub(super) fn serialize<S: Serializer>(amount: &Decimal, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(amount)
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Decimal, D::Error> {
    from.deserialize_any(Amount)
}

struct Amount;

impl Amount {
    fn read<E: Error>(written: impl Display) -> Result<Decimal, E> {
        let text = written.to_string();
        Decimal::from_str_exact(&text)
            .map_err(|_| E::custom(format!("`{text}` is no amount: write it like 12.50")))
    }
}

impl Visitor<'_> for Amount {
    type Value = Decimal;

    fn expecting(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_str("an amount, like 12.50")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Decimal, E> {
        Self::read(text)
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Decimal, E> {
        Self::read(number)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Decimal, E> {
        Self::read(number)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Decimal, E> {
        Self::read(number)
    }
}
