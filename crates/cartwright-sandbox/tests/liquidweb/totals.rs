//! Amounts: exact, and in agreement with each other.

use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::market::{Market, agency, backup, mail, server, server_with, starter};

/// The amount as it is written, so that no binary float stands between.
fn amount(value: &Value) -> Decimal {
    let number = value
        .as_number()
        .unwrap_or_else(|| panic!("no number: {value}"));
    number.to_string().parse().unwrap()
}

fn sum<'a>(values: impl IntoIterator<Item = &'a Value>) -> Decimal {
    values.into_iter().map(amount).sum()
}

fn all(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap()
}

#[tokio::test]
async fn an_item_is_priced_by_its_months_units_and_options() {
    let market = Market::open().await;
    let priced = server_with(&[json!({"ptok_id": 13, "ptov_id": 131, "num_units": 200})]);
    for (cycle, units, item, price) in [
        ("monthly", 1, backup(), json!(9.95)),
        ("quarterly", 1, backup(), json!(29.85)),
        ("biannually", 1, backup(), json!(59.7)),
        ("yearly", 3, backup(), json!(358.2)),
        ("biennially", 1, backup(), json!(238.8)),
        ("monthly", 1, mail(), json!(0.07)),
        ("monthly", 100, mail(), json!(7)),
        ("monthly", 1, server(), json!(25)),
        ("monthly", 1, priced.clone(), json!(25.25)),
        ("yearly", 2, priced, json!(606)),
    ] {
        let params = json!({"alsowith": ["totals"], "cycle": cycle, "item": item, "units": units});
        let cart = market.add(&params).await;
        let summary = &cart["totals"]["summary"];
        assert_eq!(
            summary["cart"],
            json!({"amount_off_today": 0, "cost": price, "due_today": price, "price": price}),
            "{cycle} {units}"
        );
        assert_eq!(summary["items"][0]["price"], price);
        assert_eq!(summary["items"][0]["cycle"], cycle);
    }
}

#[tokio::test]
async fn an_amount_of_half_a_cent_is_rounded_away_from_zero() {
    let market = Market::open().await;
    // 0.00375, 0.005, 0.0125 and 0.015 beside the server's 25.
    for (units, price) in [
        (3, json!(25)),
        (4, json!(25.01)),
        (10, json!(25.01)),
        (12, json!(25.02)),
    ] {
        let item = server_with(&[json!({"ptok_id": 13, "ptov_id": 131, "num_units": units})]);
        let cart = market.cart("monthly", &item).await;
        assert_eq!(cart["totals"]["summary"]["cart"]["price"], price, "{units}");
    }
}

#[tokio::test]
async fn amounts_do_not_drift() {
    let market = Market::open().await;
    let mut cart = market.cart("monthly", &mail()).await;
    for _ in 1..30 {
        cart = market.more(&cart, "monthly", &mail()).await;
    }
    assert_eq!(cart["totals"]["summary"]["cart"]["due_today"], json!(2.1));
}

#[tokio::test]
async fn a_package_takes_a_percentage_off_in_its_months_only() {
    let market = Market::open().await;
    let cart = market.cart("monthly", &starter(&[server(), mail()])).await;
    let cart = market.more(&cart, "biannually", &backup()).await;
    let monthly = &cart["totals"]["charges"][0];
    assert_eq!(monthly["cycle"], "monthly");
    let costs: Vec<Decimal> = all(&monthly["billing"])
        .iter()
        .map(|billing| amount(&billing["cart"]["cost"]["total"]))
        .collect();
    let (reduced, full) = (Decimal::new(2257, 2), Decimal::new(2507, 2));
    assert_eq!(costs, [reduced, reduced, reduced, full, full, full]);
}

#[tokio::test]
async fn a_discount_that_ends_within_a_cycle_takes_its_months_part() {
    let market = Market::open().await;
    let cart = market.cart("biannually", &starter(&[server()])).await;
    let item = &cart["totals"]["charges"][0]["billing"][0]["items"][0];
    // Ten percent of three months out of six.
    assert_eq!(item["discounts"][0]["amount_off"], json!(7.5));
    assert_eq!(
        (&item["price"]["total"], &item["cost"]["total"]),
        (&json!(150), &json!(142.5))
    );
}

#[tokio::test]
async fn a_discount_reaches_only_what_is_discountable() {
    let market = Market::open().await;
    let windows =
        json!({"code": "CLOUD.VPS", "options": [{"ptok_id": 11, "ptov_id": 112}], "region_id": 1});
    let cart = market.cart("monthly", &starter(&[windows, mail()])).await;
    let billing = &cart["totals"]["charges"][0]["billing"][0];
    let item = &billing["items"][0];
    let (server, mailbox) = (&item["cost"]["products"][0], &item["cost"]["products"][1]);
    for (product, field, value) in [
        (server, "base_price_discountable", json!(22.5)),
        (server, "base_price_non_discountable", json!(0)),
        (server, "discountable", json!(22.5)),
        (server, "non_discountable", json!(20)),
        (server, "total", json!(42.5)),
        (mailbox, "base_price_discountable", json!(0)),
        (mailbox, "base_price_non_discountable", json!(0.07)),
        (mailbox, "total", json!(0.07)),
    ] {
        assert_eq!(product[field], value, "{field}");
    }
    let ineligible = json!([cart["items"][0]["details"]["products"][1]["uuid"]]);
    assert_eq!(item["discounts"][0]["ineligible_product_uuids"], ineligible);
    assert_eq!(
        billing["cart"]["discounts"][0]["ineligible_product_uuids"],
        ineligible
    );
}

#[tokio::test]
async fn equal_discounts_of_a_billing_are_told_as_one() {
    let market = Market::open().await;
    let cart = market.cart("monthly", &starter(&[server()])).await;
    let cart = market.more(&cart, "monthly", &starter(&[server()])).await;
    let grouped = &cart["totals"]["charges"][0]["billing"][0]["cart"];
    assert_eq!(grouped["items"], 2);
    assert_eq!(all(&grouped["discounts"]).len(), 1);
    assert_eq!(grouped["discounts"][0]["amount_off"], 5);
    let uuids: Vec<&Value> = all(&cart["discounts"])
        .iter()
        .map(|one| &one["discount_uuid"])
        .collect();
    assert_eq!(json!(uuids), grouped["discounts"][0]["discount_uuid"]);
}

#[tokio::test]
async fn a_bundle_brings_a_percentage_and_credits() {
    let market = Market::open().await;
    let cart = market.cart("monthly", &agency()).await;
    let told: Vec<(&Value, &Value, bool)> = all(&cart["discounts"])
        .iter()
        .map(|one| {
            (
                &one["type"],
                &one["strategy"],
                one.get("item_uuid").is_some(),
            )
        })
        .collect();
    let (bundle, offset) = (json!("bundle"), json!("offset"));
    let (percent, credit) = (json!("percent"), json!("credit"));
    assert_eq!(
        told,
        [
            (&bundle, &percent, true),
            (&bundle, &credit, true),
            (&offset, &credit, false)
        ]
    );
    let credits = all(&cart["totals"]["credits"]);
    assert_eq!(
        sum(credits.iter().map(|one| &one["amount_off"])),
        Decimal::from(15)
    );
    // 25 + 9.95 with 15 percent off, by product: 21.25 + 8.46; 0.07 in full; 15 of credits.
    assert_eq!(
        cart["totals"]["summary"]["cart"],
        json!({"amount_off_today": 20.24, "cost": 29.78, "due_today": 14.78, "price": 35.02})
    );
}

#[tokio::test]
async fn credits_do_not_make_the_vendor_owe() {
    let market = Market::open().await;
    let safe =
        json!({"code": "BNDL-AGENCY", "packages": [{"code": "PKG-STARTER", "products": [mail()]}]});
    let cart = market.cart("monthly", &safe).await;
    assert_eq!(
        cart["totals"]["summary"]["cart"],
        json!({"amount_off_today": 0.07, "cost": 0.07, "due_today": 0, "price": 0.07})
    );
    assert_eq!(cart["totals"]["timeline"][0]["cost"], 0);
}

#[tokio::test]
async fn a_cycle_is_billed_each_time_it_comes_round_within_the_longest() {
    let market = Market::open().await;
    let cart = market.cart("quarterly", &backup()).await;
    let cart = market.more(&cart, "yearly", &server()).await;
    let charges = all(&cart["totals"]["charges"]);
    let months: Vec<Vec<[i64; 4]>> = charges
        .iter()
        .map(|charge| {
            let number = |billing: &Value, key: &str| billing[key].as_i64().unwrap();
            let keys = ["occurrence", "month_start", "month_end", "months"];
            let billings = all(&charge["billing"]).iter();
            billings
                .map(|one| keys.map(|key| number(one, key)))
                .collect()
        })
        .collect();
    assert_eq!(
        months,
        [
            vec![[1, 1, 3, 3], [2, 4, 6, 3], [3, 7, 9, 3], [4, 10, 12, 3]],
            vec![[1, 1, 12, 12]],
        ]
    );
}

#[tokio::test]
async fn the_timeline_has_the_months_in_which_something_is_billed() {
    let market = Market::open().await;
    let cart = market.cart("quarterly", &backup()).await;
    let cart = market.more(&cart, "biannually", &server()).await;
    assert_eq!(
        cart["totals"]["timeline"],
        json!([
            {"cost": 179.85, "cycles": ["quarterly", "biannually"], "month": 1, "price": 179.85},
            {"cost": 29.85, "cycles": ["quarterly"], "month": 4, "price": 29.85},
        ])
    );
}

#[tokio::test]
async fn the_amounts_of_a_mixed_cart_agree() {
    let market = Market::open().await;
    let mut cart = market.cart("monthly", &agency()).await;
    for (cycle, item) in [
        ("yearly", starter(&[server(), mail()])),
        ("quarterly", backup()),
        (
            "monthly",
            starter(&[server_with(&[json!({"ptok_id": 12, "ptov_id": 121})])]),
        ),
    ] {
        cart = market.more(&cart, cycle, &item).await;
    }
    let totals = &cart["totals"];
    for billing in all(&totals["charges"])
        .iter()
        .flat_map(|charge| all(&charge["billing"]))
    {
        let items = all(&billing["items"]);
        for side in ["price", "cost"] {
            for part in ["discountable", "non_discountable", "total"] {
                let of_items = sum(items.iter().map(|item| &item[side][part]));
                assert_eq!(
                    amount(&billing["cart"][side][part]),
                    of_items,
                    "{side} {part}"
                );
                for item in items {
                    let of_products =
                        sum(all(&item[side]["products"]).iter().map(|one| &one[part]));
                    assert_eq!(amount(&item[side][part]), of_products, "{side} {part}");
                }
            }
        }
        for item in items {
            let off = sum(all(&item["discounts"]).iter().map(|one| &one["amount_off"]));
            let (price, cost) = (&item["price"]["total"], &item["cost"]["total"]);
            assert_eq!(amount(price) - off, amount(cost));
        }
    }
    let (summary, first) = (&totals["summary"], &totals["timeline"][0]);
    for field in ["price", "cost"] {
        let of_items = sum(all(&summary["items"]).iter().map(|item| &item[field]));
        assert_eq!(amount(&summary["cart"][field]), of_items, "{field}");
    }
    assert_eq!(summary["cart"]["price"], first["price"]);
    assert_eq!(summary["cart"]["due_today"], first["cost"]);
    let off_today = amount(&summary["cart"]["amount_off_today"]);
    assert_eq!(
        amount(&summary["cart"]["price"]) - off_today,
        amount(&summary["cart"]["due_today"])
    );
}

#[tokio::test]
async fn the_summary_tells_each_item_in_the_order_added() {
    let market = Market::open().await;
    let cart = market.cart("yearly", &backup()).await;
    let cart = market.more(&cart, "monthly", &starter(&[server()])).await;
    let items = &cart["totals"]["summary"]["items"];
    for index in [0, 1] {
        assert_eq!(items[index]["item_uuid"], cart["items"][index]["uuid"]);
    }
    assert_eq!(items[0]["discounts"], json!([]));
    let discount = &items[1]["discounts"][0];
    assert_eq!(discount["amount_off_today"], json!(2.5));
    assert_eq!(discount["repetitions"], 3);
    assert_eq!(
        discount["discount_uuid"],
        cart["discounts"][0]["discount_uuid"]
    );
}

#[tokio::test]
async fn the_dearest_item_still_adds_up() {
    let market = Market::open().await;
    let item = server_with(&[json!({"ptok_id": 12, "ptov_id": 121, "num_units": 1_000_000})]);
    let params = json!({
        "alsowith": ["totals"], "cycle": "biennially", "item": item, "units": 1_000_000,
    });
    let cart = market.add(&params).await;
    // (25 + 9.99 × 1,000,000) × 24 × 1,000,000
    assert_eq!(
        amount(&cart["totals"]["summary"]["cart"]["price"]),
        Decimal::from(239_760_600_000_000_i64)
    );
}
