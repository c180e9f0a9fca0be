//! How a connection is made: to the host itself or through a proxy, with TLS or without.

use std::fmt;
use std::io;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use http::header::{HOST, PROXY_AUTHORIZATION};
use http::{Request, StatusCode, Uri};
use hyper_util::client::legacy::connect::{Connected, Connection, HttpConnector};
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::timeout;
use tower_service::Service;

use crate::transport::{BoxError, BoxFuture, Causes};

/// Makes connections. No proxy stands before loopback.
#[derive(Clone)]
pub(crate) struct Connector {
    tcp: HttpConnector,
    proxies: Arc<Matcher>,
    time: Duration,
    #[cfg(feature = "rustls-no-provider")]
    tls: tokio_rustls::TlsConnector,
}

/// What bytes go through.
pub(crate) trait Io: AsyncRead + AsyncWrite + Unpin + Send {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send> Io for T {}

type Stream = Box<dyn Io>;

impl Connection for Stream {
    fn connected(&self) -> Connected {
        Connected::new()
    }
}

/// No connection could be made, and none will be until something is changed.
#[derive(Debug)]
pub(crate) struct Hopeless(pub(crate) String);

impl fmt::Display for Hopeless {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Hopeless {}

impl Connector {
    pub(crate) fn new(
        proxies: Matcher,
        time: Duration,
        #[cfg(feature = "rustls-no-provider")] tls: rustls::ClientConfig,
    ) -> Self {
        let mut tcp = HttpConnector::new();
        // The scheme is looked at here.
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        tcp.set_keepalive(Some(Duration::from_secs(15)));
        Self {
            tcp,
            proxies: Arc::new(proxies),
            time,
            #[cfg(feature = "rustls-no-provider")]
            tls: Arc::new(tls).into(),
        }
    }

    async fn connect(&self, to: &Uri) -> Result<TokioIo<Stream>, BoxError> {
        let host = to.host().unwrap_or_default();
        let proxy = match is_loopback(host) {
            true => None,
            false => self.proxies.intercept(to),
        };
        let stream = match proxy {
            None => self.tcp(to).await?,
            Some(proxy) => {
                self.through(&proxy, host, to.port_u16().unwrap_or(443))
                    .await?
            }
        };
        Ok(TokioIo::new(self.secured(stream, to).await?))
    }

    async fn tcp(&self, to: &Uri) -> Result<Stream, BoxError> {
        let stream = self.tcp.clone().call(to.clone()).await?;
        Ok(Box::new(stream.into_inner()))
    }

    /// A connection to the host that the proxy hands on. Only `https` gets here: plain `http` leaves for loopback alone.
    async fn through(&self, proxy: &Intercept, host: &str, port: u16) -> Result<Stream, BoxError> {
        let name = proxy.uri().authority().map_or("", |name| name.as_str());
        let scheme = proxy.uri().scheme_str().unwrap_or_default();
        if !matches!(scheme, "http" | "https") {
            let why = format!(
                "the proxy {name} is one for `{scheme}`; only http and https proxies can be used"
            );
            return Err(Box::new(Hopeless(why)));
        }
        let unreachable = |error: BoxError| -> BoxError {
            let why = format!(
                "the proxy {name} cannot be used: {}",
                Causes(error.as_ref())
            );
            match error.is::<Hopeless>() {
                true => Box::new(Hopeless(why)),
                false => why.into(),
            }
        };
        let stream = self.tcp(proxy.uri()).await.map_err(unreachable)?;
        let stream = self
            .secured(stream, proxy.uri())
            .await
            .map_err(unreachable)?;
        let status = match tunnel(stream, proxy, &format!("{host}:{port}")).await {
            Ok(Ok(stream)) => return Ok(stream),
            Ok(Err(status)) => status,
            Err(error) => return Err(unreachable(error)),
        };
        let mut why = format!("the proxy {name} refused to connect to {host}:{port}: {status}");
        if status == StatusCode::PROXY_AUTHENTICATION_REQUIRED {
            why.push_str("; give the user and password in the proxy's URL");
        }
        match status.is_client_error() && !matches!(status.as_u16(), 408 | 425 | 429) {
            true => Err(Box::new(Hopeless(why))),
            false => Err(why.into()),
        }
    }

    #[cfg(feature = "rustls-no-provider")]
    async fn secured(&self, stream: Stream, to: &Uri) -> Result<Stream, BoxError> {
        if to.scheme_str() != Some("https") {
            return Ok(stream);
        }
        let host = to.host().unwrap_or_default();
        let name = host
            .trim_start_matches('[')
            .trim_end_matches(']')
            .to_owned();
        let name = rustls::pki_types::ServerName::try_from(name)
            .map_err(|_| Hopeless(format!("`{host}` is no name that a certificate can be for")))?;
        match self.tls.connect(name, stream).await {
            Ok(stream) => Ok(Box::new(stream)),
            Err(error) => Err(match crate::trust::why_hopeless(&error) {
                Some(why) => Box::new(Hopeless(why)),
                None => Box::new(error),
            }),
        }
    }

    #[cfg(not(feature = "rustls-no-provider"))]
    async fn secured(&self, stream: Stream, _: &Uri) -> Result<Stream, BoxError> {
        // `https` is refused before.
        Ok(stream)
    }
}

/// What the proxy hands on, or the status with which it refuses.
async fn tunnel(
    stream: Stream,
    proxy: &Intercept,
    to: &str,
) -> Result<Result<Stream, StatusCode>, BoxError> {
    let mut request = Request::connect(to).header(HOST, to);
    if let Some(login) = proxy.basic_auth() {
        request = request.header(PROXY_AUTHORIZATION, login);
    }
    let request = request.body(reqwest::Body::default())?;
    let (mut sender, connection) =
        hyper::client::conn::http1::handshake(TokioIo::new(stream)).await?;
    // It ends when the sender and the stream are gone.
    tokio::spawn(connection.with_upgrades());
    let response = sender.send_request(request).await?;
    if !response.status().is_success() {
        return Ok(Err(response.status()));
    }
    let stream = hyper::upgrade::on(response).await?;
    Ok(Ok(Box::new(TokioIo::new(stream))))
}

/// Whether a URI's host is this machine.
fn is_loopback(host: &str) -> bool {
    let url = url::Url::parse(&format!("http://{host}/"));
    url.is_ok_and(|url| crate::http_transport::is_loopback(&url))
}

impl Service<Uri> for Connector {
    type Response = TokioIo<Stream>;
    type Error = BoxError;
    type Future = BoxFuture<'static, Result<Self::Response, BoxError>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, to: Uri) -> Self::Future {
        let connector = self.clone();
        Box::pin(async move {
            let made = timeout(connector.time, connector.connect(&to)).await;
            made.unwrap_or_else(|_| {
                let why = format!("it took longer than {:?}", connector.time);
                Err(io::Error::new(io::ErrorKind::TimedOut, why).into())
            })
        })
    }
}
