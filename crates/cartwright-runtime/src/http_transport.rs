//! The transport that speaks HTTP.
//!
//! It is hyper's client with a connector of our own, and not reqwest's: reqwest's TLS is a feature of the whole build, and changes or
//! breaks the clients that other code builds.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, ACCEPT_ENCODING, HeaderValue, USER_AGENT};
use http_body::{Frame, SizeHint};
use hyper::body::Incoming;
use hyper_util::client::legacy;
use hyper_util::client::proxy::matcher::Matcher;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use reqwest::{Body, ResponseBuilderExt as _};
use tokio::time::{Instant, Sleep, sleep_until};
use url::{Host, Url};

use crate::connector::Connector;
use crate::gzip;
use crate::layers::within;
use crate::operation::Operation;
use crate::transport::{BoxError, BoxFuture, Causes, Transport, TransportError};

/// Sends requests over HTTP.
///
/// - Plain `http` goes to loopback only (127.0.0.0/8, `::1`, `localhost`), and to loopback no proxy
///   is used, whatever the environment says.
/// - Redirects are not followed: a redirect is a response like another, and credentials stay home.
/// - Each request says `User-Agent: cartwright/<version>`, unless it says something else already.
/// - Each request asks for `Accept-Encoding: gzip`, and a body that comes so is unpacked, asked for or not. Limits of size hold for what it
///   holds.
/// - A certificate is trusted if the machine's store of authorities, or one given by
///   [`root_certificate`](HttpTransportBuilder::root_certificate), leads to it. The environment variables `SSL_CERT_FILE` (a PEM file)
///   and `SSL_CERT_DIR` (a folder of them) take the place of the machine's store, except on macOS and Windows.
/// - A machine without certificate authorities can build a transport and reach loopback; `https`
///   then answers [`TransportError::Refused`] and names the mend.
#[derive(Clone)]
pub struct HttpTransport {
    client: Client,
    https_unusable: Option<String>,
    user_agent: HeaderValue,
}

#[derive(Clone)]
enum Client {
    Own {
        client: legacy::Client<Connector, Body>,
        timeout: Duration,
    },
    Callers(reqwest::Client),
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
            client: Client::Callers(client),
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

    /// Why this URL is not sent to, if so.
    fn check(&self, url: &Url) -> Result<(), TransportError> {
        match (url.scheme(), &self.https_unusable) {
            ("http", _) if !is_loopback(url) => Err(TransportError::Refused(PLAIN_HTTP.into())),
            ("https", Some(reason)) => Err(TransportError::Refused(reason.clone())),
            _ => Ok(()),
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
    /// Trusts this authority besides those of the platform: PEM (one or more) or DER bytes. A certificate that a server signed for
    /// itself is trusted so as well.
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
        let proxies = match &self.proxy {
            Some(proxy) => Matcher::builder().all(checked_proxy(proxy)?).build(),
            None => Matcher::from_system(),
        };
        let (connector, https_unusable) = self.connector(proxies)?;
        let client = legacy::Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(Duration::from_secs(90))
            .build(connector);
        Ok(HttpTransport {
            client: Client::Own {
                client,
                timeout: self.timeout,
            },
            https_unusable,
            user_agent,
        })
    }

    /// The connector, and what keeps it from reaching anything by TLS.
    #[cfg(feature = "rustls-no-provider")]
    fn connector(&self, proxies: Matcher) -> Result<(Connector, Option<String>), BuildError> {
        let tls = crate::tls::tls(&self.root_certificates)?;
        let connector = Connector::new(proxies, self.connect_timeout, tls.config);
        Ok((connector, tls.unusable))
    }

    #[cfg(not(feature = "rustls-no-provider"))]
    fn connector(&self, proxies: Matcher) -> Result<(Connector, Option<String>), BuildError> {
        const NO_TLS: &str = "this build has no TLS; switch the feature `rustls` on, or bring a client \
                              with `HttpTransport::with_client`";
        if !self.root_certificates.is_empty() {
            return Err(BuildError::plain(NO_TLS));
        }
        let connector = Connector::new(proxies, self.connect_timeout);
        Ok((connector, Some(NO_TLS.to_owned())))
    }
}

/// The proxy's URL. Its error shows none of it: it may hold a password.
fn checked_proxy(text: &str) -> Result<String, BuildError> {
    let cannot = |error: &str| BuildError::new("the proxy's URL cannot be used", error.to_owned());
    let text = match text.contains("://") {
        true => text.to_owned(),
        false => format!("http://{text}"),
    };
    let url = Url::parse(&text).map_err(|error| cannot(&error.to_string()))?;
    match url.scheme() {
        "http" | "https" => Ok(text),
        _ => Err(cannot("only http and https proxies are known")),
    }
}

impl Transport for HttpTransport {
    fn send<'a>(
        &'a self,
        mut request: reqwest::Request,
        _operation: &'static Operation,
    ) -> BoxFuture<'a, Result<reqwest::Response, TransportError>> {
        Box::pin(async move {
            self.check(request.url())?;
            let headers = request.headers_mut();
            let mut say = |name, value: &HeaderValue| {
                headers.entry(name).or_insert_with(|| value.clone());
            };
            say(USER_AGENT, &self.user_agent);
            say(ACCEPT, &HeaderValue::from_static("*/*"));
            say(ACCEPT_ENCODING, &HeaderValue::from_static(gzip::ACCEPTED));
            let response = match &self.client {
                Client::Own { client, timeout } => send(client, request, *timeout).await?,
                Client::Callers(client) => client.execute(request).await?,
            };
            Ok(gzip::unpacked(response))
        })
    }
}

/// Sends within the request's own time, or else this one.
async fn send(
    client: &legacy::Client<Connector, Body>,
    request: reqwest::Request,
    timeout: Duration,
) -> Result<reqwest::Response, TransportError> {
    let timeout = request.timeout().copied().unwrap_or(timeout);
    // A time that no clock reaches is no limit.
    let until = Instant::now().checked_add(timeout);
    let url = request.url().clone();
    let request = http::Request::try_from(request)?;
    let response = match within(until, client.request(request)).await {
        Ok(response) => response?,
        Err(time_up) => return Err(TransportError::Timeout(Box::new(time_up))),
    };
    let (mut parts, body) = response.into_parts();
    if let Ok(url) = http::Response::builder().url(url).body(()) {
        parts.extensions.extend(url.into_parts().0.extensions);
    }
    let time_up = until.map(|until| Box::pin(sleep_until(until)));
    let body = Body::wrap(Timed { body, time_up });
    Ok(http::Response::from_parts(parts, body).into())
}

/// A body that has to be there in time.
struct Timed {
    body: Incoming,
    time_up: Option<Pin<Box<Sleep>>>,
}

impl http_body::Body for Timed {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(context) {
            return Poll::Ready(frame.map(|frame| frame.map_err(Into::into)));
        }
        let Some(time_up) = &mut self.time_up else {
            return Poll::Pending;
        };
        ready!(time_up.as_mut().poll(context));
        let error = std::io::Error::new(std::io::ErrorKind::TimedOut, "the time is up");
        Poll::Ready(Some(Err(error.into())))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl fmt::Debug for HttpTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A caller's client prints proxies with their credentials and default headers with their values.
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

/// `Display` says all that its causes say, so it has no source.
impl std::error::Error for BuildError {}

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
