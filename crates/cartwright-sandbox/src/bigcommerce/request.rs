//! The bodies of the requests, read and checked.

use serde_json::Value;

use super::certificate::Certificate;
use super::custom_item::CustomItem;
use super::errors::Problem;
use super::fields::{Faults, Fields, amount, boolean, text, whole};
use super::line::Wrapping;
use super::seed::Seed;
use super::selection::Selection;
use rust_decimal::Decimal;

/// The sandbox's own bounds, so that every total fits a decimal.
pub(super) const MOST_QUANTITY: i64 = 1_000_000_000;
pub(super) const MOST_PRICE: i64 = 999_999_999;
/// As documented.
pub(super) const MOST_CERTIFICATE: i64 = 1000;
const LONGEST_TEXT: usize = 250;

#[derive(Debug)]
pub(super) struct NewCart {
    pub(super) customer_id: i64,
    pub(super) channel_id: i64,
    pub(super) currency: String,
    pub(super) locale: String,
    pub(super) items: NewItems,
}

#[derive(Debug)]
pub(super) struct NewItems {
    pub(super) lines: Vec<NewLine>,
    pub(super) custom_items: Vec<CustomItem>,
    pub(super) certificates: Vec<Certificate>,
}

/// A catalogue line as it was asked for; the catalogue has not been looked at yet.
#[derive(Debug)]
pub(super) struct NewLine {
    pub(super) path: String,
    pub(super) product_id: i64,
    pub(super) variant_id: Option<i64>,
    pub(super) quantity: i64,
    pub(super) list_price: Option<Decimal>,
    pub(super) name: Option<String>,
    pub(super) wrapping: Option<Wrapping>,
    pub(super) selections: Vec<Selection>,
}

#[derive(Debug)]
pub(super) struct CustomerUpdate {
    pub(super) customer_id: i64,
    pub(super) version: Option<i64>,
}

#[derive(Debug)]
pub(super) struct LineUpdate {
    pub(super) product_id: i64,
    pub(super) quantity: i64,
    pub(super) list_price: Option<Decimal>,
    pub(super) version: Option<i64>,
}

pub(super) fn new_cart(body: &Value, seed: &Seed) -> Result<NewCart, Problem> {
    let fields = Fields::root(body)?;
    let mut faults = Faults::default();
    let items = new_items(&fields, &mut faults);
    let customer_id = fields
        .optional("customer_id", &mut faults, whole(0..=i64::MAX))
        .unwrap_or(0);
    let channel_id = fields
        .optional("channel_id", &mut faults, whole(1..=i64::MAX))
        .unwrap_or(1);
    let locale = fields
        .optional("locale", &mut faults, locale)
        .unwrap_or_else(|| "en".to_owned());
    let currency = fields
        .object("currency", &mut faults)
        .and_then(|currency| currency.required("code", &mut faults, text(3..=3)))
        .unwrap_or_else(|| seed.default_currency().to_owned());
    let items = faults.unless_any(items)?;
    if !seed.takes(&currency) {
        return Err(Problem::currency(&currency));
    }
    Ok(NewCart {
        customer_id,
        channel_id,
        currency,
        locale,
        items,
    })
}

pub(super) fn added_items(body: &Value) -> Result<(NewItems, Option<i64>), Problem> {
    let fields = Fields::root(body)?;
    let mut faults = Faults::default();
    let version = version(&fields, &mut faults);
    let items = new_items(&fields, &mut faults);
    Ok((faults.unless_any(items)?, version))
}

pub(super) fn customer_update(body: &Value) -> Result<CustomerUpdate, Problem> {
    let fields = Fields::root(body)?;
    let mut faults = Faults::default();
    let version = version(&fields, &mut faults);
    let customer_id = fields.required("customer_id", &mut faults, whole(0..=i64::MAX));
    let customer_id = faults.unless_any(customer_id)?;
    Ok(CustomerUpdate {
        customer_id,
        version,
    })
}

pub(super) fn line_update(body: &Value) -> Result<LineUpdate, Problem> {
    let fields = Fields::root(body)?;
    let mut faults = Faults::default();
    let version = version(&fields, &mut faults);
    for kind in ["custom_items", "gift_certificates"] {
        if fields.has(kind) {
            faults.add(fields.path(kind), "cannot be updated");
        }
    }
    if !fields.has("line_item") {
        faults.add("line_item", "error.path.missing");
    }
    let update = fields.object("line_item", &mut faults).and_then(|line| {
        let product_id = line.required("product_id", &mut faults, whole(1..=i64::MAX));
        let quantity = line.required("quantity", &mut faults, whole(1..=MOST_QUANTITY));
        let list_price = line.optional("list_price", &mut faults, amount(0..=MOST_PRICE));
        Some(LineUpdate {
            product_id: product_id?,
            quantity: quantity?,
            list_price,
            version,
        })
    });
    faults.unless_any(update)
}

/// The version that a body to delete a line item may carry.
pub(super) fn expected_version(body: Option<&Value>) -> Result<Option<i64>, Problem> {
    let Some(body) = body else { return Ok(None) };
    let fields = Fields::root(body)?;
    let mut faults = Faults::default();
    let version = version(&fields, &mut faults);
    faults.unless_any(Some(version))
}

pub(super) fn query_params(body: Option<&Value>) -> Result<Vec<(String, String)>, Problem> {
    let Some(body) = body else {
        return Ok(Vec::new());
    };
    let fields = Fields::root(body)?;
    let mut faults = Faults::default();
    let given = fields.optional("query_params", &mut faults, |value| {
        value
            .as_object()
            .ok_or_else(|| "error.expected.jsobject".to_owned())
    });
    let mut pairs = Vec::new();
    for (name, value) in given.into_iter().flatten() {
        match text(0..=usize::MAX)(value) {
            Ok(value) => pairs.push((name.clone(), value)),
            Err(why) => faults.add(format!("query_params.{name}"), why),
        }
    }
    faults.unless_any(Some(pairs))
}

fn version(fields: &Fields, faults: &mut Faults) -> Option<i64> {
    fields.optional("version", faults, whole(0..=i64::MAX))
}

fn new_items(fields: &Fields, faults: &mut Faults) -> Option<NewItems> {
    let lines = fields
        .objects("line_items", faults)
        .iter()
        .filter_map(|line| new_line(line, faults))
        .collect::<Vec<_>>();
    let custom_items = fields
        .objects("custom_items", faults)
        .iter()
        .filter_map(|item| custom_item(item, faults))
        .collect::<Vec<_>>();
    let certificates = fields
        .objects("gift_certificates", faults)
        .iter()
        .filter_map(|item| certificate(item, faults))
        .collect::<Vec<_>>();
    let none_asked = ["line_items", "custom_items", "gift_certificates"]
        .iter()
        .all(|kind| fields.is_empty_array(kind));
    if none_asked {
        faults.add("line_items", "error.path.missing");
    }
    Some(NewItems {
        lines,
        custom_items,
        certificates,
    })
}

fn new_line(line: &Fields, faults: &mut Faults) -> Option<NewLine> {
    let product_id = line.required("product_id", faults, whole(1..=i64::MAX));
    let quantity = line.required("quantity", faults, whole(1..=MOST_QUANTITY));
    let variant_id = line.optional("variant_id", faults, whole(1..=i64::MAX));
    let list_price = line.optional("list_price", faults, amount(0..=MOST_PRICE));
    let name = line.optional("name", faults, text(1..=LONGEST_TEXT));
    let wrapping = line
        .object("gift_wrapping", faults)
        .and_then(|wrapping| gift_wrapping(&wrapping, faults));
    let selections = line
        .objects("option_selections", faults)
        .iter()
        .filter_map(|chosen| selection(chosen, faults))
        .collect();
    Some(NewLine {
        path: line.own_path().to_owned(),
        product_id: product_id?,
        variant_id,
        quantity: quantity?,
        list_price,
        name,
        wrapping,
        selections,
    })
}

fn gift_wrapping(wrapping: &Fields, faults: &mut Faults) -> Option<Wrapping> {
    wrapping.optional("wrap_together", faults, boolean);
    let details = wrapping.objects("wrap_details", faults);
    let mut wrappings = Vec::new();
    for detail in &details {
        let id = detail.required("id", faults, whole(0..=i64::MAX));
        let message = detail
            .optional("message", faults, text(0..=LONGEST_TEXT))
            .unwrap_or_default();
        wrappings.extend(id.map(|id| Wrapping { id, message }));
    }
    wrappings.into_iter().next()
}

fn selection(chosen: &Fields, faults: &mut Faults) -> Option<Selection> {
    let option_id = chosen.required("option_id", faults, whole(1..=i64::MAX));
    let option_value = chosen.required("option_value", faults, |value| Ok(value.clone()));
    let name = chosen.optional("name", faults, text(0..=LONGEST_TEXT));
    let value = chosen.optional("value", faults, |value| match value {
        // An official example overrides a value with a number.
        Value::Number(number) => Ok(number.to_string()),
        _ => text(0..=LONGEST_TEXT)(value),
    });
    Some(Selection {
        path: chosen.own_path().to_owned(),
        option_id: option_id?,
        option_value: option_value?,
        name,
        value,
    })
}

fn custom_item(item: &Fields, faults: &mut Faults) -> Option<CustomItem> {
    let name = item.required("name", faults, text(1..=LONGEST_TEXT));
    let quantity = item.required("quantity", faults, whole(1..=MOST_QUANTITY));
    let list_price = item.required("list_price", faults, amount(0..=MOST_PRICE));
    let sku = item
        .optional("sku", faults, text(0..=LONGEST_TEXT))
        .unwrap_or_default();
    let image_url = item.optional("image_url", faults, text(0..=2048));
    Some(CustomItem {
        id: String::new(),
        sku,
        name: name?,
        quantity: quantity?,
        list_price: list_price?,
        image_url,
    })
}

fn certificate(item: &Fields, faults: &mut Faults) -> Option<Certificate> {
    let name = item.required("name", faults, text(1..=LONGEST_TEXT));
    let theme = item.required("theme", faults, theme);
    let amount = item.required("amount", faults, amount(1..=MOST_CERTIFICATE));
    let quantity = item.required("quantity", faults, whole(1..=MOST_QUANTITY));
    let sender = contact(item, "sender", faults);
    let recipient = contact(item, "recipient", faults);
    let message = item
        .optional("message", faults, text(0..=200))
        .unwrap_or_default();
    Some(Certificate {
        id: String::new(),
        name: name?,
        theme: theme?,
        amount: amount?,
        quantity: quantity?,
        sender: sender?,
        recipient: recipient?,
        message,
    })
}

/// Name and e-mail address.
fn contact(item: &Fields, key: &str, faults: &mut Faults) -> Option<(String, String)> {
    if !item.has(key) {
        faults.add(item.path(key), "error.path.missing");
    }
    let contact = item.object(key, faults)?;
    let name = contact
        .optional("name", faults, text(0..=LONGEST_TEXT))
        .unwrap_or_default();
    let email = contact
        .optional("email", faults, text(0..=LONGEST_TEXT))
        .unwrap_or_default();
    Some((name, email))
}

fn theme(value: &Value) -> Result<String, String> {
    const THEMES: [&str; 6] = [
        "Birthday",
        "Boy",
        "Celebration",
        "Christmas",
        "General",
        "Girl",
    ];
    let theme = text(1..=LONGEST_TEXT)(value)?;
    if THEMES.contains(&theme.as_str()) {
        Ok(theme)
    } else {
        Err(format!("must be one of {}", THEMES.join(", ")))
    }
}

/// `xx` or `xx-YY`.
fn locale(value: &Value) -> Result<String, String> {
    let locale = text(2..=5)(value)?;
    let (language, region) = locale
        .split_once('-')
        .map_or((locale.as_str(), None), |(language, region)| {
            (language, Some(region))
        });
    let fits = language.len() == 2
        && language.bytes().all(|byte| byte.is_ascii_lowercase())
        && region.is_none_or(|region| {
            region.len() == 2 && region.bytes().all(|byte| byte.is_ascii_uppercase())
        });
    if fits {
        Ok(locale)
    } else {
        Err("must have the form xx or xx-YY".to_owned())
    }
}
