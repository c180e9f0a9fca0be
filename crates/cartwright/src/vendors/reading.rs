//! Reading a vendor's values into ours: what does not fit becomes a message, and is lost nowhere, because the vendor's answer stands beside the cart.

use cartwright_runtime::{Decimal, FlexibleText};
use serde_json::{Map, Value};

use super::amount;
use crate::{CartId, Error, ErrorKind, Message, Result, Severity, Total, TotalKind, Vendor};

/// What a mapping could not express.
pub(super) fn unreadable(path: impl Into<String>, what: &str, text: &str) -> Message {
    let shown = crate::id::start_of(text);
    let text = format!("`{shown}` is not {what}; the vendor's answer keeps it");
    Message::new(Severity::Warning, "unreadable", text, Some(path.into()))
}

/// Fields of an answer that the spec does not list, so that no mapping reads them. Each is told once, however many lines have it.
#[derive(Default)]
pub(super) struct Unknown(Vec<UnknownField>);

struct UnknownField {
    /// The path with every index taken out.
    place: String,
    /// The path of the first one.
    path: String,
    others: usize,
    weighs: bool,
}

impl Unknown {
    /// Notes the unknown fields of the object at this path, which is empty for the answer itself.
    pub(super) fn note(&mut self, at: &str, fields: &Map<String, Value>) {
        for (name, value) in fields.iter().filter(|(_, value)| says_something(value)) {
            let path = match at {
                "" => name.clone(),
                at => format!("{at}.{name}"),
            };
            let place = without_indices(&path);
            match self.0.iter_mut().find(|field| field.place == place) {
                Some(field) => {
                    field.others += 1;
                    field.weighs |= weighs(value);
                }
                None => self.0.push(UnknownField {
                    place,
                    path,
                    others: 0,
                    weighs: weighs(value),
                }),
            }
        }
    }

    /// A message for each of them: a warning where it may hold lines or amounts.
    pub(super) fn into_messages(self) -> impl Iterator<Item = Message> {
        self.0.into_iter().map(|field| {
            let severity = match field.weighs {
                true => Severity::Warning,
                false => Severity::Info,
            };
            let (of_several, what) = match field.others {
                0 => (String::new(), "this field"),
                others => (format!(" and {others} more like it"), "these fields"),
            };
            let may_hold = match field.weighs {
                true => "; it may hold lines or amounts that are missing here",
                false => "",
            };
            let text = format!(
                "`{}`{of_several}: this version does not know {what}; the vendor's answer keeps it{may_hold}",
                crate::id::start_of(&field.path)
            );
            Message::new(severity, "unknown-field", text, Some(field.path))
        })
    }
}

/// Whether leaving the value out leaves anything out.
fn says_something(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(values) => !values.is_empty(),
        Value::Object(fields) => !fields.is_empty(),
        _ => true,
    }
}

/// Whether a value may be an amount, or hold lines or amounts.
fn weighs(value: &Value) -> bool {
    match value {
        Value::Number(_) => true,
        Value::String(text) => amount::parse(text).is_some(),
        Value::Array(values) => values.iter().any(weighs),
        Value::Object(fields) => fields.values().any(weighs),
        _ => false,
    }
}

fn without_indices(path: &str) -> String {
    let mut place = String::new();
    let mut is_index = false;
    for c in path.chars() {
        match c {
            '[' => is_index = true,
            ']' => is_index = false,
            _ if is_index => continue,
            _ => {}
        }
        place.push(c);
    }
    place
}

/// What the vendor says of the state of a cart or a line, which has no field here.
pub(super) fn state(path: impl Into<String>, text: impl Into<String>) -> Message {
    Message::new(Severity::Warning, "state", text, Some(path.into()))
}

/// An answer without the list of the lines, which is not the same as a cart without lines.
pub(super) fn lines_missing(path: impl Into<String>) -> Message {
    let text = "the vendor's answer does not list the lines: the cart may have some";
    Message::new(Severity::Warning, "missing", text, Some(path.into()))
}

/// A quantity of at least 1.
pub(super) fn quantity(
    quantity: Option<i64>,
    path: impl Into<String>,
    messages: &mut Vec<Message>,
) -> Option<u64> {
    let quantity = quantity?;
    let counted = u64::try_from(quantity)
        .ok()
        .filter(|quantity| *quantity > 0);
    if counted.is_none() {
        messages.push(unreadable(path, "a quantity", &quantity.to_string()));
    }
    counted
}

/// An amount that may be written for people.
pub(super) fn text_amount(
    text: Option<&FlexibleText>,
    path: impl Into<String>,
    messages: &mut Vec<Message>,
) -> Option<Decimal> {
    let text = text?;
    let amount = amount::parse(text.as_str());
    if amount.is_none() {
        messages.push(unreadable(path, "an amount", text.as_str()));
    }
    amount
}

/// The totals that the vendor states.
pub(super) fn totals<const N: usize>(stated: [(TotalKind, Option<Decimal>); N]) -> Vec<Total> {
    stated
        .into_iter()
        .filter_map(|(kind, amount)| Some(Total::new(kind, amount?)))
        .collect()
}

/// The cart's id in an answer.
pub(super) fn cart_id(vendor: Vendor, id: Option<&str>, path: &str) -> Result<CartId> {
    let id = id
        .filter(|id| !id.is_empty())
        .ok_or_else(|| no_cart(vendor, path))?;
    CartId::new(vendor, id).map_err(|_| no_cart(vendor, path))
}

/// An answer that the vendor calls a success and that has no cart where one is documented.
pub(super) fn no_cart(vendor: Vendor, path: &str) -> Error {
    Error::new(ErrorKind::UnexpectedResponse, "the answer has no cart here")
        .vendor_is(vendor)
        .field_is(path)
}

/// Text that says something.
pub(super) fn non_empty(text: &Option<String>) -> Option<String> {
    text.clone().filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Unknown;
    use crate::Severity;

    fn said(objects: &[(&str, Value)]) -> Vec<(Severity, String, bool)> {
        let mut unknown = Unknown::default();
        for (at, object) in objects {
            unknown.note(at, object.as_object().unwrap());
        }
        let messages = unknown.into_messages();
        messages
            .map(|message| {
                let has_others = message.text.contains("more like it");
                (message.severity, message.path.unwrap(), has_others)
            })
            .collect()
    }

    #[test]
    fn an_unknown_field_is_named_and_warned_of_where_it_may_weigh() {
        for (value, severity) in [
            (json!([{"id": "a", "quantity": 1}]), Some(Severity::Warning)),
            (
                json!({"total": {"amount": "3.50"}}),
                Some(Severity::Warning),
            ),
            (json!(3.5), Some(Severity::Warning)),
            (json!("$1,234.50"), Some(Severity::Warning)),
            (json!("blue"), Some(Severity::Info)),
            (json!(["blue", {"of": "them"}]), Some(Severity::Info)),
            (json!(false), Some(Severity::Info)),
            (json!(null), None),
            (json!(""), None),
            (json!([]), None),
            (json!({}), None),
        ] {
            let found = said(&[("data", json!({"fees": value}))]);
            let expected = severity.map(|severity| (severity, "data.fees".to_owned(), false));
            assert_eq!(found, Vec::from_iter(expected), "{value}");
        }
    }

    #[test]
    fn the_same_field_of_many_lines_is_told_once() {
        let line = json!({"fees": 1, "note": "x"});
        let found = said(&[
            ("items[0]", line.clone()),
            ("items[10]", line),
            ("", json!({"fees": 2})),
        ]);
        let expected = [
            (Severity::Warning, "items[0].fees", true),
            (Severity::Info, "items[0].note", true),
            (Severity::Warning, "fees", false),
        ];
        assert_eq!(
            found,
            expected.map(|(severity, path, more)| (severity, path.to_owned(), more))
        );
    }
}
