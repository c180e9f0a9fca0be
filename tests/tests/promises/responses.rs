//! What a response keeps.

use std::collections::BTreeMap;

use cartwright_runtime::{Error, Maybe};
use cartwright_tests::promises::{
    field_named_extra, long_string, open_enum, success_without_value, unknown_nested_field,
};
use serde_json::{Value, json};

/// A value as the client would write it.
fn written(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).unwrap()
}

#[tokio::test]
async fn an_unknown_field_of_a_nested_object_is_kept_and_written_back() {
    let body = json!({"customer": {"name": "Ada", "tier": {"level": 3, "since": null}}});
    let cart = call!(unknown_nested_field.get_cart, &body).unwrap();
    let unknown_nested_field::types::Customer { name, extra, .. } = cart.customer.clone().unwrap();
    assert_eq!(name.as_deref(), Some("Ada"));
    assert_eq!(extra["tier"]["level"], 3);
    assert_eq!(written(&*cart), body);
}

#[tokio::test]
async fn an_enum_value_that_the_spec_does_not_list_is_kept() {
    use open_enum::types::Status;
    for (value, status) in [
        ("open", Status::Open),
        ("abandoned", Status::Unknown("abandoned".into())),
        ("Open", Status::Unknown("Open".into())),
        ("", Status::Unknown(String::new())),
    ] {
        let body = json!({"status": value});
        let cart = call!(open_enum.get_cart, &body).unwrap();
        assert_eq!(cart.status, Some(status));
        assert_eq!(written(&*cart), body);
    }
}

#[tokio::test]
async fn a_text_that_is_longer_or_other_than_documented_is_accepted() {
    let body = json!({"coupon": "summer sale 2026", "note": "longer than five"});
    let cart = call!(long_string.get_cart, &body).unwrap();
    let long_string::types::Cart { coupon, note, .. } = cart.into_inner();
    assert_eq!(coupon.unwrap().as_str(), "summer sale 2026");
    assert_eq!(note.unwrap(), "longer than five");
}

#[tokio::test]
async fn absent_null_and_empty_are_told_apart_and_written_back_as_they_came() {
    let forms: [(&str, &[Value]); 5] = [
        ("note", &[json!(null), json!(""), json!("x")]),
        ("coupons", &[json!([]), json!(["A"])]),
        ("fees", &[json!({}), json!({"handling": "1.50"})]),
        ("settings", &[json!({}), json!({"gift": null})]),
        (
            "channel",
            &[
                json!(null),
                json!([]),
                json!({}),
                json!(""),
                json!(false),
                json!(0),
            ],
        ),
    ];
    for (field, values) in forms {
        let absent = json!({});
        let present = values.iter().map(|value| json!({field: value}));
        let mut seen = Vec::new();
        for body in std::iter::once(absent).chain(present) {
            let cart = call!(absent_null_empty.get_cart, &body)
                .unwrap()
                .into_inner();
            assert_eq!(written(&cart), body);
            assert!(
                !seen.contains(&cart),
                "{body} is like another one: {seen:?}"
            );
            seen.push(cart);
        }
    }
}

#[tokio::test]
async fn a_field_that_may_be_null_has_three_states() {
    for (body, note) in [
        (json!({}), Maybe::Absent),
        (json!({"note": null}), Maybe::Null),
        (json!({"note": "x"}), Maybe::Value("x".to_owned())),
    ] {
        let cart = call!(absent_null_empty.get_cart, &body).unwrap();
        assert_eq!(cart.note, note);
    }
    let cart = call!(absent_null_empty.get_cart, r#"{"fees": {}}"#).unwrap();
    assert_eq!((&cart.fees, &cart.coupons), (&Some(BTreeMap::new()), &None));
}

#[tokio::test]
async fn a_204_beside_a_200_is_none_and_an_empty_200_is_an_error() {
    let cart = call!(empty_success.get_cart, 200, r#"{"id": "7"}"#).unwrap();
    assert_eq!(cart.into_inner().unwrap().id.as_deref(), Some("7"));

    let none = call!(empty_success.get_cart, 204, "").unwrap();
    assert_eq!((none.status().as_u16(), none.into_inner()), (204, None));

    let error = call!(empty_success.get_cart, 200, "").unwrap_err();
    assert!(matches!(&error, Error::Decode(failure) if failure.message == "the body is empty"));
}

#[tokio::test]
async fn a_vendors_field_named_extra_stands_beside_the_unknown_ones() {
    let body = json!({"extra": "theirs", "new": 1});
    let cart = call!(field_named_extra.get_cart, &body).unwrap();
    let field_named_extra::types::Cart {
        extra_field, extra, ..
    } = &*cart;
    assert_eq!(extra_field.as_deref(), Some("theirs"));
    assert_eq!(Value::from(extra.clone()), json!({"new": 1}));
    assert_eq!(written(&*cart), body);
}

#[tokio::test]
async fn a_missing_field_does_not_fail_a_response_although_it_is_documented_as_required() {
    let cart = call!(missing_required.get_cart, r#"{"lines": []}"#).unwrap();
    assert_eq!((&cart.id, &cart.lines), (&None, &Some(vec![])));
    let cart = call!(missing_required.get_cart, "{}").unwrap();
    assert_eq!((&cart.id, &cart.lines), (&None, &None));
}

#[tokio::test]
async fn a_body_of_another_json_media_type_is_typed_and_asked_for() {
    let vendor = crate::vendor::Vendor::answering_with(
        200,
        &[("content-type", "application/vnd.cart+json")],
        r#"{"id": "7"}"#,
    );
    let client = vendor.client(cartwright_tests::promises::json_media_types::Client::new);
    let cart = client.get_cart().send().await.unwrap();
    assert_eq!(cart.id.as_deref(), Some("7"));
    let accept = &vendor.asked().headers["accept"];
    assert!(
        accept
            .to_str()
            .unwrap()
            .contains("application/vnd.cart+json"),
        "{accept:?}"
    );
}

#[tokio::test]
async fn a_list_of_lists_keeps_its_groups() {
    let body = r#"{"items":[[{"code":"a"},{"code":"b"}],[],[{"code":"c"}]]}"#;
    let cart = call!(list_of_lists.get_cart, body).unwrap().into_inner();
    let groups: Vec<usize> = cart
        .items
        .iter()
        .flatten()
        .map(|group| group.len())
        .collect();
    assert_eq!(groups, [2, 0, 1]);
    assert_eq!(serde_json::to_string(&cart).unwrap(), body);
}

#[tokio::test]
async fn a_success_that_is_documented_without_a_body_brings_no_value_whatever_came() {
    for body in ["", "OK", r#"{"id": "1"}"#] {
        assert!(
            call!(success_without_value.create_cart, 202, body)
                .unwrap()
                .is_none()
        );
        assert!(
            call!(success_without_value.replace_cart, 200, body)
                .unwrap()
                .is_none()
        );
        assert!(
            call!(success_without_value.change_cart, 200, body)
                .unwrap()
                .is_none()
        );
    }
    let body = r#"{"id": "1"}"#;
    assert!(
        call!(success_without_value.create_cart, 200, body)
            .unwrap()
            .is_some()
    );
    assert!(
        call!(success_without_value.replace_cart, 201, body)
            .unwrap()
            .is_some()
    );
    let carts = call!(success_without_value.change_cart, 207, format!("[{body}]")).unwrap();
    assert_eq!(carts.as_ref().as_ref().map(Vec::len), Some(1));
    // A failure inside the success is one there too, and a body that is documented has to come.
    let refused = call!(
        success_without_value.change_cart,
        200,
        r#"{"reason": "no"}"#
    );
    assert!(matches!(refused, Err(Error::ErrorResponse(_))));
    let empty = call!(success_without_value.create_cart, 200, "");
    assert!(matches!(empty, Err(Error::Decode(_))));
}

#[tokio::test]
async fn an_answer_to_head_has_no_body_whatever_is_described() {
    use success_without_value::types::CheckCartError;
    call!(success_without_value.check_cart, 200, "").unwrap();
    for (status, gone) in [(404, true), (500, false)] {
        let error = call!(success_without_value.check_cart, status, "").unwrap_err();
        let Error::ErrorResponse(response) = error else {
            panic!("{error}");
        };
        assert_eq!(response.value == CheckCartError::Status404, gone);
    }
}

#[tokio::test]
async fn an_object_without_properties_is_told_apart_as_each_other_free_object() {
    for field in ["bare", "none", "closed", "named", "merged", "maybe"] {
        for body in [json!({}), json!({field: {}}), json!({field: {"a": null}})] {
            let cart = call!(free_objects.get_cart, &body).unwrap();
            assert_eq!(written(&*cart), body);
        }
        let cart = call!(free_objects.get_cart, json!({field: null})).unwrap();
        let kept = if field == "maybe" {
            json!({field: null})
        } else {
            json!({})
        };
        assert_eq!(written(&*cart), kept, "only `maybe` is declared nullable");
    }
}

#[tokio::test]
async fn half_a_character_costs_its_text_and_not_the_response() {
    let body =
        r#"{"customer": {"name": "Ring \ud83d", "note": "\udE00!"}, "other": ["\ud83d\ude00"]}"#;
    let cart = call!(unknown_nested_field.get_cart, body).unwrap();
    let customer = json!({"name": "Ring \u{fffd}", "note": "\u{fffd}!"});
    assert_eq!(
        written(&*cart),
        json!({"customer": customer, "other": ["\u{1f600}"]})
    );
}
