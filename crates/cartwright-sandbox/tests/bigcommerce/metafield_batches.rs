//! Metafields of many carts at once.

use reqwest::Method;
use serde_json::{Value, json};

use crate::shop::{Shop, metafield, path, send, with};

const ALL: &str = "/carts/metafields";

fn of(cart: &Value, key: &str) -> Value {
    with(&metafield(key), json!({"resource_id": cart["id"]}))
}

fn failure(errors: Value) -> Value {
    json!([{
        "status": 422,
        "title": "Bulk operation has failed",
        "type": "https://developer.bigcommerce.com/api-docs/getting-started/api-status-codes",
        "errors": errors,
    }])
}

#[tokio::test]
async fn a_batch_that_succeeds_is_200_with_no_errors() {
    let shop = Shop::open().await;
    let (one, other) = (shop.calendars().await, shop.calendars().await);
    let reply = shop
        .post(ALL, &json!([of(&one, "a"), of(&other, "a")]))
        .await;
    assert_eq!(reply.status, 200);
    let batch = reply.json();
    assert_eq!(batch["errors"], json!([]));
    assert_eq!(
        batch["meta"],
        json!({"total": 2, "success": 2, "failed": 0})
    );
    assert_eq!(batch["data"][1]["resource_id"], other["id"]);
    assert_eq!(batch["data"][1]["id"], "2");
}

#[tokio::test]
async fn a_creation_does_what_it_can_and_names_the_places_of_the_rest() {
    let shop = Shop::open().await;
    let cart = shop.calendars().await;
    let batch = json!([
        of(&cart, "a"),
        of(&cart, "a"),
        of(&json!({"id": "nowhere"}), "a"),
        metafield("b"),
        of(&cart, ""),
        7,
        of(&cart, "c"),
    ]);
    let reply = shop.post(ALL, &batch).await;
    assert_eq!(reply.status, 422);
    let batch = reply.json();
    assert_eq!(
        batch["meta"],
        json!({"total": 7, "success": 2, "failed": 5})
    );
    assert_eq!(batch["data"][1]["key"], "c");
    assert_eq!(
        batch["errors"],
        failure(json!({
            "1": "The cart has a metafield of this app with this namespace and key already",
            "2": "Cart does not exist",
            "3": "resource_id: error.path.missing",
            "4": "key: must have 1 to 64 characters",
            "5": "error.expected.jsobject",
        }))
    );
    let list = shop.get(&format!("{}/metafields", path(&cart))).await;
    assert_eq!(list.data().as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_change_takes_ids_as_text_and_as_number() {
    let shop = Shop::open().await;
    let cart = shop.calendars().await;
    shop.metafield(&cart, "a").await;
    for (id, value) in [(json!("1"), "8"), (json!(1), "9")] {
        let change = with(&metafield("a"), json!({"id": id, "value": value}));
        let reply = shop.put(ALL, &json!([change])).await;
        assert_eq!(reply.status, 200, "{id}");
        assert_eq!(reply.data()[0]["value"], value);
    }
    let refused = with(&metafield("a"), json!({"id": "one"}));
    let reply = shop.put(ALL, &json!([refused])).await;
    assert_eq!(
        reply.json()["errors"],
        failure(json!({"0": "id: must be the id of a metafield"}))
    );
}

#[tokio::test]
async fn a_deletion_answers_the_ids_as_numbers_and_the_places_of_what_failed() {
    let shop = Shop::open().await;
    let cart = shop.calendars().await;
    let read_only = with(&of(&cart, "b"), json!({"permission_set": "read"}));
    let open = with(&of(&cart, "a"), json!({"permission_set": "write"}));
    shop.post(ALL, &json!([open, read_only])).await;
    let request = shop.request_as("neighbour-token", Method::DELETE, ALL);
    let reply = send(request.json(&json!([1, 2, 9]))).await;
    assert_eq!(reply.status, 422);
    let batch = reply.json();
    assert_eq!(batch["data"], json!([1]));
    assert_eq!(
        batch["meta"],
        json!({"total": 3, "success": 1, "failed": 2})
    );
    assert_eq!(
        batch["errors"],
        failure(json!({"1": "Unauthorized to delete", "2": "Metafield does not exist"}))
    );
    let reply = shop.delete_with(ALL, &json!([2])).await;
    let all_done =
        json!({"data": [2], "errors": [], "meta": {"total": 1, "success": 1, "failed": 0}});
    assert_eq!((reply.status, reply.json()), (200, all_done));
}

#[tokio::test]
async fn a_batch_of_which_nothing_was_done_is_422_with_empty_data() {
    let shop = Shop::open().await;
    let reply = shop.delete_with(ALL, &json!([5])).await;
    assert_eq!((reply.status, reply.data()), (422, json!([])));
}

#[tokio::test]
async fn a_batch_that_is_no_list_is_422_in_the_usual_form() {
    let shop = Shop::open().await;
    for method in [Method::POST, Method::PUT, Method::DELETE] {
        let reply = send(shop.request(method, ALL).json(&json!({}))).await;
        assert_eq!(reply.status, 422);
        assert_eq!(
            reply.json()["errors"],
            json!({"arr": "error.expected.jsarray"})
        );
    }
}

#[tokio::test]
async fn the_limit_of_an_app_holds_within_a_batch() {
    let shop = Shop::open().await;
    let cart = shop.calendars().await;
    let batch: Value = (0..12).map(|key| of(&cart, &key.to_string())).collect();
    let reply = shop.post(ALL, &batch).await;
    assert_eq!(
        reply.json()["meta"],
        json!({"total": 12, "success": 10, "failed": 2})
    );
}
