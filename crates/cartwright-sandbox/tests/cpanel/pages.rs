//! The pages of cPanel's interface, and what the session keeps between them.

use serde_json::{Value, json};

use crate::account::Account;

const STORE: &str = "https://server.example:2083/cpsess2718281828/frontend/jupiter/store";
const NAME: (&str, &str) = ("product_name", "cpanel-ssl");

async fn info(account: &Account) -> Value {
    account.get("get_product_info", &[NAME]).await.data()
}

#[tokio::test]
async fn the_pages_of_a_purchase_stand_in_the_session() {
    let account = Account::open().await;
    let build = account.get("get_build_cart_url", &[NAME]).await.data();
    let page = format!("{STORE}/purchase_product_build_cart.html?product_name=cpanel-ssl");
    assert_eq!(build, json!({"url": page}));
    let completion = account.get("get_completion_url", &[NAME]).await.data();
    let page = format!("{STORE}/purchase_cpanel-ssl_completion.html");
    assert_eq!(completion, json!({"completion_url": page}));
}

#[tokio::test]
async fn a_product_is_told_with_the_ways_back_from_its_purchase() {
    let account = Account::open().await;
    let page = format!("{STORE}/purchase_cpanel-ssl_completion.html");
    assert_eq!(
        info(&account).await,
        json!({
            "product_id": "123456",
            "redirect_path": "/frontend/jupiter/store/purchase_cpanel-ssl_completion.html",
            "redirect_url_failure": format!("{page}?successful_purchase=0"),
            "redirect_url_success": format!("{page}?successful_purchase=1"),
        })
    );
}

#[tokio::test]
async fn the_ways_back_name_the_domain_that_the_cart_was_last_built_for() {
    let account = Account::open().await;
    for (domains, query) in [
        (
            vec![("domain", "a.example")],
            "domain=a.example&successful_purchase=1",
        ),
        (vec![], "successful_purchase=1"),
    ] {
        let asked = [vec![NAME], domains].concat();
        account.get("get_build_cart_url", &asked).await.data();
        let url = info(&account).await["redirect_url_success"].clone();
        assert!(
            url.as_str().unwrap().ends_with(&format!("?{query}")),
            "{url}"
        );
    }
}

#[tokio::test]
async fn a_name_that_no_product_has_is_a_failure() {
    let account = Account::open().await;
    for function in [
        "get_product_info",
        "get_build_cart_url",
        "get_completion_url",
    ] {
        let asked = [("product_name", "guess")];
        let why = account.get(function, &asked).await.why();
        assert_eq!(why, "There is no product \"guess\".", "{function}");
    }
}

#[tokio::test]
async fn licenses_are_read_without_an_answer() {
    let account = Account::open().await;
    for asked in [vec![], vec![("domain", "a.example")]] {
        let reply = account.get("get_license_info", &asked).await;
        assert_eq!(reply.data(), Value::Null);
    }
}
