//! Amounts that vendors write as text for people.

use cartwright_runtime::Decimal;

/// The number in a text such as `19.99`, `$1,234.50` or `-$.05`; `None` when there is none.
pub(super) fn parse(text: &str) -> Option<Decimal> {
    let text = text.trim();
    let (sign, text) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text),
    };
    let text = text.strip_prefix('$').unwrap_or(text);
    let digits = text.replace(',', "");
    let starts_a_number = digits.starts_with(|c: char| c.is_ascii_digit() || c == '.');
    starts_a_number.then(|| format!("{sign}{digits}").parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn an_amount_is_read_in_each_documented_form() {
        for (text, number) in [
            ("19.99", Some("19.99")),
            ("-$.05", Some("-0.05")),
            ("$1,234.50", Some("1234.50")),
            ("0", Some("0")),
            ("1647", Some("1647")),
            ("2.12345", Some("2.12345")),
            ("", None),
            ("$", None),
            ("--5", None),
            ("free", None),
            ("5 a month", None),
        ] {
            let expected = number.map(|number| number.parse().unwrap());
            assert_eq!(parse(text), expected, "{text}");
        }
    }
}
