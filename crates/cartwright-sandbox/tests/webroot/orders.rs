//! A cart becomes an order.

use serde_json::{Value, json};

use crate::partner::{Partner, customer, order, parent, plain, purchase, with};

#[tokio::test]
async fn an_order_has_these_keys() {
    let partner = Partner::open().await;
    let cart = partner.cart_of(&[parent("SAEP", 1)]).await;
    let mut ordered = partner.sell(&cart).await;
    let fields = ordered.as_object_mut().unwrap();
    let token = fields.remove("OrderHeaderToken").unwrap();
    assert_eq!(token.as_str().unwrap().len(), 36);
    let items = fields.remove("Items").unwrap();
    let keycode = items[0]["KeyCode"].as_str().unwrap();
    assert!(keycode.len() == 20 && keycode.bytes().all(|digit| digit.is_ascii_hexdigit()));
    assert_eq!(
        items,
        json!([{
            "LicenseCategoryName": "SAEP",
            "LicenseKeycodeTypeId": "3",
            "Seats": 1,
            "Quantity": 150,
            "UnitPrice": 4.99,
            "ItemHierarchyId": 1,
            "ItemBundleId": 1,
            "KeyCode": keycode,
            "ProductDescription": "Webroot Business Endpoint Protection 1 Year Parent",
            "ProductTypeDescription": "New",
            "LicenseAttributeValue": 110,
            "LicenseAttributeValueDescription": "Monthly Sold",
            "LicenseAttributeDescription": null,
            "UsagePricingModelId": null,
        }])
    );
    let customers = partner.read(&cart).await["Customers"].clone();
    assert_eq!(
        ordered,
        json!({
            "VendorOrderDate": "2022-11-30T00:00:00Z",
            "Locale": "en_US",
            "TypeOfOrder": "MSP",
            "VendorOrderCode": cart["VendorOrderCode"],
            "CurrencyCode": "USD",
            "PaymentHeader": {},
            "Customers": customers,
        })
    );
}

#[tokio::test]
async fn a_bundle_shares_one_keycode_and_items_of_an_order_stand_in_one_list() {
    let partner = Partner::open().await;
    let items = [
        parent("SAEP", 1),
        plain("WSAV"),
        parent("SDNS", 2),
        plain("WSAV"),
    ];
    let cart = partner.cart_of(&items).await;
    let ordered = partner.sell(&cart).await;
    let bought: Vec<(&str, &str)> = ordered["Items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| {
            let category = item["LicenseCategoryName"].as_str().unwrap();
            (category, item["KeyCode"].as_str().unwrap())
        })
        .collect();
    let [saep, sdns, first, second] = bought.as_slice() else {
        panic!("{bought:?}");
    };
    assert_eq!(
        (saep.0, sdns.0, first.0, second.0),
        ("SAEP", "SDNS", "WSAV", "WSAV")
    );
    assert_eq!(saep.1, sdns.1);
    assert!(saep.1 != first.1 && first.1 != second.1);
}

#[tokio::test]
async fn each_order_has_a_token_of_its_own() {
    let partner = Partner::open().await;
    let mut tokens = Vec::new();
    for _ in 0..2 {
        let cart = partner.cart_of(&[plain("SAEP")]).await;
        tokens.push(partner.sell(&cart).await["OrderHeaderToken"].clone());
    }
    assert_ne!(tokens[0], tokens[1]);
}

#[tokio::test]
async fn a_cart_is_ordered_once() {
    let partner = Partner::open().await;
    let cart = partner.cart_of(&[plain("SAEP")]).await;
    let ordered = partner.sell(&cart).await;
    assert_eq!(partner.buy(&cart).await.refusal(), (409, Value::Null));
    let keycode = ordered["Items"][0]["KeyCode"].as_str().unwrap();
    let status = partner
        .get(&format!("/products/{keycode}/orderstatus"))
        .await
        .json();
    assert_eq!(status["OrderStatus"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_cart_waits_for_its_shipping_customer() {
    let partner = Partner::open().await;
    let cart = partner.cart_of(&[plain("SAEP")]).await;
    let refused = partner.buy(&cart).await;
    assert_eq!(refused.refusal(), (409, Value::Null));
    assert!(
        refused.description().contains("shipping"),
        "{}",
        refused.text
    );
    partner
        .attach(&cart, &json!({"Shipping": customer("E1")}))
        .await;
    assert_eq!(partner.buy(&cart).await.status, 200);
}

#[tokio::test]
async fn an_ordered_cart_reads_as_before() {
    let partner = Partner::open().await;
    let cart = partner.cart(&order("RESELLER", &[plain("SAEP")])).await;
    let body = json!({"Shipping": customer("E1"), "Reseller": customer("E2")});
    partner.attach(&cart, &body).await;
    let before = partner.read(&cart).await;
    assert_eq!(partner.buy(&cart).await.status, 200);
    assert_eq!(partner.read(&cart).await, before);
}

#[tokio::test]
async fn an_order_is_checked_field_by_field() {
    let partner = Partner::open().await;
    let cart = partner.cart_of(&[plain("SAEP")]).await;
    let method = "PaymentMethod must be one of the texts PurchaseOrder";
    for (field, value, why) in [
        ("VendorOrderCode", None, "VendorOrderCode is required"),
        ("PaymentMethod", None, "PaymentMethod is required"),
        ("PurchaseOrder", None, "PurchaseOrder is required"),
        (
            "PurchaseOrder",
            Some(json!(null)),
            "PurchaseOrder is required",
        ),
        ("PaymentMethod", Some(json!("CreditCard")), method),
        (
            "PurchaseOrder",
            Some(json!(4713)),
            "PurchaseOrder must be a text that is not empty",
        ),
    ] {
        let reply = partner
            .post("/orders", &with(purchase(&cart), field, value))
            .await;
        assert_eq!((reply.status, reply.description().as_str()), (400, why));
    }
}
