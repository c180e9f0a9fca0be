//! The store's state: its carts, settings, metafields, ids, and its count of requests.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::response::Response;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::cart::Cart;
use super::errors::Problem;
use super::include::Include;
use super::metafields::Metafields;
use super::rate_limit::{self, DOCUMENTED, Left, Window};
use super::redirect;
use super::request;
use super::seed::Seed;
use super::settings::Settings;
use crate::clock::Clock;
use crate::ids::Ids;
use crate::quota::Quota;
use crate::state::StateError;

/// Carts are valid for 30 days from their last change.
const LIFETIME_MILLIS: i64 = 30 * 24 * 60 * 60 * 1000;

/// A shared handle on the store.
#[derive(Clone, Debug)]
pub(crate) struct Shop {
    clock: Clock,
    id_seed: u64,
    seed: Arc<Seed>,
    quota: Option<Quota>,
    books: Arc<Mutex<Books>>,
}

impl Shop {
    /// A store with seed `id_seed` of its ids, and what a [checked](Seed::check) seed holds.
    pub(crate) fn new(id_seed: u64, clock: Clock, data: Seed) -> Self {
        let books = Books::new(id_seed, clock.unix_millis(), &data);
        Self {
            clock,
            id_seed,
            seed: Arc::new(data),
            quota: None,
            books: Arc::new(Mutex::new(books)),
        }
    }

    /// The store with a quota that it enforces, if there is one.
    pub(crate) fn limited(mut self, quota: Option<Quota>) -> Self {
        self.quota = quota;
        self
    }

    /// Back to the seed.
    pub(crate) fn reset(&self) {
        self.put(Books::new(
            self.id_seed,
            self.clock.unix_millis(),
            &self.seed,
        ));
    }

    /// The whole state.
    pub(crate) fn dump(&self) -> Value {
        // Books are texts, numbers and maps with text keys, which always have a JSON form.
        serde_json::to_value(&*self.lock()).unwrap_or_else(|_| json!({}))
    }

    /// A state that was dumped, checked against this store's catalogue.
    pub(crate) fn read(&self, state: &Value) -> Result<Books, StateError> {
        const PLACE: &str = "vendors.bigcommerce";
        let books: Books = serde_path_to_error::deserialize(state).map_err(|error| {
            let place = format!("{PLACE}.{}", error.path());
            StateError::at(place, format!("{}; give what a dump has", error.inner()))
        })?;
        for (id, cart) in &books.carts {
            let place = format!("{PLACE}.carts.{id}");
            if cart.id != *id {
                return Err(StateError::at(
                    format!("{place}.id"),
                    format!("is `{}`; it must be the name it stands under", cart.id),
                ));
            }
            cart.check(&place, &self.seed)?;
        }
        books.metafields.check(&format!("{PLACE}.metafields"))?;
        Ok(books)
    }

    /// Goes on from another state.
    pub(crate) fn put(&self, books: Books) {
        *self.lock() = books;
    }

    pub(super) fn seed(&self) -> &Seed {
        &self.seed
    }

    /// The books, for as long as one operation takes: a cart is never seen half changed.
    pub(super) fn open(&self) -> MutexGuard<'_, Books> {
        let mut books = self.lock();
        books.now = self.clock.unix_millis();
        books
    }

    pub(super) fn count_request(&self, quota: Quota) -> Left {
        let mut books = self.open();
        let now = books.now;
        books.window.count(quota, now)
    }

    pub(super) fn quota(&self) -> Option<Quota> {
        self.quota
    }

    /// The refusal of one request too many, as if the window had taken no more.
    pub(crate) fn too_many_requests(&self) -> Response {
        let now = self.clock.unix_millis();
        let quota = self.quota.unwrap_or(DOCUMENTED);
        let left = self.open().window.use_up(quota, now);
        rate_limit::refusal(quota, &left)
    }

    fn lock(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Books {
    pub(super) ids: Ids,
    #[serde(skip)]
    pub(super) now: i64,
    carts: BTreeMap<String, Cart>,
    window: Window,
    pub(super) settings: Settings,
    pub(super) metafields: Metafields,
}

impl Books {
    fn new(id_seed: u64, now: i64, seed: &Seed) -> Self {
        let mut books = Self {
            ids: Ids::new(id_seed),
            now,
            carts: BTreeMap::new(),
            window: Window::default(),
            settings: seed.settings.clone(),
            metafields: Metafields::default(),
        };
        for body in &seed.carts {
            let made = request::new_cart(body, seed)
                .and_then(|asked| Cart::new(asked, &mut books.ids, now, seed));
            // A checked seed has no cart that is refused.
            if let Ok(cart) = made {
                books.keep(cart);
            }
        }
        books
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
    pub(super) fn show(&mut self, cart: &Cart, include: Include, seed: &Seed) -> Value {
        let urls = include
            .redirect_urls
            .then(|| redirect::urls(&cart.id, &self.ids.token(), &[]));
        cart.show(include, urls, seed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_that_the_store_cannot_be_in_is_refused_with_its_place() {
        let shop = Shop::new(0, Clock::system(), Seed::builtin().unwrap());
        let mut books = shop.open();
        let body = json!({"line_items": [{"product_id": 126, "quantity": 1}]});
        let asked = request::new_cart(&body, shop.seed()).unwrap();
        let cart = Cart::new(asked, &mut books.ids, 0, shop.seed()).unwrap();
        let id = cart.id.clone();
        books.keep(cart);
        drop(books);
        let sound = shop.dump();
        assert!(shop.read(&sound).is_ok());
        let cases = [
            ("lines/0/product_id", json!(999), "lines[0]"),
            ("lines/0/variant_id", json!(151), "lines[0]"),
            ("lines/0/quantity", json!(0), "lines[0]"),
            ("lines/0/list_price", json!("1e28"), "lines[0].list_price"),
            ("lines/0/list_price", json!("1000000000"), "lines[0]"),
            ("lines/0/name", json!(7), "lines[0].name"),
            ("id", json!("another"), "id"),
        ];
        for (pointer, odd, place) in cases {
            let mut state = sound.clone();
            *state
                .pointer_mut(&format!("/carts/{id}/{pointer}"))
                .unwrap() = odd;
            let refusal = shop.read(&state).unwrap_err();
            let place = format!("vendors.bigcommerce.carts.{id}.{place}");
            assert_eq!(refusal.place(), place, "{refusal}");
        }
        assert_eq!(shop.dump(), sound);
    }
}
