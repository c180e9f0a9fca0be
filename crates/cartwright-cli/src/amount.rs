//! How amounts are written: for a reader with the digits of their currency, for a program as plain decimal text.

use cartwright::Decimal;

/// More digits than this are not written out: an exponent of nine digits would fill the memory.
const MOST_DIGITS: i64 = 400;

/// The amount as decimal text without an exponent, with the digits that the vendor sent.
pub(crate) fn plain(amount: &Decimal) -> String {
    written_out(amount.as_str()).unwrap_or_else(|| amount.as_str().to_owned())
}

/// The amount for a reader: at least the digits that the currency has behind the point, and no digit of the value less.
/// In a currency that is unknown it stands as the vendor sent it.
pub(crate) fn shown(amount: &Decimal, currency: Option<&str>) -> String {
    let text = plain(amount);
    match currency.and_then(fraction_digits) {
        Some(digits) if !text.contains(['e', 'E']) => with_digits(&text, digits),
        _ => text,
    }
}

/// The amount for a reader, and its currency where that is known.
pub(crate) fn with_currency(amount: &Decimal, currency: Option<&str>) -> String {
    let amount = shown(amount, currency);
    match currency {
        Some(currency) => format!("{amount} {currency}"),
        None => amount,
    }
}

/// A number without its exponent; `None` if it would have too many digits.
fn written_out(text: &str) -> Option<String> {
    let (sign, unsigned) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let exponent: i64 = exponent.parse().ok()?;
    let (integer, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let length = |text: &str| i64::try_from(text.len()).unwrap_or(i64::MAX);
    if exponent.abs() > MOST_DIGITS {
        return None;
    }
    let mut digits = format!("{integer}{fraction}");
    let mut point = length(integer) + exponent;
    while point < 0 {
        digits.insert(0, '0');
        point += 1;
    }
    while length(&digits) < point {
        digits.push('0');
    }
    let (integer, fraction) = digits.split_at_checked(usize::try_from(point).ok()?)?;
    let integer = match integer.trim_start_matches('0') {
        "" => "0",
        integer => integer,
    };
    Some(match fraction {
        "" => format!("{sign}{integer}"),
        fraction => format!("{sign}{integer}.{fraction}"),
    })
}

fn with_digits(text: &str, digits: usize) -> String {
    let (integer, fraction) = text.split_once('.').unwrap_or((text, ""));
    let fraction = format!("{:0<digits$}", fraction.trim_end_matches('0'));
    match fraction.as_str() {
        "" => integer.to_owned(),
        fraction => format!("{integer}.{fraction}"),
    }
}

/// How many digits an ISO 4217 currency has behind the point; `None` for a code that is not in the list.
fn fraction_digits(currency: &str) -> Option<usize> {
    let code = currency.to_ascii_uppercase();
    let lists = [(0, NONE), (2, TWO), (3, THREE), (4, FOUR)];
    let (digits, _) = lists
        .iter()
        .find(|(_, codes)| codes.split_ascii_whitespace().any(|known| known == code))?;
    Some(*digits)
}

const NONE: &str = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF";
const TWO: &str = "\
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY \
    COP COU CRC CUC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HRK HTG HUF IDR ILS \
    INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD \
    NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STN SVC SYP \
    SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG ZWL";
const THREE: &str = "BHD IQD JOD KWD LYD OMR TND";
const FOUR: &str = "CLF UYW";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_has_the_digits_of_its_currency_and_loses_none_of_its_own() {
        for (sent, currency, text) in [
            ("12.5", Some("USD"), "12.50"),
            ("25", Some("usd"), "25.00"),
            ("1234", Some("JPY"), "1234"),
            ("1234.00", Some("JPY"), "1234"),
            ("1234.5", Some("JPY"), "1234.5"),
            ("1.005", Some("EUR"), "1.005"),
            ("1.5", Some("KWD"), "1.500"),
            ("-3.1", Some("GBP"), "-3.10"),
            ("0", Some("USD"), "0.00"),
            ("1.2500", Some("USD"), "1.25"),
            ("12.500", Some("POINTS"), "12.500"),
            ("12.5", None, "12.5"),
            ("25e-1", Some("USD"), "2.50"),
        ] {
            let amount = Decimal::text(sent).unwrap();
            assert_eq!(shown(&amount, currency), text, "{sent} {currency:?}");
        }
    }

    #[test]
    fn plain_text_has_no_exponent_no_plus_and_no_bare_point() {
        for (sent, text) in [
            ("12.50", "12.50"),
            ("+7", "7"),
            (".5", "0.5"),
            ("5.", "5"),
            ("007.0", "7.0"),
            ("1e3", "1000"),
            ("1.25E+1", "12.5"),
            ("-125e-4", "-0.0125"),
            ("0e5", "0"),
            ("1e999999999", "1e999999999"),
        ] {
            assert_eq!(plain(&Decimal::text(sent).unwrap()), text, "{sent}");
        }
    }
}
