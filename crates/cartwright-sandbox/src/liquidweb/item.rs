//! An item of a cart, with everything of the catalogue that it names at hand.

use rust_decimal::Decimal;
use serde_json::{Map, Value};

use super::catalogue::{
    Bundle, Offer, OptionKey, OptionValue, Package, PackageSlot, Parent, Product, ProductSlot,
    Version,
};
use super::cycle::Cycle;

#[derive(Clone, Debug)]
pub(super) struct Item<'a> {
    pub(super) uuid: &'a str,
    pub(super) cycle: Cycle,
    pub(super) units: i64,
    pub(super) content: Content<'a>,
}

#[derive(Clone, Debug)]
pub(super) enum Content<'a> {
    Product(ChosenProduct<'a>),
    Package(ChosenPackage<'a>),
    Bundle(ChosenBundle<'a>),
}

#[derive(Clone, Debug)]
pub(super) struct ChosenProduct<'a> {
    pub(super) uuid: &'a str,
    pub(super) product: &'a Product,
    pub(super) slot: Option<&'a ProductSlot>,
    pub(super) region: i64,
    pub(super) properties: Option<&'a Map<String, Value>>,
    pub(super) choices: Vec<Choice<'a>>,
}

#[derive(Clone, Debug)]
pub(super) struct Choice<'a> {
    pub(super) key: &'a OptionKey,
    pub(super) value: &'a OptionValue,
    pub(super) num_units: Option<i64>,
}

#[derive(Clone, Debug)]
pub(super) struct ChosenPackage<'a> {
    pub(super) uuid: &'a str,
    pub(super) package: &'a Package,
    pub(super) version: &'a Version<ProductSlot>,
    pub(super) slot: Option<&'a PackageSlot>,
    pub(super) products: Vec<ChosenProduct<'a>>,
}

#[derive(Clone, Debug)]
pub(super) struct ChosenBundle<'a> {
    pub(super) uuid: &'a str,
    pub(super) bundle: &'a Bundle,
    pub(super) version: &'a Version<PackageSlot>,
    pub(super) packages: Vec<ChosenPackage<'a>>,
}

impl<'a> Item<'a> {
    pub(super) fn code(&self) -> &'a str {
        match &self.content {
            Content::Product(chosen) => &chosen.product.code,
            Content::Package(chosen) => &chosen.package.code,
            Content::Bundle(chosen) => &chosen.bundle.code,
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
    pub(super) fn offers(&self) -> &'a [Offer] {
        match &self.content {
            Content::Product(_) => &[],
            Content::Package(chosen) => &chosen.version.offers,
            Content::Bundle(chosen) => &chosen.version.offers,
        }
    }

    /// Everything that the item is charged for.
    pub(super) fn products(&self) -> Vec<&ChosenProduct<'a>> {
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

impl Choice<'_> {
    pub(super) fn price_total(&self) -> Decimal {
        self.value.price.amount() * Decimal::from(self.num_units.unwrap_or(1))
    }

    pub(super) fn is_discountable(&self) -> bool {
        self.key.discountable != Some(false) && self.value.discountable != Some(false)
    }
}

impl ChosenProduct<'_> {
    pub(super) fn is_valid(&self) -> bool {
        let is_chosen = |parent: Parent| {
            self.choices.iter().any(|choice| {
                choice.key.ptok_id == parent.ptok_id && choice.value.ptov_id == parent.ptov_id
            })
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

impl ChosenPackage<'_> {
    pub(super) fn is_valid(&self) -> bool {
        let holds = |slot: &ProductSlot| {
            self.products.iter().any(|chosen| {
                chosen
                    .slot
                    .is_some_and(|own| own.package_to_product_id == slot.package_to_product_id)
            })
        };
        let complete = self
            .version
            .parts
            .iter()
            .filter(|slot| !slot.add_on)
            .all(holds);
        complete && self.products.iter().all(ChosenProduct::is_valid)
    }
}

impl ChosenBundle<'_> {
    pub(super) fn is_valid(&self) -> bool {
        let holds = |slot: &PackageSlot| {
            self.packages.iter().any(|chosen| {
                chosen
                    .slot
                    .is_some_and(|own| own.bundle_to_package_id == slot.bundle_to_package_id)
            })
        };
        let complete = self
            .version
            .parts
            .iter()
            .filter(|slot| !slot.add_on)
            .all(holds);
        complete && self.packages.iter().all(ChosenPackage::is_valid)
    }
}
