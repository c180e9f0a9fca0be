//! What the market sells: products with options, packages of products, bundles of packages.
//!
//! A slot is the place of a product in a package, or of a package in a bundle, with an id of its own.

use rust_decimal::Decimal;
use serde_json::Value;

use super::seed::{BUNDLES, PACKAGES, PRODUCTS};

#[derive(Debug)]
pub(super) struct Product {
    pub(super) id: i64,
    pub(super) code: &'static str,
    pub(super) title: &'static str,
    pub(super) description: &'static str,
    pub(super) active: bool,
    pub(super) base_price: Price,
    pub(super) discountable: bool,
    pub(super) categories: &'static [&'static str],
    pub(super) regions: &'static [i64],
    pub(super) options: &'static [OptionKey],
    /// What the documentation calls optional. `None` for a product that has nothing of it.
    pub(super) extras: Option<Extras>,
}

/// The optional fields that belong to a product wherever it is sold.
#[derive(Debug)]
pub(super) struct Extras {
    pub(super) capabilities: &'static [&'static str],
    pub(super) extra_data: &'static [(&'static str, &'static str)],
    pub(super) global_discountable: bool,
    pub(super) management_level: &'static str,
    pub(super) series_description: &'static str,
    pub(super) series_display_order: i64,
    pub(super) series_entry_cart_category: &'static str,
    pub(super) series_entry_cart_plan: &'static str,
    pub(super) series_entry_cart_series: &'static str,
    pub(super) series_entry_display_order: i64,
    pub(super) series_entry_featured: bool,
    pub(super) subdomain: &'static str,
    pub(super) subtitle: &'static str,
}

/// Something to choose: the vendor's `ptok`, a product's key.
#[derive(Debug)]
pub(super) struct OptionKey {
    pub(super) ptok_id: i64,
    pub(super) name: &'static str,
    pub(super) description: &'static str,
    pub(super) group: &'static str,
    pub(super) display_order: i64,
    pub(super) required: bool,
    /// Whether discounts reach it at all. `None` leaves it to the value.
    pub(super) discountable: Option<bool>,
    pub(super) values: &'static [OptionValue],
}

/// A choice: the vendor's `ptov`, a value of a key.
#[derive(Debug)]
pub(super) struct OptionValue {
    pub(super) ptov_id: i64,
    pub(super) name: &'static str,
    pub(super) description: &'static str,
    pub(super) price: Price,
    pub(super) display_order: i64,
    pub(super) discountable: Option<bool>,
    pub(super) comments: Option<&'static str>,
    /// The choice (`ptok`, `ptov`) that this one belongs to.
    pub(super) parent: Option<(i64, i64)>,
}

/// A price by month, in hundred-thousandths of a dollar.
#[derive(Clone, Copy, Debug)]
pub(super) struct Price(pub(super) i64);

impl Price {
    pub(super) fn amount(self) -> Decimal {
        Decimal::new(self.0, 5)
    }
}

#[derive(Debug)]
pub(super) struct Package {
    pub(super) code: &'static str,
    pub(super) version_id: i64,
    pub(super) title: &'static str,
    pub(super) properties: &'static [(&'static str, &'static str)],
    pub(super) products: &'static [ProductSlot],
    pub(super) offers: &'static [Offer],
}

#[derive(Debug)]
pub(super) struct ProductSlot {
    pub(super) package_to_product_id: i64,
    pub(super) product: &'static str,
    pub(super) add_on: bool,
    pub(super) display_order: i64,
    pub(super) title: Option<&'static str>,
    pub(super) description: Option<&'static str>,
    /// The slot that an add-on comes with.
    pub(super) related: Option<i64>,
    pub(super) option_visibility: Option<&'static str>,
}

#[derive(Debug)]
pub(super) struct Bundle {
    pub(super) code: &'static str,
    pub(super) version_id: i64,
    pub(super) title: &'static str,
    pub(super) properties: &'static [(&'static str, &'static str)],
    pub(super) packages: &'static [PackageSlot],
    pub(super) offers: &'static [Offer],
}

#[derive(Debug)]
pub(super) struct PackageSlot {
    pub(super) bundle_to_package_id: i64,
    pub(super) package: &'static str,
    pub(super) add_on: bool,
    pub(super) display_order: i64,
}

/// A discount that a package or bundle brings into the cart.
#[derive(Debug)]
pub(super) struct Offer {
    /// The word of the discount's `type`.
    pub(super) kind: &'static str,
    pub(super) owner: &'static str,
    pub(super) strategy: Strategy,
    /// The last month. 0 is without end.
    pub(super) month_end: i64,
    pub(super) priority: i64,
    /// Whether it is for the whole cart, not for its item.
    pub(super) cart_wide: bool,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Strategy {
    Percent(i64),
    /// Cents off, once.
    Credit(i64),
}

/// Free fields of the catalogue as a JSON object, or `None` if there are none.
pub(super) fn properties(pairs: &[(&'static str, &'static str)]) -> Option<Value> {
    let object = pairs.iter().copied().collect::<Value>();
    (!pairs.is_empty()).then_some(object)
}

pub(super) fn product(code: &str) -> Option<&'static Product> {
    PRODUCTS.iter().find(|product| product.code == code)
}

pub(super) fn package(code: &str) -> Option<&'static Package> {
    PACKAGES.iter().find(|package| package.code == code)
}

pub(super) fn bundle(code: &str) -> Option<&'static Bundle> {
    BUNDLES.iter().find(|bundle| bundle.code == code)
}

pub(super) fn product_slots() -> impl Iterator<Item = &'static ProductSlot> {
    PACKAGES.iter().flat_map(|package| package.products)
}

pub(super) fn package_slots() -> impl Iterator<Item = &'static PackageSlot> {
    BUNDLES.iter().flat_map(|bundle| bundle.packages)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_slot_holds_something_of_the_catalogue() {
        for slot in product_slots() {
            assert!(product(slot.product).is_some(), "{slot:?}");
        }
        for slot in package_slots() {
            assert!(package(slot.package).is_some(), "{slot:?}");
        }
    }

    #[test]
    fn no_two_slots_share_an_id() {
        let ids: Vec<i64> = product_slots()
            .map(|slot| slot.package_to_product_id)
            .chain(package_slots().map(|slot| slot.bundle_to_package_id))
            .collect();
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    }

    #[test]
    fn every_parent_is_a_choice_of_the_same_product() {
        for product in &PRODUCTS {
            let choices: BTreeSet<(i64, i64)> = product
                .options
                .iter()
                .flat_map(|key| key.values.iter().map(|value| (key.ptok_id, value.ptov_id)))
                .collect();
            for value in product.options.iter().flat_map(|key| key.values) {
                assert!(
                    value.parent.is_none_or(|parent| choices.contains(&parent)),
                    "{value:?}"
                );
            }
        }
    }

    #[test]
    fn a_code_tells_a_bundle_and_a_package_by_its_prefix() {
        for (codes, prefix) in [
            (
                BUNDLES.iter().map(|bundle| bundle.code).collect::<Vec<_>>(),
                "BNDL-",
            ),
            (
                PACKAGES.iter().map(|package| package.code).collect(),
                "PKG-",
            ),
        ] {
            for code in codes {
                assert!(code.starts_with(prefix), "{code}");
            }
        }
    }
}
