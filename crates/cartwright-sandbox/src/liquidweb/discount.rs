//! Discounts of a cart, each made from an offer of an item.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::answers::LiquidwebAnswers;
use super::catalogue::{Offer, Strategy};
use super::item::Item;
use super::kept::Lost;
use super::seed::Seed;
use crate::ids::Ids;

/// A discount as the cart keeps it.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KeptDiscount {
    pub(super) uuid: String,
    /// `None` if it is for the whole cart.
    pub(super) item_uuid: Option<String>,
    pub(super) offer_id: i64,
}

impl KeptDiscount {
    pub(super) fn of(item: &Item, ids: &mut Ids) -> Vec<Self> {
        let of_item = |offer: &Offer| (!offer.cart_wide).then(|| item.uuid.to_owned());
        item.offers()
            .iter()
            .map(|offer| Self {
                uuid: ids.uuid(),
                item_uuid: of_item(offer),
                offer_id: offer.id,
            })
            .collect()
    }

    pub(super) fn look_up<'a>(&'a self, seed: &'a Seed) -> Result<Discount<'a>, Lost> {
        let mut offers = seed.offers();
        let offer = offers.find(|offer| offer.id == self.offer_id);
        Ok(Discount {
            uuid: &self.uuid,
            item_uuid: self.item_uuid.as_deref(),
            offer: offer.ok_or_else(|| Lost::at("offer_id", self.offer_id))?,
        })
    }
}

/// A discount with its offer at hand.
#[derive(Clone, Debug)]
pub(super) struct Discount<'a> {
    pub(super) uuid: &'a str,
    pub(super) item_uuid: Option<&'a str>,
    pub(super) offer: &'a Offer,
}

impl Discount<'_> {
    pub(super) fn is_for(&self, item: &Item) -> bool {
        self.item_uuid == Some(item.uuid)
    }

    /// Percent, or dollars.
    pub(super) fn amount(&self) -> Decimal {
        self.offer.amount.amount()
    }

    /// The dollars of a credit.
    pub(super) fn credit(&self) -> Option<Decimal> {
        (self.offer.strategy == Strategy::Credit).then(|| self.amount())
    }

    /// How many of the months it is in effect in.
    pub(super) fn months_within(&self, start: i64, end: i64) -> i64 {
        let last = match self.offer.month_end {
            0 => end,
            month_end => month_end.min(end),
        };
        (last - start + 1).max(0)
    }

    pub(super) fn show(&self, answers: LiquidwebAnswers) -> Value {
        let strategy = match self.offer.strategy {
            Strategy::Percent => "percent",
            Strategy::Credit => "credit",
        };
        answers
            .record()
            .with("amount", answers.amount(self.amount()))
            .with("deferrable", answers.boolean(false))
            .with("discount_uuid", self.uuid)
            .with("eligibility", json!({"categories": [], "products": []}))
            .with("exclusive", answers.boolean(self.credit().is_none()))
            .optional("item_uuid", self.item_uuid)
            .with("modifiable", answers.boolean(false))
            .with("modified", answers.boolean(false))
            .with("month_end", answers.integer(self.offer.month_end))
            .with("month_start", answers.integer(1))
            .with("owner", self.offer.owner.as_str())
            .with("priority", answers.integer(self.offer.priority))
            .with("repetition", answers.integer(self.offer.month_end))
            .with("strategy", strategy)
            .with("type", self.offer.kind.as_str())
            .finish()
    }
}
