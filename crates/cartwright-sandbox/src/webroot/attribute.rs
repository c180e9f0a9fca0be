//! `LicenseAttributeValue`: three digits that say who sells, for which terms, and how it is counted.

use super::request::OrderType;
use super::seed::Misplaced;

/// Why a number is no attribute, in words that follow its field's path; else its words.
pub(super) fn read(number: i64, order_type: Option<OrderType>) -> Result<String, String> {
    let digits: Vec<char> = number.to_string().chars().collect();
    let [seller, terms, count] = digits.as_slice() else {
        return Err("must be a number of three digits".to_owned());
    };
    let terms = match terms {
        '1' => "Monthly",
        '2' => "Annual",
        _ => return Err("must have 1 (monthly) or 2 (annual) as its second digit".to_owned()),
    };
    let count = match count {
        '0' => "Sold",
        '1' => "Overage",
        '2' => "Utility",
        _ => return Err("must have 0, 1 or 2 as its third digit".to_owned()),
    };
    match order_type {
        Some(order_type) if order_type.digit != *seller => Err(format!(
            "must have {} as its first digit in an order of type {}",
            order_type.digit, order_type.name
        )),
        _ => Ok(format!("{terms} {count}")),
    }
}

/// What an answer says beside the number.
pub(super) fn words(number: i64) -> Option<String> {
    read(number, None).ok()
}

/// Finds an attribute of a seed or a state that could not have been ordered.
pub(super) fn check(attribute: Option<i64>) -> Result<(), Misplaced> {
    match attribute.map(|number| read(number, None)) {
        Some(Err(why)) => Err(Misplaced::new("attribute", why)),
        _ => Ok(()),
    }
}
