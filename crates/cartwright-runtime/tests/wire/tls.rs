//! TLS: trust comes from the platform and from the caller, and nothing panics without.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Arc;

use cartwright_runtime::{HttpTransport, Transport, TransportError};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::sending::{DEAD_PROXY, is_child, run_with};
use crate::server::{GET_CART, OPEN, Server, answer, get};

/// An authority that exists for these tests alone, and a certificate of its for `localhost` and
/// 127.0.0.1, both made by openssl for a hundred years. The authority's key was thrown away.
const AUTHORITY: &[u8] = include_bytes!("tls/authority.pem");
const CERTIFICATE: &[u8] = include_bytes!("tls/localhost.pem");
const KEY: &[u8] = include_bytes!("tls/localhost.key");

const NO_AUTHORITIES: [(&str, &str); 2] = [
    ("SSL_CERT_FILE", "/nowhere/authorities.pem"),
    ("SSL_CERT_DIR", "/nowhere"),
];

/// Serves one request over TLS, from a thread of its own; the port is the answer.
fn serve() -> u16 {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![CertificateDer::from_pem_slice(CERTIFICATE).unwrap()],
            PrivateKeyDer::from_pem_slice(KEY).unwrap(),
        )
        .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        let connection = ServerConnection::new(Arc::new(config)).unwrap();
        let mut stream = StreamOwned::new(connection, stream);
        // A client that does not trust the certificate hangs up here.
        if stream.read(&mut [0; 4096]).is_ok() {
            let _ = stream.write_all(answer("200 OK", "{}").as_bytes());
            let _ = stream.flush();
        }
    });
    port
}

#[tokio::test]
async fn an_authority_that_the_caller_names_is_trusted() {
    let der = CertificateDer::from_pem_slice(AUTHORITY).unwrap().to_vec();
    for certificate in [AUTHORITY.to_vec(), der] {
        let transport = HttpTransport::builder()
            .root_certificate(certificate)
            .build()
            .unwrap();
        let url = format!("https://localhost:{}/", serve());
        assert_eq!(
            transport.send(get(&url), &OPEN).await.unwrap().status(),
            200
        );
    }
}

#[tokio::test]
async fn an_authority_that_nobody_names_is_not_trusted() {
    let transport = HttpTransport::builder().build().unwrap();
    let url = format!("https://127.0.0.1:{}/", serve());
    let error = transport.send(get(&url), &OPEN).await.unwrap_err();
    assert!(error.surely_not_sent(), "{error:?}");
}

#[tokio::test]
async fn a_machine_without_authorities_reaches_loopback_and_says_what_https_lacks() {
    if !is_child() {
        let test = "tls::a_machine_without_authorities_reaches_loopback_and_says_what_https_lacks";
        return run_with(test, &[DEAD_PROXY.as_slice(), &NO_AUTHORITIES].concat());
    }
    let transport = HttpTransport::builder().build().unwrap();
    let server = Server::answering(answer("200 OK", "{}")).await;
    assert!(transport.send(get(&server.url), &GET_CART).await.is_ok());
    let error = transport
        .send(get("https://192.0.2.1/"), &OPEN)
        .await
        .unwrap_err();
    assert!(matches!(error, TransportError::Refused(_)));
    assert!(error.to_string().contains("root_certificate"), "{error}");

    let transport = HttpTransport::builder()
        .root_certificate(AUTHORITY)
        .build()
        .unwrap();
    let url = format!("https://localhost:{}/", serve());
    assert!(transport.send(get(&url), &OPEN).await.is_ok());
}

#[test]
fn building_leaves_the_choice_of_a_process_wide_provider_to_the_application() {
    if !is_child() {
        let test = "tls::building_leaves_the_choice_of_a_process_wide_provider_to_the_application";
        return run_with(test, &[]);
    }
    HttpTransport::builder().build().unwrap();
    let provider = rustls::crypto::ring::default_provider();
    assert!(provider.install_default().is_ok());
    HttpTransport::builder().build().unwrap();
}
