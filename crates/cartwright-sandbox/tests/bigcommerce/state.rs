//! The state that a sandbox gives out and takes, and the seed that it starts from.

use cartwright_sandbox::SeedData;
use reqwest::Method;
use serde_json::json;

use crate::shop::{Shop, certificate, metafield, path, send, table};

/// A store that has something of everything.
async fn busy() -> (Shop, String) {
    let shop = Shop::open().await;
    let cart = shop
        .cart(&json!({
            "line_items": [
                {"product_id": 118, "quantity": 2, "variant_id": 142, "list_price": 19.999},
                {"product_id": 128, "quantity": 1, "option_selections": [{"option_id": 147, "option_value": 1_743_570_000}]},
                {"product_id": 152, "quantity": 1, "gift_wrapping": {"wrap_together": true, "wrap_details": [{"id": 1, "message": "Hi"}]}},
            ],
            "custom_items": [table()],
            "gift_certificates": [certificate()],
        }))
        .await;
    shop.metafield(&cart, "a").await;
    shop.put(
        "/carts/settings/channels/2",
        &json!({"allow_purchasing": false}),
    )
    .await;
    (shop, path(&cart))
}

#[tokio::test]
async fn a_restored_state_answers_the_same_bytes_from_then_on() {
    let (shop, cart) = busy().await;
    let other = Shop::open().await;
    other.sandbox.restore(&shop.sandbox.state()).unwrap();
    let line = json!({"line_items": [{"product_id": 126, "quantity": 1}]});
    let include =
        "?include=redirect_urls,line_items.physical_items.options,line_items.digital_items.options";
    let calls = [
        (Method::GET, format!("{cart}{include}"), json!(null)),
        (
            Method::GET,
            "/carts/settings/channels/2".to_owned(),
            json!(null),
        ),
        (Method::GET, "/carts/metafields".to_owned(), json!(null)),
        (Method::POST, format!("{cart}/items"), line.clone()),
        (Method::POST, format!("{cart}/metafields"), metafield("b")),
        (Method::POST, "/carts".to_owned(), line),
    ];
    for (method, path, body) in calls {
        let ask = |shop: &Shop| shop.request(method.clone(), &path).json(&body);
        let (mut one, mut two) = (send(ask(&shop)).await, send(ask(&other)).await);
        // The server's own, by the machine's time: a second may pass between the two.
        one.headers.remove("date");
        two.headers.remove("date");
        assert!(one.status < 300, "{path}: {}", one.text);
        assert_eq!((one.status, one.text), (two.status, two.text), "{path}");
        assert_eq!(one.headers, two.headers, "{path}");
    }
    assert_eq!(shop.sandbox.state(), other.sandbox.state());
}

#[tokio::test]
async fn a_reset_takes_settings_and_metafields_back_to_the_seed() {
    let (shop, cart) = busy().await;
    shop.sandbox.reset();
    let channel = shop.get("/carts/settings/channels/2").await;
    assert_eq!(channel.data()["allow_purchasing"], json!(null));
    assert_eq!(shop.get(&format!("{cart}/metafields")).await.status, 404);
}

#[tokio::test]
async fn a_store_starts_with_the_products_settings_and_carts_of_its_seed() {
    let shop = Shop::of_seed(
        "{currencies: [CHF], products: [{id: 1, name: Pen, slug: pen, variants: [{id: 2, sku: P, price: 2.40}]}], \
         settings: {allow_purchasing: false, channels: {3: true}}, \
         carts: [{line_items: [{product_id: 1, quantity: 3}]}]}",
    )
    .await;
    assert_eq!(
        shop.get("/carts/settings").await.data()["allow_purchasing"],
        json!(false)
    );
    let channel = shop.get("/carts/settings/channels/3").await;
    assert_eq!(channel.data()["allow_purchasing"], json!(true));
    // Ids come from the stream alone, so the first cart of any store has the same.
    let id = Shop::open().await.calendars().await["id"].clone();
    let cart = shop
        .get(&format!("/carts/{}", id.as_str().unwrap()))
        .await
        .data();
    assert_eq!(cart["cart_amount"].to_string(), "7.2");
    assert_eq!(cart["currency"]["code"], "CHF");
}

#[test]
fn a_seed_without_a_price_or_with_an_odd_one_is_refused() {
    for variant in [
        "{id: 2, sku: P}",
        "{id: 2, sku: P, price: free}",
        "{id: 2, sku: P, price: -1}",
    ] {
        let yaml = format!(
            "bigcommerce: {{currencies: [CHF], products: [{{id: 1, name: Pen, slug: pen, variants: [{variant}]}}]}}"
        );
        let refusal = SeedData::from_yaml(&yaml).unwrap_err();
        assert!(refusal.to_string().contains("price"), "{refusal}");
    }
}
