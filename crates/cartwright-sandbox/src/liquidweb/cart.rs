//! A cart: its items, the discounts that they bring, and how it is answered.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::alsowith::AlsoWith;
use super::answers::LiquidwebAnswers;
use super::discount::{Discount, KeptDiscount};
use super::item::Item;
use super::kept::{self, KeptItem, Lost};
use super::seed::Seed;
use super::{details, eastern, totals};
use crate::ids::Ids;

const LIFETIME_MILLIS: i64 = 30 * 24 * 60 * 60 * 1000;

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Cart {
    pub(super) uuid: String,
    share: String,
    /// Milliseconds since 1970.
    created: i64,
    /// `None` until the cart is changed.
    updated: Option<i64>,
    version: i64,
    /// Whom a quote was made by and what for. `None` for a cart that is no quote.
    quote: Option<Quote>,
    items: Vec<KeptItem>,
    discounts: Vec<KeptDiscount>,
}

/// What a quote was made with.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Quote {
    pub(super) basket_admin_username: String,
    pub(super) opportunity_id: String,
}

impl Cart {
    pub(super) fn new(ids: &mut Ids, now: i64) -> Self {
        let (uuid, share) = (ids.uuid(), ids.uuid());
        Self {
            uuid,
            share,
            created: now,
            updated: None,
            version: 0,
            quote: None,
            items: Vec::new(),
            discounts: Vec::new(),
        }
    }

    /// Adds an item with the discounts that it brings. The first one makes the cart what it is created as.
    pub(super) fn add(
        &mut self,
        item: KeptItem,
        seed: &Seed,
        ids: &mut Ids,
        now: i64,
    ) -> Result<(), Lost> {
        self.discounts
            .extend(KeptDiscount::of(&item.look_up(seed)?, ids));
        self.items.push(item);
        self.change(now);
        Ok(())
    }

    pub(super) fn quote(&mut self, quote: Quote, now: i64) {
        self.quote = Some(quote);
        self.change(now);
    }

    fn change(&mut self, now: i64) {
        self.updated = (self.version > 0).then_some(now);
        self.version = self.version.saturating_add(1);
    }

    /// Everything that the cart names in the catalogue.
    pub(super) fn look_up<'a>(
        &'a self,
        seed: &'a Seed,
    ) -> Result<(Vec<Item<'a>>, Vec<Discount<'a>>), Lost> {
        let items = kept::each("items", &self.items, |item| item.look_up(seed))?;
        let discounts = kept::each("discounts", &self.discounts, |one| one.look_up(seed))?;
        Ok((items, discounts))
    }

    pub(super) fn show(
        &self,
        seed: &Seed,
        asked: &AlsoWith,
        answers: LiquidwebAnswers,
        now: i64,
    ) -> Result<Value, Lost> {
        let (items, discounts) = self.look_up(seed)?;
        let expiration = self.created.saturating_add(LIFETIME_MILLIS);
        let is_expired = now >= expiration;
        let orderable = !is_expired && items.iter().all(Item::is_valid);
        let if_asked = |part: &str, show: &dyn Fn() -> Value| asked.has(part).then(show);
        let show_items = || {
            items
                .iter()
                .map(|one| details::item(one, answers))
                .collect()
        };
        let show_discounts = || discounts.iter().map(|one| one.show(answers)).collect();
        let show_totals = || totals::show(&items, &discounts, answers);
        let status = if self.quote.is_some() {
            "quote"
        } else {
            "open"
        };
        let cart = answers
            .record()
            .optional("accnt", Some(answers.integer(seed.account)))
            .requested("admin", if_asked("admin", &|| self.admin()))
            .with("created", eastern::text(self.created))
            .requested("discounts", if_asked("discounts", &show_discounts))
            .with("expiration", eastern::text(expiration))
            .optional("is_expired", Some(answers.boolean(is_expired)))
            .optional("is_quote", Some(answers.boolean(self.quote.is_some())))
            .requested("items", if_asked("items", &show_items))
            .requested(
                "metadata",
                if_asked(
                    "metadata",
                    &|| json!({"source": "api", "tags": ["sandbox"]}),
                ),
            )
            .with("orderable", answers.boolean(orderable))
            .with("share", self.share.as_str())
            .with("status", status)
            .requested("totals", if_asked("totals", &show_totals))
            .optional("updated", self.updated.map(eastern::text))
            .with("uuid", self.uuid.as_str())
            .with("version", answers.integer(self.version))
            .finish();
        Ok(cart)
    }

    fn admin(&self) -> Value {
        match &self.quote {
            None => json!({"channel": "sandbox"}),
            Some(quote) => json!({
                "basket_admin_username": quote.basket_admin_username,
                "channel": "sandbox",
                "opportunity_id": quote.opportunity_id,
            }),
        }
    }
}
