//! What is promised of each fault: one rule for each meaning, and few exceptions that say why.

use cartwright::{ErrorKind, RetryState, Vendor, Verb};

use super::column::Column;
use super::row::{Meaning, Row, Times, Trouble};

/// How often the default policy sends a request that it repeats.
const MOST: u32 = 4;

/// How a call ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Done,
    Failed(ErrorKind, RetryState),
}

/// How a call ends, and how often its request was sent, or tried to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    pub end: End,
    pub attempts: u32,
}

/// How often a fault strikes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strikes {
    Always,
    Once,
}

/// Where the rule does not hold.
pub struct Exception {
    rows: &'static [&'static str],
    vendor: Vendor,
    verbs: &'static [Verb],
    /// `None` where the rule holds.
    always: Option<Outcome>,
    once: Option<Outcome>,
    /// In Markdown.
    pub why: &'static str,
}

const fn failed(kind: ErrorKind, retry: RetryState, attempts: u32) -> Outcome {
    Outcome {
        end: End::Failed(kind, retry),
        attempts,
    }
}

const fn done(attempts: u32) -> Outcome {
    Outcome {
        end: End::Done,
        attempts,
    }
}

/// What a repeated removal finds.
const GONE: Outcome = failed(ErrorKind::NotFound, RetryState::Permanent, 2);

pub const EXCEPTIONS: &[Exception] = &[
    Exception {
        rows: &["401", "dead credentials"],
        vendor: Vendor::Webroot,
        verbs: &Verb::ALL,
        always: Some(failed(ErrorKind::Unauthenticated, RetryState::Permanent, 2)),
        once: Some(done(2)),
        why: "a 401 may only mean that the token has ended. The vendor has not acted, so the call is sent once more with a new token, whatever its safety.",
    },
    Exception {
        rows: &["beyond the quota"],
        vendor: Vendor::LiquidWeb,
        verbs: &Verb::ALL,
        always: Some(failed(ErrorKind::RateLimited, RetryState::Temporary, 1)),
        once: Some(failed(ErrorKind::RateLimited, RetryState::Temporary, 1)),
        why: "the vendor refuses under HTTP 200, in the body, and says neither its quota nor when to come again. So the caller is told, and nothing is repeated.",
    },
    Exception {
        rows: &[
            "408, after acting",
            "500, after acting",
            "502, after acting",
            "503, after acting",
            "504, after acting",
            "reset, after acting",
            "later than an attempt, after acting",
        ],
        vendor: Vendor::BigCommerce,
        verbs: &[Verb::RemoveLine, Verb::Delete],
        always: None,
        once: Some(GONE),
        why: "the first attempt has removed it, and the second finds it gone. A call can't tell its own attempt from somebody else's, so the error says both.",
    },
    Exception {
        rows: &["a body slower than an attempt", "a body cut off"],
        vendor: Vendor::BigCommerce,
        verbs: &[Verb::RemoveLine],
        always: Some(failed(ErrorKind::NotFound, RetryState::Permanent, 4)),
        once: Some(GONE),
        why: "likewise; and where every body breaks off, the status 404 is there before its body.",
    },
    Exception {
        rows: &["200 with a page"],
        vendor: Vendor::BigCommerce,
        verbs: &[Verb::Delete],
        always: Some(done(1)),
        once: Some(done(1)),
        why: "the vendor documents a success without a body, so none is read: the status alone tells it.",
    },
];

impl Exception {
    pub fn fits(&self, row: &Row, column: &Column) -> bool {
        self.rows.contains(&row.name.as_str())
            && self.vendor == column.vendor
            && self.verbs.contains(&column.verb)
    }

    pub fn head(&self) -> String {
        let rows: Vec<String> = self.rows.iter().map(|row| format!("*{row}*")).collect();
        let rows = rows.join(", ");
        if self.verbs.len() == Verb::ALL.len() {
            return format!("{rows}, at {}", self.vendor);
        }
        let verbs: Vec<String> = self.verbs.iter().map(|verb| format!("`{verb}`")).collect();
        format!("{rows}, {} of {}", verbs.join(" and "), self.vendor)
    }
}

pub fn expected(row: &Row, column: &Column, strikes: Strikes) -> Outcome {
    let exception = EXCEPTIONS.iter().find(|each| each.fits(row, column));
    let excepted = exception.and_then(|exception| match strikes {
        Strikes::Always => exception.always,
        Strikes::Once => exception.once,
    });
    let outcome = excepted.unwrap_or_else(|| by_rule(row, column, strikes));
    match outcome.end {
        // What the request before has done stays done, and the whole call would do it again.
        End::Failed(kind, RetryState::Temporary) if column.is_later() => {
            failed(kind, RetryState::Permanent, outcome.attempts)
        }
        _ => outcome,
    }
}

fn by_rule(row: &Row, column: &Column, strikes: Strikes) -> Outcome {
    let is_repeated = match row.meaning {
        Meaning::NotActed(_) => true,
        // No time is left.
        Meaning::Open(_) => column.is_safe() && row.times != Times::ShortCall,
        _ => false,
    };
    if is_repeated && strikes == Strikes::Once {
        return done(2);
    }
    let attempts = if is_repeated { MOST } else { 1 };
    match row.meaning {
        // There was no cart that could be missing.
        Meaning::Refused(ErrorKind::NotFound) if column.verb == Verb::Create => {
            failed(ErrorKind::InvalidRequest, RetryState::Permanent, attempts)
        }
        Meaning::Refused(kind) => failed(kind, RetryState::Permanent, attempts),
        Meaning::NotActed(kind) => failed(kind, RetryState::Temporary, attempts),
        Meaning::Open(kind) if column.is_safe() => failed(kind, RetryState::Temporary, attempts),
        Meaning::Open(_) => failed(ErrorKind::OutcomeUnknown, RetryState::Unknown, attempts),
        Meaning::NotUnderstood => {
            let retry = match column.is_safe() {
                true => RetryState::Permanent,
                false => RetryState::Unknown,
            };
            failed(ErrorKind::UnexpectedResponse, retry, attempts)
        }
        Meaning::Taken | Meaning::Kept => done(attempts),
    }
}

/// How many of a call's requests arrive.
pub fn received(row: &Row, outcome: Outcome, strikes: Strikes) -> u32 {
    match (&row.trouble, strikes) {
        (Trouble::NoConnection, Strikes::Always) => 0,
        (Trouble::NoConnection, Strikes::Once) => outcome.attempts - 1,
        _ => outcome.attempts,
    }
}
