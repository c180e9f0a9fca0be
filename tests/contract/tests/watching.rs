//! A watched sandbox: it counts what it saw, and tells in the end what was wrong.

use cartwright_contract::{Watched, assert_kept};

fn client() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().build().unwrap()
}

#[tokio::test]
async fn an_operation_is_seen_and_what_no_spec_has_is_counted_apart() {
    let watched = Watched::start().await.unwrap();
    let access = watched.vendors().remove(0);
    for path in ["/v3/carts/none", "/v3/nothing"] {
        let request = client()
            .get(format!("{}{path}", access.base_url))
            .header("X-Auth-Token", access.credential("access_token").unwrap());
        assert_eq!(request.send().await.unwrap().status(), 404);
    }
    assert_eq!(
        watched.seen("bigcommerce").into_iter().collect::<Vec<_>>(),
        ["getCart"]
    );
    assert!(watched.seen("webroot").is_empty());
    assert_eq!(watched.elsewhere(), 1);
    watched.shutdown().await.unwrap();
}

#[test]
#[should_panic(
    expected = "bigcommerce getCart: GET /stores/x/v3/carts/7 answered 299, and the spec has no such status"
)]
fn what_another_process_answered_wrong_is_told() {
    let exchange = r#"[{
        "method": "GET", "path": "/stores/x/v3/carts/7", "query": null, "request_body": "",
        "status": 299, "response_headers": [], "response_body": ""
    }]"#;
    assert_kept(&serde_json::from_str::<Vec<_>>(exchange).unwrap());
}
