//! Lines of a shop: products, custom lines, gift certificates, and a provider's items.

use cartwright::{NewLine, OptionChoice, Party};

use super::parts::{Part, date, needed, number, one, only, price, quantity, some_text};

pub(super) fn product(id: String, parts: &[Part]) -> Result<NewLine, String> {
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

pub(super) fn custom(name: String, parts: &[Part]) -> Result<NewLine, String> {
    only(parts, "custom", &["price", "qty", "sku"])?;
    let unit_price = needed(parts, "custom", "price=DECIMAL", price)?;
    let quantity = one(parts, "qty", quantity)?.unwrap_or(1);
    let mut line = NewLine::custom(name, quantity, unit_price);
    if let Some(sku) = one(parts, "sku", some_text)? {
        line = line.sku(sku);
    }
    Ok(line.into())
}

pub(super) fn gift(name: String, parts: &[Part]) -> Result<NewLine, String> {
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

pub(super) fn item(id: String, parts: &[Part]) -> Result<NewLine, String> {
    only(parts, "item", &["price", "description", "order-item"])?;
    let mut line = NewLine::provider_item(id);
    if let Some(amount) = one(parts, "price", price)? {
        line = line.price(amount);
    }
    if let Some(text) = one(parts, "description", some_text)? {
        line = line.description(text);
    }
    if let Some(id) = one(parts, "order-item", number)? {
        line = line.order_item_id(id);
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
