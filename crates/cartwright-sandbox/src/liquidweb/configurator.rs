//! Reading the parameters of `Market/Cart/Helpers/Configurator/add`: a server by its configuration, with the
//! values of its options by their names.

use serde_json::{Map, Value, json};

use super::catalogue::{Configuration, OptionKey, Product, sold};
use super::cycle::Cycle;
use super::exception::{Exception, Faults};
use super::fields::{
    BOOLEAN, DOMAIN, Fields, ID, PACKAGE_CODE, PRODUCT_CODE, TEXT, UNITS, UNITS_OR_NONE, UUID,
};
use super::kept::{KeptChoice, KeptContent, KeptItem, KeptPackage, KeptProduct};
use super::paging::one_of;
use super::request;
use super::seed::Seed;
use crate::ids::Ids;

/// The parameters that are the value of a product's option. The system comes first, since the others build on it.
pub(super) const OPTIONS: [&str; 5] = [
    "template",
    "cpanel_license",
    "plesk_edition",
    "mssql",
    "win_av",
];

/// The parameters that the server keeps as its properties.
const PROPERTIES: [&str; 8] = [
    "backups",
    "block_storage",
    "config_id",
    "ddos",
    "domain",
    "extra_ip",
    "use_ipv6",
    "zone_id",
];

/// What was asked for.
#[derive(Debug)]
pub(super) struct Order {
    /// The cart to add to. `None` makes one.
    pub(super) cart: Option<String>,
    pub(super) item: KeptItem,
}

pub(super) fn order(
    params: &Map<String, Value>,
    seed: &Seed,
    ids: &mut Ids,
) -> Result<Order, Exception> {
    let fields = Fields::root(params);
    let mut faults = Faults::default();
    fields.expect(["config_id"], &mut faults);
    if fields.value("product_code").is_none() {
        fields.expect(["package_code"], &mut faults);
    }
    fields.expect(["region_id", "template"], &mut faults);
    faults.refuse_together()?;

    let cart = fields.optional("cart_uuid", &UUID, &mut faults);
    fields.optional("cart_item_uuid", &UUID, &mut faults);
    let cycle = request::cycle(&fields, &mut faults).unwrap_or(Cycle::Monthly);
    let units = fields
        .optional("quantity", &UNITS, &mut faults)
        .unwrap_or(1);
    check_properties(&fields, &mut faults);
    let config_id = fields.optional("config_id", &ID, &mut faults);
    let region = fields.optional("region_id", &ID, &mut faults);
    let codes = Codes::read(&fields, &mut faults);
    faults.refuse()?;

    let config_id = config_id.ok_or_else(|| Exception::required("config_id", None, "config_id"))?;
    let region = region.ok_or_else(|| Exception::required("region_id", None, "region_id"))?;
    let lost = || Exception::not_found("config", &config_id.to_string());
    let configuration = seed.configuration(config_id).ok_or_else(lost)?;
    let product = seed.product(&configuration.product).ok_or_else(lost)?;
    let sale = codes.sale(product, seed)?;
    request::check_region(product, region, &fields, &mut faults);
    let mut choices = named_options(&fields, configuration, product, &mut faults);
    choices.extend(addons(&fields, product, &mut faults));
    faults.refuse()?;

    let item = ids.uuid();
    let package = sale.map(|sale| (ids.uuid(), sale));
    let server = KeptProduct {
        uuid: ids.uuid(),
        code: product.code.clone(),
        package_to_product_id: package.as_ref().map(|(_, sale)| sale.slot),
        region_id: region,
        properties: properties(params),
        choices,
    };
    let content = match package {
        None => KeptContent::Product(server),
        Some((uuid, sale)) => KeptContent::Package(KeptPackage {
            uuid,
            code: sale.package,
            version_id: sale.version,
            bundle_to_package_id: None,
            products: vec![server],
        }),
    };
    let item = KeptItem {
        uuid: item,
        cycle,
        units,
        content,
    };
    Ok(Order { cart, item })
}

/// How the server is to be sold: in a package, or by itself.
struct Codes {
    package: Option<String>,
    version: Option<i64>,
    product: Option<String>,
}

/// The place of the server in the package that it is sold in.
struct Sale {
    package: String,
    version: i64,
    slot: i64,
}

impl Codes {
    fn read(fields: &Fields, faults: &mut Faults) -> Self {
        Self {
            package: fields.optional("package_code", &PACKAGE_CODE, faults),
            version: fields.optional("package_version_id", &ID, faults),
            product: fields.optional("product_code", &PRODUCT_CODE, faults),
        }
    }

    /// `None` for a server by itself. A package wins over a product.
    fn sale(self, product: &Product, seed: &Seed) -> Result<Option<Sale>, Exception> {
        let Some(code) = self.package else {
            let other = self.product.filter(|code| *code != product.code);
            return match other {
                None => Ok(None),
                Some(code) => Err(Exception::not_found("product", &code)),
            };
        };
        let package = seed.package(&code);
        let package = package.ok_or_else(|| Exception::not_found("market_package", &code))?;
        let version = match self.version {
            None => sold(&package.versions),
            Some(id) => package.versions.iter().find(|version| version.id == id),
        };
        let input = self
            .version
            .map_or_else(|| code.clone(), |id| id.to_string());
        let version =
            version.ok_or_else(|| Exception::not_found("market_package_version", &input))?;
        let mut slots = version.parts.iter();
        let slot = slots
            .find(|slot| slot.product == product.code)
            .ok_or_else(|| Exception::not_found("package_to_product", &product.code))?;
        Ok(Some(Sale {
            package: code,
            version: version.id,
            slot: slot.package_to_product_id,
        }))
    }
}

fn named_options(
    fields: &Fields,
    configuration: &Configuration,
    product: &Product,
    faults: &mut Faults,
) -> Vec<KeptChoice> {
    let mut choices = Vec::new();
    for parameter in OPTIONS {
        let Some(name) = fields.optional(parameter, &TEXT, faults) else {
            continue;
        };
        let ptok_id = configuration.options.get(parameter);
        let mut keys = product.options.iter();
        let key = ptok_id.and_then(|ptok_id| keys.find(|key| key.ptok_id == *ptok_id));
        choices.extend(choice(fields, parameter, key, &name, None, faults));
    }
    choices
}

fn addons(fields: &Fields, product: &Product, faults: &mut Faults) -> Vec<KeptChoice> {
    let mut choices = Vec::new();
    if fields.value("addons").is_none() {
        return choices;
    }
    for addon in fields.objects("addons", faults) {
        let num_units = addon.optional("num_units", &UNITS, faults);
        let option = addon.required("option", &TEXT, faults);
        let kind = addon.required("type", &TEXT, faults);
        let (Some(option), Some(kind)) = (option, kind) else {
            continue;
        };
        let mut keys = product.options.iter();
        let Some(key) = keys.find(|key| key.name == kind) else {
            let valid = product.options.iter().map(|key| json!(key.name)).collect();
            let path = addon.path("type");
            faults.add(Exception::not_in_realm("type", valid, &json!(kind), &path));
            continue;
        };
        choices.extend(choice(
            &addon,
            "option",
            Some(key),
            &option,
            num_units,
            faults,
        ));
    }
    choices
}

/// The value of that name. Without a key there is none to choose from.
fn choice(
    fields: &Fields,
    field: &str,
    key: Option<&OptionKey>,
    name: &str,
    num_units: Option<i64>,
    faults: &mut Faults,
) -> Option<KeptChoice> {
    let values = || key.into_iter().flat_map(|key| &key.values);
    let value = values().find(|value| value.name == name);
    let (Some(key), Some(value)) = (key, value) else {
        let valid = values().map(|value| json!(value.name)).collect();
        let path = fields.path(field);
        faults.add(Exception::not_in_realm(field, valid, &json!(name), &path));
        return None;
    };
    Some(KeptChoice {
        ptok_id: key.ptok_id,
        ptov_id: value.ptov_id,
        num_units,
    })
}

fn check_properties(fields: &Fields, faults: &mut Faults) {
    if let Some(backups) = fields.object("backups", faults) {
        backups.expect(["name"], faults);
        one_of(&backups, "name", &["none", "per_gb"], faults);
        backups.optional("days", &ID, faults);
    }
    if let Some(storage) = fields.object("block_storage", faults) {
        storage.expect(["name"], faults);
        if one_of(&storage, "name", &["none", "per_gb"], faults) == Some("per_gb") {
            storage.expect(["gb"], faults);
        }
        storage.optional("gb", &ID, faults);
    }
    one_of(fields, "ddos", &["Advanced", "Standard"], faults);
    fields.optional("domain", &DOMAIN, faults);
    fields.optional("extra_ip", &UNITS_OR_NONE, faults);
    fields.optional("use_ipv6", &BOOLEAN, faults);
    fields.optional("zone_id", &ID, faults);
}

fn properties(params: &Map<String, Value>) -> Option<Map<String, Value>> {
    let given = PROPERTIES
        .into_iter()
        .filter_map(|key| params.get(key).map(|value| (key.to_owned(), value.clone())))
        .filter(|(_, value)| !value.is_null());
    Some(given.collect())
}
