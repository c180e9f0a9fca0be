//! One line of a cart, and how it is answered.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::attribute;
use super::catalogue::{Category, Choice, Locale, name_of};
use super::dates::{Moment, Style};
use super::licence::Profile;
use super::request::{self, KeycodeType, MOST_SEATS, NewItem};
use super::seed::{Misplaced, Seed};
use crate::money;

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Item {
    pub(super) id: u64,
    line: usize,
    pub(super) asked: NewItem,
    start: Moment,
}

impl Item {
    /// `line` counts from 1; the licence runs from `start`.
    pub(super) fn new(asked: NewItem, id: u64, line: usize, start: Moment) -> Self {
        Self {
            id,
            line,
            asked,
            start,
        }
    }

    /// How many units are charged. A parent licence is charged by the seat.
    fn quantity(&self) -> i64 {
        match self.asked.keycode_type {
            KeycodeType::Parent => self.asked.seats,
            KeycodeType::Standard => 1,
        }
    }

    /// The seats of one unit.
    fn seats(&self) -> i64 {
        match self.asked.keycode_type {
            KeycodeType::Parent => 1,
            KeycodeType::Standard => self.asked.seats,
        }
    }

    fn unit_price(&self, category: &Category) -> Decimal {
        category.seat_price(self.asked.years) * Decimal::from(self.seats())
    }

    /// The line's total. `None` if the catalogue lacks its category.
    pub(super) fn total(&self, seed: &Seed) -> Option<Decimal> {
        let category = seed.category(&self.asked.category)?;
        Some(self.unit_price(category) * Decimal::from(self.quantity()))
    }

    fn end(&self) -> Moment {
        let term = self.start.months_on(self.asked.years.months);
        self.asked.expiration.unwrap_or(term)
    }

    fn product(&self, category: &Category) -> String {
        let kind = match self.asked.keycode_type {
            KeycodeType::Standard => "Standard",
            KeycodeType::Parent => "Parent",
        };
        format!(
            "{} {} Year {kind}",
            category.product, self.asked.years.years
        )
    }

    /// What a licence holds once the item is ordered.
    pub(super) fn profile(&self) -> Profile {
        Profile {
            category: self.asked.category.clone(),
            seats: self.asked.seats,
            keycode_type: self.asked.keycode_type,
            starts: self.start,
            expires: self.end(),
            attribute: self.asked.attribute,
            trial: false,
            secondary: self.asked.hierarchy == 2,
        }
    }

    /// The item as an order answers it, with its licence's keycode. `None` if the catalogue lacks its category.
    pub(super) fn show_ordered(&self, seed: &Seed, keycode: &str) -> Option<Value> {
        let asked = &self.asked;
        let category = seed.category(&asked.category)?;
        let (_, type_name) = asked.kind.shown();
        Some(json!({
            "LicenseCategoryName": category.name,
            "LicenseKeycodeTypeId": asked.keycode_type.id().to_string(),
            "Seats": self.seats(),
            "Quantity": self.quantity(),
            "UnitPrice": money::write(self.unit_price(category)),
            "ItemHierarchyId": asked.hierarchy,
            "ItemBundleId": asked.bundle,
            "KeyCode": keycode,
            "ProductDescription": self.product(category),
            "ProductTypeDescription": type_name,
            "LicenseAttributeValue": asked.attribute,
            "LicenseAttributeValueDescription": asked.attribute.and_then(attribute::words),
            "LicenseAttributeDescription": null,
            "UsagePricingModelId": asked.usage_pricing,
        }))
    }

    /// The item as a cart answers it. `None` if the catalogue lacks its category.
    pub(super) fn show(&self, seed: &Seed, locale: &Locale, style: Style) -> Option<Value> {
        let asked = &self.asked;
        let category = seed.category(&asked.category)?;
        let unit = self.unit_price(category);
        let total = self.total(seed)?;
        let today = |amount: Decimal| format!("{} Today", locale.amount(amount));
        let (type_id, type_name) = asked.kind.shown();
        let attribute_name = asked.attribute.and_then(attribute::words);
        let level_name = request::level_name(asked.pricing_level);
        let usage_pricing = name_of(&category.usage_pricing, asked.usage_pricing);
        let platform = name_of(&category.platforms, asked.platform);
        let fields: [(&str, Value); 41] = [
            ("CartOrderItemId", json!(self.id)),
            ("LineItem", json!(self.line)),
            ("Quantity", json!(self.quantity())),
            ("Years", json!(asked.years.years)),
            ("ListPrice", money::write(unit)),
            ("ListPriceFmt", json!(locale.amount(unit))),
            ("UnitPrice", money::write(unit)),
            ("UnitPriceFmt", json!(today(unit))),
            ("SubTotalAmount", money::write(total)),
            ("SubTotalAmountFmt", json!(today(total))),
            ("SubTotalListAmount", money::write(total)),
            ("SubTotalListAmountFmt", json!(locale.amount(total))),
            ("ProductId", json!(category.product_id)),
            ("ProductDescription", json!(self.product(category))),
            ("ProductTypeId", json!(type_id)),
            ("ProductTypeDescription", json!(type_name)),
            ("LicenseKeycodeTypeId", json!(asked.keycode_type.id())),
            ("LicenseCategoryName", json!(category.name)),
            ("LicenseCategoryDescription", json!(category.description)),
            ("ProductFamilyDescription", json!(seed.product_family)),
            ("StartDate", json!(style.write(self.start))),
            ("ExpirationDate", json!(style.write(self.end()))),
            ("CartItemBundleId", json!(asked.bundle)),
            ("ItemHierarchyId", json!(asked.hierarchy)),
            ("DependentCartOrderItemId", Value::Null),
            ("Keycode", json!(asked.keycode)),
            ("LicenseAttributeValue", json!(asked.attribute)),
            ("LicenseAttributeValueDescription", json!(attribute_name)),
            ("UsagePricingModelId", json!(asked.usage_pricing)),
            ("UsagePricingModelName", json!(usage_pricing)),
            ("VendorOrderItemCode", json!(asked.own_code)),
            ("OrderItemUpdateTypeId", Value::Null),
            ("LicenseSeats", json!(self.seats())),
            ("VaultId", json!(asked.vault)),
            ("VaultName", json!(name_of(&category.vaults, asked.vault))),
            ("ProductPlatformId", json!(asked.platform)),
            ("ProductPlatformName", json!(platform)),
            ("RetentionModelId", json!(asked.retention)),
            (
                "RetentionModelName",
                json!(name_of(&category.retention, asked.retention)),
            ),
            ("ProductPricingLevelId", json!(asked.pricing_level)),
            ("ProductPricingLevelDescription", json!(level_name)),
        ];
        Some(fields.into_iter().collect())
    }

    /// Finds what no request could have asked for.
    pub(super) fn check(&self, seed: &Seed) -> Result<(), Misplaced> {
        let asked = &self.asked;
        let Some(category) = seed.category(&asked.category) else {
            return Err(seed.no_category("asked.category", &asked.category));
        };
        for (key, rows, id) in [
            (
                "usage_pricing",
                &category.usage_pricing,
                asked.usage_pricing,
            ),
            ("vault", &category.vaults, asked.vault),
            ("platform", &category.platforms, asked.platform),
            ("retention", &category.retention, asked.retention),
        ] {
            if let Some(unknown) = id.filter(|id| !rows.iter().any(|row: &Choice| row.id == *id)) {
                let what = format!(
                    "{unknown} is nothing that {} offers in the catalogue",
                    category.name
                );
                return Err(Misplaced::new(format!("asked.{key}"), what));
            }
        }
        if !(1..=MOST_SEATS).contains(&asked.seats) {
            let what = format!(
                "{} is no number of seats; give one from 1 to {MOST_SEATS}",
                asked.seats
            );
            return Err(Misplaced::new("asked.seats", what));
        }
        if request::level_name(asked.pricing_level).is_none() {
            let what = format!(
                "{} is no pricing level; it is 1, 2 or 3",
                asked.pricing_level
            );
            return Err(Misplaced::new("asked.pricing_level", what));
        }
        if !(1..=2).contains(&asked.hierarchy) {
            let what = format!("{} is no hierarchy; it is 1 or 2", asked.hierarchy);
            return Err(Misplaced::new("asked.hierarchy", what));
        }
        if asked
            .expiration
            .is_some_and(|expiration| expiration < self.start)
        {
            let what = "lies before `start`; move one of the two";
            return Err(Misplaced::new("asked.expiration", what));
        }
        attribute::check(asked.attribute).map_err(|fault| fault.under("asked"))
    }
}
