//! The text form of a line: `product:118,variant=140,qty=2`.

use cartwright::{Decimal, NewLine, OptionChoice, Party};

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

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn option(option_id: &str, value_id: &str) -> OptionChoice {
        OptionChoice::Value {
            option_id: option_id.to_owned(),
            value_id: value_id.to_owned(),
        }
    }

    #[test]
    fn each_part_has_its_place_in_the_line() {
        let people = || {
            (
                Party::new("Ann", "ann@example.com"),
                Party::new("Bo Lee", "bo@example.com"),
            )
        };
        let gift = |amount: &str| {
            let (ann, bo) = people();
            NewLine::gift_certificate("Voucher", decimal(amount), "Boy", ann, bo)
        };
        let table: Vec<(&str, NewLine)> = vec![
            ("product:118", NewLine::product("118", 1).into()),
            (
                "product:118,variant=140,qty=2",
                NewLine::product("118", 2).variant("140").into(),
            ),
            (
                "product:a:b,price=0",
                NewLine::product("a:b", 1).unit_price(decimal("0")).into(),
            ),
            (
                "product:1,name=Tea\\, green",
                NewLine::product("1", 1).name("Tea, green").into(),
            ),
            (
                "product:1,name=a=b",
                NewLine::product("1", 1).name("a=b").into(),
            ),
            (
                "product:1,option=125=130,option=133=148",
                NewLine::product("1", 1)
                    .option(option("125", "130"))
                    .option(option("133", "148"))
                    .into(),
            ),
            (
                "product:1,text=9=To Bo\\, from Ann",
                NewLine::product("1", 1)
                    .option(OptionChoice::Text {
                        option_id: "9".to_owned(),
                        text: "To Bo, from Ann".to_owned(),
                    })
                    .into(),
            ),
            (
                "product:1,date=147=2026-01-09",
                NewLine::product("1", 1)
                    .option(OptionChoice::Date {
                        option_id: "147".to_owned(),
                        year: 2026,
                        month: 1,
                        day: 9,
                    })
                    .into(),
            ),
            (
                "custom:Engraving,price=4.50",
                NewLine::custom("Engraving", 1, decimal("4.50")).into(),
            ),
            (
                "custom:名入れ,price=4,qty=3,sku=E-1",
                NewLine::custom("名入れ", 3, decimal("4")).sku("E-1").into(),
            ),
            (
                "gift:Voucher,amount=25,theme=Boy,from=Ann<ann@example.com>,to=Bo Lee <bo@example.com>",
                gift("25").into(),
            ),
            (
                "gift:Voucher,to=Bo Lee<bo@example.com>,from=Ann<ann@example.com>,theme=Boy,amount=25,qty=2,message=Hi",
                gift("25").quantity(2).message("Hi").into(),
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
                "",
                "`` names no kind of line: begin with `product:ID`, `custom:NAME` or `gift:NAME`",
            ),
            (
                "118",
                "`118` names no kind of line: begin with `product:ID`, `custom:NAME` or `gift:NAME`",
            ),
            (
                "box:1",
                "`box` is not a kind of line: there are product, custom and gift",
            ),
            (
                "box:",
                "`box` is not a kind of line: there are product, custom and gift",
            ),
            (
                "product:",
                "`product:` is followed by nothing: give the vendor's id of the product",
            ),
            (
                "custom:,price=1",
                "`custom:` is followed by nothing: give the name that the shopper reads",
            ),
            ("product:1,qty=0", "qty: the quantity is 0: give at least 1"),
            (
                "product:1,qty=-1",
                "qty: `-1` is not a quantity: give a whole number of at least 1",
            ),
            (
                "product:1,qty=1.5",
                "qty: `1.5` is not a quantity: give a whole number of at least 1",
            ),
            (
                "product:1,qty=99999999999999999999",
                "qty: `99999999999999999999` is not a quantity: give a whole number of at least 1",
            ),
            (
                "product:1,price=-1",
                "price: -1 is negative: give 0 or more",
            ),
            (
                "product:1,price=1,50",
                "`50` is not a part of a line: write key=value, and \\, for a comma within a value",
            ),
            (
                "product:1,price=EUR 1",
                "price: `EUR 1` is not an amount: give a decimal number such as 4.50",
            ),
            ("product:1,qty=1,qty=2", "qty: stands twice: leave one out"),
            (
                "product:1,variant=",
                "variant: the value is empty: give one, or leave the part out",
            ),
            (
                "product:1,color=red",
                "`color` is not a part of a product line: it takes variant, qty, price, name, option, text, date",
            ),
            (
                "product:1, qty=2",
                "` qty` is not a part of a product line: it takes variant, qty, price, name, option, text, date",
            ),
            ("product:1,option=125", "option: write option=ID=VALUEID"),
            ("product:1,option==130", "option: write option=ID=VALUEID"),
            ("product:1,text=9=", "text: write text=ID=TEXT"),
            (
                "product:1,option=9=1,text=9=x",
                "text: option 9 is filled in twice: leave one out",
            ),
            (
                "product:1,date=9=31.1.2026",
                "date: `31.1.2026` is not a date: write it as 2026-01-31",
            ),
            (
                "product:1,date=9=2026-13-01",
                "date: `2026-13-01` is not a date: write it as 2026-01-31",
            ),
            (
                "product:1,date=9=2026-1-1",
                "date: `2026-1-1` is not a date: write it as 2026-01-31",
            ),
            (
                "custom:Tea",
                "price: missing: a custom line needs price=DECIMAL",
            ),
            (
                "custom:Tea,price=1,variant=2",
                "`variant` is not a part of a custom line: it takes price, qty, sku",
            ),
            (
                "gift:V,amount=1,theme=Boy,from=A<a@b>",
                "to: missing: a gift line needs to=NAME<EMAIL>",
            ),
            (
                "gift:V,amount=1,theme=Boy,from=a@b,to=B<b@c>",
                "from: `a@b` is not a person: write NAME<EMAIL>, as in Ann<ann@example.com>",
            ),
            (
                "gift:V,amount=1,theme=Boy,from=<a@b>,to=B<b@c>",
                "from: `<a@b>` is not a person: write NAME<EMAIL>, as in Ann<ann@example.com>",
            ),
        ];
        for (spec, refusal) in table {
            assert_eq!(parse(spec), Err(refusal.to_owned()), "{spec}");
        }
    }

    #[test]
    fn a_backslash_escapes_commas_and_itself_only() {
        for (spec, pieces) in [
            (r"a,b", vec!["a", "b"]),
            (r"a\,b", vec!["a,b"]),
            (r"a\\,b", vec![r"a\", "b"]),
            (r"a\\\,b", vec![r"a\,b"]),
            (r"a\b", vec![r"a\b"]),
            (r"a\", vec![r"a\"]),
            (r",", vec!["", ""]),
        ] {
            assert_eq!(split(spec), pieces, "{spec}");
        }
    }
}
