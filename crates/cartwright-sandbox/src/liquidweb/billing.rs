//! What a cart's items are charged, each time that their cycle comes round.

use std::ops::AddAssign;

use rust_decimal::{Decimal, RoundingStrategy};

use super::catalogue::Strategy;
use super::cycle::Cycle;
use super::discount::Discount;
use super::item::{ChosenProduct, Item};

/// An amount in two parts: what discounts can reach, and the rest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Split {
    pub(super) discountable: Decimal,
    pub(super) rest: Decimal,
}

impl Split {
    pub(super) fn total(self) -> Decimal {
        self.discountable + self.rest
    }

    fn put(&mut self, amount: Decimal, discountable: bool) {
        if discountable {
            self.discountable += amount;
        } else {
            self.rest += amount;
        }
    }

    fn cents(self) -> Self {
        Self {
            discountable: cents(self.discountable),
            rest: cents(self.rest),
        }
    }
}

impl AddAssign for Split {
    fn add_assign(&mut self, other: Self) {
        self.discountable += other.discountable;
        self.rest += other.rest;
    }
}

/// What one product is charged: its base price, and all of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct ProductCharge<'a> {
    pub(super) product: &'a ChosenProduct<'a>,
    pub(super) base: Split,
    pub(super) all: Split,
}

impl<'a> ProductCharge<'a> {
    fn new(product: &'a ChosenProduct<'a>, times: Decimal) -> Self {
        let discountable = product.product.discountable;
        let (mut base, mut options) = (Split::default(), Split::default());
        base.put(product.product.base_price.amount() * times, discountable);
        for choice in &product.choices {
            let reached = discountable && choice.is_discountable();
            options.put(choice.price_total() * times, reached);
        }
        let base = base.cents();
        let mut all = base;
        all += options.cents();
        Self { product, base, all }
    }
}

/// One item in one billing. `price` and `cost` have the same products.
#[derive(Clone, Debug)]
pub(super) struct ItemBilling<'a> {
    pub(super) item: &'a Item<'a>,
    pub(super) price: Vec<ProductCharge<'a>>,
    pub(super) cost: Vec<ProductCharge<'a>>,
    /// What each percent discount takes off.
    pub(super) off: Vec<(&'a Discount<'a>, Decimal)>,
}

impl<'a> ItemBilling<'a> {
    fn new(item: &'a Item<'a>, start: i64, end: i64, discounts: &'a [Discount<'a>]) -> Self {
        let months = end - start + 1;
        let times = Decimal::from(item.units) * Decimal::from(months);
        let price: Vec<ProductCharge> = item
            .products()
            .into_iter()
            .map(|product| ProductCharge::new(product, times))
            .collect();
        let mut billing = Self {
            item,
            cost: price.clone(),
            price,
            off: Vec::new(),
        };
        for discount in discounts.iter().filter(|discount| discount.is_for(item)) {
            let within = discount.months_within(start, end);
            if let (Strategy::Percent, 1..) = (discount.offer.strategy, within) {
                let part = discount.amount() / Decimal::ONE_HUNDRED * Decimal::from(within);
                billing.take_off(discount, |amount| {
                    cents(amount * part / Decimal::from(months))
                });
            }
        }
        billing
    }

    fn take_off(&mut self, discount: &'a Discount<'a>, part: impl Fn(Decimal) -> Decimal) {
        let mut taken = Decimal::ZERO;
        for (cost, price) in self.cost.iter_mut().zip(&self.price) {
            let off = part(price.all.discountable).min(cost.all.discountable);
            cost.all.discountable -= off;
            taken += off;
            let off_base = part(price.base.discountable).min(cost.base.discountable);
            cost.base.discountable -= off_base;
        }
        self.off.push((discount, taken));
    }

    /// The ids of the products that no discount reaches.
    pub(super) fn ineligible(&self) -> impl Iterator<Item = &'a str> {
        let products = self.price.iter().map(|charge| charge.product);
        products
            .filter(|product| !product.product.discountable)
            .map(|product| product.uuid)
    }
}

pub(super) fn sum(charges: &[ProductCharge]) -> Split {
    charges.iter().fold(Split::default(), |mut sum, charge| {
        sum += charge.all;
        sum
    })
}

/// All items of one cycle, for the months from `start` to `end`.
#[derive(Debug)]
pub(super) struct Billing<'a> {
    pub(super) start: i64,
    pub(super) end: i64,
    pub(super) occurrence: i64,
    pub(super) items: Vec<ItemBilling<'a>>,
}

impl Billing<'_> {
    pub(super) fn price(&self) -> Split {
        self.add_up(|item| &item.price)
    }

    pub(super) fn cost(&self) -> Split {
        self.add_up(|item| &item.cost)
    }

    fn add_up<'b>(&'b self, charges: impl Fn(&'b ItemBilling) -> &'b [ProductCharge<'b>]) -> Split {
        self.items.iter().fold(Split::default(), |mut total, item| {
            total += sum(charges(item));
            total
        })
    }
}

/// One cycle of the cart, with a billing each time that it comes round.
#[derive(Debug)]
pub(super) struct Charge<'a> {
    pub(super) cycle: Cycle,
    pub(super) billings: Vec<Billing<'a>>,
}

/// Every charge within the longest cycle of the items, shortest cycle first.
pub(super) fn charges<'a>(items: &'a [Item<'a>], discounts: &'a [Discount<'a>]) -> Vec<Charge<'a>> {
    let horizon = items.iter().map(|item| item.cycle.months()).max();
    let of_cycle = |cycle: Cycle| items.iter().filter(move |item| item.cycle == cycle);
    Cycle::ALL
        .into_iter()
        .filter(|cycle| of_cycle(*cycle).next().is_some())
        .map(|cycle| {
            let months = cycle.months();
            let occurrences = horizon.unwrap_or(months) / months;
            let billing = |occurrence: i64| {
                let (start, end) = ((occurrence - 1) * months + 1, occurrence * months);
                Billing {
                    start,
                    end,
                    occurrence,
                    items: of_cycle(cycle)
                        .map(|item| ItemBilling::new(item, start, end, discounts))
                        .collect(),
                }
            };
            Charge {
                cycle,
                billings: (1..=occurrences).map(billing).collect(),
            }
        })
        .collect()
}

fn cents(amount: Decimal) -> Decimal {
    amount.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
}
