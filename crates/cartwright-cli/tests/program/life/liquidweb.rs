//! Liquid Web: a cart is made, and gets further lines.

use serde_json::{Value, json};

use crate::run::Served;

const SERVER: &str = "service:CLOUD.VPS,option=11=111,option=13=131x100";

/// The kinds of the lines, in their order.
fn kinds(cart: &Value) -> Vec<&str> {
    let lines = cart["line_items"].as_array().unwrap();
    lines
        .iter()
        .map(|line| line["kind"].as_str().unwrap())
        .collect()
}

#[test]
fn a_cart_lives_from_create_to_add() {
    let shop = Served::start();
    let cart = |arguments: &[&str]| shop.run(&[arguments, &["-o", "json"]].concat());

    let created = cart(&["create", "--vendor", "liquidweb", "--line", SERVER]).json();
    let id = created["id"].as_str().unwrap();
    assert!(id.starts_with("liquidweb:"), "{id}");
    assert_eq!(kinds(&created), ["service"]);
    // 25 for the server, 0.00125 for each of 100 GB.
    let totals = created["line_items"][0]["totals"].as_array().unwrap();
    assert!(
        totals.contains(&json!({"kind": "total", "label": null, "amount": "25.13"})),
        "{created}"
    );

    let added = cart(&[
        "add",
        id,
        "--line",
        "package:PKG-STARTER(service:CLOUD.VPS,option=11=111;service:LIC.MAIL,region=1)",
        "--line",
        "bundle:BNDL-SAFE(package:PKG-BACKUP(service:BACKUP.OFFSITE,region=2))",
        "--vendor-response",
    ])
    .json();
    assert_eq!(added["id"], created["id"]);
    assert_eq!(kinds(&added), ["service", "package", "bundle"]);
    let bundle = &added["vendor_response"]["items"][2]["details"];
    let backup = &bundle["packages"][0]["products"][0];
    assert_eq!(
        (&bundle["code"], &backup["code"]),
        (&json!("BNDL-SAFE"), &json!("BACKUP.OFFSITE"))
    );
    assert_eq!(backup["region_id"], 2, "{backup}");
}

#[test]
fn a_later_line_that_fails_leaves_a_cart_whose_id_is_told() {
    let shop = Served::start();
    let lines = ["--line", SERVER, "--line", "service:NONE"];
    let create = [["create", "--vendor", "liquidweb"].as_slice(), &lines].concat();

    let (code, error) = shop
        .run(&[create.as_slice(), &["-o", "json"]].concat())
        .error();
    assert_eq!((code, error["kind"].as_str()), (1, Some("invalid-request")));
    let id = error["cart"].as_str().unwrap();
    let added = shop
        .run(&["add", id, "--line", SERVER, "-o", "json"])
        .json();
    assert_eq!(kinds(&added), ["service", "service"]);

    let failed = shop.run(&[["add", id].as_slice(), &lines].concat());
    assert_eq!((failed.code, failed.stdout.as_str()), (Some(1), ""));
    let told = failed.told();
    assert!(
        told.starts_with("error: can't add lines at liquidweb: "),
        "{told}"
    );
    assert!(
        told.contains(&format!("A part of the call is done, on the cart {id}")),
        "{told}"
    );
    assert!(
        told.contains(&format!("Go on with the cart {id}")),
        "{told}"
    );
}

#[test]
fn a_first_line_that_fails_leaves_no_cart() {
    let shop = Served::start();
    let refused = shop.run(&[
        "create",
        "--vendor=liquidweb",
        "--line=service:NONE",
        "-ojson",
    ]);
    assert_eq!(refused.error().1["cart"], Value::Null);
}
