//! The body that creates a cart, read and checked.

use std::collections::BTreeSet;

use chrono::NaiveDateTime;
use serde_json::Value;

use super::catalogue::{self, Category, LOCALES, Locale, TERMS, Term};
use super::dates;
use super::errors::Problem;
use super::fields::{Faults, Fields, Numbered, Refusal, named, numbered, text, whole};

/// The sandbox's own bound, so that every total fits a decimal.
const MOST_SEATS: i64 = 1_000_000;

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
#[derive(Clone, Copy, Debug)]
pub(super) struct OrderType {
    pub(super) name: &'static str,
    /// The letters that an order code starts with.
    pub(super) code_prefix: &'static str,
    /// The first digit of a licence attribute value.
    digit: char,
}

impl OrderType {
    fn sells_at_levels(self) -> bool {
        self.digit == '2'
    }
}

#[derive(Debug)]
pub(super) struct NewCart {
    pub(super) order_type: OrderType,
    pub(super) locale: Locale,
    pub(super) items: Vec<NewItem>,
}

#[derive(Clone, Debug)]
pub(super) struct NewItem {
    pub(super) category: &'static Category,
    pub(super) seats: i64,
    pub(super) kind: ProductType,
    pub(super) keycode: Option<&'static str>,
    pub(super) term: Term,
    pub(super) keycode_type: KeycodeType,
    pub(super) hierarchy: i64,
    pub(super) bundle: Option<i64>,
    pub(super) expiration: Option<NaiveDateTime>,
    pub(super) own_code: Option<String>,
    pub(super) attribute: Option<(i64, String)>,
    pub(super) usage_pricing: Option<Numbered>,
    pub(super) vault: Option<Numbered>,
    pub(super) platform: Option<Numbered>,
    pub(super) retention: Option<Numbered>,
    pub(super) pricing_level: Numbered,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeycodeType {
    Standard,
    Parent,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ProductType {
    New,
    Renewal,
    Upgrade,
}

pub(super) fn new_cart(body: &Value, now: NaiveDateTime) -> Result<NewCart, Problem> {
    let fields = Fields::root(body)?;
    let mut faults = Faults::default();
    let order_type = fields.required(
        "TypeOfOrder",
        &mut faults,
        named(&ORDER_TYPES, |order_type| order_type.name),
    );
    let locale = fields.required("Locale", &mut faults, named(&LOCALES, |locale| locale.name));
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
    let licences = renewed.iter().map(|item| (item, true));
    for (item, by_keycode) in licences.chain(new.iter().map(|item| (item, false))) {
        let what = if by_keycode {
            by_license_key(item, &mut faults)
        } else {
            by_attributes(item, &mut faults)
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
        locale,
        items,
    })
}

/// What an item is about.
struct Subject {
    category: &'static Category,
    seats: i64,
    kind: ProductType,
    keycode: Option<&'static str>,
}

fn by_attributes(item: &Fields, faults: &mut Faults) -> Option<Subject> {
    let seats = item.required("LicenseSeats", faults, whole(1..=MOST_SEATS));
    let category = item.required("LicenseCategoryName", faults, category);
    Some(Subject {
        category: category?,
        seats: seats?,
        kind: ProductType::New,
        keycode: None,
    })
}

fn by_license_key(item: &Fields, faults: &mut Faults) -> Option<Subject> {
    let licence = item.required("Keycode", faults, |value| {
        let keycode = text(value)?;
        catalogue::licence(keycode).ok_or_else(|| format!("{keycode:?} has no pricing"))
    });
    let seats = item.optional("LicenseSeats", faults, whole(1..=MOST_SEATS));
    let category = item.optional("LicenseCategoryName", faults, category);
    let licence = licence?;
    let category = category.or_else(|| catalogue::category(licence.category))?;
    let seats = seats.unwrap_or(licence.seats);
    let more = seats > licence.seats || category.name != licence.category;
    Some(Subject {
        category,
        seats,
        kind: if more {
            ProductType::Upgrade
        } else {
            ProductType::Renewal
        },
        keycode: Some(licence.keycode),
    })
}

fn category(value: &Value) -> Result<&'static Category, Refusal> {
    let name = text(value)?;
    catalogue::category(name).ok_or_else(|| format!("{name:?} has no pricing"))
}

/// The part that both kinds of items have.
fn new_item(
    item: &Fields,
    subject: Option<Subject>,
    order_type: Option<OrderType>,
    now: NaiveDateTime,
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
        dates::read(text(value)?)
            .filter(|at| *at > now)
            .ok_or_else(|| "must be a date in the future".to_owned())
    });
    let own_code = item.optional("VendorOrderItemCode", faults, |value| {
        text(value).map(str::to_owned)
    });
    let attribute = item.optional("LicenseAttributeValue", faults, |value| {
        attribute(value, order_type)
    });
    let pricing_level = item.optional("ProductPricingLevelId", faults, |value| {
        pricing_level(value, order_type)
    });
    let subject = subject?;
    let category = subject.category;
    let mut choice = |key: &str, rows: &[Numbered]| {
        item.optional(key, faults, |value| {
            if rows.is_empty() {
                return Err(format!("does not apply to {}", category.name));
            }
            numbered(rows)(value)
        })
    };
    let usage_pricing = choice("UsagePricingModelId", category.usage_pricing);
    let vault = choice("VaultId", category.vaults);
    let platform = choice("ProductPlatformId", category.platforms);
    let retention = choice("RetentionModelId", category.retention);
    if !category.vaults.is_empty() && !item.has("VaultId") {
        let why = format!("is required for {}", category.name);
        faults.add(item.path("VaultId"), why);
    }
    Some(NewItem {
        category,
        seats: subject.seats,
        kind: subject.kind,
        keycode: subject.keycode,
        term: term?,
        keycode_type: keycode_type.unwrap_or(KeycodeType::Standard),
        hierarchy: hierarchy.unwrap_or(1),
        bundle,
        expiration,
        own_code,
        attribute,
        usage_pricing,
        vault,
        platform: platform.or_else(|| category.platforms.first().copied()),
        retention,
        pricing_level: pricing_level.unwrap_or(STANDARD_LEVEL),
    })
}

fn keycode_type(value: &Value) -> Result<KeycodeType, Refusal> {
    match value.as_i64() {
        Some(1) => Ok(KeycodeType::Standard),
        Some(3) => Ok(KeycodeType::Parent),
        _ => Err("must be one of the numbers 1, 3".to_owned()),
    }
}

/// Three digits: who sells, for which terms, and how it is counted.
fn attribute(value: &Value, order_type: Option<OrderType>) -> Result<(i64, String), Refusal> {
    let number = value.as_i64().unwrap_or_default();
    let digits: Vec<char> = number.to_string().chars().collect();
    let [seller, terms, count] = digits.as_slice() else {
        return Err("must be a number of three digits".to_owned());
    };
    let terms = match terms {
        '1' => "Monthly",
        '2' => "Annual",
        _ => return Err("must have 1 (monthly) or 2 (annual) as its second digit".to_owned()),
    };
    let count = match count {
        '0' => "Sold",
        '1' => "Overage",
        '2' => "Utility",
        _ => return Err("must have 0, 1 or 2 as its third digit".to_owned()),
    };
    match order_type {
        Some(order_type) if order_type.digit != *seller => Err(format!(
            "must have {} as its first digit in an order of type {}",
            order_type.digit, order_type.name
        )),
        _ => Ok((number, format!("{terms} {count}"))),
    }
}

const STANDARD_LEVEL: Numbered = (1, "Standard");
const LEVELS: [Numbered; 3] = [STANDARD_LEVEL, (2, "EDU/Non-Profit"), (3, "Government")];

fn pricing_level(value: &Value, order_type: Option<OrderType>) -> Result<Numbered, Refusal> {
    let level = numbered(&LEVELS)(value)?;
    let plain_only = order_type.is_some_and(|order_type| !order_type.sells_at_levels());
    if plain_only && level != STANDARD_LEVEL {
        return Err("is for resellers only".to_owned());
    }
    Ok(level)
}
