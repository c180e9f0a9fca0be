//! Items by licence key.

use serde_json::{Value, json};

use crate::partner::{Partner, parent, with};

const SAEP_KEYCODE: &str = "SAEP-SAND-BOX0-0000-0001";

fn renewal() -> Value {
    json!({"Keycode": SAEP_KEYCODE, "Years": "1"})
}

fn body(renewed: &[Value], new: &[Value]) -> Value {
    json!({
        "TypeOfOrder": "MSP",
        "Locale": "en_US",
        "ItemsByLicenseKey": renewed,
        "ItemsByAttributes": new,
    })
}

#[tokio::test]
async fn a_renewal_takes_seats_and_category_from_its_licence() {
    let partner = Partner::open().await;
    let cart = partner.cart(&body(&[renewal()], &[])).await;
    let item = &cart["Items"][0][0];
    for (key, value) in [
        ("Keycode", json!(SAEP_KEYCODE)),
        ("LicenseCategoryName", json!("SAEP")),
        ("LicenseSeats", json!(25)),
        ("Quantity", json!(1)),
        ("ProductTypeDescription", json!("Renewal")),
        ("SubTotalAmount", json!(124.75)),
    ] {
        assert_eq!(item[key], value, "{key}");
    }
}

#[tokio::test]
async fn more_seats_or_another_category_make_it_an_upgrade() {
    let partner = Partner::open().await;
    for (field, value, kind) in [
        ("LicenseSeats", json!(24), "Renewal"),
        ("LicenseSeats", json!(25), "Renewal"),
        ("LicenseSeats", json!(26), "Upgrade"),
        ("LicenseCategoryName", json!("SAEP"), "Renewal"),
        ("LicenseCategoryName", json!("SECA"), "Upgrade"),
    ] {
        let item = with(renewal(), field, Some(value.clone()));
        let cart = partner.cart(&body(&[item], &[])).await;
        let item = &cart["Items"][0][0];
        assert_eq!(item[field], value);
        assert_eq!(item["ProductTypeDescription"], kind, "{field} {value}");
    }
}

#[tokio::test]
async fn an_unknown_keycode_is_400() {
    let partner = Partner::open().await;
    let item = with(renewal(), "Keycode", Some(json!("NONE")));
    let reply = partner.post("/carts", &body(&[item], &[])).await;
    assert_eq!(
        (reply.status, reply.description().as_str()),
        (400, "ItemsByLicenseKey[0].Keycode \"NONE\" has no pricing")
    );
}

#[tokio::test]
async fn renewed_and_new_items_may_share_a_bundle() {
    let partner = Partner::open().await;
    let led = with(renewal(), "CartItemBundleId", Some(json!(1)));
    let cart = partner.cart(&body(&[led], &[parent("SDNS", 2)])).await;
    let names: Vec<&Value> = cart["Items"][0]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| &item["LicenseCategoryName"])
        .collect();
    assert_eq!(names, ["SAEP", "SDNS"]);
}
