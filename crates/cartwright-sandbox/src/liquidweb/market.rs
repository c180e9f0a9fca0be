//! The market's state: its carts, its tokens, its ids, and the way it answers.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::answers::LiquidwebAnswers;
use super::cart::Cart;
use super::exception::Exception;
use super::kept::{KeptItem, Lost};
use super::seed::Seed;
use super::tokens::{Pass, Tokens};
use super::{ROOT, configurator, quote, request, shelf};
use crate::clock::Clock;
use crate::ids::Ids;
use crate::state::{StateError, read_part};

/// A shared handle on the market.
#[derive(Clone, Debug)]
pub(crate) struct Market {
    clock: Clock,
    seed: u64,
    data: Arc<Seed>,
    books: Arc<Mutex<Books>>,
}

/// All that changes.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Books {
    ids: Ids,
    carts: BTreeMap<String, Cart>,
    tokens: Tokens,
    answers: LiquidwebAnswers,
}

impl Books {
    fn new(seed: u64) -> Self {
        Self {
            ids: Ids::new(seed),
            carts: BTreeMap::new(),
            tokens: Tokens::default(),
            answers: LiquidwebAnswers::default(),
        }
    }

    fn cart(&mut self, uuid: &str) -> Result<&mut Cart, Exception> {
        let cart = self.carts.get_mut(uuid);
        cart.ok_or_else(|| Exception::not_found("market_cart", uuid))
    }

    /// Adds to the cart of that id, or to a new one.
    fn add(
        &mut self,
        uuid: Option<String>,
        item: KeptItem,
        data: &Seed,
        now: i64,
    ) -> Result<&Cart, Exception> {
        let Self { ids, carts, .. } = self;
        let cart = match uuid {
            None => {
                let cart = Cart::new(ids, now);
                carts.entry(cart.uuid.clone()).or_insert(cart)
            }
            Some(uuid) => carts
                .get_mut(&uuid)
                .ok_or_else(|| Exception::not_found("market_cart", &uuid))?,
        };
        cart.add(item, data, ids, now).map_err(Exception::lost)?;
        Ok(cart)
    }
}

impl Market {
    pub(crate) fn new(seed: u64, clock: Clock, data: Seed) -> Self {
        Self {
            clock,
            seed,
            data: Arc::new(data),
            books: Arc::new(Mutex::new(Books::new(seed))),
        }
    }

    pub(super) fn data(&self) -> &Seed {
        &self.data
    }

    /// Forgets carts and tokens. The way to answer stays.
    pub(crate) fn reset(&self) {
        let mut books = self.lock();
        *books = Books {
            answers: books.answers,
            ..Books::new(self.seed)
        };
    }

    /// The whole state, as [`read`](Self::read) takes it.
    pub(crate) fn dump(&self) -> Value {
        json!(*self.lock())
    }

    /// Reads a state, and holds it against the catalogue.
    pub(crate) fn read(&self, state: &Value) -> Result<Books, StateError> {
        let books: Books = read_part("vendors.liquidweb", state)?;
        for (uuid, cart) in &books.carts {
            let place = format!("vendors.liquidweb.carts.{uuid}");
            if *uuid != cart.uuid {
                let what = format!("the cart is {}; write it under its own id", cart.uuid);
                return Err(StateError::at(format!("{place}.uuid"), what));
            }
            let lost =
                |Lost {
                     place: within,
                     what,
                 }| { StateError::at(format!("{place}.{within}"), what) };
            cart.look_up(&self.data).map_err(lost)?;
        }
        Ok(books)
    }

    pub(crate) fn put(&self, books: Books) {
        *self.lock() = books;
    }

    pub(crate) fn answer_with(&self, answers: LiquidwebAnswers) {
        self.lock().answers = answers;
    }

    /// The refusal of one call too many.
    pub(crate) fn too_many_requests(&self, path: &str) -> Response {
        let method = path.strip_prefix(ROOT).unwrap_or(path);
        let method = method.trim_start_matches('/');
        Exception::rate_limit(self.data.account, method).into_response()
    }

    /// Whether a token that was given lets in. If it does, it has been used.
    pub(super) fn open(&self, token: &str) -> bool {
        let now = self.clock.unix_millis();
        self.lock().tokens.open(token, now)
    }

    pub(super) fn token(&self, pass: Pass, params: &Params) -> Result<Value, Exception> {
        let now = self.clock.unix_millis();
        let mut books = self.lock();
        let Books {
            ids,
            tokens,
            answers,
            ..
        } = &mut *books;
        tokens.token(pass, params, *answers, ids, now)
    }

    pub(super) fn add_item(&self, params: &Params) -> Result<Value, Exception> {
        let now = self.clock.unix_millis();
        let mut books = self.lock();
        let answers = books.answers;
        let asked = request::addition(params, &self.data, &mut books.ids)?;
        let cart = books.add(asked.cart, asked.item, &self.data, now)?;
        cart.show(&self.data, &asked.alsowith, answers, now)
            .map_err(Exception::lost)
    }

    pub(super) fn add_configured(&self, params: &Params) -> Result<Value, Exception> {
        let now = self.clock.unix_millis();
        let mut books = self.lock();
        let asked = configurator::order(params, &self.data, &mut books.ids)?;
        let cart = books.add(asked.cart, asked.item, &self.data, now)?;
        Ok(json!({"cart_uuid": cart.uuid}))
    }

    pub(super) fn quote(&self, params: &Params) -> Result<Value, Exception> {
        let now = self.clock.unix_millis();
        let mut books = self.lock();
        let answers = books.answers;
        let asked = quote::quoting(params)?;
        let cart = books.cart(&asked.cart)?;
        cart.quote(asked.quote, now);
        cart.show(&self.data, &asked.alsowith, answers, now)
            .map_err(Exception::lost)
    }

    pub(super) fn bundle(&self, params: &Params) -> Result<Value, Exception> {
        shelf::bundle(params, &self.data, self.lock().answers)
    }

    pub(super) fn package(&self, params: &Params) -> Result<Value, Exception> {
        shelf::package(params, &self.data, self.lock().answers)
    }

    pub(super) fn packages(&self, params: &Params) -> Result<Value, Exception> {
        shelf::packages(params, &self.data, self.lock().answers)
    }

    pub(super) fn products(&self, params: &Params) -> Result<Value, Exception> {
        shelf::products(params, &self.data, self.lock().answers)
    }

    fn lock(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

pub(super) type Params = Map<String, Value>;
