//! The operations of a vendor stand in its spec, its client and on the coverage page, and each place says the same. `agreement` holds the stand-in and the notes against the spec.

use std::collections::BTreeMap;

use cartwright_runtime::{Operation, Retry};
use serde_json::Value;
use xtask::load::Document;

use crate::page;

/// What a place says of an operation: method, path, verbs and whether it may be repeated. `None` where the place doesn't say.
#[derive(Debug, Default, PartialEq)]
struct Told {
    call: Option<(String, String)>,
    verbs: Option<Vec<String>>,
    retry: Option<String>,
}

type Table = BTreeMap<String, Told>;

const CLIENTS: [(&str, &[&Operation]); 4] = [
    ("bigcommerce", cartwright_bigcommerce::operations::ALL),
    ("cpanel", cartwright_cpanel::operations::ALL),
    ("liquidweb", cartwright_liquidweb::operations::ALL),
    ("webroot", cartwright_webroot::operations::ALL),
];

pub fn spec(vendor: &str) -> Value {
    let name = format!("specs/{vendor}/openapi.yaml");
    let text = std::fs::read(page::file(&name)).expect("the spec is there");
    Document::parse_bytes(&name, &text)
        .expect("the spec is well-formed")
        .to_json()
}

/// Method in capitals, path and operation of each operation, in the spec's order.
pub fn calls(spec: &Value) -> impl Iterator<Item = (String, &str, &Value)> {
    let paths = spec["paths"].as_object().expect("paths").iter();
    paths.flat_map(|(path, item)| {
        let item = item.as_object().expect("a path item").iter();
        item.filter(|(_, operation)| operation["operationId"].is_string())
            .map(move |(method, operation)| (method.to_uppercase(), path.as_str(), operation))
    })
}

fn of_spec(vendor: &str) -> Table {
    let spec = spec(vendor);
    calls(&spec)
        .map(|(method, path, operation)| {
            let verbs = operation["x-cart-operation"]
                .as_array()
                .into_iter()
                .flatten();
            let verbs = verbs.filter_map(Value::as_str).map(str::to_owned);
            let told = Told {
                call: Some((method, path.to_owned())),
                verbs: Some(verbs.collect()),
                retry: operation["x-retry"].as_str().map(str::to_owned),
            };
            let id = operation["operationId"].as_str().expect("an id");
            (id.to_owned(), told)
        })
        .collect()
}

fn of_client(operations: &[&Operation]) -> Table {
    let told = |operation: &&Operation| Told {
        call: Some((operation.method.to_owned(), operation.path.to_owned())),
        verbs: Some(
            operation
                .cart
                .iter()
                .map(|verb| (*verb).to_owned())
                .collect(),
        ),
        retry: Some(match operation.retry {
            Retry::Safe => "safe".to_owned(),
            Retry::Unsafe => "unsafe".to_owned(),
        }),
    };
    operations
        .iter()
        .map(|operation| (operation.id.to_owned(), told(operation)))
        .collect()
}

fn of_coverage(vendor: &str) -> Table {
    let page =
        std::fs::read_to_string(page::file(crate::coverage::PAGE)).expect("the page is there");
    let (_, part) = page
        .split_once(&format!("\n## {vendor}\n"))
        .expect("each vendor has its part");
    let part = part.split("\n## ").next().unwrap_or_default();
    let rows = part.lines().filter(|line| line.starts_with("| `"));
    rows.map(|row| {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let (method, path) = cells[1].split_once(' ').expect("a call");
        let told = Told {
            call: Some((method.to_owned(), path.to_owned())),
            ..Told::default()
        };
        (cells[0].trim_matches('`').to_owned(), told)
    })
    .collect()
}

#[test]
fn spec_client_and_coverage_page_list_the_same_operations() {
    for (vendor, operations) in CLIENTS {
        let spec = of_spec(vendor);
        for (place, table) in [
            ("the client", of_client(operations)),
            ("the coverage page", of_coverage(vendor)),
        ] {
            let ids = |table: &Table| table.keys().cloned().collect::<Vec<_>>();
            assert_eq!(ids(&table), ids(&spec), "{vendor}: {place}");
            for (id, told) in table {
                let known = &spec[&id];
                assert_eq!(told.call, known.call, "{vendor}: {id} in {place}");
                if told.verbs.is_some() {
                    assert_eq!(told.verbs, known.verbs, "{vendor}: {id} in {place}");
                }
                if told.retry.is_some() {
                    assert_eq!(told.retry, known.retry, "{vendor}: {id} in {place}");
                }
            }
        }
    }
}
