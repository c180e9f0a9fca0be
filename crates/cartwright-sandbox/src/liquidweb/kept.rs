//! An item as the cart keeps it: what it names of the catalogue, by code or id.

use std::fmt::Display;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::catalogue::{OptionKey, PackageSlot, Product, ProductSlot, Version};
use super::cycle::Cycle;
use super::fields::MOST;
use super::item::{Choice, ChosenBundle, ChosenPackage, ChosenProduct, Content, Item};
use super::seed::Seed;

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KeptItem {
    pub(super) uuid: String,
    pub(super) cycle: Cycle,
    pub(super) units: i64,
    pub(super) content: KeptContent,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum KeptContent {
    Product(KeptProduct),
    Package(KeptPackage),
    Bundle(KeptBundle),
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KeptProduct {
    pub(super) uuid: String,
    pub(super) code: String,
    pub(super) package_to_product_id: Option<i64>,
    pub(super) region_id: i64,
    pub(super) properties: Option<Map<String, Value>>,
    pub(super) choices: Vec<KeptChoice>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KeptChoice {
    pub(super) ptok_id: i64,
    pub(super) ptov_id: i64,
    pub(super) num_units: Option<i64>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KeptPackage {
    pub(super) uuid: String,
    pub(super) code: String,
    pub(super) version_id: i64,
    pub(super) bundle_to_package_id: Option<i64>,
    pub(super) products: Vec<KeptProduct>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KeptBundle {
    pub(super) uuid: String,
    pub(super) code: String,
    pub(super) version_id: i64,
    pub(super) packages: Vec<KeptPackage>,
}

/// Something that a cart names and the catalogue lacks, or a number that no request could have left there.
#[derive(Debug)]
pub(super) struct Lost {
    pub(super) place: String,
    pub(super) what: String,
}

impl Lost {
    pub(super) fn at(place: &str, value: impl Display) -> Self {
        Self {
            place: place.to_owned(),
            what: format!("the catalogue has no {value}; name what it has"),
        }
    }

    /// The same, seen from the object that holds it.
    pub(super) fn within(mut self, holder: impl Display) -> Self {
        self.place = format!("{holder}.{}", self.place);
        self
    }
}

impl KeptItem {
    pub(super) fn look_up<'a>(&'a self, seed: &'a Seed) -> Result<Item<'a>, Lost> {
        check_units("units", self.units, 1)?;
        let content = match &self.content {
            KeptContent::Product(kept) => kept.look_up(seed).map(Content::Product),
            KeptContent::Package(kept) => kept.look_up(seed).map(Content::Package),
            KeptContent::Bundle(kept) => kept.look_up(seed).map(Content::Bundle),
        };
        Ok(Item {
            uuid: &self.uuid,
            cycle: self.cycle,
            units: self.units,
            content: content.map_err(|lost| lost.within("content"))?,
        })
    }
}

impl KeptProduct {
    fn look_up<'a>(&'a self, seed: &'a Seed) -> Result<ChosenProduct<'a>, Lost> {
        let product = seed.product(&self.code);
        let product = product.ok_or_else(|| Lost::at("code", &self.code))?;
        let slot = self.package_to_product_id.map(|id| {
            let fits =
                |slot: &&ProductSlot| slot.package_to_product_id == id && slot.product == self.code;
            let slot = seed.product_slots().find(fits);
            slot.ok_or_else(|| Lost::at("package_to_product_id", id))
        });
        Ok(ChosenProduct {
            uuid: &self.uuid,
            product,
            slot: slot.transpose()?,
            region: self.region_id,
            properties: self.properties.as_ref(),
            choices: each("choices", &self.choices, |choice| choice.look_up(product))?,
        })
    }
}

impl KeptChoice {
    fn look_up<'a>(&self, product: &'a Product) -> Result<Choice<'a>, Lost> {
        if let Some(num_units) = self.num_units {
            check_units("num_units", num_units, 0)?;
        }
        let mut keys = product.options.iter();
        let key: &OptionKey = keys
            .find(|key| key.ptok_id == self.ptok_id)
            .ok_or_else(|| Lost::at("ptok_id", self.ptok_id))?;
        let mut values = key.values.iter();
        let value = values
            .find(|value| value.ptov_id == self.ptov_id)
            .ok_or_else(|| Lost::at("ptov_id", self.ptov_id))?;
        Ok(Choice {
            key,
            value,
            num_units: self.num_units,
        })
    }
}

impl KeptPackage {
    fn look_up<'a>(&'a self, seed: &'a Seed) -> Result<ChosenPackage<'a>, Lost> {
        let package = seed.package(&self.code);
        let package = package.ok_or_else(|| Lost::at("code", &self.code))?;
        let slot = self.bundle_to_package_id.map(|id| {
            let fits =
                |slot: &&PackageSlot| slot.bundle_to_package_id == id && slot.package == self.code;
            let slot = seed.package_slots().find(fits);
            slot.ok_or_else(|| Lost::at("bundle_to_package_id", id))
        });
        Ok(ChosenPackage {
            uuid: &self.uuid,
            package,
            version: version(&package.versions, self.version_id)?,
            slot: slot.transpose()?,
            products: each("products", &self.products, |kept| kept.look_up(seed))?,
        })
    }
}

impl KeptBundle {
    fn look_up<'a>(&'a self, seed: &'a Seed) -> Result<ChosenBundle<'a>, Lost> {
        let bundle = seed.bundle(&self.code);
        let bundle = bundle.ok_or_else(|| Lost::at("code", &self.code))?;
        Ok(ChosenBundle {
            uuid: &self.uuid,
            bundle,
            version: version(&bundle.versions, self.version_id)?,
            packages: each("packages", &self.packages, |kept| kept.look_up(seed))?,
        })
    }
}

fn version<Slot>(versions: &[Version<Slot>], id: i64) -> Result<&Version<Slot>, Lost> {
    let mut versions = versions.iter();
    let version = versions.find(|version| version.id == id);
    version.ok_or_else(|| Lost::at("version_id", id))
}

/// Each element looked up, or the place of the first that is lost.
pub(super) fn each<'a, Kept, Found>(
    holder: &str,
    kept: &'a [Kept],
    look_up: impl Fn(&'a Kept) -> Result<Found, Lost>,
) -> Result<Vec<Found>, Lost> {
    let look_up = |(index, one)| {
        look_up(one).map_err(|lost: Lost| lost.within(format_args!("{holder}[{index}]")))
    };
    kept.iter().enumerate().map(look_up).collect()
}

/// Amounts are multiplied by units, so a number beyond what a request may send could not be counted.
fn check_units(place: &str, units: i64, least: i64) -> Result<(), Lost> {
    if (least..=MOST).contains(&units) {
        return Ok(());
    }
    Err(Lost {
        place: place.to_owned(),
        what: format!("{units} is out of bounds; write a number from {least} to {MOST}"),
    })
}
