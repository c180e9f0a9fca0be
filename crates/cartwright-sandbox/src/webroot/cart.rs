//! A cart: bundles of items, totals, and how it is answered.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::catalogue::Locale;
use super::dates::{self, Style};
use super::item::Item;
use super::request::{NewCart, NewItem};
use super::shop::Numbers;
use crate::money;

#[derive(Clone, Debug)]
pub(super) struct Cart {
    /// `VendorOrderCode`: the cart's id, and later the order's.
    pub(super) code: String,
    order_type: &'static str,
    locale: Locale,
    created: NaiveDateTime,
    bundles: Vec<Vec<Item>>,
}

impl Cart {
    pub(super) fn new(asked: NewCart, numbers: &mut Numbers, created: NaiveDateTime) -> Self {
        let start = dates::midnight(created);
        let mut line = 0;
        let mut item = |asked: NewItem| {
            line += 1;
            Item::new(asked, numbers.item(), line, start)
        };
        let bundles: Vec<Vec<Item>> = bundled(asked.items)
            .into_iter()
            .map(|bundle| bundle.into_iter().map(&mut item).collect())
            .collect();
        Self {
            code: format!("{}{:010}", asked.order_type.code_prefix, numbers.order()),
            order_type: asked.order_type.name,
            locale: asked.locale,
            created,
            bundles,
        }
    }

    /// The cart as creating it answers.
    pub(super) fn show_created(&self) -> Value {
        self.show(Style::Zulu, dates::midnight(self.created))
    }

    /// The cart as reading it answers.
    pub(super) fn show_read(&self) -> Value {
        self.show(Style::Bare, self.created)
    }

    fn show(&self, style: Style, ordered: NaiveDateTime) -> Value {
        let total: Decimal = self.bundles.iter().flatten().map(Item::total).sum();
        let items: Vec<Vec<Value>> = self
            .bundles
            .iter()
            .map(|bundle| {
                let shown = bundle.iter().map(|item| item.show(&self.locale, style));
                shown.collect()
            })
            .collect();
        json!({
            "VendorOrderCode": self.code,
            "CartOrderStatusId": 1,
            "TypeOfOrder": self.order_type,
            "TotalAmount": money::write(total),
            "TotalAmountFmt": self.locale.amount(total),
            "SubTotalAmount": money::write(total),
            "SubTotalAmountFmt": self.locale.amount(total),
            "TaxAmount": 0,
            "TaxAmountFmt": self.locale.amount(Decimal::ZERO),
            "Locale": self.locale.name,
            "SalesOrderDate": style.write(ordered),
            "CurrencyCode": self.locale.currency,
            "Items": items,
            "Customers": {"Billing": billing(), "Shipping": null, "Reseller": null},
        })
    }
}

/// Items with one bundle id together, where the first of them stood; the others alone.
fn bundled(items: Vec<NewItem>) -> Vec<Vec<NewItem>> {
    let mut bundles: Vec<Vec<NewItem>> = Vec::new();
    let mut places = BTreeMap::new();
    for item in items {
        let place = item
            .bundle
            .map(|id| *places.entry(id).or_insert(bundles.len()));
        match place.and_then(|place| bundles.get_mut(place)) {
            Some(bundle) => bundle.push(item),
            None => bundles.push(vec![item]),
        }
    }
    bundles
}

/// The partner itself: it is on every cart from the start and cannot be changed.
fn billing() -> Value {
    json!({
        "FirstName": "Ada",
        "LastName": "Partner",
        "Address1": "1 Loopback Way",
        "Address2": null,
        "City": "Broomfield",
        "PostalCode": "80021",
        "State": "CO",
        "Country": "US",
        "CustomerEmail": "ada@partner.example",
        "CompanyName": "Sandbox Partner, Inc.",
        "ExternalCustomerKey": "E000000001",
        "VatId": "A000001",
        "CustomerTypeId": 1,
        "CustomerTypeDescription": "Billing",
    })
}
