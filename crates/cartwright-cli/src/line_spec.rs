//! The text form of a line: `product:118,variant=140,qty=2`.

use cartwright::{Decimal, NewLine, OptionChoice, Party};

#[cfg(test)]
mod tests;

/// The grammar, for `--help`.
pub(crate) const GRAMMAR: &str = "\
SPEC is one of
  product:ID[,variant=ID][,qty=N][,price=DECIMAL][,name=TEXT]
            [,option=ID=VALUEID]...[,text=ID=TEXT]...[,date=ID=YYYY-MM-DD]...
  custom:NAME,price=DECIMAL[,qty=N][,sku=S]
  gift:NAME,amount=DECIMAL,theme=T,from=NAME<EMAIL>,to=NAME<EMAIL>[,message=TEXT][,qty=N]
where ID and VALUEID are the vendor's ids, and qty is 1 unless set. option chooses one of an option's
values, text and date fill in what the shopper types. Within a value write \\, for a comma and
\\\\ for a backslash.

Examples:
  --line product:118,variant=140,qty=2
  --line 'custom:Engraving,price=4.50'
  --line 'gift:Voucher,amount=25,theme=General,from=Ann<ann@example.com>,to=Bo<bo@example.com>'";

/// Reads a line, or says which part is wrong and how to mend it.
pub(crate) fn parse(spec: &str) -> Result<NewLine, String> {
    let mut pieces = split(spec).into_iter();
    let head = pieces.next().unwrap_or_default();
    let Some((kind, subject)) = head.split_once(':') else {
        return Err(format!(
            "`{head}` names no kind of line: begin with `product:ID`, `custom:NAME` or `gift:NAME`"
        ));
    };
    let parts = pieces.map(Part::read).collect::<Result<Vec<_>, _>>()?;
    let subject = match subject {
        "" => {
            return Err(format!(
                "`{kind}:` is followed by nothing: give {}",
                subject_of(kind)?
            ));
        }
        subject => subject.to_owned(),
    };
    match kind {
        "product" => product(subject, &parts),
        "custom" => custom(subject, &parts),
        "gift" => gift(subject, &parts),
        _ => Err(unknown_kind(kind)),
    }
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

fn product(id: String, parts: &[Part]) -> Result<NewLine, String> {
    only(
        parts,
        "product",
        &["variant", "qty", "price", "name", "option", "text", "date"],
    )?;
    let mut line = NewLine::product(id, one(parts, "qty", quantity)?.unwrap_or(1));
    if let Some(id) = one(parts, "variant", some_text)? {
        line = line.variant(id);
    }
    if let Some(amount) = one(parts, "price", price)? {
        line = line.unit_price(amount);
    }
    if let Some(name) = one(parts, "name", some_text)? {
        line = line.name(name);
    }
    let mut chosen = Vec::new();
    for part in parts {
        let Some(choice) = choice(part)? else {
            continue;
        };
        let option = part.value.split('=').next().unwrap_or_default();
        if chosen.contains(&option) {
            return Err(part.refused(&format!(
                "option {option} is filled in twice: leave one out"
            )));
        }
        chosen.push(option);
        line = line.option(choice);
    }
    Ok(line.into())
}

fn custom(name: String, parts: &[Part]) -> Result<NewLine, String> {
    only(parts, "custom", &["price", "qty", "sku"])?;
    let unit_price = needed(parts, "custom", "price=DECIMAL", price)?;
    let quantity = one(parts, "qty", quantity)?.unwrap_or(1);
    let mut line = NewLine::custom(name, quantity, unit_price);
    if let Some(sku) = one(parts, "sku", some_text)? {
        line = line.sku(sku);
    }
    Ok(line.into())
}

fn gift(name: String, parts: &[Part]) -> Result<NewLine, String> {
    only(
        parts,
        "gift",
        &["amount", "theme", "from", "to", "message", "qty"],
    )?;
    let amount = needed(parts, "gift", "amount=DECIMAL", price)?;
    let theme = needed(parts, "gift", "theme=T", some_text)?;
    let sender = needed(parts, "gift", "from=NAME<EMAIL>", party)?;
    let recipient = needed(parts, "gift", "to=NAME<EMAIL>", party)?;
    let mut line = NewLine::gift_certificate(name, amount, theme, sender, recipient)
        .quantity(one(parts, "qty", quantity)?.unwrap_or(1));
    if let Some(message) = one(parts, "message", some_text)? {
        line = line.message(message);
    }
    Ok(line.into())
}

/// The option that a part fills in, if it is a part that does.
fn choice(part: &Part) -> Result<Option<OptionChoice>, String> {
    let form = match part.key.as_str() {
        "option" => "option=ID=VALUEID",
        "text" => "text=ID=TEXT",
        "date" => "date=ID=YYYY-MM-DD",
        _ => return Ok(None),
    };
    let (option_id, value) = match part.value.split_once('=') {
        Some((id, value)) if !id.is_empty() && !value.is_empty() => {
            (id.to_owned(), value.to_owned())
        }
        _ => return Err(part.refused(&format!("write {form}"))),
    };
    Ok(Some(match part.key.as_str() {
        "option" => OptionChoice::Value {
            option_id,
            value_id: value,
        },
        "text" => OptionChoice::Text {
            option_id,
            text: value,
        },
        _ => {
            let (year, month, day) = date(&value).ok_or_else(|| {
                part.refused(&format!("`{value}` is not a date: write it as 2026-01-31"))
            })?;
            OptionChoice::Date {
                option_id,
                year,
                month,
                day,
            }
        }
    }))
}

/// Four, two and two digits. Whether the month has that day is left to the vendor.
fn date(text: &str) -> Option<(u16, u8, u8)> {
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

/// `Ann<ann@example.com>`.
fn party(text: &str) -> Result<Party, String> {
    let read = text
        .strip_suffix('>')
        .and_then(|text| text.rsplit_once('<'));
    match read.map(|(name, email)| (name.trim(), email.trim())) {
        Some((name, email)) if !name.is_empty() && email.contains('@') => {
            Ok(Party::new(name, email))
        }
        _ => Err(format!(
            "`{text}` is not a person: write NAME<EMAIL>, as in Ann<ann@example.com>"
        )),
    }
}

fn some_text(text: &str) -> Result<String, String> {
    match text {
        "" => Err("the value is empty: give one, or leave the part out".to_owned()),
        text => Ok(text.to_owned()),
    }
}

/// One `key=value` of a line.
struct Part {
    key: String,
    value: String,
}

impl Part {
    fn read(piece: String) -> Result<Self, String> {
        match piece.split_once('=') {
            Some((key, value)) => Ok(Self {
                key: key.to_owned(),
                value: value.to_owned(),
            }),
            None => Err(format!(
                "`{piece}` is not a part of a line: write key=value, and \\, for a comma within a value"
            )),
        }
    }

    fn refused(&self, why: &str) -> String {
        format!("{}: {why}", self.key)
    }
}

/// Refuses parts that a kind of line does not have.
fn only(parts: &[Part], kind: &str, keys: &[&str]) -> Result<(), String> {
    match parts.iter().find(|part| !keys.contains(&part.key.as_str())) {
        Some(part) => Err(format!(
            "`{}` is not a part of a {kind} line: it takes {}",
            part.key,
            keys.join(", ")
        )),
        None => Ok(()),
    }
}

/// The value of a part that may stand once.
fn one<T>(
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
fn needed<T>(
    parts: &[Part],
    kind: &str,
    form: &str,
    read: fn(&str) -> Result<T, String>,
) -> Result<T, String> {
    let key = form.split('=').next().unwrap_or(form);
    one(parts, key, read)?.ok_or_else(|| format!("{key}: missing: a {kind} line needs {form}"))
}

fn subject_of(kind: &str) -> Result<&'static str, String> {
    match kind {
        "product" => Ok("the vendor's id of the product"),
        "custom" | "gift" => Ok("the name that the shopper reads"),
        _ => Err(unknown_kind(kind)),
    }
}

fn unknown_kind(kind: &str) -> String {
    format!("`{kind}` is not a kind of line: there are product, custom and gift")
}

/// The pieces between the commas; a comma behind a backslash belongs to its piece.
fn split(spec: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut piece = String::new();
    let mut characters = spec.chars().peekable();
    while let Some(character) = characters.next() {
        match (character, characters.peek()) {
            ('\\', Some(&escaped @ (',' | '\\'))) => {
                piece.push(escaped);
                characters.next();
            }
            (',', _) => pieces.push(std::mem::take(&mut piece)),
            _ => piece.push(character),
        }
    }
    pieces.push(piece);
    pieces
}
