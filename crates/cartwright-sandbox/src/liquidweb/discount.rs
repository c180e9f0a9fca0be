//! Discounts of a cart, each made from an offer of an item.

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::answers::LiquidwebAnswers;
use super::catalogue::{Offer, Strategy};
use super::item::Item;
use crate::ids::Ids;

#[derive(Clone, Debug)]
pub(super) struct Discount {
    pub(super) uuid: String,
    /// `None` if it is for the whole cart.
    pub(super) item_uuid: Option<String>,
    pub(super) offer: &'static Offer,
}

impl Discount {
    pub(super) fn of(item: &Item, ids: &mut Ids) -> Vec<Self> {
        let of_item = |offer: &Offer| (!offer.cart_wide).then(|| item.uuid.clone());
        item.offers()
            .iter()
            .map(|offer| Self {
                uuid: ids.uuid(),
                item_uuid: of_item(offer),
                offer,
            })
            .collect()
    }

    pub(super) fn is_for(&self, item: &Item) -> bool {
        self.item_uuid.as_ref() == Some(&item.uuid)
    }

    /// Percent, or dollars.
    pub(super) fn amount(&self) -> Decimal {
        match self.offer.strategy {
            Strategy::Percent(percent) => Decimal::from(percent),
            Strategy::Credit(cents) => Decimal::new(cents, 2),
        }
    }

    /// The dollars of a credit.
    pub(super) fn credit(&self) -> Option<Decimal> {
        matches!(self.offer.strategy, Strategy::Credit(_)).then(|| self.amount())
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
            Strategy::Percent(_) => "percent",
            Strategy::Credit(_) => "credit",
        };
        answers
            .record()
            .with("amount", answers.amount(self.amount()))
            .with("deferrable", answers.boolean(false))
            .with("discount_uuid", self.uuid.as_str())
            .with("eligibility", json!({"categories": [], "products": []}))
            .with("exclusive", answers.boolean(self.credit().is_none()))
            .optional("item_uuid", self.item_uuid.as_deref())
            .with("modifiable", answers.boolean(false))
            .with("modified", answers.boolean(false))
            .with("month_end", answers.integer(self.offer.month_end))
            .with("month_start", answers.integer(1))
            .with("owner", self.offer.owner)
            .with("priority", answers.integer(self.offer.priority))
            .with("repetition", answers.integer(self.offer.month_end))
            .with("strategy", strategy)
            .with("type", self.offer.kind)
            .finish()
    }
}
