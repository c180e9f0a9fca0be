//! The vendor's time: `YYYY-MM-DD HH:MM:SS`, in EST or EDT, without saying so.

use chrono::{DateTime, Duration, NaiveDate, NaiveDateTime, Weekday};

pub(super) const FORM: &str = "%Y-%m-%d %H:%M:%S";

/// The text of an instant, given in milliseconds since 1970.
pub(super) fn text(millis: i64) -> String {
    let utc = DateTime::from_timestamp_millis(millis)
        .unwrap_or_default()
        .naive_utc();
    let standard = utc.checked_sub_signed(Duration::hours(5)).unwrap_or(utc);
    let local = if is_daylight(standard) {
        standard + Duration::hours(1)
    } else {
        standard
    };
    local.format(FORM).to_string()
}

/// Whether clocks are an hour ahead, by the rule of 2007: from 2:00 on the second Sunday in March to
/// 2:00 daylight time, which is 1:00 standard time, on the first Sunday in November.
fn is_daylight(standard: NaiveDateTime) -> bool {
    let year = chrono::Datelike::year(&standard);
    let sunday = |month, nth, hour| {
        NaiveDate::from_weekday_of_month_opt(year, month, Weekday::Sun, nth)?
            .and_hms_opt(hour, 0, 0)
    };
    match (sunday(3, 2, 2), sunday(11, 1, 1)) {
        (Some(begin), Some(end)) => (begin..end).contains(&standard),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_told_in_standard_or_daylight_time() {
        for (utc, eastern) in [
            ("2024-01-01T00:00:00Z", "2023-12-31 19:00:00"),
            ("2024-05-06T07:16:55Z", "2024-05-06 03:16:55"),
            ("2024-03-10T06:59:59Z", "2024-03-10 01:59:59"),
            ("2024-03-10T07:00:00Z", "2024-03-10 03:00:00"),
            ("2024-11-03T05:59:59Z", "2024-11-03 01:59:59"),
            ("2024-11-03T06:00:00Z", "2024-11-03 01:00:00"),
        ] {
            let millis = DateTime::parse_from_rfc3339(utc)
                .unwrap()
                .timestamp_millis();
            assert_eq!(text(millis), eastern, "{utc}");
        }
    }

    #[test]
    fn an_instant_beyond_the_calendar_is_told_as_the_epoch() {
        assert_eq!(text(i64::MAX), text(0));
    }

    #[test]
    fn the_first_instant_of_the_calendar_is_told() {
        assert!(!text(chrono::DateTime::<chrono::Utc>::MIN_UTC.timestamp_millis()).is_empty());
    }
}
