//! Names that Rust doesn't take as they are: the client has others, the wire keeps its own.

use cartwright_tests::promises::{any_parameter, names};
use serde_json::json;

use crate::vendor::Vendor;

#[tokio::test]
async fn properties_of_any_name_are_fields_and_go_back_under_their_own() {
    let body = json!({
        "a-b": "1", "a_b": "2", "ключ": 3, "数量": null, "größe": "4", "": "5", "-": "6", "extra": "7", "Extra": "8",
        "type": "9", "Type": "10", "next": {"x-y": "11", "x_y": "12"}, "unlisted": true,
    });
    let vendor = Vendor::answering(200, &body);
    let client = vendor.client(names::Client::new);
    let cart = client.get_cart_2().send().await.unwrap().into_inner();
    let text = |field: &Option<String>| field.clone().unwrap();
    let fields = [
        &cart.a_b_2,
        &cart.a_b,
        &cart.größe,
        &cart.empty,
        &cart.minus,
        &cart.extra_field,
        &cart.extra_field_2,
        &cart.type_,
        &cart.type_2,
    ];
    assert_eq!(
        fields.map(text),
        ["1", "2", "4", "5", "6", "7", "8", "9", "10"]
    );
    assert_eq!((cart.kliuch, cart.shu_liang.is_null()), (Some(3), true));
    assert_eq!(text(&cart.next.as_ref().unwrap().x_y_2), "11");
    assert_eq!(serde_json::to_value(&cart).unwrap(), body);
}

#[tokio::test]
async fn enum_values_that_become_one_name_are_told_apart() {
    use names::types::OrderState as State;
    for (value, state) in [
        ("a", State::A),
        ("A", State::A2),
        ("Unknown", State::UnknownValue),
        ("+1", State::Plus1),
        ("-1", State::Minus1),
        ("", State::Empty),
        ("<", State::Less),
        ("новый", State::Novyi),
        ("another", State::Unknown("another".into())),
    ] {
        let body = json!({"state": value});
        let vendor = Vendor::answering(200, &body);
        let client = vendor.client(names::Client::new);
        let cart = client.get_cart_2().send().await.unwrap().into_inner();
        assert_eq!(cart.state, Some(state));
        assert_eq!(serde_json::to_value(&cart).unwrap(), body);
    }
}

#[tokio::test]
async fn operations_and_components_of_any_name_are_methods_and_types() {
    let vendor = Vendor::answering(204, "");
    let client = vendor.client(names::Client::new);
    client.send_operation().send().await.unwrap();
    client.cart_create().send().await.unwrap();
    client.izmenit().send().await.unwrap();
    let cart = names::types::Cart2::builder().x_y_2("a".to_owned());
    client.get_cart().body(cart).send().await.unwrap();
    let sent = vendor.all_asked();
    let methods: Vec<_> = sent.iter().map(|asked| asked.method.as_str()).collect();
    assert_eq!(methods, ["DELETE", "POST", "PATCH", "PUT"]);
    assert_eq!(sent[3].body.as_deref(), Some(r#"{"x-y":"a"}"#));
    let ids = names::operations::ALL.iter().map(|operation| operation.id);
    let ids: std::collections::BTreeSet<_> = ids.collect();
    assert!(ids.contains("getCart") && ids.contains("cart/create!") && ids.contains("изменить"));

    let vendor = Vendor::answering(404, json!({"message": "gone"}));
    let client = vendor.client(names::Client::new);
    let error = client.get_cart_2().send().await.unwrap_err();
    let cartwright_runtime::Error::ErrorResponse(response) = error else {
        panic!("{error}");
    };
    let names::types::GetCart2Error::Status404(value) = response.value else {
        panic!("another status");
    };
    assert_eq!(value.message.as_deref(), Some("gone"));
}

#[tokio::test]
async fn a_parameter_of_any_name_is_sent_under_it() {
    let vendor = Vendor::answering(204, "");
    let client = vendor.client(any_parameter::Client::new);
    let call = client
        .get_cart()
        .self_parameter("me")
        .a_b("path")
        .a_b_2("query");
    let call = call
        .url_parameter("u")
        .url_parameter_2("in-header")
        .body_parameter("b");
    let call = call
        .client_parameter("c")
        .new_parameter("n")
        .send_parameter("s")
        .chislo(7);
    let call = call
        .filter_a(vec!["x".to_owned(), "y".to_owned()])
        .top(3)
        .x_info("i");
    let call = call
        .self_parameter_2("S")
        .response_parameter("r")
        .type_("t")
        .value("v");
    call.send().await.unwrap();
    let asked = vendor.asked();
    assert_eq!(asked.url.path(), "/cart/me/path");
    let mut query: Vec<(String, String)> = asked.url.query_pairs().into_owned().collect();
    query.sort();
    let expected = [
        ("$top", "3"),
        ("Self", "S"),
        ("a_b", "query"),
        ("body", "b"),
        ("client", "c"),
        ("filter[a][]", "x,y"),
        ("new", "n"),
        ("send", "s"),
        ("type", "t"),
        ("url", "u"),
        ("value", "v"),
        ("число", "7"),
    ];
    let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(query, expected);
    for (name, value) in [("url", "in-header"), ("x-info", "i"), ("response", "r")] {
        assert_eq!(asked.headers[name], value);
    }
}

#[tokio::test]
async fn a_list_whose_page_is_called_like_a_method_is_read_to_its_end() {
    let vendor = Vendor::new(|url| {
        let is_first = !url.query().is_some_and(|query| query.contains("pages=2"));
        let carts = if is_first {
            json!([{"id": "1"}])
        } else {
            json!([])
        };
        Ok(http::Response::new(json!({"carts": carts}).to_string()).into())
    });
    let client = vendor.client(any_parameter::Client::new);
    let mut carts = client.list_carts().items_parameter("x").items();
    assert_eq!(
        carts.next().await.unwrap().unwrap().id.as_deref(),
        Some("1")
    );
    assert!(carts.next().await.is_none());
    assert_eq!(vendor.all_asked()[1].url.query(), Some("items=x&pages=2"));
}
