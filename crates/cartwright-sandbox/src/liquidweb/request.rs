//! Reading the parameters of `Market/Cart/Item/add`, with the catalogue at hand.

use serde_json::{Map, Value, json};

use super::alsowith::{self, AlsoWith};
use super::catalogue::{Package, PackageSlot, Product, ProductSlot, sold};
use super::cycle::Cycle;
use super::exception::{Exception, Faults};
use super::fields::{Fields, ID, MAP, TEXT, UNITS, UNITS_OR_NONE, UUID};
use super::kept::{KeptBundle, KeptChoice, KeptContent, KeptItem, KeptPackage, KeptProduct};
use super::seed::Seed;
use crate::ids::Ids;

/// What was asked for.
#[derive(Debug)]
pub(super) struct Addition {
    /// The cart to add to. `None` makes one.
    pub(super) cart: Option<String>,
    pub(super) alsowith: AlsoWith,
    pub(super) item: KeptItem,
}

pub(super) fn addition(
    params: &Map<String, Value>,
    seed: &Seed,
    ids: &mut Ids,
) -> Result<Addition, Exception> {
    let params = Fields::root(params);
    let mut faults = Faults::default();
    params.expect(["cycle", "item"], &mut faults);
    faults.refuse_together()?;
    let mut reader = Reader { faults, ids, seed };
    let alsowith = AlsoWith::read(&params, &alsowith::PARTS, &mut reader.faults);
    let cart = params.optional("uuid", &UUID, &mut reader.faults);
    let cart_by_other_name = params.optional("cart_uuid", &UUID, &mut reader.faults);
    let item = reader.item(&params);
    reader.faults.refuse()?;
    let item = item.ok_or_else(|| Exception::required("item", None, "item"))?;
    Ok(Addition {
        cart: cart.or(cart_by_other_name),
        alsowith,
        item,
    })
}

pub(super) fn cycle(params: &Fields, faults: &mut Faults) -> Option<Cycle> {
    let value = params.value("cycle")?;
    let cycle = Cycle::ALL.into_iter().find(|cycle| *value == cycle.word());
    if cycle.is_none() {
        let valid = Cycle::ALL.map(|cycle| json!(cycle.word())).to_vec();
        faults.add(Exception::not_in_realm("cycle", valid, value, "cycle"));
    }
    cycle
}

pub(super) fn check_region(product: &Product, region: i64, fields: &Fields, faults: &mut Faults) {
    if !product.regions.contains(&region) {
        let valid = product.regions.iter().map(|region| json!(region)).collect();
        let path = fields.path("region_id");
        faults.add(Exception::not_in_realm(
            "region_id",
            valid,
            &json!(region),
            &path,
        ));
    }
}

/// Reads on after a fault, so that one refusal tells of all of them. What it could not read is `None`.
struct Reader<'a> {
    faults: Faults,
    ids: &'a mut Ids,
    seed: &'a Seed,
}

impl<'a> Reader<'a> {
    fn item(&mut self, params: &Fields) -> Option<KeptItem> {
        let cycle = cycle(params, &mut self.faults);
        let units = params.optional("units", &UNITS, &mut self.faults);
        let item = params.object("item", &mut self.faults)?;
        let content = self.content(&item)?;
        Some(KeptItem {
            uuid: self.ids.uuid(),
            cycle: cycle?,
            units: units.unwrap_or(1),
            content,
        })
    }

    fn content(&mut self, item: &Fields) -> Option<KeptContent> {
        let code = item
            .value("code")
            .and_then(Value::as_str)
            .unwrap_or_default();
        if code.starts_with("BNDL-") {
            self.bundle(item).map(KeptContent::Bundle)
        } else if code.starts_with("PKG-") {
            self.package(item, None).map(KeptContent::Package)
        } else {
            self.product(item, None).map(KeptContent::Product)
        }
    }

    fn bundle(&mut self, fields: &Fields) -> Option<KeptBundle> {
        let code = fields.required("code", &TEXT, &mut self.faults);
        let packages = fields.objects("packages", &mut self.faults);
        let code = code?;
        let bundle = self.found(self.seed.bundle(&code), "market_bundle", &code)?;
        let version = sold(&bundle.versions)?;
        Some(KeptBundle {
            uuid: self.ids.uuid(),
            code,
            version_id: version.id,
            packages: packages
                .iter()
                .filter_map(|package| self.package(package, Some(&version.parts)))
                .collect(),
        })
    }

    /// A package: an item of its own, or in one of the given slots.
    fn package(
        &mut self,
        fields: &Fields,
        slots: Option<&'a [PackageSlot]>,
    ) -> Option<KeptPackage> {
        let code = fields.required("code", &TEXT, &mut self.faults);
        let products = fields.objects("products", &mut self.faults);
        let slot_id = fields.optional("bundle_to_package_id", &ID, &mut self.faults);
        let code = code?;
        let package = self.found(self.seed.package(&code), "market_package", &code)?;
        let version = sold(&package.versions)?;
        Some(KeptPackage {
            uuid: self.ids.uuid(),
            code,
            version_id: version.id,
            bundle_to_package_id: self
                .package_slot(package, slot_id, slots)
                .map(|slot| slot.bundle_to_package_id),
            products: products
                .iter()
                .filter_map(|product| self.product(product, Some(&version.parts)))
                .collect(),
        })
    }

    /// A product: an item of its own, or in one of the given slots.
    fn product(
        &mut self,
        fields: &Fields,
        slots: Option<&'a [ProductSlot]>,
    ) -> Option<KeptProduct> {
        let code = fields.required("code", &TEXT, &mut self.faults);
        let region = fields.required("region_id", &ID, &mut self.faults);
        let options = fields.objects("options", &mut self.faults);
        let slot_id = fields.optional("package_to_product_id", &ID, &mut self.faults);
        let properties = fields.optional("properties", &MAP, &mut self.faults);
        let code = code?;
        let product = self.found(self.seed.product(&code), "product", &code)?;
        let choices = options
            .iter()
            .filter_map(|option| self.choice(option, product))
            .collect();
        let slot = self.product_slot(product, slot_id, slots);
        let region = region?;
        check_region(product, region, fields, &mut self.faults);
        Some(KeptProduct {
            uuid: self.ids.uuid(),
            code,
            package_to_product_id: slot.map(|slot| slot.package_to_product_id),
            region_id: region,
            properties,
            choices,
        })
    }

    fn choice(&mut self, fields: &Fields, product: &'a Product) -> Option<KeptChoice> {
        let ptok_id = fields.required("ptok_id", &ID, &mut self.faults);
        let ptov_id = fields.required("ptov_id", &ID, &mut self.faults);
        let num_units = fields.optional("num_units", &UNITS_OR_NONE, &mut self.faults);
        let (ptok_id, ptov_id) = (ptok_id?, ptov_id?);
        let mut keys = product.options.iter();
        let key = keys.find(|key| key.ptok_id == ptok_id);
        let key = self.found(key, "ptok", &ptok_id.to_string())?;
        let mut values = key.values.iter();
        let value = values.find(|value| value.ptov_id == ptov_id);
        self.found(value, "ptov", &ptov_id.to_string())?;
        Some(KeptChoice {
            ptok_id,
            ptov_id,
            num_units,
        })
    }

    /// Without an id the code tells the slot, but only among slots that are given.
    fn product_slot(
        &mut self,
        product: &Product,
        id: Option<i64>,
        slots: Option<&'a [ProductSlot]>,
    ) -> Option<&'a ProductSlot> {
        let fits = |slot: &&ProductSlot| {
            slot.product == product.code && id.is_none_or(|id| id == slot.package_to_product_id)
        };
        let slot = match slots {
            Some(slots) => slots.iter().find(fits),
            None => {
                id?;
                self.seed.product_slots().find(fits)
            }
        };
        let input = id.map_or_else(|| product.code.clone(), |id| id.to_string());
        self.found(slot, "package_to_product", &input)
    }

    fn package_slot(
        &mut self,
        package: &Package,
        id: Option<i64>,
        slots: Option<&'a [PackageSlot]>,
    ) -> Option<&'a PackageSlot> {
        let fits = |slot: &&PackageSlot| {
            slot.package == package.code && id.is_none_or(|id| id == slot.bundle_to_package_id)
        };
        let slot = match slots {
            Some(slots) => slots.iter().find(fits),
            None => {
                id?;
                self.seed.package_slots().find(fits)
            }
        };
        let input = id.map_or_else(|| package.code.clone(), |id| id.to_string());
        self.found(slot, "bundle_to_package", &input)
    }

    fn found<T>(&mut self, record: Option<T>, kind: &str, input: &str) -> Option<T> {
        if record.is_none() {
            self.faults.add(Exception::not_found(kind, input));
        }
        record
    }
}
