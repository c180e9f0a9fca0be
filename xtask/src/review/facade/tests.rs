//! A small mapping of every form that the scan knows.

use super::source::Source;
use super::uses::Api;
use super::{named_by, verbs};
use crate::api;
use crate::review::{ItemChange, Rust};

const CLIENT: &str = "
    pub mod types {
        #[derive(Clone, Default)] pub struct Cart { pub id: Option<String>, pub total: Option<Decimal>, pub lines: Option<Vec<Line>> }
        #[derive(Clone, Default)] pub struct Line { pub sku: Option<String>, pub total: Option<Decimal> }
        #[derive(Clone)] pub struct NewCart { pub name: String, pub note: Option<String> }
        impl NewCart { pub fn builder() -> builder::NewCart {} }
        #[non_exhaustive] pub enum Status { Open, Gone }
        pub struct Unused { pub total: Option<Decimal> }
    }
    impl Client { pub fn get_cart(&self) -> builder::GetCart<'_> {} pub fn create_cart(&self) -> builder::CreateCart<'_> {} }
    pub mod builder {
        pub struct GetCart<'a>;
        impl<'a> GetCart<'a> {
            pub fn id<V>(mut self, value: V) -> Self where V: TryInto<String> {}
            pub async fn send(self) -> Result<ResponseValue<types::Cart>, Error<()>> {}
        }
        pub struct CreateCart<'a>;
        impl<'a> CreateCart<'a> { pub fn id<V>(mut self, value: V) -> Self where V: TryInto<String> {} }
    }";

/// Each line that uses something ends with what it uses.
const MAPPING: &str = "use cartwright_shop::types::Status;
use cartwright_shop::{Client, types};
const KEPT: Status = Status::Open; // Status::Open Status
impl CartApi for Shop {
    async fn get(&self, id: &CartId) -> Result<Cart> {
        let answer = self.client.get_cart() // get_cart
            .id(id) // GetCart::id
            .send().await; // GetCart::send
        unify(answer)
    }
    async fn create(&self, id: &CartId) -> Result<Cart> {
        self.client.create_cart().id(id) // CreateCart::id
    }
}
fn unify(cart: types::Cart) -> Cart { // Cart
    let lines = cart.lines.as_ref().map(|line| line.total.clone()); // Line::total either
    let Some(first) = &cart.lines else { return };
    first.total; // Line::total
    Cart { total: cart.total.clone() } // Cart::total
}
fn other(cart: &NewCart) -> types::NewCart { // NewCart
    cart.total;
    types::NewCart { // NewCart full-literal
        name: cart.name, // NewCart::name
        note: None,
    }
}
macro_rules! line {
    ($item:expr) => { Row { total: $item.total.clone() } } // Line::total either
}
#[cfg(test)]
mod tests { fn t(line: types::Line) { line.total } }
";

/// The lines on which the mapping uses an item.
fn lines(change: &ItemChange) -> Vec<usize> {
    let source = Source::new(
        "src/vendors/shop/mod.rs".to_owned(),
        MAPPING,
        "cartwright_shop",
    );
    let api = Api::of(&api::list(CLIENT).unwrap());
    let uses = api.uses(&source, change).into_iter();
    let mut lines: Vec<usize> = uses.map(|found| source.tokens[found.at].line).collect();
    lines.dedup();
    lines
}

/// The lines that say that they use it.
fn said(what: &str) -> Vec<usize> {
    let lines = MAPPING.lines().enumerate().filter(|(_, line)| {
        line.split_once(" // ")
            .is_some_and(|(_, said)| said.split(' ').any(|word| word == what))
    });
    lines.map(|(index, _)| index + 1).collect()
}

fn gone(line: &str, path: &str) -> ItemChange {
    ItemChange {
        path: path.to_owned(),
        old: Some(line.to_owned()),
        new: None,
        rust: Rust::Break,
    }
}

#[test]
fn each_use_of_a_changed_item_is_found_by_its_name() {
    for (kind, path, what) in [
        ("field", "types::Line::total", "Line::total"),
        ("field", "types::Cart::total", "Cart::total"),
        ("field", "types::NewCart::name", "NewCart::name"),
        ("field", "types::Unused::total", "-"),
        ("struct", "types::NewCart", "NewCart"),
        ("variant", "types::Status::Open", "Status::Open"),
        ("variant", "types::Status::Gone", "-"),
        ("function", "Client::get_cart", "get_cart"),
        ("function", "builder::GetCart::id", "GetCart::id"),
        ("function", "builder::CreateCart::id", "CreateCart::id"),
        ("function", "builder::GetCart::send", "GetCart::send"),
    ] {
        let mut expected = said(what);
        if path == "types::Cart::total" {
            // What a closure or a macro is given may be of either type with a field of that name.
            expected.extend(said("either"));
            expected.sort_unstable();
        }
        assert_eq!(
            lines(&gone(&format!("{kind} {path}"), path)),
            expected,
            "{path}"
        );
    }
}

#[test]
fn a_new_field_is_missing_from_a_literal_of_all_fields() {
    let change = ItemChange {
        path: "types::NewCart::more".to_owned(),
        old: None,
        new: Some("field types::NewCart::more: Option<i64>".to_owned()),
        rust: Rust::Maybe,
    };
    assert_eq!(lines(&change), said("full-literal"));
}

#[test]
fn verbs_lead_to_what_they_name() {
    let sources = [Source::new(
        "src/vendors/shop/mod.rs".to_owned(),
        MAPPING,
        "cartwright_shop",
    )];
    let verbs = verbs(&sources);
    let of = |name: &str| -> Vec<String> {
        let part = sources[0]
            .parts
            .iter()
            .find(|part| part.name == name)
            .unwrap();
        verbs
            .get(&(0, part.range.start))
            .into_iter()
            .flatten()
            .cloned()
            .collect()
    };
    assert_eq!(of("get"), ["get"]);
    assert_eq!(of("unify"), ["get"]);
    assert_eq!(of("create"), ["create"]);
    assert!(of("other").is_empty());
    assert!(named_by(&sources, (9, 9)).is_empty());
}
