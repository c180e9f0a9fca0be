//! TLS by rustls, set up without touching the process's default provider.

use std::sync::Arc;

use rustls::crypto::CryptoProvider;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::Verifier;

use crate::http_transport::BuildError;
use crate::trust::Trust;

/// A TLS setup, and what keeps it from reaching anything.
pub(crate) struct Tls {
    pub(crate) config: ClientConfig,
    /// Set when no certificate authority is known. A client can be built all the same, because
    /// plain HTTP to loopback needs none.
    pub(crate) unusable: Option<String>,
}

/// Trusts what the platform trusts, and the given certificates (PEM or DER) besides.
pub(crate) fn tls(root_certificates: &[Vec<u8>]) -> Result<Tls, BuildError> {
    let mut extra = Vec::new();
    for bytes in root_certificates {
        extra.extend(certificates(bytes)?);
    }
    // An application may have chosen another provider for the whole process.
    let provider = match CryptoProvider::get_default() {
        Some(provider) => provider.clone(),
        None => own_provider()?,
    };
    let builder = ClientConfig::builder_with_provider(provider.clone())
        .with_safe_default_protocol_versions()
        .map_err(|error| BuildError::new("TLS cannot be set up", error))?;
    let is_extra = !extra.is_empty();
    let mut tls = match verifier(extra.clone(), provider) {
        Ok(verifier) => Tls {
            config: builder
                .dangerous()
                .with_custom_certificate_verifier(Arc::new(Trust::new(verifier, extra)))
                .with_no_client_auth(),
            unusable: None,
        },
        Err(error) if is_extra => {
            return Err(BuildError::new("a root certificate cannot be used", error));
        }
        Err(error) => Tls {
            config: builder
                .with_root_certificates(RootCertStore::empty())
                .with_no_client_auth(),
            unusable: Some(format!(
                "this machine has no usable store of certificate authorities ({error}{}); install one, \
                 or give the authority's certificate with `SSL_CERT_FILE=FILE` or \
                 `HttpTransport::builder().root_certificate(..)`",
                variables()
            )),
        },
    };
    tls.config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(tls)
}

#[cfg(feature = "rustls")]
fn own_provider() -> Result<Arc<CryptoProvider>, BuildError> {
    Ok(Arc::new(rustls::crypto::ring::default_provider()))
}

#[cfg(not(feature = "rustls"))]
fn own_provider() -> Result<Arc<CryptoProvider>, BuildError> {
    Err(BuildError::plain(
        "this build has no TLS provider of its own, and none is installed for the process; install one by \
         `rustls::crypto::CryptoProvider::install_default`, or switch the feature `rustls` on",
    ))
}

/// The variables that take the place of the machine's store, where they are set.
fn variables() -> String {
    let values = ["SSL_CERT_FILE", "SSL_CERT_DIR"]
        .map(|name| std::env::var(name).map(|value| format!("; {name} is set to `{value}`")));
    values.into_iter().flatten().collect()
}

#[cfg(any(all(unix, not(target_os = "android")), windows))]
fn verifier(
    extra: Vec<CertificateDer<'static>>,
    provider: Arc<CryptoProvider>,
) -> Result<Verifier, rustls::Error> {
    Verifier::new_with_extra_roots(extra, provider)
}

#[cfg(not(any(all(unix, not(target_os = "android")), windows)))]
fn verifier(
    extra: Vec<CertificateDer<'static>>,
    provider: Arc<CryptoProvider>,
) -> Result<Verifier, rustls::Error> {
    if !extra.is_empty() {
        return Err(rustls::Error::General(
            "this platform's verifier takes no further certificates".into(),
        ));
    }
    Verifier::new(provider)
}

fn certificates(bytes: &[u8]) -> Result<Vec<CertificateDer<'static>>, BuildError> {
    let is_pem = bytes.windows(11).any(|window| window == b"-----BEGIN ");
    let certificates = if is_pem {
        CertificateDer::pem_slice_iter(bytes)
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| BuildError::new("a root certificate is not PEM", error))?
    } else {
        vec![CertificateDer::from(bytes.to_vec())]
    };
    if certificates.is_empty() {
        return Err(BuildError::plain(
            "a root certificate's PEM text holds no certificate",
        ));
    }
    // The platform's verifier would not say which of its certificates it cannot take.
    let mut store = RootCertStore::empty();
    for certificate in &certificates {
        store.add(certificate.clone()).map_err(|error| {
            BuildError::new(
                "a root certificate is neither PEM nor a DER certificate",
                error,
            )
        })?;
    }
    Ok(certificates)
}
