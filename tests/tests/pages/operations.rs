//! The operations of a vendor stand in five places, and each place says the same.

use std::collections::BTreeMap;

use cartwright::Verb;
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

/// The table below the heading that counts the operations. Its second column is a call, or the name at the end of the path of one.
fn of_notes(vendor: &str, spec: &Table) -> Table {
    let notes = std::fs::read_to_string(page::file(&format!("specs/{vendor}/NOTES.md")))
        .expect("the notes are there");
    let rows = notes
        .lines()
        .skip_while(|line| !line.starts_with("| operationId |"))
        .skip(2)
        .take_while(|line| line.starts_with('|'));
    rows.map(|row| {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [id, call, verbs, retry, ..] = cells[..] else {
            panic!("{vendor}: too few cells: {row}");
        };
        let call = match call.split_once(' ') {
            Some((method, path)) => (method.to_owned(), path.to_owned()),
            None => {
                let documented = spec.get(id).and_then(|told| told.call.clone());
                documented
                    .filter(|(_, path)| path.rsplit('/').next() == Some(call))
                    .unwrap_or_else(|| panic!("{vendor}: {id} is not {call}"))
            }
        };
        let named = |verb: &Verb| {
            verbs
                .split([' ', ',', '('])
                .any(|word| word == verb.as_str())
        };
        let verbs = Verb::ALL.iter().filter(|verb| named(verb));
        let told = Told {
            call: Some(call),
            verbs: Some(verbs.map(ToString::to_string).collect()),
            retry: retry.split(':').next().map(str::to_owned),
        };
        (id.to_owned(), told)
    })
    .collect()
}

fn of_sandbox(vendor: &str) -> Table {
    let told = |built: &cartwright_sandbox::Built| Told {
        call: Some((built.method.to_owned(), built.path.to_owned())),
        ..Told::default()
    };
    let all = cartwright_sandbox::Sandbox::operations();
    let (_, built) = all
        .iter()
        .find(|(name, _)| *name == vendor)
        .expect("the sandbox has every vendor");
    built
        .iter()
        .map(|built| (built.operation.to_owned(), told(built)))
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
fn notes_spec_client_sandbox_and_coverage_page_list_the_same_operations() {
    for (vendor, operations) in CLIENTS {
        let spec = of_spec(vendor);
        for (place, table) in [
            ("NOTES.md", of_notes(vendor, &spec)),
            ("the client", of_client(operations)),
            ("the sandbox", of_sandbox(vendor)),
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
