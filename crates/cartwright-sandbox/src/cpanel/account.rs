//! The account's state: the orders it made, the ids to come, the way to answer.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::ACCESS_TOKEN;
use super::certificate::Certificate;
use super::envelope::CpanelAnswers;
use super::login::Login;
use super::seed::Seed;
use crate::clock::Clock;
use crate::ids::Ids;
use crate::state::{StateError, read_part};

/// An order, as the cPanel stand-in keeps it.
///
/// cPanel documents no function that reads an order back; a test reads it here.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CpanelOrder {
    /// The order's id, in digits.
    pub order_id: String,
    /// The provider that the order was placed with, as in `cPStore`.
    pub provider: String,
    /// The items as they were sent, each a JSON text, in the order of the call. Of a product that
    /// was named, the text is the stand-in's own.
    pub items: Vec<String>,
    /// Where the buyer goes after the checkout. Empty if the call named nothing, as it may for
    /// certificates.
    pub url_after_checkout: String,
}

/// A shared handle on the account.
#[derive(Clone, Debug)]
pub(crate) struct Account {
    seed: u64,
    clock: Clock,
    data: Arc<Seed>,
    books: Arc<Mutex<Books>>,
}

impl Account {
    pub(crate) fn new(seed: u64, clock: Clock, data: Seed) -> Self {
        Self {
            seed,
            clock,
            data: Arc::new(data),
            books: Arc::new(Mutex::new(Books::new(seed, CpanelAnswers::default()))),
        }
    }

    /// Forgets all but the seed. The way to answer stays.
    pub(crate) fn reset(&self) {
        let mut books = self.open();
        *books = Books::new(self.seed, books.answers);
    }

    pub(crate) fn answer_with(&self, answers: CpanelAnswers) {
        self.open().answers = answers;
    }

    pub(crate) fn orders(&self) -> Vec<CpanelOrder> {
        let books = self.open();
        let told = |(id, order): (&u64, &Order)| CpanelOrder {
            order_id: id.to_string(),
            provider: order.provider.clone(),
            items: order.items.iter().map(|item| item.sent.clone()).collect(),
            url_after_checkout: order.url_after_checkout.clone(),
        };
        books.orders.iter().map(told).collect()
    }

    /// The whole state.
    pub(crate) fn dump(&self) -> Value {
        serde_json::to_value(&*self.open()).unwrap_or_default()
    }

    /// Reads what [`dump`](Self::dump) wrote, and changes nothing yet.
    pub(crate) fn read(&self, state: &Value) -> Result<Books, StateError> {
        let books: Books = read_part("vendors.cpanel", state)?;
        books.check(&self.data)?;
        Ok(books)
    }

    pub(crate) fn put(&self, books: Books) {
        *self.open() = books;
    }

    pub(super) fn data(&self) -> &Seed {
        &self.data
    }

    /// Seconds since 1970.
    pub(super) fn now(&self) -> i64 {
        self.clock.unix_millis().div_euclid(1000)
    }

    /// The books, for as long as one call takes.
    pub(super) fn open(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Books {
    pub(super) answers: CpanelAnswers,
    pub(super) orders: BTreeMap<u64, Order>,
    /// By the id of their order item, in the order requested.
    pub(super) certificates: BTreeMap<u64, Certificate>,
    /// The logins that were asked for and are not over.
    pub(super) logins: BTreeSet<Login>,
    /// The access tokens of finished logins, and whom they are good for.
    access_tokens: BTreeMap<String, String>,
    pub(super) session: Session,
    next_order: u64,
    next_order_item: u64,
    pub(super) ids: Ids,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Order {
    pub(super) provider: String,
    pub(super) items: Vec<OrderItem>,
    pub(super) url_after_checkout: String,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OrderItem {
    pub(super) id: u64,
    pub(super) sent: String,
    /// Whether its payment was confirmed.
    pub(super) confirmed: bool,
}

/// What functions write into the session of cPanel's interface.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Session {
    /// The domain that something is bought for.
    pub(super) domain: Option<String>,
    /// Whether licenses were read, and of what domain.
    pub(super) licenses_read: bool,
    pub(super) licenses_of: Option<String>,
}

impl Books {
    fn new(seed: u64, answers: CpanelAnswers) -> Self {
        let mut ids = Ids::new(seed);
        Self {
            answers,
            orders: BTreeMap::new(),
            certificates: BTreeMap::new(),
            logins: BTreeSet::new(),
            access_tokens: BTreeMap::new(),
            session: Session::default(),
            next_order: ids.seven_digits(),
            next_order_item: ids.seven_digits(),
            ids,
        }
    }

    pub(super) fn new_order_item(&mut self, sent: String) -> OrderItem {
        let id = self.next_order_item;
        self.next_order_item = id.saturating_add(1);
        OrderItem {
            id,
            sent,
            confirmed: false,
        }
    }

    /// Keeps the order, and answers its id.
    pub(super) fn keep(&mut self, order: Order) -> u64 {
        let id = self.next_order;
        self.next_order = id.saturating_add(1);
        self.orders.insert(id, order);
        id
    }

    /// Hands out an access token that is good for the provider.
    pub(super) fn let_in(&mut self, provider: &str) -> String {
        let token = self.ids.uuid();
        self.access_tokens
            .insert(token.clone(), provider.to_owned());
        token
    }

    pub(super) fn admits(&self, access_token: &str, provider: &str) -> bool {
        access_token == ACCESS_TOKEN
            || self
                .access_tokens
                .get(access_token)
                .is_some_and(|of| of == provider)
    }

    /// The item with this id, in an order placed with this provider.
    pub(super) fn order_item(&mut self, provider: &str, id: u64) -> Option<&mut OrderItem> {
        self.orders
            .values_mut()
            .filter(|order| order.provider == provider)
            .flat_map(|order| &mut order.items)
            .find(|item| item.id == id)
    }

    fn check(&self, data: &Seed) -> Result<(), StateError> {
        let no_provider = |place: String, name: &str| {
            StateError::at(
                place,
                format!("the seed has no provider \"{name}\"; name one of the seed's"),
            )
        };
        for (id, order) in &self.orders {
            let place = format!("vendors.cpanel.orders.{id}");
            if *id >= self.next_order {
                return Err(to_come(place, *id, "next_order"));
            }
            if data.provider(&order.provider).is_none() {
                return Err(no_provider(format!("{place}.provider"), &order.provider));
            }
            for (index, item) in order.items.iter().enumerate() {
                if item.id >= self.next_order_item {
                    let place = format!("{place}.items[{index}].id");
                    return Err(to_come(place, item.id, "next_order_item"));
                }
            }
        }
        for (id, certificate) in &self.certificates {
            certificate.check(*id, &self.orders, data)?;
        }
        for (index, login) in self.logins.iter().enumerate() {
            if data.provider(&login.provider).is_none() {
                let place = format!("vendors.cpanel.logins[{index}].provider");
                return Err(no_provider(place, &login.provider));
            }
        }
        for (token, provider) in &self.access_tokens {
            if data.provider(provider).is_none() {
                let place = format!("vendors.cpanel.access_tokens.{token}");
                return Err(no_provider(place, provider));
            }
        }
        Ok(())
    }
}

fn to_come(place: String, id: u64, counter: &str) -> StateError {
    StateError::at(
        place,
        format!("the id {id} is still to come; raise vendors.cpanel.{counter} above it"),
    )
}

#[cfg(test)]
mod tests {
    use axum::body::Bytes;
    use axum::http::{HeaderMap, Uri};
    use serde_json::json;

    use super::*;
    use crate::cpanel::market::{Call, call};
    use crate::cpanel::parameters::Parameters;

    fn account(seed: u64) -> Account {
        let clock = Clock::settable(std::time::UNIX_EPOCH);
        Account::new(seed, clock, Seed::builtin().unwrap())
    }

    fn ask(account: &Account, function: &str, query: &[(&str, &str)]) -> String {
        let query = serde_urlencoded::to_string(query).unwrap();
        let uri: Uri = format!("/?{query}").parse().unwrap();
        let asked = Parameters::read(&uri, &HeaderMap::new(), &Bytes::new());
        let mut books = account.open();
        let outcome = call(
            "Market",
            function,
            Call {
                data: account.data(),
                books: &mut books,
                asked: &asked,
                now: account.now(),
            },
        );
        format!("{outcome:?}")
    }

    /// Calls that write everything there is to write.
    fn busy(account: &Account) {
        let certificate = r#"{"product_id":143,"price":6,"subject_names":[["dNSName","a.example"]],"validity_period":[1,"year"]}"#;
        let back = ("url_after_checkout", "https://shop.example/");
        let (token, provider) = (("access_token", ACCESS_TOKEN), ("provider", "cPStore"));
        let asked = [token, provider, back, ("item", r#"{"product_id":1}"#)];
        ask(account, "create_shopping_cart", &asked);
        let asked = [token, provider, ("certificate", certificate)];
        ask(account, "request_ssl_certificates", &asked);
        let login = [provider, ("url_after_login", "https://shop.example/in")];
        ask(account, "get_login_url", &login);
        let token = [&login[..], &[("login_token", "8675309")]].concat();
        ask(account, "validate_login_token", &token);
        ask(account, "get_login_url", &login);
        let asked = [("product_name", "cpanel-ssl"), ("domain", "a.example")];
        ask(account, "get_build_cart_url", &asked);
        ask(account, "get_license_info", &[]);
    }

    #[test]
    fn a_state_that_is_put_back_answers_the_same_from_then_on() {
        let (one, other) = (account(1), account(2));
        busy(&one);
        one.answer_with(CpanelAnswers::MissingKeys);
        other.put(other.read(&one.dump()).unwrap());
        assert_eq!(other.dump(), one.dump());
        for account in [&one, &other] {
            busy(account);
        }
        let pending = [("provider", "cPStore")];
        assert_eq!(other.dump(), one.dump());
        assert_eq!(
            ask(&other, "get_pending_ssl_certificates", &pending),
            ask(&one, "get_pending_ssl_certificates", &pending)
        );
    }

    #[test]
    fn a_reset_goes_back_to_the_seed() {
        let account = account(1);
        let new = account.dump();
        busy(&account);
        assert_ne!(account.dump(), new);
        account.reset();
        assert_eq!(account.dump(), new);
    }

    #[test]
    fn a_state_that_contradicts_itself_or_the_seed_is_refused_with_its_place() {
        let account = account(1);
        busy(&account);
        let state = account.dump();
        let key = |of: &str| {
            let mut keys = state[of].as_object().unwrap().keys();
            keys.next().unwrap().clone()
        };
        let (order, certificate) = (key("orders"), key("certificates"));
        let token = key("access_tokens");
        for (pointer, value, place) in [
            (
                "/next_order".to_owned(),
                json!(0),
                format!("orders.{order}"),
            ),
            (
                "/next_order_item".to_owned(),
                json!(0),
                format!("orders.{order}.items[0].id"),
            ),
            (
                format!("/orders/{order}/provider"),
                json!("Nobody"),
                format!("orders.{order}.provider"),
            ),
            (
                format!("/certificates/{certificate}/order"),
                json!(1),
                format!("certificates.{certificate}.order"),
            ),
            (
                format!("/certificates/{certificate}/product"),
                json!(123_456),
                format!("certificates.{certificate}.product"),
            ),
            (
                "/logins/0/provider".to_owned(),
                json!("Nobody"),
                "logins[0].provider".to_owned(),
            ),
            (
                format!("/access_tokens/{token}"),
                json!("Nobody"),
                format!("access_tokens.{token}"),
            ),
        ] {
            let mut state = state.clone();
            *state.pointer_mut(&pointer).unwrap() = value;
            let error = account.read(&state).unwrap_err();
            assert_eq!(error.place(), format!("vendors.cpanel.{place}"));
        }
        assert!(account.read(&json!({})).is_err());
        assert_eq!(account.dump(), state);
    }
}
