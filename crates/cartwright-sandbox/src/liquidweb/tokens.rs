//! Tokens of `Account/Auth/token`: what stands in place of the password for a while.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::answers::LiquidwebAnswers;
use super::exception::{Exception, Faults};
use super::fields::{Fields, ID, MAP};
use crate::ids::Ids;

/// Seconds without use after which a token ends, if nothing else was asked for, and at most.
const TIMEOUT: i64 = 15 * 60;
const LONGEST_TIMEOUT: i64 = 60 * 60;

/// Seconds after which a token ends, however much it was used.
const LIFETIME: i64 = 12 * 60 * 60;

/// What a call was let in with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Pass {
    Password,
    /// The token that comes with the sandbox, which never ends.
    Standing,
    Token(String),
}

#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(transparent)]
pub(super) struct Tokens(BTreeMap<String, Token>);

/// Times are milliseconds since 1970.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Token {
    made: i64,
    used: i64,
    timeout_seconds: i64,
}

impl Token {
    /// When it ends, if it is not used again.
    fn end(&self) -> i64 {
        let unused = self.used.saturating_add(millis(self.timeout_seconds));
        unused.min(self.made.saturating_add(millis(LIFETIME)))
    }
}

impl Tokens {
    /// Whether the token lets in. If it does, it has been used.
    pub(super) fn open(&mut self, token: &str, now: i64) -> bool {
        let Some(token) = self.0.get_mut(token).filter(|token| now < token.end()) else {
            return false;
        };
        token.used = token.used.max(now);
        true
    }

    /// A new token for a password. A token that is still good is kept alive, and answered again.
    pub(super) fn token(
        &mut self,
        pass: Pass,
        params: &Map<String, Value>,
        answers: LiquidwebAnswers,
        ids: &mut Ids,
        now: i64,
    ) -> Result<Value, Exception> {
        let timeout = timeout(params)?;
        self.0.retain(|_, token| now < token.end());
        let name = match pass {
            Pass::Token(name) => name,
            Pass::Password | Pass::Standing => ids.token(),
        };
        let token = self.0.entry(name.clone()).or_insert_with(|| Token {
            made: now,
            used: now,
            timeout_seconds: TIMEOUT,
        });
        token.timeout_seconds = timeout.unwrap_or(token.timeout_seconds);
        let record = answers.record();
        Ok(record
            .with("expires", answers.integer(token.end().div_euclid(1000)))
            .with("token", name)
            .finish())
    }
}

fn timeout(params: &Map<String, Value>) -> Result<Option<i64>, Exception> {
    let params = Fields::root(params);
    let mut faults = Faults::default();
    params.optional("login_context", &MAP, &mut faults);
    let timeout = params.optional("timeout", &ID, &mut faults);
    if let Some(seconds) = timeout.filter(|seconds| *seconds > LONGEST_TIMEOUT) {
        faults.add(Exception::out_of_bounds(
            "timeout",
            1,
            LONGEST_TIMEOUT,
            seconds,
        ));
    }
    faults.refuse()?;
    Ok(timeout)
}

fn millis(seconds: i64) -> i64 {
    seconds.saturating_mul(1000)
}
