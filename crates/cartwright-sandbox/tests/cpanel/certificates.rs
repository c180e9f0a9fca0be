//! `request_ssl_certificates`: an order of certificates.

use serde_json::{Value, json};

use crate::account::{Account, DV, EV, OV, OWNER, Pairs, Reply, with, without};

fn asked<'a>(account: &'a Account, certificates: &[&'a str]) -> Pairs<'a> {
    let login = vec![
        ("access_token", account.credential("access_token")),
        ("provider", "cPStore"),
        ("url_after_checkout", "http://checkout.example.com"),
        ("identity_verification", OWNER),
    ];
    let certificates = certificates.iter().map(|sent| ("certificate", *sent));
    login.into_iter().chain(certificates).collect()
}

async fn request(account: &Account, asked: &[(&str, &str)]) -> Reply {
    account.get("request_ssl_certificates", asked).await
}

/// A certificate with another value for a key, or without it.
fn spoilt(certificate: &str, key: &str, value: Value) -> String {
    let mut keys: Value = serde_json::from_str(certificate).unwrap();
    keys[key] = value;
    keys.to_string()
}

#[tokio::test]
async fn a_request_for_one_certificate_answers_numbers_a_key_and_where_to_pay() {
    let account = Account::open().await;
    let data = request(&account, &asked(&account, &[DV])).await.data();
    let order = data["order_id"].as_u64().unwrap();
    assert_eq!(
        data["checkout_url"],
        format!("https://store.cpanel.example/checkout?order_id={order}")
    );
    assert!(data["certificates"]["order_item_id"].is_u64());
    let key = data["certificates"]["key_id"].as_str().unwrap();
    let parts: Vec<usize> = key.split('_').map(str::len).collect();
    assert_eq!(parts, [5, 5, 32], "{key}");
}

#[tokio::test]
async fn several_certificates_are_one_order_and_a_list_in_the_order_sent() {
    let account = Account::open().await;
    let data = request(&account, &asked(&account, &[DV, OV, EV]))
        .await
        .data();
    let told = data["certificates"].as_array().unwrap();
    let pending = account.pending().await;
    assert_eq!(account.sandbox.cpanel_orders().len(), 1);
    for (place, product) in ["143", "176", "209"].into_iter().enumerate() {
        let id = told[place]["order_item_id"].to_string();
        assert_eq!(pending[place]["order_item_id"], id);
        assert_eq!(pending[place]["product_id"], product);
        assert_eq!(pending[place]["order_id"], data["order_id"].to_string());
    }
}

#[tokio::test]
async fn certificates_come_by_every_documented_spelling_in_a_form_too() {
    let account = Account::open().await;
    for names in [
        ["certificate-1", "certificate-2"],
        ["certificate", "certificate-0"],
    ] {
        let asked = without(&asked(&account, &[]), "certificate");
        let asked = [asked, vec![(names[0], DV), (names[1], OV)]].concat();
        let data = account
            .post("request_ssl_certificates", &asked)
            .await
            .data();
        assert_eq!(
            data["certificates"].as_array().unwrap().len(),
            2,
            "{names:?}"
        );
    }
}

#[tokio::test]
async fn the_way_back_may_be_left_out_and_has_no_query() {
    let account = Account::open().await;
    let asked = asked(&account, &[DV]);
    let less = without(&asked, "url_after_checkout");
    request(&account, &less).await.data();
    assert_eq!(account.sandbox.cpanel_orders()[0].url_after_checkout, "");
    let query = with(&asked, "url_after_checkout", "https://shop.example/?a=b");
    let why = request(&account, &query).await.why();
    assert_eq!(why, "The \"url_after_checkout\" has a query.");
}

#[tokio::test]
async fn a_certificate_that_can_t_be_read_refuses_the_whole_order() {
    let account = Account::open().await;
    let cases = [
        ("{".to_owned(), "is not JSON"),
        ("[]".to_owned(), "is not a JSON object"),
        (
            spoilt(DV, "product_id", json!(null)),
            "has no \"product_id\"",
        ),
        (
            spoilt(DV, "product_id", json!(8)),
            "is no certificate of cPStore",
        ),
        (
            spoilt(DV, "product_id", json!(123_456)),
            "is no certificate of cPStore",
        ),
        (
            spoilt(DV, "product_id", json!(301)),
            "is no certificate of cPStore",
        ),
        (spoilt(DV, "price", json!(null)), "has no \"price\""),
        (spoilt(DV, "price", json!(-1)), "is no amount"),
        (spoilt(DV, "price", json!("six")), "is no amount"),
        (
            spoilt(DV, "validity_period", json!(null)),
            "has no \"validity_period\"",
        ),
        (
            spoilt(DV, "validity_period", json!([])),
            "no number with a unit",
        ),
        (spoilt(DV, "subject_names", json!([])), "no list of kinds"),
        (
            spoilt(DV, "subject_names", json!(["a.example"])),
            "no list of kinds",
        ),
        (spoilt(DV, "vhost_names", json!(7)), "no list of texts"),
        (
            spoilt(EV, "subject_names", json!([["dNSName", "*.a.example"]])),
            "a wildcard",
        ),
        (
            spoilt(
                OV,
                "subject_names",
                json!([{"type": "dNSName", "name": "a.example", "dcv_method": "dns"}]),
            ),
            "validation by DNS",
        ),
    ];
    for (sent, fault) in &cases {
        let why = request(&account, &asked(&account, &[DV, sent])).await.why();
        assert!(
            why.starts_with("Certificate 2 ") && why.contains(fault),
            "{sent}: {why}"
        );
    }
    assert!(account.sandbox.cpanel_orders().is_empty());
    assert!(account.pending().await.is_empty());
}

#[tokio::test]
async fn only_what_vouches_for_its_owner_asks_about_it_and_keeps_it() {
    let account = Account::open().await;
    let nothing = without(&asked(&account, &[DV]), "identity_verification");
    request(&account, &nothing).await.data();
    let nothing = without(&asked(&account, &[OV]), "identity_verification");
    let why = request(&account, &nothing).await.why();
    assert_eq!(
        why,
        "The \"identity_verification\" has no \"organizationName\"."
    );
    request(&account, &asked(&account, &[DV, OV])).await.data();
    let pending = account.pending().await;
    let kept = |place: usize| pending[place].get("identity_verification");
    assert_eq!((kept(0), kept(1)), (None, None));
    assert_eq!(kept(2).unwrap()["postalCode"], 55555);
}

#[tokio::test]
async fn an_owner_is_a_json_object() {
    let account = Account::open().await;
    for (sent, fault) in [("{", "is not JSON: "), ("7", "is not a JSON object")] {
        let asked = with(&asked(&account, &[OV]), "identity_verification", sent);
        let why = request(&account, &asked).await.why();
        assert!(why.contains(fault), "{why}");
    }
}

#[tokio::test]
async fn each_parameter_is_required_and_checked() {
    let account = Account::open().await;
    let asked = asked(&account, &[DV]);
    for name in ["access_token", "provider", "certificate"] {
        let why = request(&account, &without(&asked, name)).await.why();
        assert_eq!(why, format!("The parameter \"{name}\" is missing."));
    }
    for (name, fault) in [("access_token", "refused"), ("provider", "no provider")] {
        let why = request(&account, &with(&asked, name, "guess")).await.why();
        assert!(why.contains(fault), "{name}: {why}");
    }
}
