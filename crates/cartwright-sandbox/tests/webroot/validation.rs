//! Bodies with the right JSON and the wrong fields.

use serde_json::{Value, json};

use crate::partner::{Partner, order, parent, plain, with};

/// Sends a body and expects exactly these words about it.
async fn refused(partner: &Partner, body: &Value, description: &str) {
    let reply = partner.post("/carts", body).await;
    assert_eq!(reply.refusal(), (400, Value::Null), "{body}");
    assert_eq!(reply.description(), description, "{body}");
}

#[tokio::test]
async fn the_cart_is_checked_field_by_field() {
    let partner = Partner::open().await;
    let whole = order("MSP", &[plain("SAEP")]);
    let locales = "Locale must be one of the texts en_US, en_GB, de_DE";
    let types = "TypeOfOrder must be one of the texts MSP, RESELLER";
    for (field, value, why) in [
        ("TypeOfOrder", None, "TypeOfOrder is required"),
        ("TypeOfOrder", Some(json!(null)), "TypeOfOrder is required"),
        ("TypeOfOrder", Some(json!("msp")), types),
        ("TypeOfOrder", Some(json!(1)), types),
        ("Locale", None, "Locale is required"),
        ("Locale", Some(json!("en-US")), locales),
        ("Locale", Some(json!("ja_JP")), locales),
        (
            "ItemsByLicenseKey",
            Some(json!({})),
            "ItemsByLicenseKey must be an array",
        ),
        (
            "ItemsByLicenseKey",
            Some(json!(["SAEP"])),
            "ItemsByLicenseKey[0] must be an object",
        ),
    ] {
        refused(&partner, &with(whole.clone(), field, value), why).await;
    }
}

#[tokio::test]
async fn a_cart_without_any_item_is_400() {
    let partner = Partner::open().await;
    for (by_key, by_attributes) in [
        (json!(null), json!(null)),
        (json!([]), json!(null)),
        (json!([]), json!([])),
    ] {
        let body = json!({
            "TypeOfOrder": "MSP",
            "Locale": "en_US",
            "ItemsByLicenseKey": by_key,
            "ItemsByAttributes": by_attributes,
        });
        let why = "ItemsByLicenseKey or ItemsByAttributes must hold at least one item";
        refused(&partner, &body, why).await;
    }
}

#[tokio::test]
async fn an_item_is_checked_field_by_field() {
    let partner = Partner::open().await;
    let seats = "must be a whole number from 1 to 1000000";
    let years =
        "must be one of the texts 0, 0.083, 0.167, 0.5, 1, 1.25, 1.5, 2, 2.25, 2.5, 3, 3.25, 3.5";
    let text = "must be a text that is not empty";
    let future = "must be a date in the future";
    let digits = "must be a number of three digits";
    for (field, value, why) in [
        ("LicenseSeats", None, "is required"),
        ("LicenseSeats", Some(json!(null)), "is required"),
        ("LicenseSeats", Some(json!(0)), seats),
        ("LicenseSeats", Some(json!(1_000_001)), seats),
        ("LicenseSeats", Some(json!(1.5)), seats),
        ("LicenseSeats", Some(json!("5")), seats),
        ("LicenseCategoryName", None, "is required"),
        ("LicenseCategoryName", Some(json!("")), text),
        ("LicenseCategoryName", Some(json!(7)), text),
        (
            "LicenseCategoryName",
            Some(json!("XXXX")),
            "\"XXXX\" has no pricing",
        ),
        ("Years", None, "is required"),
        ("Years", Some(json!(1)), years),
        ("Years", Some(json!("1.0")), years),
        (
            "LicenseKeycodeTypeId",
            Some(json!(2)),
            "must be one of the numbers 1, 3",
        ),
        (
            "ItemHierarchyId",
            Some(json!(1)),
            "needs a CartItemBundleId",
        ),
        (
            "CartItemBundleId",
            Some(json!(-1)),
            "must be a whole number from 0 to 2147483647",
        ),
        ("VendorOrderItemCode", Some(json!(1)), text),
        ("ExpirationDate", Some(json!("soon")), future),
        (
            "ExpirationDate",
            Some(json!("2022-11-30T01:34:40Z")),
            future,
        ),
        ("LicenseAttributeValue", Some(json!(11)), digits),
        ("LicenseAttributeValue", Some(json!("110")), digits),
        (
            "LicenseAttributeValue",
            Some(json!(130)),
            "must have 1 (monthly) or 2 (annual) as its second digit",
        ),
        (
            "LicenseAttributeValue",
            Some(json!(113)),
            "must have 0, 1 or 2 as its third digit",
        ),
        (
            "LicenseAttributeValue",
            Some(json!(210)),
            "must have 1 as its first digit in an order of type MSP",
        ),
        (
            "UsagePricingModelId",
            Some(json!(1)),
            "does not apply to SAEP",
        ),
        ("VaultId", Some(json!(1)), "does not apply to SAEP"),
        (
            "ProductPlatformId",
            Some(json!(1)),
            "does not apply to SAEP",
        ),
        ("RetentionModelId", Some(json!(1)), "does not apply to SAEP"),
        (
            "ProductPricingLevelId",
            Some(json!(4)),
            "must be one of the numbers 1, 2, 3",
        ),
        (
            "ProductPricingLevelId",
            Some(json!(2)),
            "is for resellers only",
        ),
    ] {
        let body = order("MSP", &[with(plain("SAEP"), field, value)]);
        refused(
            &partner,
            &body,
            &format!("ItemsByAttributes[0].{field} {why}"),
        )
        .await;
    }
}

#[tokio::test]
async fn an_item_by_licence_key_is_checked_field_by_field() {
    let partner = Partner::open().await;
    let whole = json!({"Keycode": "SAEP-SAND-BOX0-0000-0001", "Years": "1"});
    for (field, value, why) in [
        ("Keycode", None, "is required"),
        ("Keycode", Some(json!(null)), "is required"),
        ("Years", None, "is required"),
        (
            "LicenseSeats",
            Some(json!(0)),
            "must be a whole number from 1 to 1000000",
        ),
        (
            "LicenseCategoryName",
            Some(json!("XXXX")),
            "\"XXXX\" has no pricing",
        ),
    ] {
        let items = json!([with(whole.clone(), field, value)]);
        let body = with(order("MSP", &[]), "ItemsByLicenseKey", Some(items));
        refused(
            &partner,
            &body,
            &format!("ItemsByLicenseKey[0].{field} {why}"),
        )
        .await;
    }
}

#[tokio::test]
async fn some_categories_want_a_vault() {
    let partner = Partner::open().await;
    for category in ["OTEDR", "OTMDR", "CALLY"] {
        for (vault, why) in [
            (None, format!("is required for {category}")),
            (Some(json!(null)), format!("is required for {category}")),
            (
                Some(json!(9)),
                "must be one of the numbers 1, 2, 3".to_owned(),
            ),
        ] {
            let body = order("MSP", &[with(plain(category), "VaultId", vault)]);
            refused(
                &partner,
                &body,
                &format!("ItemsByAttributes[0].VaultId {why}"),
            )
            .await;
        }
    }
}

#[tokio::test]
async fn a_bundle_has_one_primary_item() {
    let partner = Partner::open().await;
    let led_by_default = with(parent("SDNS", 2), "ItemHierarchyId", None);
    for second in [parent("SDNS", 1), led_by_default] {
        let body = order("MSP", &[parent("SAEP", 1), second]);
        let why = "ItemsByAttributes[1].ItemHierarchyId makes a second primary item of its bundle";
        refused(&partner, &body, why).await;
    }
}

#[tokio::test]
async fn all_that_is_wrong_is_said_at_once() {
    let partner = Partner::open().await;
    let body = json!({"Locale": "en_US", "ItemsByAttributes": [{"Years": "1"}, {}]});
    let why = "TypeOfOrder is required; \
               ItemsByAttributes[0].LicenseSeats is required; \
               ItemsByAttributes[0].LicenseCategoryName is required; \
               ItemsByAttributes[1].LicenseSeats is required; \
               ItemsByAttributes[1].LicenseCategoryName is required; \
               ItemsByAttributes[1].Years is required";
    refused(&partner, &body, why).await;
}

#[tokio::test]
async fn the_bounds_themselves_are_taken() {
    let partner = Partner::open().await;
    for (field, value) in [
        ("LicenseSeats", json!(1)),
        ("LicenseSeats", json!(1_000_000)),
        ("CartItemBundleId", json!(0)),
        ("ExpirationDate", json!("2022-11-30T01:34:41")),
        ("ExpirationDate", json!("9999-12-31T23:59:59Z")),
        ("ProductPricingLevelId", json!(1)),
        ("UnknownField", json!({"a": []})),
    ] {
        let body = order("MSP", &[with(plain("SAEP"), field, Some(value))]);
        let reply = partner.post("/carts", &body).await;
        assert_eq!(reply.status, 200, "{body}: {}", reply.text);
    }
}

#[tokio::test]
async fn a_null_is_the_same_as_nothing() {
    let partner = Partner::open().await;
    let bare = partner.item(&plain("SAEP")).await;
    let mut nulls = plain("SAEP");
    for field in [
        "LicenseKeycodeTypeId",
        "ItemHierarchyId",
        "ExpirationDate",
        "VendorOrderItemCode",
        "CartItemBundleId",
        "LicenseAttributeValue",
        "UsagePricingModelId",
        "VaultId",
        "ProductPlatformId",
        "RetentionModelId",
        "ProductPricingLevelId",
    ] {
        nulls[field] = Value::Null;
    }
    let number = |item: Value| with(item, "CartOrderItemId", None);
    assert_eq!(number(partner.item(&nulls).await), number(bare));
}
