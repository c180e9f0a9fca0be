//! A base URL, credentials and a transport: what every call of a client shares.

use std::fmt;
use std::sync::Arc;

use http::header::{ACCEPT, HeaderValue};
use http::{Method, StatusCode};
use serde_json::Value;
use url::Url;

use crate::body;
use crate::credentials::{ConfigError, Credentials};
use crate::error::Error;
use crate::gzip;
use crate::hide::InUse;
use crate::http_transport::{PLAIN_HTTP, is_loopback};
use crate::layers::attempts_of;
use crate::oauth::{Token, TokenRefused, Tokens};
use crate::operation::{Operation, SecurityScheme};
use crate::request::{RequestBuilder, parse_url};
use crate::response::RawResponse;
use crate::transport::{Transport, TransportError};

/// What every call of a client shares. Cloning is cheap; `Debug` shows no secret.
#[derive(Clone)]
pub struct Session {
    base: Url,
    base_url: String,
    credentials: Arc<Credentials>,
    schemes: &'static [SecurityScheme],
    transport: Arc<dyn Transport>,
    max_body: usize,
    tokens: Tokens,
}

/// How a response remembers the call it answers.
#[derive(Clone)]
pub(crate) struct Provenance {
    pub(crate) operation: &'static Operation,
    pub(crate) max_body: usize,
    pub(crate) attempts: u32,
    pub(crate) in_use: InUse,
}

pub(crate) const DEFAULT_MAX_BODY: usize = 8 << 20;

impl Session {
    /// Joins what a client needs. `schemes` is the table of the generated client.
    ///
    /// Some operations need no credential, so a missing one is reported by the call that needs it.
    ///
    /// # Errors
    /// The base URL is not an absolute `https` URL (or `http` to loopback) free of query, fragment,
    /// user and dot segments; or a credential is for no scheme of the table, or not of its kind.
    pub fn new(
        base_url: &str,
        credentials: Credentials,
        transport: Arc<dyn Transport>,
        schemes: &'static [SecurityScheme],
    ) -> Result<Self, ConfigError> {
        let base = parse_base(base_url).map_err(|why| ConfigError::BaseUrl { why })?;
        credentials.check(schemes)?;
        Ok(Self {
            base_url: base.as_str().trim_end_matches('/').to_owned(),
            base,
            credentials: Arc::new(credentials),
            schemes,
            transport,
            max_body: DEFAULT_MAX_BODY,
            tokens: Tokens::default(),
        })
    }

    /// Reads at most this many bytes of a response's body; 8 MiB unless set.
    #[must_use]
    pub fn with_max_body(mut self, bytes: usize) -> Self {
        self.max_body = bytes;
        self
    }

    /// Sends through another transport, for example a layer around [`transport`](Self::transport).
    #[must_use]
    pub fn with_transport(mut self, transport: Arc<dyn Transport>) -> Self {
        self.transport = transport;
        self
    }

    /// The base URL, without a trailing slash.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The transport that requests leave through.
    pub fn transport(&self) -> &Arc<dyn Transport> {
        &self.transport
    }

    /// Puts the operation's credential on the request and sends it. A response of any status is a
    /// success here.
    ///
    /// # Errors
    /// A credential is missing or unusable, no token could be had, the request is for another origin than the base URL's,
    /// or no response came.
    pub async fn execute(
        &self,
        mut request: reqwest::Request,
        operation: &'static Operation,
    ) -> Result<reqwest::Response, SendError> {
        let misconfigured = |source| SendError::Config { operation, source };
        self.check_origin(&request).map_err(misconfigured)?;
        let grant = self.credentials.grant(operation, self.schemes);
        let Some((scheme, token_url, grant)) = grant.map_err(misconfigured)? else {
            self.put_credentials(&mut request, operation, None)?;
            return self.send(request, operation, 0, None).await;
        };
        let token = self.tokens.get(self, scheme, token_url, grant).await?;
        let again = request.try_clone();
        self.put_credentials(&mut request, operation, Some(&token))?;
        let response = self.send(request, operation, 0, Some(&token)).await?;
        let Some(mut again) = again.filter(|_| response.status() == StatusCode::UNAUTHORIZED)
        else {
            return Ok(response);
        };
        // The vendor has not acted. The token may have ended early: once more with a new one.
        self.tokens.end(scheme, &token).await;
        let token = self.tokens.get(self, scheme, token_url, grant).await?;
        self.put_credentials(&mut again, operation, Some(&token))?;
        let before = body::provenance(&response).attempts;
        self.send(again, operation, before, Some(&token)).await
    }

    fn put_credentials(
        &self,
        request: &mut reqwest::Request,
        operation: &'static Operation,
        token: Option<&Token>,
    ) -> Result<(), SendError> {
        let applied = self
            .credentials
            .apply(request, operation, self.schemes, token);
        applied.map_err(|source| SendError::Config { operation, source })
    }

    /// Sends what the specification does not model, with the same origin, transport and size limit.
    ///
    /// `path_and_query` begins with `/` and is appended to the base URL. Every credential of the
    /// session is put on the request; where two would set `Authorization`, the first given stands. A
    /// response of any status is a success here.
    ///
    /// # Errors
    /// The path does not begin with `/` or would lead elsewhere, no response came, or the body is
    /// larger than the limit.
    ///
    /// ```no_run
    /// # async fn example(session: cartwright_runtime::Session) -> Result<(), cartwright_runtime::Error> {
    /// let response = session.raw(http::Method::GET, "/v3/store?fields=name", None).await?;
    /// println!("{}: {} bytes", response.status, response.body.len());
    /// # Ok(())
    /// # }
    /// ```
    pub async fn raw(
        &self,
        method: Method,
        path_and_query: &str,
        body: Option<&Value>,
    ) -> Result<RawResponse, Error> {
        let invalid = |why: &str| Error::InvalidRequest(why.to_owned());
        if !path_and_query.starts_with('/') {
            return Err(invalid("the path must begin with `/`"));
        }
        if path_and_query.contains('#') {
            return Err(invalid("the path must not hold a fragment (`#`)"));
        }
        let url = format!("{}{path_and_query}", self.base_url);
        let mut builder = RequestBuilder::new(method, &url)
            .header(ACCEPT, HeaderValue::from_static("application/json"));
        if let Some(body) = body {
            builder = builder.json(body);
        }
        let response = self.execute(builder.build()?, Operation::RAW).await?;
        let received = body::receive(response).await.whole()?;
        Ok(RawResponse {
            status: received.status,
            headers: received.headers,
            body: received.body,
        })
    }

    /// Whatever built the request, credentials go to the base URL's origin only.
    pub(crate) fn check_origin(&self, request: &reqwest::Request) -> Result<(), ConfigError> {
        if request.url().origin() == self.base.origin() {
            Ok(())
        } else {
            Err(ConfigError::OtherOrigin)
        }
    }

    pub(crate) async fn send(
        &self,
        request: reqwest::Request,
        operation: &'static Operation,
        before: u32,
        token: Option<&Arc<Token>>,
    ) -> Result<reqwest::Response, SendError> {
        let sent = self.transport.send(request, operation).await;
        let mut response = sent.map_err(|source| {
            let attempts = before + source.attempts();
            SendError::Transport {
                operation,
                source: source.without_url().after_attempts(attempts),
            }
        })?;
        let attempts = before + attempts_of(&response);
        // A transport of the caller's own may not have done it.
        response = gzip::unpacked(response);
        response.extensions_mut().insert(Provenance {
            operation,
            max_body: self.max_body,
            attempts,
            in_use: InUse {
                credentials: self.credentials.clone(),
                token: token.cloned(),
            },
        });
        Ok(response)
    }
}

fn parse_base(text: &str) -> Result<Url, String> {
    let url = parse_url(text).map_err(|error| format!("cannot be used: {error}"))?;
    let wrong = match url.scheme() {
        "https" => None,
        "http" if is_loopback(&url) => None,
        "http" => Some(PLAIN_HTTP),
        _ => Some("must begin with `https://`"),
    };
    let wrong = wrong
        .or_else(|| {
            let has_user = !url.username().is_empty() || url.password().is_some();
            has_user.then_some("must not hold a user or password; give them as credentials")
        })
        .or_else(|| url.query().map(|_| "must not hold a query (`?`)"))
        .or_else(|| url.fragment().map(|_| "must not hold a fragment (`#`)"));
    match wrong {
        Some(why) => Err(why.to_owned()),
        None => Ok(url),
    }
}

impl AsRef<Session> for Session {
    fn as_ref(&self) -> &Session {
        self
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("base_url", &self.base_url)
            .field("credentials", &self.credentials)
            .field("max_body", &self.max_body)
            .finish_non_exhaustive()
    }
}

/// Why a request brought no response.
#[derive(Debug)]
#[non_exhaustive]
pub enum SendError {
    /// The client is not set up for the operation. Nothing was sent.
    Config {
        /// The operation.
        operation: &'static Operation,
        /// What is wrong.
        source: ConfigError,
    },
    /// The transport failed.
    Transport {
        /// The operation.
        operation: &'static Operation,
        /// How it failed.
        source: TransportError,
    },
    /// A request for a token brought none. The call itself was not sent.
    Token(Box<TokenRefused>),
}

impl fmt::Display for SendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Config { operation, source } => write!(f, "{}: {source}", operation.id),
            Self::Transport { operation, source } => write!(f, "{}: {source}", operation.id),
            Self::Token(refused) => write!(f, "{refused}"),
        }
    }
}

/// `Display` says all that the causes say, so there is no source; each variant holds its cause.
impl std::error::Error for SendError {}
