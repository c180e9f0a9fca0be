//! Scalars: what came is what goes back, in both modes of serde_json.

use std::collections::HashSet;
use std::fmt::Debug;

use cartwright_runtime::{
    Decimal, FlexibleBoolean, FlexibleInteger, FlexibleText, Maybe, Nullable, ScalarError,
    Timestamp, VendorDateTime,
};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

pub(crate) fn decimal(json: &str) -> Decimal {
    serde_json::from_str(json).unwrap()
}

/// Whether the build keeps every digit of a JSON number.
fn keeps_digits() -> bool {
    let number: serde_json::Number = serde_json::from_str("1.50").unwrap();
    number.to_string().ends_with('0')
}

fn comes_back<T: Serialize + DeserializeOwned>(json: &str) {
    let value: T = serde_json::from_str(json).unwrap();
    assert_eq!(serde_json::to_string(&value).unwrap(), json);
    let value: T = serde_json::from_value(serde_json::to_value(&value).unwrap()).unwrap();
    assert_eq!(serde_json::to_string(&value).unwrap(), json);
}

fn refused<T: DeserializeOwned + Debug>(json: &str) -> String {
    serde_json::from_str::<T>(json).unwrap_err().to_string()
}

#[test]
fn every_scalar_goes_back_in_the_form_it_came_in() {
    for json in [
        "0",
        "19.9",
        "-5",
        r#""19.90""#,
        r#""+007.50""#,
        r#""1E+3""#,
        r#"".5""#,
        r#""5.""#,
    ] {
        comes_back::<Decimal>(json);
    }
    for json in [
        "3",
        "-3",
        "2.0",
        "9223372036854775807",
        r#""003""#,
        r#""-3""#,
        r#""2.00""#,
    ] {
        comes_back::<FlexibleInteger>(json);
    }
    for json in [
        "true",
        "false",
        "1",
        "0",
        r#""1""#,
        r#""0""#,
        r#""true""#,
        r#""false""#,
        r#""""#,
    ] {
        comes_back::<FlexibleBoolean>(json);
    }
    for json in [r#""-$.05""#, r#""""#, "1647", "1.5", r#""1.50""#] {
        comes_back::<FlexibleText>(json);
    }
    for json in [
        r#""2024-03-01T10:00:00+02:00""#,
        r#""2024-03-01t10:00:00.1230z""#,
    ] {
        comes_back::<Timestamp>(json);
    }
    for json in [r#""2024-03-01 10:00:00""#, r#""soon""#] {
        comes_back::<VendorDateTime>(json);
    }
}

#[test]
fn a_text_is_exact_at_any_length() {
    let digits = "1234567890".repeat(1000);
    let json = format!("\"{digits}.{digits}\"");
    comes_back::<Decimal>(&json);
    assert_eq!(decimal(&json).as_str().len(), 20_001);
    assert!(decimal(&json) > decimal(&format!("\"{digits}.{}\"", &digits[..9998])));
}

#[test]
fn a_number_keeps_its_scale_where_the_build_keeps_digits() {
    let number = decimal("1.50");
    assert_eq!(number, decimal("1.5"));
    let long = serde_json::to_string(&decimal("123456789012345678.12")).unwrap();
    if keeps_digits() {
        assert_eq!(number.as_str(), "1.50");
        assert_eq!(long, "123456789012345678.12");
    } else {
        assert_eq!(number.as_str(), "1.5");
        assert_eq!(
            serde_json::to_string(&decimal("123456789012.345")).unwrap(),
            "123456789012.345"
        );
    }
}

#[test]
fn a_number_is_never_rounded_on_its_way_out() {
    let long: Decimal = "123456789012345678.12".parse().unwrap();
    let written = serde_json::to_string(&long);
    if keeps_digits() {
        assert_eq!(written.unwrap(), "123456789012345678.12");
    } else {
        let error = written.unwrap_err().to_string();
        assert!(
            error.contains("more digits than this build writes"),
            "{error}"
        );
    }
    let text = Decimal::text("123456789012345678.12").unwrap();
    assert_eq!(
        serde_json::to_string(&text).unwrap(),
        r#""123456789012345678.12""#
    );
}

#[test]
fn decimals_are_compared_by_value() {
    let ascending = [
        "-1e999999999",
        "-10",
        "-9.99",
        "-0.1",
        "-1e-999999999",
        "0",
        "1e-999999999",
        "0.099",
        "0.1",
        "1",
        "1.5",
        "2",
        "10",
        "1e3",
        "1000.0000000000000000000000000000000001",
        "1e999999999",
    ];
    for (i, a) in ascending.iter().enumerate() {
        for (j, b) in ascending.iter().enumerate() {
            let (a, b) = (Decimal::text(a).unwrap(), Decimal::text(b).unwrap());
            assert_eq!(a.cmp(&b), i.cmp(&j), "{a} {b}");
        }
    }
    for same in [
        ["1.50", "1.5", "+01.500", "15e-1", "0.15e1", "0.0000015e6"],
        ["0", "-0", "0.00", "0e99", "-0e-99", ".0"],
        ["1000", "1e3", "1E+03", "0.1e4", "1000.", "10e2"],
    ] {
        let set: HashSet<_> = same
            .iter()
            .map(|text| Decimal::text(text).unwrap())
            .collect();
        assert_eq!(set.len(), 1, "{set:?}");
    }
    assert_eq!(Decimal::text("2").unwrap(), Decimal::from(2));
}

#[test]
fn a_decimal_knows_its_sign_and_whether_it_is_whole() {
    for (text, negative, zero, integer) in [
        ("0", false, true, true),
        ("-0.0", false, true, true),
        ("-1.50", true, false, false),
        ("1.00", false, false, true),
        ("1.5e1", false, false, true),
        ("1e-1", false, false, false),
        ("10e-1", false, false, true),
        ("1e999999999", false, false, true),
        ("1e-999999999", false, false, false),
    ] {
        let number = Decimal::text(text).unwrap();
        let found = (number.is_negative(), number.is_zero(), number.is_integer());
        assert_eq!(found, (negative, zero, integer), "{text}");
    }
}

#[test]
fn what_is_no_decimal_is_refused() {
    for text in [
        "",
        "-",
        "+",
        ".",
        "e1",
        "1e",
        "1e+",
        "1.2.3",
        "1,5",
        " 1",
        "1 ",
        "0x1",
        "1_000",
        "NaN",
        "inf",
        "--1",
        "1e1.5",
        "-$.05",
        "١",
        "1e1000000000",
        "1e99999999999999999999",
    ] {
        assert!(
            Decimal::text(text).is_err() && text.parse::<Decimal>().is_err(),
            "{text}"
        );
        assert!(
            serde_json::from_value::<Decimal>(json!(text)).is_err(),
            "{text}"
        );
    }
    for json in ["null", "true", "[]", "{}"] {
        refused::<Decimal>(json);
    }
}

#[test]
fn a_decimal_for_computing_keeps_its_scale_and_loses_no_digit() {
    for (text, expected) in [
        ("1.50", Some("1.50")),
        ("-0.00", Some("0.00")),
        ("007", Some("7")),
        ("1.5e3", Some("1500")),
        ("1.5e-3", Some("0.0015")),
        ("1e28", Some("10000000000000000000000000000")),
        ("1e29", None),
        (
            "79228162514264337593543950335",
            Some("79228162514264337593543950335"),
        ),
        ("79228162514264337593543950336", None),
        // The zeros at the end do not fit, and nothing is lost with them.
        (
            "7.92281625142643375935439503350000",
            Some("7.9228162514264337593543950335"),
        ),
        (
            "1.0000000000000000000000000000000",
            Some("1.0000000000000000000000000000"),
        ),
        (
            "0.0000000000000000000000000001",
            Some("0.0000000000000000000000000001"),
        ),
        ("0.00000000000000000000000000001", None),
        ("1e999999999", None),
        ("1e-999999999", None),
        ("0e999999999", Some("0")),
    ] {
        let number = Decimal::text(text).unwrap();
        let found = number.to_decimal().map(|number| number.to_string());
        assert_eq!(found.as_deref(), expected, "{text}");
        let converted = rust_decimal::Decimal::try_from(&number);
        assert_eq!(converted.ok(), number.to_decimal());
    }
    let back = Decimal::from(rust_decimal::Decimal::new(-150, 2));
    assert_eq!(back.as_str(), "-1.50");
}

#[test]
fn a_parsed_decimal_is_written_in_the_grammar_of_json() {
    for (text, written) in [
        ("19.9", "19.9"),
        ("+1", "1"),
        (".5", "0.5"),
        ("-.5", "-0.5"),
        ("5.", "5"),
        ("007", "7"),
        ("1e2", "1e2"),
    ] {
        let number: Decimal = text.parse().unwrap();
        assert_eq!(number.to_string(), written);
        assert_eq!(decimal(&serde_json::to_string(&number).unwrap()), number);
    }
}

#[test]
fn decimals_stand_in_flattened_and_untagged_places() {
    #[derive(Serialize, Deserialize)]
    struct Line {
        price: Decimal,
        #[serde(flatten)]
        money: Money,
        #[serde(flatten)]
        extra: Map<String, Value>,
    }
    #[derive(Serialize, Deserialize)]
    struct Money {
        tax: Decimal,
        fee: Option<Decimal>,
        either: Either,
    }
    #[derive(Serialize, Deserialize)]
    #[serde(untagged)]
    enum Either {
        List(Vec<Decimal>),
        One(Decimal),
    }
    comes_back::<Line>(
        r#"{"price":1.5,"tax":0.25,"fee":"2.50","either":[1.5,"1.50"],"more":{"a":2.5}}"#,
    );
    comes_back::<Line>(r#"{"price":1.5,"tax":0.25,"fee":null,"either":7.5}"#);
}

#[test]
fn a_flexible_scalar_has_one_value_in_every_form() {
    let integers: HashSet<FlexibleInteger> = ["3", r#""3""#, r#""003""#]
        .map(|json| serde_json::from_str(json).unwrap())
        .into();
    assert_eq!(integers, HashSet::from([3.into()]));
    assert_eq!("-3".parse::<FlexibleInteger>().unwrap().get(), -3);
    for (json, value) in [
        ("true", true),
        ("1", true),
        (r#""1""#, true),
        (r#""true""#, true),
        ("0", false),
        (r#""0""#, false),
        (r#""false""#, false),
    ] {
        let found: FlexibleBoolean = serde_json::from_str(json).unwrap();
        assert_eq!(found.get(), value, "{json}");
        assert_eq!(found, FlexibleBoolean::from(value));
        assert_eq!(found.to_string(), json.trim_matches('"'));
        assert_eq!(found.to_string().parse::<FlexibleBoolean>().unwrap(), found);
    }
    let text: FlexibleText = serde_json::from_str("7").unwrap();
    assert_eq!(text, FlexibleText::from("7"));
    assert_eq!(FlexibleText::from(7), FlexibleText::from("7".to_owned()));
    assert_eq!(text.to_decimal(), FlexibleText::from("7.0").to_decimal());
}

#[test]
fn what_is_none_of_the_forms_is_refused_with_what_came() {
    for (message, start) in [
        (
            refused::<Decimal>(r#""-$.05""#),
            "expected a decimal number or its text, found `\"-$.05\"`",
        ),
        (
            refused::<FlexibleInteger>("1.5"),
            "expected an integer or its digits, found `1.5`",
        ),
        (
            refused::<FlexibleInteger>(r#""+1""#),
            "expected an integer or its digits, found `\"+1\"`",
        ),
        (
            refused::<FlexibleInteger>(r#""9223372036854775808""#),
            "expected an integer",
        ),
        (
            refused::<FlexibleInteger>("9223372036854775808"),
            "expected an integer",
        ),
        (
            refused::<FlexibleBoolean>("2"),
            "expected a boolean, 0 or 1, the text of one, or an empty text, found `2`",
        ),
        (refused::<FlexibleBoolean>(r#""yes""#), "expected a boolean"),
        (
            refused::<FlexibleText>("true"),
            "expected a text or a number, found `true`",
        ),
        (
            refused::<FlexibleText>("{}"),
            "expected a text or a number, found an object",
        ),
        (
            refused::<Timestamp>(r#""2024-03-01T10:00:00""#),
            "expected a moment in RFC 3339, such as 2024-03-01T10:00:00+02:00, found `\"2024-03-01T10:00:00\"`",
        ),
        (refused::<Timestamp>("[]"), "expected a moment"),
        (
            refused::<VendorDateTime>("null"),
            "expected a time as text, found `null`",
        ),
    ] {
        assert!(message.starts_with(start), "{message}");
    }
}

#[test]
fn a_message_shows_sixty_characters_of_what_came() {
    let error: ScalarError = Decimal::text(&"x".repeat(1000)).unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with(&format!("found `{}…`", "x".repeat(60)))
    );
}

#[test]
fn a_timestamp_keeps_its_offset() {
    let created: Timestamp = "2024-03-01T10:00:00.5+02:00".parse().unwrap();
    assert_eq!(created.datetime().offset().local_minus_utc(), 7200);
    assert_eq!(created.as_str(), "2024-03-01T10:00:00.5+02:00");
    let same_moment: Timestamp = "2024-03-01T08:00:00.5Z".parse().unwrap();
    assert_eq!(created.datetime(), same_moment.datetime());
    assert_ne!(created, same_moment);
    assert_eq!(
        Timestamp::from(created.datetime()).datetime(),
        created.datetime()
    );
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Fields {
    #[serde(
        default,
        skip_serializing_if = "::cartwright_runtime::Maybe::is_absent"
    )]
    any: Maybe<Value>,
    #[serde(
        default,
        skip_serializing_if = "::cartwright_runtime::Maybe::is_absent"
    )]
    price: Maybe<Decimal>,
    note: Nullable<String>,
}

#[test]
fn absent_null_and_a_value_stay_apart() {
    for json in [
        r#"{"note":null}"#,
        r#"{"any":null,"price":null,"note":"x"}"#,
        r#"{"any":{"a":null},"price":"1.50","note":""}"#,
    ] {
        comes_back::<Fields>(json);
    }
    let fields: Fields = serde_json::from_str(r#"{"any":null,"note":null}"#).unwrap();
    assert_eq!(fields.any, Maybe::Null);
    assert_eq!(fields.price, Maybe::Absent);
    assert!(fields.any.is_null() && fields.price.is_absent() && fields.note.is_null());
}

#[test]
fn three_states_read_as_options() {
    let states = [Maybe::Absent, Maybe::Null, Maybe::from(1)];
    assert_eq!(
        states.map(|state| state.as_option().map(|inner| inner.copied())),
        [None, Some(None), Some(Some(1))]
    );
    assert_eq!(states.map(Maybe::into_value), [None, None, Some(1)]);
    assert_eq!(states[2].value(), Some(&1));
    assert_eq!(Maybe::<i64>::from(None), Maybe::Absent);
    assert_eq!(Maybe::<i64>::from(Some(1)), Maybe::Value(1));
    assert_eq!(Nullable::<i64>::from(None), Nullable::Null);
    assert_eq!(Nullable::from(1).into_value(), Some(1));
    assert_eq!(Nullable::<i64>::from(Some(1)).value(), Some(&1));
}

#[test]
fn a_number_without_a_fraction_is_an_integer_however_it_is_written() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct Line {
        #[serde(deserialize_with = "cartwright_runtime::integer::deserialize")]
        count: i64,
        #[serde(default, deserialize_with = "cartwright_runtime::integer::deserialize")]
        most: Option<std::num::NonZeroU64>,
        #[serde(default, deserialize_with = "cartwright_runtime::integer::deserialize")]
        state: Maybe<i32>,
        #[serde(default, deserialize_with = "cartwright_runtime::integer::deserialize")]
        list: Vec<Nullable<u64>>,
        #[serde(default, deserialize_with = "cartwright_runtime::integer::deserialize")]
        by_name: std::collections::BTreeMap<String, Vec<i64>>,
        #[serde(flatten)]
        extra: Map<String, Value>,
    }
    let json = r#"{"count": 2.0E0, "most": 1e2, "state": -7.0, "list": [1.0, null, 18446744073709551615], "by_name": {"a": [20e-1]}, "x": 1.0}"#;
    let of_text: Line = serde_json::from_str(json).unwrap();
    let value: Value = serde_json::from_str(json).unwrap();
    for line in [of_text, serde_json::from_value(value).unwrap()] {
        assert_eq!(line.count, 2);
        assert_eq!(line.most.map(std::num::NonZeroU64::get), Some(100));
        assert_eq!(line.state, Maybe::Value(-7));
        let list = [
            Nullable::Value(1),
            Nullable::Null,
            Nullable::Value(u64::MAX),
        ];
        assert_eq!(line.list, list);
        assert_eq!(line.by_name["a"], [2]);
    }
    let absent: Line = serde_json::from_str(r#"{"count": -0.0}"#).unwrap();
    assert_eq!(
        (absent.count, absent.most, absent.state),
        (0, None, Maybe::Absent)
    );
    for (json, place) in [
        (
            r#"{"count": 2.5}"#,
            "expected an integer (`i64`), found `2.5`",
        ),
        (r#"{"count": 1e30}"#, "expected an integer (`i64`)"),
        (r#"{"count": 1e300}"#, "expected an integer (`i64`)"),
        (r#"{"count": "2"}"#, "expected an integer (`i64`)"),
        (r#"{"count": null}"#, "expected an integer (`i64`)"),
        (
            r#"{"count": 1, "most": 0.0}"#,
            "expected an integer (`u64`)",
        ),
        (
            r#"{"count": 1, "list": [-1.0]}"#,
            "expected an integer (`u64`)",
        ),
        (
            r#"{"count": 1, "state": 3e9}"#,
            "expected an integer (`i32`)",
        ),
    ] {
        let error = refused::<Line>(json);
        assert!(error.contains(place), "{json}: {error}");
    }
}

#[test]
fn an_integer_with_a_point_is_read_only_as_far_as_its_digits_are_sure() {
    let read = |json: &str| {
        serde_json::from_str::<FlexibleInteger>(json)
            .ok()
            .map(|i| i.get())
    };
    assert_eq!(read("1e18"), Some(1_000_000_000_000_000_000));
    assert_eq!(read("123456789012345.0"), Some(123_456_789_012_345));
    assert_eq!(read(r#""9007199254740993.0""#), Some(9_007_199_254_740_993));
    let exact = keeps_digits().then_some(9_007_199_254_740_993);
    assert_eq!(read("9007199254740993.0"), exact);
    for json in [
        "2.5",
        "1e19",
        "1e300",
        r#""2.5""#,
        r#""+2""#,
        r#""1e999999999""#,
    ] {
        assert_eq!(read(json), None, "{json}");
    }
    let boolean: FlexibleBoolean = serde_json::from_str("1.0").unwrap();
    assert!(boolean.get());
}

#[test]
fn perls_empty_text_is_false() {
    let boolean: FlexibleBoolean = serde_json::from_str(r#""""#).unwrap();
    assert!(!boolean.get());
    assert_eq!(boolean, FlexibleBoolean::from(false));
    assert_eq!(boolean.to_string(), "");
    for json in [r#"" ""#, r#""no""#, "2"] {
        let error = refused::<FlexibleBoolean>(json);
        assert!(error.contains("or an empty text"), "{json}: {error}");
    }
}
