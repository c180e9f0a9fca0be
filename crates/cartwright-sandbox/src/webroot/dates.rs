//! Dates on the wire: with `Z` where a cart is created, without an offset where it is read.

use chrono::{DateTime, Datelike, Months, NaiveDate, NaiveDateTime, NaiveTime};

/// How an answer writes its dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Zulu,
    Bare,
}

impl Style {
    pub(super) fn write(self, at: NaiveDateTime) -> String {
        let format = match self {
            Self::Zulu => "%Y-%m-%dT%H:%M:%SZ",
            Self::Bare => "%Y-%m-%dT%H:%M:%S",
        };
        at.format(format).to_string()
    }
}

/// A moment in UTC, from milliseconds since 1970.
pub(super) fn moment(millis: i64) -> NaiveDateTime {
    DateTime::from_timestamp_millis(millis)
        .unwrap_or_default()
        .naive_utc()
}

pub(super) fn midnight(at: NaiveDateTime) -> NaiveDateTime {
    at.date().and_time(NaiveTime::MIN)
}

/// The same day so many months on, or the last one of its month; `at` itself at the end of time.
pub(super) fn months_on(at: NaiveDateTime, months: u32) -> NaiveDateTime {
    at.checked_add_months(Months::new(months)).unwrap_or(at)
}

/// Reads a date with an offset, without one (UTC), or without a time (midnight).
pub(super) fn read(text: &str) -> Option<NaiveDateTime> {
    let with_offset = || DateTime::parse_from_rfc3339(text).map(|at| at.naive_utc());
    let without_time =
        || NaiveDate::parse_from_str(text, "%Y-%m-%d").map(|date| date.and_time(NaiveTime::MIN));
    NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f")
        .or_else(|_| with_offset())
        .or_else(|_| without_time())
        .ok()
        // Chrono reads more years than four digits can say.
        .filter(|at| (1..=9999).contains(&at.year()))
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
            let read = read(sent).map(|at| Style::Bare.write(at));
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
            assert_eq!(read(sent), None, "{sent}");
        }
    }

    #[test]
    fn a_month_on_from_its_last_day_is_a_last_day() {
        let leap_day = read("2024-01-31").map(|at| Style::Zulu.write(months_on(at, 1)));
        assert_eq!(leap_day.as_deref(), Some("2024-02-29T00:00:00Z"));
    }
}
