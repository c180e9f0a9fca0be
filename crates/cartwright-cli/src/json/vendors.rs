//! What each vendor can do, and which settings it takes.

use std::collections::BTreeMap;

use cartwright::{Support, Vendor, Verb};
use serde::Serialize;

use super::Content;

#[derive(Serialize)]
pub(crate) struct Vendors {
    vendors: Vec<Entry>,
}

impl Content for Vendors {
    const TYPE: &'static str = "vendors";
}

impl Vendors {
    pub(crate) fn new(vendors: &[Vendor]) -> Self {
        Self {
            vendors: vendors.iter().copied().map(Entry::new).collect(),
        }
    }
}

#[derive(Serialize)]
struct Entry {
    vendor: &'static str,
    capability: BTreeMap<&'static str, &'static str>,
    fields: Vec<Field>,
    settings: Vec<Setting>,
}

#[derive(Serialize)]
struct Field {
    result: &'static str,
    kind: Option<String>,
    field: &'static str,
    fill: String,
}

#[derive(Serialize)]
struct Setting {
    name: &'static str,
    required: bool,
    meaning: &'static str,
}

impl Entry {
    fn new(vendor: Vendor) -> Self {
        let capability = vendor.capability();
        let support = |verb: Verb| (verb.as_str(), support(capability.of(verb)));
        let fields = vendor.fields().rows().map(|row| Field {
            result: row.result,
            kind: row.kind.map(ToString::to_string),
            field: row.field,
            fill: row.fill.to_string(),
        });
        let settings = vendor.settings().iter().map(|setting| Setting {
            name: setting.name,
            required: setting.required,
            meaning: setting.meaning,
        });
        Self {
            vendor: vendor.as_str(),
            capability: Verb::ALL.into_iter().map(support).collect(),
            fields: fields.collect(),
            settings: settings.collect(),
        }
    }
}

fn support(support: Support) -> &'static str {
    match support {
        Support::Supported => "supported",
        Support::None => "none",
        Support::NotBuilt => "not-built",
        Support::Unknown => "unknown",
    }
}
