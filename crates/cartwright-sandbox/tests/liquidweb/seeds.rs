//! Markets that start from a seed of their own.

use cartwright_contract::Watched;
use cartwright_sandbox::SeedData;
use serde_json::json;

use crate::market::{Market, PRODUCTS};

/// A market of one product in one package, with something to change.
const SMALL: &str = r#"
liquidweb:
  account: 7
  products:
    - {id: 1, code: DISK, title: Disk, description: A disk., base_price: "0.125", regions: [3]}
  packages:
    - code: PKG-DISK
      title: Disks
      versions:
        - id: 2
          created: "2024-01-01 00:00:00"
          published: "2024-01-01 00:00:00"
          parts:
            - {package_to_product_id: 3, product: DISK}
          offers:
            - {id: 4, type: package, owner: us, strategy: percent, amount: "10"}
"#;

#[tokio::test]
async fn a_market_sells_what_its_seed_has_and_nothing_else() {
    let data = SeedData::from_yaml(SMALL).unwrap();
    let market = Market::from(Watched::builder().seed_data(data)).await;
    let disk = json!({"code": "DISK", "options": [], "region_id": 3});
    let cart = market.cart("monthly", &disk).await;
    assert_eq!(cart["accnt"], 7);
    assert_eq!(cart["items"][0]["details"]["base_price"], 0.125);
    let list = market.answer(PRODUCTS, &json!({"code": "PKG-DISK"})).await;
    assert_eq!(list["items"][0]["default_region_id"], 3);
    let refusal = market
        .refusal_of(PRODUCTS, &json!({"code": "PKG-STARTER"}))
        .await;
    assert_eq!(refusal["input"], "PKG-STARTER");
}

#[test]
fn a_seed_that_does_not_hold_together_is_refused_with_its_place() {
    let version = "packages[0].versions[0]";
    for (written, instead, place) in [
        ("account: 7", "account: 1234567", "account".to_owned()),
        ("id: 1, code", "id: 0, code", "products[0].id".to_owned()),
        ("code: DISK,", "code: D1,", "products[0].code".to_owned()),
        (
            "regions: [3]",
            "regions: []",
            "products[0].regions".to_owned(),
        ),
        (
            "code: PKG-DISK",
            "code: DISKS",
            "packages[0].code".to_owned(),
        ),
        (
            "title: Disks",
            "title: Disks\n      status: sold",
            "packages[0].status".to_owned(),
        ),
        (
            "published: \"2024-01-01 00:00:00\"",
            "allow_coupon: true",
            "packages[0].versions".to_owned(),
        ),
        (
            "created: \"2024-01-01 00:00:00\"",
            "created: today",
            format!("{version}.created"),
        ),
        (
            "product: DISK}",
            "product: TAPE}",
            format!("{version}.parts[0].product"),
        ),
        (
            "product: DISK}",
            "product: DISK, related: 9}",
            format!("{version}.parts[0].related"),
        ),
        (
            "product: DISK}",
            "product: DISK, display_order: 0}",
            format!("{version}.parts[0].display_order"),
        ),
        (
            "type: package",
            "type: gift",
            format!("{version}.offers[0].type"),
        ),
        (
            "- {package_to_product_id: 3, product: DISK}",
            "- {package_to_product_id: 3, product: DISK}\n            - {package_to_product_id: 3, product: DISK}",
            format!("{version}.parts[1].package_to_product_id"),
        ),
    ] {
        assert!(SMALL.contains(written), "{written}");
        let refused = SeedData::from_yaml(&SMALL.replace(written, instead)).unwrap_err();
        assert!(
            refused.place().ends_with(&format!("liquidweb.{place}")),
            "{refused}"
        );
    }
}

#[test]
fn a_price_of_a_seed_is_an_amount() {
    for price in ["-1", "0.000001", "1000000.5", "free", "1e3"] {
        let written = SMALL.replace("0.125", price);
        let refused = SeedData::from_yaml(&written).unwrap_err();
        assert!(refused.to_string().contains("is no price"), "{refused}");
    }
}

#[test]
fn a_configuration_names_options_that_its_product_has() {
    for (configuration, place) in [
        ("{config_id: 5, product: TAPE, options: {}}", "product"),
        (
            "{config_id: 5, product: DISK, options: {colour: 1}}",
            "options.colour",
        ),
        (
            "{config_id: 5, product: DISK, options: {template: 1}}",
            "options.template",
        ),
    ] {
        let written = format!("{SMALL}  configurations:\n    - {configuration}\n");
        let refused = SeedData::from_yaml(&written).unwrap_err();
        let place = format!("liquidweb.configurations[0].{place}");
        assert!(refused.place().ends_with(&place), "{refused}");
    }
}
