//! A call that waits, for the vendor's quota or before it is repeated, says so instead of standing still.

use serde_json::json;

use crate::run::Served;

#[test]
fn a_wait_of_a_second_or_more_is_told_on_standard_error() {
    let shop = Served::start();
    let created = shop
        .run(&[
            "create",
            "--vendor=bigcommerce",
            "--line=product:126",
            "-ojson",
        ])
        .json();
    let id = created["id"].as_str().unwrap();
    for form in ["table", "json"] {
        shop.tell(
            "faults",
            &json!({"vendor": "bigcommerce", "operation": "getCart", "times": 1, "status": 429, "headers": {"retry-after": "2"}}),
        );
        let waited = shop.run(&["get", id, "-o", form]);
        assert_eq!(waited.code, Some(0), "{}", waited.stderr);
        assert!(
            waited.told().starts_with("note: getCart waits "),
            "{}",
            waited.stderr
        );
        let quick = shop.run(&["get", id, "-o", form]);
        assert_eq!((quick.code, quick.stderr.as_str()), (Some(0), ""));
    }
}
