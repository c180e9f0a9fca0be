//! Licences, and the status of their orders.

use serde_json::{Value, json};

use crate::partner::{Partner, parent, plain, with};

/// Sold before, and a trial.
const SOLD: &str = "SAEP-SAND-BOX0-0000-0001";
const TRIAL: &str = "WSAV-SAND-BOX0-0000-0002";

fn renewal(keycode: &Value, seats: i64) -> Value {
    json!({
        "TypeOfOrder": "MSP",
        "Locale": "en_US",
        "ItemsByLicenseKey": [{"Keycode": keycode, "Years": "2", "LicenseSeats": seats}],
    })
}

#[tokio::test]
async fn an_ordered_licence_can_be_read() {
    let partner = Partner::open().await;
    let cart = partner
        .cart_of(&[parent("SAEP", 1), parent("SDNS", 2)])
        .await;
    let keycode = partner.sell(&cart).await["Items"][0]["KeyCode"].clone();
    let mut licence = partner.licence(&keycode).await;
    let profiles = licence["Profile"].take();
    let customer = licence["Customer"].take();
    assert_eq!(customer["ExternalCustomerKey"], "E1");
    assert_eq!(
        licence,
        json!({
            "LicenseId": 100_000_003,
            "Keycode": keycode,
            "ProductLineDescription": "Webroot Business",
            "ParentLicenseId": null,
            "ParentKeycode": null,
            "ChildLicenseActivations": 0,
            "PartnerStartDate": "2021-09-23T00:49:02",
            "CustomAttribute": null,
            "Profile": null,
            "Customer": null,
        })
    );
    assert_eq!(
        profiles["SDNS"],
        json!({
            "LicenseCategoryName": "SDNS",
            "LicenseCategoryDescription": "Webroot DNS Protection",
            "LicenseSeats": 150,
            "LicenseKeycodeTypeId": 3,
            "StartDate": "2022-11-30T00:00:00",
            "ExpirationDate": "2023-11-30T00:00:00",
            "LicenseAttributeValue": 110,
            "LicenseAttributeValueDescription": "Monthly Sold",
            "LicenseAttributeDescription": null,
            "CategoryTypeName": "full",
            "ItemHierarchyId": 2,
            "ItemHierarchyName": "secondary",
            "LicenseStatusId": 1,
            "LicenseStatusDescription": "active",
        })
    );
    assert_eq!(profiles["SAEP"]["ItemHierarchyName"], "primary");
    assert_eq!(profiles.as_object().unwrap().len(), 2);
}

#[tokio::test]
async fn a_placed_order_went_through_without_a_question() {
    let partner = Partner::open().await;
    let cart = partner.cart_of(&[plain("SAEP")]).await;
    let keycode = partner.sell(&cart).await["Items"][0]["KeyCode"].clone();
    let path = format!("/products/{}/orderstatus", keycode.as_str().unwrap());
    assert_eq!(
        partner.get(&path).await.json(),
        json!({"OrderStatus": [{
            "Keycode": keycode,
            "VendorOrderCode": cart["VendorOrderCode"],
            "ExceptionStatus": null,
            "PartnerLicenseStatus": null,
        }]})
    );
}

#[tokio::test]
async fn a_renewal_changes_its_licence_and_adds_an_order() {
    let partner = Partner::open().await;
    let keycode = json!(SOLD);
    let before = partner.licence(&keycode).await;
    let cart = partner.cart(&renewal(&keycode, 40)).await;
    assert_eq!(partner.licence(&keycode).await, before);

    let ordered = partner.sell(&cart).await;
    assert_eq!(ordered["Items"][0]["KeyCode"], keycode);
    let licence = partner.licence(&keycode).await;
    assert_eq!(licence["LicenseId"], before["LicenseId"]);
    assert_eq!(licence["Profile"]["SAEP"]["LicenseSeats"], 40);
    assert_eq!(
        licence["Profile"]["SAEP"]["ExpirationDate"],
        "2024-11-30T00:00:00"
    );
    let status = partner
        .get(&format!("/products/{SOLD}/orderstatus"))
        .await
        .json();
    let codes: Vec<&Value> = status["OrderStatus"]
        .as_array()
        .unwrap()
        .iter()
        .map(|order| &order["VendorOrderCode"])
        .collect();
    assert_eq!(codes, [&json!("MSP0000000001"), &cart["VendorOrderCode"]]);
    assert_eq!(status["OrderStatus"][0]["ExceptionStatus"], "resolved");
}

#[tokio::test]
async fn a_licence_that_was_ordered_here_can_be_renewed_and_upgraded() {
    let partner = Partner::open().await;
    let cart = partner.cart_of(&[plain("SAEP")]).await;
    let keycode = partner.sell(&cart).await["Items"][0]["KeyCode"].clone();
    for (seats, kind) in [(5, "Renewal"), (6, "Upgrade")] {
        let cart = partner.cart(&renewal(&keycode, seats)).await;
        assert_eq!(
            cart["Items"][0][0]["ProductTypeDescription"], kind,
            "{seats}"
        );
    }
}

#[tokio::test]
async fn another_category_joins_the_licence_that_its_bundle_names() {
    let partner = Partner::open().await;
    let mut body = renewal(&json!(SOLD), 25);
    body["ItemsByLicenseKey"][0]["CartItemBundleId"] = json!(7);
    body["ItemsByAttributes"] =
        json!([with(parent("SDNS", 2), "CartItemBundleId", Some(json!(7)))]);
    let cart = partner.cart(&body).await;
    let ordered = partner.sell(&cart).await;
    assert_eq!(ordered["Items"][1]["KeyCode"], SOLD);
    let licence = partner.licence(&json!(SOLD)).await;
    let categories: Vec<&String> = licence["Profile"].as_object().unwrap().keys().collect();
    assert_eq!(categories, ["SAEP", "SDNS"]);
}

#[tokio::test]
async fn a_trial_is_a_licence_without_an_order() {
    let partner = Partner::open().await;
    let licence = partner.licence(&json!(TRIAL)).await;
    assert_eq!(licence["Profile"]["WSAV"]["CategoryTypeName"], "trial");
    let reply = partner.get(&format!("/products/{TRIAL}/orderstatus")).await;
    assert_eq!(reply.refusal(), (404, Value::Null));
    assert_eq!(
        reply.description(),
        format!("no order is known for the keycode {TRIAL:?}")
    );
}

#[tokio::test]
async fn an_ordered_trial_is_none_any_more() {
    let partner = Partner::open().await;
    let cart = partner.cart(&renewal(&json!(TRIAL), 3)).await;
    partner.sell(&cart).await;
    let licence = partner.licence(&json!(TRIAL)).await;
    assert_eq!(licence["Profile"]["WSAV"]["CategoryTypeName"], "full");
    let reply = partner.get(&format!("/products/{TRIAL}/orderstatus")).await;
    assert_eq!(reply.status, 200);
}

#[tokio::test]
async fn an_unknown_keycode_is_404() {
    let partner = Partner::open().await;
    for path in [
        "/products/NONE",
        "/products/NONE/orderstatus",
        "/products/%FF",
    ] {
        assert_eq!(
            partner.get(path).await.refusal(),
            (404, Value::Null),
            "{path}"
        );
    }
}
