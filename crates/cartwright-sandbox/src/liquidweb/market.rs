//! The market's state: its carts, its ids, and the way it answers.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::{Map, Value};

use super::answers::LiquidwebAnswers;
use super::cart::Cart;
use super::exception::Exception;
use super::request;
use crate::clock::Clock;
use crate::ids::Ids;

/// A shared handle on the market.
#[derive(Clone, Debug)]
pub(crate) struct Market {
    clock: Clock,
    seed: u64,
    books: Arc<Mutex<Books>>,
}

#[derive(Debug)]
struct Books {
    ids: Ids,
    carts: BTreeMap<String, Cart>,
    answers: LiquidwebAnswers,
}

impl Market {
    pub(crate) fn new(seed: u64, clock: Clock) -> Self {
        let books = Books {
            ids: Ids::new(seed),
            carts: BTreeMap::new(),
            answers: LiquidwebAnswers::default(),
        };
        Self {
            clock,
            seed,
            books: Arc::new(Mutex::new(books)),
        }
    }

    /// Forgets the carts. The way to answer stays.
    pub(crate) fn reset(&self) {
        let mut books = self.lock();
        books.ids = Ids::new(self.seed);
        books.carts.clear();
    }

    pub(crate) fn answer_with(&self, answers: LiquidwebAnswers) {
        self.lock().answers = answers;
    }

    pub(super) fn add_item(&self, params: &Map<String, Value>) -> Result<Value, Exception> {
        let now = self.clock.unix_millis();
        let mut books = self.lock();
        let Books {
            ids,
            carts,
            answers,
        } = &mut *books;
        let asked = request::addition(params, ids)?;
        let cart = match asked.cart {
            None => {
                let cart = Cart::new(asked.item, ids, now);
                carts.entry(cart.uuid.clone()).or_insert(cart)
            }
            Some(uuid) => {
                let cart = carts
                    .get_mut(&uuid)
                    .ok_or_else(|| Exception::not_found("market_cart", &uuid))?;
                cart.add(asked.item, ids, now);
                cart
            }
        };
        Ok(cart.show(&asked.alsowith, *answers, now))
    }

    fn lock(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
