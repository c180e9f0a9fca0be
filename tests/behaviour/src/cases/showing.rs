//! What a cart shows of itself, and what nothing shows.

use cartwright::{FieldSet, Fill};
use serde::Serialize;
use serde_json::Value;

use super::cases;

fn check(shown: &impl Serialize, fields: &FieldSet) {
    let shown = serde_json::to_value(shown).expect("a result has a JSON form");
    for (field, fill) in fields.fields() {
        let filled =
            !matches!(&shown[field], Value::Null) && shown[field] != Value::Array(Vec::new());
        match fill {
            Fill::Always => assert!(filled, "{field} is always filled, and is not: {shown}"),
            Fill::Never => assert!(!filled, "{field} is never filled, and is: {shown}"),
            Fill::Sometimes => {}
        }
    }
}

cases! {
    /// The vendor's own answer goes along with a cart.
    [Create]
    async fn the_vendors_answer_goes_along(subject: &Subject) {
        let cart = subject.cart().await;
        let answer = serde_json::to_value(&cart.vendor_response).expect("an answer has a JSON form");
        assert!(answer.as_object().is_some_and(|answer| !answer.is_empty()), "{answer}");
    }

    /// Every amount of a cart is a decimal number, written without an exponent.
    [Create]
    async fn amounts_are_decimal(subject: &Subject) {
        let cart = subject.cart().await;
        let lines = cart.line_items.iter();
        let amounts = lines.flat_map(|line| line.unit_price.iter().chain(line.totals.iter().map(|total| &total.amount)));
        for amount in cart.totals.iter().map(|total| &total.amount).chain(amounts) {
            let text = amount.as_str();
            let digits = text.strip_prefix('-').unwrap_or(text);
            assert!(digits.split('.').count() <= 2, "{text}");
            assert!(digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.'), "{text}");
        }
    }

    /// A cart's JSON form names every field, so that a program knows what the vendor does not say.
    [Create]
    async fn a_carts_json_names_every_field(subject: &Subject) {
        let cart = serde_json::to_value(subject.cart().await).expect("a cart has a JSON form");
        for field in ["id", "line_items", "totals", "currency", "checkout_url", "messages", "vendor_response"] {
            assert!(cart.get(field).is_some(), "{field}: {cart}");
        }
        let lines = cart["line_items"].as_array().map_or(&[] as &[Value], Vec::as_slice);
        for field in ["id", "kind", "product_id", "name", "quantity", "unit_price"] {
            assert!(lines.iter().all(|line| line.get(field).is_some()), "{field}: {lines:?}");
        }
    }

    /// A field that the vendor always fills is filled, and one that it never fills is not.
    [Create]
    async fn fields_are_filled_as_declared(subject: &Subject) {
        let cart = subject.cart().await;
        let fields = subject.vendor().fields();
        check(&cart, &fields.cart);
        for line in &cart.line_items {
            let of_kind = fields.line_items.iter().find(|(kind, _)| *kind == line.kind);
            let (_, fields) = of_kind.unwrap_or_else(|| panic!("the vendor declares no {} lines", line.kind));
            check(line, fields);
        }
    }

    /// No credential shows in a cart, an error, or the texts they are printed as.
    [Create]
    async fn no_credential_shows(subject: &Subject) {
        let cart = subject.cart().await;
        subject.shows_no_secret(&format!("{cart:?}"));
        subject.shows_no_secret(&serde_json::to_string(&cart).expect("a cart has a JSON form"));
        for verb in cartwright::Verb::ALL.into_iter().filter(|verb| *verb != cartwright::Verb::Create) {
            let missing = subject.goods().unknown_cart();
            let error = subject.refusal(verb, &missing).await.expect("there is no such cart");
            subject.shows_no_secret(&format!("{error} {error:?}"));
        }
    }
}
