use cartwright_runtime::{Operation, Retry, TransportError};

use super::subject::{Missing, missing, says_out_of_stock};
use super::*;

const ANSWERS: Answers = Answers {
    vendor: Vendor::ALL[0],
    words: |_| Words { ..Words::default() },
};

#[test]
fn what_a_failed_transport_means_depends_on_what_repeating_can_do() {
    const SAFE: Operation = Operation {
        id: "getCart",
        method: "GET",
        path: "/carts/{id}",
        retry: Retry::Safe,
        ..*Operation::RAW
    };
    static UNSAFE: Operation = Operation {
        id: "createCart",
        retry: Retry::Unsafe,
        ..SAFE
    };
    static HARMLESS: Operation = SAFE;
    use ErrorKind::{InvalidConfig, OutcomeUnknown, RateLimited, Unreachable};
    type Failing = fn() -> TransportError;
    let cases: [(Failing, ErrorKind, ErrorKind); 5] = [
        (
            || TransportError::Connect("".into()),
            Unreachable,
            Unreachable,
        ),
        (
            || TransportError::Timeout("".into()),
            Unreachable,
            OutcomeUnknown,
        ),
        (
            || TransportError::Send("".into()),
            Unreachable,
            OutcomeUnknown,
        ),
        (
            || TransportError::Throttled("".into()),
            RateLimited,
            RateLimited,
        ),
        (
            || TransportError::Refused("".into()),
            InvalidConfig,
            InvalidConfig,
        ),
    ];
    for (source, safe, other) in cases {
        for (operation, kind) in [(&HARMLESS, safe), (&UNSAFE, other)] {
            let error = CallError::Transport {
                operation,
                source: source(),
                begun: None,
            };
            let attempts = error.attempts();
            let error = ANSWERS.error(None, error);
            assert_eq!(error.kind(), kind, "{error}");
            assert_eq!(error.asked(), Some(("GET", "/carts/{id}")));
            assert_eq!(error.attempts(), attempts);
            let retry = match kind {
                Unreachable | RateLimited => RetryState::Temporary,
                OutcomeUnknown => RetryState::Unknown,
                _ => RetryState::Permanent,
            };
            assert_eq!(error.retry(), retry);
        }
    }
}

#[test]
fn a_lost_cart_is_told_from_something_else_that_is_missing() {
    use Missing::{CartOrLine, Other, Unsaid};
    for (verb, words, what) in [
        (Verb::Get, "", Unsaid),
        (Verb::Get, "Not Found", Unsaid),
        (Verb::Get, "The resource at that URL is not found.", Unsaid),
        (Verb::Get, "There is no cart MSP0000000000.", CartOrLine),
        (
            Verb::Checkout,
            "The provider knows no such order.",
            CartOrLine,
        ),
        (Verb::AddLines, "Cart not found", CartOrLine),
        (Verb::AddLines, "Product 9999 not found", Other),
        (Verb::AddLines, "The products do not exist.", Other),
        (Verb::AddLines, "Item was not found", Other),
        (Verb::UpdateLine, "Item was not found", CartOrLine),
        (Verb::UpdateLine, "No such variant in this cart", Other),
        (
            Verb::AddLines,
            "Could not add the product: cart not found",
            CartOrLine,
        ),
        (
            Verb::AddLines,
            "Could not add the product to the cart: it does not exist",
            Other,
        ),
        (Verb::SetCustomer, "Customer with id 7 doesn't exist", Other),
        (Verb::SetCustomer, "customer_id: unknown", Other),
        (Verb::Get, "Unknown store", Other),
    ] {
        assert_eq!(missing(Some(verb), None, words), what, "{verb}: {words}");
    }
    for (record, what) in [
        ("market_cart", CartOrLine),
        ("market_bundle", Other),
        ("network_dns_rr", Other),
    ] {
        // The words name the other one as well.
        let words = "No product was found for the cart";
        assert_eq!(missing(Some(Verb::AddLines), Some(record), words), what);
    }
}

#[test]
fn out_of_stock_is_what_the_vendor_calls_so() {
    for words in [
        "Product out of stock",
        "SOLD OUT",
        "insufficient stock for 118",
    ] {
        assert!(says_out_of_stock(words), "{words}");
    }
    for words in ["", "The stock keeping unit is unknown", "Livestock feed"] {
        assert!(!says_out_of_stock(words), "{words}");
    }
}

#[test]
fn every_message_of_a_list_is_read_whatever_its_shape() {
    let detail = |field: Option<&str>, code: Option<&str>, message: &str| crate::ErrorDetail {
        field: field.map(str::to_owned),
        code: code.map(str::to_owned),
        message: message.to_owned(),
    };
    for (json, details) in [
        ("[]", vec![]),
        ("{}", vec![]),
        ("null", vec![]),
        ("false", vec![]),
        (r#""No.""#, vec![detail(None, None, "No.")]),
        (
            r#"["a", ["b", ["c"]]]"#,
            vec![
                detail(None, None, "a"),
                detail(None, None, "b"),
                detail(None, None, "c"),
            ],
        ),
        (
            r#"{"variant": ["a", "b"], "quantity": 0}"#,
            vec![
                detail(Some("quantity"), None, "0"),
                detail(Some("variant"), None, "a"),
                detail(Some("variant"), None, "b"),
            ],
        ),
        (
            r#"{"line_items": {"0": {"quantity": "a"}, "1": ["b"]}}"#,
            vec![
                detail(Some("line_items[0].quantity"), None, "a"),
                detail(Some("line_items[1]"), None, "b"),
            ],
        ),
        // A field that is called `message`.
        (
            r#"{"message": "too long"}"#,
            vec![detail(Some("message"), None, "too long")],
        ),
        (
            r#"{"code": 7, "message": "No."}"#,
            vec![detail(None, Some("7"), "No.")],
        ),
        (
            r#"[{"Field": "Items[0].Years", "Message": "Unknown."}]"#,
            vec![detail(Some("Items[0].Years"), None, "Unknown.")],
        ),
        (
            r#"[{"title": "All", "errors": {"1": "one", "key": "two"}}]"#,
            vec![
                detail(None, None, "All"),
                detail(None, None, "one"),
                detail(Some("key"), None, "two"),
            ],
        ),
    ] {
        let value: Value = serde_json::from_str(json).unwrap();
        assert_eq!(words::details(&value), details, "{json}");
    }
}
