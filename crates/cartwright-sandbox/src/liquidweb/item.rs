//! What was put into a cart: choices out of the catalogue, with ids of their own.

use rust_decimal::Decimal;
use serde_json::{Map, Value};

use super::catalogue::{
    Bundle, Offer, OptionKey, OptionValue, Package, PackageSlot, Product, ProductSlot,
};
use super::cycle::Cycle;

#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) uuid: String,
    pub(super) cycle: Cycle,
    pub(super) units: i64,
    pub(super) content: Content,
}

#[derive(Clone, Debug)]
pub(super) enum Content {
    Product(ChosenProduct),
    Package(ChosenPackage),
    Bundle(ChosenBundle),
}

#[derive(Clone, Debug)]
pub(super) struct ChosenProduct {
    pub(super) uuid: String,
    pub(super) product: &'static Product,
    pub(super) slot: Option<&'static ProductSlot>,
    pub(super) region: i64,
    pub(super) properties: Option<Map<String, Value>>,
    pub(super) choices: Vec<Choice>,
}

#[derive(Clone, Debug)]
pub(super) struct Choice {
    pub(super) key: &'static OptionKey,
    pub(super) value: &'static OptionValue,
    pub(super) num_units: Option<i64>,
}

#[derive(Clone, Debug)]
pub(super) struct ChosenPackage {
    pub(super) uuid: String,
    pub(super) package: &'static Package,
    pub(super) slot: Option<&'static PackageSlot>,
    pub(super) products: Vec<ChosenProduct>,
}

#[derive(Clone, Debug)]
pub(super) struct ChosenBundle {
    pub(super) uuid: String,
    pub(super) bundle: &'static Bundle,
    pub(super) packages: Vec<ChosenPackage>,
}

impl Item {
    pub(super) fn code(&self) -> &'static str {
        match &self.content {
            Content::Product(chosen) => chosen.product.code,
            Content::Package(chosen) => chosen.package.code,
            Content::Bundle(chosen) => chosen.bundle.code,
        }
    }

    pub(super) fn kind(&self) -> &'static str {
        match &self.content {
            Content::Product(_) => "product",
            Content::Package(_) => "package",
            Content::Bundle(_) => "bundle",
        }
    }

    pub(super) fn is_valid(&self) -> bool {
        match &self.content {
            Content::Product(chosen) => chosen.is_valid(),
            Content::Package(chosen) => chosen.is_valid(),
            Content::Bundle(chosen) => chosen.is_valid(),
        }
    }

    /// The discounts that the item brings into the cart.
    pub(super) fn offers(&self) -> &'static [Offer] {
        match &self.content {
            Content::Product(_) => &[],
            Content::Package(chosen) => chosen.package.offers,
            Content::Bundle(chosen) => chosen.bundle.offers,
        }
    }

    /// Everything that the item is charged for.
    pub(super) fn products(&self) -> Vec<&ChosenProduct> {
        match &self.content {
            Content::Product(chosen) => vec![chosen],
            Content::Package(chosen) => chosen.products.iter().collect(),
            Content::Bundle(chosen) => chosen
                .packages
                .iter()
                .flat_map(|package| &package.products)
                .collect(),
        }
    }
}

impl Choice {
    pub(super) fn price_total(&self) -> Decimal {
        self.value.price.amount() * Decimal::from(self.num_units.unwrap_or(1))
    }

    pub(super) fn is_discountable(&self) -> bool {
        self.key.discountable != Some(false) && self.value.discountable != Some(false)
    }
}

impl ChosenProduct {
    pub(super) fn is_valid(&self) -> bool {
        let is_chosen = |(ptok, ptov)| {
            self.choices
                .iter()
                .any(|choice| choice.key.ptok_id == ptok && choice.value.ptov_id == ptov)
        };
        let complete = self
            .product
            .options
            .iter()
            .filter(|key| key.required)
            .all(|key| {
                self.choices
                    .iter()
                    .any(|choice| choice.key.ptok_id == key.ptok_id)
            });
        let parents = self.choices.iter().filter_map(|choice| choice.value.parent);
        self.product.active && complete && parents.into_iter().all(is_chosen)
    }
}

impl ChosenPackage {
    pub(super) fn is_valid(&self) -> bool {
        let holds = |slot: &ProductSlot| {
            self.products.iter().any(|chosen| {
                chosen
                    .slot
                    .is_some_and(|own| own.package_to_product_id == slot.package_to_product_id)
            })
        };
        let complete = self
            .package
            .products
            .iter()
            .filter(|slot| !slot.add_on)
            .all(holds);
        complete && self.products.iter().all(ChosenProduct::is_valid)
    }
}

impl ChosenBundle {
    pub(super) fn is_valid(&self) -> bool {
        let holds = |slot: &PackageSlot| {
            self.packages.iter().any(|chosen| {
                chosen
                    .slot
                    .is_some_and(|own| own.bundle_to_package_id == slot.bundle_to_package_id)
            })
        };
        let complete = self
            .bundle
            .packages
            .iter()
            .filter(|slot| !slot.add_on)
            .all(holds);
        complete && self.packages.iter().all(ChosenPackage::is_valid)
    }
}
