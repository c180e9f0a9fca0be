//! JSON into values, with the full path of whatever does not fit.

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
    let has_no_body = [StatusCode::NO_CONTENT, StatusCode::RESET_CONTENT];
    let body = if has_no_body.contains(&received.status) {
        &Bytes::from_static(b"null")
    } else if received.body.is_empty() {
        return Err(failure(String::new(), "the body is empty".into()));
    } else {
        &received.body
    };
    let encodings = gzip::encodings(&received.headers);
    if !encodings.is_empty() {
        let message = format!(
            "the body is encoded as `{}`, which this client cannot read; it asked for `{}`",
            encodings.join(", "),
            gzip::ACCEPTED
        );
        return Err(failure(String::new(), message));
    }
    from_slice(body).map_err(|(path, message)| {
        let is_whole = path.is_empty();
        let page = || page::described(&received.headers, body);
        let message = is_whole.then(page).flatten().unwrap_or(message);
        failure(path, message)
    })
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
    match serde_json::from_slice(body) {
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
