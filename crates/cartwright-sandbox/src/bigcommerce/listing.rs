//! A list of metafields: filters, direction, fields, and its two ways of paging.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime};
use serde_json::{Map, Value, json};

use super::errors::Problem;
use super::metafield::Metafield;

const DEFAULT_LIMIT: usize = 50;
const MOST_LIMIT: usize = 250;

/// What a list was asked for.
#[derive(Debug)]
pub(super) struct Listing {
    /// The parameters that are no paging, as they were sent: links repeat them.
    kept: Vec<(String, String)>,
    keys: Option<Vec<String>>,
    namespaces: Option<Vec<String>>,
    created: Span,
    modified: Span,
    fields: Option<Vec<String>>,
    descending: bool,
    limit: usize,
    page: Option<usize>,
    cursor: Option<Cursor>,
    /// Whether cursors are shown unasked: the store's list shows them, a cart's own list only beside a cursor.
    cursors: bool,
}

/// Seconds since 1970, both ends within.
#[derive(Debug, Default)]
struct Span {
    least: Option<i64>,
    most: Option<i64>,
}

/// The metafield next to the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cursor {
    Before(i64),
    After(i64),
}

impl Listing {
    /// The parameters of a cart's own list. It does not know the others.
    pub(super) fn of_cart(query: &str) -> Result<Self, Problem> {
        Self::read(&Query::read(query, &["key", "namespace"]), false)
    }

    /// The parameters of the store's list.
    pub(super) fn of_store(query: &str) -> Result<Self, Problem> {
        const KEPT: [&str; 9] = [
            "key",
            "key:in",
            "namespace",
            "namespace:in",
            "include_fields",
            "date_created:min",
            "date_created:max",
            "date_modified:min",
            "date_modified:max",
        ];
        Self::read(&Query::read(query, &KEPT), true)
    }

    fn read(query: &Query, cursors: bool) -> Result<Self, Problem> {
        let whole = |name, most| query.whole(name, most);
        let cursor = match (query.last("before"), query.last("after")) {
            (Some(_), Some(_)) => {
                return Err(Problem::unfit("before", "cannot be combined with after"));
            }
            (Some(before), None) => Some(Cursor::Before(cursor("before", before)?)),
            (None, Some(after)) => Some(Cursor::After(cursor("after", after)?)),
            (None, None) => None,
        };
        let fields = query.list("include_fields");
        let unknown = fields
            .iter()
            .flatten()
            .find(|field| !Metafield::FIELDS.contains(&field.as_str()));
        if let Some(unknown) = unknown {
            let why = format!("{unknown} is not one of {}", Metafield::FIELDS.join(", "));
            return Err(Problem::unfit("include_fields", why));
        }
        Ok(Self {
            kept: query.kept(),
            keys: query.either("key", "key:in"),
            namespaces: query.either("namespace", "namespace:in"),
            created: query.span("date_created:min", "date_created:max")?,
            modified: query.span("date_modified:min", "date_modified:max")?,
            fields,
            descending: query.descending()?,
            limit: whole("limit", MOST_LIMIT)?.unwrap_or(DEFAULT_LIMIT),
            page: whole("page", usize::MAX)?,
            cursor,
            cursors,
        })
    }

    /// The answer's body. The metafields come by their ids.
    pub(super) fn answer<'a>(&self, all: impl Iterator<Item = &'a Metafield>) -> Value {
        let mut found: Vec<&Metafield> = all.filter(|metafield| self.takes(metafield)).collect();
        if self.descending {
            found.reverse();
        }
        let (first, count) = match self.cursor {
            Some(cursor) => self.at_cursor(cursor, &found),
            None => {
                let page = self.page.unwrap_or(1).saturating_sub(1);
                (page.saturating_mul(self.limit), self.limit)
            }
        };
        let page: Vec<&Metafield> = found.iter().copied().skip(first).take(count).collect();
        let data: Value = page
            .iter()
            .map(|metafield| match &self.fields {
                Some(fields) => metafield.show_only(fields),
                None => metafield.show(),
            })
            .collect();
        let mut meta = Map::new();
        if self.cursor.is_none() {
            meta.insert("pagination".to_owned(), self.pages(found.len(), page.len()));
        }
        if self.cursor.is_some() || (self.cursors && self.page.is_none()) {
            let more = (first > 0, first.saturating_add(page.len()) < found.len());
            meta.insert(
                "cursor_pagination".to_owned(),
                self.cursor_page(&page, more),
            );
        }
        json!({"data": data, "meta": meta})
    }

    fn takes(&self, metafield: &Metafield) -> bool {
        let listed = |list: &Option<Vec<String>>, text: &String| {
            list.as_ref().is_none_or(|list| list.contains(text))
        };
        listed(&self.keys, &metafield.key)
            && listed(&self.namespaces, &metafield.namespace)
            && self.created.takes(metafield.created)
            && self.modified.takes(metafield.modified)
    }

    /// Where the page beside a cursor begins, and how long it is at most.
    fn at_cursor(&self, cursor: Cursor, found: &[&Metafield]) -> (usize, usize) {
        let ahead_of = |id: i64, metafield: &Metafield| match self.descending {
            true => metafield.id > id,
            false => metafield.id < id,
        };
        match cursor {
            Cursor::After(id) => {
                let first = found.partition_point(|one| one.id == id || ahead_of(id, one));
                (first, self.limit)
            }
            Cursor::Before(id) => {
                let end = found.partition_point(|one| ahead_of(id, one));
                let first = end.saturating_sub(self.limit);
                (first, end - first)
            }
        }
    }

    fn pages(&self, total: usize, count: usize) -> Value {
        let page = self.page.unwrap_or(1);
        let pages = total.div_ceil(self.limit);
        let link = |page: usize| self.link(&[("page", &page.to_string())]);
        let mut links = Map::from_iter([("current".to_owned(), link(page))]);
        if page > 1 {
            links.insert("previous".to_owned(), link(page - 1));
        }
        if page < pages {
            links.insert("next".to_owned(), link(page + 1));
        }
        json!({
            "total": total,
            "count": count,
            "per_page": self.limit,
            "current_page": page,
            "total_pages": pages,
            "links": links,
        })
    }

    fn cursor_page(&self, page: &[&Metafield], (before, after): (bool, bool)) -> Value {
        let link = |name: &str, cursor: &str| self.link(&[("page", "1"), (name, cursor)]);
        let current = match self.cursor {
            Some(Cursor::Before(id)) => link("before", &written(id)),
            Some(Cursor::After(id)) => link("after", &written(id)),
            None => self.link(&[("page", "1")]),
        };
        let mut links = Map::from_iter([("current".to_owned(), current)]);
        let mut shown = json!({"count": page.len(), "per_page": self.limit});
        if let (Value::Object(shown), [first, ..], [.., last]) = (&mut shown, page, page) {
            let (start, end) = (written(first.id), written(last.id));
            if before {
                links.insert("previous".to_owned(), link("before", &start));
            }
            if after {
                links.insert("next".to_owned(), link("after", &end));
            }
            shown.insert("start_cursor".to_owned(), start.into());
            shown.insert("end_cursor".to_owned(), end.into());
        }
        if let Value::Object(shown) = &mut shown {
            shown.insert("links".to_owned(), links.into());
        }
        shown
    }

    fn link(&self, paging: &[(&str, &str)]) -> Value {
        let kept = self
            .kept
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()));
        let limit = self.limit.to_string();
        let own = paging.iter().copied().chain([("limit", limit.as_str())]);
        let pairs: Vec<(&str, &str)> = kept.chain(own).collect();
        // Pairs of text always have a query form.
        let query = serde_urlencoded::to_string(pairs).unwrap_or_default();
        format!("?{query}").into()
    }
}

impl Span {
    fn takes(&self, millis: i64) -> bool {
        let seconds = millis.div_euclid(1000);
        self.least.is_none_or(|least| seconds >= least)
            && self.most.is_none_or(|most| seconds <= most)
    }
}

/// The parameters of a query that the list knows.
struct Query {
    pairs: Vec<(String, String)>,
}

impl Query {
    fn read(query: &str, filters: &[&str]) -> Self {
        const PAGING: [&str; 5] = ["page", "limit", "direction", "before", "after"];
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).unwrap_or_default();
        let known = |name: &str| filters.contains(&name) || PAGING.contains(&name);
        Self {
            pairs: pairs.into_iter().filter(|(name, _)| known(name)).collect(),
        }
    }

    fn kept(&self) -> Vec<(String, String)> {
        let paging = ["page", "limit", "before", "after"];
        let pairs = self.pairs.iter();
        pairs
            .filter(|(name, _)| !paging.contains(&name.as_str()))
            .cloned()
            .collect()
    }

    /// Of a repeated parameter the last one counts.
    fn last(&self, name: &str) -> Option<&str> {
        let mut from_the_end = self.pairs.iter().rev();
        let found = from_the_end.find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    fn list(&self, name: &str) -> Option<Vec<String>> {
        let items = |list: &str| list.split(',').map(str::to_owned).collect();
        self.last(name).filter(|list| !list.is_empty()).map(items)
    }

    /// What a filter and its list form ask for together.
    fn either(&self, one: &str, several: &str) -> Option<Vec<String>> {
        let one = self.last(one).map(|value| vec![value.to_owned()]);
        match (one, self.list(several)) {
            (Some(mut one), Some(several)) => {
                one.extend(several);
                Some(one)
            }
            (one, several) => one.or(several),
        }
    }

    fn whole(&self, name: &str, most: usize) -> Result<Option<usize>, Problem> {
        let Some(text) = self.last(name) else {
            return Ok(None);
        };
        let number = text
            .parse()
            .ok()
            .filter(|number| (1..=most).contains(number));
        match number {
            Some(number) => Ok(Some(number)),
            None => Err(Problem::unfit(
                name,
                format!("must be a whole number from 1 to {most}"),
            )),
        }
    }

    fn descending(&self) -> Result<bool, Problem> {
        match self.last("direction") {
            None | Some("asc") => Ok(false),
            Some("desc") => Ok(true),
            Some(_) => Err(Problem::unfit("direction", "must be asc or desc")),
        }
    }

    fn span(&self, least: &str, most: &str) -> Result<Span, Problem> {
        let read = |name: &str| match self.last(name) {
            Some(text) => match seconds(text) {
                Some(seconds) => Ok(Some(seconds)),
                None => Err(Problem::unfit(
                    name,
                    "must be like 2024-05-14 or 2024-05-14T09:34:00",
                )),
            },
            None => Ok(None),
        };
        Ok(Span {
            least: read(least)?,
            most: read(most)?,
        })
    }
}

/// A date is its midnight; without an offset it is UTC.
fn seconds(text: &str) -> Option<i64> {
    if let Ok(date) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        return Some(date.and_time(NaiveTime::MIN).and_utc().timestamp());
    }
    if let Ok(time) = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S") {
        return Some(time.and_utc().timestamp());
    }
    DateTime::parse_from_rfc3339(text)
        .ok()
        .map(|time| time.timestamp())
}

/// `aWQ6Nw==`, which is `id:7`, as the documentation shows a cursor.
fn written(id: i64) -> String {
    BASE64_STANDARD.encode(format!("id:{id}"))
}

fn cursor(name: &str, text: &str) -> Result<i64, Problem> {
    BASE64_STANDARD
        .decode(text)
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .and_then(|text| text.strip_prefix("id:")?.parse().ok())
        .ok_or_else(|| Problem::unfit(name, "is no cursor of an answer"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_the_documented_text() {
        assert_eq!(written(7), "aWQ6Nw==");
        assert_eq!(cursor("after", "aWQ6Nw==").ok(), Some(7));
        for odd in ["", "7", "aWQ6", "aWQ6Nw", "eDo3"] {
            assert!(cursor("after", odd).is_err(), "{odd}");
        }
    }

    #[test]
    fn a_time_has_three_forms() {
        for text in [
            "2024-05-14T09:34:00",
            "2024-05-14T09:34:00+00:00",
            "2024-05-14T11:34:00+02:00",
        ] {
            assert_eq!(seconds(text), Some(1_715_679_240), "{text}");
        }
        assert_eq!(seconds("2024-05-14"), Some(1_715_644_800));
        for odd in ["", "14.05.2024", "2024-05-14T", "2024-02-30"] {
            assert_eq!(seconds(odd), None, "{odd}");
        }
    }
}
