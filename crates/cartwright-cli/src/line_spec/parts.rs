//! What lines and customers are made of: pieces between commas, `key=value`, and the forms of a value.

use cartwright::Decimal;

/// One `key=value`.
pub(crate) struct Part {
    pub(crate) key: String,
    pub(crate) value: String,
}

impl Part {
    pub(crate) fn read(piece: String) -> Result<Self, String> {
        match piece.split_once('=') {
            Some((key, value)) => Ok(Self {
                key: key.to_owned(),
                value: value.to_owned(),
            }),
            None => Err(format!(
                "`{piece}` is not a part: write key=value, and \\, for a comma within a value"
            )),
        }
    }

    pub(super) fn refused(&self, why: &str) -> String {
        format!("{}: {why}", self.key)
    }
}

/// Refuses parts that a kind of line does not have.
pub(super) fn only(parts: &[Part], kind: &str, keys: &[&str]) -> Result<(), String> {
    match parts.iter().find(|part| !keys.contains(&part.key.as_str())) {
        Some(part) => Err(format!(
            "`{}` is not a part of {kind} lines: they take {}",
            part.key,
            keys.join(", ")
        )),
        None => Ok(()),
    }
}

/// The value of a part that may stand once.
pub(crate) fn one<T>(
    parts: &[Part],
    key: &str,
    read: fn(&str) -> Result<T, String>,
) -> Result<Option<T>, String> {
    let mut found = parts.iter().filter(|part| part.key == key);
    let Some(part) = found.next() else {
        return Ok(None);
    };
    if found.next().is_some() {
        return Err(part.refused("stands twice: leave one out"));
    }
    read(&part.value)
        .map(Some)
        .map_err(|why| part.refused(&why))
}

/// The value of a part that must stand once; `form` is how it is written.
pub(super) fn needed<T>(
    parts: &[Part],
    kind: &str,
    form: &str,
    read: fn(&str) -> Result<T, String>,
) -> Result<T, String> {
    let key = form.split('=').next().unwrap_or(form);
    one(parts, key, read)?.ok_or_else(|| format!("{key}: missing: a {kind} line needs {form}"))
}

/// The pieces between the commas; a comma behind a backslash belongs to its piece.
pub(crate) fn pieces(spec: &str) -> Vec<String> {
    pieces_escaped(spec, &[',', '\\'])
}

/// The pieces between the commas, where a backslash escapes these characters.
pub(super) fn pieces_escaped(spec: &str, escapable: &[char]) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut piece = String::new();
    let mut characters = spec.chars().peekable();
    while let Some(character) = characters.next() {
        match (character, characters.peek()) {
            ('\\', Some(escaped)) if escapable.contains(escaped) => {
                piece.extend(characters.next());
            }
            (',', _) => pieces.push(std::mem::take(&mut piece)),
            _ => piece.push(character),
        }
    }
    pieces.push(piece);
    pieces
}

/// Reads a quantity: a whole number of at least 1.
pub(crate) fn quantity(text: &str) -> Result<u64, String> {
    match text.parse() {
        Ok(0) => Err("the quantity is 0: give at least 1".to_owned()),
        Ok(quantity) => Ok(quantity),
        Err(_) => Err(format!(
            "`{text}` is not a quantity: give a whole number of at least 1"
        )),
    }
}

/// Reads an amount of money: a decimal number of 0 or more.
pub(crate) fn price(text: &str) -> Result<Decimal, String> {
    match text.parse::<Decimal>() {
        Ok(amount) if amount.is_negative() => Err(format!("{text} is negative: give 0 or more")),
        Ok(amount) => Ok(amount),
        Err(_) => Err(format!(
            "`{text}` is not an amount: give a decimal number such as 4.50"
        )),
    }
}

/// Four, two and two digits. Whether the month has that day is left to the vendor.
pub(super) fn date(text: &str) -> Option<(u16, u8, u8)> {
    let digits =
        |text: &str, length| text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    let (year, rest) = text.split_once('-')?;
    let (month, day) = rest.split_once('-')?;
    if !(digits(year, 4) && digits(month, 2) && digits(day, 2)) {
        return None;
    }
    let date = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    matches!(date, (_, 1..=12, 1..=31)).then_some(date)
}

pub(crate) fn some_text(text: &str) -> Result<String, String> {
    match text {
        "" => Err("the value is empty: give one, or leave the part out".to_owned()),
        text => Ok(text.to_owned()),
    }
}

/// Reads a number of the vendor's or the caller's.
pub(super) fn number(text: &str) -> Result<i64, String> {
    match text.parse() {
        Ok(number) if number >= 0 => Ok(number),
        _ => Err(format!(
            "`{text}` is not a number: give a whole one, such as 3"
        )),
    }
}
