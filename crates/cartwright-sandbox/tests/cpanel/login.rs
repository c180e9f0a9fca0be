//! The login at a provider, from its address to an access token.

use serde_json::json;

use crate::account::{Account, Pairs, with, without};

const BACK: &str = "http://hostname.example.com/redirectionlocation.cgi?state";

fn asked(account: &Account) -> Pairs<'_> {
    vec![
        ("provider", "cPStore"),
        ("url_after_login", BACK),
        ("login_token", account.credential("login_token")),
    ]
}

#[tokio::test]
async fn the_login_page_is_a_text_that_holds_where_to_come_back_to() {
    let account = Account::open().await;
    let data = account.get("get_login_url", &asked(&account)).await.data();
    assert_eq!(
        data,
        json!(
            "https://store.cpanel.example/login?client_id=cpanel\
             &redirect_uri=http%3A%2F%2Fhostname.example.com%2Fredirectionlocation.cgi%3Fstate\
             &response_type=token"
        )
    );
}

#[tokio::test]
async fn a_login_gives_an_access_token_that_is_good_for_its_provider_only() {
    let account = Account::open().await;
    let asked = asked(&account);
    account.get("get_login_url", &asked).await.data();
    let data = account.get("validate_login_token", &asked).await.data();
    let token = data["access_token"].as_str().unwrap();
    let cart = account.cart(&[("item", r#"{"product_id":1}"#)]);
    let cart = with(&cart, "access_token", token);
    account.get("create_shopping_cart", &cart).await.data();
    let cart = with(&cart, "provider", "ExampleMarket");
    let why = account.get("create_shopping_cart", &cart).await.why();
    assert_eq!(why, "The provider refused the \"access_token\".");
}

#[tokio::test]
async fn a_login_that_nobody_asked_for_is_refused_and_so_is_a_second_use() {
    let account = Account::open().await;
    let asked = asked(&account);
    let refused = async |asked: &[(&str, &str)]| {
        let why = account.get("validate_login_token", asked).await.why();
        assert!(why.contains("under way"), "{why}");
    };
    refused(&asked).await;
    account.get("get_login_url", &asked).await.data();
    refused(&with(
        &asked,
        "url_after_login",
        "http://hostname.example.com/",
    ))
    .await;
    account.get("validate_login_token", &asked).await.data();
    refused(&asked).await;
}

#[tokio::test]
async fn a_wrong_login_token_is_refused_and_leaves_the_login_open() {
    let account = Account::open().await;
    let asked = asked(&account);
    account.get("get_login_url", &asked).await.data();
    let guess = with(&asked, "login_token", "guess");
    let why = account.get("validate_login_token", &guess).await.why();
    assert_eq!(why, "cPStore refused the \"login_token\".");
    account.get("validate_login_token", &asked).await.data();
}

#[tokio::test]
async fn each_parameter_of_a_login_is_required_and_checked() {
    let account = Account::open().await;
    let asked = asked(&account);
    for name in ["provider", "url_after_login"] {
        for function in ["get_login_url", "validate_login_token"] {
            let why = account.get(function, &without(&asked, name)).await.why();
            assert_eq!(why, format!("The parameter \"{name}\" is missing."));
            let why = account
                .get(function, &with(&asked, name, "guess"))
                .await
                .why();
            assert!(why.contains("guess"), "{function} {name}: {why}");
        }
    }
    let less = without(&asked, "login_token");
    let why = account.get("validate_login_token", &less).await.why();
    assert_eq!(why, "The parameter \"login_token\" is missing.");
}
