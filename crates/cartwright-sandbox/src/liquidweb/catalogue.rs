//! What the market sells: products with options, packages of products, bundles of packages.
//!
//! A slot is the place of a product in a package, or of a package in a bundle, with an id of its own.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::cycle::Cycle;
use super::seed::Seed;

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Product {
    pub(super) id: i64,
    pub(super) code: String,
    pub(super) title: String,
    pub(super) description: String,
    #[serde(default = "yes")]
    pub(super) active: bool,
    pub(super) base_price: Price,
    #[serde(default = "yes")]
    pub(super) discountable: bool,
    #[serde(default)]
    pub(super) categories: Vec<String>,
    pub(super) regions: Vec<i64>,
    #[serde(default)]
    pub(super) options: Vec<OptionKey>,
    /// What the documentation calls optional. `None` for a product that has nothing of it.
    #[serde(default)]
    pub(super) extras: Option<Extras>,
}

/// The optional fields that belong to a product wherever it is sold.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Extras {
    pub(super) capabilities: Vec<String>,
    pub(super) extra_data: BTreeMap<String, String>,
    pub(super) global_discountable: bool,
    pub(super) management_level: String,
    pub(super) series_description: String,
    pub(super) series_display_order: i64,
    pub(super) series_entry_cart_category: String,
    pub(super) series_entry_cart_plan: String,
    pub(super) series_entry_cart_series: String,
    pub(super) series_entry_display_order: i64,
    pub(super) series_entry_featured: bool,
    pub(super) subdomain: String,
    pub(super) subtitle: String,
}

/// Something to choose: the vendor's `ptok`, a product's key.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OptionKey {
    pub(super) ptok_id: i64,
    pub(super) name: String,
    pub(super) description: String,
    pub(super) group: String,
    #[serde(default = "first")]
    pub(super) display_order: i64,
    #[serde(default)]
    pub(super) required: bool,
    /// Whether discounts reach it at all. `None` leaves it to the value.
    #[serde(default)]
    pub(super) discountable: Option<bool>,
    pub(super) values: Vec<OptionValue>,
}

/// A choice: the vendor's `ptov`, a value of a key.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OptionValue {
    pub(super) ptov_id: i64,
    pub(super) name: String,
    pub(super) description: String,
    #[serde(default)]
    pub(super) price: Price,
    #[serde(default = "first")]
    pub(super) display_order: i64,
    #[serde(default)]
    pub(super) discountable: Option<bool>,
    #[serde(default)]
    pub(super) comments: Option<String>,
    /// The choice that this one belongs to.
    #[serde(default)]
    pub(super) parent: Option<Parent>,
}

#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Parent {
    pub(super) ptok_id: i64,
    pub(super) ptov_id: i64,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Package {
    pub(super) code: String,
    pub(super) title: String,
    #[serde(default = "active")]
    pub(super) status: String,
    #[serde(default)]
    pub(super) place: Option<String>,
    #[serde(default)]
    pub(super) properties: BTreeMap<String, String>,
    /// Oldest first.
    pub(super) versions: Vec<Version<ProductSlot>>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Bundle {
    pub(super) code: String,
    pub(super) title: String,
    #[serde(default = "active")]
    pub(super) status: String,
    #[serde(default)]
    pub(super) admin_comment: String,
    #[serde(default)]
    pub(super) properties: BTreeMap<String, String>,
    /// Oldest first.
    pub(super) versions: Vec<Version<PackageSlot>>,
}

/// What a package or a bundle was at one time.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Version<Slot> {
    pub(super) id: i64,
    /// The vendor's time, as it is answered.
    pub(super) created: String,
    /// `None` for a version that is not sold yet.
    #[serde(default)]
    pub(super) published: Option<String>,
    #[serde(default)]
    pub(super) allow_coupon: bool,
    #[serde(default)]
    pub(super) description: Option<String>,
    #[serde(default)]
    pub(super) features: Option<Vec<String>>,
    #[serde(default)]
    pub(super) cycles: Vec<CycleOffer>,
    pub(super) parts: Vec<Slot>,
    #[serde(default)]
    pub(super) offers: Vec<Offer>,
}

/// A cycle that a version is offered in.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CycleOffer {
    pub(super) id: i64,
    pub(super) cycle: Cycle,
    #[serde(default)]
    pub(super) repetitions: Option<i64>,
    /// Percent.
    #[serde(default)]
    pub(super) discount_amount: Price,
    /// The same cycle of the version before.
    #[serde(default)]
    pub(super) prior_id: Option<i64>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProductSlot {
    pub(super) package_to_product_id: i64,
    pub(super) product: String,
    #[serde(default)]
    pub(super) add_on: bool,
    #[serde(default = "first")]
    pub(super) display_order: i64,
    #[serde(default)]
    pub(super) title: Option<String>,
    #[serde(default)]
    pub(super) description: Option<String>,
    /// The slot that an add-on comes with.
    #[serde(default)]
    pub(super) related: Option<i64>,
    #[serde(default)]
    pub(super) option_visibility: Option<String>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PackageSlot {
    pub(super) bundle_to_package_id: i64,
    pub(super) package: String,
    #[serde(default)]
    pub(super) add_on: bool,
    #[serde(default = "first")]
    pub(super) display_order: i64,
}

/// A discount that a package or bundle brings into the cart.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Offer {
    pub(super) id: i64,
    /// The word of the discount's `type`.
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) owner: String,
    pub(super) strategy: Strategy,
    /// Percent, or dollars.
    pub(super) amount: Price,
    /// The last month. 0 is without end.
    #[serde(default)]
    pub(super) month_end: i64,
    #[serde(default = "first")]
    pub(super) priority: i64,
    /// Whether it is for the whole cart, not for its item.
    #[serde(default)]
    pub(super) cart_wide: bool,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Strategy {
    Percent,
    /// Dollars off, once.
    Credit,
}

/// A server that can be configured: which product it is, and which of its options the parameters choose.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Configuration {
    pub(super) config_id: i64,
    pub(super) product: String,
    /// The `ptok_id` of the option that a parameter, such as `template`, names a value of.
    pub(super) options: BTreeMap<String, i64>,
}

/// A price by month, or a percentage, with five decimals at most.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
#[serde(try_from = "String", into = "String")]
pub(super) struct Price(Decimal);

impl Price {
    const THOUSAND: Decimal = Decimal::ONE_THOUSAND;

    pub(super) fn amount(self) -> Decimal {
        self.0
    }
}

impl TryFrom<String> for Price {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let mend = "write an amount from 0 to 1000000 with five decimals at most, as in \"9.95\"";
        let most = Self::THOUSAND * Self::THOUSAND;
        Decimal::from_str_exact(&text)
            .ok()
            .filter(|amount| (Decimal::ZERO..=most).contains(amount) && amount.scale() <= 5)
            .map(Self)
            .ok_or_else(|| format!("{text:?} is no price; {mend}"))
    }
}

impl From<Price> for String {
    fn from(price: Price) -> Self {
        price.0.to_string()
    }
}

fn yes() -> bool {
    true
}

fn first() -> i64 {
    1
}

fn active() -> String {
    "active".to_owned()
}

/// Free fields of the catalogue as a JSON object, or `None` if there are none.
pub(super) fn properties(pairs: &BTreeMap<String, String>) -> Option<Value> {
    let object = pairs
        .iter()
        .map(|(key, value)| (key.clone(), Value::from(value.as_str())))
        .collect::<Value>();
    (!pairs.is_empty()).then_some(object)
}

/// The version that is sold: the last one published.
pub(super) fn sold<Slot>(versions: &[Version<Slot>]) -> Option<&Version<Slot>> {
    let mut newest_first = versions.iter().rev();
    newest_first.find(|version| version.published.is_some())
}

impl Seed {
    /// A region of the first product that can be ordered.
    pub(super) fn region(&self) -> Option<i64> {
        let mut orderable = self.products.iter().filter(|product| product.active);
        orderable.find_map(|product| product.regions.first().copied())
    }

    pub(super) fn product(&self, code: &str) -> Option<&Product> {
        self.products.iter().find(|product| product.code == code)
    }

    pub(super) fn package(&self, code: &str) -> Option<&Package> {
        self.packages.iter().find(|package| package.code == code)
    }

    pub(super) fn bundle(&self, code: &str) -> Option<&Bundle> {
        self.bundles.iter().find(|bundle| bundle.code == code)
    }

    pub(super) fn configuration(&self, id: i64) -> Option<&Configuration> {
        let mut configurations = self.configurations.iter();
        configurations.find(|configuration| configuration.config_id == id)
    }

    pub(super) fn product_slots(&self) -> impl Iterator<Item = &ProductSlot> {
        let versions = self.packages.iter().flat_map(|package| &package.versions);
        versions.flat_map(|version| &version.parts)
    }

    pub(super) fn package_slots(&self) -> impl Iterator<Item = &PackageSlot> {
        let versions = self.bundles.iter().flat_map(|bundle| &bundle.versions);
        versions.flat_map(|version| &version.parts)
    }

    pub(super) fn offers(&self) -> impl Iterator<Item = &Offer> {
        let packages = self.packages.iter().flat_map(|package| &package.versions);
        let bundles = self.bundles.iter().flat_map(|bundle| &bundle.versions);
        packages
            .flat_map(|version| &version.offers)
            .chain(bundles.flat_map(|version| &version.offers))
    }
}
