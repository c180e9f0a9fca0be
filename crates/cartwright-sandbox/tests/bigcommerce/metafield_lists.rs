//! Lists of metafields: filters, fields, pages, cursors.

use std::time::Duration;

use serde_json::{Value, json};

use crate::shop::{Shop, keys, path};

/// A store with five metafields, a minute apart, in two carts: a, b, c in the first and d, e in the other.
async fn five() -> (Shop, Value) {
    let shop = Shop::open().await;
    let (cart, other) = (shop.calendars().await, shop.calendars().await);
    for (cart, key) in [
        (&cart, "a"),
        (&cart, "b"),
        (&cart, "c"),
        (&other, "d"),
        (&other, "e"),
    ] {
        shop.metafield(cart, key).await;
        shop.clock.advance(Duration::from_secs(60));
    }
    (shop, cart)
}

#[tokio::test]
async fn a_filter_leaves_what_it_names() {
    let (shop, _) = five().await;
    for (query, left) in [
        ("", "abcde"),
        ("key=b", "b"),
        ("key=none", ""),
        ("key:in=b,d", "bd"),
        ("key%3Ain=b%2Cd", "bd"),
        ("key=a&key:in=b,d", "abd"),
        ("namespace=Warehouse", "abcde"),
        ("namespace:in=Shop,Office", ""),
        ("date_created:min=2024-05-06T07:18:55", "cde"),
        ("date_created:max=2024-05-06T07:18:55", "abc"),
        (
            "date_created:min=2024-05-06T07:17:00&date_created:max=2024-05-06T07:19:00",
            "bc",
        ),
        ("date_modified:min=2024-05-07", ""),
        ("date_modified:max=2024-05-07", "abcde"),
        ("direction=desc", "edcba"),
        ("direction=asc&unknown=1", "abcde"),
    ] {
        let list = shop.get(&format!("/carts/metafields?{query}")).await.json();
        assert_eq!(keys(&list).concat(), left, "{query}");
    }
}

#[tokio::test]
async fn include_fields_leaves_the_id_and_the_named_fields() {
    let (shop, _) = five().await;
    let reply = shop
        .get("/carts/metafields?key=a&include_fields=value,owner_client_id")
        .await;
    assert_eq!(
        reply.data(),
        json!([{"id": "1", "value": "7", "owner_client_id": "sandbox-app"}])
    );
}

#[tokio::test]
async fn a_wrong_value_in_the_query_is_422_with_its_name() {
    let (shop, cart) = five().await;
    for (query, name) in [
        ("limit=0", "limit"),
        ("limit=251", "limit"),
        ("limit=ten", "limit"),
        ("page=0", "page"),
        ("direction=up", "direction"),
        ("include_fields=key,price", "include_fields"),
        ("date_created:min=yesterday", "date_created:min"),
        ("after=7", "after"),
        ("before=aWQ6Nw%3D%3D&after=aWQ6Nw%3D%3D", "before"),
    ] {
        let reply = shop.get(&format!("/carts/metafields?{query}")).await;
        assert_eq!(reply.status, 422, "{query}");
        assert!(reply.json()["errors"][name].is_string(), "{query}");
    }
    let reply = shop
        .get(&format!("{}/metafields?limit=0", path(&cart)))
        .await;
    assert_eq!(reply.status, 422);
}

#[tokio::test]
async fn a_carts_list_has_its_own_metafields_and_pages_by_number() {
    let (shop, cart) = five().await;
    let list = shop
        .get(&format!(
            "{}/metafields?limit=2&page=2&key:in=a",
            path(&cart)
        ))
        .await
        .json();
    assert_eq!(keys(&list), ["c"]);
    assert_eq!(
        list["meta"],
        json!({"pagination": {
            "total": 3,
            "count": 1,
            "per_page": 2,
            "current_page": 2,
            "total_pages": 2,
            "links": {"previous": "?page=1&limit=2", "current": "?page=2&limit=2"},
        }})
    );
}

#[tokio::test]
async fn the_links_lead_through_all_pages_and_keep_the_filters() {
    let (shop, _) = five().await;
    let mut query = "?key:in=a,c,d,e&direction=desc&limit=3&page=1".to_owned();
    let mut seen = String::new();
    loop {
        let list = shop.get(&format!("/carts/metafields{query}")).await.json();
        assert!(list["meta"].get("cursor_pagination").is_none());
        seen += &keys(&list).concat();
        match list["meta"]["pagination"]["links"].get("next") {
            Some(next) => query = next.as_str().unwrap().to_owned(),
            None => break,
        }
    }
    assert_eq!(seen, "edca");
}

#[tokio::test]
async fn a_page_beyond_the_last_is_empty() {
    let (shop, _) = five().await;
    let list = shop.get("/carts/metafields?page=9").await.json();
    assert_eq!(keys(&list), Vec::<&str>::new());
    assert_eq!(list["meta"]["pagination"]["total"], 5);
    assert!(list["meta"]["pagination"]["links"].get("next").is_none());
}

#[tokio::test]
async fn a_carts_own_list_goes_by_cursor_where_the_query_names_one() {
    let (shop, cart) = five().await;
    let own = format!("{}/metafields", path(&cart));
    let all = keys(&shop.get(&own).await.json()).len();
    for (query, pages, cursors) in [
        ("", true, false),
        ("?after=aWQ6MQ%3D%3D", false, true),
        ("?before=aWQ6OTk%3D", false, true),
    ] {
        let list = shop.get(&format!("{own}{query}")).await.json();
        let meta = &list["meta"];
        assert_eq!(meta.get("pagination").is_some(), pages, "{query}");
        assert_eq!(meta.get("cursor_pagination").is_some(), cursors, "{query}");
        assert_eq!(keys(&list).len() < all, query.contains("after"), "{query}");
    }
    let both = "?before=aWQ6Nw%3D%3D&after=aWQ6Nw%3D%3D";
    assert_eq!(shop.get(&format!("{own}{both}")).await.status, 422);
}

#[tokio::test]
async fn both_pagings_are_answered_until_the_query_picks_one() {
    let (shop, _) = five().await;
    for (query, pages, cursors) in [
        ("", true, true),
        ("page=1", true, false),
        ("after=aWQ6MQ%3D%3D", false, true),
        ("page=1&before=aWQ6Mw%3D%3D", false, true),
    ] {
        let meta = &shop.get(&format!("/carts/metafields?{query}")).await.json()["meta"];
        assert_eq!(meta.get("pagination").is_some(), pages, "{query}");
        assert_eq!(meta.get("cursor_pagination").is_some(), cursors, "{query}");
    }
}

#[tokio::test]
async fn cursors_lead_forward_and_back() {
    let (shop, _) = five().await;
    for (direction, forward, back) in [
        ("asc", ["ab", "cd", "e"], "cd"),
        ("desc", ["ed", "cb", "a"], "cb"),
    ] {
        let first = format!("?direction={direction}&limit=2");
        let (mut query, mut last) = (first, Value::Null);
        for page in forward {
            last = shop.get(&format!("/carts/metafields{query}")).await.json();
            assert_eq!(keys(&last).concat(), page);
            let next = &last["meta"]["cursor_pagination"]["links"]["next"];
            query = next.as_str().unwrap_or_default().to_owned();
        }
        assert_eq!(query, "", "the last page has no next");
        let cursors = &last["meta"]["cursor_pagination"];
        let previous = cursors["links"]["previous"].as_str().unwrap();
        let list = shop
            .get(&format!("/carts/metafields{previous}"))
            .await
            .json();
        assert_eq!(keys(&list).concat(), back);
        let start = list["meta"]["cursor_pagination"]["start_cursor"].clone();
        let before = format!(
            "?direction={direction}&limit=9&before={}",
            start.as_str().unwrap()
        );
        let list = shop.get(&format!("/carts/metafields{before}")).await.json();
        assert_eq!(keys(&list).concat(), forward[0]);
    }
}

#[tokio::test]
async fn a_cursor_page_looks_as_documented_and_stays_valid_when_its_metafield_goes() {
    let (shop, cart) = five().await;
    shop.delete(&format!("{}/metafields/2", path(&cart))).await;
    let list = shop
        .get("/carts/metafields?limit=1&after=aWQ6Mg%3D%3D")
        .await
        .json();
    assert_eq!(keys(&list), ["c"]);
    assert_eq!(
        list["meta"],
        json!({"cursor_pagination": {
            "count": 1,
            "per_page": 1,
            "start_cursor": "aWQ6Mw==",
            "end_cursor": "aWQ6Mw==",
            "links": {
                "previous": "?page=1&before=aWQ6Mw%3D%3D&limit=1",
                "current": "?page=1&after=aWQ6Mg%3D%3D&limit=1",
                "next": "?page=1&after=aWQ6Mw%3D%3D&limit=1",
            },
        }})
    );
}

#[tokio::test]
async fn an_empty_list_has_no_cursors_and_no_pages() {
    let shop = Shop::open().await;
    let meta = shop.get("/carts/metafields").await.json()["meta"].clone();
    assert_eq!(meta["pagination"]["total_pages"], 0);
    assert_eq!(
        meta["cursor_pagination"],
        json!({"count": 0, "per_page": 50, "links": {"current": "?page=1&limit=50"}})
    );
}
