//! BigCommerce: the whole life of a cart.

use serde_json::{Value, json};

use crate::run::Served;

fn line<'a>(cart: &'a Value, product: &str) -> &'a str {
    let lines = cart["line_items"].as_array().unwrap();
    let found = lines.iter().find(|line| line["product_id"] == product);
    found.unwrap()["id"].as_str().unwrap()
}

fn total(cart: &Value) -> &Value {
    let totals = cart["totals"].as_array().unwrap();
    &totals
        .iter()
        .find(|total| total["kind"] == "total")
        .unwrap()["amount"]
}

#[test]
fn a_cart_lives_from_create_to_delete() {
    let shop = Served::start();
    let cart = |arguments: &[&str]| shop.run(&[arguments, &["-o", "json"]].concat());

    let created = cart(&[
        "create",
        "--vendor",
        "bigcommerce",
        "--line",
        "product:126,qty=2",
    ])
    .json();
    let id = created["id"].as_str().unwrap();
    assert!(id.starts_with("bigcommerce:"), "{id}");
    assert_eq!(
        (total(&created), &created["customer_id"]),
        (&json!("25"), &Value::Null)
    );

    let got = cart(&["get", id]).json();
    assert_eq!(got["line_items"], created["line_items"]);
    let bare = id.strip_prefix("bigcommerce:").unwrap();
    assert_eq!(cart(&["get", bare, "--vendor", "bigcommerce"]).json(), got);

    let added = cart(&[
        "add",
        id,
        "--line",
        "product:118,variant=140",
        "--line",
        "custom:Engraving,price=4.5",
    ])
    .json();
    assert_eq!(
        (added["line_items"].as_array().unwrap().len(), total(&added)),
        (3, &json!("49.49"))
    );

    let updated = cart(&[
        "update",
        id,
        line(&added, "118"),
        "--qty",
        "2",
        "--price",
        "10",
    ])
    .json();
    assert_eq!(total(&updated), &json!("49.5"));

    let checkout = cart(&["checkout", id]).json();
    let urls = shop.run(&["checkout", id]).stdout;
    for (label, key) in [
        ("checkout", "url"),
        ("cart", "cart_url"),
        ("embedded", "embedded_url"),
    ] {
        assert!(checkout[key].as_str().unwrap().contains(bare), "{checkout}");
        assert!(
            urls.lines()
                .any(|line| line.starts_with(label) && line.contains(bare)),
            "{urls}"
        );
    }

    assert_eq!(cart(&["customer", id, "10"]).json()["customer_id"], "10");
    assert_eq!(
        cart(&["customer", id, "guest"]).json()["customer_id"],
        Value::Null
    );

    let left = cart(&["remove", id, line(&updated, "118")]).json();
    assert_eq!(left["line_items"].as_array().unwrap().len(), 2);

    let gone = cart(&["delete", id]).json();
    assert_eq!(
        (&gone["id"], &gone["reason"]),
        (&json!(id), &json!("deleted"))
    );
    let (code, error) = cart(&["get", id]).error();
    assert_eq!(
        (code, error["kind"].as_str(), &error["status"]),
        (1, Some("not-found"), &json!(404))
    );
}

#[test]
fn removing_the_last_line_says_that_the_cart_is_gone() {
    let shop = Served::start();
    for form in ["json", "table"] {
        let created = shop
            .run(&[
                "create",
                "--vendor",
                "bigcommerce",
                "--line",
                "product:126",
                "-o",
                "json",
            ])
            .json();
        let id = created["id"].as_str().unwrap();
        let done = shop.run(&["remove", id, line(&created, "126"), "-o", form]);
        assert_eq!((done.code, done.stderr.as_str()), (Some(0), ""));
        match form {
            "json" => {
                let gone = done.json();
                assert_eq!(
                    (&gone["type"], &gone["reason"]),
                    (&json!("gone"), &json!("last-line-removed"))
                );
                assert_eq!(gone["id"], id);
            }
            _ => {
                let words: Vec<&str> = done.stdout.split_whitespace().collect();
                assert_eq!(
                    words.join(" "),
                    format!("{id} is gone: that was its last line")
                );
            }
        }
    }
}

#[test]
fn deleting_says_which_cart_is_deleted() {
    let shop = Served::start();
    let created = shop
        .run(&[
            "create",
            "--vendor",
            "bigcommerce",
            "--line",
            "product:126",
            "-o",
            "json",
        ])
        .json();
    let id = created["id"].as_str().unwrap();
    let done = shop.run(&["delete", id]);
    assert_eq!(
        (done.code, done.stdout),
        (Some(0), format!("{id} is deleted\n"))
    );
}
