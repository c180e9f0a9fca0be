//! Lines for licences: a new one by its category, or one that exists by its key.

use cartwright::{Decimal, LicenseLine, NewLine};

use super::parts::{Part, date, needed, number, one, only, quantity, some_text};

/// A field of a line that holds one of the vendor's numbers.
type SetNumber = fn(LicenseLine, i64) -> LicenseLine;

const NUMBERS: [(&str, SetNumber); 9] = [
    ("bundle", LicenseLine::bundle),
    ("hierarchy", LicenseLine::hierarchy),
    ("attribute", LicenseLine::attribute),
    ("vault", LicenseLine::vault),
    ("platform", LicenseLine::platform),
    ("retention", LicenseLine::retention),
    ("pricing-model", LicenseLine::pricing_model),
    ("pricing-level", LicenseLine::pricing_level),
    ("keycode-type", LicenseLine::keycode_type),
];

pub(super) fn new(category: String, parts: &[Part]) -> Result<NewLine, String> {
    only_terms(parts, "license", &["seats", "years"])?;
    let seats = needed(parts, "license", "seats=N", quantity)?;
    let years = needed(parts, "license", "years=Y", years)?;
    with_terms(NewLine::license(category, seats, years), parts)
}

pub(super) fn existing(key: String, parts: &[Part]) -> Result<NewLine, String> {
    only_terms(parts, "keycode", &["years", "seats", "category"])?;
    let mut line = NewLine::license_key(key, needed(parts, "keycode", "years=Y", years)?);
    if let Some(seats) = one(parts, "seats", quantity)? {
        line = line.seats(seats);
    }
    if let Some(category) = one(parts, "category", some_text)? {
        line = line.category(category);
    }
    with_terms(line, parts)
}

fn only_terms(parts: &[Part], kind: &str, own: &[&str]) -> Result<(), String> {
    let numbers = NUMBERS.map(|(key, _)| key);
    only(
        parts,
        kind,
        &[own, &["expires", "reference"], &numbers].concat(),
    )
}

/// What both kinds of line may say.
fn with_terms(mut line: LicenseLine, parts: &[Part]) -> Result<NewLine, String> {
    if let Some(date) = one(parts, "expires", expiry)? {
        line = line.expires_at(date);
    }
    if let Some(code) = one(parts, "reference", some_text)? {
        line = line.reference(code);
    }
    for (key, set) in NUMBERS {
        if let Some(value) = one(parts, key, number)? {
            line = set(line, value);
        }
    }
    Ok(line.into())
}

/// A number of years, which is sent as it is written. Which ones there are is the vendor's matter.
fn years(text: &str) -> Result<String, String> {
    match text.parse::<Decimal>() {
        Ok(years) if !years.is_negative() => Ok(text.to_owned()),
        _ => Err(format!(
            "`{text}` is not a number of years: give one such as 1 or 0.5"
        )),
    }
}

/// A day, or a point in time that begins with one, which is sent as it is written.
fn expiry(text: &str) -> Result<String, String> {
    let day = text.split('T').next().and_then(date);
    match day {
        Some(_) => Ok(text.to_owned()),
        None => Err(format!(
            "`{text}` is not a date: write it as 2026-01-31 or 2026-01-31T12:00:00Z"
        )),
    }
}

#[cfg(test)]
mod tests {
    use cartwright::NewLine;

    use super::super::parse;

    #[test]
    fn each_part_has_its_place_in_the_line() {
        let new = || NewLine::license("SAEP", 25, "1");
        let table: Vec<(&str, NewLine)> = vec![
            ("license:SAEP,seats=25,years=1", new().into()),
            (
                "license:SAEP,years=0.083,seats=1",
                NewLine::license("SAEP", 1, "0.083").into(),
            ),
            (
                "license:SAEP,seats=25,years=1,bundle=1,hierarchy=2,attribute=110,vault=3,platform=4",
                new()
                    .bundle(1)
                    .hierarchy(2)
                    .attribute(110)
                    .vault(3)
                    .platform(4)
                    .into(),
            ),
            (
                "license:SAEP,seats=25,years=1,retention=5,pricing-model=6,pricing-level=7,keycode-type=8",
                new()
                    .retention(5)
                    .pricing_model(6)
                    .pricing_level(7)
                    .keycode_type(8)
                    .into(),
            ),
            (
                "license:SAEP,seats=25,years=1,expires=2026-01-31,reference=No. 7\\, urgent",
                new()
                    .expires_at("2026-01-31")
                    .reference("No. 7, urgent")
                    .into(),
            ),
            (
                "license:SAEP,seats=25,years=1,expires=2026-01-31T12:00:00+01:00",
                new().expires_at("2026-01-31T12:00:00+01:00").into(),
            ),
            (
                "keycode:SAEP-0001,years=2",
                NewLine::license_key("SAEP-0001", "2").into(),
            ),
            (
                "keycode:K,years=2,seats=30,category=SDNS,bundle=1",
                NewLine::license_key("K", "2")
                    .seats(30)
                    .category("SDNS")
                    .bundle(1)
                    .into(),
            ),
        ];
        for (spec, line) in table {
            assert_eq!(parse(spec), Ok(line), "{spec}");
        }
    }

    #[test]
    fn a_refusal_names_the_part_and_the_mend() {
        let table = [
            (
                "license:,seats=1,years=1",
                "`license:` is followed by nothing: give the vendor's category of the licence",
            ),
            (
                "keycode:",
                "`keycode:` is followed by nothing: give the key of the licence",
            ),
            (
                "license:SAEP,years=1",
                "seats: missing: a license line needs seats=N",
            ),
            (
                "license:SAEP,seats=1",
                "years: missing: a license line needs years=Y",
            ),
            ("keycode:K", "years: missing: a keycode line needs years=Y"),
            (
                "license:SAEP,seats=0,years=1",
                "seats: the quantity is 0: give at least 1",
            ),
            (
                "license:SAEP,seats=1,years=two",
                "years: `two` is not a number of years: give one such as 1 or 0.5",
            ),
            (
                "license:SAEP,seats=1,years=-1",
                "years: `-1` is not a number of years: give one such as 1 or 0.5",
            ),
            (
                "license:SAEP,seats=1,years=1,vault=east",
                "vault: `east` is not a number: give a whole one, such as 3",
            ),
            (
                "license:SAEP,seats=1,years=1,expires=tomorrow",
                "expires: `tomorrow` is not a date: write it as 2026-01-31 or 2026-01-31T12:00:00Z",
            ),
            (
                "license:SAEP,seats=1,years=1,bundle=1,bundle=2",
                "bundle: stands twice: leave one out",
            ),
            (
                "license:SAEP,seats=1,years=1,reference=",
                "reference: the value is empty: give one, or leave the part out",
            ),
            (
                "license:SAEP,seats=1,years=1,category=SDNS",
                "`category` is not a part of license lines: they take seats, years, expires, reference, bundle, \
                 hierarchy, attribute, vault, platform, retention, pricing-model, pricing-level, keycode-type",
            ),
            (
                "keycode:K,years=1,qty=2",
                "`qty` is not a part of keycode lines: they take years, seats, category, expires, reference, bundle, \
                 hierarchy, attribute, vault, platform, retention, pricing-model, pricing-level, keycode-type",
            ),
        ];
        for (spec, refusal) in table {
            assert_eq!(parse(spec), Err(refusal.to_owned()), "{spec}");
        }
    }
}
