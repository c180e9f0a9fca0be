//! What the market starts from, and what must be true of it.

use std::collections::BTreeSet;

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use super::catalogue::{
    Bundle, Configuration, CycleOffer, Offer, Package, Product, ProductSlot, Version, sold,
};
use super::fields::is_code;
use super::{configurator, eastern};
use crate::state::SeedError;

const BUILTIN: &str = include_str!("seed.yaml");

/// The words of the documentation.
const STATUSES: [&str; 4] = ["active", "archived", "draft", "retired"];
const DISCOUNT_TYPES: [&str; 7] = [
    "account", "admin", "bundle", "coupon", "offset", "package", "reseller",
];

/// What the stand-in starts from.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Seed {
    /// The account that the user's carts belong to.
    pub(super) account: i64,
    pub(super) products: Vec<Product>,
    #[serde(default)]
    pub(super) packages: Vec<Package>,
    #[serde(default)]
    pub(super) bundles: Vec<Bundle>,
    #[serde(default)]
    pub(super) configurations: Vec<Configuration>,
}

impl Seed {
    /// The seed that is built in.
    pub(crate) fn builtin() -> Result<Self, SeedError> {
        let seed: Self = serde_saphyr::from_str(BUILTIN)
            .map_err(|error| SeedError::at("liquidweb", error.to_string()))?;
        seed.check()?;
        Ok(seed)
    }

    /// Whether the data holds together: no id and no code twice, nothing named that is not there.
    pub(crate) fn check(&self) -> Result<(), SeedError> {
        if !(1..=999_999).contains(&self.account) {
            return Err(fault("account", "write a number of up to six digits"));
        }
        let mut ids = Ids::default();
        for (index, product) in self.products.iter().enumerate() {
            let place = format!("products[{index}]");
            ids.check("product", product.id, &format!("{place}.id"))?;
            ids.check("code", &product.code, &format!("{place}.code"))?;
            check_product(product, &place)?;
        }
        for (index, package) in self.packages.iter().enumerate() {
            let place = format!("packages[{index}]");
            ids.check("code", &package.code, &format!("{place}.code"))?;
            self.check_package(package, &place, &mut ids)?;
        }
        for (index, bundle) in self.bundles.iter().enumerate() {
            let place = format!("bundles[{index}]");
            ids.check("code", &bundle.code, &format!("{place}.code"))?;
            self.check_bundle(bundle, &place, &mut ids)?;
        }
        for (index, configuration) in self.configurations.iter().enumerate() {
            let place = format!("configurations[{index}]");
            let id = configuration.config_id;
            ids.check("configuration", id, &format!("{place}.config_id"))?;
            self.check_configuration(configuration, &place)?;
        }
        Ok(())
    }

    fn check_package(
        &self,
        package: &Package,
        place: &str,
        ids: &mut Ids,
    ) -> Result<(), SeedError> {
        check_prefixed(&package.code, "PKG-", place)?;
        check_word(&package.status, &STATUSES, &format!("{place}.status"))?;
        check_versions(&package.versions, place, ids)?;
        for (index, version) in package.versions.iter().enumerate() {
            for (number, slot) in version.parts.iter().enumerate() {
                let place = format!("{place}.versions[{index}].parts[{number}]");
                let id = slot.package_to_product_id;
                ids.check("slot", id, &format!("{place}.package_to_product_id"))?;
                check_order(slot.display_order, &place)?;
                if self.product(&slot.product).is_none() {
                    return Err(missing(&format!("{place}.product"), &slot.product));
                }
                check_related(slot, &version.parts, &place)?;
            }
        }
        Ok(())
    }

    fn check_bundle(&self, bundle: &Bundle, place: &str, ids: &mut Ids) -> Result<(), SeedError> {
        check_prefixed(&bundle.code, "BNDL-", place)?;
        check_word(&bundle.status, &STATUSES, &format!("{place}.status"))?;
        check_versions(&bundle.versions, place, ids)?;
        for (index, version) in bundle.versions.iter().enumerate() {
            for (number, slot) in version.parts.iter().enumerate() {
                let place = format!("{place}.versions[{index}].parts[{number}]");
                let id = slot.bundle_to_package_id;
                ids.check("slot", id, &format!("{place}.bundle_to_package_id"))?;
                check_order(slot.display_order, &place)?;
                if self.package(&slot.package).is_none() {
                    return Err(missing(&format!("{place}.package"), &slot.package));
                }
            }
        }
        Ok(())
    }

    fn check_configuration(
        &self,
        configuration: &Configuration,
        place: &str,
    ) -> Result<(), SeedError> {
        let Some(product) = self.product(&configuration.product) else {
            return Err(missing(&format!("{place}.product"), &configuration.product));
        };
        for (parameter, ptok_id) in &configuration.options {
            let place = format!("{place}.options.{parameter}");
            if !configurator::OPTIONS.contains(&parameter.as_str()) {
                let known = configurator::OPTIONS.join(", ");
                return Err(fault(&place, &format!("name one of {known}")));
            }
            if !product.options.iter().any(|key| key.ptok_id == *ptok_id) {
                return Err(missing(&place, &ptok_id.to_string()));
            }
        }
        Ok(())
    }
}

/// What has been seen so far, by the kind of id.
#[derive(Default)]
struct Ids(BTreeSet<(&'static str, String)>);

impl Ids {
    fn check(
        &mut self,
        kind: &'static str,
        id: impl ToString,
        place: &str,
    ) -> Result<(), SeedError> {
        let id = id.to_string();
        if matches!(id.parse::<i64>(), Ok(number) if number < 1) {
            let why = format!("{id} is no id; write a whole number from 1 on");
            return Err(fault(place, &why));
        }
        let why = format!("{id} stands twice; give each {kind} its own");
        if self.0.insert((kind, id)) {
            Ok(())
        } else {
            Err(fault(place, &why))
        }
    }
}

fn check_product(product: &Product, place: &str) -> Result<(), SeedError> {
    let code = &product.code;
    if !is_code(code, "") || code.starts_with("PKG-") || code.starts_with("BNDL-") {
        let why =
            "write three characters or more with a letter, and no prefix of a package or bundle";
        return Err(fault(&format!("{place}.code"), why));
    }
    if product.regions.is_empty() || product.regions.iter().any(|region| *region < 1) {
        let why = "name at least one region, by a whole number from 1 on";
        return Err(fault(&format!("{place}.regions"), why));
    }
    let mut ids = Ids::default();
    for (index, key) in product.options.iter().enumerate() {
        let place = format!("{place}.options[{index}]");
        ids.check("ptok_id", key.ptok_id, &format!("{place}.ptok_id"))?;
        for (number, value) in key.values.iter().enumerate() {
            let place = format!("{place}.values[{number}]");
            ids.check("ptov_id", value.ptov_id, &format!("{place}.ptov_id"))?;
            let Some(parent) = value.parent else { continue };
            let mut keys = product.options.iter();
            let is_there = keys.any(|key| {
                let mut values = key.values.iter();
                key.ptok_id == parent.ptok_id && values.any(|value| value.ptov_id == parent.ptov_id)
            });
            if !is_there {
                let choice = format!("{}/{}", parent.ptok_id, parent.ptov_id);
                return Err(missing(&format!("{place}.parent"), &choice));
            }
        }
    }
    Ok(())
}

fn check_versions<Slot>(
    versions: &[Version<Slot>],
    place: &str,
    ids: &mut Ids,
) -> Result<(), SeedError> {
    if sold(versions).is_none() {
        let why = "none is published, so nothing is sold; give one of them `published`";
        return Err(fault(&format!("{place}.versions"), why));
    }
    for (index, version) in versions.iter().enumerate() {
        let place = format!("{place}.versions[{index}]");
        ids.check("version", version.id, &format!("{place}.id"))?;
        check_time(&version.created, &format!("{place}.created"))?;
        if let Some(published) = &version.published {
            check_time(published, &format!("{place}.published"))?;
        }
        for (number, CycleOffer { id, .. }) in version.cycles.iter().enumerate() {
            ids.check("cycle", id, &format!("{place}.cycles[{number}].id"))?;
        }
        for (number, offer) in version.offers.iter().enumerate() {
            let place = format!("{place}.offers[{number}]");
            ids.check("offer", offer.id, &format!("{place}.id"))?;
            check_offer(offer, &place)?;
        }
    }
    Ok(())
}

fn check_offer(offer: &Offer, place: &str) -> Result<(), SeedError> {
    check_word(&offer.kind, &DISCOUNT_TYPES, &format!("{place}.type"))?;
    if offer.month_end < 0 {
        let why = "write the last month, or 0 for no end";
        return Err(fault(&format!("{place}.month_end"), why));
    }
    Ok(())
}

fn check_related(slot: &ProductSlot, slots: &[ProductSlot], place: &str) -> Result<(), SeedError> {
    let is_there = |id| slots.iter().any(|slot| slot.package_to_product_id == id);
    match slot.related {
        Some(id) if !is_there(id) => Err(missing(&format!("{place}.related"), &id.to_string())),
        _ => Ok(()),
    }
}

fn check_prefixed(code: &str, prefix: &str, place: &str) -> Result<(), SeedError> {
    if is_code(code, prefix) {
        return Ok(());
    }
    let why = format!("write {prefix} and three characters or more, with a letter");
    Err(fault(&format!("{place}.code"), &why))
}

fn check_word(word: &str, valid: &[&str], place: &str) -> Result<(), SeedError> {
    if valid.contains(&word) {
        return Ok(());
    }
    let why = format!("{word:?} is not known; write one of {}", valid.join(", "));
    Err(fault(place, &why))
}

fn check_order(display_order: i64, place: &str) -> Result<(), SeedError> {
    if display_order >= 1 {
        return Ok(());
    }
    let why = "write a whole number from 1 on";
    Err(fault(&format!("{place}.display_order"), why))
}

fn check_time(text: &str, place: &str) -> Result<(), SeedError> {
    match NaiveDateTime::parse_from_str(text, eastern::FORM) {
        Ok(_) => Ok(()),
        Err(_) => Err(fault(place, "write a time as YYYY-MM-DD HH:MM:SS")),
    }
}

fn missing(place: &str, name: &str) -> SeedError {
    fault(
        place,
        &format!("there is no {name}; name what the seed has"),
    )
}

fn fault(place: &str, what: &str) -> SeedError {
    SeedError::at(format!("liquidweb.{place}"), what)
}
