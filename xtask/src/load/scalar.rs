//! What a plain scalar means in YAML 1.2's core schema.

use super::node::Value;

/// What an unquoted scalar is in JSON.
#[derive(Debug, PartialEq)]
pub(super) enum Plain {
    Exact(Value),
    /// A number of more than 64 bits: the one next to it that 64 bits hold.
    Nearest(serde_json::Number),
    /// Nothing, and why.
    Nothing(&'static str),
}

/// The meaning of an unquoted scalar.
pub(super) fn plain(text: &str) -> Plain {
    let value = match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        ".nan" | ".NaN" | ".NAN" => return Plain::Nothing("JSON has no NaN"),
        _ if is_infinity(text) => return Plain::Nothing("JSON has no infinity"),
        _ if is_integer(text) => return integer(text, text, 10),
        _ => {
            let radix =
                |prefix, radix| text.strip_prefix(prefix).filter(|rest| digits(rest, radix));
            if let Some(octal) = radix("0o", 8) {
                return integer(text, octal, 8);
            } else if let Some(hexadecimal) = radix("0x", 16) {
                return integer(text, hexadecimal, 16);
            } else if is_float(text) {
                return float(text);
            }
            Value::String(text.to_owned())
        }
    };
    Plain::Exact(value)
}

fn unsigned(text: &str) -> &str {
    text.strip_prefix(['-', '+']).unwrap_or(text)
}

fn digits(text: &str, radix: u32) -> bool {
    !text.is_empty() && text.chars().all(|digit| digit.is_digit(radix))
}

fn is_integer(text: &str) -> bool {
    digits(unsigned(text), 10)
}

fn is_infinity(text: &str) -> bool {
    matches!(unsigned(text), ".inf" | ".Inf" | ".INF")
}

/// `[-+]? ( . digits | digits ( . digits? )? ) ( [eE] [-+]? digits )?`
fn is_float(text: &str) -> bool {
    let (mantissa, exponent) = match unsigned(text).split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned(text), None),
    };
    let mantissa_is_number = match mantissa.split_once('.') {
        Some(("", fraction)) => digits(fraction, 10),
        Some((whole, fraction)) => {
            digits(whole, 10) && (fraction.is_empty() || digits(fraction, 10))
        }
        None => digits(mantissa, 10),
    };
    mantissa_is_number && exponent.is_none_or(is_integer)
}

fn integer(text: &str, digits: &str, radix: u32) -> Plain {
    let positive = digits.strip_prefix('+').unwrap_or(digits);
    let exact = u64::from_str_radix(positive, radix)
        .map(serde_json::Number::from)
        .or_else(|_| i64::from_str_radix(digits, radix).map(serde_json::Number::from));
    match exact {
        Ok(number) => Plain::Exact(Value::Number(number)),
        Err(_) if radix == 10 => nearest(text.parse().unwrap_or(f64::MAX)),
        Err(_) => nearest(digits.chars().fold(0.0, |sum, digit| {
            sum * f64::from(radix) + f64::from(digit.to_digit(radix).unwrap_or_default())
        })),
    }
}

fn float(text: &str) -> Plain {
    let number: f64 = text.parse().unwrap_or_default();
    if number.is_finite()
        && significant(text) == significant(&format!("{number:e}"))
        && let Some(exact) = serde_json::Number::from_f64(number)
    {
        return Plain::Exact(Value::Number(exact));
    }
    nearest(match number {
        0.0 if text.starts_with('-') => -f64::MIN_POSITIVE,
        0.0 => f64::MIN_POSITIVE,
        _ => number,
    })
}

/// The digits of a number but for the zeros around them.
fn significant(text: &str) -> String {
    let mantissa = text.split(['e', 'E']).next().unwrap_or_default();
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    digits.trim_matches('0').to_owned()
}

/// The finite number next to this one.
fn nearest(number: f64) -> Plain {
    let finite = serde_json::Number::from_f64(number.clamp(f64::MIN, f64::MAX));
    finite.map_or(Plain::Nothing("JSON has no NaN"), Plain::Nearest)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Plain;

    #[test]
    fn plain_scalars_follow_the_core_schema() {
        for (text, expected) in [
            ("", json!(null)),
            ("~", json!(null)),
            ("null", json!(null)),
            ("true", json!(true)),
            ("no", json!("no")),
            ("Yes", json!("Yes")),
            ("1", json!(1)),
            ("-1", json!(-1)),
            ("+12", json!(12)),
            ("007", json!(7)),
            ("0o17", json!(15)),
            ("0xfF", json!(255)),
            ("0xzz", json!("0xzz")),
            (
                "18446744073709551615",
                json!(18_446_744_073_709_551_615_u64),
            ),
            ("1.5", json!(1.5)),
            ("0010.10", json!(10.1)),
            ("0.30000000000000004", json!(0.300_000_000_000_000_04)),
            (".5", json!(0.5)),
            ("1.", json!(1.0)),
            ("-1e3", json!(-1000.0)),
            ("1e", json!("1e")),
            (".", json!(".")),
            ("1.2.3", json!("1.2.3")),
            ("3.0.3", json!("3.0.3")),
            ("1_000", json!("1_000")),
            ("2015-11-13", json!("2015-11-13")),
            ("0ö", json!("0ö")),
        ] {
            let Plain::Exact(value) = super::plain(text) else {
                panic!("{text:?}");
            };
            let start = super::super::Position::START;
            let node = super::super::Node {
                value,
                start,
                end: start,
            };
            assert_eq!(node.to_json(), expected, "{text:?}");
        }
    }

    #[test]
    fn a_number_beyond_64_bits_is_the_nearest_that_they_hold() {
        for (text, expected) in [
            ("18446744073709551616", 18_446_744_073_709_551_616.0),
            ("-99999999999999999999", -1e20),
            ("+99999999999999999999", 1e20),
            ("0x1FFFFFFFFFFFFFFFF", 36_893_488_147_419_103_232.0),
            ("1e999", f64::MAX),
            ("-1.5E+400", f64::MIN),
            ("1e-999", f64::MIN_POSITIVE),
            ("-0.1e-999", -f64::MIN_POSITIVE),
            ("9999999999999999.99", 1e16),
        ] {
            let number = serde_json::Number::from_f64(expected).unwrap();
            assert_eq!(super::plain(text), Plain::Nearest(number), "{text}");
        }
        let long = format!("1{}", "0".repeat(400));
        let most = serde_json::Number::from_f64(f64::MAX).unwrap();
        assert_eq!(super::plain(&long), Plain::Nearest(most));
        let zero = serde_json::Number::from_f64(0.0).unwrap();
        assert_eq!(
            super::plain("0.0e-999"),
            Plain::Exact(super::Value::Number(zero))
        );
    }

    #[test]
    fn what_is_no_number_in_json_has_no_value() {
        for text in [".inf", "-.INF", ".nan"] {
            assert!(matches!(super::plain(text), Plain::Nothing(_)), "{text:?}");
        }
    }
}
