//! A decimal as text: as it is written, or rounded to a precision.

use std::cmp::Ordering;
use std::fmt;

use super::{Canonical, Decimal};

/// More digits than this before the point are not written out: `1e999999999` is short, its digits are not.
const MOST_INTEGER_DIGITS: i64 = 1000;

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = self.value();
        if let Some(places) = f.precision().and_then(|places| i64::try_from(places).ok())
            && value.point <= MOST_INTEGER_DIGITS
        {
            let digits = rounded(&value, places);
            let is_zero = digits.bytes().all(|byte| matches!(byte, b'0' | b'.'));
            return f.pad_integral(is_zero || value.sign != Ordering::Less, "", &digits);
        }
        if f.width().is_none() && !f.sign_plus() {
            return f.write_str(&self.text);
        }
        let unsigned = self.text.trim_start_matches(['-', '+']);
        f.pad_integral(!self.text.starts_with('-'), "", unsigned)
    }
}

/// The size of the number with so many digits behind its point.
fn rounded(value: &Canonical<'_>, places: i64) -> String {
    let mut digits: Vec<u8> = value.digits().map(|digit| digit - b'0').collect();
    // How many of the digits stay. Below zero, even the place of the first one is cut.
    let kept = value.point + places;
    let goes_up = usize::try_from(kept)
        .ok()
        .and_then(|kept| digits.get(kept))
        .is_some_and(|next| *next >= 5);
    digits.truncate(usize::try_from(kept).unwrap_or(0));
    let mut integer_digits = value.point;
    if goes_up {
        // The digits stand for a number of units in the last place, so leading zeros are no matter.
        let carried = digits.iter().rposition(|digit| *digit < 9);
        match carried {
            Some(at) => {
                if let Some(digit) = digits.get_mut(at) {
                    *digit += 1;
                }
                digits.truncate(at + 1);
            }
            None => {
                digits = vec![1];
                integer_digits += 1;
            }
        }
    }
    let digit_at = |place: i64| {
        let digit = usize::try_from(place).ok().and_then(|at| digits.get(at));
        char::from(b'0' + digit.copied().unwrap_or(0))
    };
    let mut text: String = match integer_digits {
        1.. => (0..integer_digits).map(digit_at).collect(),
        _ => "0".to_owned(),
    };
    if places > 0 {
        text.push('.');
        text.extend((integer_digits..integer_digits + places).map(digit_at));
    }
    text
}
