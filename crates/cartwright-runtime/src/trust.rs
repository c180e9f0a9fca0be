//! Which certificate of a server is trusted, and in words why one is not.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use chrono::DateTime;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::verify_server_name;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{
    AlertDescription, CertificateError, DigitallySignedStruct, Error, OtherError, SignatureScheme,
};
use rustls_platform_verifier::Verifier;

/// Trusts what the machine's store or the caller's certificates lead to, and a certificate that is itself one of them.
#[derive(Debug)]
pub(crate) struct Trust {
    inner: Verifier,
    given: Vec<CertificateDer<'static>>,
}

impl Trust {
    pub(crate) fn new(inner: Verifier, given: Vec<CertificateDer<'static>>) -> Self {
        Self { inner, given }
    }

    fn holds(&self, certificate: &CertificateDer<'_>) -> bool {
        self.given.iter().any(|given| given == certificate)
            || of_machine().iter().any(|known| known == certificate)
    }
}

#[cfg(all(unix, not(target_os = "android"), not(target_vendor = "apple")))]
fn of_machine() -> Vec<CertificateDer<'static>> {
    rustls_native_certs::load_native_certs().certs
}

/// The other verifiers are the system's own, and need no help.
#[cfg(not(all(unix, not(target_os = "android"), not(target_vendor = "apple"))))]
fn of_machine() -> Vec<CertificateDer<'static>> {
    Vec::new()
}

impl ServerCertVerifier for Trust {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let verified = self.inner.verify_server_cert(
            end_entity,
            intermediates,
            server_name,
            ocsp_response,
            now,
        );
        let error = match verified {
            Err(error) if is_about_issuer(&error) && is_self_signed(end_entity) => error,
            other => return other,
        };
        // Tools make self-signed certificates that say of themselves that they are an authority's. webpki takes none of those for a
        // server's, whatever is trusted. It has looked at the dates before.
        if is_authority(&error) && self.holds(end_entity) {
            verify_server_name(&ParsedCertificate::try_from(end_entity)?, server_name)?;
            return Ok(ServerCertVerified::assertion());
        }
        let error = OtherError(Arc::new(SelfSigned));
        Err(Error::InvalidCertificate(CertificateError::Other(error)))
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.inner.verify_tls12_signature(message, cert, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.inner.verify_tls13_signature(message, cert, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.inner.supported_verify_schemes()
    }
}

fn is_about_issuer(error: &Error) -> bool {
    let unknown = Error::InvalidCertificate(CertificateError::UnknownIssuer);
    *error == unknown || is_authority(error)
}

fn is_authority(error: &Error) -> bool {
    let Error::InvalidCertificate(CertificateError::Other(OtherError(error))) = error else {
        return false;
    };
    error.downcast_ref() == Some(&webpki::Error::CaUsedAsEndEntity)
}

fn is_self_signed(certificate: &CertificateDer<'_>) -> bool {
    webpki::EndEntityCert::try_from(certificate)
        .is_ok_and(|certificate| certificate.issuer() == certificate.subject())
}

#[derive(Debug)]
struct SelfSigned;

impl fmt::Display for SelfSigned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("it is self-signed")
    }
}

impl StdError for SelfSigned {}

/// Why no repetition will bring a handshake about, or `None` where the connection broke off.
pub(crate) fn why_hopeless(error: &(dyn StdError + 'static)) -> Option<String> {
    of_tls(error).map(in_words)
}

/// Why the server ended a connection that seemed made: under TLS 1.3 it looks at the client's certificate after that, and before the
/// request.
pub(crate) fn why_turned_away(error: &(dyn StdError + 'static)) -> Option<String> {
    let error = of_tls(error)?;
    matches!(error, Error::AlertReceived(alert) if is_about_client(*alert)).then(|| in_words(error))
}

fn is_about_client(alert: AlertDescription) -> bool {
    use AlertDescription::{AccessDenied, BadCertificate, CertificateRequired, UnknownCA};
    matches!(
        alert,
        AccessDenied | BadCertificate | CertificateRequired | UnknownCA
    )
}

/// What rustls said, among an error and its causes.
fn of_tls<'a>(error: &'a (dyn StdError + 'static)) -> Option<&'a Error> {
    let mut next = Some(error);
    while let Some(error) = next {
        // What an I/O error wraps is not among its sources.
        let wrapped = error.downcast_ref::<std::io::Error>();
        let wrapped = wrapped.and_then(|error| error.get_ref()?.downcast_ref());
        if let Some(error) = error.downcast_ref().or(wrapped) {
            return Some(error);
        }
        next = error.source();
    }
    None
}

const TRUST: &str = "; if it is the right server, trust its authority, or a self-signed certificate itself: \
                     `SSL_CERT_FILE=FILE`, or `HttpTransport::builder().root_certificate(..)`";

fn in_words(error: &Error) -> String {
    match error {
        Error::InvalidCertificate(error) => {
            let why = match error {
                CertificateError::UnknownIssuer => {
                    format!("this machine does not know the authority that issued it{TRUST}")
                }
                CertificateError::Other(OtherError(other)) if other.is::<SelfSigned>() => {
                    format!("{SelfSigned}{TRUST}")
                }
                CertificateError::Expired => "it has expired".to_owned(),
                CertificateError::ExpiredContext { not_after, .. } => {
                    format!("it expired on {}", day(*not_after))
                }
                CertificateError::NotValidYet => "it is not valid yet".to_owned(),
                CertificateError::NotValidYetContext { not_before, .. } => {
                    format!(
                        "it is not valid before {}; this machine's clock may be wrong",
                        day(*not_before)
                    )
                }
                CertificateError::NotValidForName => "it is for another name".to_owned(),
                CertificateError::NotValidForNameContext {
                    expected,
                    presented,
                } => {
                    format!(
                        "it is for {}, and not for {}",
                        names(presented),
                        expected.to_str()
                    )
                }
                CertificateError::Revoked => "it has been revoked".to_owned(),
                CertificateError::BadSignature => "its signature is wrong".to_owned(),
                other => other.to_string(),
            };
            format!("the server's certificate is not trusted: {why}")
        }
        Error::InvalidMessage(_) => {
            format!("the server does not speak TLS on this port ({error})")
        }
        Error::AlertReceived(
            alert @ (AlertDescription::HandshakeFailure | AlertDescription::ProtocolVersion),
        ) => format!(
            "the server has no TLS version or cipher in common with this client (alert {alert:?}); it has to offer TLS 1.2 or 1.3"
        ),
        Error::AlertReceived(alert) if is_about_client(*alert) => format!(
            "the server wants a certificate of the client, and this one sends none (alert {alert:?}); \
             bring a client that does with `HttpTransport::with_client`"
        ),
        Error::AlertReceived(alert) => {
            format!("the server refused the TLS handshake with the alert {alert:?}")
        }
        other => format!("the TLS handshake failed: {other}"),
    }
}

fn day(time: UnixTime) -> String {
    let seconds = i64::try_from(time.as_secs()).unwrap_or(i64::MAX);
    DateTime::from_timestamp(seconds, 0).map_or_else(
        || "a day that no calendar knows".to_owned(),
        |time| time.format("%Y-%m-%d %H:%M UTC").to_string(),
    )
}

/// rustls writes each as `DnsName("example.com")` or `IpAddress(192.0.2.1)`.
fn names(presented: &[String]) -> String {
    let bare = |name: &String| {
        let inside = name
            .split_once('(')
            .and_then(|(_, rest)| rest.strip_suffix(')'));
        inside.unwrap_or(name).trim_matches('"').to_owned()
    };
    match presented.len() {
        0 => "no name".to_owned(),
        _ => presented.iter().map(bare).collect::<Vec<_>>().join(", "),
    }
}
