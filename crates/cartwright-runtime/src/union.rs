//! What a generated `Deserialize` of a union is made of.
//!
//! A union is read once as JSON, told apart by its keys or by its JSON type, and then decoded as
//! exactly one variant, so that an error speaks of that variant and not of all of them:
//!
//! ```
//! use cartwright_runtime::union;
//!
//! #[derive(Debug, serde::Deserialize)]
//! struct Package {
//!     products: Vec<String>,
//! }
//!
//! #[derive(Debug)]
//! enum Details {
//!     Package(Package),
//!     Text(String),
//!     Other(serde_json::Value),
//! }
//!
//! impl<'de> serde::Deserialize<'de> for Details {
//!     fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
//!         let value = union::read(deserializer)?;
//!         if union::has_key(&value, "products") {
//!             return union::variant("Package", value).map(Self::Package);
//!         }
//!         match &value {
//!             v if union::is_text(v) => union::variant("Text", value).map(Self::Text),
//!             _ => Ok(Self::Other(value)),
//!         }
//!     }
//! }
//!
//! let details: Details = serde_json::from_str(r#"{"products": ["a"]}"#).unwrap();
//! assert!(matches!(details, Details::Package(package) if package.products == ["a"]));
//! let error = serde_json::from_str::<Details>(r#"{"products": ["a", 1]}"#).unwrap_err();
//! assert!(error.to_string().starts_with("in Package at products[1]: invalid type"));
//! ```
//!
//! The form `in <variant> at <path>: <message>` is a contract within this crate: a response that
//! cannot be decoded joins the inner path to the outer one, however deep unions are nested.

use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::decode::{is_plain, join, path_text};
use crate::integer::{Integral, Read, of_number};

/// Reads the union as JSON.
///
/// # Errors
/// The text is not JSON.
pub fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Value, D::Error> {
    Value::deserialize(deserializer)
}

/// Decodes the value as the variant of this name.
///
/// # Errors
/// The value does not fit; the message names the variant and the path within it.
pub fn variant<T: DeserializeOwned, E: Error>(name: &str, value: Value) -> Result<T, E> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let path = path_text(error.path());
        let inner = error.inner();
        if path.is_empty() {
            E::custom(format_args!("in {name}: {inner}"))
        } else {
            E::custom(format_args!("in {name} at {path}: {inner}"))
        }
    })
}

/// [`variant`] for a type of integers: a number without a fraction is one, however it is written.
///
/// # Errors
/// As [`variant`].
pub fn integers<T: Integral, E: Error>(name: &str, value: Value) -> Result<T, E> {
    variant::<Read<T>, E>(name, value).map(|read| read.0)
}

/// Whether the value is an object with this key, be its value `null` or not.
pub fn has_key(value: &Value, key: &str) -> bool {
    value.get(key).is_some()
}

/// Whether the value is an object in which this key has this text.
pub fn key_equals(value: &Value, key: &str, text: &str) -> bool {
    value.get(key).and_then(Value::as_str) == Some(text)
}

/// Whether the value is a text.
pub fn is_text(value: &Value) -> bool {
    value.is_string()
}

/// Whether the value is a number without a fraction that an `i64` holds, however it is written.
pub fn is_integer(value: &Value) -> bool {
    let integer = match value {
        Value::Number(number) => of_number(number),
        _ => None,
    };
    integer.is_some_and(|integer| i64::try_from(integer).is_ok())
}

/// Whether the value is a number.
pub fn is_number(value: &Value) -> bool {
    value.is_number()
}

/// Whether the value is `true` or `false`.
pub fn is_boolean(value: &Value) -> bool {
    value.is_boolean()
}

/// Whether the value is an array.
pub fn is_array(value: &Value) -> bool {
    value.is_array()
}

/// Whether the value is an object.
pub fn is_object(value: &Value) -> bool {
    value.is_object()
}

/// Whether the value is `null`.
pub fn is_null(value: &Value) -> bool {
    value.is_null()
}

/// A message taken apart: the unions it came through, the path within them, and what is wrong.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Split {
    pub(crate) variants: Vec<String>,
    pub(crate) path: String,
    pub(crate) message: String,
}

/// Takes a message of [`variant`] apart.
pub(crate) fn split(message: &str) -> Split {
    let mut split = Split::default();
    let mut rest = message;
    while let Some((name, path, inner)) = split_one(rest) {
        split.variants.push(name.to_owned());
        split.path = join(split.path, path);
        rest = inner;
    }
    split.message = rest.to_owned();
    split
}

fn split_one(message: &str) -> Option<(&str, &str, &str)> {
    let rest = message.strip_prefix("in ")?;
    let (name, rest) = rest.split_at(rest.find([' ', ':'])?);
    if !is_plain(name) {
        return None;
    }
    let Some(rest) = rest.strip_prefix(" at ") else {
        return Some((name, "", rest.strip_prefix(": ")?));
    };
    let end = path_length(rest);
    let (path, rest) = rest.split_at(end);
    Some((name, path, rest.strip_prefix(": ")?))
}

/// How much of the text is a path. A quoted key may hold whatever would end one.
fn path_length(text: &str) -> usize {
    let (mut in_quotes, mut escaped) = (false, false);
    for (place, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_quotes => escaped = true,
            b'"' => in_quotes = !in_quotes,
            b':' if !in_quotes => return place,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    type Test = fn(&Value) -> bool;

    #[test]
    fn json_types_are_told_apart() {
        let kinds = |text: &str| {
            let value: Value = serde_json::from_str(text).unwrap();
            let tests: [(&str, Test); 7] = [
                ("text", is_text),
                ("integer", is_integer),
                ("number", is_number),
                ("boolean", is_boolean),
                ("array", is_array),
                ("object", is_object),
                ("null", is_null),
            ];
            let found: Vec<_> = tests
                .iter()
                .filter(|(_, is)| is(&value))
                .map(|(kind, _)| *kind)
                .collect();
            found.join(" ")
        };
        for (text, kind) in [
            (r#""1""#, "text"),
            ("1", "integer number"),
            ("0", "integer number"),
            ("-9223372036854775808", "integer number"),
            ("9223372036854775808", "number"),
            ("1.0", "integer number"),
            ("1e2", "integer number"),
            ("-0", "integer number"),
            ("1.5", "number"),
            ("true", "boolean"),
            ("[]", "array"),
            ("{}", "object"),
            ("null", "null"),
        ] {
            assert_eq!(kinds(text), kind, "{text}");
        }
    }

    #[test]
    fn a_key_tells_a_variant_by_its_presence_or_its_text() {
        let value = json!({"kind": "product", "code": null, "n": 1});
        assert!(has_key(&value, "code") && !has_key(&value, "products"));
        assert!(key_equals(&value, "kind", "product") && !key_equals(&value, "kind", "bundle"));
        assert!(!key_equals(&value, "n", "1"));
        assert!(!has_key(&json!(["kind"]), "kind") && !has_key(&json!("kind"), "kind"));
    }

    #[test]
    fn an_i64_in_a_variant_decodes_in_both_modes_of_serde_json() {
        #[derive(serde::Deserialize)]
        struct Line {
            quantity: i64,
            extra: Option<i64>,
        }
        let value: Value = serde_json::from_str(r#"{"quantity": 3, "extra": 4}"#).unwrap();
        let line: Line = variant::<_, serde_json::Error>("Line", value).unwrap();
        assert_eq!((line.quantity, line.extra), (3, Some(4)));
    }

    #[test]
    fn a_message_is_taken_apart_and_one_that_only_looks_alike_is_left_alone() {
        let taken = split(r#"in A at b[0]["c: \"d"]: in E: in F at [1].g: missing field `x`"#);
        assert_eq!(taken.variants, ["A", "E", "F"]);
        assert_eq!(taken.path, r#"b[0]["c: \"d"][1].g"#);
        assert_eq!(taken.message, "missing field `x`");
        for message in [
            "in the end: no",
            "in A at b",
            "in A",
            "in ",
            "",
            "in é: x",
            "in A at \"b: c",
        ] {
            assert_eq!(
                split(message),
                Split {
                    message: message.into(),
                    ..Split::default()
                }
            );
        }
    }
}
