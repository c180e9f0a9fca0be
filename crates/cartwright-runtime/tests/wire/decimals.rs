//! Decimals as numbers to show and to calculate with.

use cartwright_runtime::{Decimal, FlexibleInteger, FlexibleText};

use crate::scalars::decimal;

#[test]
fn a_decimal_is_formatted_as_a_number_is() {
    for (text, format, shown) in [
        ("12.50", "{:.2}", "12.50"),
        ("1234.50", "{:.2}", "1234.50"),
        ("4.5", "{:.2}", "4.50"),
        ("0.07", "{:.2}", "0.07"),
        ("-3.10", "{:.2}", "-3.10"),
        ("7", "{:.2}", "7.00"),
        ("+007.5", "{:.2}", "7.50"),
        ("1e3", "{:.2}", "1000.00"),
        ("1.5e-1", "{:.2}", "0.15"),
        (".5", "{:.2}", "0.50"),
        // A half goes away from zero.
        ("0.005", "{:.2}", "0.01"),
        ("0.0049999", "{:.2}", "0.00"),
        ("-0.125", "{:.2}", "-0.13"),
        ("2.5", "{:.0}", "3"),
        ("0.5", "{:.0}", "1"),
        ("0.05", "{:.0}", "0"),
        ("99.995", "{:.2}", "100.00"),
        ("9.999", "{:.0}", "10"),
        ("19.949", "{:.1}", "19.9"),
        ("-0.001", "{:.2}", "0.00"),
        ("-0.00", "{:.2}", "0.00"),
        ("1e-999999999", "{:.2}", "0.00"),
        // As it is written.
        ("12.50", "{}", "12.50"),
        ("+1e3", "{}", "+1e3"),
        ("1e999999999", "{:.2}", "1e999999999"),
        // Width, fill, sign and zeros.
        ("4.5", "{:8}", "     4.5"),
        ("4.5", "{:<8.2}", "4.50    "),
        ("4.5", "{:*^8.2}", "**4.50**"),
        ("-4.5", "{:08.2}", "-0004.50"),
        ("4.5", "{:+.2}", "+4.50"),
        ("+4.5", "{:+08}", "+00004.5"),
    ] {
        let number = Decimal::text(text).unwrap();
        let found = match format {
            "{:.2}" => format!("{number:.2}"),
            "{:.1}" => format!("{number:.1}"),
            "{:.0}" => format!("{number:.0}"),
            "{}" => format!("{number}"),
            "{:8}" => format!("{number:8}"),
            "{:<8.2}" => format!("{number:<8.2}"),
            "{:*^8.2}" => format!("{number:*^8.2}"),
            "{:08.2}" => format!("{number:08.2}"),
            "{:+.2}" => format!("{number:+.2}"),
            _ => format!("{number:+08}"),
        };
        assert_eq!(found, shown, "{text} {format}");
    }
    let number: FlexibleText = serde_json::from_str("12.5").unwrap();
    assert_eq!(format!("{number:.2}"), "12.50");
    let quantity: FlexibleInteger = serde_json::from_str(r#""-12""#).unwrap();
    assert_eq!(format!("{quantity:06.2}"), "-00012");
}

#[test]
fn decimals_are_added_subtracted_and_multiplied() {
    let text = |text: &str| Decimal::text(text).unwrap();
    let (price, number): (_, Decimal) = (text("12.50"), "0.1".parse().unwrap());
    assert_eq!((&price + &number).to_string(), "12.60");
    assert_eq!((&price - 13).to_string(), "-0.50");
    assert_eq!((&price * 3u8).to_string(), "37.50");
    assert_eq!((-&price).to_string(), "-12.50");
    assert_eq!((-text("-0.00")).to_string(), "0.00");
    let mut sum = Decimal::from(0u64);
    sum += &price;
    sum -= rust_decimal::Decimal::ONE;
    sum *= 2;
    assert_eq!(sum, text("23"));
    // The form is that of the left operand.
    assert_eq!(
        serde_json::to_string(&(&price + &number)).unwrap(),
        r#""12.60""#
    );
    assert_eq!(serde_json::to_string(&(&number + 1)).unwrap(), "1.1");

    let prices = [text("1.10"), text("2.20"), text("3")];
    assert_eq!(prices.iter().sum::<Decimal>().to_string(), "6.30");
    assert_eq!([1i64, 2].into_iter().sum::<Decimal>(), Decimal::from(3));
    assert!(std::iter::empty::<Decimal>().sum::<Decimal>().is_zero());
    // No binary fraction stands between.
    assert_eq!(text("0.1") + text("0.2"), text("0.3"));
}

#[test]
fn a_calculation_out_of_range_is_none_or_the_nearest_number_and_never_a_panic() {
    let most = Decimal::from(rust_decimal::Decimal::MAX);
    let text = |text: &str| Decimal::text(text).unwrap();
    for huge in ["1e99", "1e999999999", "79228162514264337593543950335"] {
        let huge = text(huge);
        assert_eq!(huge.checked_mul(&10.into()), None);
        assert_eq!(&huge + 1, most);
        assert_eq!(&huge * &huge, most);
        assert_eq!(-&huge - 1, -&most);
    }
    let small = text("1e-30");
    assert_eq!(small.checked_add(&1.into()), None);
    assert_eq!(&small + 1, Decimal::from(1));
    let long = text("1.00000000000000000000000000000000000001");
    assert_eq!(&long * 2, Decimal::from(2));
    let long = text("12345678901234567890123456789.5");
    assert_eq!(&long * 1, text("12345678901234567890123456790"));
}

#[test]
fn each_integer_type_makes_a_decimal() {
    assert_eq!(Decimal::from(u128::MAX).to_string(), u128::MAX.to_string());
    assert_eq!(Decimal::from(i8::MIN).to_string(), "-128");
    assert_eq!(Decimal::from(7usize), Decimal::from(7i16));
}

#[test]
fn a_number_of_15_digits_is_exact_at_every_exponent() {
    let mut seed = 7_u64;
    let mut next = |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (seed >> 33) % below
    };
    for number in [
        "39e-29",
        "67e-27",
        "1120e-26",
        "4051018099012e-28",
        "999999999999999e-307",
        "1E-29",
        "123456789012345e290",
    ] {
        assert_eq!(
            decimal(number),
            decimal(&format!("\"{number}\"")),
            "{number}"
        );
    }
    for _ in 0..20_000 {
        let digits = next(1_000_000) * 1_000_000_000 + next(1_000_000_000);
        let exponent = i64::try_from(next(590)).unwrap() - 300;
        let number = format!("{digits}e{exponent}");
        assert_eq!(
            decimal(&number),
            decimal(&format!("\"{number}\"")),
            "{number}"
        );
    }
}
