//! How a request leaves: the seam that retries, recordings and replays put themselves in.

use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::io::ErrorKind::TimedOut;
use std::pin::Pin;
use std::sync::Arc;

use http::StatusCode;
use hyper_util::client::legacy;

use crate::connector::Hopeless;
use crate::layers::QuotaUsedUp;
use crate::operation::Operation;

/// A boxed future that can move between threads.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Any error, boxed.
pub type BoxError = Box<dyn StdError + Send + Sync>;

/// Sends a request and brings the response.
///
/// The trait is object safe, so a layer can hold another transport and do its work around it. The
/// request carries credentials: a layer that records or logs must leave out headers marked
/// [sensitive](http::HeaderValue::is_sensitive) and the URL's query.
///
/// ```
/// use cartwright_runtime::{BoxFuture, Operation, Transport, TransportError};
///
/// /// Answers every request with the same body.
/// struct Canned(&'static str);
///
/// impl Transport for Canned {
///     fn send<'a>(
///         &'a self,
///         _request: reqwest::Request,
///         _operation: &'static Operation,
///     ) -> BoxFuture<'a, Result<reqwest::Response, TransportError>> {
///         Box::pin(async { Ok(http::Response::new(self.0).into()) })
///     }
/// }
/// ```
pub trait Transport: Send + Sync {
    /// Sends `request`, which is for `operation`.
    ///
    /// A response of any status is a success here.
    fn send<'a>(
        &'a self,
        request: reqwest::Request,
        operation: &'static Operation,
    ) -> BoxFuture<'a, Result<reqwest::Response, TransportError>>;
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send<'a>(
        &'a self,
        request: reqwest::Request,
        operation: &'static Operation,
    ) -> BoxFuture<'a, Result<reqwest::Response, TransportError>> {
        (**self).send(request, operation)
    }
}

/// Why no response came, or not all of it.
///
/// Messages name the cause down to its root and never a URL.
#[derive(Debug)]
#[non_exhaustive]
pub enum TransportError {
    /// No connection could be made: the request did not leave.
    Connect(BoxError),
    /// No connection could be made, and none will be until something is changed: the server's certificate is not trusted, it speaks no
    /// TLS that this client speaks, or the proxy refuses. The request did not leave. Its cause says what to do.
    Unconnectable(BoxError),
    /// The time was up. The request may have been carried out.
    Timeout(BoxError),
    /// Sending failed on the way. The request may have been carried out.
    Send(BoxError),
    /// The response began, and its body could not be read to the end.
    Body {
        /// The status with which the response began.
        status: StatusCode,
        /// What broke the reading off.
        source: BoxError,
    },
    /// The transport did not send the request, for this reason.
    Refused(String),
    /// The vendor's quota is used up for longer than the call may take: the request did not leave.
    Throttled(BoxError),
    /// A failure of another transport than [`HttpTransport`](crate::HttpTransport).
    Custom(BoxError),
}

impl TransportError {
    /// Whether the request surely did not leave, so that sending it again cannot repeat its effect.
    pub fn surely_not_sent(&self) -> bool {
        matches!(
            self,
            Self::Connect(_) | Self::Unconnectable(_) | Self::Refused(_) | Self::Throttled(_)
        )
    }

    /// Whether the time was up, be it for the connection, for the response or for its body.
    pub fn is_timeout(&self) -> bool {
        match self {
            Self::Timeout(_) => true,
            Self::Body { source, .. } | Self::Connect(source) => {
                let mut next: Option<&(dyn StdError + 'static)> = Some(source.as_ref());
                while let Some(error) = next {
                    let of_reqwest = error.downcast_ref::<reqwest::Error>();
                    let of_the_system = error.downcast_ref::<std::io::Error>();
                    if of_reqwest.is_some_and(reqwest::Error::is_timeout)
                        || of_the_system.is_some_and(|error| error.kind() == TimedOut)
                    {
                        return true;
                    }
                    next = match error.downcast_ref::<Wire>() {
                        Some(Wire(error)) => error.source(),
                        None => error.source(),
                    };
                }
                false
            }
            _ => false,
        }
    }

    /// The status with which a response began whose body broke off.
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Body { status, .. } => Some(*status),
            _ => None,
        }
    }

    /// How often the request was sent, or tried to be: 0 where it was held back.
    pub fn attempts(&self) -> u32 {
        match self {
            Self::Refused(_) | Self::Throttled(_) => 0,
            _ => {
                let repeated = self.cause().and_then(|cause| cause.downcast_ref());
                repeated.map_or(1, |repeated: &Repeated| repeated.attempts)
            }
        }
    }

    /// Says how often the request was sent until this.
    pub(crate) fn after_attempts(self, attempts: u32) -> Self {
        if attempts < 2 {
            return self;
        }
        self.map_source(|source| {
            let source = match source.downcast::<Repeated>() {
                Ok(repeated) => repeated.source,
                Err(source) => source,
            };
            Box::new(Repeated { attempts, source })
        })
    }

    /// The same failure for another caller who waited for the same thing.
    pub(crate) fn retold(&self) -> Self {
        let text = |source: &BoxError| BoxError::from(Causes(source.as_ref()).to_string());
        match self {
            Self::Connect(source) => Self::Connect(text(source)),
            Self::Unconnectable(source) => Self::Unconnectable(text(source)),
            Self::Timeout(source) => Self::Timeout(text(source)),
            Self::Send(source) => Self::Send(text(source)),
            Self::Body { status, source } => Self::Body {
                status: *status,
                source: text(source),
            },
            Self::Refused(reason) => Self::Refused(reason.clone()),
            Self::Throttled(source) => Self::Throttled(match QuotaUsedUp::of(self) {
                Some(used_up) => Box::new(used_up.clone()),
                None => text(source),
            }),
            Self::Custom(source) => Self::Custom(text(source)),
        }
    }

    /// A stable word for logs.
    pub(crate) fn word(&self) -> &'static str {
        match self {
            Self::Connect(_) => "connect",
            Self::Unconnectable(_) => "unconnectable",
            Self::Timeout(_) => "timeout",
            Self::Send(_) => "send",
            Self::Body { .. } => "body",
            Self::Refused(_) => "refused",
            Self::Throttled(_) => "throttled",
            Self::Custom(_) => "custom",
        }
    }

    /// Takes the URL, which may hold a key, out of whatever error a transport passed on.
    pub(crate) fn without_url(self) -> Self {
        self.map_source(strip_url)
    }

    fn map_source(self, map: impl FnOnce(BoxError) -> BoxError) -> Self {
        match self {
            Self::Connect(source) => Self::Connect(map(source)),
            Self::Unconnectable(source) => Self::Unconnectable(map(source)),
            Self::Timeout(source) => Self::Timeout(map(source)),
            Self::Send(source) => Self::Send(map(source)),
            Self::Body { status, source } => Self::Body {
                status,
                source: map(source),
            },
            Self::Refused(reason) => Self::Refused(reason),
            Self::Throttled(source) => Self::Throttled(map(source)),
            Self::Custom(source) => Self::Custom(map(source)),
        }
    }

    pub(crate) fn cause(&self) -> Option<&BoxError> {
        match self {
            Self::Connect(source)
            | Self::Unconnectable(source)
            | Self::Timeout(source)
            | Self::Send(source)
            | Self::Body { source, .. }
            | Self::Throttled(source)
            | Self::Custom(source) => Some(source),
            Self::Refused(_) => None,
        }
    }
}

fn strip_url(error: BoxError) -> BoxError {
    match error.downcast::<reqwest::Error>() {
        Ok(error) => Box::new(error.without_url()),
        Err(error) => match error.downcast::<Repeated>() {
            Ok(repeated) => Box::new(Repeated {
                attempts: repeated.attempts,
                source: strip_url(repeated.source),
            }),
            Err(error) => error,
        },
    }
}

/// The last failure of a request that was sent several times.
#[derive(Debug)]
struct Repeated {
    attempts: u32,
    source: BoxError,
}

impl fmt::Display for Repeated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "after {} attempts", self.attempts)
    }
}

impl StdError for Repeated {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(self.source.as_ref())
    }
}

impl From<reqwest::Error> for TransportError {
    fn from(error: reqwest::Error) -> Self {
        let error = error.without_url();
        if let Some(why) = why_hopeless(&error).filter(|_| error.is_connect()) {
            Self::Unconnectable(Box::new(Hopeless(why)))
        } else if error.is_connect() {
            Self::Connect(Box::new(error))
        } else if error.is_timeout() {
            Self::Timeout(Box::new(error))
        } else if error.is_builder() {
            Self::Refused(Causes(&error).to_string())
        } else {
            Self::Send(Box::new(error))
        }
    }
}

impl From<legacy::Error> for TransportError {
    fn from(error: legacy::Error) -> Self {
        if !error.is_connect() {
            return match why_turned_away(&error) {
                Some(why) => Self::Unconnectable(Box::new(Hopeless(why))),
                None => Self::Send(Box::new(Wire(error))),
            };
        }
        let hopeless = error.source().and_then(|cause| cause.downcast_ref());
        match hopeless {
            Some(Hopeless(why)) => Self::Unconnectable(Box::new(Hopeless(why.clone()))),
            None => Self::Connect(Box::new(Wire(error))),
        }
    }
}

#[cfg(feature = "rustls-no-provider")]
use crate::trust::{why_hopeless, why_turned_away};

#[cfg(not(feature = "rustls-no-provider"))]
fn why_hopeless(_: &reqwest::Error) -> Option<String> {
    None
}

#[cfg(not(feature = "rustls-no-provider"))]
fn why_turned_away(_: &legacy::Error) -> Option<String> {
    None
}

/// hyper's error. Its own words say no more than its variant does; those of its cause are shown.
#[derive(Debug)]
struct Wire(legacy::Error);

impl fmt::Display for Wire {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.source() {
            Some(cause) => write!(f, "{cause}"),
            None => write!(f, "{}", self.0),
        }
    }
}

impl StdError for Wire {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source()?.source()
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Connect(_) | Self::Unconnectable(_) => {
                f.write_str("no connection could be made")?;
            }
            Self::Timeout(_) => f.write_str("no response came in time")?,
            Self::Send(_) => f.write_str("sending failed")?,
            Self::Body { status, .. } => write!(f, "the body of the {status} response broke off")?,
            Self::Refused(reason) => write!(f, "not sent: {reason}")?,
            Self::Throttled(_) => f.write_str("not sent")?,
            Self::Custom(_) => f.write_str("the transport failed")?,
        }
        match self.cause() {
            Some(cause) => write!(f, ": {}", Causes(cause.as_ref())),
            None => Ok(()),
        }
    }
}

/// `Display` says all that the causes say, so there is no source; each variant holds its cause.
impl StdError for TransportError {}

/// An error and its sources in one line: reqwest's own message says only that sending failed.
pub(crate) struct Causes<'a>(pub(crate) &'a (dyn StdError + 'static));

impl fmt::Display for Causes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)?;
        let mut next = self.0.source();
        while let Some(error) = next {
            write!(f, ": {error}")?;
            next = error.source();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_failed_connection_and_a_refusal_prove_that_nothing_was_sent() {
        let cause = || BoxError::from("why");
        let errors = [
            (TransportError::Connect(cause()), true),
            (TransportError::Unconnectable(cause()), true),
            (TransportError::Refused("why".into()), true),
            (TransportError::Throttled(cause()), true),
            (TransportError::Timeout(cause()), false),
            (TransportError::Send(cause()), false),
            (
                TransportError::Body {
                    status: StatusCode::OK,
                    source: cause(),
                },
                false,
            ),
            (TransportError::Custom(cause()), false),
        ];
        for (error, proven) in errors {
            assert_eq!(error.surely_not_sent(), proven, "{error}");
            assert!(error.to_string().ends_with(": why"), "{error}");
        }
    }

    #[test]
    fn a_message_names_the_root_cause_and_no_url() {
        let url: url::Url = "https://api.example.com/?key=hunter2".parse().unwrap();
        let inner = reqwest::Proxy::all("::").unwrap_err().with_url(url);
        let shown = inner.to_string();
        assert!(shown.contains("hunter2"), "the trap is real: {shown}");
        let error = TransportError::Custom(Box::new(inner)).without_url();
        assert!(!format!("{error} {error:?}").contains("hunter2"));
        assert!(error.to_string().starts_with("the transport failed: "));
    }
}
