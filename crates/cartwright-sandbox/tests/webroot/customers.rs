//! The customers of a cart.

use serde_json::{Value, json};

use crate::partner::{Partner, customer, order, path, plain, with};

fn shipping(customer: Value) -> Value {
    json!({"Shipping": customer})
}

#[tokio::test]
async fn before_any_is_attached_there_is_the_billing_customer_alone() {
    let partner = Partner::open().await;
    let cart = partner.cart_of(&[plain("SAEP")]).await;
    let customers = partner
        .get(&format!("{}/customers", path(&cart)))
        .await
        .json();
    assert_eq!(customers["Billing"]["CustomerTypeDescription"], "Billing");
    assert_eq!(customers["Billing"]["OptIn"], true);
    assert_eq!(
        (&customers["Shipping"], &customers["Reseller"]),
        (&Value::Null, &Value::Null)
    );
}

#[tokio::test]
async fn who_is_attached_is_answered_at_once_and_later() {
    let partner = Partner::open().await;
    let cart = partner.cart(&order("RESELLER", &[plain("SAEP")])).await;
    let body = json!({"Shipping": customer("E1"), "Reseller": customer("E2")});
    let attached = partner.attach(&cart, &body).await.json();
    for (role, id, key) in [("Shipping", 2, "E1"), ("Reseller", 3, "E2")] {
        assert_eq!(
            attached[role],
            json!({
                "FirstName": "Ben",
                "LastName": "Muster",
                "Address1": "Hauptweg 1",
                "Address2": null,
                "City": "Broomfield",
                "PostalCode": "80021",
                "State": "CO",
                "Country": "US",
                "CustomerEmail": "ben@example.com",
                "CompanyName": "Musterschule",
                "ExternalCustomerKey": key,
                "VatId": null,
                "CustomerTypeId": id,
                "CustomerTypeDescription": role,
                "OptIn": false,
            })
        );
    }
    let read = partner
        .get(&format!("{}/customers", path(&cart)))
        .await
        .json();
    assert_eq!(read, attached);
}

#[tokio::test]
async fn a_cart_shows_its_customers_without_their_opt_in() {
    let partner = Partner::open().await;
    let cart = partner.cart_of(&[plain("SAEP")]).await;
    let attached = partner
        .attach(&cart, &shipping(customer("E1")))
        .await
        .json();
    let shown = partner.read(&cart).await["Customers"]["Shipping"].clone();
    assert_eq!(shown, with(attached["Shipping"].clone(), "OptIn", None));
}

#[tokio::test]
async fn a_resellers_cart_needs_a_reseller_and_an_msps_cart_ignores_one() {
    let partner = Partner::open().await;
    for (type_of_order, reseller, status) in [
        ("RESELLER", Value::Null, 400),
        ("RESELLER", customer("E2"), 200),
        ("MSP", Value::Null, 200),
        ("MSP", customer("E2"), 200),
        ("MSP", json!("nobody"), 200),
    ] {
        let cart = partner.cart(&order(type_of_order, &[plain("SAEP")])).await;
        let body = json!({"Shipping": customer("E1"), "Reseller": reseller});
        let reply = partner.attach(&cart, &body).await;
        assert_eq!(reply.status, status, "{type_of_order} {reseller}");
        if type_of_order == "MSP" {
            assert_eq!(reply.json()["Reseller"], Value::Null);
        }
    }
}

#[tokio::test]
async fn attaching_again_replaces_who_was_attached() {
    let partner = Partner::open().await;
    let cart = partner.cart_of(&[plain("SAEP")]).await;
    for key in ["E1", "E2"] {
        let reply = partner.attach(&cart, &shipping(customer(key))).await;
        assert_eq!(reply.json()["Shipping"]["ExternalCustomerKey"], key);
    }
}

#[tokio::test]
async fn mail_is_wanted_unless_it_is_refused() {
    let partner = Partner::open().await;
    let cart = partner.cart_of(&[plain("SAEP")]).await;
    for (said, kept) in [
        (None, true),
        (Some(json!(null)), true),
        (Some(json!(true)), true),
        (Some(json!(false)), false),
    ] {
        let body = shipping(with(customer("E1"), "OptIn", said));
        assert_eq!(
            partner.attach(&cart, &body).await.json()["Shipping"]["OptIn"],
            kept
        );
    }
}

#[tokio::test]
async fn a_customer_of_a_business_product_is_checked_field_by_field() {
    let partner = Partner::open().await;
    let cart = partner.cart_of(&[plain("SAEP")]).await;
    let country = "Shipping.Country must be a text of two upper-case letters";
    let types = "Shipping.CompanyTypeId must be one of the numbers 1, 2, 3, 11, 14";
    for (field, value, why) in [
        ("FirstName", None, "Shipping.FirstName is required"),
        ("LastName", None, "Shipping.LastName is required"),
        ("Address1", None, "Shipping.Address1 is required"),
        ("City", Some(json!(null)), "Shipping.City is required"),
        ("PostalCode", None, "Shipping.PostalCode is required"),
        ("State", None, "Shipping.State is required"),
        ("Country", None, "Shipping.Country is required"),
        ("CustomerEmail", None, "Shipping.CustomerEmail is required"),
        ("CompanyName", None, "Shipping.CompanyName is required"),
        ("CompanyTypeId", None, "Shipping.CompanyTypeId is required"),
        (
            "ExternalCustomerKey",
            None,
            "Shipping.ExternalCustomerKey is required",
        ),
        ("Country", Some(json!("us")), country),
        ("Country", Some(json!("USA")), country),
        ("CompanyTypeId", Some(json!(4)), types),
        ("CompanyTypeId", Some(json!("14")), types),
        (
            "OptIn",
            Some(json!(1)),
            "Shipping.OptIn must be true or false",
        ),
        (
            "City",
            Some(json!("")),
            "Shipping.City must be a text that is not empty",
        ),
    ] {
        let body = shipping(with(customer("E1"), field, value));
        let reply = partner.attach(&cart, &body).await;
        assert_eq!((reply.status, reply.description().as_str()), (400, why));
    }
    for (body, why) in [
        (json!({}), "Shipping is required"),
        (shipping(json!([])), "Shipping must be an object"),
    ] {
        let reply = partner.attach(&cart, &body).await;
        assert_eq!((reply.status, reply.description().as_str()), (400, why));
    }
    assert_eq!(
        partner.read(&cart).await["Customers"]["Shipping"],
        Value::Null
    );
}

#[tokio::test]
async fn a_state_is_required_in_some_countries_only() {
    let partner = Partner::open().await;
    let cart = partner.cart_of(&[plain("SAEP")]).await;
    for (country, status) in [
        ("US", 400),
        ("CA", 400),
        ("AU", 400),
        ("NZ", 400),
        ("ZA", 400),
        ("DE", 200),
    ] {
        let stateless = with(customer("E1"), "State", None);
        let body = shipping(with(stateless, "Country", Some(json!(country))));
        assert_eq!(
            partner.attach(&cart, &body).await.status,
            status,
            "{country}"
        );
    }
}

#[tokio::test]
async fn where_no_product_is_a_business_one_a_country_and_a_key_are_enough() {
    let partner = Partner::open().await;
    let least = shipping(json!({"Country": "US", "ExternalCustomerKey": "E1"}));
    for (items, status) in [
        (vec![plain("WSAV")], 200),
        (vec![plain("WSAV"), plain("SAEP")], 400),
    ] {
        let cart = partner.cart_of(&items).await;
        assert_eq!(partner.attach(&cart, &least).await.status, status);
    }
}

#[tokio::test]
async fn an_ordered_cart_keeps_its_customers() {
    let partner = Partner::open().await;
    let cart = partner.cart_of(&[plain("SAEP")]).await;
    partner.sell(&cart).await;
    let reply = partner.attach(&cart, &shipping(customer("E9"))).await;
    assert_eq!(reply.refusal(), (409, Value::Null));
    let read = partner
        .get(&format!("{}/customers", path(&cart)))
        .await
        .json();
    assert_eq!(read["Shipping"]["ExternalCustomerKey"], "E1");
}
