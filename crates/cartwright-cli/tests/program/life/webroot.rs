//! Webroot: a cart is made whole, and read.

use serde_json::json;

use crate::run::Served;

#[test]
fn a_cart_lives_from_create_to_get() {
    let shop = Served::start();
    let cart = |arguments: &[&str]| shop.run(&[arguments, &["-o", "json"]].concat());

    let created = cart(&[
        "create",
        "--vendor=webroot",
        "--locale=en_GB",
        "--line=license:SAEP,seats=25,years=1,keycode-type=3,bundle=1,hierarchy=1,reference=line 1",
        "--line=license:SDNS,seats=25,years=1,keycode-type=3,bundle=1,hierarchy=2",
        "--line=license:OTSF,seats=2,years=0.5,retention=2,pricing-model=1,attribute=110",
        "--line=keycode:SAEP-SAND-BOX0-0000-0001,years=2,seats=30",
    ])
    .json();
    let id = created["id"].as_str().unwrap();
    assert!(id.starts_with("webroot:MSP"), "{id}");
    assert_eq!(created["currency"], "GBP");

    let groups = created["vendor_response"]["Items"].as_array().unwrap();
    let sizes: Vec<usize> = groups
        .iter()
        .map(|group| group.as_array().unwrap().len())
        .collect();
    assert_eq!(
        sizes,
        [1, 2, 1],
        "the licence that exists, the bundle, the one alone"
    );
    assert_eq!(created["line_items"].as_array().unwrap().len(), 4);
    assert_eq!(created["line_items"][1]["quantity"], 25);
    for (group, key, value) in [
        (0, "LicenseSeats", json!(30)),
        (1, "VendorOrderItemCode", json!("line 1")),
        (2, "RetentionModelId", json!(2)),
        (2, "UsagePricingModelId", json!(1)),
        (2, "LicenseAttributeValue", json!(110)),
    ] {
        assert_eq!(groups[group][0][key], value, "{key}: {}", groups[group]);
    }

    let got = cart(&["get", id]).json();
    assert_eq!(got["line_items"], created["line_items"]);
    let bare = id.strip_prefix("webroot:").unwrap();
    assert_eq!(cart(&["get", bare, "--vendor", "webroot"]).json(), got);
}
