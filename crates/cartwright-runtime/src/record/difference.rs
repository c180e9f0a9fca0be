//! Where a request departs from a recorded one.

use serde_json::Value;

use super::exchange::{Content, Pairs, Sent};
use crate::hide::REDACTED;

/// The first place at which a request is another than the recorded one. The further down the list, the nearer they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Difference {
    /// How near the two are: what came before was alike.
    pub(super) nearness: usize,
    /// In words, behind "whose".
    pub(super) words: String,
}

/// `None` if the request is the recorded one. What a recording left out may be anything.
pub(super) fn between(recorded: &Sent, sent: &Sent) -> Option<Difference> {
    let at = |nearness, what: &str, recorded: String, sent: String| {
        let words = format!(
            "{what} is {} there and {} here",
            short(&recorded),
            short(&sent)
        );
        Some(Difference { nearness, words })
    };
    if recorded.method != sent.method {
        return at(0, "method", recorded.method.clone(), sent.method.clone());
    }
    if !alike(&recorded.path, &sent.path) {
        return at(1, "path", recorded.path.clone(), sent.path.clone());
    }
    if let Some((name, recorded, sent)) = pairs(&recorded.query, &sent.query) {
        return at(2, &format!("query parameter `{name}`"), recorded, sent);
    }
    let (place, recorded, sent) = bodies(recorded.body.as_ref(), sent.body.as_ref())?;
    let what = match place.is_empty() {
        true => "body".to_owned(),
        false => format!("body at `{place}`"),
    };
    at(3, &what, recorded, sent)
}

type Found = (String, String, String);

fn bodies(recorded: Option<&Content>, sent: Option<&Content>) -> Option<Found> {
    match (recorded, sent) {
        (None, None) => None,
        (Some(Content::Json(recorded)), Some(Content::Json(sent))) => json("", recorded, sent),
        (Some(Content::Form(recorded)), Some(Content::Form(sent))) => pairs(recorded, sent),
        (Some(Content::Text(recorded)), Some(Content::Text(sent))) => {
            let differ = !alike(recorded, sent);
            differ.then(|| (String::new(), recorded.clone(), sent.clone()))
        }
        (recorded, sent) => {
            let differ = recorded != sent;
            differ.then(|| (String::new(), kind(recorded), kind(sent)))
        }
    }
}

fn kind(content: Option<&Content>) -> String {
    let kind = match content {
        None => "absent",
        Some(Content::Json(_)) => "JSON",
        Some(Content::Form(_)) => "a form",
        Some(Content::Text(_)) => "text",
        Some(Content::Base64(_)) => "bytes",
    };
    kind.to_owned()
}

/// The order of names is of no meaning; that of one name's values is.
fn pairs(recorded: &Pairs, sent: &Pairs) -> Option<Found> {
    let of = |pairs: &Pairs, name: &str| -> Vec<String> {
        let named = pairs.iter().filter(|(other, _)| other == name);
        named.map(|(_, value)| value.clone()).collect()
    };
    let shown = |values: &[String]| match values {
        [] => "absent".to_owned(),
        values => format!("`{}`", values.join("`, `")),
    };
    recorded.iter().chain(sent).find_map(|(name, _)| {
        let (recorded, sent) = (of(recorded, name), of(sent, name));
        let same = recorded.len() == sent.len()
            && recorded
                .iter()
                .zip(&sent)
                .all(|(recorded, sent)| alike(recorded, sent));
        (!same).then(|| (name.clone(), shown(&recorded), shown(&sent)))
    })
}

fn json(place: &str, recorded: &Value, sent: &Value) -> Option<Found> {
    match (recorded, sent) {
        (Value::String(recorded), Value::String(sent)) if alike(recorded, sent) => None,
        (Value::Array(recorded), Value::Array(sent)) if recorded.len() == sent.len() => {
            let mut items = recorded.iter().zip(sent).enumerate();
            items.find_map(|(at, (recorded, sent))| json(&format!("{place}/{at}"), recorded, sent))
        }
        (Value::Array(recorded), Value::Array(sent)) => {
            let elements = |count: usize| format!("{count} elements");
            let place = place.to_owned();
            Some((place, elements(recorded.len()), elements(sent.len())))
        }
        (Value::Object(recorded), Value::Object(sent)) => {
            let mut names = recorded.keys().chain(sent.keys());
            names.find_map(|name| {
                let place = format!("{place}/{name}");
                match (recorded.get(name), sent.get(name)) {
                    (Some(recorded), Some(sent)) => json(&place, recorded, sent),
                    (recorded, sent) => {
                        let shown = |value: Option<&Value>| {
                            value.map_or("absent".to_owned(), Value::to_string)
                        };
                        Some((place, shown(recorded), shown(sent)))
                    }
                }
            })
        }
        (recorded, sent) if recorded == sent => None,
        (recorded, sent) => Some((place.to_owned(), recorded.to_string(), sent.to_string())),
    }
}

/// Whether two texts are the same but for what the recording left out.
fn alike(recorded: &str, sent: &str) -> bool {
    let mut pieces = recorded.split(REDACTED);
    let Some(mut rest) = pieces.next().and_then(|start| sent.strip_prefix(start)) else {
        return false;
    };
    let mut pieces: Vec<&str> = pieces.collect();
    let Some(last) = pieces.pop() else {
        return rest.is_empty();
    };
    for piece in pieces {
        match rest.split_once(piece) {
            Some((_, behind)) => rest = behind,
            None => return false,
        }
    }
    rest.ends_with(last)
}

fn short(text: &str) -> String {
    const CHARACTERS: usize = 80;
    match text.char_indices().nth(CHARACTERS) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_a_recording_left_out_may_be_anything() {
        for (recorded, sent, same) in [
            ("abc", "abc", true),
            ("abc", "abcd", false),
            ("REDACTED", "", true),
            ("REDACTED", "abc", true),
            ("/a/REDACTED/b", "/a/x/b", true),
            ("/a/REDACTED/b", "/a/x/c", false),
            ("REDACTED-REDACTED", "a-b-c", true),
            ("aREDACTEDa", "a", false),
        ] {
            assert_eq!(alike(recorded, sent), same, "{recorded} {sent}");
        }
    }

    #[test]
    fn the_first_difference_of_two_requests_is_named() {
        let sent = |method: &str, path: &str, query: &[(&str, &str)], body: Option<Content>| Sent {
            method: method.into(),
            template: String::new(),
            origin: String::new(),
            path: path.into(),
            query: query
                .iter()
                .map(|&(name, value)| (name.into(), value.into()))
                .collect(),
            headers: Vec::new(),
            body,
        };
        let body = |value| Some(Content::Json(value));
        let recorded = sent(
            "POST",
            "/carts",
            &[("a", "1"), ("b", "2")],
            body(json!({"lines": [{"quantity": 1}], "note": null})),
        );
        let turned = sent(
            "POST",
            "/carts",
            &[("b", "2"), ("a", "1")],
            recorded.body.clone(),
        );
        assert_eq!(between(&recorded, &turned), None);
        let query = &[("a", "1"), ("b", "2")];
        for (other, words) in [
            (
                sent("PUT", "/", &[], None),
                "method is POST there and PUT here",
            ),
            (
                sent("POST", "/", &[], None),
                "path is /carts there and / here",
            ),
            (
                sent("POST", "/carts", &query[..1], None),
                "query parameter `b` is `2` there and absent here",
            ),
            (
                sent("POST", "/carts", query, None),
                "body is JSON there and absent here",
            ),
            (
                sent(
                    "POST",
                    "/carts",
                    query,
                    body(json!({"lines": [{"quantity": 2}], "note": null})),
                ),
                "body at `/lines/0/quantity` is 1 there and 2 here",
            ),
            (
                sent(
                    "POST",
                    "/carts",
                    query,
                    body(json!({"lines": [], "note": null})),
                ),
                "body at `/lines` is 1 elements there and 0 elements here",
            ),
            (
                sent(
                    "POST",
                    "/carts",
                    query,
                    body(json!({"lines": [{"quantity": 1}]})),
                ),
                "body at `/note` is null there and absent here",
            ),
        ] {
            assert_eq!(between(&recorded, &other).unwrap().words, words);
        }
    }
}
