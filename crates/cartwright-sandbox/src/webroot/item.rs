//! One line of a cart, and how it is answered.

use chrono::NaiveDateTime;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::catalogue::{FAMILY, Locale};
use super::dates::{self, Style};
use super::fields::Numbered;
use super::request::{KeycodeType, NewItem, ProductType};
use crate::money;

#[derive(Clone, Debug)]
pub(super) struct Item {
    id: u64,
    line: usize,
    asked: NewItem,
    start: NaiveDateTime,
}

impl Item {
    /// `line` counts from 1; the licence runs from `start`.
    pub(super) fn new(asked: NewItem, id: u64, line: usize, start: NaiveDateTime) -> Self {
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

    fn unit_price(&self) -> Decimal {
        self.asked.category.seat_price(self.asked.term) * Decimal::from(self.seats())
    }

    pub(super) fn total(&self) -> Decimal {
        self.unit_price() * Decimal::from(self.quantity())
    }

    pub(super) fn show(&self, locale: &Locale, style: Style) -> Value {
        let asked = &self.asked;
        let category = asked.category;
        let end = asked
            .expiration
            .unwrap_or_else(|| dates::months_on(self.start, asked.term.months));
        let (unit, total) = (self.unit_price(), self.total());
        let today = |amount: Decimal| format!("{} Today", locale.amount(amount));
        let (keycode_type, keycode_type_name) = match asked.keycode_type {
            KeycodeType::Standard => (1, "Standard"),
            KeycodeType::Parent => (3, "Parent"),
        };
        let product = format!(
            "{} {} Year {keycode_type_name}",
            category.product, asked.term.years
        );
        let (type_id, type_name) = match asked.kind {
            ProductType::New => (1, "New"),
            ProductType::Renewal => (2, "Renewal"),
            ProductType::Upgrade => (3, "Upgrade"),
        };
        let (attribute, attribute_name) = asked.attribute.clone().unzip();
        let (usage_pricing, usage_pricing_name) = split(asked.usage_pricing);
        let (vault, vault_name) = split(asked.vault);
        let (platform, platform_name) = split(asked.platform);
        let (retention, retention_name) = split(asked.retention);
        let (level, level_name) = asked.pricing_level;
        let fields: [(&str, Value); 41] = [
            ("CartOrderItemId", json!(self.id)),
            ("LineItem", json!(self.line)),
            ("Quantity", json!(self.quantity())),
            ("Years", json!(asked.term.years)),
            ("ListPrice", money::write(unit)),
            ("ListPriceFmt", json!(locale.amount(unit))),
            ("UnitPrice", money::write(unit)),
            ("UnitPriceFmt", json!(today(unit))),
            ("SubTotalAmount", money::write(total)),
            ("SubTotalAmountFmt", json!(today(total))),
            ("SubTotalListAmount", money::write(total)),
            ("SubTotalListAmountFmt", json!(locale.amount(total))),
            ("ProductId", json!(category.product_id)),
            ("ProductDescription", json!(product)),
            ("ProductTypeId", json!(type_id)),
            ("ProductTypeDescription", json!(type_name)),
            ("LicenseKeycodeTypeId", json!(keycode_type)),
            ("LicenseCategoryName", json!(category.name)),
            ("LicenseCategoryDescription", json!(category.description)),
            ("ProductFamilyDescription", json!(FAMILY)),
            ("StartDate", json!(style.write(self.start))),
            ("ExpirationDate", json!(style.write(end))),
            ("CartItemBundleId", json!(asked.bundle)),
            ("ItemHierarchyId", json!(asked.hierarchy)),
            ("DependentCartOrderItemId", Value::Null),
            ("Keycode", json!(asked.keycode)),
            ("LicenseAttributeValue", json!(attribute)),
            ("LicenseAttributeValueDescription", json!(attribute_name)),
            ("UsagePricingModelId", usage_pricing),
            ("UsagePricingModelName", usage_pricing_name),
            ("VendorOrderItemCode", json!(asked.own_code)),
            ("OrderItemUpdateTypeId", Value::Null),
            ("LicenseSeats", json!(self.seats())),
            ("VaultId", vault),
            ("VaultName", vault_name),
            ("ProductPlatformId", platform),
            ("ProductPlatformName", platform_name),
            ("RetentionModelId", retention),
            ("RetentionModelName", retention_name),
            ("ProductPricingLevelId", json!(level)),
            ("ProductPricingLevelDescription", json!(level_name)),
        ];
        fields.into_iter().collect()
    }
}

/// The id and the name, both null where there is none.
fn split(chosen: Option<Numbered>) -> (Value, Value) {
    let (id, name) = chosen.unzip();
    (json!(id), json!(name))
}
