//! What the stand-in starts from, and whether it holds together.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::catalogue::{Category, Choice, Locale};
use super::customers::Customer;
use super::dates::Moment;
use super::licence::Licence;
use crate::state::SeedError;

/// So that every total fits a decimal.
const HIGHEST_PRICE: i64 = 1_000_000;

/// What the stand-in starts from: the partner, its catalogue, and the licences that are out already.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Seed {
    pub(super) partner: Partner,
    pub(super) product_line: String,
    pub(super) product_family: String,
    pub(super) locales: Vec<Locale>,
    pub(super) categories: Vec<Category>,
    #[serde(default)]
    pub(super) licences: Vec<Licence>,
}

/// Who orders.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Partner {
    pub(super) since: Moment,
    pub(super) billing: Customer,
}

impl Seed {
    /// The seed that stands beside this file.
    pub(crate) fn builtin() -> Result<Self, SeedError> {
        let seed: Self = serde_saphyr::from_str(include_str!("seed.yaml"))
            .map_err(|error| SeedError::at("webroot", error.to_string()))?;
        seed.check()?;
        Ok(seed)
    }

    pub(super) fn category(&self, name: &str) -> Option<&Category> {
        self.categories
            .iter()
            .find(|category| category.name == name)
    }

    pub(super) fn locale(&self, name: &str) -> Option<&Locale> {
        self.locales.iter().find(|locale| locale.name == name)
    }

    /// Finds what a shop can't start from: doubles, prices out of range, names of what is not there.
    pub(crate) fn check(&self) -> Result<(), SeedError> {
        self.faults()
            .map_err(|fault| SeedError::at(format!("webroot.{}", fault.place), fault.what))
    }

    fn faults(&self) -> Result<(), Misplaced> {
        if self.locales.is_empty() {
            return Err(Misplaced::new("locales", "is empty; a cart needs a locale"));
        }
        unlike(
            "locales",
            "name",
            self.locales.iter().map(|locale| &locale.name),
        )?;
        unlike(
            "categories",
            "name",
            self.categories.iter().map(|category| &category.name),
        )?;
        for (index, category) in self.categories.iter().enumerate() {
            check_category(category)
                .map_err(|fault| fault.under(&format!("categories[{index}]")))?;
        }
        unlike(
            "licences",
            "keycode",
            self.licences.iter().map(|licence| &licence.keycode),
        )?;
        unlike(
            "licences",
            "license_id",
            self.licences.iter().map(|licence| licence.license_id),
        )?;
        for (index, licence) in self.licences.iter().enumerate() {
            licence
                .check(self)
                .map_err(|fault| fault.under(&format!("licences[{index}]")))?;
        }
        Ok(())
    }

    /// That a name at this place is not in the catalogue.
    pub(super) fn no_category(&self, place: &str, name: &str) -> Misplaced {
        let names: Vec<&str> = self
            .categories
            .iter()
            .map(|category| category.name.as_str())
            .collect();
        let what = format!(
            "{name:?} is not in the catalogue; it has {}",
            names.join(", ")
        );
        Misplaced::new(place, what)
    }
}

fn check_category(category: &Category) -> Result<(), Misplaced> {
    if category.name.is_empty() {
        return Err(Misplaced::new(
            "name",
            "is empty; a cart could not ask for it",
        ));
    }
    let price = category.yearly_price.0;
    if price < Decimal::ZERO || price > Decimal::from(HIGHEST_PRICE) {
        let what = format!("{price} is out of range; give a price from 0 to {HIGHEST_PRICE}");
        return Err(Misplaced::new("yearly_price", what));
    }
    for (key, rows) in [
        ("vaults", &category.vaults),
        ("usage_pricing", &category.usage_pricing),
        ("platforms", &category.platforms),
        ("retention", &category.retention),
    ] {
        unlike(key, "id", rows.iter().map(|row: &Choice| row.id))?;
    }
    Ok(())
}

/// Refuses a list in which one key stands twice.
pub(super) fn unlike<T: Ord + std::fmt::Debug>(
    list: &str,
    key: &str,
    values: impl Iterator<Item = T>,
) -> Result<(), Misplaced> {
    let mut seen = BTreeSet::new();
    for (index, value) in values.enumerate() {
        if seen.contains(&value) {
            let what = format!("{value:?} stands twice; give each its own");
            return Err(Misplaced::new(format!("{list}[{index}].{key}"), what));
        }
        seen.insert(value);
    }
    Ok(())
}

/// What is wrong in a seed or a state, and where, seen from the part that was looked at.
#[derive(Debug)]
pub(super) struct Misplaced {
    pub(super) place: String,
    pub(super) what: String,
}

impl Misplaced {
    pub(super) fn new(place: impl Into<String>, what: impl Into<String>) -> Self {
        Self {
            place: place.into(),
            what: what.into(),
        }
    }

    /// The same fault, seen from the whole that holds the part at this place.
    pub(super) fn under(self, place: &str) -> Self {
        Self {
            place: format!("{place}.{}", self.place),
            what: self.what,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_that_does_not_hold_together_is_refused_at_its_place() {
        let builtin = include_str!("seed.yaml");
        for (old, new, refusal) in [
            (
                "name: SDNS",
                "name: SAEP",
                "webroot.categories[1].name: \"SAEP\" stands twice; give each its own",
            ),
            (
                "yearly_price: \"3.49\"",
                "yearly_price: \"-1\"",
                "webroot.categories[2].yearly_price: -1 is out of range; give a price from 0 to 1000000",
            ),
            (
                "{ id: 2, name: Capacity }",
                "{ id: 1, name: Capacity }",
                "webroot.categories[4].usage_pricing[1].id: 1 stands twice; give each its own",
            ),
            (
                "license_id: 100000002",
                "license_id: 100000001",
                "webroot.licences[1].license_id: 100000001 stands twice; give each its own",
            ),
            (
                "- category: WSAV",
                "- category: NONE",
                "webroot.licences[1].profiles[0].category: \"NONE\" is not in the catalogue; \
                 it has SAEP, SDNS, SECA, WSAV, OTSF, CBEP, OTEDR, OTMDR, CALLY",
            ),
            (
                "seats: 25",
                "seats: 0",
                "webroot.licences[0].profiles[0].seats: 0 is no number of seats; give one from 1 to 1000000",
            ),
            (
                "expires: \"2022-12-01\"",
                "expires: \"2022-10-01\"",
                "webroot.licences[1].profiles[0].expires: lies before `starts`; swap the two or move one",
            ),
            (
                "attribute: 120",
                "attribute: 130",
                "webroot.licences[0].profiles[0].attribute: \
                 must have 1 (monthly) or 2 (annual) as its second digit",
            ),
        ] {
            assert!(builtin.contains(old), "{old}");
            let seed: Seed = serde_saphyr::from_str(&builtin.replace(old, new)).unwrap();
            let refused = seed.check().map_err(|error| error.to_string());
            assert_eq!(refused, Err(refusal.to_owned()));
        }
    }

    #[test]
    fn a_price_that_is_no_decimal_and_a_key_nobody_knows_are_not_read() {
        let builtin = include_str!("seed.yaml");
        for (old, new, word) in [
            ("\"3.49\"", "\"3,49\"", "is no price"),
            ("product_line:", "product_lines:", "product_lines"),
            ("\"2022-12-01\"", "\"tomorrow\"", "is no date"),
        ] {
            let error = serde_saphyr::from_str::<Seed>(&builtin.replace(old, new)).unwrap_err();
            assert!(error.to_string().contains(word), "{error}");
        }
    }
}
