//! What an answer says that no field of ours holds: the state of the cart and its lines, and fields that the spec does not list.

use cartwright_liquidweb::types;
use cartwright_runtime::FlexibleBoolean;

use crate::Message;
use crate::vendors::reading::{Unknown, lines_missing, state};

#[derive(Default)]
pub(super) struct Unread {
    messages: Vec<Message>,
    unknown: Unknown,
}

impl Unread {
    /// The messages about a cart.
    pub(super) fn of(cart: &types::Cart) -> Vec<Message> {
        let mut unread = Self::default();
        unread.expect(
            true,
            cart.orderable.as_ref(),
            "orderable",
            "the vendor says that the cart can't be ordered as it stands",
        );
        unread.expect(
            false,
            cart.is_expired.value(),
            "is_expired",
            "the vendor says that the cart has expired",
        );
        unread.expect(
            false,
            cart.is_quote.value(),
            "is_quote",
            "the vendor says that the cart is a quote",
        );
        if cart.items.value().is_none() {
            unread.messages.push(lines_missing("items"));
        }
        for (index, item) in cart.items.value().into_iter().flatten().enumerate() {
            unread.item(item, &format!("items[{index}]"));
        }
        unread.totals(cart);
        for (index, discount) in cart.discounts.value().into_iter().flatten().enumerate() {
            let at = format!("discounts[{index}]");
            unread.unknown.note(&at, &discount.extra);
        }
        unread.unknown.note("", &cart.extra);
        let mut messages = unread.messages;
        messages.extend(unread.unknown.into_messages());
        messages
    }

    /// Says so where a flag is not as it is with a cart that can be bought.
    fn expect(&mut self, usual: bool, flag: Option<&FlexibleBoolean>, at: &str, text: &str) {
        if flag.is_some_and(|flag| flag.get() != usual) {
            self.messages.push(state(at, text));
        }
    }

    fn item(&mut self, item: &types::CartItem, at: &str) {
        let within = format!("{at}.details");
        match item.details.value() {
            Some(types::CartItemDetails::Product(product)) => self.product(product, &within),
            Some(types::CartItemDetails::Package(package)) => self.package(package, &within),
            Some(types::CartItemDetails::Bundle(bundle)) => {
                self.sold(bundle.active.as_ref(), bundle.valid.as_ref(), &within);
                for (index, package) in bundle.packages.iter().flatten().enumerate() {
                    self.package(package, &format!("{within}.packages[{index}]"));
                }
                self.unknown.note(&within, &bundle.extra);
            }
            Some(types::CartItemDetails::Other(form)) => {
                let whole = [("details".to_owned(), form.clone())];
                self.unknown.note(at, &whole.into_iter().collect());
            }
            // Future variants are forms of the same kind.
            _ => {}
        }
        self.unknown.note(at, &item.extra);
    }

    fn package(&mut self, package: &types::Package, at: &str) {
        self.sold(package.active.as_ref(), package.valid.as_ref(), at);
        for (index, product) in package.products.iter().flatten().enumerate() {
            self.product(product, &format!("{at}.products[{index}]"));
        }
        self.unknown.note(at, &package.extra);
    }

    fn product(&mut self, product: &types::Product, at: &str) {
        self.sold(product.active.as_ref(), product.valid.as_ref(), at);
        for (index, option) in product.options.iter().flatten().enumerate() {
            let at = format!("{at}.options[{index}]");
            self.unknown.note(&at, &option.extra);
        }
        self.unknown.note(at, &product.extra);
    }

    fn sold(
        &mut self,
        active: Option<&FlexibleBoolean>,
        valid: Option<&FlexibleBoolean>,
        at: &str,
    ) {
        self.expect(
            true,
            active,
            &format!("{at}.active"),
            "the vendor says that this is not on offer",
        );
        self.expect(
            true,
            valid,
            &format!("{at}.valid"),
            "the vendor says that this is incomplete or does not fit together",
        );
    }

    /// The amounts that are read; what is charged when stands in the vendor's answer alone.
    fn totals(&mut self, cart: &types::Cart) {
        let Some(totals) = cart.totals.value() else {
            return;
        };
        if let Some(summary) = &totals.summary {
            if let Some(whole) = &summary.cart {
                self.unknown.note("totals.summary.cart", &whole.extra);
            }
            for (index, item) in summary.items.iter().flatten().enumerate() {
                let at = format!("totals.summary.items[{index}]");
                let mut lines = cart.items.value().into_iter().flatten();
                if item.item_uuid.is_none() || lines.all(|line| line.uuid != item.item_uuid) {
                    let text = "these amounts belong to none of the cart's lines";
                    self.messages.push(state(at.as_str(), text));
                }
                self.unknown.note(&at, &item.extra);
                for (index, discount) in item.discounts.iter().flatten().enumerate() {
                    let at = format!("{at}.discounts[{index}]");
                    self.unknown.note(&at, &discount.extra);
                }
            }
            self.unknown.note("totals.summary", &summary.extra);
        }
        for (index, credit) in totals.credits.iter().flatten().enumerate() {
            let at = format!("totals.credits[{index}]");
            self.unknown.note(&at, &credit.extra);
        }
        self.unknown.note("totals", &totals.extra);
    }
}
