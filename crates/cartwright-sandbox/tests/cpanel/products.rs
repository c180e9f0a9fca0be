//! What the providers sell, and how they prove the control of a domain.

use cartwright_sandbox::CpanelAnswers;
use serde_json::{Value, json};

use crate::account::Account;

async fn product(account: &Account, id: u64) -> Value {
    let data = account.get("get_all_products", &[]).await.data();
    let products = data.as_array().unwrap();
    let found = products.iter().find(|product| product["product_id"] == id);
    found.unwrap().clone()
}

#[tokio::test]
async fn the_products_of_all_providers_are_one_list_that_was_processed() {
    let account = Account::open().await;
    let reply = account.get("get_all_products", &[]).await;
    assert_eq!(reply.json()["metadata"], json!({"transformed": 1}));
    let data = reply.data();
    let providers = data.as_array().unwrap().iter();
    let providers: Vec<_> = providers.map(|product| &product["provider_name"]).collect();
    assert!(providers.contains(&&json!("cPStore")) && providers.contains(&&json!("ExampleMarket")));
}

#[tokio::test]
async fn a_certificate_has_a_number_per_domain_and_a_text_per_wildcard_as_price() {
    let account = Account::open().await;
    let product = product(&account, 143).await;
    assert_eq!(product["price"], Value::Null);
    assert_eq!(product["x_price_per_domain"], json!(6));
    assert_eq!(product["x_price_per_wildcard_domain"], json!("75.00"));
    assert_eq!(product["x_certificate_term"], json!([1, "year"]));
}

#[tokio::test]
async fn only_a_certificate_that_vouches_for_its_owner_asks_about_it() {
    let account = Account::open().await;
    assert_eq!(
        product(&account, 143).await["x_identity_verification"],
        Value::Null
    );
    let asked = product(&account, 176).await["x_identity_verification"].clone();
    assert_eq!(
        asked[0],
        json!({"label": "Organization Name", "name": "organizationName"})
    );
    assert_eq!(asked[1]["is_optional"], 1);
}

#[tokio::test]
async fn what_is_no_certificate_has_one_price_and_no_terms_of_one() {
    let account = Account::open().await;
    let product = product(&account, 123_456).await;
    assert_eq!(product["price"].to_string(), "9.99");
    let keys = product.as_object().unwrap().keys();
    assert!(keys.into_iter().all(|key| !key.starts_with("x_")));
}

#[tokio::test]
async fn nulls_of_a_product_can_be_left_out() {
    let account = Account::open().await;
    account.sandbox.cpanel_answers(CpanelAnswers::MissingKeys);
    let product = product(&account, 143).await;
    for key in ["price", "max_users", "x_identity_verification"] {
        assert_eq!(product.get(key), None, "{key}");
    }
}

#[tokio::test]
async fn each_provider_has_its_own_constraints_on_the_files_of_a_validation() {
    let account = Account::open().await;
    let ask = async |provider| {
        let asked = [("provider", provider)];
        account
            .get("get_provider_specific_dcv_constraints", &asked)
            .await
    };
    let mut store = ask("cPStore").await.data();
    let characters = store["dcv_file_allowed_characters"].take();
    assert_eq!(characters[15], "F");
    assert_eq!(
        store,
        json!({
            "dcv_file_allowed_characters": null,
            "dcv_file_extension": "txt",
            "dcv_file_random_character_count": 32,
            "dcv_file_relative_path": ".well-known/pki-validation",
            "dcv_max_redirects": 0,
            "dcv_user_agent_string": "COMODO DCV",
        })
    );
    assert_eq!(ask("ExampleMarket").await.data()["dcv_max_redirects"], 2);
    assert_eq!(ask("guess").await.why(), "There is no provider \"guess\".");
}
