//! The body that creates a cart, read and checked.

use std::collections::{BTreeMap, BTreeSet};

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use super::attribute;
use super::catalogue::{Category, Choice, TERMS, Term};
use super::dates::Moment;
use super::errors::Problem;
use super::fields::{Faults, Fields, Refusal, choice, named, text, whole, whole_of};
use super::licence::Licence;
use super::seed::Seed;

/// The sandbox's own bound, so that every total fits a decimal.
pub(super) const MOST_SEATS: i64 = 1_000_000;

const ORDER_TYPES: [OrderType; 2] = [
    OrderType {
        name: "MSP",
        code_prefix: "MSP",
        digit: '1',
    },
    OrderType {
        name: "RESELLER",
        code_prefix: "PSV",
        digit: '2',
    },
];

/// What `TypeOfOrder` says.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(into = "String")]
pub(super) struct OrderType {
    pub(super) name: &'static str,
    /// The letters that an order code starts with.
    pub(super) code_prefix: &'static str,
    /// The first digit of a licence attribute value.
    pub(super) digit: char,
}

impl OrderType {
    /// Whether a reseller stands between the partner and the customer.
    pub(super) fn is_resold(self) -> bool {
        self.digit == '2'
    }
}

impl From<OrderType> for String {
    fn from(order_type: OrderType) -> Self {
        order_type.name.to_owned()
    }
}

// By hand, because a derived one asks the input to live as long as the names in the table.
impl<'de> Deserialize<'de> for OrderType {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?
            .try_into()
            .map_err(D::Error::custom)
    }
}

impl TryFrom<String> for OrderType {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        let order_type = ORDER_TYPES.into_iter().find(|known| known.name == name);
        order_type.ok_or_else(|| format!("{name:?} is no type of order: it is MSP or RESELLER"))
    }
}

#[derive(Debug)]
pub(super) struct NewCart {
    pub(super) order_type: OrderType,
    /// The locale's name.
    pub(super) locale: String,
    pub(super) items: Vec<NewItem>,
}

/// What was asked for, with the ids of the catalogue's choices.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewItem {
    pub(super) category: String,
    pub(super) seats: i64,
    pub(super) kind: ProductType,
    pub(super) keycode: Option<String>,
    pub(super) years: Term,
    pub(super) keycode_type: KeycodeType,
    pub(super) hierarchy: i64,
    pub(super) bundle: Option<i64>,
    pub(super) expiration: Option<Moment>,
    pub(super) own_code: Option<String>,
    pub(super) attribute: Option<i64>,
    pub(super) usage_pricing: Option<i64>,
    pub(super) vault: Option<i64>,
    pub(super) platform: Option<i64>,
    pub(super) retention: Option<i64>,
    pub(super) pricing_level: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum KeycodeType {
    Standard,
    Parent,
}

impl KeycodeType {
    /// `LicenseKeycodeTypeId`.
    pub(super) fn id(self) -> i64 {
        match self {
            Self::Standard => 1,
            Self::Parent => 3,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum ProductType {
    New,
    Renewal,
    Upgrade,
}

impl ProductType {
    /// `ProductTypeId` and `ProductTypeDescription`.
    pub(super) fn shown(self) -> (i64, &'static str) {
        match self {
            Self::New => (1, "New"),
            Self::Renewal => (2, "Renewal"),
            Self::Upgrade => (3, "Upgrade"),
        }
    }
}

/// The licences that are out, by keycode.
pub(super) type Licences = BTreeMap<String, Licence>;

pub(super) fn new_cart(
    body: &Value,
    seed: &Seed,
    licences: &Licences,
    now: Moment,
) -> Result<NewCart, Problem> {
    let fields = Fields::root(body)?;
    let mut faults = Faults::default();
    let order_type = fields.required(
        "TypeOfOrder",
        &mut faults,
        named(&ORDER_TYPES, |order_type| order_type.name),
    );
    let order_type = order_type.copied();
    let locales = named(&seed.locales, |locale| &locale.name);
    let locale = fields.required("Locale", &mut faults, locales);
    let renewed = fields.objects("ItemsByLicenseKey", &mut faults);
    let new = fields.objects("ItemsByAttributes", &mut faults);
    if [&renewed, &new].iter().all(|items| items.is_empty()) {
        faults.add(
            "ItemsByLicenseKey or ItemsByAttributes",
            "must hold at least one item",
        );
    }
    let mut led = BTreeSet::new();
    let mut items = Vec::new();
    let by_keycode = renewed.iter().map(|item| (item, true));
    for (item, by_keycode) in by_keycode.chain(new.iter().map(|item| (item, false))) {
        let what = if by_keycode {
            by_license_key(item, seed, licences, &mut faults)
        } else {
            by_attributes(item, seed, &mut faults)
        };
        let Some(read) = new_item(item, what, order_type, now, &mut faults) else {
            continue;
        };
        let leads = read.bundle.filter(|_| read.hierarchy == 1);
        if leads.is_some_and(|bundle| !led.insert(bundle)) {
            faults.add(
                item.path("ItemHierarchyId"),
                "makes a second primary item of its bundle",
            );
        }
        items.push(read);
    }
    let (order_type, locale) = faults.unless_any(order_type.zip(locale))?;
    Ok(NewCart {
        order_type,
        locale: locale.name.clone(),
        items,
    })
}

/// What an item is about.
struct Subject<'a> {
    category: &'a Category,
    seats: i64,
    kind: ProductType,
    keycode: Option<String>,
}

fn by_attributes<'a>(item: &Fields, seed: &'a Seed, faults: &mut Faults) -> Option<Subject<'a>> {
    let seats = item.required("LicenseSeats", faults, whole(1..=MOST_SEATS));
    let category = item.required("LicenseCategoryName", faults, category_of(seed));
    Some(Subject {
        category: category?,
        seats: seats?,
        kind: ProductType::New,
        keycode: None,
    })
}

fn by_license_key<'a>(
    item: &Fields,
    seed: &'a Seed,
    licences: &Licences,
    faults: &mut Faults,
) -> Option<Subject<'a>> {
    let licence = item.required("Keycode", faults, |value| {
        let keycode = text(value)?;
        let licence = licences.get(keycode);
        licence.ok_or_else(|| format!("{keycode:?} has no pricing"))
    });
    let seats = item.optional("LicenseSeats", faults, whole(1..=MOST_SEATS));
    let category = item.optional("LicenseCategoryName", faults, category_of(seed));
    let licence = licence?;
    let leading = licence.leading()?;
    let category = category.or_else(|| seed.category(&leading.category))?;
    let held = licence.profile(&category.name);
    let seats = seats.unwrap_or(held.unwrap_or(leading).seats);
    let renews = held.is_some_and(|held| seats <= held.seats);
    Some(Subject {
        category,
        seats,
        kind: match renews {
            true => ProductType::Renewal,
            false => ProductType::Upgrade,
        },
        keycode: Some(licence.keycode.clone()),
    })
}

fn category_of<'s>(seed: &'s Seed) -> impl Fn(&Value) -> Result<&'s Category, Refusal> {
    move |value| {
        let name = text(value)?;
        seed.category(name)
            .ok_or_else(|| format!("{name:?} has no pricing"))
    }
}

/// The part that both kinds of items have.
fn new_item(
    item: &Fields,
    subject: Option<Subject>,
    order_type: Option<OrderType>,
    now: Moment,
    faults: &mut Faults,
) -> Option<NewItem> {
    let term = item.required("Years", faults, named(&TERMS, |term| term.years));
    let keycode_type = item.optional("LicenseKeycodeTypeId", faults, keycode_type);
    let hierarchy = item.optional("ItemHierarchyId", faults, whole(1..=2));
    let bundle = item.optional("CartItemBundleId", faults, whole(0..=i64::from(i32::MAX)));
    if hierarchy.is_some() && !item.has("CartItemBundleId") {
        faults.add(item.path("ItemHierarchyId"), "needs a CartItemBundleId");
    }
    let expiration = item.optional("ExpirationDate", faults, |value| {
        Moment::read(text(value)?)
            .filter(|at| *at > now)
            .ok_or_else(|| "must be a date in the future".to_owned())
    });
    let own_code = item.optional("VendorOrderItemCode", faults, |value| {
        text(value).map(str::to_owned)
    });
    let attribute = item.optional("LicenseAttributeValue", faults, |value| {
        let number = value.as_i64().unwrap_or_default();
        attribute::read(number, order_type).map(|_| number)
    });
    let pricing_level = item.optional("ProductPricingLevelId", faults, |value| {
        pricing_level(value, order_type)
    });
    let subject = subject?;
    let category = subject.category;
    let mut chosen = |key: &str, rows: &[Choice]| {
        item.optional(key, faults, |value| {
            if rows.is_empty() {
                return Err(format!("does not apply to {}", category.name));
            }
            choice(rows)(value)
        })
    };
    let usage_pricing = chosen("UsagePricingModelId", &category.usage_pricing);
    let vault = chosen("VaultId", &category.vaults);
    let platform = chosen("ProductPlatformId", &category.platforms);
    let retention = chosen("RetentionModelId", &category.retention);
    if !category.vaults.is_empty() && !item.has("VaultId") {
        let why = format!("is required for {}", category.name);
        faults.add(item.path("VaultId"), why);
    }
    Some(NewItem {
        category: category.name.clone(),
        seats: subject.seats,
        kind: subject.kind,
        keycode: subject.keycode,
        years: *term?,
        keycode_type: keycode_type.unwrap_or(KeycodeType::Standard),
        hierarchy: hierarchy.unwrap_or(1),
        bundle,
        expiration,
        own_code,
        attribute,
        usage_pricing,
        vault,
        platform: platform.or_else(|| category.platforms.first().map(|first| first.id)),
        retention,
        pricing_level: pricing_level.unwrap_or(STANDARD_LEVEL),
    })
}

fn keycode_type(value: &Value) -> Result<KeycodeType, Refusal> {
    whole_of(&[1, 3])(value).map(|id| match id {
        1 => KeycodeType::Standard,
        _ => KeycodeType::Parent,
    })
}

const STANDARD_LEVEL: i64 = 1;
const LEVELS: [(i64, &str); 3] = [
    (STANDARD_LEVEL, "Standard"),
    (2, "EDU/Non-Profit"),
    (3, "Government"),
];

/// `ProductPricingLevelDescription`.
pub(super) fn level_name(level: i64) -> Option<&'static str> {
    let (_, name) = LEVELS.into_iter().find(|(id, _)| *id == level)?;
    Some(name)
}

fn pricing_level(value: &Value, order_type: Option<OrderType>) -> Result<i64, Refusal> {
    let level = whole_of(&LEVELS.map(|(id, _)| id))(value)?;
    let plain_only = order_type.is_some_and(|order_type| !order_type.is_resold());
    if plain_only && level != STANDARD_LEVEL {
        return Err("is for resellers only".to_owned());
    }
    Ok(level)
}
