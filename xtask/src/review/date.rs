//! Days, in UTC.

use std::fmt;
use std::str::FromStr;
use std::time::SystemTime;

use chrono::{DateTime, NaiveDate, Utc};

/// A day. Displayed and read as `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(NaiveDate);

impl Date {
    /// Reads `YYYY-MM-DD`; `None` for anything else, and for a day that the calendar lacks.
    ///
    /// ```
    /// use xtask::review::date::Date;
    ///
    /// assert!(Date::parse("2028-02-29") > Date::parse("2027-12-31"));
    /// assert_eq!(Date::parse("2027-02-29"), None);
    /// assert_eq!(Date::parse("2027-2-9"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().map(Self)?;
        // The form is read with fewer digits as well.
        (day.to_string() == text).then_some(day)
    }

    /// The day that it is now.
    pub fn today() -> Self {
        Self(DateTime::<Utc>::from(SystemTime::now()).date_naive())
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Date {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::parse(text).ok_or_else(|| format!("`{text}` is no day: write it as 2026-12-31"))
    }
}
