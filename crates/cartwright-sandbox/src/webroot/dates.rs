//! Dates on the wire: with `Z` where a cart is created, without an offset where it is read.

use chrono::{DateTime, Datelike, Months, NaiveDate, NaiveDateTime, NaiveTime};
use serde::{Deserialize, Serialize};

/// A moment in UTC. In a seed or a state it is a text in one of the forms that [`Moment::read`] takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub(super) struct Moment(NaiveDateTime);

/// How an answer writes its dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Zulu,
    Bare,
}

impl Style {
    pub(super) fn write(self, at: Moment) -> String {
        let format = match self {
            Self::Zulu => "%Y-%m-%dT%H:%M:%SZ",
            Self::Bare => "%Y-%m-%dT%H:%M:%S",
        };
        at.0.format(format).to_string()
    }
}

impl Moment {
    /// So many milliseconds after 1970.
    pub(super) fn of_millis(millis: i64) -> Self {
        let at = DateTime::from_timestamp_millis(millis).unwrap_or_default();
        Self(at.naive_utc())
    }

    pub(super) fn midnight(self) -> Self {
        Self(self.0.date().and_time(NaiveTime::MIN))
    }

    /// The same day so many months on, or the last one of its month; the day itself at the end of time.
    pub(super) fn months_on(self, months: u32) -> Self {
        let later = self.0.checked_add_months(Months::new(months));
        later.map_or(self, Self)
    }

    /// Reads a date with an offset, without one (UTC), or without a time (midnight).
    pub(super) fn read(text: &str) -> Option<Self> {
        let with_offset = || DateTime::parse_from_rfc3339(text).map(|at| at.naive_utc());
        let without_time = || {
            NaiveDate::parse_from_str(text, "%Y-%m-%d").map(|date| date.and_time(NaiveTime::MIN))
        };
        NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f")
            .or_else(|_| with_offset())
            .or_else(|_| without_time())
            .ok()
            // Chrono reads more years than four digits can say.
            .filter(|at| (1..=9999).contains(&at.year()))
            .map(Self)
    }
}

impl From<Moment> for String {
    fn from(at: Moment) -> Self {
        at.0.format("%Y-%m-%dT%H:%M:%S%.f").to_string()
    }
}

impl TryFrom<String> for Moment {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::read(&text).ok_or_else(|| {
            format!("{text:?} is no date: write it as \"2022-11-30\" or \"2022-11-30T01:34:40\"")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_has_these_wire_forms() {
        for (sent, read_as) in [
            ("2023-11-29T00:00:00Z", "2023-11-29T00:00:00"),
            ("2023-11-29T01:30:00+02:00", "2023-11-28T23:30:00"),
            ("2023-11-29T01:30:00", "2023-11-29T01:30:00"),
            ("2023-11-29T01:30:00.123", "2023-11-29T01:30:00"),
            ("2023-11-29", "2023-11-29T00:00:00"),
        ] {
            let read = Moment::read(sent).map(|at| Style::Bare.write(at));
            assert_eq!(read.as_deref(), Some(read_as), "{sent}");
        }
    }

    #[test]
    fn what_is_no_date_is_not_read() {
        for sent in [
            "",
            "tomorrow",
            "2023-02-30",
            "2023-11-29 01:30",
            "11/29/2023",
            "+12023-01-01",
            "-0001-01-01",
            "9999-12-31T23:59:59-01:00",
        ] {
            assert_eq!(Moment::read(sent), None, "{sent}");
        }
    }

    #[test]
    fn a_month_on_from_its_last_day_is_a_last_day() {
        let leap_day = Moment::read("2024-01-31").map(|at| Style::Zulu.write(at.months_on(1)));
        assert_eq!(leap_day.as_deref(), Some("2024-02-29T00:00:00Z"));
    }

    #[test]
    fn a_state_keeps_a_moment_to_the_millisecond() {
        let at = Moment::of_millis(1_669_772_080_123);
        assert_eq!(Moment::read(&String::from(at)), Some(at));
    }
}
