//! The transport that speaks HTTP.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::time::Duration;

use http::header::{HeaderValue, USER_AGENT};
use url::{Host, Url};

use crate::operation::Operation;
use crate::transport::{BoxError, BoxFuture, Causes, Transport, TransportError};

/// Sends requests over HTTP.
///
/// - Plain `http` goes to loopback only (127.0.0.0/8, `::1`, `localhost`), and to loopback no proxy
///   is used, whatever the environment says.
/// - Redirects are not followed: a redirect is a response like another, and credentials stay home.
/// - Each request says `User-Agent: cartwright/<version>`, unless it says something else already.
/// - A machine without certificate authorities can build a transport and reach loopback; `https`
///   then answers [`TransportError::Refused`] and names the mend.
#[derive(Clone)]
pub struct HttpTransport {
    client: reqwest::Client,
    loopback: reqwest::Client,
    https_unusable: Option<String>,
    user_agent: HeaderValue,
}

/// How an [`HttpTransport`] is set up.
#[derive(Clone)]
#[must_use]
pub struct HttpTransportBuilder {
    root_certificates: Vec<Vec<u8>>,
    proxy: Option<String>,
    user_agent_suffix: Option<String>,
    timeout: Duration,
    connect_timeout: Duration,
}

impl HttpTransport {
    /// Begins with the defaults: 30 seconds in all, 10 seconds to connect, the proxy that the
    /// environment names, the authorities that the platform trusts.
    pub fn builder() -> HttpTransportBuilder {
        HttpTransportBuilder {
            root_certificates: Vec::new(),
            proxy: None,
            user_agent_suffix: None,
            timeout: Duration::from_secs(30),
            connect_timeout: Duration::from_secs(10),
        }
    }

    /// Sends through a client of the caller's making, for every host. Its timeouts, proxies and TLS
    /// hold.
    ///
    /// The client's redirect policy holds too. [`reqwest::redirect::Policy::none`] is the one to
    /// choose: a client that follows a redirect to another host takes API keys in headers with it.
    pub fn with_client(client: reqwest::Client) -> Self {
        Self {
            loopback: client.clone(),
            client,
            https_unusable: None,
            user_agent: HeaderValue::from_static(PRODUCT),
        }
    }

    /// Adds to the user agent what the application calls itself, for example `my-shop/1.0`.
    ///
    /// # Errors
    /// The text holds a character that a header cannot carry.
    pub fn with_user_agent_suffix(mut self, suffix: &str) -> Result<Self, BuildError> {
        self.user_agent = user_agent(suffix)?;
        Ok(self)
    }

    /// The client for this URL, or why it is not sent to.
    fn client_for(&self, url: &Url) -> Result<&reqwest::Client, TransportError> {
        let is_loopback = is_loopback(url);
        match (url.scheme(), &self.https_unusable) {
            ("http", _) if !is_loopback => Err(TransportError::Refused(PLAIN_HTTP.into())),
            ("https", Some(reason)) => Err(TransportError::Refused(reason.clone())),
            _ if is_loopback => Ok(&self.loopback),
            _ => Ok(&self.client),
        }
    }
}

const PRODUCT: &str = concat!("cartwright/", env!("CARGO_PKG_VERSION"));

pub(crate) const PLAIN_HTTP: &str =
    "plain `http` would show the credentials on the way; it is for loopback only, use `https`";

fn user_agent(suffix: &str) -> Result<HeaderValue, BuildError> {
    HeaderValue::try_from(format!("{PRODUCT} {suffix}"))
        .map_err(|error| BuildError::new("the user agent's suffix cannot be sent", error))
}

/// Whether the URL's host is this machine.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => Ipv4Addr::is_loopback(&address),
        Some(Host::Ipv6(address)) => Ipv6Addr::is_loopback(&address),
        None => false,
    }
}

impl HttpTransportBuilder {
    /// Trusts this authority besides those of the platform: PEM (one or more) or DER bytes.
    pub fn root_certificate(mut self, certificate: impl Into<Vec<u8>>) -> Self {
        self.root_certificates.push(certificate.into());
        self
    }

    /// Uses this proxy in place of the one that the environment names. Loopback is reached without.
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.proxy = Some(url.into());
        self
    }

    /// Adds to the user agent what the application calls itself, for example `my-shop/1.0`.
    pub fn user_agent_suffix(mut self, suffix: impl Into<String>) -> Self {
        self.user_agent_suffix = Some(suffix.into());
        self
    }

    /// The time for a request and the whole of its response.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// The time for making a connection.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// The finished transport.
    ///
    /// # Errors
    /// A root certificate, the proxy or the user agent's suffix cannot be used. A machine without
    /// certificate authorities is no error here.
    pub fn build(self) -> Result<HttpTransport, BuildError> {
        let user_agent = match &self.user_agent_suffix {
            Some(suffix) => user_agent(suffix)?,
            None => HeaderValue::from_static(PRODUCT),
        };
        let base = || {
            reqwest::Client::builder()
                .redirect(reqwest::redirect::Policy::none())
                .referer(false)
                .timeout(self.timeout)
                .connect_timeout(self.connect_timeout)
        };
        let mut client = base();
        if let Some(proxy) = &self.proxy {
            let proxy = reqwest::Proxy::all(proxy).map_err(|error| {
                BuildError::new("the proxy's URL cannot be used", error.without_url())
            })?;
            client = client.proxy(proxy);
        }
        let (client, loopback, https_unusable) =
            with_tls(client, base().no_proxy(), &self.root_certificates)?;
        let build = |builder: reqwest::ClientBuilder| {
            builder.build().map_err(|error| {
                BuildError::new("the HTTP client cannot be built", error.without_url())
            })
        };
        Ok(HttpTransport {
            client: build(client)?,
            loopback: build(loopback)?,
            https_unusable,
            user_agent,
        })
    }
}

/// Both clients with TLS, and what keeps them from reaching anything by it.
type WithTls = (
    reqwest::ClientBuilder,
    reqwest::ClientBuilder,
    Option<String>,
);

#[cfg(feature = "rustls")]
fn with_tls(
    client: reqwest::ClientBuilder,
    loopback: reqwest::ClientBuilder,
    root_certificates: &[Vec<u8>],
) -> Result<WithTls, BuildError> {
    let tls = crate::tls::tls(root_certificates)?;
    Ok((
        client.tls_backend_preconfigured(tls.config.clone()),
        loopback.tls_backend_preconfigured(tls.config),
        tls.unusable,
    ))
}

#[cfg(not(feature = "rustls"))]
fn with_tls(
    client: reqwest::ClientBuilder,
    loopback: reqwest::ClientBuilder,
    root_certificates: &[Vec<u8>],
) -> Result<WithTls, BuildError> {
    const NO_TLS: &str = "this build has no TLS; switch the feature `rustls` on, or bring a client \
                          with `HttpTransport::with_client`";
    if root_certificates.is_empty() {
        Ok((client, loopback, Some(NO_TLS.to_owned())))
    } else {
        Err(BuildError::plain(NO_TLS))
    }
}

impl Transport for HttpTransport {
    fn send<'a>(
        &'a self,
        mut request: reqwest::Request,
        _operation: &'static Operation,
    ) -> BoxFuture<'a, Result<reqwest::Response, TransportError>> {
        Box::pin(async move {
            let client = self.client_for(request.url())?;
            request
                .headers_mut()
                .entry(USER_AGENT)
                .or_insert_with(|| self.user_agent.clone());
            Ok(client.execute(request).await?)
        })
    }
}

impl fmt::Debug for HttpTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // reqwest prints proxies with their credentials and default headers with their values.
        f.debug_struct("HttpTransport")
            .field("user_agent", &self.user_agent)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for HttpTransportBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpTransportBuilder")
            .field("user_agent_suffix", &self.user_agent_suffix)
            .field("timeout", &self.timeout)
            .field("connect_timeout", &self.connect_timeout)
            .finish_non_exhaustive()
    }
}

/// A transport that cannot be built, and why.
#[derive(Debug)]
pub struct BuildError {
    what: &'static str,
    source: Option<BoxError>,
}

impl BuildError {
    pub(crate) fn new(what: &'static str, source: impl Into<BoxError>) -> Self {
        Self {
            what,
            source: Some(source.into()),
        }
    }

    pub(crate) fn plain(what: &'static str) -> Self {
        Self { what, source: None }
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.what)?;
        match &self.source {
            Some(source) => write!(f, ": {}", Causes(source.as_ref())),
            None => Ok(()),
        }
    }
}

impl std::error::Error for BuildError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|source| source.as_ref() as _)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loopback_is_told_by_the_host_alone() {
        let hosts = [
            ("127.0.0.1", true),
            ("127.9.9.9:81", true),
            ("[::1]:80", true),
            ("localhost:8080", true),
            ("LOCALHOST", true),
            ("localhost.example.com", false),
            ("127.0.0.1.example.com", false),
            ("0.0.0.0", false),
            ("192.168.0.1", false),
            ("user@example.com", false),
        ];
        for (host, expected) in hosts {
            let url = Url::parse(&format!("http://{host}/")).unwrap();
            assert_eq!(is_loopback(&url), expected, "{host}");
        }
    }

    #[test]
    fn what_cannot_be_used_is_an_error_when_the_transport_is_built() {
        let error = HttpTransport::builder()
            .user_agent_suffix("a\nb")
            .build()
            .unwrap_err();
        assert!(error.to_string().starts_with("the user agent's suffix"));
        let error = HttpTransport::builder()
            .proxy("http://me:hunter2@")
            .build()
            .unwrap_err();
        assert!(error.to_string().starts_with("the proxy's URL"));
        assert!(!format!("{error} {error:?}").contains("hunter2"));
        for certificate in [
            "",
            "not a certificate",
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
            "-----BEGIN X",
        ] {
            assert!(
                HttpTransport::builder()
                    .root_certificate(certificate)
                    .build()
                    .is_err()
            );
        }
    }

    #[test]
    fn debug_shows_no_proxy_credentials() {
        let builder = HttpTransport::builder().proxy("http://me:hunter2@127.0.0.1:9");
        assert!(!format!("{builder:?}").contains("hunter2"));
        let transport = builder.build().unwrap();
        assert!(!format!("{transport:?}").contains("hunter2"));
    }
}
