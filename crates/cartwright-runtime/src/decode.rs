//! JSON into values, with the full path of whatever does not fit.

use std::borrow::Cow;

use bytes::Bytes;
use http::StatusCode;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_path_to_error::{Path, Segment, Track};

use crate::body::{End, Received, write_line};
use crate::error::DecodeFailure;
use crate::gzip;
use crate::page;
use crate::transport::Causes;
use crate::union;

/// Decodes the body of a response, or says where and why it does not fit.
pub(crate) fn decode<T: DeserializeOwned>(received: &Received) -> Result<T, Box<DecodeFailure>> {
    let has_no_body = [StatusCode::NO_CONTENT, StatusCode::RESET_CONTENT];
    decode_body(received, !has_no_body.contains(&received.status))
}

/// As [`decode`]; a response without a body is decoded from `null`.
pub(crate) fn decode_body<T: DeserializeOwned>(
    received: &Received,
    has_body: bool,
) -> Result<T, Box<DecodeFailure>> {
    let failure = |path: String, message: String| {
        Box::new(DecodeFailure {
            operation: received.operation,
            status: received.status,
            headers: received.headers.clone(),
            path,
            message,
            body: received.body.clone(),
            truncated: !matches!(received.end, End::Whole),
            broke_off: received.broke_off(),
            attempts: received.attempts,
        })
    };
    match &received.end {
        End::Whole => {}
        End::OverLimit(limit) => {
            let message = format!("the body is larger than the limit of {limit} bytes");
            return Err(failure(String::new(), message));
        }
        End::Broken(error) => return Err(failure(String::new(), Causes(error).to_string())),
    }
    let encodings = gzip::encodings(&received.headers);
    if has_body && !encodings.is_empty() {
        let message = format!(
            "the body is encoded as `{}`, which this client cannot read; it asked for `{}`",
            encodings.join(", "),
            gzip::ACCEPTED
        );
        return Err(failure(String::new(), message));
    }
    let body = if !has_body {
        &Bytes::from_static(b"null")
    } else if received.body.is_empty() {
        return Err(failure(String::new(), "the body is empty".into()));
    } else {
        &received.body
    };
    let value = from_slice(body).or_else(|error| {
        let repaired = repaired(body).ok_or(error)?;
        tracing::warn!(
            operation = received.operation.id,
            "a text of the response holds half a character; U+FFFD stands in its place"
        );
        from_slice(&repaired)
    });
    value.map_err(|(path, message)| {
        let is_whole = path.is_empty();
        let page = || page::described(&received.headers, body);
        let message = is_whole.then(page).flatten().unwrap_or(message);
        failure(path, message)
    })
}

/// Decodes a body as a response's is decoded: half a character in a text costs that character alone.
///
/// A text that was cut in the middle of an emoji holds one half of a surrogate pair (`"\ud83d"`), or
/// bytes that are no UTF-8. Neither has a meaning, and U+FFFD takes its place.
///
/// ```
/// let names: Vec<String> = cartwright_runtime::decode_json(br#"["Ring \ud83d", "Chain"]"#).unwrap();
/// assert_eq!(names, ["Ring \u{fffd}", "Chain"]);
/// ```
///
/// # Errors
/// The body is not JSON, or does not fit `T`.
pub fn decode_json<T: DeserializeOwned>(body: &[u8]) -> Result<T, serde_json::Error> {
    serde_json::from_slice(body).or_else(|error| match repaired(body) {
        Some(repaired) => serde_json::from_slice(&repaired),
        None => Err(error),
    })
}

/// The JSON with U+FFFD for every half of a surrogate pair and for bytes that are no UTF-8; `None` where
/// there is nothing to repair.
fn repaired(json: &[u8]) -> Option<Vec<u8>> {
    const REPLACEMENT: &[u8] = br"\ufffd";
    let text = String::from_utf8_lossy(json);
    let mut is_changed = matches!(text, Cow::Owned(_));
    let bytes = text.as_bytes();
    let mut whole = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let [first, ..] = rest {
        let taken = match (first, escaped_unit(rest)) {
            (_, Some(0xD800..=0xDBFF)) => match rest.get(6..).and_then(escaped_unit) {
                Some(0xDC00..=0xDFFF) => 12,
                _ => 0,
            },
            (_, Some(0xDC00..=0xDFFF)) => 0,
            (_, Some(_)) => 6,
            // The escaped character may be a backslash.
            (b'\\', None) => 2,
            _ => 1,
        };
        match taken {
            0 => {
                whole.extend_from_slice(REPLACEMENT);
                rest = rest.get(6..).unwrap_or_default();
                is_changed = true;
            }
            taken => {
                let (kept, after) = rest.split_at(taken.min(rest.len()));
                whole.extend_from_slice(kept);
                rest = after;
            }
        }
    }
    is_changed.then_some(whole)
}

/// The UTF-16 unit that an escape at the beginning stands for.
fn escaped_unit(json: &[u8]) -> Option<u16> {
    let digits = json.strip_prefix(b"\\u")?.get(..4)?;
    let digits = std::str::from_utf8(digits).ok()?;
    let is_hex = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    u16::from_str_radix(digits, 16).ok().filter(|_| is_hex)
}

/// Decodes the whole of a JSON text. An error is a path and a message.
fn from_slice<T: DeserializeOwned>(json: &[u8]) -> Result<T, (String, String)> {
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    let mut track = Track::new();
    let value = T::deserialize(serde_path_to_error::Deserializer::new(
        &mut deserializer,
        &mut track,
    ));
    match value {
        Ok(value) => match deserializer.end() {
            Ok(()) => Ok(value),
            Err(error) => Err((String::new(), error.to_string())),
        },
        Err(error) => {
            let error = union::split(&error.to_string());
            let path = join(path_text(&track.path()), &error.path);
            let mut message = String::new();
            for variant in error.variants {
                message.push_str(&format!("in {variant}: "));
            }
            // A message may quote a text of any length; writing to a string cannot fail.
            let _ = write_line(&mut message, &error.message, 500);
            Err((path, message))
        }
    }
}

/// The value of this key, if the body is an object that has it.
pub(crate) fn object_field(body: &[u8], key: &str) -> Option<Value> {
    match decode_json(body) {
        Ok(Value::Object(mut fields)) => fields.remove(key),
        _ => None,
    }
}

/// Under arbitrary precision serde_json hands a number over as a map with this one key.
const NUMBER_TOKEN: &str = "$serde_json::private::Number";

/// A path as text: `items[0].details["a key"]`; the root is empty.
///
/// A key that is no plain name is quoted, so that the text can be taken apart again.
pub(crate) fn path_text(path: &Path) -> String {
    path.iter().fold(String::new(), |text, segment| {
        let next = match segment {
            Segment::Seq { index } => format!("[{index}]"),
            Segment::Map { key } if key == NUMBER_TOKEN => String::new(),
            Segment::Map { key } | Segment::Enum { variant: key } if is_plain(key) => key.clone(),
            Segment::Map { key } | Segment::Enum { variant: key } => {
                format!("[{}]", Value::from(key.as_str()))
            }
            Segment::Unknown => "[?]".to_owned(),
        };
        join(text, &next)
    })
}

pub(crate) fn is_plain(key: &str) -> bool {
    !key.is_empty()
        && key
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '$' | '@'))
}

/// One path behind another.
pub(crate) fn join(mut path: String, next: &str) -> String {
    if !path.is_empty() && !next.is_empty() && !next.starts_with('[') {
        path.push('.');
    }
    path.push_str(next);
    path
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::*;

    type Nested = BTreeMap<String, Vec<BTreeMap<String, i64>>>;

    #[test]
    fn a_path_leads_to_the_value_whatever_its_keys_hold() {
        let paths = [
            (r#"{"items":[{"a":1},{"b-c":"x"}]}"#, "items[1].b-c"),
            (r#"{"a.b":[{"c: d":null}]}"#, r#"["a.b"][0]["c: d"]"#),
            (r#"{"":[{"\"":true}]}"#, r#"[""][0]["\""]"#),
            (r#"[]"#, ""),
        ];
        for (json, path) in paths {
            assert_eq!(
                from_slice::<Nested>(json.as_bytes()).unwrap_err().0,
                path,
                "{json}"
            );
        }
    }

    #[test]
    fn half_a_character_costs_itself_and_nothing_else() {
        for (json, text) in [
            (&br#""Ring \ud83d""#[..], "Ring \u{fffd}"),
            (br#""\uD83Dx""#, "\u{fffd}x"),
            (br#""\ude00""#, "\u{fffd}"),
            (br#""\ud83d\ud83d\ude00""#, "\u{fffd}\u{1f600}"),
            (br#""\ud83d\u0041""#, "\u{fffd}A"),
            (br#""\ud83d\n""#, "\u{fffd}\n"),
            // An escaped backslash begins no escape of a unit.
            (br#""\\ud83d \ud83d""#, "\\ud83d \u{fffd}"),
            (b"\"cut \xf0\x9f\"", "cut \u{fffd}"),
        ] {
            assert_eq!(decode_json::<String>(json).unwrap(), text, "{json:?}");
        }
    }

    #[test]
    fn what_is_whole_is_not_touched_and_what_is_no_json_stays_an_error() {
        for json in [
            r#""\ud83d\ude00 \\ud83d""#,
            r#"{"a": "\u0041"}"#,
            r#""\u12""#,
            r#""\"#,
        ] {
            assert_eq!(repaired(json.as_bytes()), None, "{json}");
        }
        for json in [
            r#"{"a": "\ud83d""#,
            r#""\ud83d\u12""#,
            r#""\ud83d\"#,
            r#""\ud8""#,
        ] {
            assert!(decode_json::<Value>(json.as_bytes()).is_err(), "{json}");
        }
    }

    #[test]
    fn what_follows_the_value_is_an_error() {
        assert_eq!(from_slice::<i64>(b" 1 \n"), Ok(1));
        let (_, message) = from_slice::<i64>(b"1 2").unwrap_err();
        assert!(message.contains("trailing characters"), "{message}");
    }

    #[test]
    fn a_message_is_short_whatever_the_vendor_sent() {
        let json = format!("\"{}\"", "x".repeat(10_000));
        let (_, message) = from_slice::<i64>(json.as_bytes()).unwrap_err();
        assert!(message.chars().count() <= 501);
    }

    #[test]
    fn a_number_of_the_wrong_kind_has_the_path_of_its_field() {
        #[derive(Debug, Deserialize)]
        struct Line {
            #[serde(rename = "quantity")]
            _quantity: i64,
        }
        for json in [
            r#"{"quantity":1.5}"#,
            r#"{"quantity":99999999999999999999}"#,
        ] {
            assert_eq!(
                from_slice::<Line>(json.as_bytes()).unwrap_err().0,
                "quantity",
                "{json}"
            );
        }
    }
}
