//! The shop's state: its carts, its licences, its tokens, its numbers.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::response::Response;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::cart::Cart;
use super::dates::Moment;
use super::errors::Problem;
use super::request::Licences;
use super::seed::{Misplaced, Seed};
use super::tokens::Tokens;
use crate::clock::Clock;
use crate::ids::Ids;
use crate::state::{StateError, read_part};

/// A shared handle on the shop.
#[derive(Clone, Debug)]
pub(crate) struct Shop {
    clock: Clock,
    seed: u64,
    data: Arc<Seed>,
    books: Arc<Mutex<Books>>,
}

impl Shop {
    pub(crate) fn new(seed: u64, clock: Clock, data: Seed) -> Self {
        let books = Books::new(seed, &data);
        Self {
            clock,
            seed,
            data: Arc::new(data),
            books: Arc::new(Mutex::new(books)),
        }
    }

    pub(crate) fn reset(&self) {
        *self.lock() = Books::new(self.seed, &self.data);
    }

    pub(crate) fn expire_tokens(&self) {
        self.lock().tokens = Tokens::default();
    }

    /// The refusal of one request too many.
    pub(crate) fn too_many_requests(&self) -> Response {
        Problem::too_many().answer(&self.open().ids.uuid())
    }

    /// The whole state, as [`read`](Self::read) takes it.
    pub(crate) fn dump(&self) -> Value {
        // Its maps have texts as keys and it holds no floats, so there is nothing that JSON could not say.
        serde_json::to_value(&*self.lock()).unwrap_or_default()
    }

    /// Reads a state without going over to it.
    pub(crate) fn read(&self, state: &Value) -> Result<Books, StateError> {
        let books: Books = read_part("vendors.webroot", state)?;
        books.check(&self.data).map_err(|fault| {
            StateError::at(format!("vendors.webroot.{}", fault.place), fault.what)
        })?;
        Ok(books)
    }

    /// Goes over to a state.
    pub(crate) fn put(&self, books: Books) {
        *self.lock() = books;
    }

    pub(super) fn seed(&self) -> &Seed {
        &self.data
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

/// All that changes. The catalogue is not in it; what is, names its rows.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Books {
    pub(super) ids: Ids,
    /// Milliseconds since 1970, taken from the clock at each opening.
    #[serde(skip)]
    pub(super) now: i64,
    pub(super) tokens: Tokens,
    /// By order code.
    pub(super) carts: BTreeMap<String, Cart>,
    pub(super) licences: Licences,
    pub(super) numbers: Numbers,
}

impl Books {
    fn new(seed: u64, data: &Seed) -> Self {
        let licences = data.licences.iter().cloned();
        Self {
            ids: Ids::new(seed),
            now: 0,
            tokens: Tokens::default(),
            carts: BTreeMap::new(),
            licences: licences
                .map(|licence| (licence.keycode.clone(), licence))
                .collect(),
            numbers: Numbers::new(seed, data),
        }
    }

    pub(super) fn now(&self) -> Moment {
        Moment::of_millis(self.now)
    }

    fn check(&self, data: &Seed) -> Result<(), Misplaced> {
        for (code, cart) in &self.carts {
            let place = format!("carts.{code}");
            cart.check(code, data)
                .map_err(|fault| fault.under(&place))?;
            let number = code.get(3..).and_then(|digits| digits.parse().ok());
            if number.is_some_and(|number: u64| number > self.numbers.order) {
                return Err(to_come(format!("{place}.code"), "order"));
            }
            for item in cart.bundles.iter().flatten() {
                if item.id > self.numbers.item {
                    return Err(to_come(place, "item"));
                }
                let named = item.asked.keycode.as_ref();
                if let Some(unknown) = named.filter(|keycode| !self.licences.contains_key(*keycode))
                {
                    let what = format!("renews {unknown:?}, which is not among the licences");
                    return Err(Misplaced::new(place, what));
                }
            }
        }
        for (keycode, licence) in &self.licences {
            let place = format!("licences.{keycode}");
            if licence.keycode != *keycode {
                let what = format!(
                    "{:?} is not the keycode that the licence is kept under",
                    licence.keycode
                );
                return Err(Misplaced::new(format!("{place}.keycode"), what));
            }
            if licence.license_id > self.numbers.licence {
                return Err(to_come(format!("{place}.license_id"), "licence"));
            }
            licence.check(data).map_err(|fault| fault.under(&place))?;
        }
        Ok(())
    }
}

fn to_come(place: String, counter: &str) -> Misplaced {
    let what =
        format!("the number is still to come; raise vendors.webroot.numbers.{counter} to it");
    Misplaced::new(place, what)
}

/// The numbers that are counted up over all carts: the last ones given.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Numbers {
    order: u64,
    item: u64,
    licence: u64,
}

impl Numbers {
    /// They start apart from each other with each seed, so that a cart of another sandbox is not
    /// found by chance.
    fn new(seed: u64, data: &Seed) -> Self {
        let known = data.licences.iter().map(|licence| licence.license_id);
        Self {
            order: 46_000_000 + (seed % 9_000) * 1_000_000,
            item: 11_000_000,
            licence: known.fold(100_000_000, u64::max),
        }
    }

    /// Ten digits as long as a sandbox sees less than a million carts.
    pub(super) fn order(&mut self) -> u64 {
        self.order = self.order.saturating_add(1);
        self.order
    }

    pub(super) fn item(&mut self) -> u64 {
        self.item = self.item.saturating_add(1);
        self.item
    }

    pub(super) fn licence(&mut self) -> u64 {
        self.licence = self.licence.saturating_add(1);
        self.licence
    }
}
