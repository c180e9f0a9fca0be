//! Unions: told apart by their keys or by their JSON type.

use cartwright_runtime::{Error, Maybe, Nullable};
use cartwright_tests::promises::{
    recursion, scalar_in_union, union_by_json_type, unknown_union_variant,
};
use serde_json::json;

#[tokio::test]
async fn an_object_of_a_kind_that_the_spec_does_not_list_is_kept_whole() {
    use unknown_union_variant::types::{Gift, Line, Product};
    let bundle = json!({"kind": "bundle", "parts": [{"sku": "b"}, 2]});
    let body = json!({"lines": [{"sku": "a"}, {"kind": "gift", "message": "hi"}, bundle]});
    let cart = call!(unknown_union_variant.get_cart, &body).unwrap();
    let lines = cart.lines.as_deref().unwrap();
    assert!(matches!(&lines[0], Line::Product(Product { sku: Some(sku), .. }) if sku == "a"));
    assert!(matches!(&lines[1], Line::Gift(Gift { message: Some(text), .. }) if text == "hi"));
    assert_eq!(lines[2], Line::Other(bundle));
    assert_eq!(serde_json::to_value(&*cart).unwrap(), body);
}

#[tokio::test]
async fn a_wrong_type_inside_a_known_variant_fails_and_names_its_whole_path() {
    let body = json!({"lines": [{"quantity": 1}, {"contents": ["a card", {"quantity": "two"}]}]});
    let error = call!(wrong_type_in_variant.get_cart, &body).unwrap_err();
    assert_eq!(error.path(), Some("lines[1].contents[1].quantity"));
    let Error::Decode(failure) = error else {
        panic!("{error}");
    };
    let why = r#"in Package: in Product: expected an integer (`i64`), found `"two"`"#;
    assert!(failure.message.starts_with(why), "{}", failure.message);
}

#[tokio::test]
async fn a_union_without_keys_is_told_apart_by_json_type_in_arrays_too() {
    use union_by_json_type::types::{Choice, Selection};
    let choice: Choice = serde_json::from_value(json!({"id": 9})).unwrap();
    let kinds = [
        (json!("7"), Nullable::Value(Selection::Text("7".into()))),
        (json!(7), Nullable::Value(Selection::Integer(7))),
        (json!([7, 8]), Nullable::Value(Selection::Array(vec![7, 8]))),
        (json!({"id": 9}), Nullable::Value(Selection::Choice(choice))),
        (json!(7.5), Nullable::Value(Selection::Other(json!(7.5)))),
        (json!(true), Nullable::Value(Selection::Other(json!(true)))),
        (json!(null), Nullable::Null),
    ];
    let (sent, read): (Vec<_>, Vec<_>) = kinds.into_iter().unzip();
    let body = json!({"selections": sent});
    let cart = call!(union_by_json_type.get_cart, &body).unwrap();
    assert_eq!(cart.selections, Some(read));
    assert_eq!(serde_json::to_value(&*cart).unwrap(), body);
}

#[tokio::test]
async fn a_union_that_may_be_null_has_three_states() {
    use union_by_json_type::types::Selection;
    for (body, selection) in [
        (json!({}), Maybe::Absent),
        (json!({"selection": null}), Maybe::Null),
        (
            json!({"selection": "red"}),
            Maybe::Value(Selection::from("red")),
        ),
    ] {
        let cart = call!(union_by_json_type.get_cart, &body).unwrap();
        assert_eq!(cart.selection, selection);
        assert_eq!(serde_json::to_value(&*cart).unwrap(), body);
    }
}

#[tokio::test]
async fn a_scalar_in_a_union_is_recognised_in_each_of_its_wire_forms() {
    use scalar_in_union::types::{Gift, Price};
    let body = json!({"prices": [20, "19.90", false, []], "gifts": [true, 1, "1", ["card"], 1.5]});
    let cart = call!(scalar_in_union.get_cart, &body).unwrap();
    assert_eq!(
        cart.prices.as_deref().unwrap(),
        [
            Price::Decimal("20".parse().unwrap()),
            Price::Decimal("19.90".parse().unwrap()),
            Price::Boolean(false),
            Price::Other(json!([])),
        ]
    );
    assert_eq!(
        cart.gifts.as_deref().unwrap(),
        [
            Gift::FlexibleBoolean(true.into()),
            Gift::FlexibleBoolean(true.into()),
            Gift::FlexibleBoolean(true.into()),
            Gift::Array(vec!["card".into()]),
            Gift::Other(json!(1.5)),
        ]
    );
    assert_eq!(serde_json::to_value(&*cart).unwrap(), body);
}

#[tokio::test]
async fn a_type_that_holds_itself_through_a_union_or_null_is_boxed() {
    use recursion::types::{Cart, Origin};
    let body = json!({"of": {"of": "a quote", "parent": null}, "parent": {"parent": {}}});
    let cart = call!(recursion.get_cart, &body).unwrap();
    assert_eq!(serde_json::to_value(&*cart).unwrap(), body);
    let mut quote = Cart::default();
    quote.of = Some(Box::new(Origin::from("a quote")));
    quote.parent = Maybe::Null;
    assert_eq!(cart.of, Some(Box::new(Origin::from(quote))));
}
