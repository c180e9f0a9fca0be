//! The store's state: its carts, its ids, its count of requests.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::Value;

use super::cart::Cart;
use super::errors::Problem;
use super::include::Include;
use super::rate_limit::{Left, Window};
use super::redirect;
use crate::clock::Clock;
use crate::ids::Ids;

/// Carts are valid for 30 days from their last change.
const LIFETIME_MILLIS: i64 = 30 * 24 * 60 * 60 * 1000;

/// A shared handle on the store.
#[derive(Clone, Debug)]
pub(crate) struct Shop {
    clock: Clock,
    seed: u64,
    books: Arc<Mutex<Books>>,
}

impl Shop {
    pub(crate) fn new(seed: u64, clock: Clock) -> Self {
        Self {
            clock,
            seed,
            books: Arc::new(Mutex::new(Books::new(seed))),
        }
    }

    pub(crate) fn reset(&self) {
        *self.lock() = Books::new(self.seed);
    }

    /// The books, for as long as one operation takes: a cart is never seen half changed.
    pub(super) fn open(&self) -> MutexGuard<'_, Books> {
        let mut books = self.lock();
        books.now = self.clock.unix_millis();
        books
    }

    pub(super) fn count_request(&self) -> Left {
        let mut books = self.open();
        let now = books.now;
        books.window.count(now)
    }

    fn lock(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[derive(Debug)]
pub(super) struct Books {
    pub(super) ids: Ids,
    pub(super) now: i64,
    carts: BTreeMap<String, Cart>,
    window: Window,
}

impl Books {
    fn new(seed: u64) -> Self {
        Self {
            ids: Ids::new(seed),
            now: 0,
            carts: BTreeMap::new(),
            window: Window::default(),
        }
    }

    /// A copy of a cart that is still valid, to change and to [`keep`](Self::keep).
    pub(super) fn find(&mut self, id: &str) -> Result<Cart, Problem> {
        let cart = self.carts.get(id).ok_or_else(Problem::missing)?;
        if self.now.saturating_sub(cart.updated) >= LIFETIME_MILLIS {
            self.carts.remove(id);
            return Err(Problem::missing());
        }
        Ok(cart.clone())
    }

    pub(super) fn keep(&mut self, cart: Cart) {
        self.carts.insert(cart.id.clone(), cart);
    }

    pub(super) fn discard(&mut self, id: &str) {
        self.carts.remove(id);
    }

    /// The cart as it is answered. Included redirect URLs are fresh each time.
    pub(super) fn show(&mut self, cart: &Cart, include: Include) -> Value {
        let urls = include
            .redirect_urls
            .then(|| redirect::urls(&cart.id, &self.ids.token(), &[]));
        cart.show(include, urls)
    }
}
