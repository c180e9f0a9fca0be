//! `totals`: charges, credits, summary and timeline of a cart, as they are answered.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::answers::LiquidwebAnswers;
use super::billing::{self, Billing, Charge, ItemBilling, ProductCharge, Split};
use super::discount::Discount;
use super::item::Item;

pub(super) fn show(items: &[Item], discounts: &[Discount], answers: LiquidwebAnswers) -> Value {
    let totals = Totals {
        charges: billing::charges(items, discounts),
        items,
        discounts,
        answers,
    };
    answers
        .record()
        .with("charges", totals.charges())
        .with("credits", totals.credits())
        .with("summary", totals.summary())
        .with("timeline", totals.timeline())
        .finish()
}

struct Totals<'a> {
    charges: Vec<Charge<'a>>,
    items: &'a [Item<'a>],
    discounts: &'a [Discount<'a>],
    answers: LiquidwebAnswers,
}

impl Totals<'_> {
    fn charges(&self) -> Value {
        let show = |charge: &Charge| {
            let billings = charge.billings.iter();
            self.answers
                .record()
                .with(
                    "billing",
                    billings.map(|one| self.billing(one)).collect::<Value>(),
                )
                .with("cycle", charge.cycle.word())
                .finish()
        };
        self.charges.iter().map(show).collect()
    }

    fn billing(&self, billing: &Billing) -> Value {
        let answers = self.answers;
        let cart = answers
            .record()
            .with("cost", self.split(billing.cost()))
            .with("discounts", self.grouped_discounts(billing))
            .with("items", answers.integer(count(billing.items.len())))
            .with("price", self.split(billing.price()))
            .finish();
        let items = billing.items.iter();
        answers
            .record()
            .with("cart", cart)
            .with(
                "items",
                items.map(|item| self.item(item)).collect::<Value>(),
            )
            .with("month_end", answers.integer(billing.end))
            .with("month_start", answers.integer(billing.start))
            .with("months", answers.integer(billing.end - billing.start + 1))
            .with("occurrence", answers.integer(billing.occurrence))
            .finish()
    }

    fn item(&self, item: &ItemBilling) -> Value {
        let discounts = item.off.iter().map(|(discount, off)| {
            self.answers
                .record()
                .with("amount", self.answers.amount(discount.amount()))
                .with("amount_off", self.answers.amount(*off))
                .with("discount_uuid", discount.uuid)
                .with(
                    "ineligible_product_uuids",
                    item.ineligible().collect::<Value>(),
                )
                .with("type", discount.offer.kind.as_str())
                .finish()
        });
        self.answers
            .record()
            .with("cost", self.item_money(&item.cost))
            .with("discounts", discounts.collect::<Value>())
            .with("item_uuid", item.item.uuid)
            .with("price", self.item_money(&item.price))
            .finish()
    }

    fn item_money(&self, charges: &[ProductCharge]) -> Value {
        let amount = |amount| self.answers.amount(amount);
        let products = charges.iter().map(|charge| {
            self.answers
                .record()
                .with("base_price_discountable", amount(charge.base.discountable))
                .with("base_price_non_discountable", amount(charge.base.rest))
                .with("discountable", amount(charge.all.discountable))
                .with("non_discountable", amount(charge.all.rest))
                .with("product_code", charge.product.product.code.as_str())
                .with("product_uuid", charge.product.uuid)
                .with("total", amount(charge.all.total()))
                .finish()
        });
        let sum = billing::sum(charges);
        self.answers
            .record()
            .with("discountable", amount(sum.discountable))
            .with("non_discountable", amount(sum.rest))
            .with("products", products.collect::<Value>())
            .with("total", amount(sum.total()))
            .finish()
    }

    /// The items' discounts, those of one type and amount as one.
    fn grouped_discounts(&self, billing: &Billing) -> Value {
        #[derive(Default)]
        struct Group<'a> {
            off: Decimal,
            discounts: Vec<&'a str>,
            ineligible: Vec<&'a str>,
        }
        let mut groups: BTreeMap<(&str, Decimal), Group> = BTreeMap::new();
        for item in &billing.items {
            for (discount, off) in &item.off {
                let key = (discount.offer.kind.as_str(), discount.amount());
                let group = groups.entry(key).or_default();
                group.off += off;
                group.discounts.push(discount.uuid);
                group.ineligible.extend(item.ineligible());
            }
        }
        let show = |((kind, amount), group): ((&str, Decimal), Group)| {
            self.answers
                .record()
                .with("amount", self.answers.amount(amount))
                .with("amount_off", self.answers.amount(group.off))
                .with("discount_uuid", group.discounts)
                .with("ineligible_product_uuids", group.ineligible)
                .with("type", kind)
                .finish()
        };
        groups.into_iter().map(show).collect()
    }

    fn split(&self, split: Split) -> Value {
        json!({
            "discountable": self.answers.amount(split.discountable),
            "non_discountable": self.answers.amount(split.rest),
            "total": self.answers.amount(split.total()),
        })
    }

    fn credits(&self) -> Value {
        let answers = self.answers;
        let credits = self.discounts.iter().filter_map(|discount| {
            let credit = answers
                .record()
                .with("amount_off", answers.amount(discount.credit()?))
                .optional("item_uuid", discount.item_uuid)
                .with("month_end", answers.integer(1))
                .with("month_start", answers.integer(1))
                .with("months", answers.integer(1));
            Some(credit.finish())
        });
        credits.collect()
    }

    fn summary(&self) -> Value {
        let answers = self.answers;
        let price = self.first_month(|billing| billing.price());
        let cost = self.first_month(|billing| billing.cost());
        let due_today = self.after_credits(cost);
        json!({
            "cart": {
                "amount_off_today": answers.amount(price - due_today),
                "cost": answers.amount(cost),
                "due_today": answers.amount(due_today),
                "price": answers.amount(price),
            },
            // As they were added: `charges` has them by cycle.
            "items": self.items.iter().map(|item| self.summary_item(item)).collect::<Value>(),
        })
    }

    fn summary_item(&self, item: &Item) -> Value {
        let answers = self.answers;
        let first = self
            .charges
            .iter()
            .filter_map(|charge| charge.billings.first())
            .flat_map(|billing| &billing.items)
            .find(|billed| billed.item.uuid == item.uuid);
        let total = |charges: fn(&ItemBilling) -> Decimal| {
            answers.amount(first.map_or(Decimal::ZERO, charges))
        };
        let off_today = |discount: &Discount| {
            let percents = first.into_iter().flat_map(|first| &first.off);
            let mut percents = percents.filter(|(taken, _)| taken.uuid == discount.uuid);
            let percent = percents.next().map(|(_, off)| *off);
            discount.credit().or(percent).unwrap_or_default()
        };
        let own = self
            .discounts
            .iter()
            .filter(|discount| discount.is_for(item));
        let discounts = own.map(|discount| {
            answers
                .record()
                .with("amount", answers.amount(discount.amount()))
                .with("amount_off_today", answers.amount(off_today(discount)))
                .with("discount_uuid", discount.uuid)
                .with("owner", discount.offer.owner.as_str())
                .with("repetitions", answers.integer(discount.offer.month_end))
                .with("type", discount.offer.kind.as_str())
                .finish()
        });
        answers
            .record()
            .with("cost", total(|billed| billing::sum(&billed.cost).total()))
            .with("cycle", item.cycle.word())
            .with("discounts", discounts.collect::<Value>())
            .with("item_uuid", item.uuid)
            .with("price", total(|billed| billing::sum(&billed.price).total()))
            .finish()
    }

    fn timeline(&self) -> Value {
        #[derive(Default)]
        struct Month {
            cycles: Vec<&'static str>,
            price: Decimal,
            cost: Decimal,
        }
        let mut months: BTreeMap<i64, Month> = BTreeMap::new();
        for charge in &self.charges {
            for billing in &charge.billings {
                let month = months.entry(billing.start).or_default();
                month.cycles.push(charge.cycle.word());
                month.price += billing.price().total();
                month.cost += billing.cost().total();
            }
        }
        if let Some(first) = months.get_mut(&1) {
            first.cost = self.after_credits(first.cost);
        }
        let show = |(number, month): (i64, Month)| {
            self.answers
                .record()
                .with("cost", self.answers.amount(month.cost))
                .with("cycles", month.cycles)
                .with("month", self.answers.integer(number))
                .with("price", self.answers.amount(month.price))
                .finish()
        };
        months.into_iter().map(show).collect()
    }

    fn first_month(&self, amount: fn(&Billing) -> Split) -> Decimal {
        let first = self
            .charges
            .iter()
            .filter_map(|charge| charge.billings.first());
        first.map(|billing| amount(billing).total()).sum()
    }

    fn after_credits(&self, cost: Decimal) -> Decimal {
        let credits: Decimal = self.discounts.iter().filter_map(Discount::credit).sum();
        (cost - credits).max(Decimal::ZERO)
    }
}

fn count(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}
