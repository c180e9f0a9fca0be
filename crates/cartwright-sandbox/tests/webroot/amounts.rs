//! Amounts: exact, and their display texts.

use serde_json::json;

use crate::partner::{Partner, order, parent, plain, with};

#[tokio::test]
async fn the_totals_are_the_sum_of_all_lines() {
    let partner = Partner::open().await;
    for (items, total, text) in [
        (vec![parent("SAEP", 1)], "748.5", "$748.50"),
        (
            vec![parent("SAEP", 1), parent("SDNS", 2)],
            "1647",
            "$1647.00",
        ),
        (vec![plain("CALLY"); 3], "15.75", "$15.75"),
    ] {
        let items: Vec<_> = items
            .into_iter()
            .map(|item| {
                let vault = (item["LicenseCategoryName"] == "CALLY").then(|| json!(1));
                with(item, "VaultId", vault)
            })
            .collect();
        let reply = partner.post("/carts", &order("MSP", &items)).await;
        for key in ["TotalAmount", "SubTotalAmount"] {
            let exact = format!(r#""{key}":{total},"#);
            assert!(reply.text.contains(&exact), "{exact}: {}", reply.text);
            assert_eq!(reply.json()[format!("{key}Fmt")], text);
        }
    }
}

#[tokio::test]
async fn amounts_do_not_drift() {
    let partner = Partner::open().await;
    for (category, seats, total) in [
        ("SAEP", 3, "14.97"),
        ("SAEP", 1_000_000, "4990000"),
        ("SDNS", 70, "419.3"),
        ("SECA", 100, "349"),
        ("WSAV", 7, "209.93"),
    ] {
        let item = with(plain(category), "LicenseSeats", Some(json!(seats)));
        for keycode_type in [1, 3] {
            let item = with(
                item.clone(),
                "LicenseKeycodeTypeId",
                Some(json!(keycode_type)),
            );
            let reply = partner.post("/carts", &order("MSP", &[item])).await;
            let exact = format!(r#""TotalAmount":{total},"#);
            assert!(reply.text.contains(&exact), "{exact}: {}", reply.text);
        }
    }
}

#[tokio::test]
async fn a_price_goes_with_its_term_to_the_cent() {
    let partner = Partner::open().await;
    for (years, price, text, end) in [
        ("0", json!(0), "$0.00 Today", "2022-11-30T00:00:00Z"),
        ("0.083", json!(0.42), "$0.42 Today", "2022-12-30T00:00:00Z"),
        ("0.5", json!(2.5), "$2.50 Today", "2023-05-30T00:00:00Z"),
        ("1.25", json!(6.24), "$6.24 Today", "2024-02-29T00:00:00Z"),
        ("3.5", json!(17.47), "$17.47 Today", "2026-05-30T00:00:00Z"),
    ] {
        let item = with(parent("SAEP", 1), "Years", Some(json!(years)));
        let item = partner.item(&item).await;
        assert_eq!(
            (&item["UnitPrice"], &item["UnitPriceFmt"], &item["Years"]),
            (&price, &json!(text), &json!(years))
        );
        assert_eq!(item["ExpirationDate"], end, "{years}");
    }
}

#[tokio::test]
async fn the_locale_says_the_currency_and_its_sign() {
    let partner = Partner::open().await;
    for (locale, currency, text) in [
        ("en_US", "USD", "$24.95"),
        ("en_GB", "GBP", "£24.95"),
        ("de_DE", "EUR", "€24.95"),
    ] {
        let body = with(
            order("MSP", &[plain("SAEP")]),
            "Locale",
            Some(json!(locale)),
        );
        let cart = partner.cart(&body).await;
        assert_eq!(
            (&cart["CurrencyCode"], &cart["TotalAmountFmt"]),
            (&json!(currency), &json!(text))
        );
    }
}
