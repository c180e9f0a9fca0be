//! The state as a whole, and seeds of one's own.

use cartwright_contract::Watched;
use cartwright_sandbox::{Clock, SeedData, State};
use serde_json::{Value, json};

use crate::partner::{Partner, opening, parent, path, plain};

const OWN: &str = r#"
webroot:
  partner: {since: "2020-01-01", billing: {country: DE, external_customer_key: OWN}}
  product_line: Own Line
  product_family: Own Family
  locales: [{name: fr_FR, currency: EUR, sign: "€"}]
  categories:
    - {name: OWNED, description: Owned, product: Own Product, product_id: 7, yearly_price: "10.00"}
"#;

async fn sandbox(seed: u64) -> Partner {
    let clock = Clock::settable(opening());
    let sandbox = Watched::builder().seed(seed).clock(clock).start().await;
    Partner::at(sandbox.unwrap())
}

#[tokio::test]
async fn a_restored_sandbox_answers_the_same_bytes_from_then_on() {
    let (one, other) = (sandbox(1).await, sandbox(2).await);
    let bought = one.cart_of(&[parent("SAEP", 1), plain("OTSF")]).await;
    let keycode = one.sell(&bought).await["Items"][0]["KeyCode"].clone();
    let open = one.cart_of(&[plain("CBEP")]).await;
    let tokens = one.sign_in("ECom.Shop").await;
    let state = serde_json::to_string(&one.sandbox.state()).unwrap();
    other
        .sandbox
        .restore(&State::from_json(&state).unwrap())
        .unwrap();

    let mut answers = Vec::new();
    for partner in [&one, &other] {
        let refreshed = partner.refresh(&tokens).await.text;
        let licence = partner.licence(&keycode).await;
        let carts = (partner.read(&bought).await, partner.read(&open).await);
        let again = partner.buy(&bought).await.text;
        let ordered = partner.sell(&open).await;
        let new = partner.cart_of(&[plain("SAEP")]).await;
        answers.push((refreshed, licence, carts, again, ordered, new));
    }
    assert_eq!(answers[0], answers[1]);
}

/// The refusal of the state of one open cart with a licence, changed by `change`.
async fn refusal(change: impl FnOnce(&mut Value)) -> String {
    let partner = sandbox(0).await;
    let cart = partner.cart_of(&[plain("SAEP")]).await;
    let mut state = serde_json::to_value(partner.sandbox.state()).unwrap();
    change(&mut state["vendors"]["webroot"]);
    let state = State::from_json(&state.to_string()).unwrap();
    let refused = partner.sandbox.restore(&state).unwrap_err();
    assert_eq!(partner.get(&path(&cart)).await.status, 200);
    refused.to_string()
}

#[tokio::test]
async fn a_state_that_does_not_hold_together_is_refused_at_its_place() {
    const ITEM: &str = "carts.MSP0046000001.bundles[0][0].asked";
    const CART: &str = "carts.MSP0046000001";
    const LICENCE: &str = "licences.SAEP-SAND-BOX0-0000-0001";
    for (whole, field, value, words) in [
        (
            ITEM,
            "category",
            json!("NONE"),
            "\"NONE\" is not in the catalogue",
        ),
        (ITEM, "vault", json!(1), "1 is nothing that SAEP offers"),
        (ITEM, "platform", json!(1), "1 is nothing that SAEP offers"),
        (ITEM, "seats", json!(0), "0 is no number of seats"),
        (ITEM, "pricing_level", json!(4), "4 is no pricing level"),
        (ITEM, "hierarchy", json!(3), "3 is no hierarchy"),
        (
            ITEM,
            "attribute",
            json!(7),
            "must be a number of three digits",
        ),
        (
            ITEM,
            "expiration",
            json!("2022-11-29"),
            "lies before `start`",
        ),
        (
            CART,
            "locale",
            json!("ja_JP"),
            "\"ja_JP\" is not in the catalogue",
        ),
        (
            CART,
            "order_type",
            json!("EDU"),
            "\"EDU\" is no type of order",
        ),
        (CART, "code", json!("MSP1"), "\"MSP1\" is not the code"),
        (LICENCE, "keycode", json!("K1"), "\"K1\" is not the keycode"),
        (
            LICENCE,
            "license_id",
            json!(200_000_000),
            "the number is still to come",
        ),
        (LICENCE, "profiles", json!([]), "is empty"),
    ] {
        let pointer = whole.replace(['.', '['], "/").replace(']', "");
        let refused = refusal(|books| {
            let whole = books.pointer_mut(&format!("/{pointer}")).unwrap();
            whole[field] = value;
        })
        .await;
        let expected = format!("vendors.webroot.{whole}.{field}: {words}");
        assert!(refused.starts_with(&expected), "{refused}");
    }
}

#[tokio::test]
async fn numbers_that_are_still_to_come_are_refused() {
    for (counter, place) in [
        ("order", "carts.MSP0046000001.code"),
        ("item", "carts.MSP0046000001"),
        ("licence", "licences.SAEP-SAND-BOX0-0000-0001.license_id"),
    ] {
        let refused = refusal(|books| books["numbers"][counter] = json!(1)).await;
        let expected = format!("vendors.webroot.{place}: the number is still to come");
        assert!(refused.starts_with(&expected), "{refused}");
    }
}

#[tokio::test]
async fn a_cart_may_renew_only_what_is_among_the_licences() {
    let place = "/carts/MSP0046000001/bundles/0/0/asked/keycode";
    let refused = refusal(|books| *books.pointer_mut(place).unwrap() = json!("NONE")).await;
    assert!(refused.contains("renews \"NONE\""), "{refused}");
}

#[tokio::test]
async fn a_seed_of_ones_own_takes_the_place_of_the_built_in_one() {
    let data = SeedData::from_yaml(OWN).unwrap();
    let sandbox = Watched::builder().seed_data(data).start().await.unwrap();
    let partner = Partner::at(sandbox);
    let body = json!({
        "TypeOfOrder": "MSP",
        "Locale": "fr_FR",
        "ItemsByAttributes": [plain("OWNED")],
    });
    let cart = partner.cart(&body).await;
    assert_eq!(cart["TotalAmountFmt"], "€50.00");
    assert_eq!(cart["Customers"]["Billing"]["ExternalCustomerKey"], "OWN");
    assert_eq!(
        cart["Items"][0][0]["ProductFamilyDescription"],
        "Own Family"
    );
    let gone = partner.get("/products/SAEP-SAND-BOX0-0000-0001").await;
    assert_eq!(gone.status, 404);
}

#[tokio::test]
async fn a_seed_with_a_fault_is_refused_at_its_place() {
    let twice = OWN.replace(
        "[{name: fr_FR",
        "[{name: fr_FR, currency: EUR, sign: x}, {name: fr_FR",
    );
    let refused = SeedData::from_yaml(&twice).unwrap_err();
    assert!(
        refused.to_string().contains("webroot.locales[1].name"),
        "{refused}"
    );
}

#[tokio::test]
async fn a_reset_takes_ordered_licences_back() {
    let partner = sandbox(0).await;
    let cart = partner.cart_of(&[plain("SAEP")]).await;
    let keycode = partner.sell(&cart).await["Items"][0]["KeyCode"].clone();
    partner.sandbox.reset();
    let path = format!("/products/{}", keycode.as_str().unwrap());
    assert_eq!(partner.get(&path).await.status, 404);
    assert_eq!(
        partner
            .get("/products/SAEP-SAND-BOX0-0000-0001")
            .await
            .status,
        200
    );
}
