//! The life of a certificate: pending, confirmed, issued, cancelled, as the calls and the clock have it.

use serde_json::{Value, json};

use crate::account::{Account, DV, EV, OV};

const MONTH: u64 = 2_592_000;

#[tokio::test]
async fn a_requested_certificate_is_pending_and_unconfirmed_and_tells_times_as_numbers_and_ids_as_texts()
 {
    let account = Account::open().await;
    let item = account.certificate(DV).await;
    let mut told = account.pending().await.remove(0);
    let csr = told["csr"].take();
    assert!(
        csr.as_str()
            .unwrap()
            .starts_with("-----BEGIN CERTIFICATE REQUEST-----\n")
    );
    let order = &account.sandbox.cpanel_orders()[0].order_id;
    assert_eq!(
        told,
        json!({
            "created_time": 1_000_000,
            "csr": null,
            "domains": ["a.example", "b.example"],
            "expired": 0,
            "first_poll_time": 1_000_000,
            "last_poll_time": 1_000_000,
            "last_status_code": "CertificateNotFound",
            "order_id": order,
            "order_item_id": item,
            "product_id": "143",
            "provider": "cPStore",
            "status": "unconfirmed",
            "support_uri": "https://store.cpanel.example/support",
            "vhost_names": ["a.example"],
        })
    );
}

#[tokio::test]
async fn the_queue_is_listed_by_provider() {
    let account = Account::open().await;
    account.certificate(DV).await;
    let asked = [("provider", "ExampleMarket")];
    let reply = account.get("get_pending_ssl_certificates", &asked).await;
    assert_eq!(reply.data(), json!([]));
}

#[tokio::test]
async fn a_confirmed_certificate_is_installed_by_the_server_as_the_clock_goes_on() {
    let account = Account::open().await;
    let item = account.certificate(DV).await;
    account.confirm(&item).await;
    assert_eq!(account.pending().await[0]["status"], "confirmed");
    account.wait(899);
    let told = account.pending().await.remove(0);
    assert_eq!(
        (&told["last_poll_time"], &told["last_status_code"]),
        (&json!(1_000_600), &json!("RequiresApproval"))
    );
    account.wait(1);
    assert!(account.pending().await.is_empty());
    let processed = account.get("process_ssl_pending_queue", &[]).await.data();
    assert_eq!(processed, json!([]));
}

#[tokio::test]
async fn processing_installs_what_is_issued_between_two_polls_and_tells_it_once() {
    let account = Account::open().await;
    let late = account.certificate(DV).await;
    account.wait(100);
    account.confirm(&late).await;
    let other = account.certificate(DV).await;
    account.wait(905);
    let told = account.get("process_ssl_pending_queue", &[]).await.data();
    let facts: Vec<Value> = told
        .as_array()
        .unwrap()
        .iter()
        .map(|told| {
            let keys = [
                "order_item_id",
                "installed",
                "deleted",
                "expired",
                "last_status_code",
            ];
            keys.map(|key| told[key].clone()).into_iter().collect()
        })
        .collect();
    assert_eq!(
        facts,
        [
            json!([late, 1, 0, 1, "RequiresApproval"]),
            json!([other, 0, 1, 0, "CertificateNotFound"]),
        ]
    );
    let pem = told[0]["certificate_pem"].as_str().unwrap();
    assert!(pem.starts_with("-----BEGIN CERTIFICATE-----\n"), "{pem}");
    assert_eq!(told[1]["certificate_pem"], Value::Null);
    assert_eq!(told[1]["last_poll_time"], 1_001_005);
    assert_eq!(told[1]["last_status_message"], "");
    let again = account.get("process_ssl_pending_queue", &[]).await.data();
    assert_eq!(again.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_certificate_is_available_as_soon_as_it_is_issued_and_before_it_is_installed() {
    let account = Account::open().await;
    let item = account.certificate(DV).await;
    account.wait(100);
    account.confirm(&item).await;
    let ask = async || {
        account
            .item("get_ssl_certificate_if_available", &item)
            .await
            .data()
    };
    account.wait(899);
    assert_eq!(
        ask().await,
        json!({
            "certificate_pem": null,
            "encrypted_action_urls": {"evClickThroughStatus": null, "ovCallbackStatus": null},
            "status_code": "RequiresApproval",
            "status_message": "",
        })
    );
    account.wait(1);
    let there = ask().await;
    assert!(there["certificate_pem"].is_string());
    assert_eq!(account.pending().await.len(), 1);
    account.wait(3600);
    assert!(account.pending().await.is_empty());
    assert_eq!(ask().await, there);
}

#[tokio::test]
async fn an_owner_has_something_to_do_until_a_certificate_is_there() {
    let account = Account::open().await;
    for (certificate, key, other) in [
        (OV, "ovCallbackStatus", "evClickThroughStatus"),
        (EV, "evClickThroughStatus", "ovCallbackStatus"),
    ] {
        let item = account.certificate(certificate).await;
        let ask = async || {
            let available = account
                .item("get_ssl_certificate_if_available", &item)
                .await;
            let details = account.item("get_certificate_status_details", &item).await;
            (
                available.data()["encrypted_action_urls"].clone(),
                details.data()["actionUrls"].clone(),
            )
        };
        assert_eq!(ask().await.1, json!({}), "{key}");
        account.confirm(&item).await;
        let (encrypted, open) = ask().await;
        assert!(
            encrypted[key].is_string() && encrypted[other].is_null(),
            "{encrypted}"
        );
        assert!(open[key].is_string() && open.get(other).is_none(), "{open}");
        account.wait(604_800);
        assert_eq!(ask().await, (json!({key: null, other: null}), json!({})));
    }
}

#[tokio::test]
async fn the_details_of_a_certificate_follow_the_payment_and_the_clock() {
    let account = Account::open().await;
    let item = account.certificate(OV).await;
    let ask = async || {
        let reply = account.item("get_certificate_status_details", &item).await;
        let data = reply.data();
        let keys = [
            "dcvStatus",
            "ovCallbackStatus",
            "certificateStatus",
            "evClickThroughStatus",
        ];
        let states = keys.map(|key| data["status_details"][key].as_str().unwrap().to_owned());
        let domain = data["domain_details"]["status"]
            .as_str()
            .unwrap()
            .to_owned();
        (states, domain, reply.json()["messages"].is_array())
    };
    let of = |states: [&str; 4], domain: &str, message: bool| {
        (states.map(str::to_owned), domain.to_owned(), message)
    };
    let unpaid = [
        "not-completed",
        "not-completed",
        "not-completed",
        "not applicable",
    ];
    assert_eq!(ask().await, of(unpaid, "NOTVALIDATED", false));
    account.confirm(&item).await;
    let paid = [
        "in-progress",
        "in-progress",
        "in-progress",
        "not applicable",
    ];
    assert_eq!(ask().await, of(paid, "NOTVALIDATED", true));
    account.wait(600);
    let validated = ["completed", "in-progress", "in-progress", "not applicable"];
    assert_eq!(ask().await, of(validated, "VALIDATED", true));
    account.wait(86_400);
    let issued = ["completed", "completed", "completed", "not applicable"];
    assert_eq!(ask().await, of(issued, "VALIDATED", false));
}

#[tokio::test]
async fn a_cancelled_certificate_leaves_the_queue_and_is_never_issued() {
    let account = Account::open().await;
    let item = account.certificate(DV).await;
    account.confirm(&item).await;
    let told = account
        .item("cancel_pending_ssl_certificate", &item)
        .await
        .data();
    let facts = ["order_item_id", "last_status_code", "expired"].map(|key| told[0][key].clone());
    assert_eq!(facts, [json!(item), json!("OrderItemCanceled"), json!(1)]);
    account.wait(MONTH);
    assert!(account.pending().await.is_empty());
    let data = account
        .item("get_ssl_certificate_if_available", &item)
        .await
        .data();
    assert_eq!(data["certificate_pem"], Value::Null);
    assert_eq!(data["status_code"], "OrderItemCanceled");
}

#[tokio::test]
async fn an_order_that_nobody_pays_for_is_cancelled_by_its_provider() {
    let account = Account::open().await;
    let item = account.certificate(DV).await;
    account.wait(MONTH - 1);
    assert_eq!(account.pending().await.len(), 1);
    account.wait(1);
    assert!(account.pending().await.is_empty());
    let data = account
        .item("get_ssl_certificate_if_available", &item)
        .await
        .data();
    assert_eq!(data["status_code"], "OrderCanceled");
}

#[tokio::test]
async fn what_is_not_pending_can_t_be_confirmed_or_cancelled_and_only_the_former_tells_the_ids() {
    let account = Account::open().await;
    let cancelled = account.certificate(DV).await;
    let function = "cancel_pending_ssl_certificate";
    account.item(function, &cancelled).await.data();
    for id in [cancelled.as_str(), "8", "f9d7"] {
        let asked = [
            ("provider", "cPStore"),
            ("order_item_id", id),
            ("status", "confirmed"),
        ];
        let confirm = account
            .get("set_status_of_pending_queue_items", &asked)
            .await;
        let cancel = account.item(function, id).await;
        for reply in [&confirm, &cancel] {
            let why = format!("The pending queue has no item {id} of cPStore.");
            assert_eq!(reply.why(), why);
        }
        let told = id.parse::<u64>().map_or(json!(id), |id| json!(id));
        assert_eq!(
            confirm.json()["data"],
            json!({"error_type": "EntryDoesNotExist", "order_item_ids": [told]})
        );
        assert_eq!(cancel.json()["data"], Value::Null);
    }
}

#[tokio::test]
async fn an_item_of_another_provider_is_no_entry() {
    let account = Account::open().await;
    let item = account.certificate(DV).await;
    for function in [
        "cancel_pending_ssl_certificate",
        "get_ssl_certificate_if_available",
        "get_certificate_status_details",
    ] {
        let asked = [
            ("provider", "ExampleMarket"),
            ("order_item_id", item.as_str()),
        ];
        let reply = account.get(function, &asked).await;
        assert!(reply.why().contains("has no item"), "{function}");
    }
}

#[tokio::test]
async fn several_items_are_confirmed_at_once_or_none_if_one_is_unknown() {
    let account = Account::open().await;
    let (one, other) = (account.certificate(DV).await, account.certificate(DV).await);
    let ask = async |ids: [(&str, &str); 2]| {
        let asked = [
            &[("provider", "cPStore"), ("status", "confirmed")],
            &ids[..],
        ]
        .concat();
        account
            .get("set_status_of_pending_queue_items", &asked)
            .await
    };
    let states = async || {
        let pending = account.pending().await;
        pending
            .iter()
            .map(|told| told["status"].clone())
            .collect::<Vec<_>>()
    };
    let reply = ask([("order_item_id", &one), ("order_item_id", "8")]).await;
    assert_eq!(reply.json()["data"]["order_item_ids"], json!([8]));
    assert_eq!(states().await, ["unconfirmed", "unconfirmed"]);
    let reply = ask([("order_item_id-1", &one), ("order_item_id-2", &other)]).await;
    assert_eq!(reply.data(), Value::Null);
    assert_eq!(states().await, ["confirmed", "confirmed"]);
}

#[tokio::test]
async fn an_item_of_a_shopping_cart_is_confirmed_and_stays_out_of_the_lists() {
    let account = Account::open().await;
    let cart = account.cart(&[("item", r#"{"product_id":1}"#)]);
    let data = account.get("create_shopping_cart", &cart).await.data();
    let item = data["order_items"][0]["order_item_id"].to_string();
    account.confirm(&item).await;
    assert!(account.pending().await.is_empty());
    let why = account
        .item("cancel_pending_ssl_certificate", &item)
        .await
        .why();
    assert!(why.contains("has no item"), "{why}");
}

#[tokio::test]
async fn confirming_twice_starts_no_new_time() {
    let account = Account::open().await;
    let item = account.certificate(DV).await;
    account.confirm(&item).await;
    account.wait(890);
    account.confirm(&item).await;
    account.wait(10);
    assert!(account.pending().await.is_empty());
}

#[tokio::test]
async fn the_only_status_to_set_is_confirmed() {
    let account = Account::open().await;
    let item = account.certificate(DV).await;
    let asked = [
        ("provider", "cPStore"),
        ("order_item_id", item.as_str()),
        ("status", "paid"),
    ];
    let why = account
        .get("set_status_of_pending_queue_items", &asked)
        .await
        .why();
    assert_eq!(why, "The \"status\" paid is not \"confirmed\".");
}

#[tokio::test]
async fn details_want_a_whole_number_and_leading_zeros_are_no_matter() {
    let account = Account::open().await;
    let item = account.certificate(DV).await;
    let why = account
        .item("get_certificate_status_details", "f9d7")
        .await
        .why();
    assert_eq!(why, "The \"order_item_id\" f9d7 is not a whole number.");
    account
        .item("get_certificate_status_details", &format!("00{item}"))
        .await
        .data();
}
