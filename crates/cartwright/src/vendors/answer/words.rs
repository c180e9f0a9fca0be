//! What a vendor says of a failure, read from JSON of any shape: a field of another type than documented must not lose the words beside it.

use serde_json::{Map, Value};

use crate::{ErrorDetail, ErrorKind};

/// What a vendor's body says of a failure, unchanged.
#[derive(Debug, Default)]
pub(in crate::vendors) struct Words {
    /// The vendor's code.
    pub(in crate::vendors) code: Option<String>,
    /// The vendor's words on the failure as a whole.
    pub(in crate::vendors) said: Vec<String>,
    /// What it lists.
    pub(in crate::vendors) details: Vec<ErrorDetail>,
    /// Fields that it names beside the list.
    pub(in crate::vendors) fields: Vec<String>,
    /// The kind, where the body tells it better than the status.
    pub(in crate::vendors) kind: Option<ErrorKind>,
    /// The kind of record that was not found, in the vendor's word.
    pub(in crate::vendors) record: Option<String>,
    /// The vendor's id of the request, where it stands in the body.
    pub(in crate::vendors) request_id: Option<String>,
    /// Whether the body says by itself that the call failed, under whatever status.
    pub(in crate::vendors) is_failure: bool,
}

impl Words {
    /// Everything in one text: the words on the whole, then each detail that they don't have already.
    pub(super) fn message(&self) -> Option<String> {
        let mut parts: Vec<String> = Vec::new();
        for said in &self.said {
            if !parts.contains(said) {
                parts.push(said.clone());
            }
        }
        for detail in &self.details {
            let is_told = |part: &String| {
                let names = |field: &String| part.contains(field.as_str());
                part.contains(&detail.message) && detail.field.as_ref().is_none_or(names)
            };
            let shown = detail.to_string();
            if !shown.is_empty() && !parts.iter().any(is_told) {
                parts.push(shown);
            }
        }
        (!parts.is_empty()).then(|| parts.join("; "))
    }

    /// The field, where exactly one is named.
    pub(super) fn field(&self) -> Option<String> {
        let named = self
            .details
            .iter()
            .filter_map(|detail| detail.field.as_ref());
        let mut named = named.chain(&self.fields);
        let first = named.next()?;
        named.all(|other| other == first).then(|| first.clone())
    }

    /// A vendor, or something before it, that says it in a plain text.
    pub(super) fn or_text(mut self, body: Option<&[u8]>) -> Self {
        const LONGEST: usize = 1_000;
        let text = String::from_utf8_lossy(body.unwrap_or_default());
        let text = text.trim();
        let is_plain = !text.is_empty()
            && text.chars().count() <= LONGEST
            && !text.starts_with(['{', '[', '"'])
            && !text.contains('<')
            && serde_json::from_str::<Value>(text).is_err();
        if is_plain && self.message().is_none() {
            self.said.push(text.to_owned());
        }
        self
    }
}

/// The body as JSON. A byte that is no UTF-8 costs one character and not the words.
pub(super) fn value_of(body: &[u8]) -> Option<Value> {
    let text = String::from_utf8_lossy(body);
    cartwright_runtime::decode_json(text.trim_start_matches('\u{feff}').as_bytes()).ok()
}

/// The value of a key, however it is written: `full_message`, `fullMessage`, `FullMessage`.
pub(in crate::vendors) fn entry<'a>(
    object: &'a Map<String, Value>,
    key: &str,
) -> Option<&'a Value> {
    fn plain(key: &str) -> impl Iterator<Item = char> {
        let letters = key.chars().filter(|c| c.is_alphanumeric());
        letters.map(|c| c.to_ascii_lowercase())
    }
    object.get(key).or_else(|| {
        let mut alike = object.iter();
        let alike = alike.find(|(name, _)| plain(name).eq(plain(key)));
        alike.map(|(_, value)| value)
    })
}

/// A text, or a number as one.
pub(in crate::vendors) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The texts of these keys, in this order: of a text, of a list of them, of an object of them.
pub(in crate::vendors) fn texts(object: &Map<String, Value>, keys: &[&str]) -> Vec<String> {
    let values = keys.iter().filter_map(|key| entry(object, key));
    let told = values.flat_map(|value| details(value).into_iter().map(|it| it.to_string()));
    told.filter(|text| !text.trim().is_empty()).collect()
}

/// The first of these keys that holds a text.
pub(in crate::vendors) fn first_text(object: &Map<String, Value>, keys: &[&str]) -> Option<String> {
    keys.iter().find_map(|key| text(entry(object, key)?))
}

/// What a list of failures says: texts, objects with a message and a field, a map of fields to messages, and any of them within another.
pub(in crate::vendors) fn details(value: &Value) -> Vec<ErrorDetail> {
    let mut found = Vec::new();
    match value {
        Value::Object(object) if is_one_failure(object) => add_failure(object, "", &mut found),
        _ => collect(value, "", &mut found),
    }
    found
}

/// The names under which a failure has its words, the clearest first.
const MESSAGES: [&str; 11] = [
    "full_message",
    "message",
    "title",
    "detail",
    "error_description",
    "error_message",
    "description",
    "public_message",
    "error",
    "reason",
    "text",
];
const CODES: [&str; 4] = ["error_class", "code", "error_code", "error_type"];
const FIELDS: [&str; 3] = ["field", "fields", "property"];
const WITHIN: [&str; 3] = ["errors", "details", "causes"];

/// In a list a message is enough; where there is none, the code of what is wrong with which field.
fn is_failure_of_list(object: &Map<String, Value>) -> bool {
    let has = |keys: &[&str]| keys.iter().any(|key| entry(object, key).is_some());
    first_message(object).is_some() || (has(&CODES) && has(&FIELDS))
}

/// A map of fields to messages may have a field that is called `message`; one failure has a code or a field beside it.
fn is_one_failure(object: &Map<String, Value>) -> bool {
    let has = |keys: &[&str]| keys.iter().any(|key| entry(object, key).is_some());
    has(&MESSAGES) && (has(&CODES) || has(&FIELDS) || has(&["status"]))
}

fn collect(value: &Value, at: &str, found: &mut Vec<ErrorDetail>) {
    match value {
        Value::Null => {}
        // PHP's way to say that there is nothing.
        Value::Bool(_) if at.is_empty() => {}
        Value::String(text) if text.is_empty() && at.is_empty() => {}
        Value::String(text) => found.push(detail(at, text.clone())),
        Value::Bool(_) | Value::Number(_) => found.push(detail(at, value.to_string())),
        Value::Array(entries) => {
            for (index, entry) in entries.iter().enumerate() {
                let within = match at.is_empty() {
                    true => String::new(),
                    false => format!("{at}[{index}]"),
                };
                match entry {
                    Value::Object(object) if is_failure_of_list(object) => {
                        add_failure(object, &within, found);
                    }
                    Value::Object(_) | Value::Array(_) => collect(entry, &within, found),
                    // Several messages on one field.
                    _ => collect(entry, at, found),
                }
            }
        }
        Value::Object(object) => {
            for (key, value) in object {
                collect(value, &join(at, key), found);
            }
        }
    }
}

fn first_message(object: &Map<String, Value>) -> Option<String> {
    let messages = MESSAGES.iter().filter_map(|key| text(entry(object, key)?));
    messages.into_iter().find(|message| !message.is_empty())
}

/// One failure, and those within it.
fn add_failure(object: &Map<String, Value>, at: &str, found: &mut Vec<ErrorDetail>) {
    let code = first_text(object, &CODES);
    let message = first_message(object).unwrap_or_default();
    let mut fields = names(FIELDS.iter().find_map(|key| entry(object, key)));
    if fields.is_empty() {
        fields.push(at.to_owned());
    }
    for field in fields {
        found.push(ErrorDetail {
            code: code.clone(),
            ..detail(&field, message.clone())
        });
    }
    for within in WITHIN.iter().filter_map(|key| entry(object, key)) {
        found.extend(details(within));
    }
}

/// The names in a text or a list of texts.
pub(in crate::vendors) fn names(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::Array(names)) => names.iter().filter_map(text).collect(),
        Some(name) => text(name)
            .filter(|name| !name.is_empty())
            .into_iter()
            .collect(),
        None => Vec::new(),
    }
}

fn detail(at: &str, message: String) -> ErrorDetail {
    // The place in a list is no field.
    let is_place = at.chars().all(|c| c.is_ascii_digit() || "[].".contains(c));
    ErrorDetail {
        field: (!is_place).then(|| at.to_owned()),
        code: None,
        message,
    }
}

/// PHP writes a list with gaps as a map.
fn join(at: &str, key: &str) -> String {
    let is_index = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_digit());
    match at.is_empty() {
        true => key.to_owned(),
        false if is_index => format!("{at}[{key}]"),
        false => format!("{at}.{key}"),
    }
}
