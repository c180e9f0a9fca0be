//! The state as a sandbox gives it away and takes it back, and seeds of one's own.

use cartwright_contract::Watched;
use cartwright_sandbox::SeedData;
use serde_json::json;

use crate::account::{Account, DV};

#[tokio::test]
async fn a_restored_account_answers_the_same_bytes_from_then_on() {
    let (one, other) = (Account::with_seed(1).await, Account::with_seed(2).await);
    let item = one.certificate(DV).await;
    one.confirm(&item).await;
    other.sandbox.restore(&one.sandbox.state()).unwrap();
    for account in [&one, &other] {
        account.wait(100);
        account.certificate(DV).await;
    }
    let processed =
        async |account: &Account| account.get("process_ssl_pending_queue", &[]).await.text;
    assert_eq!(processed(&one).await, processed(&other).await);
    assert_eq!(one.order().await, other.order().await);
}

#[tokio::test]
async fn order_item_ids_can_be_texts_or_numbers_throughout() {
    let builtin = include_str!("../../src/cpanel/seed.yaml");
    for (form, number) in [("text", false), ("number", true)] {
        let yaml = builtin.replace(
            "order_item_ids: documented",
            &format!("order_item_ids: {form}"),
        );
        let yaml: String = yaml.lines().map(|line| format!("  {line}\n")).collect();
        let data = SeedData::from_yaml(&format!("cpanel:\n{yaml}")).unwrap();
        let sandbox = Watched::builder().seed_data(data).start().await.unwrap();
        let account = Account::of(sandbox);
        let cart = account.cart(&[("item", r#"{"product_id":1}"#)]);
        let data = account.get("create_shopping_cart", &cart).await.data();
        assert_eq!(
            data["order_items"][0]["order_item_id"].is_u64(),
            number,
            "{form}"
        );
        account.certificate(DV).await;
        assert_eq!(
            account.pending().await[0]["order_item_id"].is_u64(),
            number,
            "{form}"
        );
        let asked = [
            ("provider", "cPStore"),
            ("order_item_id", "8"),
            ("status", "confirmed"),
        ];
        let unknown = account
            .get("set_status_of_pending_queue_items", &asked)
            .await
            .json();
        let told = if number { json!([8]) } else { json!(["8"]) };
        assert_eq!(unknown["data"]["order_item_ids"], told, "{form}");
    }
}
