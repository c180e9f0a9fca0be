//! The OAuth password grant (RFC 6749, section 4.3): tokens are fetched, kept, refreshed before they end, and replaced when the
//! vendor no longer takes them.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::{ACCEPT, AUTHORIZATION, HeaderMap, HeaderValue};
use http::{Method, StatusCode};
use serde::de::{Deserializer as _, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;
use tokio::sync::Mutex;
use tokio::time::Instant;

use crate::body::{self, BodyStart, BodyText, End};
use crate::credentials::{ConfigError, Secret};
use crate::decode::decode;
use crate::gzip;
use crate::operation::{Operation, Retry};
use crate::page;
use crate::request::{RequestBuilder, RequestBuilderExt};
use crate::session::{SendError, Session};

/// What the password grant exchanges for tokens. `Debug` shows no secret.
///
/// A token is used for four fifths of the life that its answer tells (`expires_in`, counted from before it was asked for), and each at
/// least once. Without that field, or where it is 0, negative or no number, the token is used until the vendor answers 401.
///
/// ```
/// use cartwright_runtime::{Credentials, PasswordGrant};
///
/// let grant = PasswordGrant::new("ann@example.com", "hunter2")
///     .client("client-id", "client-secret")
///     .scope("Shop");
/// let credentials = Credentials::new().oauth2_password("PartnerLogin", grant);
/// assert!(!format!("{credentials:?}").contains("hunter2"));
/// ```
#[derive(Clone)]
pub struct PasswordGrant {
    username: String,
    password: Secret,
    client: Option<(String, Secret)>,
    scope: Option<String>,
}

impl PasswordGrant {
    /// The user's name and password.
    pub fn new(username: impl Into<String>, password: impl Into<Secret>) -> Self {
        Self {
            username: username.into(),
            password: password.into(),
            client: None,
            scope: None,
        }
    }

    /// The client's own id and secret, sent as HTTP Basic with each request for a token.
    #[must_use]
    pub fn client(mut self, id: impl Into<String>, secret: impl Into<Secret>) -> Self {
        self.client = Some((id.into(), secret.into()));
        self
    }

    /// What the tokens shall be good for, as the vendor writes scopes.
    #[must_use]
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.scope = Some(scope.into());
        self
    }

    /// The password, and the client's secret with its id.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = (Option<&str>, &Secret)> {
        let client = self.client.iter();
        let client = client.map(|(id, secret)| (Some(id.as_str()), secret));
        client.chain([(Some(self.username.as_str()), &self.password)])
    }

    fn form<'a>(&'a self, refresh_token: Option<&'a Secret>) -> BTreeMap<&'static str, &'a str> {
        let mut form = BTreeMap::new();
        match refresh_token {
            Some(token) => {
                form.insert("grant_type", "refresh_token");
                form.insert("refresh_token", token.expose());
            }
            None => {
                form.insert("grant_type", "password");
                form.insert("username", &self.username);
                form.insert("password", self.password.expose());
            }
        }
        form.extend(self.scope.as_deref().map(|scope| ("scope", scope)));
        form
    }
}

impl fmt::Debug for PasswordGrant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordGrant(..)")
    }
}

/// The tokens of a session, by scheme. Clones of a session share them.
#[derive(Clone, Default)]
pub(crate) struct Tokens(Arc<Shared>);

#[derive(Default)]
struct Shared {
    /// How many requests for a token have failed.
    failures: AtomicU64,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    tokens: BTreeMap<&'static str, Arc<Token>>,
    /// The latest failure of each scheme, and its number.
    failed: BTreeMap<&'static str, (u64, SendError)>,
}

/// An access token that calls carry.
#[derive(Clone)]
pub(crate) struct Token {
    pub(crate) access: Secret,
    refresh: Option<Secret>,
    /// When to stop using it; a vendor that does not say is believed until it answers 401.
    fresh_until: Option<Instant>,
    /// Tells a token from the one that replaced it.
    serial: u64,
}

impl Token {
    pub(crate) fn secrets(&self) -> impl Iterator<Item = &Secret> {
        [&self.access].into_iter().chain(&self.refresh)
    }

    fn is_fresh(&self) -> bool {
        self.fresh_until.is_none_or(|end| Instant::now() < end)
    }
}

/// Stands in for the request for a token.
static TOKEN: Operation = Operation {
    id: "token request",
    method: "POST",
    path: "",
    cart: &[],
    // Another token is made; nothing else changes.
    retry: Retry::Safe,
    security: &[],
    deprecated: false,
};

impl Tokens {
    /// A token that is still fresh. All callers wait for one request, and share its failure too: trying in turn, the last
    /// would wait for as many deadlines as there are callers.
    pub(crate) async fn get(
        &self,
        session: &Session,
        scheme: &'static str,
        token_url: &str,
        grant: &PasswordGrant,
    ) -> Result<Arc<Token>, SendError> {
        let seen = self.0.failures.load(Ordering::SeqCst);
        let mut kept = self.0.kept.lock().await;
        if let Some(token) = kept.tokens.get(scheme).filter(|token| token.is_fresh()) {
            return Ok(token.clone());
        }
        if let Some((number, failure)) = kept.failed.get(scheme)
            && *number > seen
        {
            return Err(retold(failure));
        }
        // It stays in place while another is asked for: a caller may stop waiting, or the vendor fail.
        let old = kept.tokens.get(scheme).cloned();
        match replacement(session, token_url, grant, old).await {
            Ok(token) => {
                let token = Arc::new(token);
                kept.tokens.insert(scheme, token.clone());
                Ok(token)
            }
            Err(failure) => {
                let number = self.0.failures.fetch_add(1, Ordering::SeqCst) + 1;
                kept.failed.insert(scheme, (number, retold(&failure)));
                Err(failure)
            }
        }
    }

    /// Stops using a token that the vendor no longer takes, unless another caller has replaced it.
    pub(crate) async fn end(&self, scheme: &'static str, token: &Token) {
        let mut kept = self.0.kept.lock().await;
        if let Some(kept) = kept.tokens.get_mut(scheme)
            && kept.serial == token.serial
        {
            Arc::make_mut(kept).fresh_until = Some(Instant::now());
        }
    }
}

fn retold(failure: &SendError) -> SendError {
    match failure {
        SendError::Config { operation, source } => SendError::Config {
            operation,
            source: source.clone(),
        },
        SendError::Transport { operation, source } => SendError::Transport {
            operation,
            source: source.retold().after_attempts(source.attempts()),
        },
        SendError::Token(refused) => SendError::Token(refused.clone()),
    }
}

/// A new token: by the refresh token while that lives, or else by the password.
async fn replacement(
    session: &Session,
    token_url: &str,
    grant: &PasswordGrant,
    old: Option<Arc<Token>>,
) -> Result<Token, SendError> {
    let serial = old.as_ref().map_or(0, |token| token.serial + 1);
    let refresh = old.as_ref().and_then(|token| token.refresh.as_ref());
    let by_refresh = match refresh {
        Some(refresh) => match request(session, token_url, grant, &old, Some(refresh)).await {
            // A dead refresh token: begin again with the password.
            Err(SendError::Token(refused))
                if refused.status.is_success()
                    || refused.status.is_client_error()
                        && refused.status != StatusCode::TOO_MANY_REQUESTS =>
            {
                None
            }
            other => Some(other?),
        },
        None => None,
    };
    let token = match by_refresh {
        Some(token) => token,
        None => request(session, token_url, grant, &old, None).await?,
    };
    Ok(Token { serial, ..token })
}

/// What a token request answers.
struct Answer {
    access: Secret,
    refresh: Option<Secret>,
    /// How long the token lives, where the vendor says so.
    life: Option<Duration>,
}

impl Answer {
    /// The token, or what is wrong with the answer. What is wrong with another field costs that field alone.
    fn read(received: &body::Received) -> Result<Self, String> {
        let field = |name| {
            let field = OneField::deserialize_from(&received.body, name);
            field.ok().flatten()
        };
        decode::<Object>(received)
            .map_err(|failure| Self::why_unreadable(received, failure.message))?;
        let access = match field("access_token") {
            Some(Value::String(token)) if token.trim().is_empty() => {
                return Err(
                    "the `access_token` of the answer to the token request is empty".into(),
                );
            }
            Some(Value::String(token)) => token,
            Some(Value::Null) | None => {
                let code = field("error");
                let code = code.as_ref().and_then(Value::as_str);
                let code = code.map_or(String::new(), |code| format!(", but the error `{code}`"));
                return Err(format!(
                    "the answer to the token request holds no `access_token`{code}"
                ));
            }
            Some(_) => {
                return Err(
                    "the `access_token` of the answer to the token request is no text".into(),
                );
            }
        };
        let refresh = match field("refresh_token") {
            Some(Value::String(token)) if !token.is_empty() => Some(token.into()),
            _ => None,
        };
        let seconds = match field("expires_in") {
            Some(Value::Number(seconds)) => seconds.as_f64(),
            Some(Value::String(seconds)) => seconds.trim().parse().ok(),
            _ => None,
        };
        // A token that is dead when it is made is nobody's intention: 0 is how some say that it does not end.
        let seconds = seconds.filter(|seconds| *seconds > 0.0);
        Ok(Self {
            access: access.into(),
            refresh,
            life: seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok()),
        })
    }

    /// What is wrong with an answer that is no JSON object, without a word of it: it may hold tokens.
    fn why_unreadable(received: &body::Received, message: String) -> String {
        let is_unread =
            !matches!(received.end, End::Whole) || !gzip::encodings(&received.headers).is_empty();
        let is_unread = is_unread || received.body.is_empty();
        let why = match serde_json::from_slice::<Value>(&received.body) {
            _ if is_unread => message,
            Ok(_) => "it is no JSON object".to_owned(),
            Err(error) => {
                page::named(&received.headers, &received.body).unwrap_or_else(|| error.to_string())
            }
        };
        format!("the answer to the token request cannot be read: {why}")
    }
}

/// Any JSON object; a value that no Rust type holds, such as `1e400`, is no reason to refuse it.
type Object = BTreeMap<String, IgnoredAny>;

/// The value of one key of an object, the last if there are several. The others are not looked at.
struct OneField(&'static str);

impl OneField {
    fn deserialize_from(body: &[u8], name: &'static str) -> serde_json::Result<Option<Value>> {
        serde_json::Deserializer::from_slice(body).deserialize_map(Self(name))
    }
}

impl<'de> Visitor<'de> for OneField {
    type Value = Option<Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut found = None;
        while let Some(key) = map.next_key::<String>()? {
            match key == self.0 {
                true => found = Some(map.next_value()?),
                false => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(found)
    }
}

async fn request(
    session: &Session,
    token_url: &str,
    grant: &PasswordGrant,
    old: &Option<Arc<Token>>,
    refresh: Option<&Secret>,
) -> Result<Token, SendError> {
    let misconfigured = |source| SendError::Config {
        operation: &TOKEN,
        source,
    };
    let unusable = || {
        misconfigured(ConfigError::UnusableCredential {
            scheme: TOKEN.id.to_owned(),
        })
    };
    let url = match token_url.starts_with('/') {
        true => format!("{}{token_url}", session.base_url()),
        false => token_url.to_owned(),
    };
    let mut builder = RequestBuilder::new(Method::POST, &url)
        .header(ACCEPT, HeaderValue::from_static("application/json"));
    if let Some((id, secret)) = &grant.client {
        if id.contains(':') {
            return Err(unusable());
        }
        let pair = STANDARD.encode(format!("{id}:{}", secret.expose()));
        let mut value = HeaderValue::try_from(format!("Basic {pair}")).map_err(|_| unusable())?;
        value.set_sensitive(true);
        builder = builder.header(AUTHORIZATION, value);
    }
    let form = grant.form(refresh);
    let request = builder
        .form_urlencoded(&form)
        .and_then(RequestBuilder::build);
    let request = request.map_err(|_| unusable())?;
    session.check_origin(&request).map_err(misconfigured)?;
    // The token's life is counted from before it was made.
    let asked = Instant::now();
    let response = session.send(request, &TOKEN, 0, old.as_ref()).await?;
    let received = body::receive(response).await;
    let refused = |received: body::Received, message: String, keep_body: bool| {
        let received = received.hidden();
        SendError::Token(Box::new(TokenRefused {
            status: received.status,
            headers: received.headers,
            message,
            attempts: received.attempts,
            body: if keep_body {
                received.body
            } else {
                Default::default()
            },
        }))
    };
    if !received.status.is_success() {
        let message = "the vendor refused a token".to_owned();
        return Err(refused(received, message, true));
    }
    if let End::Broken(source) = received.end {
        return Err(SendError::Transport {
            operation: &TOKEN,
            source,
        });
    }
    // The body of a success may hold tokens, so it is never shown.
    let answer = match Answer::read(&received) {
        Ok(answer) => answer,
        Err(message) => return Err(refused(received, message, false)),
    };
    // A fifth of its life is kept back for calls under way and clocks that differ.
    let fresh = answer.life.map(|life| life.mul_f32(0.8));
    Ok(Token {
        access: answer.access,
        refresh: answer.refresh,
        fresh_until: fresh.and_then(|fresh| asked.checked_add(fresh)),
        serial: 0,
    })
}

/// A request for a token that brought none.
#[derive(Clone)]
#[non_exhaustive]
pub struct TokenRefused {
    /// The HTTP status.
    pub status: StatusCode,
    /// All headers of the response.
    pub headers: HeaderMap,
    /// What is wrong.
    pub message: String,
    /// The body as it came, but for credentials; empty under a success status, because it may hold tokens.
    pub body: bytes::Bytes,
    /// How often the token was asked for.
    pub attempts: u32,
}

impl fmt::Display for TokenRefused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let status = self.status.as_u16();
        write!(f, "token request: HTTP {status}: {}", self.message)?;
        match self.status.is_success() {
            true => Ok(()),
            false => write!(f, "; {}", BodyStart(&self.body)),
        }
    }
}

impl fmt::Debug for TokenRefused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenRefused")
            .field("status", &self.status)
            .field("message", &self.message)
            .field("body", &BodyText(&self.body))
            .finish()
    }
}
