//! What a plain scalar means in YAML 1.2's core schema.

use super::node::Value;

/// The value of an unquoted scalar, or why it has none.
pub(super) fn plain(text: &str) -> Result<Value, &'static str> {
    Ok(match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        ".nan" | ".NaN" | ".NAN" => return Err("JSON has no NaN"),
        _ if is_infinity(text) => return Err("JSON has no infinity"),
        _ if is_integer(text) => integer(text, 10)?,
        _ => {
            let radix =
                |prefix, radix| text.strip_prefix(prefix).filter(|rest| digits(rest, radix));
            if let Some(octal) = radix("0o", 8) {
                integer(octal, 8)?
            } else if let Some(hexadecimal) = radix("0x", 16) {
                integer(hexadecimal, 16)?
            } else if is_float(text) {
                float(text)?
            } else {
                Value::String(text.to_owned())
            }
        }
    })
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

fn integer(text: &str, radix: u32) -> Result<Value, &'static str> {
    const TOO_LARGE: &str = "the integer doesn't fit 64 bits";
    let number = match u64::from_str_radix(text.strip_prefix('+').unwrap_or(text), radix) {
        Ok(number) => number.into(),
        Err(_) => i64::from_str_radix(text, radix)
            .map_err(|_| TOO_LARGE)?
            .into(),
    };
    Ok(Value::Number(number))
}

fn float(text: &str) -> Result<Value, &'static str> {
    text.parse::<f64>()
        .ok()
        .and_then(serde_json::Number::from_f64)
        .map(Value::Number)
        .ok_or("the number is too large")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

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
            let value = super::plain(text).unwrap();
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
    fn a_number_that_json_cannot_hold_is_refused() {
        for text in [".inf", "-.INF", ".nan", "18446744073709551616", "1e999"] {
            assert!(super::plain(text).is_err(), "{text:?}");
        }
    }
}
