//! Webroot: a cart is made whole, read, given its customer, and ordered.

use serde_json::json;

use crate::run::Served;

#[test]
fn a_cart_lives_from_create_to_order() {
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
        "--vendor-response",
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

    let school = "contact:key=school-17,first=Ben,last=Muster,company=Musterschule,kind=business,\
                  email=ben@example.com,line1=1 Example Street,city=München,postal=80331,country=DE";
    let owned = cart(&["customer", id, school]).json();
    assert_eq!(owned["customer_id"], "school-17");
    assert_eq!(cart(&["get", id]).json()["email"], "ben@example.com");

    let (code, error) = cart(&["order", id]).error();
    assert_eq!(
        (code, error["field"].as_str()),
        (1, Some("purchase_order")),
        "{error}"
    );
    let ordered = cart(&["order", id, "--purchase-order", "PO-4711"]).json();
    assert_eq!(ordered["id"], bare);
    assert_eq!(ordered["line_items"].as_array().unwrap().len(), 4);

    let again = cart(&["order", id, "--purchase-order", "PO-4711"]).error();
    assert_eq!((again.0, again.1["kind"].as_str()), (1, Some("conflict")));
}

#[test]
fn an_order_is_shown_with_its_lines_and_without_its_token() {
    let shop = Served::start();
    let created = shop.run(&[
        "create",
        "--vendor=webroot",
        "--line=license:WSAV,seats=3,years=1",
        "-ojson",
    ]);
    let created = created.json();
    let id = created["id"].as_str().unwrap();
    let customer = "contact:key=ann-1,first=Ann,last=Muster,email=ann@example.com,line1=1 Example Street,city=Bonn,postal=53111,country=DE";
    assert_eq!(shop.run(&["customer", id, customer]).code, Some(0));
    let shown = shop.run(&["order", id, "--purchase-order", "PO-4711"]);
    insta::assert_snapshot!(shown.shown());
}

#[test]
fn a_reseller_goes_with_a_described_customer_only() {
    let refused = crate::run::run(&[
        "customer",
        "webroot:MSP0046000001",
        "11",
        "--reseller",
        "contact:key=r,country=DE",
        "--sandbox",
    ]);
    assert_eq!(refused.code, Some(2));
    assert!(
        refused.told().contains("write WHO as contact:key=value"),
        "{}",
        refused.stderr
    );
}
