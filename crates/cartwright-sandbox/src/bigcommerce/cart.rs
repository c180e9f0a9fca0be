//! A cart: its lines, its version, its totals, and how it is answered.

use std::collections::BTreeMap;

use chrono::DateTime;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::catalogue::Kind;
use super::certificate::Certificate;
use super::custom_item::CustomItem;
use super::errors::Problem;
use super::include::Include;
use super::line::Line;
use super::request::{self, LineUpdate, NewCart, NewItems};
use super::seed::Seed;
use crate::ids::Ids;
use crate::money;
use crate::state::StateError;

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Cart {
    pub(super) id: String,
    customer_id: i64,
    channel_id: i64,
    currency: String,
    locale: String,
    lines: Vec<Line>,
    custom_items: Vec<CustomItem>,
    certificates: Vec<Certificate>,
    /// Milliseconds since 1970.
    created: i64,
    pub(super) updated: i64,
    version: i64,
}

impl Cart {
    pub(super) fn new(
        asked: NewCart,
        ids: &mut Ids,
        now: i64,
        seed: &Seed,
    ) -> Result<Self, Problem> {
        let mut cart = Self {
            id: ids.uuid(),
            customer_id: asked.customer_id,
            channel_id: asked.channel_id,
            currency: asked.currency,
            locale: asked.locale,
            lines: Vec::new(),
            custom_items: Vec::new(),
            certificates: Vec::new(),
            created: now,
            updated: now,
            version: 1,
        };
        cart.take_in(asked.items, ids, seed)?;
        Ok(cart)
    }

    /// Refuses a caller who knows another version. One who names none is not checked.
    pub(super) fn expect_version(&self, expected: Option<i64>) -> Result<(), Problem> {
        if expected.is_none_or(|expected| expected == self.version) {
            Ok(())
        } else {
            Err(Problem::conflict())
        }
    }

    pub(super) fn set_customer(&mut self, customer_id: i64, now: i64) {
        self.customer_id = customer_id;
        self.changed(now);
    }

    pub(super) fn add(
        &mut self,
        items: NewItems,
        ids: &mut Ids,
        now: i64,
        seed: &Seed,
    ) -> Result<(), Problem> {
        self.take_in(items, ids, seed)?;
        self.changed(now);
        Ok(())
    }

    pub(super) fn update_line(
        &mut self,
        id: &str,
        update: &LineUpdate,
        now: i64,
        seed: &Seed,
    ) -> Result<(), Problem> {
        let fixed = self.custom_items.iter().any(|item| item.id == id)
            || self.certificates.iter().any(|item| item.id == id);
        if fixed {
            return Err(Problem::unfit(
                "line_item",
                "only a line of a catalogue product can be updated",
            ));
        }
        let line = self
            .lines
            .iter_mut()
            .find(|line| line.id == id)
            .ok_or_else(Problem::missing)?;
        if update.product_id != line.product_id {
            return Err(Problem::unfit(
                "line_item.product_id",
                "a line keeps its product",
            ));
        }
        line.quantity = update.quantity;
        line.list_price = update.list_price.unwrap_or(line.list_price);
        self.check_quantities(seed)?;
        self.changed(now);
        Ok(())
    }

    pub(super) fn remove_line(&mut self, id: &str, now: i64) -> Result<(), Problem> {
        let before = self.len();
        self.lines.retain(|line| line.id != id);
        self.custom_items.retain(|item| item.id != id);
        self.certificates.retain(|item| item.id != id);
        if self.len() == before {
            return Err(Problem::missing());
        }
        self.changed(now);
        Ok(())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn len(&self) -> usize {
        self.lines.len() + self.custom_items.len() + self.certificates.len()
    }

    fn take_in(&mut self, items: NewItems, ids: &mut Ids, seed: &Seed) -> Result<(), Problem> {
        for asked in items.lines {
            self.lines.push(Line::new(asked, ids.uuid(), seed)?);
        }
        self.custom_items
            .extend(items.custom_items.into_iter().map(|item| CustomItem {
                id: ids.uuid(),
                ..item
            }));
        self.certificates
            .extend(items.certificates.into_iter().map(|item| Certificate {
                id: ids.uuid(),
                ..item
            }));
        self.check_quantities(seed)
    }

    fn check_quantities(&self, seed: &Seed) -> Result<(), Problem> {
        let mut ordered: BTreeMap<i64, i64> = BTreeMap::new();
        for line in &self.lines {
            let sum = ordered.entry(line.product_id).or_default();
            *sum = sum.saturating_add(line.quantity);
        }
        for line in &self.lines {
            let Some(product) = seed.product(line.product_id) else {
                continue;
            };
            let sum = ordered.get(&product.id).copied().unwrap_or_default();
            if let Some(most) = product.maximum.filter(|most| sum > *most) {
                return Err(Problem::quantity("maximum", most, &product.name));
            }
            if let Some(least) = product.minimum.filter(|least| sum < *least) {
                return Err(Problem::quantity("minimum", least, &product.name));
            }
        }
        Ok(())
    }

    fn changed(&mut self, now: i64) {
        self.version = self.version.saturating_add(1);
        self.updated = now;
    }

    /// The cart as it is answered; `redirect_urls` only where they were asked for.
    pub(super) fn show(
        &self,
        include: Include,
        redirect_urls: Option<Value>,
        seed: &Seed,
    ) -> Value {
        let lines = |kind: Kind, with_options: bool| -> Value {
            self.lines
                .iter()
                .filter_map(|line| {
                    let (product, variant) = seed.variant(line.product_id, line.variant_id)?;
                    let wanted = product.kind == kind;
                    wanted.then(|| line.show(product, variant, with_options))
                })
                .collect()
        };
        let amount = money::write(self.base_amount());
        let mut cart = json!({
            "id": self.id,
            "customer_id": self.customer_id,
            "channel_id": self.channel_id,
            "email": "",
            "currency": {"code": self.currency},
            "tax_included": false,
            "base_amount": amount,
            "discount_amount": 0,
            "manual_discount_amount": 0,
            // Nothing here discounts, so what is left of the base is all of it.
            "cart_amount": amount,
            "coupons": [],
            "discounts": self.lines.iter().map(|line| json!({"id": line.id, "discounted_amount": 0})).collect::<Value>(),
            "line_items": {
                "physical_items": lines(Kind::Physical, include.physical_options),
                "digital_items": lines(Kind::Digital, include.digital_options),
                "gift_certificates": self.certificates.iter().map(Certificate::show).collect::<Value>(),
                "custom_items": self.custom_items.iter().map(CustomItem::show).collect::<Value>(),
            },
            "created_time": timestamp(self.created),
            "updated_time": timestamp(self.updated),
            "locale": self.locale,
            "version": self.version,
        });
        if let Value::Object(fields) = &mut cart {
            fields.extend(redirect_urls.map(|urls| ("redirect_urls".to_owned(), urls)));
            fields.extend(
                include
                    .banners
                    .then(|| ("promotions".to_owned(), promotions())),
            );
        }
        cart
    }

    /// Refuses a cart that no calls to this store could have made.
    pub(super) fn check(&self, place: &str, seed: &Seed) -> Result<(), StateError> {
        let lines = self
            .lines
            .iter()
            .map(|line| (line.quantity, line.list_price));
        let custom_items = self
            .custom_items
            .iter()
            .map(|item| (item.quantity, item.list_price));
        let certificates = self
            .certificates
            .iter()
            .map(|item| (item.quantity, item.amount));
        for (list, amounts) in [
            ("lines", lines.collect::<Vec<_>>()),
            ("custom_items", custom_items.collect()),
            ("certificates", certificates.collect()),
        ] {
            for (index, (quantity, amount)) in amounts.into_iter().enumerate() {
                let most = Decimal::from(request::MOST_PRICE);
                if !(1..=request::MOST_QUANTITY).contains(&quantity)
                    || !(Decimal::ZERO..=most).contains(&amount)
                {
                    return Err(StateError::at(
                        format!("{place}.{list}[{index}]"),
                        "the quantity or the amount is out of bounds; give what the store takes",
                    ));
                }
            }
        }
        for (index, line) in self.lines.iter().enumerate() {
            if seed.variant(line.product_id, line.variant_id).is_none() {
                return Err(StateError::at(
                    format!("{place}.lines[{index}]"),
                    format!(
                        "the store has no product {} with variant {}; put it into the seed, or leave the line out",
                        line.product_id, line.variant_id
                    ),
                ));
            }
        }
        Ok(())
    }

    fn base_amount(&self) -> Decimal {
        let lines = self.lines.iter().map(Line::extended);
        let custom_items = self.custom_items.iter().map(CustomItem::extended);
        let certificates = self.certificates.iter().map(Certificate::extended);
        lines.chain(custom_items).chain(certificates).sum()
    }
}

fn promotions() -> Value {
    json!({"banners": [{
        "id": "1",
        "type": "ELIGIBLE",
        "page": ["CART_PAGE"],
        "text": "Free shipping on your next order",
    }]})
}

/// `2024-05-06T07:16:55+00:00`.
pub(super) fn timestamp(millis: i64) -> String {
    DateTime::from_timestamp_millis(millis)
        .unwrap_or_default()
        .format("%Y-%m-%dT%H:%M:%S+00:00")
        .to_string()
}
