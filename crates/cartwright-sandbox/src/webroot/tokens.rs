//! The tokens given out, and how long they live.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::scopes::Scopes;
use crate::ids::Ids;

/// Of an access token: five minutes.
const ACCESS_SECONDS: i64 = 300;
/// Of a refresh token: 14 days.
const REFRESH_SECONDS: i64 = 14 * 24 * 60 * 60;

#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Tokens {
    access: BTreeMap<String, Grant>,
    /// There is one, since each new one kills the one before it.
    refresh: Option<(String, Grant)>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Grant {
    scopes: Scopes,
    /// The first millisecond since 1970 at which the token is dead.
    end: i64,
}

impl Grant {
    fn new(scopes: Scopes, now: i64, seconds: i64) -> Self {
        Self {
            scopes,
            end: now.saturating_add(seconds * 1000),
        }
    }

    fn lives(&self, now: i64) -> bool {
        now < self.end
    }
}

impl Tokens {
    /// What a living access token is good for.
    pub(super) fn scopes(&self, access: &str, now: i64) -> Option<Scopes> {
        let grant = self.access.get(access).filter(|grant| grant.lives(now))?;
        Some(grant.scopes.clone())
    }

    /// What the living refresh token was given for.
    pub(super) fn refreshable(&self, refresh: &str, now: i64) -> Option<Scopes> {
        let (token, grant) = self.refresh.as_ref()?;
        (token == refresh && grant.lives(now)).then(|| grant.scopes.clone())
    }

    /// A new pair of tokens, as the vendor answers it.
    pub(super) fn give(&mut self, scopes: Scopes, ids: &mut Ids, now: i64) -> Value {
        let (access, refresh) = (ids.token(), ids.token());
        let answer = json!({
            "access_token": access,
            "refresh_token": refresh,
            "token_type": "bearer",
            "expires_in": ACCESS_SECONDS,
            "scope": scopes.answered(),
        });
        let long = Grant::new(scopes.clone(), now, REFRESH_SECONDS);
        self.access.retain(|_, grant| grant.lives(now));
        self.access
            .insert(access, Grant::new(scopes, now, ACCESS_SECONDS));
        self.refresh = Some((refresh, long));
        answer
    }
}
