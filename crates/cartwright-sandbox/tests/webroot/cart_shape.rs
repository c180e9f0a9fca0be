//! What a cart looks like on the wire.

use serde_json::{Value, json};

use crate::partner::{Partner, order, parent, plain, with};

fn keys(value: &Value) -> Vec<&str> {
    let mut keys: Vec<&str> = value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    keys.sort_unstable();
    keys
}

/// What the published sample asks for.
fn published() -> [Value; 2] {
    [parent("SAEP", 1), parent("SDNS", 2)]
}

#[tokio::test]
async fn a_cart_has_these_14_keys() {
    let partner = Partner::open().await;
    let mut cart = partner.cart_of(&published()).await;
    let fields = cart.as_object_mut().unwrap();
    for key in ["VendorOrderCode", "Items", "Customers", "SalesOrderDate"] {
        assert!(fields.remove(key).is_some(), "{key}");
    }
    assert_eq!(
        cart,
        json!({
            "CartOrderStatusId": 1,
            "TypeOfOrder": "MSP",
            "TotalAmount": 1647,
            "TotalAmountFmt": "$1647.00",
            "SubTotalAmount": 1647,
            "SubTotalAmountFmt": "$1647.00",
            "TaxAmount": 0,
            "TaxAmountFmt": "$0.00",
            "Locale": "en_US",
            "CurrencyCode": "USD",
        })
    );
}

#[tokio::test]
async fn the_published_sample_is_answered_as_published() {
    let partner = Partner::open().await;
    let cart = partner.cart_of(&published()).await;
    let first = [
        ("LineItem", json!(1)),
        ("Quantity", json!(150)),
        ("Years", json!("1")),
        ("ListPrice", json!(4.99)),
        ("ListPriceFmt", json!("$4.99")),
        ("UnitPrice", json!(4.99)),
        ("UnitPriceFmt", json!("$4.99 Today")),
        ("SubTotalAmount", json!(748.5)),
        ("SubTotalAmountFmt", json!("$748.50 Today")),
        ("SubTotalListAmount", json!(748.5)),
        ("SubTotalListAmountFmt", json!("$748.50")),
        ("ProductId", json!(152_200_101)),
        (
            "ProductDescription",
            json!("Webroot Business Endpoint Protection 1 Year Parent"),
        ),
        ("ProductTypeId", json!(1)),
        ("ProductTypeDescription", json!("New")),
        ("LicenseKeycodeTypeId", json!(3)),
        ("LicenseCategoryName", json!("SAEP")),
        (
            "LicenseCategoryDescription",
            json!("Webroot Endpoint Protection"),
        ),
        (
            "ProductFamilyDescription",
            json!("Webroot Secure Anywhere Business"),
        ),
        ("StartDate", json!("2022-11-30T00:00:00Z")),
        ("ExpirationDate", json!("2023-11-30T00:00:00Z")),
        ("CartItemBundleId", json!(1)),
        ("ItemHierarchyId", json!(1)),
        ("DependentCartOrderItemId", json!(null)),
        ("Keycode", json!(null)),
        ("LicenseAttributeValue", json!(110)),
        ("LicenseAttributeValueDescription", json!("Monthly Sold")),
        ("UsagePricingModelId", json!(null)),
        ("UsagePricingModelName", json!(null)),
        ("VendorOrderItemCode", json!(null)),
        ("OrderItemUpdateTypeId", json!(null)),
        ("LicenseSeats", json!(1)),
        ("VaultId", json!(null)),
        ("VaultName", json!(null)),
        ("ProductPlatformId", json!(null)),
        ("ProductPlatformName", json!(null)),
        ("RetentionModelId", json!(null)),
        ("RetentionModelName", json!(null)),
        ("ProductPricingLevelId", json!(1)),
        ("ProductPricingLevelDescription", json!("Standard")),
    ];
    let item = &cart["Items"][0][0];
    for (key, value) in &first {
        assert_eq!(&item[key], value, "{key}");
    }
    // One more than these: the number of the item.
    assert_eq!(keys(item).len(), first.len() + 1);
    let second = &cart["Items"][0][1];
    assert_eq!(keys(second), keys(item));
    for (key, value) in [
        ("LineItem", json!(2)),
        ("ItemHierarchyId", json!(2)),
        ("LicenseCategoryName", json!("SDNS")),
        ("ProductId", json!(152_300_101)),
        ("SubTotalAmountFmt", json!("$898.50 Today")),
    ] {
        assert_eq!(second[key], value, "{key}");
    }
    let number = |item: &Value| item["CartOrderItemId"].as_u64().unwrap();
    assert_eq!(number(second), number(item) + 1);
}

#[tokio::test]
async fn an_item_has_41_keys_whatever_was_asked() {
    let partner = Partner::open().await;
    for item in [
        plain("SAEP"),
        with(plain("OTEDR"), "VaultId", Some(json!(2))),
        plain("CBEP"),
    ] {
        assert_eq!(keys(&partner.item(&item).await).len(), 41, "{item}");
    }
}

#[tokio::test]
async fn the_customers_are_a_billing_one_and_two_nulls() {
    let partner = Partner::open().await;
    let customers = partner.cart_of(&published()).await["Customers"].clone();
    assert_eq!(keys(&customers), ["Billing", "Reseller", "Shipping"]);
    assert_eq!(
        (&customers["Shipping"], &customers["Reseller"]),
        (&Value::Null, &Value::Null)
    );
    let billing = &customers["Billing"];
    assert_eq!(
        keys(billing),
        [
            "Address1",
            "Address2",
            "City",
            "CompanyName",
            "Country",
            "CustomerEmail",
            "CustomerTypeDescription",
            "CustomerTypeId",
            "ExternalCustomerKey",
            "FirstName",
            "LastName",
            "PostalCode",
            "State",
            "VatId",
        ]
    );
    assert_eq!(
        (
            &billing["CustomerTypeId"],
            &billing["CustomerTypeDescription"]
        ),
        (&json!(1), &json!("Billing"))
    );
    assert_eq!(billing["Address2"], Value::Null);
}

#[tokio::test]
async fn items_of_one_bundle_share_an_inner_array() {
    let partner = Partner::open().await;
    let bundled = |category: &str, bundle: i64, hierarchy: i64| {
        let item = parent(category, hierarchy);
        with(item, "CartItemBundleId", Some(json!(bundle)))
    };
    let cart = partner
        .cart_of(&[
            bundled("SAEP", 7, 1),
            plain("WSAV"),
            bundled("SECA", 3, 1),
            bundled("SDNS", 7, 2),
            plain("WSAV"),
        ])
        .await;
    let shown: Vec<Vec<(&str, &Value, &Value)>> = cart["Items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|bundle| {
            let items = bundle.as_array().unwrap().iter();
            items
                .map(|item| {
                    let name = item["LicenseCategoryName"].as_str().unwrap();
                    (name, &item["CartItemBundleId"], &item["LineItem"])
                })
                .collect()
        })
        .collect();
    let (null, [one, two, three, four, five, seven]) =
        (json!(null), [1, 2, 3, 4, 5, 7].map(Value::from));
    assert_eq!(
        shown,
        [
            vec![("SAEP", &seven, &one), ("SDNS", &seven, &two)],
            vec![("WSAV", &null, &three)],
            vec![("SECA", &three, &four)],
            vec![("WSAV", &null, &five)],
        ]
    );
}

#[tokio::test]
async fn a_parent_licence_has_its_seats_in_quantity_and_a_standard_one_does_not() {
    let partner = Partner::open().await;
    for (keycode_type, quantity, seats, type_name) in [
        (json!(3), 5, 1, "Parent"),
        (json!(1), 1, 5, "Standard"),
        (json!(null), 1, 5, "Standard"),
    ] {
        let asked = with(plain("SAEP"), "LicenseKeycodeTypeId", Some(keycode_type));
        let item = partner.item(&asked).await;
        assert_eq!(
            (&item["Quantity"], &item["LicenseSeats"]),
            (&json!(quantity), &json!(seats)),
            "{asked}"
        );
        let description = item["ProductDescription"].as_str().unwrap();
        assert!(description.ends_with(type_name), "{description}");
    }
}

#[tokio::test]
async fn what_was_asked_of_an_item_comes_back_with_its_name() {
    let partner = Partner::open().await;
    for (category, asked, shown) in [
        (
            "OTEDR",
            json!({"VaultId": 2}),
            json!({"VaultId": 2, "VaultName": "Sandbox Vault 2"}),
        ),
        (
            "OTSF",
            json!({"UsagePricingModelId": 2, "RetentionModelId": 2}),
            json!({
                "UsagePricingModelId": 2,
                "UsagePricingModelName": "Capacity",
                "RetentionModelId": 2,
                "RetentionModelName": "7 Years",
            }),
        ),
        (
            "CBEP",
            json!({"UsagePricingModelId": 3}),
            json!({
                "UsagePricingModelId": 3,
                "UsagePricingModelName": "Standard",
                "ProductPlatformId": 1,
                "ProductPlatformName": "Sandbox Platform 1",
            }),
        ),
        (
            "SAEP",
            json!({"VendorOrderItemCode": "line-é-1"}),
            json!({"VendorOrderItemCode": "line-é-1"}),
        ),
        (
            "SAEP",
            json!({"ExpirationDate": "2024-02-29T12:00:00+02:00"}),
            json!({"ExpirationDate": "2024-02-29T10:00:00Z"}),
        ),
    ] {
        let mut item = plain(category);
        let fields = item.as_object_mut().unwrap();
        fields.extend(asked.as_object().unwrap().clone());
        let answered = partner.item(&item).await;
        for (key, value) in shown.as_object().unwrap() {
            assert_eq!(&answered[key], value, "{category} {key}");
        }
    }
}

#[tokio::test]
async fn a_licence_attribute_value_is_told_digit_by_digit() {
    let partner = Partner::open().await;
    for (type_of_order, value, description) in [
        ("MSP", json!(110), json!("Monthly Sold")),
        ("MSP", json!(111), json!("Monthly Overage")),
        ("MSP", json!(122), json!("Annual Utility")),
        ("RESELLER", json!(210), json!("Monthly Sold")),
        ("RESELLER", json!(null), json!(null)),
    ] {
        let item = with(plain("SAEP"), "LicenseAttributeValue", Some(value.clone()));
        let cart = partner.cart(&order(type_of_order, &[item])).await;
        let item = &cart["Items"][0][0];
        assert_eq!(
            (
                &item["LicenseAttributeValue"],
                &item["LicenseAttributeValueDescription"]
            ),
            (&value, &description),
            "{value}"
        );
    }
}

#[tokio::test]
async fn a_reseller_may_order_at_a_level() {
    let partner = Partner::open().await;
    let item = with(plain("SAEP"), "ProductPricingLevelId", Some(json!(3)));
    let cart = partner.cart(&order("RESELLER", &[item])).await;
    let item = &cart["Items"][0][0];
    assert_eq!(
        (
            &item["ProductPricingLevelId"],
            &item["ProductPricingLevelDescription"]
        ),
        (&json!(3), &json!("Government"))
    );
}
