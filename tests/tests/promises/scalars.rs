//! Amounts, times and lenient scalars: exact, and written back as they came.

use cartwright_runtime::Decimal;
use serde_json::json;

#[tokio::test]
async fn the_offset_of_a_time_is_kept() {
    let body = json!({"updated_at": "2026-03-01T10:00:00.10+02:00"});
    let cart = call!(time_offset.get_cart, &body).unwrap();
    let updated_at = cart.updated_at.as_ref().unwrap();
    assert_eq!(
        updated_at.datetime().offset().local_minus_utc(),
        2 * 60 * 60
    );
    assert_eq!(serde_json::to_value(&*cart).unwrap(), body);
}

#[tokio::test]
async fn an_amount_written_as_text_keeps_every_digit() {
    for text in [
        "19.90",
        "123456789012345678.12",
        "-0.000000000000000000000000010",
    ] {
        let body = json!({"price": text});
        let cart = call!(exact_decimal.get_cart, &body).unwrap();
        assert_eq!(cart.price.as_ref().unwrap().as_str(), text);
        assert_eq!(serde_json::to_value(&*cart).unwrap(), body);
    }
}

#[tokio::test]
async fn an_amount_written_as_a_number_is_exact_to_15_significant_digits() {
    for number in [
        "19.90",
        "0.1",
        "1234567890123.45",
        "-0.01",
        "100",
        "999999999999.999",
    ] {
        let body = format!(r#"{{"price":{number},"tiers":[{number}],"total":{number}}}"#);
        let cart = call!(exact_decimal.get_cart, &body).unwrap();
        let exact = Decimal::text(number).unwrap();
        assert_eq!(cart.total.as_ref(), Some(&exact));
        assert_eq!(cart.price.as_ref(), Some(&exact));
        assert_eq!(cart.tiers.as_deref(), Some(&[exact][..]));
    }
}

#[tokio::test]
async fn a_number_keeps_every_digit_and_its_scale_exactly_when_arbitrary_precision_is_on() {
    let every_digit = cfg!(feature = "arbitrary-precision");
    for (number, in_15_digits) in [
        ("19.90", "19.9"),
        ("123456789012345678.12", "1.2345678901234568e+17"),
        ("0.10000000000000000000000001", "0.1"),
    ] {
        let body = format!(r#"{{"total":{number}}}"#);
        let cart = call!(exact_decimal.get_cart, &body).unwrap();
        let kept = if every_digit { number } else { in_15_digits };
        assert_eq!(cart.total.as_ref().unwrap().as_str(), kept);
        assert_eq!(
            serde_json::to_string(&*cart).unwrap(),
            format!(r#"{{"total":{kept}}}"#)
        );
    }
}

#[tokio::test]
async fn a_lenient_scalar_is_read_in_every_wire_form_and_written_in_the_same() {
    for (quantity, gift, is_gift, code) in [
        (json!(3), json!(true), true, json!("1647")),
        (json!("3"), json!(1), true, json!(1647)),
        (json!("03"), json!("1"), true, json!("1647")),
        (json!(3), json!("true"), true, json!(1647)),
        (json!(3), json!(0), false, json!(1647)),
        (json!(3), json!("false"), false, json!(1647)),
    ] {
        let expires = "2026-03-01 10:00";
        let body = json!({"quantity": quantity, "gift": gift, "code": code, "expires": expires});
        let cart = call!(wire_forms.get_cart, &body).unwrap();
        assert_eq!(cart.quantity.as_ref().unwrap().get(), 3);
        assert_eq!(cart.gift.as_ref().unwrap().get(), is_gift);
        assert_eq!(cart.code.as_ref().unwrap().as_str(), "1647");
        assert_eq!(cart.expires.as_ref().unwrap().as_str(), expires);
        assert_eq!(serde_json::to_value(&*cart).unwrap(), body);
    }
}

#[tokio::test]
async fn a_number_without_a_fraction_is_an_integer_wherever_one_stands() {
    let body = r#"{"count": 2.0, "small": 2E0, "big": 1e2, "size": 3.0, "list": [1.0, null], "map": {"a": [20e-1]}, "named": 4.0,
        "counts": [5.0], "line": {"quantity": 6.0, "other": 7.0}, "either": 8.0, "flexible": 9.0}"#;
    let cart = call!(integers.get_cart, body).unwrap();
    let written = serde_json::to_value(&*cart).unwrap();
    let flexible = written["flexible"].clone();
    assert_eq!(flexible.as_f64(), Some(9.0));
    assert_eq!(
        written,
        json!({"count": 2, "small": 2, "big": 100, "size": 3, "list": [1, null], "map": {"a": [2]}, "named": 4,
            "counts": [5], "line": {"quantity": 6, "other": 7}, "either": 8, "flexible": flexible})
    );
    let vendor = crate::vendor::Vendor::answering(200, "[1.0, 2e0]");
    let client = vendor.client(cartwright_tests::promises::integers::Client::new);
    let line = cartwright_tests::promises::integers::types::Line::builder().quantity(1);
    let counts = client.put_cart().body(line).send().await.unwrap();
    assert_eq!(*counts, [1, 2]);
    for (body, path) in [
        (r#"{"count": 2.5}"#, "count"),
        (r#"{"size": 2.5}"#, "size"),
        (r#"{"list": [1, 2.5]}"#, "list[1]"),
        (r#"{"map": {"a": [2.5]}}"#, "map.a[0]"),
        (r#"{"named": 2.5}"#, "named"),
        (r#"{"line": {"quantity": 2.5}}"#, "line.quantity"),
        (r#"{"either": [1, 2.5]}"#, "either[1]"),
        (r#"{"flexible": 2.5}"#, "flexible"),
    ] {
        let error = call!(integers.get_cart, body).unwrap_err();
        assert_eq!(error.path(), Some(path), "{error}");
    }
}
