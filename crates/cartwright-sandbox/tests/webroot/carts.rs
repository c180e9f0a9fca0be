//! Creating and reading; state, seed, reset.

use cartwright_contract::Watched;
use cartwright_sandbox::Clock;
use serde_json::{Value, json};

use crate::partner::{Partner, opening, order, parent, path, plain};

#[tokio::test]
async fn a_created_cart_is_answered_with_200_and_can_be_read() {
    let partner = Partner::open().await;
    let created = partner
        .post("/carts", &order("MSP", &[plain("SAEP")]))
        .await;
    assert_eq!(
        (created.status, created.media_type()),
        (200, "application/json")
    );
    let created = created.json();
    let read = partner.read(&created).await;
    for key in ["VendorOrderCode", "TotalAmount", "Customers", "Locale"] {
        assert_eq!(created[key], read[key], "{key}");
    }
}

#[tokio::test]
async fn the_order_code_tells_the_type_of_order() {
    let partner = Partner::open().await;
    for (type_of_order, prefix) in [("MSP", "MSP"), ("RESELLER", "PSV")] {
        let cart = partner.cart(&order(type_of_order, &[plain("SAEP")])).await;
        assert_eq!(cart["TypeOfOrder"], type_of_order);
        let code = cart["VendorOrderCode"].as_str().unwrap();
        let digits = code.strip_prefix(prefix).unwrap();
        assert!(
            digits.len() == 10 && digits.bytes().all(|byte| byte.is_ascii_digit()),
            "{code}"
        );
    }
}

#[tokio::test]
async fn creating_twice_makes_two_carts() {
    let partner = Partner::open().await;
    let body = order("MSP", &[plain("SAEP")]);
    let (first, second) = (partner.cart(&body).await, partner.cart(&body).await);
    assert_ne!(first["VendorOrderCode"], second["VendorOrderCode"]);
    assert_ne!(
        first["Items"][0][0]["CartOrderItemId"],
        second["Items"][0][0]["CartOrderItemId"]
    );
}

#[tokio::test]
async fn creating_writes_dates_with_an_offset_and_reading_without() {
    let partner = Partner::open().await;
    let created = partner.cart_of(&[plain("SAEP")]).await;
    let read = partner.read(&created).await;
    for (cart, ordered, start, end) in [
        (
            &created,
            "2022-11-30T00:00:00Z",
            "2022-11-30T00:00:00Z",
            "2023-11-30T00:00:00Z",
        ),
        (
            &read,
            "2022-11-30T01:34:40",
            "2022-11-30T00:00:00",
            "2023-11-30T00:00:00",
        ),
    ] {
        assert_eq!(cart["SalesOrderDate"], ordered);
        let item = &cart["Items"][0][0];
        assert_eq!(
            (&item["StartDate"], &item["ExpirationDate"]),
            (&json!(start), &json!(end))
        );
    }
}

#[tokio::test]
async fn but_for_its_dates_a_cart_reads_as_it_was_created() {
    fn without_dates(mut cart: Value) -> Value {
        cart["SalesOrderDate"].take();
        let bundles = cart["Items"].as_array_mut().unwrap();
        for item in bundles.iter_mut().filter_map(Value::as_array_mut).flatten() {
            item["StartDate"].take();
            item["ExpirationDate"].take();
        }
        cart
    }
    let partner = Partner::open().await;
    let created = partner.cart_of(&[parent("SAEP", 1), plain("WSAV")]).await;
    let read = partner.read(&created).await;
    assert_eq!(without_dates(read), without_dates(created));
}

#[tokio::test]
async fn a_refused_cart_takes_no_number() {
    let partner = Partner::open().await;
    let body = order("MSP", &[plain("SAEP")]);
    let first = partner.cart(&body).await;
    assert_eq!(partner.post("/carts", &order("MSP", &[])).await.status, 400);
    let second = partner.cart(&body).await;
    let number = |cart: &Value| -> u64 {
        let code = cart["VendorOrderCode"].as_str().unwrap();
        code.trim_start_matches("MSP").parse().unwrap()
    };
    assert_eq!(number(&second), number(&first) + 1);
}

#[tokio::test]
async fn a_reset_forgets_carts_and_tokens_and_starts_the_numbers_again() {
    let partner = Partner::open().await;
    let tokens = partner.sign_in("ECom.Shop").await;
    let cart = partner.cart_of(&[plain("SAEP")]).await;
    partner.sandbox.reset();
    assert_eq!(partner.refresh(&tokens).await.status, 400);
    assert_eq!(partner.get(&path(&cart)).await.status, 404);
    assert_eq!(partner.cart_of(&[plain("SAEP")]).await, cart);
}

#[tokio::test]
async fn the_same_seed_and_clock_give_the_same_answers() {
    let mut answers = Vec::new();
    for seed in [7, 7, 8] {
        let sandbox = Watched::builder()
            .seed(seed)
            .clock(Clock::settable(opening()))
            .start()
            .await
            .unwrap();
        let partner = Partner::at(sandbox);
        let tokens = partner.sign_in("ECom.Shop").await;
        let cart = partner.cart_of(&[plain("SAEP")]).await;
        answers.push((
            tokens["access_token"].clone(),
            cart["VendorOrderCode"].clone(),
        ));
    }
    assert_eq!(answers[0], answers[1]);
    assert_ne!(answers[0].0, answers[2].0);
    assert_ne!(answers[0].1, answers[2].1);
}

#[tokio::test]
async fn the_environment_points_at_the_sandbox() {
    let partner = Partner::open().await;
    let named: Vec<(&str, &str)> = partner
        .access
        .environment
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let own = |name: &str| partner.credential(name);
    assert_eq!(
        named,
        [
            ("CARTWRIGHT_WEBROOT_CLIENT_ID", own("client_id").as_str()),
            (
                "CARTWRIGHT_WEBROOT_CLIENT_SECRET",
                own("client_secret").as_str()
            ),
            ("CARTWRIGHT_WEBROOT_USERNAME", own("username").as_str()),
            ("CARTWRIGHT_WEBROOT_PASSWORD", own("password").as_str()),
            ("CARTWRIGHT_WEBROOT_ORDER_TYPE", "MSP"),
            ("CARTWRIGHT_WEBROOT_LOCALE", "en_US"),
            (
                "CARTWRIGHT_WEBROOT_BASE_URL",
                partner.sandbox.base_url().as_str()
            ),
        ]
    );
}
