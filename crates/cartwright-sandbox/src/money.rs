//! Exact amounts on the wire: JSON numbers in, JSON numbers out, decimal in between.

use rust_decimal::Decimal;
use serde_json::{Number, Value};

/// The amount that a JSON number states, or `None` if it has more digits than a decimal holds.
///
/// The number is read by its text: as a binary float, `0.1` three times is not `0.3`.
pub(crate) fn read(number: &Number) -> Option<Decimal> {
    let text = number.to_string();
    Decimal::from_str_exact(&text)
        .or_else(|_| Decimal::from_scientific(&text))
        .ok()
}

/// The amount as a JSON number without trailing zeros: `15`, not `15.0`.
pub(crate) fn write(amount: Decimal) -> Value {
    let text = amount.normalize().to_string();
    text.parse::<Number>()
        .map_or(Value::String(text), Value::Number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn through(json: &str) -> Option<String> {
        let number: Number = json.parse().ok()?;
        Some(write(read(&number)?).to_string())
    }

    #[test]
    fn an_amount_is_written_without_trailing_zeros() {
        for (sent, answered) in [
            ("15", "15"),
            ("15.0", "15"),
            ("12.50", "12.5"),
            ("0", "0"),
            ("19.99", "19.99"),
            ("2e2", "200"),
            ("1e-7", "0.0000001"),
        ] {
            let answered_again = through(sent).map(|text| text.parse::<Number>().ok());
            assert_eq!(
                answered_again,
                Some(answered.parse::<Number>().ok()),
                "{sent}"
            );
        }
    }

    #[test]
    fn tenths_add_up() {
        let tenth: Number = "0.1".parse().unwrap();
        let sum: Decimal = (0..3).filter_map(|_| read(&tenth)).sum();
        assert_eq!(write(sum).to_string(), "0.3");
    }

    #[test]
    fn a_number_beyond_a_decimal_is_no_amount() {
        for sent in ["1e29", "1e300", "1e-40"] {
            assert_eq!(through(sent), None, "{sent}");
        }
    }
}
