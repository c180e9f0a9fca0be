//! The documented fields, and the forms that answers can take.

use cartwright_sandbox::LiquidwebAnswers;
use serde_json::{Value, json};

use crate::documented::Documented;
use crate::market::{
    ADD, EVERYTHING, Market, agency, backup, backup_package, mail, server, server_with, starter,
};

/// A server with every optional field: in its second slot of the package, with properties.
fn full_server() -> Value {
    let mut full = server_with(&[
        json!({"ptok_id": 12, "ptov_id": 121, "num_units": 2}),
        json!({"ptok_id": 13, "ptov_id": 131, "num_units": 300}),
    ]);
    full["package_to_product_id"] = json!(403);
    full["properties"] = json!({"domain": "example.com"});
    full
}

/// A cart with items of all kinds, some with every optional field and some with none.
async fn full_cart(market: &Market) -> Value {
    let package = starter(&[server(), full_server()]);
    let mut own_package = package.clone();
    own_package["bundle_to_package_id"] = json!(601);
    let bundle = json!({"code": "BNDL-AGENCY", "packages": [package, backup_package()]});
    let mut cart = market.cart("monthly", &full_server()).await;
    for item in [own_package, bundle, backup(), backup_package(), agency()] {
        cart = market.more(&cart, "quarterly", &item).await;
    }
    cart
}

fn all_forms() -> impl Iterator<Item = LiquidwebAnswers> {
    (0..16).map(|bits| LiquidwebAnswers {
        numbers_as_text: bits & 1 != 0,
        booleans_as_text: bits & 2 != 0,
        false_as_empty_text: bits & 8 != 0,
        nulls: bits & 4 != 0,
    })
}

#[tokio::test]
async fn all_324_documented_fields_are_answered_and_no_other() {
    let market = Market::open().await;
    let mut documented = Documented::new(LiquidwebAnswers::default());
    documented.hold(&full_cart(&market).await);
    let unseen: Vec<&String> = documented
        .seen
        .iter()
        .filter_map(|(path, times)| (*times == 0).then_some(path))
        .collect();
    assert_eq!(unseen, Vec::<&String>::new());
    assert_eq!(documented.faults, Vec::<String>::new());
}

#[tokio::test]
async fn every_form_of_answer_is_as_documented() {
    let market = Market::open().await;
    for answers in all_forms() {
        market.sandbox.liquidweb_answers(answers);
        let mut documented = Documented::new(answers);
        documented.hold(&full_cart(&market).await);
        assert_eq!(documented.faults, Vec::<String>::new(), "{answers:?}");
    }
}

#[tokio::test]
async fn with_nulls_every_optional_field_that_was_not_asked_for_is_null() {
    let market = Market::open().await;
    market.sandbox.liquidweb_answers(LiquidwebAnswers {
        nulls: true,
        ..LiquidwebAnswers::default()
    });
    let mut documented = Documented::new(LiquidwebAnswers {
        nulls: true,
        ..LiquidwebAnswers::default()
    });
    documented.hold(&full_cart(&market).await);
    let with_value: Vec<&str> = documented
        .seen
        .iter()
        .filter(|(path, times)| **times > 0 && documented.optional[*path])
        .map(|(path, _)| path.trim_start_matches('.'))
        .collect();
    assert_eq!(with_value, EVERYTHING);

    let cart = market
        .add(&json!({"cycle": "monthly", "item": backup()}))
        .await;
    for key in ["accnt", "is_expired", "is_quote", "updated"] {
        assert_eq!(cart.get(key), Some(&Value::Null), "{key}");
    }
    for key in EVERYTHING {
        assert_eq!(cart.get(key), Some(&Value::Null), "{key}");
    }
}

#[tokio::test]
async fn an_optional_field_without_a_value_is_left_out() {
    let market = Market::open().await;
    let cart = market.cart("monthly", &mail()).await;
    let details = cart["items"][0]["details"].as_object().unwrap();
    assert_eq!(details.len(), 14, "{details:?}");
    let cart = market.cart("monthly", &backup_package()).await;
    let details = cart["items"][0]["details"].as_object().unwrap();
    assert_eq!(details.len(), 7, "{details:?}");
    let safe = json!({"code": "BNDL-SAFE", "packages": [backup_package()]});
    let cart = market.cart("monthly", &safe).await;
    let details = cart["items"][0]["details"].as_object().unwrap();
    assert_eq!(details.len(), 7, "{details:?}");
}

#[tokio::test]
async fn one_value_is_told_in_each_form() {
    let market = Market::open().await;
    let texts = LiquidwebAnswers {
        numbers_as_text: true,
        booleans_as_text: true,
        ..LiquidwebAnswers::default()
    };
    for (answers, region, price, active) in [
        (LiquidwebAnswers::default(), json!(2), json!(25), json!(1)),
        (texts, json!("2"), json!("25.00"), json!("1")),
    ] {
        market.sandbox.liquidweb_answers(answers);
        let cart = market.cart("monthly", &server()).await;
        let details = &cart["items"][0]["details"];
        assert_eq!(details["region_id"], region, "{answers:?}");
        assert_eq!(details["base_price"], price, "{answers:?}");
        assert_eq!(details["active"], active, "{answers:?}");
    }
}

#[tokio::test]
async fn a_price_keeps_its_five_decimals() {
    let market = Market::open().await;
    let item = server_with(&[json!({"ptok_id": 13, "ptov_id": 131, "num_units": 3})]);
    for (answers, price, total) in [
        (
            LiquidwebAnswers::default(),
            r#""price":0.00125,"#,
            r#""price_total":0.00375,"#,
        ),
        (
            LiquidwebAnswers {
                numbers_as_text: true,
                ..LiquidwebAnswers::default()
            },
            r#""price":"0.00125","#,
            r#""price_total":"0.00375","#,
        ),
    ] {
        market.sandbox.liquidweb_answers(answers);
        let params = json!({"alsowith": ["items"], "cycle": "monthly", "item": item});
        let text = market.call(ADD, &params).await.text;
        assert!(text.contains(price), "{text}");
        assert!(text.contains(total), "{text}");
    }
}

#[tokio::test]
async fn refusals_look_the_same_in_all_forms() {
    let market = Market::open().await;
    let mut refusals = Vec::new();
    for answers in all_forms() {
        market.sandbox.liquidweb_answers(answers);
        let item =
            json!({"code": "PKG-BACKUP", "products": [{"code": "BACKUP.OFFSITE", "options": []}]});
        refusals.push(
            market
                .call(ADD, &json!({"cycle": "monthly", "item": item}))
                .await
                .text,
        );
    }
    refusals.dedup();
    assert_eq!(refusals.len(), 1, "{refusals:?}");
}

#[tokio::test]
async fn a_reset_keeps_the_form_of_the_answers() {
    let market = Market::open().await;
    market.sandbox.liquidweb_answers(LiquidwebAnswers {
        numbers_as_text: true,
        ..LiquidwebAnswers::default()
    });
    market.sandbox.reset();
    let cart = market.cart("monthly", &backup()).await;
    assert_eq!(cart["version"], "1");
}
