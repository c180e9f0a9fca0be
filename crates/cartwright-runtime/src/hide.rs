//! Credentials in what a vendor answers: an error keeps the answer, and a vendor may repeat in it what it was sent.

use std::cmp::Reverse;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use http::HeaderValue;
use http::header::HeaderMap;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::credentials::Credentials;
use crate::oauth::Token;

/// What stands in an error or a recording in place of a credential.
pub const REDACTED: &str = "REDACTED";

/// A shorter value could be part of any word.
pub(crate) const SHORTEST: usize = 4;

/// What no URL needs to encode (RFC 3986, section 2.3).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// What a call was sent with. Only a failure looks into it.
#[derive(Clone, Default)]
pub(crate) struct InUse {
    pub(crate) credentials: Arc<Credentials>,
    pub(crate) token: Option<Arc<Token>>,
}

impl InUse {
    /// Every form in which a credential could stand in an answer, longest first, so that none hides the end of another.
    fn forms(&self) -> Vec<String> {
        let mut forms = Vec::new();
        let of_token = self.token.iter().flat_map(|token| token.secrets());
        let secrets = self.credentials.secrets().into_iter();
        for (user, secret) in secrets.chain(of_token.map(|secret| (None, secret))) {
            let secret = secret.expose();
            let is_hidden = secret.chars().count() >= SHORTEST && !REDACTED.contains(secret);
            if is_hidden {
                forms.extend(forms_of(secret));
            }
            if let Some(user) = user {
                let pair = format!("{user}:{secret}");
                forms.push(STANDARD_NO_PAD.encode(&pair));
                forms.push(URL_SAFE_NO_PAD.encode(&pair));
            }
        }
        forms.sort_by(|a, b| Reverse(a.len()).cmp(&Reverse(b.len())).then(a.cmp(b)));
        forms.dedup();
        forms
    }

    /// The body without credentials, or `None` if there is none in it. Where it has more than this, the beginning of one may be its end.
    pub(crate) fn hidden_body(&self, body: &[u8], has_more: bool) -> Option<Vec<u8>> {
        hidden(
            &self.forms(),
            &String::from_utf8_lossy(body),
            has_more && !body.is_empty(),
        )
        .map(String::into_bytes)
    }

    /// Takes the credentials out of the values.
    pub(crate) fn hide_in_headers(&self, headers: &mut HeaderMap) {
        let forms = self.forms();
        for value in headers.values_mut() {
            let text = String::from_utf8_lossy(value.as_bytes());
            if let Some(hidden) = hidden(&forms, &text, false) {
                *value = HeaderValue::try_from(hidden)
                    .unwrap_or_else(|_| HeaderValue::from_static(REDACTED));
            }
        }
    }
}

/// A secret as it is, in JSON, in a URL and in a form.
fn forms_of(secret: &str) -> Vec<String> {
    let json = serde_json::Value::from(secret).to_string();
    let json = json.trim_start_matches('"');
    let json = json.strip_suffix('"').unwrap_or(json).to_owned();
    let form: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
    let encoded = [
        utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string(),
        utf8_percent_encode(secret, RESERVED).to_string(),
        form,
    ];
    let lower = encoded.clone().map(|text| in_lower_hex(&text));
    let mut forms = vec![secret.to_owned(), json.replace('/', "\\/"), json];
    forms.extend(encoded);
    forms.extend(lower);
    forms
}

/// `%2F` as `%2f`.
fn in_lower_hex(encoded: &str) -> String {
    let mut parts = encoded.split('%');
    let mut lower = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (hex, rest) = part.split_at_checked(2).unwrap_or((part, ""));
        lower.push('%');
        lower.push_str(&hex.to_ascii_lowercase());
        lower.push_str(rest);
    }
    lower
}

fn hidden(forms: &[String], text: &str, has_more: bool) -> Option<String> {
    let mut hidden = None;
    for form in forms {
        let before = hidden.as_deref().unwrap_or(text);
        if before.contains(form.as_str()) {
            hidden = Some(before.replace(form.as_str(), REDACTED));
        }
    }
    if has_more {
        let before = hidden.as_deref().unwrap_or(text);
        let begun = forms.iter().filter_map(|form| begun_at_end(before, form));
        if let Some(kept) = begun.max_by_key(|kept| Reverse(kept.len())) {
            hidden = Some(format!("{kept}{REDACTED}"));
        }
    }
    hidden
}

/// What stands before the beginning of `form` at the end of the text.
fn begun_at_end<'a>(text: &'a str, form: &str) -> Option<&'a str> {
    let ends = form.char_indices().skip(SHORTEST).map(|(end, _)| end);
    let begun = ends.filter_map(|end| text.strip_suffix(form.get(..end)?));
    begun.last()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_use() -> InUse {
        let credentials = Credentials::new()
            .basic("Basic", "ann", "open/ses\"ame é")
            .api_key("Key", "abc")
            .also_hide("elsewhere-7");
        InUse {
            credentials: Arc::new(credentials),
            token: None,
        }
    }

    #[test]
    fn a_credential_is_hidden_in_each_form_in_which_it_could_come_back() {
        for (body, shown) in [
            ("the password open/ses\"ame é!", "the password REDACTED!"),
            (r#"{"a":"open/ses\"ame é"}"#, r#"{"a":"REDACTED"}"#),
            (r#"{"a":"open\/ses\"ame é"}"#, r#"{"a":"REDACTED"}"#),
            ("p=open%2Fses%22ame%20%C3%A9&q=1", "p=REDACTED&q=1"),
            ("p=open%2fses%22ame%20%c3%a9&q=1", "p=REDACTED&q=1"),
            ("p=open%2Fses%22ame+%C3%A9&q=1", "p=REDACTED&q=1"),
            (
                "Basic YW5uOm9wZW4vc2VzImFtZSDDqQ==, no",
                "Basic REDACTED==, no",
            ),
            ("elsewhere-7 and elsewhere-8", "REDACTED and elsewhere-8"),
        ] {
            let hidden = in_use().hidden_body(body.as_bytes(), false);
            assert_eq!(hidden.as_deref(), Some(shown.as_bytes()), "{body}");
        }
        // The key is so short that it is part of words.
        for body in ["open sesame, abcd", "else", ""] {
            assert_eq!(in_use().hidden_body(body.as_bytes(), false), None, "{body}");
        }
    }

    #[test]
    fn the_beginning_of_a_credential_is_hidden_where_the_body_breaks_off() {
        for (body, shown) in [
            ("no else", Some("no REDACTED")),
            ("no elsewhere-", Some("no REDACTED")),
            ("no els", None),
            ("elsewhere- no", None),
        ] {
            let hidden = in_use().hidden_body(body.as_bytes(), true);
            assert_eq!(hidden.as_deref(), shown.map(str::as_bytes), "{body}");
        }
    }

    #[test]
    fn a_header_that_repeats_a_credential_keeps_the_rest_of_its_value() {
        let mut headers = HeaderMap::new();
        headers.insert("x-a", HeaderValue::from_static("for elsewhere-7: r1"));
        headers.insert("x-b", HeaderValue::from_static("r2"));
        in_use().hide_in_headers(&mut headers);
        assert_eq!(headers["x-a"], "for REDACTED: r1");
        assert_eq!(headers["x-b"], "r2");
    }
}
