//! A cart: bundles of items, customers, totals, and how it is answered.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::customers::{Attached, Wording};
use super::dates::{Moment, Style};
use super::item::Item;
use super::order::Placed;
use super::request::{NewCart, NewItem, OrderType};
use super::seed::{Misplaced, Seed};
use super::shop::Numbers;
use crate::money;

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Cart {
    /// `VendorOrderCode`: the cart's id, and later the order's.
    pub(super) code: String,
    pub(super) order_type: OrderType,
    /// The locale's name.
    pub(super) locale: String,
    created: Moment,
    pub(super) bundles: Vec<Vec<Item>>,
    pub(super) customers: Attached,
    /// What the cart became.
    pub(super) order: Option<Placed>,
}

impl Cart {
    pub(super) fn new(asked: NewCart, numbers: &mut Numbers, created: Moment) -> Self {
        let start = created.midnight();
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
            order_type: asked.order_type,
            locale: asked.locale,
            created,
            bundles,
            customers: Attached::default(),
            order: None,
        }
    }

    /// Whether it holds a business product, which asks for more about the customers.
    pub(super) fn is_business(&self, seed: &Seed) -> bool {
        self.bundles.iter().flatten().any(|item| {
            let category = seed.category(&item.asked.category);
            category.is_none_or(|category| category.business)
        })
    }

    /// The cart as creating it answers. `None` if the catalogue lacks what it refers to.
    pub(super) fn show_created(&self, seed: &Seed) -> Option<Value> {
        self.show(seed, Style::Zulu, self.created.midnight())
    }

    /// The cart as reading it answers. `None` if the catalogue lacks what it refers to.
    pub(super) fn show_read(&self, seed: &Seed) -> Option<Value> {
        self.show(seed, Style::Bare, self.created)
    }

    fn show(&self, seed: &Seed, style: Style, ordered: Moment) -> Option<Value> {
        let locale = seed.locale(&self.locale)?;
        let totals: Option<Vec<Decimal>> = self
            .bundles
            .iter()
            .flatten()
            .map(|item| item.total(seed))
            .collect();
        let total: Decimal = totals?.into_iter().sum();
        let items: Option<Vec<Vec<Value>>> = self
            .bundles
            .iter()
            .map(|bundle| {
                let shown = bundle.iter().map(|item| item.show(seed, locale, style));
                shown.collect()
            })
            .collect();
        Some(json!({
            "VendorOrderCode": self.code,
            "CartOrderStatusId": 1,
            "TypeOfOrder": self.order_type.name,
            "TotalAmount": money::write(total),
            "TotalAmountFmt": locale.amount(total),
            "SubTotalAmount": money::write(total),
            "SubTotalAmountFmt": locale.amount(total),
            "TaxAmount": 0,
            "TaxAmountFmt": locale.amount(Decimal::ZERO),
            "Locale": locale.name,
            "SalesOrderDate": style.write(ordered),
            "CurrencyCode": locale.currency,
            "Items": items?,
            "Customers": self.customers.show(&seed.partner.billing, Wording::Plain),
        }))
    }

    /// Finds what no requests could have made.
    pub(super) fn check(&self, code: &str, seed: &Seed) -> Result<(), Misplaced> {
        if self.code != code {
            let what = format!(
                "{:?} is not the code that the cart is kept under",
                self.code
            );
            return Err(Misplaced::new("code", what));
        }
        if seed.locale(&self.locale).is_none() {
            let what = format!("{:?} is not in the catalogue", self.locale);
            return Err(Misplaced::new("locale", what));
        }
        for (index, bundle) in self.bundles.iter().enumerate() {
            for (position, item) in bundle.iter().enumerate() {
                item.check(seed)
                    .map_err(|fault| fault.under(&format!("bundles[{index}][{position}]")))?;
            }
        }
        Ok(())
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
