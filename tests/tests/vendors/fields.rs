//! Which fields of its results each vendor fills, held against what every documented answer becomes.

use std::collections::{BTreeMap, BTreeSet};

use cartwright::{FieldRow, FieldSet, Fill, LineKind, ResultFields, Support, Vendor, Verb};
use serde::Serialize;
use serde_json::Value;

use crate::spec::Example;
use crate::{bigcommerce, cpanel, liquidweb, webroot};

/// Documented answers that leave out a field of those that are always filled, and why they do.
const SPARSE: &[(&str, &str, &str)] = &[
    (
        "bigcommerce",
        "create-cart-response-documented.json",
        "the documentation's own sample shows a custom item without quantity and price",
    ),
    (
        "webroot",
        "get-cart-response-ids-as-text.json",
        "it is there for two ids, and has little else",
    ),
];

/// Fields that are sometimes filled, which no documented answer shows in both ways, and what the missing way would be.
const UNSHOWN: &[(&str, &str, &str)] = &[
    ("bigcommerce", "checkout.messages", UNKNOWN),
    ("bigcommerce", "custom line.image_url", NOT_REQUIRED),
    ("bigcommerce", "custom line.sku", NOT_REQUIRED),
    ("bigcommerce", "digital line.image_url", NO_PICTURE),
    ("bigcommerce", "digital line.sku", NOT_REQUIRED),
    ("bigcommerce", "digital line.variant_id", NOT_REQUIRED),
    ("bigcommerce", "physical line.image_url", NO_PICTURE),
    ("bigcommerce", "physical line.sku", NOT_REQUIRED),
    ("bigcommerce", "physical line.variant_id", NOT_REQUIRED),
    ("cpanel", "cart.checkout_url", "the provider says none"),
    ("cpanel", "provider-item line.name", OF_THE_PROVIDER),
    ("cpanel", "provider-item line.unit_price", OF_THE_PROVIDER),
    ("liquidweb", "bundle line.totals", OF_A_SERVICE),
    ("liquidweb", "package line.totals", OF_A_SERVICE),
    (
        "liquidweb",
        "service line.options",
        "a service without options",
    ),
    ("webroot", "cart.messages", UNREADABLE),
];

const UNKNOWN: &str = "a field that the vendor does not document";
const NOT_REQUIRED: &str = "the store's owner need not give one";
const NO_PICTURE: &str = "a product without a picture";
const OF_THE_PROVIDER: &str = "a provider that answers the keys of the documentation's request";
const OF_A_SERVICE: &str =
    "amounts of such a line; the documented answers with amounts hold services";
const UNREADABLE: &str = "a value that can't be read, which no documented answer has";

/// What a vendor's documented answers became, by result.
struct Results {
    vendor: Vendor,
    carts: Vec<(String, Value)>,
    checkouts: Vec<(String, Value)>,
    orders: Vec<(String, Value)>,
}

fn unified<T: Serialize>(results: Vec<(Example, T)>) -> Vec<(String, Value)> {
    let written =
        |(example, result): (Example, T)| (example.file, serde_json::to_value(result).unwrap());
    results.into_iter().map(written).collect()
}

async fn results() -> Vec<Results> {
    let named = |(example, cart): (Example, cartwright::Result<_>)| Some((example, cart.ok()?));
    let cpanel_carts = cpanel::unified::carts().await;
    let results = vec![
        Results {
            vendor: Vendor::BigCommerce,
            carts: unified(bigcommerce::unified::carts().await),
            checkouts: unified(bigcommerce::unified::checkouts().await),
            orders: Vec::new(),
        },
        Results {
            vendor: Vendor::Cpanel,
            carts: unified(cpanel_carts.into_iter().filter_map(named).collect()),
            checkouts: unified(cpanel::unified::checkouts().await),
            orders: Vec::new(),
        },
        Results {
            vendor: Vendor::LiquidWeb,
            carts: unified(liquidweb::unified::carts().await),
            checkouts: Vec::new(),
            orders: Vec::new(),
        },
        Results {
            vendor: Vendor::Webroot,
            carts: unified(webroot::unified::carts().await),
            checkouts: Vec::new(),
            orders: unified(webroot::unified::orders().await),
        },
    ];
    let vendors: Vec<Vendor> = results.iter().map(|results| results.vendor).collect();
    assert_eq!(vendors, Vendor::ALL);
    results
}

/// What the documented answers show of one vendor's table.
#[derive(Default)]
struct Shown {
    /// Files that leave out a field which is always filled.
    sparse: BTreeSet<String>,
    /// Field to whether it was seen filled, and seen empty.
    seen: BTreeMap<String, (bool, bool)>,
}

impl Shown {
    /// Holds one result against its table.
    fn hold(&mut self, file: &str, place: &str, set: &FieldSet, result: &Value) {
        let fields = result.as_object().expect("a result is an object");
        let listed: Vec<&str> = set.fields().map(|(field, _)| field).collect();
        let mut sorted = listed.clone();
        sorted.sort_unstable();
        let mut found: Vec<&str> = fields.keys().map(String::as_str).collect();
        found.sort_unstable();
        assert_eq!(
            sorted, found,
            "{place}: the table lists other fields than the type has"
        );
        for (field, value) in fields {
            let field_at = format!("{place}.{field}");
            let is_filled =
                !value.is_null() && value.as_array().is_none_or(|list| !list.is_empty());
            match set.of(field) {
                Some(Fill::Never) => {
                    assert!(
                        !is_filled,
                        "{file}: {field_at} is said never to be filled: {value}"
                    );
                }
                // An empty cart is a cart whose lines the vendor states.
                Some(Fill::Always) if !is_filled && field != "line_items" => {
                    self.sparse.insert(file.to_owned());
                }
                Some(Fill::Always) => {}
                _ => {
                    let (filled, empty) = self.seen.entry(field_at).or_default();
                    *filled |= is_filled;
                    *empty |= !is_filled;
                }
            }
        }
    }
}

/// Lines of a kind that the vendor's documentation does not know are as full as they are.
fn set_of<'a>(fields: &'a ResultFields, line: &Value) -> Option<(String, &'a FieldSet)> {
    let of = |kind: &LineKind| serde_json::to_value(kind).unwrap() == line["kind"];
    match fields.line_items.iter().find(|(kind, _)| of(kind)) {
        Some((kind, set)) => Some((format!("{kind} line"), set)),
        None => {
            assert!(
                line["kind"].get("other").is_some(),
                "no table for {}",
                line["kind"]
            );
            None
        }
    }
}

#[tokio::test]
async fn each_documented_answer_fills_what_the_table_says() {
    let (mut sparse, mut unshown) = (BTreeSet::new(), BTreeSet::new());
    for results in results().await {
        let (vendor, fields) = (results.vendor, results.vendor.fields());
        let mut shown = Shown::default();
        for (file, cart) in &results.carts {
            shown.hold(file, "cart", &fields.cart, cart);
            for line in cart["line_items"].as_array().expect("lines") {
                if let Some((place, set)) = set_of(fields, line) {
                    shown.hold(file, &place, set, line);
                }
            }
        }
        for (file, checkout) in &results.checkouts {
            let set = fields.checkout.as_ref().expect("a table of the checkout");
            shown.hold(file, "checkout", set, checkout);
        }
        for (file, order) in &results.orders {
            let set = fields.order.as_ref().expect("a table of the order");
            shown.hold(file, "order", set, order);
        }
        let of_vendor = |what: String| (vendor.to_string(), what);
        sparse.extend(shown.sparse.into_iter().map(of_vendor));
        for (field, seen) in shown.seen {
            if seen != (true, true) {
                unshown.insert(of_vendor(field));
            }
        }
    }
    let listed = |table: &'static [(&str, &str, &str)]| -> BTreeSet<(String, String)> {
        let entries = table.iter();
        entries
            .map(|(vendor, what, _)| ((*vendor).to_owned(), (*what).to_owned()))
            .collect()
    };
    assert_eq!(sparse, listed(SPARSE));
    assert_eq!(unshown, listed(UNSHOWN));
}

#[test]
fn a_table_stands_for_each_result_that_a_verb_answers() {
    for &vendor in Vendor::ALL {
        let (fields, capability) = (vendor.fields(), vendor.capability());
        let can = |verb| capability.of(verb) == Support::Supported;
        assert_eq!(fields.checkout.is_some(), can(Verb::Checkout), "{vendor}");
        assert_eq!(fields.order.is_some(), can(Verb::PlaceOrder), "{vendor}");
    }
}

#[test]
fn the_rows_are_the_tables() {
    for &vendor in Vendor::ALL {
        let fields = vendor.fields();
        let rows: Vec<FieldRow> = fields.rows().collect();
        for row in &rows {
            let set = match (row.result, row.kind) {
                ("cart", None) => &fields.cart,
                ("line item", Some(kind)) => {
                    let mut sets = fields.line_items.iter();
                    &sets
                        .find(|(of, _)| of == kind)
                        .expect("the kind has a table")
                        .1
                }
                ("checkout", None) => fields.checkout.as_ref().expect("a table"),
                ("order", None) => fields.order.as_ref().expect("a table"),
                other => panic!("{vendor}: {other:?}"),
            };
            assert_eq!(set.of(row.field), Some(row.fill), "{vendor}: {row:?}");
        }
        let sets = fields.line_items.iter().map(|(_, set)| *set);
        let sets = sets
            .chain([fields.cart])
            .chain(fields.checkout)
            .chain(fields.order);
        assert_eq!(
            rows.len(),
            sets.map(|set| set.fields().count()).sum::<usize>()
        );
    }
}
