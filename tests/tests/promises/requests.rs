//! What goes out, and what does not.

use cartwright_runtime::{Decimal, Error, Maybe};
use cartwright_tests::promises::{
    default_not_written, dot_segment, form_body, joined_query, json_request, no_version_header,
    optional_body, repeated_query, sent_type,
};
use serde_json::{Map, json};

use crate::vendor::Vendor;

#[tokio::test]
async fn a_query_array_with_explode_false_is_sent_as_one_joined_value() {
    use joined_query::types::Include;
    let vendor = Vendor::answering(204, "");
    let client = vendor.client(joined_query::Client::new);
    let include = vec![Include::Lines, Include::from("a_new_one")];
    client.get_cart().include(include).send().await.unwrap();
    assert_eq!(
        vendor.asked().url.query(),
        Some("include=lines%2Ca_new_one")
    );
}

#[tokio::test]
async fn a_query_array_with_explode_true_is_sent_as_repeated_values() {
    use repeated_query::types::Include;
    let vendor = Vendor::answering(204, "");
    let client = vendor.client(repeated_query::Client::new);
    let include = vec![Include::Lines, Include::RedirectUrls];
    client.get_cart().include(include).send().await.unwrap();
    assert_eq!(
        vendor.asked().url.query(),
        Some("include=lines&include=redirect_urls")
    );
}

#[tokio::test]
async fn the_version_of_the_spec_is_not_sent_to_the_vendor() {
    let vendor = Vendor::answering(204, "");
    let client = vendor.client(no_version_header::Client::new);
    client.get_cart().send().await.unwrap();
    let headers = vendor.asked().headers;
    assert!(!headers.contains_key("api-version"), "{headers:?}");
}

#[tokio::test]
async fn a_documented_default_is_neither_filled_in_nor_written() {
    use default_not_written::types::Cart;
    let read: Cart = serde_json::from_str("{}").unwrap();
    assert_eq!((&read.currency, &read.quantity), (&None, &None));
    for cart in [read, Cart::default()] {
        let vendor = Vendor::answering(204, "");
        let client = vendor.client(default_not_written::Client::new);
        client.put_cart().body(cart).send().await.unwrap();
        assert_eq!(vendor.asked().body.as_deref(), Some("{}"));
    }
}

#[tokio::test]
async fn an_optional_body_is_left_out_unless_it_is_set_and_its_media_type_is_stated_all_the_same() {
    use optional_body::types::NewCart;
    let note = NewCart {
        note: Some("x".into()),
        ..NewCart::default()
    };
    for (body, json, form) in [
        (None, None, None),
        (Some(NewCart::default()), Some("{}"), Some("")),
        (Some(note), Some(r#"{"note":"x"}"#), Some("note=x")),
    ] {
        let vendor = Vendor::answering(204, "");
        let client = vendor.client(optional_body::Client::new);
        let call = client.create_cart();
        let call = match body.clone() {
            Some(body) => call.body(body),
            None => call,
        };
        call.send().await.unwrap();
        let asked = vendor.asked();
        assert_eq!(asked.body.as_deref(), json);
        assert_eq!(asked.headers["content-type"], "application/json");

        let vendor = Vendor::answering(204, "");
        let client = vendor.client(optional_body::Client::new);
        let call = client.post_form();
        let call = match body {
            Some(body) => call.body(body),
            None => call,
        };
        call.send().await.unwrap();
        let asked = vendor.asked();
        assert_eq!(asked.body.as_deref(), form);
        assert_eq!(
            asked.headers["content-type"],
            "application/x-www-form-urlencoded"
        );
    }
}

#[tokio::test]
async fn a_sent_type_is_built_without_naming_its_unknown_fields() {
    use sent_type::types::{NewCart, NewLine};
    let vendor = Vendor::answering(204, "");
    let client = vendor.client(sent_type::Client::new);
    let line: NewLine = NewLine::builder().sku("a").try_into().unwrap();
    let cart = NewCart {
        line: Some(line),
        ..NewCart::default()
    };
    client.put_cart().body(cart).send().await.unwrap();
    assert_eq!(
        vendor.asked().body.as_deref(),
        Some(r#"{"line":{"sku":"a"}}"#)
    );
}

#[tokio::test]
async fn a_required_field_that_is_not_set_fails_before_anything_is_sent() {
    let vendor = Vendor::answering(204, "");
    let client = vendor.client(form_body::Client::new);
    let call = client.log_in().body_map(|login| login.note("x".to_owned()));
    let error = call.send().await.unwrap_err();
    let Error::InvalidRequest(why) = error else {
        panic!("{error}");
    };
    assert!(why.contains("no value supplied for user"), "{why}");
    assert!(vendor.was_never_asked());
}

#[tokio::test]
async fn an_unknown_field_can_be_sent() {
    let vendor = Vendor::answering(204, "");
    let client = vendor.client(sent_type::Client::new);
    let extra = Map::from_iter([("locale".to_owned(), json!("de"))]);
    let call = client
        .put_cart()
        .body_map(|cart| cart.note("x".to_owned()).extra(extra));
    call.send().await.unwrap();
    let body = vendor.asked().body.unwrap();
    assert_eq!(body, r#"{"note":"x","locale":"de"}"#);
}

#[tokio::test]
async fn a_path_parameter_of_dots_never_reaches_another_endpoint() {
    for id in ["..", ".", ""] {
        let vendor = Vendor::answering(204, "");
        let client = vendor.client(dot_segment::Client::new);
        let error = client.delete_lines().cart_id(id).send().await.unwrap_err();
        assert!(matches!(error, Error::InvalidRequest(_)), "{id:?}: {error}");
        assert!(vendor.was_never_asked());
    }
    for (id, path) in [
        ("../admin", "/carts/..%2Fadmin/lines"),
        ("%2e%2e", "/carts/%252e%252e/lines"),
        ("a?b#c", "/carts/a%3Fb%23c/lines"),
    ] {
        let vendor = Vendor::answering(204, "");
        let client = vendor.client(dot_segment::Client::new);
        client.delete_lines().cart_id(id).send().await.unwrap();
        assert_eq!(vendor.asked().url.path(), path);
    }
}

#[tokio::test]
async fn a_form_carries_scalars_as_text_and_leaves_null_out() {
    use form_body::types::Login;
    let login = Login {
        user: "ada & co".into(),
        note: Maybe::Null,
        limit: Some(Decimal::text("19.90").unwrap()),
        extra: Map::from_iter([("remember".to_owned(), json!(true))]),
    };
    let vendor = Vendor::answering(204, "");
    let client = vendor.client(form_body::Client::new);
    client.log_in().body(login).send().await.unwrap();
    let asked = vendor.asked();
    assert_eq!(asked.method, "POST");
    assert_eq!(
        asked.headers["content-type"],
        "application/x-www-form-urlencoded"
    );
    let mut fields: Vec<_> = url::form_urlencoded::parse(asked.body.as_deref().unwrap().as_bytes())
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    fields.sort();
    let expected = [
        ("limit", "19.90"),
        ("remember", "true"),
        ("user", "ada & co"),
    ];
    assert_eq!(
        fields,
        expected.map(|(name, value)| (name.to_owned(), value.to_owned()))
    );
}

#[tokio::test]
async fn what_a_text_holds_as_json_is_built_as_a_type() {
    use cartwright_tests::promises::json_text::{Client, types::Item};
    let item: Item = Item::builder()
        .product(7)
        .note("gift".to_owned())
        .try_into()
        .unwrap();
    let vendor = Vendor::answering(204, "");
    let texts = vec![
        serde_json::to_string(&item).unwrap(),
        r#"{"product":8}"#.to_owned(),
    ];
    vendor
        .client(Client::new)
        .create_cart()
        .item(texts)
        .send()
        .await
        .unwrap();
    let sent: Vec<String> = vendor
        .asked()
        .url
        .query_pairs()
        .map(|(_, value)| value.into_owned())
        .collect();
    assert_eq!(sent, [r#"{"note":"gift","product":7}"#, r#"{"product":8}"#]);
}

#[tokio::test]
async fn a_json_body_goes_out_under_the_media_type_that_the_spec_says() {
    use json_request::types::Cart;
    let vendor = Vendor::answering(201, json!({"id": "1"}));
    let client = vendor.client(json_request::Client::new);
    let body = Cart::builder().id("1".to_owned());
    client.create_cart().body(body).send().await.unwrap();
    let asked = vendor.asked();
    assert_eq!(asked.headers["content-type"], "application/vnd.api+json");
    assert_eq!(asked.headers["accept"], "application/vnd.api+json");
    assert_eq!(asked.body.as_deref(), Some(r#"{"id":"1"}"#));

    let vendor = Vendor::answering(204, "");
    let client = vendor.client(json_request::Client::new);
    client.change_cart().send().await.unwrap();
    let asked = vendor.asked();
    assert_eq!(
        asked.headers["content-type"],
        "application/merge-patch+json"
    );
    assert_eq!(asked.body, None);
}
