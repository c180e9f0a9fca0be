//! The store's products, as a seed describes them.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::exact;

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Product {
    pub(super) id: i64,
    pub(super) name: String,
    /// The product's part of its URLs.
    pub(super) slug: String,
    #[serde(default)]
    pub(super) kind: Kind,
    #[serde(default = "yes")]
    pub(super) purchasable: bool,
    #[serde(default = "yes")]
    pub(super) taxable: bool,
    /// The least and the most of one order.
    #[serde(default)]
    pub(super) minimum: Option<i64>,
    #[serde(default)]
    pub(super) maximum: Option<i64>,
    /// What tells the variants apart. Empty for a simple product, which has one variant.
    #[serde(default)]
    pub(super) options: Vec<VariantOption>,
    pub(super) variants: Vec<Variant>,
    #[serde(default)]
    pub(super) modifiers: Vec<Modifier>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    #[default]
    Physical,
    Digital,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct VariantOption {
    pub(super) id: i64,
    pub(super) name: String,
    pub(super) choices: Vec<Choice>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Variant {
    pub(super) id: i64,
    pub(super) sku: String,
    /// The same number in every currency.
    #[serde(with = "exact")]
    pub(super) price: Decimal,
    /// One choice for each option of the product, in its order.
    #[serde(default)]
    pub(super) values: Vec<i64>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Modifier {
    pub(super) id: i64,
    pub(super) name: String,
    #[serde(default)]
    pub(super) required: bool,
    pub(super) kind: ModifierKind,
    /// Empty for a date.
    #[serde(default)]
    pub(super) choices: Vec<Choice>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum ModifierKind {
    Checkbox,
    Date,
    Picklist,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Choice {
    pub(super) id: i64,
    pub(super) label: String,
}

fn yes() -> bool {
    true
}
