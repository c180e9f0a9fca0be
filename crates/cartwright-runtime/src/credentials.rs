//! Who the caller is: secrets by scheme, and how they get on a request.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::{AUTHORIZATION, HeaderName, HeaderValue};
use serde::{Deserialize, Serialize};

use crate::oauth::{PasswordGrant, Token};
use crate::operation::{Operation, SchemeKind, SecurityScheme};

/// A text that is never shown: `Debug` prints `Secret(..)`, and there is no `Display`. On the wire it is plain text, so that a typed body
/// can carry a password.
///
/// ```
/// let secret = cartwright_runtime::Secret::from("hunter2");
/// assert_eq!(format!("{secret:?}"), "Secret(..)");
/// assert_eq!(secret.expose(), "hunter2");
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(Box<str>);

impl Secret {
    /// The text itself.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

/// The caller's credentials, each for a scheme that the specification names.
///
/// `Debug` lists the schemes' names and nothing else. A second credential for a scheme takes the
/// first one's place.
///
/// ```
/// use cartwright_runtime::Credentials;
///
/// let credentials = Credentials::new().api_key("AuthToken", "hunter2");
/// assert_eq!(format!("{credentials:?}"), r#"Credentials["AuthToken"]"#);
/// ```
#[derive(Clone, Default)]
pub struct Credentials(
    Vec<(String, Credential)>,
    /// Secrets that a call's own fields carry.
    Vec<Secret>,
);

#[derive(Clone)]
enum Credential {
    ApiKey(Secret),
    Basic { user: String, password: Secret },
    Bearer(Secret),
    OAuth2Password(PasswordGrant),
}

impl Credential {
    fn kind(&self) -> &'static str {
        match self {
            Self::ApiKey(_) => "an API key",
            Self::Basic { .. } => "a user and password",
            Self::Bearer(_) => "a bearer token",
            Self::OAuth2Password(_) => "a password grant",
        }
    }
}

impl Credentials {
    /// No credential yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// No credential at all: enough for operations that take none.
    pub fn none() -> Self {
        Self::default()
    }

    /// Adds an API key.
    #[must_use]
    pub fn api_key(self, scheme: impl Into<String>, key: impl Into<Secret>) -> Self {
        self.with(scheme.into(), Credential::ApiKey(key.into()))
    }

    /// Adds a user and password.
    #[must_use]
    pub fn basic(
        self,
        scheme: impl Into<String>,
        user: impl Into<String>,
        password: impl Into<Secret>,
    ) -> Self {
        let (user, password) = (user.into(), password.into());
        self.with(scheme.into(), Credential::Basic { user, password })
    }

    /// Adds a bearer token.
    #[must_use]
    pub fn bearer(self, scheme: impl Into<String>, token: impl Into<Secret>) -> Self {
        self.with(scheme.into(), Credential::Bearer(token.into()))
    }

    /// Adds what the password grant exchanges for tokens.
    #[must_use]
    pub fn oauth2_password(self, scheme: impl Into<String>, grant: PasswordGrant) -> Self {
        self.with(scheme.into(), Credential::OAuth2Password(grant))
    }

    /// Adds a secret that calls carry in fields of their own. It is put on no request; an error hides it like every credential, where the
    /// vendor repeats it.
    #[must_use]
    pub fn also_hide(mut self, secret: impl Into<Secret>) -> Self {
        self.1.push(secret.into());
        self
    }

    /// Everything secret, with the user's name where it travels as a pair with one.
    pub(crate) fn secrets(&self) -> Vec<(Option<&str>, &Secret)> {
        let mut secrets: Vec<(Option<&str>, &Secret)> =
            self.1.iter().map(|secret| (None, secret)).collect();
        for (_, credential) in &self.0 {
            match credential {
                Credential::ApiKey(secret) | Credential::Bearer(secret) => {
                    secrets.push((None, secret));
                }
                Credential::Basic { user, password } => secrets.push((Some(user), password)),
                Credential::OAuth2Password(grant) => secrets.extend(grant.secrets()),
            }
        }
        secrets
    }

    fn with(mut self, scheme: String, credential: Credential) -> Self {
        self.0.retain(|(name, _)| *name != scheme);
        self.0.push((scheme, credential));
        self
    }

    fn get(&self, scheme: &str) -> Option<&Credential> {
        self.0
            .iter()
            .find_map(|(name, credential)| (name == scheme).then_some(credential))
    }

    /// Whether each credential is for a scheme that exists, and of its kind: a misspelt name shows
    /// here and not as a refusal by the vendor.
    pub(crate) fn check(&self, schemes: &'static [SecurityScheme]) -> Result<(), ConfigError> {
        for (name, credential) in &self.0 {
            let Some(scheme) = schemes.iter().find(|scheme| scheme.name == name) else {
                return Err(ConfigError::UnknownScheme {
                    scheme: name.clone(),
                    known: schemes.iter().map(|scheme| scheme.name).collect(),
                });
            };
            let wanted = wanted(&scheme.kind);
            if credential.kind() != wanted {
                return Err(ConfigError::WrongCredential {
                    scheme: scheme.name,
                    given: credential.kind(),
                    wanted,
                });
            }
        }
        Ok(())
    }

    /// The schemes that a call carries: the operation's first satisfiable alternative. A raw request carries every credential;
    /// where two would set `Authorization`, the first given stands, because it is put on last.
    fn used(&self, operation: &'static Operation) -> Result<Vec<&str>, ConfigError> {
        if operation == Operation::RAW {
            return Ok(self.0.iter().rev().map(|(name, _)| name.as_str()).collect());
        }
        if operation.security.is_empty() {
            return Ok(Vec::new());
        }
        let satisfiable = |needed: &&&[&str]| needed.iter().all(|name| self.get(name).is_some());
        match operation.security.iter().find(satisfiable) {
            Some(alternative) => Ok(alternative.to_vec()),
            None => Err(ConfigError::MissingCredential {
                alternatives: operation.security,
            }),
        }
    }

    /// The grant that the call's token comes from, if it carries one: scheme, token URL and grant.
    pub(crate) fn grant(
        &self,
        operation: &'static Operation,
        schemes: &'static [SecurityScheme],
    ) -> Result<Option<(&'static str, &'static str, &PasswordGrant)>, ConfigError> {
        let used = self.used(operation)?;
        let mut carried = schemes.iter().filter(|scheme| used.contains(&scheme.name));
        Ok(
            carried.find_map(|scheme| match (&scheme.kind, self.get(scheme.name)) {
                (
                    SchemeKind::OAuth2Password { token_url },
                    Some(Credential::OAuth2Password(grant)),
                ) => Some((scheme.name, *token_url, grant)),
                _ => None,
            }),
        )
    }

    /// Puts on the request what the call carries; `token` is what [`grant`](Self::grant) brought.
    pub(crate) fn apply(
        &self,
        request: &mut reqwest::Request,
        operation: &'static Operation,
        schemes: &'static [SecurityScheme],
        token: Option<&Token>,
    ) -> Result<(), ConfigError> {
        for name in self.used(operation)? {
            self.apply_one(request, name, schemes, token)?;
        }
        Ok(())
    }

    fn apply_one(
        &self,
        request: &mut reqwest::Request,
        name: &str,
        schemes: &'static [SecurityScheme],
        token: Option<&Token>,
    ) -> Result<(), ConfigError> {
        let unusable = || ConfigError::UnusableCredential {
            scheme: name.to_owned(),
        };
        let credential = self.get(name).ok_or_else(unusable)?;
        let scheme = schemes
            .iter()
            .find(|scheme| scheme.name == name)
            .ok_or_else(unusable)?;
        let (header, text) = match (&scheme.kind, credential) {
            (SchemeKind::ApiKeyHeader(header), Credential::ApiKey(key)) => {
                let header = HeaderName::from_bytes(header.as_bytes()).map_err(|_| unusable())?;
                (header, key.expose().to_owned())
            }
            (SchemeKind::ApiKeyQuery(parameter), Credential::ApiKey(key)) => {
                request
                    .url_mut()
                    .query_pairs_mut()
                    .append_pair(parameter, key.expose());
                return Ok(());
            }
            (SchemeKind::Basic, Credential::Basic { user, password }) => {
                // RFC 7617: a colon in the user name would move into the password.
                if user.contains(':') {
                    return Err(unusable());
                }
                let pair = STANDARD.encode(format!("{user}:{}", password.expose()));
                (AUTHORIZATION, format!("Basic {pair}"))
            }
            (SchemeKind::Bearer, Credential::Bearer(token)) => {
                (AUTHORIZATION, format!("Bearer {}", token.expose()))
            }
            (SchemeKind::OAuth2Password { .. }, Credential::OAuth2Password(_)) => {
                let token = token.ok_or_else(unusable)?;
                (AUTHORIZATION, format!("Bearer {}", token.access.expose()))
            }
            _ => return Err(unusable()),
        };
        let mut value = HeaderValue::try_from(text).map_err(|_| unusable())?;
        value.set_sensitive(true);
        request.headers_mut().insert(header, value);
        Ok(())
    }
}

fn wanted(kind: &SchemeKind) -> &'static str {
    match kind {
        SchemeKind::ApiKeyHeader(_) | SchemeKind::ApiKeyQuery(_) => "an API key",
        SchemeKind::Basic => "a user and password",
        SchemeKind::Bearer => "a bearer token",
        SchemeKind::OAuth2Password { .. } => "a password grant",
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials")?;
        f.debug_list()
            .entries(self.0.iter().map(|(name, _)| name))
            .finish()
    }
}

/// A client that is not set up as it must be. Nothing was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ConfigError {
    /// The base URL cannot be used.
    BaseUrl {
        /// What is wrong with it.
        why: String,
    },
    /// A credential is for a scheme that the client does not have.
    UnknownScheme {
        /// The name that was given.
        scheme: String,
        /// The names there are.
        known: Vec<&'static str>,
    },
    /// A credential is not of the kind that its scheme takes.
    WrongCredential {
        /// The scheme.
        scheme: &'static str,
        /// What was given, in words.
        given: &'static str,
        /// What the scheme takes, in words.
        wanted: &'static str,
    },
    /// The operation needs a credential that was not given.
    MissingCredential {
        /// The schemes that would do: alternatives, each a list of schemes that are all needed.
        alternatives: &'static [&'static [&'static str]],
    },
    /// A credential holds what its place in a request cannot carry, for example a line break in a
    /// header, or a colon in a user name.
    UnusableCredential {
        /// The scheme.
        scheme: String,
    },
    /// The request would leave the origin (scheme, host and port) of the base URL, and take the
    /// credentials with it.
    OtherOrigin,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BaseUrl { why } => write!(f, "the base URL {why}"),
            Self::UnknownScheme { scheme, known } if known.is_empty() => write!(
                f,
                "there is a credential for `{scheme}`, but this client takes none"
            ),
            Self::UnknownScheme { scheme, known } => write!(
                f,
                "there is a credential for `{scheme}`, but the schemes of this client are `{}`",
                known.join("`, `")
            ),
            Self::WrongCredential {
                scheme,
                given,
                wanted,
            } => write!(f, "scheme `{scheme}` takes {wanted}, and {given} was given"),
            Self::MissingCredential { alternatives } => {
                f.write_str("a credential is missing: the operation needs one for ")?;
                for (index, schemes) in alternatives.iter().enumerate() {
                    if index > 0 {
                        f.write_str(", or for ")?;
                    }
                    write!(f, "`{}`", schemes.join("` and `"))?;
                }
                Ok(())
            }
            Self::UnusableCredential { scheme } => write!(
                f,
                "the credential for `{scheme}` holds a character that a request cannot carry in its place"
            ),
            Self::OtherOrigin => f.write_str("the request would leave the origin of the base URL"),
        }
    }
}

impl std::error::Error for ConfigError {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::Retry;

    static SCHEMES: &[SecurityScheme] = &[
        SecurityScheme {
            name: "Header",
            kind: SchemeKind::ApiKeyHeader("X-Key"),
        },
        SecurityScheme {
            name: "Query",
            kind: SchemeKind::ApiKeyQuery("key"),
        },
        SecurityScheme {
            name: "Basic",
            kind: SchemeKind::Basic,
        },
        SecurityScheme {
            name: "Bearer",
            kind: SchemeKind::Bearer,
        },
    ];

    fn operation(security: &'static [&'static [&'static str]]) -> &'static Operation {
        Box::leak(Box::new(Operation {
            id: "getCart",
            method: "GET",
            path: "/",
            cart: &[],
            retry: Retry::Safe,
            security,
            deprecated: false,
        }))
    }

    fn applied(
        credentials: &Credentials,
        security: &'static [&'static [&'static str]],
    ) -> Result<reqwest::Request, ConfigError> {
        let url = "https://api.example.com/?a=1".parse().unwrap();
        let mut request = reqwest::Request::new(http::Method::GET, url);
        credentials.apply(&mut request, operation(security), SCHEMES, None)?;
        Ok(request)
    }

    fn all() -> Credentials {
        Credentials::new()
            .api_key("Header", "hunter2")
            .api_key("Query", "hunter 2")
            .basic("Basic", "Aladdin", "open sesame")
            .bearer("Bearer", "hunter2")
    }

    #[test]
    fn each_kind_travels_in_its_place_and_headers_are_sensitive() {
        let header = |security, name: &str| {
            let value = applied(&all(), security).unwrap().headers()[name].clone();
            assert!(value.is_sensitive());
            value.to_str().unwrap().to_owned()
        };
        assert_eq!(header(&[&["Header"]], "x-key"), "hunter2");
        assert_eq!(
            header(&[&["Basic"]], "authorization"),
            "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="
        );
        assert_eq!(header(&[&["Bearer"]], "authorization"), "Bearer hunter2");
        let query = applied(&all(), &[&["Query"]]).unwrap();
        assert_eq!(query.url().query(), Some("a=1&key=hunter+2"));
    }

    #[test]
    fn an_operation_without_security_carries_no_credential() {
        for security in [&[] as &[&[&str]], &[&[]]] {
            let request = applied(&all(), security).unwrap();
            assert!(request.headers().is_empty());
            assert_eq!(request.url().query(), Some("a=1"));
        }
    }

    #[test]
    fn the_first_alternative_that_can_be_met_is_taken_whole() {
        let credentials = Credentials::new()
            .api_key("Header", "k")
            .api_key("Query", "q");
        let request =
            applied(&credentials, &[&["Bearer", "Header"], &["Header", "Query"]]).unwrap();
        assert_eq!(request.headers()["x-key"], "k");
        assert_eq!(request.url().query(), Some("a=1&key=q"));
        assert!(!request.headers().contains_key(AUTHORIZATION));
    }

    #[test]
    fn a_missing_credential_names_every_scheme_that_would_do() {
        let error =
            applied(&Credentials::none(), &[&["Bearer", "Query"], &["Header"]]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "a credential is missing: the operation needs one for `Bearer` and `Query`, or for `Header`"
        );
    }

    #[test]
    fn a_misspelt_scheme_and_a_credential_of_another_kind_are_found_early() {
        let error = Credentials::new()
            .bearer("Baerer", "x")
            .check(SCHEMES)
            .unwrap_err();
        assert!(
            error
                .to_string()
                .contains("`Baerer`, but the schemes of this client are `Header`")
        );
        let error = Credentials::new()
            .bearer("Basic", "x")
            .check(SCHEMES)
            .unwrap_err();
        assert_eq!(
            error.to_string(),
            "scheme `Basic` takes a user and password, and a bearer token was given"
        );
        assert_eq!(all().check(SCHEMES), Ok(()));
    }

    #[test]
    fn a_secret_that_a_header_cannot_carry_is_an_error_that_does_not_show_it() {
        for credentials in [
            Credentials::new().api_key("Header", "hunter2\n"),
            Credentials::new().bearer("Bearer", "hunter2\r\nX: y"),
            Credentials::new().basic("Basic", "a:b", "hunter2"),
        ] {
            let url = "https://api.example.com/".parse().unwrap();
            let mut request = reqwest::Request::new(http::Method::GET, url);
            let applied = credentials.apply(&mut request, Operation::RAW, SCHEMES, None);
            let error = applied.unwrap_err();
            assert!(matches!(error, ConfigError::UnusableCredential { .. }));
            assert!(!format!("{error} {error:?}").contains("hunter2"));
        }
    }

    #[test]
    fn a_second_credential_for_a_scheme_takes_the_first_ones_place() {
        let credentials = Credentials::new()
            .api_key("Header", "old")
            .api_key("Header", "new");
        let request = applied(&credentials, &[&["Header"]]).unwrap();
        assert_eq!(request.headers()["x-key"], "new");
    }
}
