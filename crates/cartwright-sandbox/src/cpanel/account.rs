//! The account's state: the orders it made, the ids to come, the way to answer.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::envelope::CpanelAnswers;
use crate::ids::Ids;

/// An order that `create_shopping_cart` made, as the cPanel stand-in keeps it.
///
/// cPanel documents no function that reads an order back; a test reads it here.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CpanelOrder {
    /// The order's id, in digits.
    pub order_id: String,
    /// The provider that the order was placed with, as in `cPStore`.
    pub provider: String,
    /// The items as they were sent, each a JSON text, in the order of the call.
    pub items: Vec<String>,
    /// Where the buyer goes after the checkout.
    pub url_after_checkout: String,
}

/// A shared handle on the account.
#[derive(Clone, Debug)]
pub(crate) struct Account {
    seed: u64,
    books: Arc<Mutex<Books>>,
}

impl Account {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            seed,
            books: Arc::new(Mutex::new(Books::new(seed, CpanelAnswers::default()))),
        }
    }

    /// Forgets the orders. The way to answer stays.
    pub(crate) fn reset(&self) {
        let mut books = self.open();
        *books = Books::new(self.seed, books.answers);
    }

    pub(crate) fn answer_with(&self, answers: CpanelAnswers) {
        self.open().answers = answers;
    }

    pub(crate) fn orders(&self) -> Vec<CpanelOrder> {
        self.open().orders.values().cloned().collect()
    }

    /// The books, for as long as one call takes.
    pub(super) fn open(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[derive(Debug)]
pub(super) struct Books {
    pub(super) answers: CpanelAnswers,
    pub(super) orders: BTreeMap<u64, CpanelOrder>,
    next_order: u64,
    next_order_item: u64,
}

impl Books {
    fn new(seed: u64, answers: CpanelAnswers) -> Self {
        let mut ids = Ids::new(seed);
        Self {
            answers,
            orders: BTreeMap::new(),
            next_order: ids.seven_digits(),
            next_order_item: ids.seven_digits(),
        }
    }

    pub(super) fn new_order_id(&mut self) -> u64 {
        let id = self.next_order;
        self.next_order += 1;
        id
    }

    pub(super) fn new_order_item_id(&mut self) -> u64 {
        let id = self.next_order_item;
        self.next_order_item += 1;
        id
    }
}
