//! cPanel: a cart is made whole, and handed over.

use serde_json::json;

use crate::run::Served;

#[test]
fn a_cart_lives_from_create_to_checkout() {
    let shop = Served::start();
    let cart = |arguments: &[&str]| shop.run(&[arguments, &["-o", "json"]].concat());

    let created = cart(&[
        "create",
        "--vendor",
        "cpanel",
        "--line",
        "item:123456,price=9.50,description=Certificate\\, one domain",
        "--line",
        "item:123457",
    ])
    .json();
    let id = created["id"].as_str().unwrap();
    assert!(id.starts_with("cpanel:"), "{id}");
    let lines = created["line_items"].as_array().unwrap();
    assert_eq!(lines.len(), 2);
    for (key, value) in [
        ("kind", json!("provider-item")),
        ("product_id", json!("123456")),
        ("name", json!("Certificate, one domain")),
        ("unit_price", json!("9.5")),
    ] {
        assert_eq!(lines[0][key], value, "{created}");
    }

    // No call of the vendor's answers the address a second time: the id carries it.
    let checkout = cart(&["checkout", id]).json();
    assert_eq!(checkout["url"], created["checkout_url"]);
    let bare = id.strip_prefix("cpanel:").unwrap();
    assert_eq!(
        cart(&["checkout", bare, "--vendor", "cpanel"]).json(),
        checkout
    );
    let url = checkout["url"].as_str().unwrap();
    assert_eq!(
        shop.run(&["checkout", id]).stdout,
        format!("checkout  {url}\n")
    );
}
