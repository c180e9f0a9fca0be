//! What the partner may order: categories of licences with their prices, terms, locales.

use rust_decimal::{Decimal, RoundingStrategy};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

/// A licence category.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Category {
    /// As `LicenseCategoryName` has it.
    pub(super) name: String,
    pub(super) description: String,
    /// The product's name as it starts a line's description.
    pub(super) product: String,
    pub(super) product_id: i64,
    /// Of one seat for one year.
    pub(super) yearly_price: Price,
    /// Business products ask for more about their customers.
    #[serde(default = "yes")]
    pub(super) business: bool,
    /// A category with vaults wants one of them named.
    #[serde(default)]
    pub(super) vaults: Vec<Choice>,
    #[serde(default)]
    pub(super) usage_pricing: Vec<Choice>,
    /// The first is the default.
    #[serde(default)]
    pub(super) platforms: Vec<Choice>,
    #[serde(default)]
    pub(super) retention: Vec<Choice>,
}

fn yes() -> bool {
    true
}

impl Category {
    /// The price of one seat for a term, to the cent.
    pub(super) fn seat_price(&self, term: Term) -> Decimal {
        let price = self.yearly_price.0 * Decimal::from(term.months) / Decimal::from(12);
        price.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
    }
}

/// A numbered thing that a category offers, with its name.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Choice {
    pub(super) id: i64,
    pub(super) name: String,
}

/// The name of a choice, `None` if nothing was chosen.
pub(super) fn name_of(rows: &[Choice], id: Option<i64>) -> Option<&str> {
    let row = rows.iter().find(|row| Some(row.id) == id)?;
    Some(&row.name)
}

/// A price in a seed: a text, so that no digit is lost on its way through a binary float.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub(super) struct Price(pub(super) Decimal);

impl From<Price> for String {
    fn from(price: Price) -> Self {
        price.0.to_string()
    }
}

impl TryFrom<String> for Price {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Decimal::from_str_exact(&text)
            .map(Self)
            .map_err(|_| format!("{text:?} is no price: write it as \"4.99\""))
    }
}

/// A documented value of `Years`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(into = "String")]
pub(super) struct Term {
    pub(super) years: &'static str,
    pub(super) months: u32,
}

impl From<Term> for String {
    fn from(term: Term) -> Self {
        term.years.to_owned()
    }
}

// By hand, because a derived one asks the input to live as long as the names in the table.
impl<'de> Deserialize<'de> for Term {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?
            .try_into()
            .map_err(D::Error::custom)
    }
}

impl TryFrom<String> for Term {
    type Error = String;

    fn try_from(years: String) -> Result<Self, String> {
        let term = TERMS.into_iter().find(|term| term.years == years);
        term.ok_or_else(|| format!("{years:?} is no documented value of Years"))
    }
}

const fn term(years: &'static str, months: u32) -> Term {
    Term { years, months }
}

pub(super) const TERMS: [Term; 13] = [
    term("0", 0),
    term("0.083", 1),
    term("0.167", 2),
    term("0.5", 6),
    term("1", 12),
    term("1.25", 15),
    term("1.5", 18),
    term("2", 24),
    term("2.25", 27),
    term("2.5", 30),
    term("3", 36),
    term("3.25", 39),
    term("3.5", 42),
];

/// A locale of the partner's account, and what it is billed in.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Locale {
    pub(super) name: String,
    pub(super) currency: String,
    pub(super) sign: String,
}

impl Locale {
    /// The display text of an amount: no thousands separator, always two digits after the point.
    pub(super) fn amount(&self, amount: Decimal) -> String {
        format!("{}{amount:.2}", self.sign)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::webroot::Seed;

    #[test]
    fn a_price_is_a_twelfth_per_month_to_the_cent() {
        let seed = Seed::builtin().unwrap();
        let priced = |name: &str, years: &str| {
            let term = TERMS.into_iter().find(|term| term.years == years)?;
            Some(seed.category(name)?.seat_price(term).to_string())
        };
        for (name, years, price) in [
            ("SAEP", "1", "4.99"),
            ("SAEP", "0.083", "0.42"),
            ("SAEP", "0.5", "2.50"),
            ("SAEP", "3", "14.97"),
            ("CALLY", "0.5", "0.53"),
            ("OTSF", "0.083", "2.00"),
            ("SDNS", "0", "0.00"),
        ] {
            assert_eq!(
                priced(name, years).and_then(|text| text.parse::<Decimal>().ok()),
                price.parse().ok(),
                "{name} {years}"
            );
        }
    }

    #[test]
    fn an_amount_is_displayed_with_two_digits_and_no_separator() {
        let seed = Seed::builtin().unwrap();
        let locale = seed.locale("en_US").unwrap();
        for (amount, shown) in [("1647", "$1647.00"), ("748.5", "$748.50"), ("0", "$0.00")] {
            let amount: Decimal = amount.parse().unwrap();
            assert_eq!(locale.amount(amount), shown);
        }
    }
}
