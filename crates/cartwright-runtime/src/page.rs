//! What came where JSON was expected, in words, and where a redirect leads.

use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderMap, LOCATION};
use serde::de::IgnoredAny;
use url::Url;

use crate::body::write_line;

/// How many characters of a page's title, and of its words, are shown.
const CHARACTERS: usize = 160;

/// Says what a body is that is no JSON at all: a page of a proxy or a login, say. `None` for JSON, whole or broken.
pub(crate) fn described(headers: &HeaderMap, body: &[u8]) -> Option<String> {
    let (named, words) = read(headers, body)?;
    match words.is_empty() {
        true => Some(named),
        false => Some(format!("{named}: {words}")),
    }
}

/// The same without the body's words.
pub(crate) fn named(headers: &HeaderMap, body: &[u8]) -> Option<String> {
    read(headers, body).map(|(named, _)| named)
}

fn read(headers: &HeaderMap, body: &[u8]) -> Option<(String, String)> {
    let text = String::from_utf8_lossy(body);
    let text = text.trim_start_matches('\u{feff}').trim();
    let is_begun_json = text.starts_with(['{', '[', '"']);
    match serde_json::from_str::<IgnoredAny>(text) {
        Err(error) if error.is_syntax() && !is_begun_json => {}
        _ => return None,
    }
    let media_type = headers.get(CONTENT_TYPE);
    let media_type = media_type.map_or("no content type".into(), |value| {
        let value = String::from_utf8_lossy(value.as_bytes());
        one_line(value.split(';').next().unwrap_or_default().trim())
    });
    if text.contains([char::REPLACEMENT_CHARACTER, '\0']) {
        let named = format!("bytes that are no text came instead of JSON ({media_type})");
        return Some((named, String::new()));
    }
    let lower = text.to_ascii_lowercase();
    let is_page = lower.contains("<html") || lower.contains("<!doctype html");
    let what = match text.starts_with('<') {
        _ if is_page => "a page",
        true if lower.starts_with("<?xml") || lower.contains("xmlns") => "XML",
        true => "a page",
        false => "text",
    };
    let (title, words) = match what {
        "text" => (String::new(), one_line(text)),
        _ => words_of(text),
    };
    let mut named = what.to_owned();
    if !title.is_empty() {
        named.push_str(&format!(" titled \"{title}\""));
    }
    named.push_str(&format!(" came instead of JSON ({media_type})"));
    Some((named, words))
}

/// The title of a page, and its first words.
fn words_of(page: &str) -> (String, String) {
    // Of the same length, so that a place in one is a place in the other.
    let lower = page.to_ascii_lowercase();
    let (mut title, mut words) = ("", String::new());
    let mut at = 0;
    let after = |from: usize, mark: &str| {
        let found = lower.get(from..)?.find(mark)?;
        Some(from + found + mark.len())
    };
    // Only what can be shown is looked for.
    while words.len() < 16 * CHARACTERS {
        let tag = after(at, "<").unwrap_or(page.len() + 1);
        words.push_str(page.get(at..tag - 1).unwrap_or_default());
        words.push(' ');
        let name = lower.get(tag..).unwrap_or_default();
        let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next();
        let is_comment = lower.get(tag..).is_some_and(|tag| tag.starts_with("!--"));
        let end = after(tag, if is_comment { "-->" } else { ">" });
        let Some(end) = end else {
            break;
        };
        at = end;
        // What these hold is no text of the page, and may hold any sign.
        if let Some(name @ ("script" | "style" | "title")) = name {
            let Some(close) = after(end, &format!("</{name}")) else {
                break;
            };
            at = close - name.len() - 2;
            if name == "title" {
                title = page.get(end..at).unwrap_or_default();
            }
        }
    }
    (one_line(&unescaped(title)), one_line(&unescaped(&words)))
}

fn unescaped(text: &str) -> String {
    // The ampersand last, or what it escapes would be unescaped twice.
    let signs = [
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ];
    signs
        .iter()
        .fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

/// The first characters, with one space between two words.
fn one_line(text: &str) -> String {
    let words = text.split_whitespace().take(CHARACTERS).collect::<Vec<_>>();
    let mut line = String::new();
    // Writing to a string cannot fail.
    let _ = write_line(&mut line, &words.join(" "), CHARACTERS);
    line
}

/// Where a redirect leads, without what may be secret in a URL: user, query and fragment.
pub(crate) fn location(status: StatusCode, headers: &HeaderMap) -> Option<String> {
    let location = headers.get(LOCATION).filter(|_| status.is_redirection())?;
    let location = String::from_utf8_lossy(location.as_bytes());
    let shown = match Url::parse(&location) {
        Ok(mut url) => {
            url.set_query(None);
            url.set_fragment(None);
            // A URL without a host has no user.
            let _ = url.set_username("");
            let _ = url.set_password(None);
            url.to_string()
        }
        // Relative; one with a host of its own begins with two slashes, and may name a user.
        Err(_) => {
            let path = location.split(['?', '#']).next().unwrap_or_default();
            let (slashes, rest) = match path.strip_prefix("//") {
                Some(rest) => ("//", rest),
                None => ("", path),
            };
            let host_and_path = match rest.split_once('/') {
                Some((host, path)) if !slashes.is_empty() => {
                    format!("{}/{path}", host.rsplit('@').next().unwrap_or_default())
                }
                _ => rest.to_owned(),
            };
            format!("{slashes}{host_and_path}")
        }
    };
    Some(one_line(&shown))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(media_type: &'static str, body: &str) -> Option<String> {
        let mut headers = HeaderMap::new();
        if !media_type.is_empty() {
            headers.insert(CONTENT_TYPE, media_type.parse().unwrap());
        }
        described(&headers, body.as_bytes())
    }

    #[test]
    fn what_is_no_json_is_told_by_its_title_and_words() {
        for (media_type, body, expected) in [
            (
                "text/html; charset=utf-8",
                "<!DOCTYPE html>\n<html><head><title> Sign in &amp; go\n</title><style>a{b:c}</style></head>\
                 <body><script>if (a<b) {}</script><!-- no > word --><h1>Please</h1><p>log in</body></html>",
                "a page titled \"Sign in & go\" came instead of JSON (text/html): Please log in",
            ),
            (
                "application/json",
                "<html><body>Bad <b>Gateway</b>",
                "a page came instead of JSON (application/json): Bad Gateway",
            ),
            (
                "",
                "Content-type: text/plain; charset=\"utf-8\"\r\n\r\n<html><head><title>Internal Error</title></head><body>Disk quota exceeded</body></html>",
                "a page titled \"Internal Error\" came instead of JSON (no content type): Content-type: text/plain; charset=\"utf-8\" Disk quota exceeded",
            ),
            (
                "text/plain",
                "  upstream\tis < down\n",
                "text came instead of JSON (text/plain): upstream is < down",
            ),
            (
                "text/plain",
                "404 page not found\n",
                "text came instead of JSON (text/plain): 404 page not found",
            ),
            (
                "text/html",
                "<br />\n<b>Warning</b>: no <i>disk</i>\n{}",
                "a page came instead of JSON (text/html): Warning : no disk {}",
            ),
            (
                "text/plain",
                "tomorrow",
                "text came instead of JSON (text/plain): tomorrow",
            ),
            (
                "application/xml",
                "<?xml version=\"1.0\"?><fault><code>7</code></fault>",
                "XML came instead of JSON (application/xml): 7",
            ),
            (
                "image/png",
                "\0PNG",
                "bytes that are no text came instead of JSON (image/png)",
            ),
        ] {
            assert_eq!(said(media_type, body).as_deref(), Some(expected), "{body}");
        }
    }

    #[test]
    fn json_is_no_page_whole_or_broken() {
        for body in [
            "{}",
            "{\"a\": <html>}",
            "[1,",
            "\"<html>\"",
            "null",
            "nul",
            "12",
            "",
        ] {
            assert_eq!(said("text/html", body), None, "{body}");
        }
    }

    #[test]
    fn a_long_page_is_told_in_a_few_words() {
        let page = format!("<html><title>{0}</title>{0}", "word ".repeat(100_000));
        let said = said("text/html", &page).unwrap();
        assert!(said.chars().count() < 3 * CHARACTERS, "{said}");
    }

    #[test]
    fn a_redirect_is_told_without_user_query_and_fragment() {
        for (location, expected) in [
            (
                "https://ann:hunter2@login.example/in?token=hunter2#hunter2",
                "https://login.example/in",
            ),
            ("/login?token=hunter2", "/login"),
            ("//ann:hunter2@login.example/in?x", "//login.example/in"),
            ("login", "login"),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(LOCATION, location.parse().unwrap());
            let told = |status| super::location(status, &headers);
            assert_eq!(told(StatusCode::FOUND).as_deref(), Some(expected));
            assert_eq!(told(StatusCode::CREATED), None);
        }
    }
}
