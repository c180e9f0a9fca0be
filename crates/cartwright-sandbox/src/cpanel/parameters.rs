//! What a caller sends: the query, and the form of a POST, by one rule for both.

use axum::body::Bytes;
use axum::http::{HeaderMap, Uri, header};

use super::envelope::Failure;

/// Names and values in the order sent.
#[derive(Debug)]
pub(super) struct Parameters(Vec<(String, String)>);

impl Parameters {
    pub(super) fn read(uri: &Uri, headers: &HeaderMap, body: &Bytes) -> Self {
        let query = uri.query().unwrap_or_default().as_bytes();
        let mut pairs = decode(query);
        if is_form(headers) {
            pairs.extend(decode(body));
        }
        Self(pairs)
    }

    /// A parameter that takes one value, `None` if it is missing or empty.
    pub(super) fn one(&self, name: &str) -> Option<&str> {
        let (_, value) = self.0.iter().find(|(sent, _)| sent == name)?;
        Some(value.as_str()).filter(|value| !value.is_empty())
    }

    pub(super) fn required(&self, name: &str) -> Result<&str, Failure> {
        self.one(name).ok_or_else(|| missing(name))
    }

    /// A parameter that takes many values: those under the bare name, then those under `name-N`
    /// by their number. At least one.
    pub(super) fn list(&self, name: &str) -> Result<Vec<&str>, Failure> {
        let mut placed: Vec<(Option<u64>, &str)> = self
            .0
            .iter()
            .filter_map(|(sent, value)| Some((place(sent, name)?, value.as_str())))
            .collect();
        if placed.is_empty() {
            return Err(missing(name));
        }
        placed.sort_by_key(|(place, _)| *place);
        Ok(placed.into_iter().map(|(_, value)| value).collect())
    }
}

fn missing(name: &str) -> Failure {
    Failure::new(format!("The parameter \"{name}\" is missing."))
}

/// The number that a name carries, which a bare one doesn't. `None` is another name altogether.
fn place(sent: &str, name: &str) -> Option<Option<u64>> {
    let rest = sent.strip_prefix(name)?;
    if rest.is_empty() {
        return Some(None);
    }
    let digits = rest.strip_prefix('-').filter(|rest| is_digits(rest))?;
    digits.parse().ok().map(Some)
}

pub(super) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn decode(encoded: &[u8]) -> Vec<(String, String)> {
    serde_urlencoded::from_bytes(encoded).unwrap_or_default()
}

fn is_form(headers: &HeaderMap) -> bool {
    let media_type = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let essence = media_type.and_then(|text| text.split(';').next());
    essence.is_some_and(|essence| {
        essence
            .trim()
            .eq_ignore_ascii_case("application/x-www-form-urlencoded")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(query: &str) -> Vec<String> {
        let parameters = Parameters(decode(query.as_bytes()));
        let items = parameters.list("item").unwrap_or_default();
        items.into_iter().map(str::to_owned).collect()
    }

    #[test]
    fn a_list_is_read_from_every_documented_spelling() {
        for query in [
            "item=a&item=b&item=c",
            "item-0=a&item-1=b&item-2=c",
            "item-1=a&item-2=b&item-3=c",
            "item=a&item-0=b&item-1=c",
            "item=a&item-1=b&item-2=c",
        ] {
            assert_eq!(items(query), ["a", "b", "c"], "{query}");
        }
    }

    #[test]
    fn numbers_order_a_list_and_not_their_text_or_their_place() {
        assert_eq!(items("item-10=c&item-9=b&item=a"), ["a", "b", "c"]);
    }

    #[test]
    fn other_spellings_are_other_parameters() {
        for query in [
            "item[]=a",
            "item[0]=a",
            "item_0=a",
            "items=a",
            "item-=a",
            "item-x=a",
            "item-%2B1=a",
            "Item=a",
        ] {
            assert!(items(query).is_empty(), "{query}");
        }
    }
}
