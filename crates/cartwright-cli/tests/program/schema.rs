//! The form of `-o json`, as `docs/cart-output.schema.json` promises it.

use std::process::Command;
use std::sync::OnceLock;

use serde_json::{Value, json};

use crate::run::{Served, run};

fn schema() -> &'static jsonschema::Validator {
    static SCHEMA: OnceLock<jsonschema::Validator> = OnceLock::new();
    SCHEMA.get_or_init(|| {
        let text = include_str!("../../../../docs/cart-output.schema.json");
        let schema: Value = serde_json::from_str(text).unwrap();
        assert!(jsonschema::meta::is_valid(&schema));
        jsonschema::validator_for(&schema).unwrap()
    })
}

/// Whether a command prints what the schema describes: it asks for JSON, and not for help or a foreign form.
pub fn is_promised(command: &Command) -> bool {
    let words: Vec<&str> = command
        .get_args()
        .filter_map(|word| word.to_str())
        .collect();
    let others = [
        "har",
        "completions",
        "help",
        "--help",
        "-h",
        "--version",
        "-V",
    ];
    let asked = words
        .windows(2)
        .any(|pair| matches!(pair, ["-o" | "--output", "json"]))
        || words
            .iter()
            .any(|word| matches!(*word, "-ojson" | "-o=json" | "--output=json"));
    asked && !words.iter().any(|word| others.contains(word))
}

/// Checks one document of standard output, if there is one, and each error of standard error.
pub fn assert_kept(stdout: &str, stderr: &str) {
    if !stdout.is_empty() {
        assert_valid(stdout);
    }
    for line in stderr.lines().filter(|line| !line.starts_with("note: ")) {
        assert_valid(line);
    }
}

fn assert_valid(text: &str) {
    let document: Value =
        serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"));
    let kind = document["type"].as_str().unwrap_or_default();
    assert_eq!(document["schema"], 1, "{text}");
    let wrong: Vec<String> = schema()
        .iter_errors(&document)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(wrong.is_empty(), "{kind}: {}\n{text}", wrong.join("\n"));
}

/// One document of each type, as the program prints it.
fn documents() -> Vec<Value> {
    let shop = Served::start();
    let read = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    let cart = |words: &[&str]| read(&shop.run(&[words, &["-ojson"]].concat()).stdout);
    let created = cart(&[
        "create",
        "--vendor=bigcommerce",
        "--line=product:118,variant=140",
    ]);
    let id = created["id"].as_str().unwrap();
    let checkout = cart(&["checkout", id]);
    let gone = cart(&["delete", id]);
    let error = read(&shop.run(&["get", id, "-ojson"]).stderr);
    let license = cart(&[
        "create",
        "--vendor=webroot",
        "--line=license:WSAV,seats=3,years=1",
    ]);
    let license = license["id"].as_str().unwrap();
    let ann = "contact:key=ann-1,first=Ann,last=Muster,email=ann@example.com,line1=1 Example Street,city=Bonn,postal=53111,country=DE";
    cart(&["customer", license, ann]);
    let order = cart(&["order", license, "--purchase-order", "PO-4711"]);
    let free = |words: &[&str]| run(&[words, &["-ojson"]].concat()).json();
    vec![
        created,
        checkout,
        gone,
        error,
        order,
        free(&["create", "--sandbox", "--vendor=all"]),
        free(&["vendors"]),
        free(&["sandbox", "--list"]),
    ]
}

#[test]
fn the_schema_describes_every_key_and_refuses_any_other_and_any_less() {
    let documents = documents();
    let mut types: Vec<&str> = documents
        .iter()
        .filter_map(|one| one["type"].as_str())
        .collect();
    types.sort_unstable();
    // `sandbox` is checked wherever a test starts one.
    assert_eq!(
        types,
        [
            "cart", "carts", "checkout", "error", "gone", "offers", "order", "vendors"
        ]
    );
    for document in &documents {
        for pointer in objects(document, String::new()) {
            let change = |change: &dyn Fn(&mut serde_json::Map<String, Value>)| {
                let mut other = document.clone();
                change(
                    other
                        .pointer_mut(&pointer)
                        .unwrap()
                        .as_object_mut()
                        .unwrap(),
                );
                schema().is_valid(&other)
            };
            // These map names, which are not the schema's.
            if !["/capability", "/carts"]
                .iter()
                .any(|end| pointer.ends_with(end))
            {
                assert!(
                    !change(&|object| drop(object.insert("another".to_owned(), Value::Null))),
                    "{pointer} may hold another key"
                );
                let keys: Vec<String> = document
                    .pointer(&pointer)
                    .unwrap()
                    .as_object()
                    .unwrap()
                    .keys()
                    .cloned()
                    .collect();
                for key in keys {
                    assert!(
                        !change(&|object| drop(object.remove(&key))),
                        "{pointer} may lack {key}"
                    );
                }
            }
        }
    }
}

fn objects(value: &Value, pointer: String) -> Vec<String> {
    match value {
        Value::Object(fields) => {
            let inner = fields
                .iter()
                .flat_map(|(key, value)| objects(value, format!("{pointer}/{key}")));
            std::iter::once(pointer.clone()).chain(inner).collect()
        }
        // The elements of a list are alike.
        Value::Array(values) => values
            .first()
            .map_or(Vec::new(), |first| objects(first, format!("{pointer}/0"))),
        _ => Vec::new(),
    }
}

#[test]
fn a_number_in_place_of_an_amount_and_an_object_in_place_of_a_kind_are_refused() {
    let cart = run(&["create", "--sandbox", "--vendor=bigcommerce", "-ojson"]).json();
    for (pointer, odd) in [
        ("/line_items/0/unit_price", json!(12.5)),
        ("/line_items/0/unit_price", json!("12,50")),
        ("/totals/0/amount", json!(null)),
        ("/line_items/0/kind", json!({"other": "addon"})),
        ("/schema", json!(2)),
        ("/type", json!("order")),
    ] {
        let mut other = cart.clone();
        *other.pointer_mut(pointer).unwrap() = odd.clone();
        assert!(!schema().is_valid(&other), "{pointer}: {odd}");
    }
}
