//! A cart: its items, the discounts that they bring, and how it is answered.

use serde_json::{Value, json};

use super::alsowith::AlsoWith;
use super::answers::LiquidwebAnswers;
use super::discount::Discount;
use super::item::Item;
use super::{ACCOUNT, details, eastern, totals};
use crate::ids::Ids;

const LIFETIME_MILLIS: i64 = 30 * 24 * 60 * 60 * 1000;

#[derive(Clone, Debug)]
pub(super) struct Cart {
    pub(super) uuid: String,
    share: String,
    /// Milliseconds since 1970.
    created: i64,
    /// `None` until the cart is added to.
    updated: Option<i64>,
    version: i64,
    items: Vec<Item>,
    discounts: Vec<Discount>,
}

impl Cart {
    pub(super) fn new(item: Item, ids: &mut Ids, now: i64) -> Self {
        let (uuid, share) = (ids.uuid(), ids.uuid());
        Self {
            uuid,
            share,
            created: now,
            updated: None,
            version: 1,
            discounts: Discount::of(&item, ids),
            items: vec![item],
        }
    }

    pub(super) fn add(&mut self, item: Item, ids: &mut Ids, now: i64) {
        self.discounts.extend(Discount::of(&item, ids));
        self.items.push(item);
        self.updated = Some(now);
        self.version += 1;
    }

    pub(super) fn show(&self, asked: &AlsoWith, answers: LiquidwebAnswers, now: i64) -> Value {
        let expiration = self.created.saturating_add(LIFETIME_MILLIS);
        let is_expired = now >= expiration;
        let orderable = !is_expired && self.items.iter().all(Item::is_valid);
        let if_asked = |part: &str, show: &dyn Fn() -> Value| asked.has(part).then(show);
        let items = || {
            self.items
                .iter()
                .map(|item| details::item(item, answers))
                .collect()
        };
        let discounts = || self.discounts.iter().map(|one| one.show(answers)).collect();
        let totals = || totals::show(&self.items, &self.discounts, answers);
        answers
            .record()
            .optional("accnt", Some(answers.integer(ACCOUNT)))
            .requested(
                "admin",
                if_asked("admin", &|| json!({"channel": "sandbox"})),
            )
            .with("created", eastern::text(self.created))
            .requested("discounts", if_asked("discounts", &discounts))
            .with("expiration", eastern::text(expiration))
            .optional("is_expired", Some(answers.boolean(is_expired)))
            .optional("is_quote", Some(answers.boolean(false)))
            .requested("items", if_asked("items", &items))
            .requested(
                "metadata",
                if_asked(
                    "metadata",
                    &|| json!({"source": "api", "tags": ["sandbox"]}),
                ),
            )
            .with("orderable", answers.boolean(orderable))
            .with("share", self.share.as_str())
            .with("status", "open")
            .requested("totals", if_asked("totals", &totals))
            .optional("updated", self.updated.map(eastern::text))
            .with("uuid", self.uuid.as_str())
            .with("version", answers.integer(self.version))
            .finish()
    }
}
