//! Lists: read page by page and element by element, as the vendor names its pages.

use cartwright_runtime::{Error, PagingError};
use cartwright_tests::promises::{pages_by_cursor, pages_by_number, pages_in_body};

use crate::vendor::Vendor;

fn ok(body: &str) -> Result<reqwest::Response, cartwright_runtime::TransportError> {
    Ok(http::Response::new(body.to_owned()).into())
}

/// The value of a query parameter.
fn query(url: &url::Url, name: &str) -> Option<String> {
    let mut pairs = url.query_pairs();
    pairs
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned())
}

#[tokio::test]
async fn pages_are_counted_in_the_query_up_to_the_count_in_the_answer() {
    let vendor = Vendor::new(|url| match query(url, "page").as_deref() {
        None => ok(r#"{"data":[{"id":"a"},{"id":"b"}],"meta":{"page-count":3}}"#),
        Some("2") => ok(r#"{"data":[],"meta":{"page-count":3}}"#),
        Some("3") => ok(r#"{"data":[{"id":"c"}],"meta":{"page-count":3}}"#),
        other => panic!("page {other:?}"),
    });
    let client = vendor.client(pages_by_number::Client::new);
    let mut items = client.list_carts().tag("new").items();
    assert!(vendor.was_never_asked());
    let mut ids = Vec::new();
    while let Some(cart) = items.next().await {
        ids.push(cart.unwrap().id.unwrap());
    }
    assert_eq!(ids, ["a", "b", "c"]);
    let asked: Vec<_> = vendor.all_asked();
    let asked: Vec<_> = asked.iter().map(|asked| asked.url.query()).collect();
    assert_eq!(
        asked,
        [
            Some("tag=new"),
            Some("page=2&tag=new"),
            Some("page=3&tag=new")
        ]
    );
}

#[tokio::test]
async fn a_call_for_the_third_page_goes_on_with_the_fourth() {
    let vendor = Vendor::new(|url| {
        let page = query(url, "page").unwrap();
        ok(&format!(
            r#"{{"data":[{{"id":"{page}"}}],"meta":{{"page-count":4}}}}"#
        ))
    });
    let client = vendor.client(pages_by_number::Client::new);
    let mut pages = client.list_carts().page(3).pages();
    let third = pages.next().await.unwrap().unwrap();
    assert_eq!(third.status(), 200);
    assert_eq!(third.meta.as_ref().unwrap().page_count.value(), Some(&4));
    assert!(pages.next().await.unwrap().is_ok());
    assert!(pages.next().await.is_none());
    assert_eq!(vendor.all_asked().len(), 2);
}

#[tokio::test]
async fn without_a_page_count_a_list_ends_with_the_first_empty_page() {
    for (no_count, no_items) in [
        (r#"{"data":[{"id":"a"}]}"#, "{}"),
        (
            r#"{"data":[{"id":"a"}],"meta":{"page-count":null}}"#,
            r#"{"data":[]}"#,
        ),
    ] {
        let vendor = Vendor::new(move |url| {
            ok(if query(url, "page").is_none() {
                no_count
            } else {
                no_items
            })
        });
        let client = vendor.client(pages_by_number::Client::new);
        let mut items = client.list_carts().items();
        assert!(items.next().await.unwrap().is_ok());
        assert!(items.next().await.is_none());
        assert_eq!(vendor.all_asked().len(), 2);
    }
}

#[tokio::test]
async fn a_vendor_that_ignores_the_page_number_is_refused() {
    let vendor = Vendor::answering(200, r#"{"data":[{"id":"a"}]}"#);
    let client = vendor.client(pages_by_number::Client::new);
    let mut items = client.list_carts().items();
    assert!(items.next().await.unwrap().is_ok());
    let error = items.next().await.unwrap().unwrap_err();
    let Error::Paging { operation, source } = &error else {
        panic!("{error}");
    };
    assert_eq!(
        (operation.id, *source),
        ("listCarts", PagingError::RepeatedPage)
    );
    assert!(items.next().await.is_none());
}

#[tokio::test]
async fn a_page_that_fails_is_an_error_of_its_call() {
    let vendor = Vendor::answering(503, "");
    let client = vendor.client(pages_by_number::Client::new);
    let mut pages = client.list_carts().pages();
    for _ in 0..2 {
        let error = pages.next().await.unwrap().unwrap_err();
        assert_eq!(error.status().unwrap(), 503);
        assert!(matches!(error, Error::ErrorResponse(_)));
    }
}

#[tokio::test]
async fn pages_are_counted_in_the_body_and_its_other_fields_stay() {
    let vendor = Vendor::answering(200, r#"{"items":["a"],"page_total":"1"}"#);
    let client = vendor.client(pages_in_body::Client::new);
    let params = pages_in_body::types::Params::builder().shop("s".to_owned());
    let call = client.list_carts().body_map(|body| body.params(params));
    let mut items = call.clone().items();
    assert_eq!(items.next().await.unwrap().unwrap(), "a");
    assert!(items.next().await.is_none());
    assert_eq!(
        vendor.asked().body.as_deref(),
        Some(r#"{"params":{"shop":"s"}}"#)
    );

    let vendor = Vendor::answering(200, r#"{"items":["a"],"page_total":2}"#);
    let client = vendor.client(pages_in_body::Client::new);
    let params = pages_in_body::types::Params::builder().shop("s".to_owned());
    let call = client.list_carts().body_map(|body| body.params(params));
    let mut pages = call.pages();
    while let Some(Ok(_)) = pages.next().await {}
    let asked: Vec<_> = vendor.all_asked();
    let bodies: Vec<_> = asked.iter().map(|asked| asked.body.as_deref()).collect();
    let second = r#"{"params":{"page_num":2,"shop":"s"}}"#;
    assert_eq!(bodies, [Some(r#"{"params":{"shop":"s"}}"#), Some(second)]);
}

#[tokio::test]
async fn a_body_that_can_not_be_built_fails_before_anything_is_sent() {
    let vendor = Vendor::answering(200, "{}");
    let client = vendor.client(pages_in_body::Client::new);
    let mut pages = client.list_carts().pages();
    let error = pages.next().await.unwrap().unwrap_err();
    assert!(matches!(error, Error::InvalidRequest(_)), "{error}");
    assert!(vendor.was_never_asked());
}

#[tokio::test]
async fn a_cursor_is_followed_until_an_answer_names_none() {
    use pages_by_cursor::types::Cart;
    for last in [r#""next":null"#, r#""next":"""#, r#""total":3"#] {
        let vendor = Vendor::new(move |url| match query(url, "after").as_deref() {
            None => ok(r#"{"list":{"carts":["a",1],"next":"x y"}}"#),
            Some("x y") => ok(r#"{"list":{"carts":null,"next":"z"}}"#),
            Some("z") => ok(&format!(r#"{{"list":{{"carts":["b"],{last}}}}}"#)),
            other => panic!("cursor {other:?}"),
        });
        let client = vendor.client(pages_by_cursor::Client::new);
        let mut items = client.list_carts().items();
        let mut carts = Vec::new();
        while let Some(cart) = items.next().await {
            carts.push(cart.unwrap());
        }
        let text = |text: &str| Cart::Text(text.to_owned());
        assert_eq!(carts, [text("a"), Cart::Integer(1), text("b")], "{last}");
        assert_eq!(vendor.all_asked().len(), 3, "{last}");
    }
}

#[tokio::test]
async fn a_list_can_be_read_in_a_task_of_its_own() {
    let vendor = Vendor::answering(200, r#"{"data":[{"id":"a"}],"meta":{"page-count":1}}"#);
    let client = vendor.client(pages_by_number::Client::new);
    let task = tokio::spawn(async move {
        let mut items = client.list_carts().items();
        let first = items.next().await;
        (first.is_some(), items.next().await.is_none())
    });
    assert_eq!(task.await.unwrap(), (true, true));
}
