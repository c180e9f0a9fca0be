//! `cart create --sandbox --vendor all`: one cart at each vendor.

use serde_json::{Value, json};

use crate::run::{Run, cart, run};

const EVERYWHERE: [&str; 4] = ["create", "--sandbox", "--vendor", "all"];
const VENDORS: [&str; 4] = ["bigcommerce", "cpanel", "liquidweb", "webroot"];

fn everywhere(more: &[&str]) -> Run {
    run(&[EVERYWHERE.as_slice(), more].concat())
}

/// The vendors of the carts, each checked to be its cart's.
fn vendors(document: &Value) -> Vec<&str> {
    let carts = document["carts"].as_object().unwrap();
    for (vendor, cart) in carts {
        let id = cart["id"].as_str().unwrap();
        assert!(id.starts_with(&format!("{vendor}:")), "{id}");
    }
    carts.keys().map(String::as_str).collect()
}

#[test]
fn the_cart_of_each_vendor_is_shown() {
    insta::assert_snapshot!(everywhere(&[]).shown());
}

#[test]
fn as_json_each_cart_stands_under_its_vendor() {
    let done = everywhere(&["-o", "json"]);
    let carts = done.json();
    assert_eq!(vendors(&carts), VENDORS);
    for vendor in VENDORS {
        let lone = run(&["create", "--sandbox", "--vendor", vendor, "-o", "json"]).json();
        assert_eq!(
            carts["carts"][vendor]["line_items"], lone["line_items"],
            "{vendor}"
        );
    }
}

#[test]
fn each_vendor_shows_what_is_special_there() {
    let carts = everywhere(&["-o", "json"]).json();
    for (vendor, kinds) in [
        ("bigcommerce", ["physical", "physical", "custom"].as_slice()),
        ("cpanel", &["provider-item", "provider-item"]),
        ("liquidweb", &["service", "package", "bundle"]),
        ("webroot", &["license", "license", "license"]),
    ] {
        let lines = carts["carts"][vendor]["line_items"].as_array().unwrap();
        let own: Vec<&Value> = lines.iter().map(|line| &line["kind"]).collect();
        assert_eq!(own, kinds, "{vendor}");
        assert_eq!(carts["carts"][vendor]["messages"], json!([]), "{vendor}");
    }
}

/// A currency is told to BigCommerce's carts, and the others take none.
#[test]
fn what_one_vendor_refuses_does_not_lose_the_carts_of_the_others() {
    insta::assert_snapshot!(everywhere(&["--currency", "EUR"]).shown());

    let partly = everywhere(&["--currency", "EUR", "-o", "json"]);
    assert_eq!(partly.code, Some(1));
    let carts: Value = serde_json::from_str(&partly.stdout).unwrap();
    assert_eq!(vendors(&carts), ["bigcommerce"]);
    let told: Vec<Value> = partly
        .stderr
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let who: Vec<&Value> = told.iter().map(|line| &line["error"]["vendor"]).collect();
    assert_eq!(who, ["cpanel", "liquidweb", "webroot"]);
}

#[test]
fn without_any_cart_the_table_is_left_out_and_the_object_is_empty() {
    let all_refuse = ["--currency", "XXX"];
    let table = everywhere(&all_refuse);
    assert_eq!((table.code, table.stdout.as_str()), (Some(1), ""));
    let heads: Vec<&str> = table
        .stderr
        .lines()
        .filter(|line| line.starts_with("error: "))
        .collect();
    assert_eq!(heads.len(), VENDORS.len(), "{}", table.stderr);
    for (head, vendor) in heads.iter().zip(VENDORS) {
        assert!(
            head.starts_with(&format!("error: can't create a cart at {vendor}: ")),
            "{head}"
        );
    }
    let json = everywhere(&[all_refuse.as_slice(), &["-ojson"]].concat());
    let none: Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!((json.code, &none["carts"]), (Some(1), &json!({})));
}

#[test]
fn neither_a_proxy_nor_missing_authorities_nor_settings_stand_in_between() {
    let mut command = cart(&[EVERYWHERE.as_slice(), &["-o", "json"]].concat());
    for name in ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY"] {
        command.env(name, "http://127.0.0.1:9");
    }
    command
        .env("SSL_CERT_FILE", "/nonexistent")
        .env("SSL_CERT_DIR", "/nonexistent")
        .env("CARTWRIGHT_CPANEL_BASE_URL", "http://127.0.0.1:9")
        .env("CARTWRIGHT_LIQUIDWEB_TOKEN", "of another account")
        .env("CARTWRIGHT_WEBROOT_PASSWORD", "of another partner");
    assert_eq!(vendors(&Run::of(&mut command).json()), VENDORS);
}
