//! What a recording leaves out.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderValue;
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde_json::Value;

use super::exchange::{Content, Exchange, Pairs};
use crate::hide::{REDACTED, SHORTEST};

/// A credential's name, without case and punctuation, ends in one of these.
pub(super) const CREDENTIALS: &[&str] = &[
    "token",
    "password",
    "passwd",
    "passphrase",
    "pwd",
    "secret",
    "apikey",
    "accesskey",
    "privatekey",
    "credential",
    "credentials",
    "authorization",
    "cookie",
    "sessionid",
    "otp",
];

/// Finds credentials by their places, and remembers their values for every other place.
#[derive(Clone, Debug, Default)]
pub(super) struct Redactor {
    more_keys: Vec<String>,
    /// Longest first, so that no value hides the end of another.
    known: Vec<String>,
    /// What was learnt since it was last asked for.
    news: Vec<String>,
}

impl Redactor {
    pub(super) fn add_key(&mut self, key: &str) {
        let key = plain(key);
        if !key.is_empty() {
            self.more_keys.push(key);
        }
    }

    pub(super) fn names_credential(&self, name: &str) -> bool {
        let name = plain(name);
        CREDENTIALS.iter().any(|end| name.ends_with(end)) || self.more_keys.contains(&name)
    }

    /// The values that were learnt since the last time.
    pub(super) fn news(&mut self) -> Vec<String> {
        std::mem::take(&mut self.news)
    }

    /// A header's value as it may be written down.
    pub(super) fn header(&mut self, name: &str, value: &HeaderValue) -> String {
        let text = String::from_utf8_lossy(value.as_bytes()).into_owned();
        if !value.is_sensitive() && !self.names_credential(name) {
            return text;
        }
        self.learn(&text);
        if name.ends_with("cookie") {
            for cookie in text.split(';') {
                let value = cookie.split_once('=').map(|(_, value)| value);
                // Attributes such as `Path=/api` are no secrets; the cookie stands before them.
                value.into_iter().for_each(|value| self.learn(value));
                if name == "set-cookie" {
                    break;
                }
            }
            return REDACTED.to_owned();
        }
        // `Bearer <token>`, `Basic <user:password>`, `<scheme> <user>:<token>`.
        if let Some((scheme, rest)) = text.split_once(' ') {
            self.learn(rest);
            let decoded = STANDARD.decode(rest).ok().filter(|_| scheme == "Basic");
            let decoded = decoded.and_then(|bytes| String::from_utf8(bytes).ok());
            let pair = decoded.as_deref().unwrap_or(rest);
            if let Some((_, secret)) = pair.split_once(':') {
                self.learn(secret);
            }
        }
        REDACTED.to_owned()
    }

    /// Takes the credentials out of the places that are named like one. The headers are done already.
    pub(super) fn by_place(&mut self, exchange: &mut Exchange) {
        self.pairs(&mut exchange.request.query);
        self.pairs(&mut exchange.request.headers);
        self.content(exchange.request.body.as_mut());
        if let Some(response) = &mut exchange.response {
            self.pairs(&mut response.headers);
            self.content(response.body.as_mut());
        }
        if let Some(failure) = &mut exchange.failure {
            self.text(&mut failure.message);
        }
    }

    /// Takes every known credential out, wherever it stands. `true` if there was one.
    pub(super) fn by_value(&self, exchange: &mut Exchange) -> bool {
        let mut found = self.hide_in(&mut exchange.request.path);
        found |= self.hide_in(&mut exchange.request.origin);
        found |= self.hide_in_pairs(&mut exchange.request.query);
        found |= self.hide_in_pairs(&mut exchange.request.headers);
        found |= self.hide_in_content(exchange.request.body.as_mut());
        if let Some(response) = &mut exchange.response {
            found |= self.hide_in_pairs(&mut response.headers);
            found |= self.hide_in_content(response.body.as_mut());
        }
        if let Some(failure) = &mut exchange.failure {
            found |= self.hide_in(&mut failure.message);
        }
        found
    }

    pub(super) fn pairs(&mut self, pairs: &mut Pairs) {
        for (name, value) in pairs {
            if self.names_credential(name) && !value.is_empty() {
                self.learn(value);
                *value = REDACTED.to_owned();
            } else {
                self.text(value);
            }
        }
    }

    pub(super) fn content(&mut self, content: Option<&mut Content>) {
        let Some(content) = content else { return };
        match content {
            Content::Json(value) => self.json(value),
            Content::Form(pairs) => self.pairs(pairs),
            Content::Text(text) => self.text(text),
            Content::Base64(_) => {
                // A JSON text that was cut within a character is still full of names and values.
                let before = String::from_utf8_lossy(&content.bytes()).into_owned();
                let mut after = before.clone();
                self.text(&mut after);
                if after != before {
                    *content = Content::Text(after);
                }
            }
        }
    }

    pub(super) fn json(&mut self, value: &mut Value) {
        match value {
            Value::String(text) => self.text(text),
            Value::Array(items) => items.iter_mut().for_each(|item| self.json(item)),
            Value::Object(fields) => {
                for (name, value) in fields {
                    match self.names_credential(name) {
                        true => self.hide_json(value),
                        false => self.json(value),
                    }
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    /// A value named like a credential keeps its JSON type.
    fn hide_json(&mut self, value: &mut Value) {
        match value {
            Value::String(text) if !text.is_empty() => {
                self.learn(text);
                *text = REDACTED.to_owned();
            }
            Value::Number(number) => {
                self.learn(&number.to_string());
                *value = 0.into();
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.hide_json(item)),
            Value::Object(fields) => fields.values_mut().for_each(|field| self.hide_json(field)),
            Value::Null | Value::Bool(_) | Value::String(_) => {}
        }
    }

    /// Credentials within a text: JSON, URLs, forms, and broken pieces of them.
    fn text(&mut self, text: &mut String) {
        if text.trim_start().starts_with(['{', '['])
            && let Ok(value) = serde_json::from_str::<Value>(text)
        {
            let mut hidden = value.clone();
            self.json(&mut hidden);
            if hidden != value {
                *text = hidden.to_string();
            }
            return;
        }
        self.assignments(text);
        self.user_information(text);
    }

    /// `token=value` and `"token":"value"`.
    fn assignments(&mut self, text: &mut String) {
        let mut kept = String::new();
        let mut from = 0;
        for (at, sign) in text.match_indices(['=', ':']) {
            let Some((before, rest)) = text.split_at_checked(at) else {
                continue;
            };
            let rest = rest.strip_prefix(sign).unwrap_or(rest);
            let bare = before.trim_end_matches(' ');
            let quoted = bare.ends_with(['"', '\'']);
            let bare = bare.trim_end_matches(['"', '\'', '\\']);
            let name_from = bare.rfind(|c| !is_of_name(c));
            let (lead, name) = match name_from.map(|at| bare.split_at(at)) {
                // The character before the name is at its start.
                Some((_, tail)) => {
                    let mut rest = tail.chars();
                    (rest.next(), rest.as_str())
                }
                None => (None, bare),
            };
            if at < from || (sign == ":" && !quoted) || !self.names_credential(name) {
                continue;
            }
            let value = rest.trim_start_matches([' ', '\\']);
            let (value, end) = match value.chars().next().filter(|c| matches!(c, '"' | '\'')) {
                Some(quote) => {
                    let value = value.strip_prefix(quote).unwrap_or(value);
                    (value, end_of_quoted(value, quote))
                }
                None => (value, value.find(ends_value).unwrap_or(value.len())),
            };
            let value_from = text.len() - value.len();
            let value = value.get(..end).unwrap_or(value);
            if value.is_empty() || value == REDACTED {
                continue;
            }
            // `password=required` in a sentence is no password, so it is not looked for elsewhere.
            if quoted || matches!(lead, Some('?' | '&' | ';' | '#')) {
                self.learn(value);
                self.learn(&percent_decode_str(value).decode_utf8_lossy());
            }
            kept.push_str(text.get(from..value_from).unwrap_or_default());
            kept.push_str(REDACTED);
            from = value_from + value.len();
        }
        if from > 0 {
            kept.push_str(text.get(from..).unwrap_or_default());
            *text = kept;
        }
    }

    /// `https://user:password@host`.
    fn user_information(&mut self, text: &mut String) {
        let mut found = Vec::new();
        for part in text.split("://").skip(1) {
            let authority = part.split(['/', '?', '#', ' ', '"', '\'']).next();
            let user = authority.and_then(|authority| Some(authority.rsplit_once('@')?.0));
            if let Some((user, password)) = user.and_then(|user| user.split_once(':'))
                && !password.is_empty()
                && password != REDACTED
            {
                found.push((format!("{user}:{password}@"), format!("{user}:{REDACTED}@")));
                self.learn(password);
            }
        }
        for (shown, hidden) in found {
            *text = text.replace(&shown, &hidden);
        }
    }

    fn learn(&mut self, value: &str) {
        let value = value.trim();
        // What is part of the marker would be found in it again and again.
        if value.chars().count() < SHORTEST || REDACTED.contains(value) || value.contains(REDACTED)
        {
            return;
        }
        let percent = utf8_percent_encode(value, NON_ALPHANUMERIC).to_string();
        let form: String = url::form_urlencoded::byte_serialize(value.as_bytes()).collect();
        for form in [value.to_owned(), percent, form] {
            if !self.known.contains(&form) {
                self.news.push(form.clone());
                self.known.push(form);
            }
        }
        self.known
            .sort_by_key(|known| std::cmp::Reverse(known.len()));
    }

    pub(super) fn hide_in(&self, text: &mut String) -> bool {
        let mut found = false;
        for known in &self.known {
            if text.contains(known) {
                *text = text.replace(known, REDACTED);
                found = true;
            }
        }
        found
    }

    fn hide_in_pairs(&self, pairs: &mut Pairs) -> bool {
        let hide = |found, (name, value): &mut (String, String)| {
            found | self.hide_in(name) | self.hide_in(value)
        };
        pairs.iter_mut().fold(false, hide)
    }

    fn hide_in_content(&self, content: Option<&mut Content>) -> bool {
        match content {
            None => false,
            Some(Content::Json(value)) => self.hide_in_json(value),
            Some(Content::Form(pairs)) => self.hide_in_pairs(pairs),
            Some(Content::Text(text)) => self.hide_in(text),
            Some(content @ Content::Base64(_)) => {
                let mut text = String::from_utf8_lossy(&content.bytes()).into_owned();
                let found = self.hide_in(&mut text);
                if found {
                    *content = Content::Text(text);
                }
                found
            }
        }
    }

    pub(super) fn hide_in_json(&self, value: &mut Value) -> bool {
        match value {
            Value::String(text) => self.hide_in(text),
            Value::Array(items) => {
                let hide = |found, item: &mut Value| found | self.hide_in_json(item);
                items.iter_mut().fold(false, hide)
            }
            Value::Object(fields) => {
                let mut found = false;
                for (name, mut value) in std::mem::take(fields) {
                    let mut shown = name;
                    found |= self.hide_in(&mut shown) | self.hide_in_json(&mut value);
                    // Two names that held credentials stay two.
                    while fields.contains_key(&shown) {
                        shown.push('_');
                    }
                    fields.insert(shown, value);
                }
                found
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => false,
        }
    }
}

/// A name without case and punctuation.
fn plain(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '[' | ']' | '%')
}

fn ends_value(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '&' | '#' | ';' | '"' | '\'' | '<' | '>' | ',' | ')' | '}' | '\\'
        )
}

/// Where a value in quotes ends, or, where it was cut off, the text.
fn end_of_quoted(value: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in value.char_indices() {
        match c {
            '\\' if !escaped => escaped = true,
            c if c == quote && !escaped => return at,
            _ => escaped = false,
        }
    }
    value.len()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_name_is_a_credentials_by_its_end_whatever_its_case_and_punctuation() {
        let mut redactor = Redactor::default();
        redactor.add_key("Licence-Key");
        for (name, is) in [
            ("token", true),
            ("access_token", true),
            ("X-Auth-Token", true),
            ("OrderHeaderToken", true),
            ("user[password]", true),
            ("client secret", true),
            ("apiKey", true),
            ("licence_key", true),
            ("token_type", false),
            ("tokens_left", false),
            ("licence_key_type", false),
            ("key", false),
            ("", false),
        ] {
            assert_eq!(redactor.names_credential(name), is, "{name}");
        }
    }

    #[test]
    fn a_value_named_like_a_credential_keeps_its_type() {
        let mut value = json!({
            "token": "t-1234", "password": 471100, "secret": true, "api_key": null,
            "credentials": {"id": "i-1234", "list": ["l-1234", ""]}, "token_type": "bearer",
        });
        Redactor::default().json(&mut value);
        assert_eq!(
            value,
            json!({
                "token": REDACTED, "password": 0, "secret": true, "api_key": null,
                "credentials": {"id": REDACTED, "list": [REDACTED, ""]}, "token_type": "bearer",
            })
        );
    }

    #[test]
    fn a_credential_is_found_in_urls_forms_and_broken_json() {
        for (text, hidden) in [
            (
                "https://a.example/?id=1&token=x%2Fy&b=2",
                "https://a.example/?id=1&token=REDACTED&b=2",
            ),
            (
                "<a href='/?a=1&amp;token=abcd'>",
                "<a href='/?a=1&amp;token=REDACTED'>",
            ),
            (
                r#"{"access_token":"abc\"d","#,
                r#"{"access_token":"REDACTED","#,
            ),
            (
                r#"{"access_token" : "cut of"#,
                r#"{"access_token" : "REDACTED"#,
            ),
            (r#"{"pin_otp":123456,"#, r#"{"pin_otp":REDACTED,"#),
            (
                r#"{"inner":"{\"token\":1}"}"#,
                r#"{"inner":"{\"token\":0}"}"#,
            ),
            (
                "https://ann:pass@a.example/",
                "https://ann:REDACTED@a.example/",
            ),
            ("the token: it is missing", "the token: it is missing"),
            ("é=ü token=é", "é=ü token=REDACTED"),
            ("token=", "token="),
            ("=", "="),
        ] {
            let mut redactor = Redactor::default();
            let mut shown = text.to_owned();
            redactor.text(&mut shown);
            assert_eq!(shown, hidden);
            // A second time changes nothing.
            redactor.text(&mut shown);
            redactor.hide_in(&mut shown);
            assert_eq!(shown, hidden);
        }
    }

    #[test]
    fn a_headers_credential_is_known_without_its_scheme_and_in_every_encoding() {
        let sensitive = |text: &str| {
            let mut value = HeaderValue::from_str(text).unwrap();
            value.set_sensitive(true);
            value
        };
        for (name, value, secret) in [
            ("authorization", "Bearer s3/cr t", "s3/cr t"),
            ("authorization", "Basic YW5uOmh1bnRlcjI=", "hunter2"),
            ("authorization", "vendor ann:hunter2", "hunter2"),
            ("x-key", "hunter2", "hunter2"),
        ] {
            let mut redactor = Redactor::default();
            assert_eq!(redactor.header(name, &sensitive(value)), REDACTED);
            let form: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
            let mut text = format!("{secret} {form} ann");
            assert!(redactor.hide_in(&mut text));
            assert_eq!(text, "REDACTED REDACTED ann", "{value}");
        }
        let mut redactor = Redactor::default();
        let cookie = HeaderValue::from_static("sid=abcdef; Path=/carts");
        assert_eq!(redactor.header("set-cookie", &cookie), REDACTED);
        let mut text = "/carts/abcdef".to_owned();
        redactor.hide_in(&mut text);
        assert_eq!(text, "/carts/REDACTED");
        let plain = HeaderValue::from_static("req-1");
        assert_eq!(redactor.header("x-request-id", &plain), "req-1");
    }
}
