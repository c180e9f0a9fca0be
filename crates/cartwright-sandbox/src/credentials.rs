//! Hides the values of credentials in what is kept.

use serde_json::Value;

/// The fields in which vendors take or give credentials outside headers.
const CREDENTIALS: [&str; 6] = [
    "access_token",
    "client_secret",
    "login_token",
    "password",
    "refresh_token",
    "token",
];

const HIDDEN: &str = "[hidden]";

/// The pairs of a query or form, the values of credentials replaced.
pub(crate) fn hide_in_pairs(pairs: &str) -> String {
    let hidden = |pair: &str| match pair.split_once('=') {
        Some((name, _)) if CREDENTIALS.contains(&name) => format!("{name}={HIDDEN}"),
        _ => pair.to_owned(),
    };
    pairs.split('&').map(hidden).collect::<Vec<_>>().join("&")
}

/// A body of JSON or of a form, the texts of credentials replaced; one without any stays as it is, to the byte.
pub(crate) fn hide_in_body(body: &[u8]) -> Vec<u8> {
    if let Ok(mut value) = serde_json::from_slice::<Value>(body) {
        return match hide_in_json(&mut value) {
            true => value.to_string().into_bytes(),
            false => body.to_owned(),
        };
    }
    match std::str::from_utf8(body) {
        Ok(text) => hide_in_pairs(text).into_bytes(),
        Err(_) => body.to_owned(),
    }
}

fn hide_in_json(value: &mut Value) -> bool {
    match value {
        Value::Object(fields) => {
            let mut hidden = false;
            for (name, value) in fields {
                hidden |= match value {
                    Value::String(text) if CREDENTIALS.contains(&name.as_str()) => {
                        HIDDEN.clone_into(text);
                        true
                    }
                    value => hide_in_json(value),
                };
            }
            hidden
        }
        Value::Array(values) => values
            .iter_mut()
            .fold(false, |hidden, value| hide_in_json(value) | hidden),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_of_a_form_are_hidden_and_the_rest_stays() {
        for (sent, kept) in [
            (
                "grant_type=password&password=a%26b&username=ann",
                "grant_type=password&password=[hidden]&username=ann",
            ),
            (
                "access_token=8675309&item={}",
                "access_token=[hidden]&item={}",
            ),
            ("password", "password"),
            ("", ""),
        ] {
            assert_eq!(hide_in_pairs(sent), kept);
        }
    }

    #[test]
    fn credentials_of_a_json_body_are_hidden_and_one_without_stays_to_the_byte() {
        for (sent, kept) in [
            (
                r#"{"data": [{"access_token": "a", "expires": 1.50}], "token": 7}"#,
                r#"{"data":[{"access_token":"[hidden]","expires":1.5}],"token":7}"#,
            ),
            (r#"{ "price" : 1.50 }"#, r#"{ "price" : 1.50 }"#),
            ("<html>token=1</html>", "<html>token=1</html>"),
            ("token=1&b=2", "token=[hidden]&b=2"),
        ] {
            assert_eq!(
                String::from_utf8(hide_in_body(sent.as_bytes())).unwrap(),
                kept
            );
        }
    }
}
