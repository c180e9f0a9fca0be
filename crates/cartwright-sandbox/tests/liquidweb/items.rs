//! Items: products, packages, bundles.

use serde_json::{Value, json};

use crate::market::{Market, agency, backup, backup_package, mail, server, server_with, starter};

async fn item(item: &Value) -> Value {
    let market = Market::open().await;
    market.cart("monthly", item).await["items"][0].clone()
}

#[tokio::test]
async fn an_item_is_a_product_a_package_or_a_bundle() {
    for (asked, kind, key) in [
        (backup(), "product", "product_id"),
        (backup_package(), "package", "products"),
        (agency(), "bundle", "packages"),
    ] {
        let item = item(&asked).await;
        assert_eq!(
            (&item["code"], &item["type"]),
            (&asked["code"], &json!(kind))
        );
        let details = &item["details"];
        assert_eq!(details["code"], asked["code"]);
        for other in ["product_id", "products", "packages"] {
            assert_eq!(details.get(other).is_some(), other == key, "{kind} {other}");
        }
    }
}

#[tokio::test]
async fn each_item_keeps_its_cycle_and_units() {
    let market = Market::open().await;
    let mut cart = json!({});
    for (cycle, units) in [
        ("monthly", json!(1)),
        ("quarterly", json!(2)),
        ("biannually", json!("3")),
        ("yearly", json!(4)),
        ("biennially", Value::Null),
    ] {
        let params = json!({
            "alsowith": ["items"], "cycle": cycle, "item": backup(), "units": units, "uuid": cart["uuid"],
        });
        cart = market.add(&params).await;
    }
    let told: Vec<(&str, i64)> = cart["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| {
            (
                item["cycle"].as_str().unwrap(),
                item["units"].as_i64().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("monthly", 1),
            ("quarterly", 2),
            ("biannually", 3),
            ("yearly", 4),
            ("biennially", 1)
        ]
    );
}

#[tokio::test]
async fn the_same_code_again_is_an_item_of_its_own() {
    let market = Market::open().await;
    let cart = market.cart("monthly", &backup()).await;
    let cart = market.more(&cart, "monthly", &backup()).await;
    let (one, other) = (&cart["items"][0], &cart["items"][1]);
    assert_ne!(one["uuid"], other["uuid"]);
    assert_ne!(one["details"]["uuid"], other["details"]["uuid"]);
}

#[tokio::test]
async fn options_come_back_in_the_order_chosen() {
    let details = item(&server_with(&[
        json!({"ptok_id": 13, "ptov_id": 131, "num_units": 200}),
        json!({"ptok_id": "12", "ptov_id": "121"}),
    ]))
    .await["details"]
        .clone();
    let chosen: Vec<(i64, i64)> = details["options"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            (
                one["ptok_id"].as_i64().unwrap(),
                one["ptov_id"].as_i64().unwrap(),
            )
        })
        .collect();
    assert_eq!(chosen, [(11, 111), (13, 131), (12, 121)]);
}

#[tokio::test]
async fn num_units_multiply_the_price_of_an_option() {
    for (units, total) in [
        (Value::Null, json!(0.00125)),
        (json!(0), json!(0)),
        (json!(200), json!(0.25)),
        (json!("3"), json!(0.00375)),
        (json!(1_000_000), json!(1250)),
    ] {
        let item = item(&server_with(&[
            json!({"ptok_id": 13, "ptov_id": 131, "num_units": units}),
        ]))
        .await;
        let option = &item["details"]["options"][1];
        assert_eq!(option["price"], json!(0.00125), "{units}");
        assert_eq!(option["price_total"], total, "{units}");
        assert_eq!(
            option.get("num_units").is_some(),
            !units.is_null(),
            "{units}"
        );
    }
}

#[tokio::test]
async fn a_product_is_valid_if_it_is_sold_and_its_choices_fit() {
    let windows = json!({"ptok_id": 11, "ptov_id": 112});
    let panel = json!({"ptok_id": 12, "ptov_id": 121});
    let with = |options: Value| json!({"code": "CLOUD.VPS", "options": options, "region_id": 1});
    for (asked, active, valid) in [
        (server(), 1, 1),
        (with(json!([])), 1, 0),
        (with(json!([windows])), 1, 1),
        (server_with(std::slice::from_ref(&panel)), 1, 1),
        // The panel belongs to the other system.
        (with(json!([windows, panel])), 1, 0),
        (
            json!({"code": "LEGACY.HOSTING", "options": [], "region_id": 1}),
            0,
            0,
        ),
    ] {
        let details = &item(&asked).await["details"];
        assert_eq!(
            (&details["active"], &details["valid"]),
            (&json!(active), &json!(valid)),
            "{asked}"
        );
    }
}

#[tokio::test]
async fn a_package_or_bundle_is_valid_if_nothing_required_is_missing() {
    let unfinished = json!({"code": "CLOUD.VPS", "options": [], "region_id": 1});
    let bundle = |packages: Value| json!({"code": "BNDL-AGENCY", "packages": packages});
    for (asked, valid) in [
        (starter(&[server()]), 1),
        (starter(&[server(), mail()]), 1),
        (starter(&[]), 0),
        (starter(&[mail()]), 0),
        (starter(std::slice::from_ref(&unfinished)), 0),
        (bundle(json!([starter(&[server()])])), 1),
        (bundle(json!([backup_package()])), 0),
        (bundle(json!([starter(&[unfinished])])), 0),
        (bundle(json!([])), 0),
    ] {
        assert_eq!(item(&asked).await["details"]["valid"], valid, "{asked}");
    }
}

#[tokio::test]
async fn a_product_in_a_package_tells_its_slot() {
    let mut second = server();
    second["package_to_product_id"] = json!(403);
    let details = item(&starter(&[server(), mail(), second])).await["details"].clone();
    for (index, slot, add_on, related) in [
        (0, 401, 0, None),
        (1, 402, 1, Some(json!(401))),
        (2, 403, 1, Some(json!(401))),
    ] {
        let product = &details["products"][index];
        assert_eq!(product["package_to_product_id"], slot);
        assert_eq!(product["package_add_on"], add_on);
        assert_eq!(product["package_display_order"], index + 1);
        assert_eq!(
            product.get("related_package_to_product_id"),
            related.as_ref()
        );
    }
}

#[tokio::test]
async fn a_package_in_a_bundle_tells_its_slot() {
    let details = item(&agency()).await["details"].clone();
    for (index, slot, add_on) in [(0, 601, 0), (1, 602, 1)] {
        let package = &details["packages"][index];
        assert_eq!(package["bundle_to_package_id"], slot);
        assert_eq!(package["bundle_add_on"], add_on);
        assert_eq!(package["bundle_display_order"], index + 1);
    }
}

#[tokio::test]
async fn an_item_of_its_own_has_a_slot_only_if_it_names_one() {
    for (slot, title) in [(None, None), (Some(401), Some(json!("Your server")))] {
        let mut asked = server();
        asked["package_to_product_id"] = json!(slot);
        let details = &item(&asked).await["details"];
        assert_eq!(details.get("package_custom_title"), title.as_ref());
    }
    for (slot, order) in [(None, None), (Some(603), Some(json!(1)))] {
        let mut asked = backup_package();
        asked["bundle_to_package_id"] = json!(slot);
        let details = &item(&asked).await["details"];
        assert_eq!(details.get("bundle_display_order"), order.as_ref());
    }
}

#[tokio::test]
async fn properties_come_back_as_they_were_sent() {
    let mut asked = backup();
    asked["properties"] = json!({"domain": "bücher.example", "nested": {"list": [1, "2", null]}});
    assert_eq!(
        item(&asked).await["details"]["properties"],
        asked["properties"]
    );
}

#[tokio::test]
async fn a_title_beyond_ascii_comes_back_as_it_is() {
    assert_eq!(
        item(&mail()).await["details"]["title"],
        "Courriel – boîte ✉"
    );
}
