//! The packages of a bundle and the products of a package, page by page.

use serde_json::{Value, json};

use crate::market::{Market, PACKAGES, PRODUCTS, mail, server, starter};

#[tokio::test]
async fn the_packages_of_a_bundle_are_listed_with_their_places() {
    let market = Market::open().await;
    let params = json!({"code": "BNDL-AGENCY", "version_id": 501});
    assert_eq!(
        market.answer(PACKAGES, &params).await,
        json!({
            "item_count": 2,
            "item_total": 2,
            "items": [
                {
                    "display_order": 1,
                    "id": 601,
                    "market_bundle_version_id": 501,
                    "market_package_code": "PKG-STARTER",
                },
                {
                    "display_order": 2,
                    "id": 602,
                    "market_bundle_version_id": 501,
                    "market_package_code": "PKG-BACKUP",
                },
            ],
            "page_num": 1,
            "page_size": 25,
            "page_total": 1,
        })
    );
}

#[tokio::test]
async fn the_products_of_a_package_are_listed_with_their_places() {
    let market = Market::open().await;
    let params = json!({"code": "PKG-STARTER", "reduce_data": 0});
    let list = market.answer(PRODUCTS, &params).await;
    assert_eq!(list["item_total"], 3);
    let option = |key: &str, description: &str, group: &str, place: i64| {
        json!({
            "description": description,
            "display_order": place,
            "group": group,
            "group_display_order": place,
            "key": key,
        })
    };
    assert_eq!(
        list["items"][0],
        json!({
            "categories": ["CloudServers", "Servers"],
            "custom_description": "The heart of the package.",
            "custom_title": "Your server",
            "default_region_id": 1,
            "description": "A virtual server.\nResize it at any time.",
            "display_order": 1,
            "id": 401,
            "market_package_version_id": 301,
            "marketplace_description": "A virtual server.\nResize it at any time.",
            "options": [
                option("Template", "Operating system", "Software", 1),
                option("ControlPanel", "Control panel", "Software", 2),
                option("ExtraTransfer", "Transfer beyond the plan", "Network", 3),
            ],
        })
    );
    assert_eq!(list["items"][1].get("custom_title"), None);
}

#[tokio::test]
async fn the_ids_listed_are_the_places_that_an_item_may_name() {
    let market = Market::open().await;
    let list = market
        .answer(PRODUCTS, &json!({"code": "PKG-STARTER"}))
        .await;
    let mut second = server();
    second["package_to_product_id"] = list["items"][2]["id"].clone();
    let cart = market
        .cart("monthly", &starter(&[server(), mail(), second]))
        .await;
    let products = &cart["items"][0]["details"]["products"];
    assert_eq!(products[2]["package_custom_title"], "A second server");
}

/// The ids of a list's page, and its numbers: of this page, of all, this page, its size, pages.
fn ids(list: &Value) -> (Vec<i64>, [i64; 5]) {
    let items = list["items"].as_array().unwrap();
    let keys = [
        "item_count",
        "item_total",
        "page_num",
        "page_size",
        "page_total",
    ];
    (
        items
            .iter()
            .map(|item| item["id"].as_i64().unwrap())
            .collect(),
        keys.map(|key| list[key].as_i64().unwrap()),
    )
}

#[tokio::test]
async fn a_list_comes_page_by_page() {
    let market = Market::open().await;
    for (page, listed, numbers) in [
        (json!({}), vec![401, 402, 403], [3, 3, 1, 25, 1]),
        (json!({"page_size": 2}), vec![401, 402], [2, 3, 1, 2, 2]),
        (
            json!({"page_num": 2, "page_size": 2}),
            vec![403],
            [1, 3, 2, 2, 2],
        ),
        (
            json!({"page_num": "3", "page_size": "1"}),
            vec![403],
            [1, 3, 3, 1, 3],
        ),
        (
            json!({"page_num": 9, "page_size": 3}),
            vec![],
            [0, 3, 9, 3, 1],
        ),
        (
            json!({"page_num": i64::MAX, "page_size": i64::MAX}),
            vec![],
            [0, 3, i64::MAX, i64::MAX, 1],
        ),
    ] {
        let mut params = page.clone();
        params["code"] = json!("PKG-STARTER");
        let list = market.answer(PRODUCTS, &params).await;
        assert_eq!(ids(&list), (listed, numbers), "{page}");
    }
}

#[tokio::test]
async fn a_list_is_ordered_by_code_if_it_is_asked_to_be() {
    let market = Market::open().await;
    for (order, packages, products) in [
        (json!(null), [601, 602], [401, 402, 403]),
        (json!({"field": "code"}), [601, 602], [402, 401, 403]),
        (
            json!({"field": "code", "sort": "desc"}),
            [601, 602],
            [402, 401, 403],
        ),
        (
            json!({"field": "code", "sort": "asc"}),
            [602, 601],
            [401, 403, 402],
        ),
    ] {
        let params = json!({"code": "BNDL-AGENCY", "order_by": order});
        let list = market.answer(PACKAGES, &params).await;
        assert_eq!(ids(&list).0, packages, "{order}");
        let params = json!({"code": "PKG-STARTER", "order_by": order});
        let list = market.answer(PRODUCTS, &params).await;
        assert_eq!(ids(&list).0, products, "{order}");
    }
}

#[tokio::test]
async fn the_list_of_a_version_is_of_that_version() {
    let market = Market::open().await;
    for (params, listed) in [
        (json!({"code": "PKG-BACKUP"}), vec![405, 406]),
        (json!({"code": "PKG-BACKUP", "version_id": 302}), vec![404]),
        (
            json!({"code": "PKG-BACKUP", "version_id": 305}),
            vec![405, 406],
        ),
    ] {
        let list = market.answer(PRODUCTS, &params).await;
        assert_eq!(ids(&list).0, listed, "{params}");
    }
}

#[tokio::test]
async fn a_wrong_page_or_order_is_refused() {
    let market = Market::open().await;
    for (params, class, field) in [
        (
            json!({"page_num": 0}),
            "Input::Validation",
            json!("page_num"),
        ),
        (
            json!({"page_size": -1}),
            "Input::Validation",
            json!("page_size"),
        ),
        (
            json!({"order_by": "code"}),
            "Input::Validation",
            json!("order_by"),
        ),
        (json!({"order_by": {}}), "Input::Required", json!("field")),
        (
            json!({"order_by": {"field": "id"}}),
            "Input::NotInRealm",
            json!("field"),
        ),
        (
            json!({"order_by": {"field": "code", "sort": "up"}}),
            "Input::NotInRealm",
            json!("sort"),
        ),
        (
            json!({"page_num": 0, "page_size": "x"}),
            "Input::Multiple",
            json!(["page_num", "page_size"]),
        ),
    ] {
        for (method, code) in [(PACKAGES, "BNDL-AGENCY"), (PRODUCTS, "PKG-STARTER")] {
            let mut params = params.clone();
            params["code"] = json!(code);
            let refusal = market.refusal_of(method, &params).await;
            assert_eq!(refusal["error_class"], format!("LW::Exception::{class}"));
            assert_eq!(refusal["field"], field, "{params}");
        }
    }
    let params = json!({"code": "PKG-STARTER", "reduce_data": 2});
    let refusal = market.refusal_of(PRODUCTS, &params).await;
    assert_eq!(refusal["field"], "reduce_data");
}
