//! The shop's state: its carts, its tokens, its numbers.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::cart::Cart;
use super::tokens::Tokens;
use crate::clock::Clock;
use crate::ids::Ids;

/// A shared handle on the shop.
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

    pub(crate) fn expire_tokens(&self) {
        self.lock().tokens = Tokens::default();
    }

    /// The books, for as long as one operation takes.
    pub(super) fn open(&self) -> MutexGuard<'_, Books> {
        let mut books = self.lock();
        books.now = self.clock.unix_millis();
        books
    }

    fn lock(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[derive(Debug)]
pub(super) struct Books {
    pub(super) ids: Ids,
    pub(super) now: i64,
    pub(super) tokens: Tokens,
    pub(super) carts: BTreeMap<String, Cart>,
    pub(super) numbers: Numbers,
}

impl Books {
    fn new(seed: u64) -> Self {
        Self {
            ids: Ids::new(seed),
            now: 0,
            tokens: Tokens::default(),
            carts: BTreeMap::new(),
            numbers: Numbers::new(seed),
        }
    }
}

/// The numbers that are counted up over all carts.
#[derive(Debug)]
pub(super) struct Numbers {
    order: u64,
    item: u64,
}

impl Numbers {
    /// They start apart from each other with each seed, so that a cart of another sandbox is not
    /// found by chance.
    fn new(seed: u64) -> Self {
        Self {
            order: 46_000_000 + (seed % 9_000) * 1_000_000,
            item: 11_000_000,
        }
    }

    /// Ten digits as long as a sandbox sees less than a million carts.
    pub(super) fn order(&mut self) -> u64 {
        self.order += 1;
        self.order
    }

    pub(super) fn item(&mut self) -> u64 {
        self.item += 1;
        self.item
    }
}
