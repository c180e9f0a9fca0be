//! Details of bundles and packages, as far as they are documented.

use cartwright_sandbox::LiquidwebAnswers;
use serde_json::{Value, json};

use crate::market::{BUNDLE, Market, PACKAGE};

#[tokio::test]
async fn a_bundle_is_told_with_its_version() {
    let market = Market::open().await;
    let bundle = market.answer(BUNDLE, &json!({"code": "BNDL-AGENCY"})).await;
    assert_eq!(
        bundle,
        json!({
            "admin_comment": "Made for agencies.\nAsk before changing it.",
            "code": "BNDL-AGENCY",
            "last_updated": "2024-01-02 00:00:00",
            "status": "active",
            "title": "Agency",
            "version": {
                "allow_coupon": 1,
                "created": "2023-12-04 10:00:00",
                "current": 1,
                "cycles": [
                    {
                        "cycle": "monthly",
                        "cycle_repetitions": 12,
                        "discount_amount": 0,
                        "id": 711,
                        "market_bundle_version_id": 501,
                    },
                    {
                        "cycle": "yearly",
                        "discount_amount": 0,
                        "id": 712,
                        "market_bundle_version_id": 501,
                    },
                ],
                "description": "A server and its copies.",
                "features": ["A starter package", "Copies elsewhere"],
                "id": 501,
                "market_bundle_code": "BNDL-AGENCY",
                "published": "2024-01-02 00:00:00",
            },
        })
    );
}

#[tokio::test]
async fn a_package_is_told_with_its_version() {
    let market = Market::open().await;
    let package = market
        .answer(PACKAGE, &json!({"code": "PKG-STARTER"}))
        .await;
    assert_eq!(
        package,
        json!({
            "code": "PKG-STARTER",
            "last_updated": "2023-11-20 12:30:00",
            "place": "cloud-store",
            "status": "active",
            "title": "Starter",
            "version": {
                "allow_coupon": 1,
                "created": "2023-11-06 09:00:00",
                "current": 1,
                "cycles": [
                    {
                        "cycle": "monthly",
                        "discount_amount": 0,
                        "id": 701,
                        "market_package_version_id": 301,
                    },
                    {
                        "cycle": "yearly",
                        "cycle_repetitions": 1,
                        "discount_amount": 0,
                        "id": 702,
                        "market_package_version_id": 301,
                    },
                ],
            },
        })
    );
}

#[tokio::test]
async fn without_a_version_the_latest_is_told_even_if_it_is_not_published() {
    let market = Market::open().await;
    for (params, version, current, updated) in [
        (json!({"code": "PKG-BACKUP"}), 305, 0, "2024-04-02 16:20:00"),
        (
            json!({"code": "PKG-BACKUP", "version_id": 302}),
            302,
            1,
            "2024-04-02 16:20:00",
        ),
        (
            json!({"code": "PKG-BACKUP", "version_id": "305"}),
            305,
            0,
            "2024-04-02 16:20:00",
        ),
    ] {
        let package = market.answer(PACKAGE, &params).await;
        let told = &package["version"];
        assert_eq!(told["current"], current, "{params}");
        assert_eq!(told["cycles"][0]["market_package_version_id"], version);
        assert_eq!(package["last_updated"], updated);
    }
}

#[tokio::test]
async fn default_prices_are_told_when_asked_for() {
    let market = Market::open().await;
    // 12.5 percent of a year of 9.95 a month.
    let prices = json!([
        {"cycle": "monthly", "cycle_amount_off": 0},
        {"cycle": "yearly", "cycle_amount_off": 14.93},
    ]);
    for (alsowith, told) in [
        (json!("defaultPriceByCycle"), Some(&prices)),
        (json!(["place", "defaultPriceByCycle"]), Some(&prices)),
        (json!("place"), None),
        (Value::Null, None),
    ] {
        let params = json!({"alsowith": alsowith, "code": "PKG-BACKUP"});
        let package = market.answer(PACKAGE, &params).await;
        assert_eq!(
            package["version"].get("defaultPriceByCycle"),
            told,
            "{alsowith}"
        );
    }
}

#[tokio::test]
async fn details_come_in_the_forms_of_all_answers() {
    let market = Market::open().await;
    market.sandbox.liquidweb_answers(LiquidwebAnswers {
        numbers_as_text: true,
        booleans_as_text: true,
        nulls: true,
        ..LiquidwebAnswers::default()
    });
    let params = json!({"code": "PKG-BACKUP"});
    let package = market.answer(PACKAGE, &params).await;
    let version = &package["version"];
    assert_eq!(package["place"], Value::Null);
    assert_eq!(version["allow_coupon"], "0");
    assert_eq!(version["cycles"][1]["discount_amount"], "12.50");
    assert_eq!(version["cycles"][1]["id"], "705");
    for key in ["current", "defaultPriceByCycle"] {
        assert_eq!(version.get(key), Some(&Value::Null), "{key}");
    }
}

#[tokio::test]
async fn what_is_not_in_the_catalogue_is_not_found() {
    let market = Market::open().await;
    for (method, params, record, input) in [
        (
            BUNDLE,
            json!({"code": "BNDL-NONE"}),
            "market_bundle",
            "BNDL-NONE",
        ),
        (
            PACKAGE,
            json!({"code": "PKG-NONE"}),
            "market_package",
            "PKG-NONE",
        ),
        (
            BUNDLE,
            json!({"code": "BNDL-AGENCY", "version_id": 502}),
            "market_bundle_version",
            "502",
        ),
        (
            PACKAGE,
            json!({"code": "PKG-STARTER", "version_id": 302}),
            "market_package_version",
            "302",
        ),
    ] {
        let refusal = market.refusal_of(method, &params).await;
        assert_eq!(refusal["error_class"], "LW::Exception::RecordNotFound");
        assert_eq!(
            (&refusal["field"], &refusal["input"]),
            (&json!(record), &json!(input))
        );
    }
}

#[tokio::test]
async fn details_want_a_code_of_their_own_kind() {
    let market = Market::open().await;
    for (method, params, class) in [
        (BUNDLE, json!({}), "Input::Multiple"),
        (PACKAGE, json!({"version_id": 301}), "Input::Multiple"),
        (BUNDLE, json!({"code": "PKG-STARTER"}), "Input::Validation"),
        (PACKAGE, json!({"code": "PKG-12"}), "Input::Validation"),
        (PACKAGE, json!({"code": "PKG-123"}), "Input::Validation"),
        (
            PACKAGE,
            json!({"code": "PKG-STARTER", "version_id": 0}),
            "Input::Validation",
        ),
        (
            PACKAGE,
            json!({"alsowith": "a-b", "code": "PKG-STARTER"}),
            "Input::Validation",
        ),
        (
            PACKAGE,
            json!({"alsowith": [["place"]], "code": "PKG-STARTER"}),
            "Input::Validation",
        ),
    ] {
        let refusal = market.refusal_of(method, &params).await;
        assert_eq!(
            refusal["error_class"],
            format!("LW::Exception::{class}"),
            "{params}"
        );
    }
}
