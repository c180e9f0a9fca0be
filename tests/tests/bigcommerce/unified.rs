//! The unified cart that each documented answer becomes.

use cartwright::CartApi;

use crate::canned::{CART, Canned, shop};
use crate::spec;

#[tokio::test]
async fn each_documented_cart_becomes_a_unified_cart() {
    for example in spec::examples()
        .into_iter()
        .filter(|example| example.component == "CartResponse")
    {
        let shop = shop(Canned::json(200, example.payload.to_string()));
        let cart = shop
            .get(&CART.parse().unwrap())
            .await
            .unwrap_or_else(|error| panic!("{}: {error}", example.file));
        let mut unified = serde_json::to_value(&cart).unwrap();
        // The vendor's answer stands beside the unified cart, unchanged.
        let kept = unified
            .as_object_mut()
            .unwrap()
            .remove("vendor_response")
            .unwrap();
        assert_eq!(kept, example.payload, "{}", example.file);
        let name = example.file.trim_end_matches(".json");
        insta::with_settings!({ snapshot_path => "snapshots/unified", prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(name, serde_json::to_string_pretty(&unified).unwrap());
        });
    }
}
