//! The time that the sandbox goes by.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use chrono::DateTime;

/// The time that a sandbox goes by: the machine's, or one that a test sets.
///
/// Clones share one time, so a test keeps a clone and moves the sandbox's time with it.
///
/// # Example
/// ```
/// use cartwright_sandbox::Clock;
/// use std::time::{Duration, UNIX_EPOCH};
///
/// let clock = Clock::settable(UNIX_EPOCH);
/// clock.advance(Duration::from_secs(60));
/// assert_eq!(clock.now(), UNIX_EPOCH + Duration::from_secs(60));
/// ```
#[derive(Clone, Debug)]
pub struct Clock {
    /// `None` follows the machine.
    standing: Arc<Mutex<Option<SystemTime>>>,
}

impl Clock {
    /// A clock that follows the machine's time.
    pub fn system() -> Self {
        Self {
            standing: Arc::default(),
        }
    }

    /// A clock that stands at `start` until it is set or advanced.
    pub fn settable(start: SystemTime) -> Self {
        Self {
            standing: Arc::new(Mutex::new(Some(start))),
        }
    }

    /// The present time.
    pub fn now(&self) -> SystemTime {
        self.standing
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .unwrap_or_else(SystemTime::now)
    }

    /// Moves the clock forward. A clock that followed the machine stands from here on.
    ///
    /// A step past the end of what [`SystemTime`] can hold leaves the time as it is.
    pub fn advance(&self, by: Duration) {
        let mut standing = self.standing.lock().unwrap_or_else(PoisonError::into_inner);
        let now = standing.unwrap_or_else(SystemTime::now);
        *standing = Some(now.checked_add(by).unwrap_or(now));
    }

    /// Sets the time, forward or back. A clock that followed the machine stands from here on.
    pub fn set(&self, to: SystemTime) {
        self.put(Some(to));
    }

    /// Follows the machine's time from here on.
    pub fn follow(&self) {
        self.put(None);
    }

    /// The time that an RFC 3339 text names, as in `2026-01-31T09:00:00Z`, to the millisecond.
    ///
    /// # Errors
    /// If it names none; the words say what it has to look like.
    ///
    /// ```
    /// use cartwright_sandbox::Clock;
    /// use std::time::{Duration, UNIX_EPOCH};
    ///
    /// let time = UNIX_EPOCH + Duration::from_secs(60);
    /// assert_eq!(Clock::parse_time("1970-01-01T01:01:00+01:00"), Ok(time));
    /// assert!(Clock::parse_time("yesterday").is_err());
    /// ```
    pub fn parse_time(text: &str) -> Result<SystemTime, String> {
        DateTime::parse_from_rfc3339(text)
            .ok()
            .and_then(|time| time_of_millis(time.timestamp_millis()))
            .ok_or_else(|| format!("`{text}` is no RFC 3339 time, as in 2026-01-31T09:00:00Z"))
    }

    /// Where the clock stands, in milliseconds since 1970. `None` if it follows the machine.
    pub(crate) fn standing_millis(&self) -> Option<i64> {
        let standing = *self.standing.lock().unwrap_or_else(PoisonError::into_inner);
        standing.map(millis_since_1970)
    }

    /// Sets the time, or follows the machine.
    pub(crate) fn put(&self, standing: Option<SystemTime>) {
        *self.standing.lock().unwrap_or_else(PoisonError::into_inner) = standing;
    }

    /// Milliseconds since 1970, negative before it.
    pub(crate) fn unix_millis(&self) -> i64 {
        millis_since_1970(self.now())
    }
}

fn millis_since_1970(time: SystemTime) -> i64 {
    let millis = |span: Duration| i64::try_from(span.as_millis()).unwrap_or(i64::MAX);
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) => millis(since),
        Err(before) => -millis(before.duration()),
    }
}

/// The time that lies so many milliseconds after 1970, or before it. `None` if the machine can't hold it.
pub(crate) fn time_of_millis(millis: i64) -> Option<SystemTime> {
    let span = Duration::from_millis(millis.unsigned_abs());
    match millis < 0 {
        true => UNIX_EPOCH.checked_sub(span),
        false => UNIX_EPOCH.checked_add(span),
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self::system()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_settable_clock_stands_still() {
        let clock = Clock::settable(UNIX_EPOCH);
        assert_eq!((clock.unix_millis(), clock.unix_millis()), (0, 0));
    }

    #[test]
    fn clones_share_one_time() {
        let clock = Clock::settable(UNIX_EPOCH);
        clock.clone().advance(Duration::from_millis(7));
        assert_eq!(clock.unix_millis(), 7);
    }

    #[test]
    fn a_time_before_1970_is_negative() {
        let clock = Clock::settable(UNIX_EPOCH - Duration::from_millis(5));
        assert_eq!(clock.unix_millis(), -5);
    }

    #[test]
    fn a_step_past_the_end_of_time_is_not_taken() {
        let clock = Clock::settable(UNIX_EPOCH);
        clock.advance(Duration::MAX);
        assert_eq!(clock.now(), UNIX_EPOCH);
    }

    #[test]
    fn an_advanced_system_clock_stands_in_the_future() {
        let clock = Clock::system();
        clock.advance(Duration::from_secs(3600));
        assert!(clock.now() > SystemTime::now() + Duration::from_secs(3000));
        assert_eq!(clock.now(), clock.now());
    }
}
