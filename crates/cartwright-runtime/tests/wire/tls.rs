//! TLS: trust comes from the platform and from the caller, and nothing panics without.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use cartwright_runtime::{HttpTransport, Layers, RetryPolicy, Transport, TransportError};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::version::{TLS12, TLS13};
use rustls::{
    RootCertStore, ServerConfig, ServerConnection, StreamOwned, SupportedProtocolVersion,
};

use crate::sending::{DEAD_PROXY, is_child, run_with};
use crate::server::{GET_CART, OPEN, Server, answer, get};

/// An authority that exists for these tests alone, and a certificate of its for `localhost` and
/// 127.0.0.1, both made by openssl for a hundred years. The authority's key was thrown away.
pub const AUTHORITY: &[u8] = include_bytes!("tls/authority.pem");

/// The folder of the certificates and keys. `self-signed.pem` says of itself that it is an authority's, as openssl and many control
/// panels make them.
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/wire/tls");

fn file(name: &str) -> Vec<u8> {
    std::fs::read(format!("{FOLDER}/{name}")).unwrap()
}

type ProtocolVersions = [&'static SupportedProtocolVersion];

const NO_AUTHORITIES: [(&str, &str); 2] = [
    ("SSL_CERT_FILE", "/nowhere/authorities.pem"),
    ("SSL_CERT_DIR", "/nowhere"),
];

/// A server, and how many connections it has had.
pub struct Serving {
    port: u16,
    connections: Arc<AtomicUsize>,
}

impl Serving {
    pub fn port(&self) -> u16 {
        self.port
    }

    fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

/// Serves over TLS, from a thread of its own.
pub fn serve(certificate: &str, key: &str) -> Serving {
    serve_to(None, certificate, key)
}

/// The same in these versions and for clients with a certificate alone, if any are named.
fn serve_to(certified: Option<&ProtocolVersions>, certificate: &str, key: &str) -> Serving {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut roots = RootCertStore::empty();
    roots
        .add(CertificateDer::from_pem_slice(AUTHORITY).unwrap())
        .unwrap();
    let clients = WebPkiClientVerifier::builder_with_provider(roots.into(), provider.clone());
    let builder = ServerConfig::builder_with_provider(provider);
    let builder = match certified {
        None => builder
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth(),
        Some(versions) => builder
            .with_protocol_versions(versions)
            .unwrap()
            .with_client_cert_verifier(clients.build().unwrap()),
    };
    let config = builder
        .with_single_cert(
            vec![CertificateDer::from_pem_slice(&file(&format!("{certificate}.pem"))).unwrap()],
            PrivateKeyDer::from_pem_slice(&file(&format!("{key}.key"))).unwrap(),
        )
        .unwrap();
    let config = Arc::new(config);
    serve_with(move |stream| {
        let connection = ServerConnection::new(config.clone()).unwrap();
        let mut stream = StreamOwned::new(connection, stream);
        // A client that does not trust the certificate hangs up here.
        match stream.read(&mut [0; 4096]).is_ok() {
            true => {
                let _ = stream.write_all(answer("200 OK", "{}").as_bytes());
                let _ = stream.flush();
            }
            // What is left unread when a socket closes takes the alert with it.
            false => drop(std::io::copy(&mut stream.sock, &mut std::io::sink())),
        }
    })
}

#[tokio::test]
async fn a_server_that_wants_a_certificate_of_the_client_is_told_after_one_attempt() {
    let versions: [&ProtocolVersions; 2] = [&[&TLS12], &[&TLS13]];
    for versions in versions {
        let server = serve_to(Some(versions), "localhost", "localhost");
        let error = ask(trusting("authority.pem"), "localhost", &server)
            .await
            .unwrap_err();
        let shown = error.to_string();
        assert!(
            shown.contains("wants a certificate of the client"),
            "{shown}"
        );
        assert_eq!((error.attempts(), server.connections()), (1, 1), "{shown}");
        assert!(error.surely_not_sent());
    }
}

/// Serves without TLS.
pub fn serve_plain() -> Serving {
    serve_with(|mut stream| {
        let _ = stream.read(&mut [0; 4096]);
        let _ = stream.write_all(answer("400 Bad Request", "no").as_bytes());
    })
}

fn serve_with(act: impl Fn(TcpStream) + Send + 'static) -> Serving {
    // Not on 127.0.0.1 alone: 127.0.0.2 is a name that no certificate here has.
    let listener = TcpListener::bind("0.0.0.0:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let connections = Arc::new(AtomicUsize::new(0));
    let count = connections.clone();
    std::thread::spawn(move || {
        while let Ok((stream, _)) = listener.accept() {
            count.fetch_add(1, Ordering::SeqCst);
            act(stream);
        }
    });
    Serving { port, connections }
}

async fn ask(
    transport: HttpTransport,
    host: &str,
    server: &Serving,
) -> Result<u16, TransportError> {
    let policy = RetryPolicy::default().base(Duration::from_millis(1));
    let transport = Layers::default().retry(policy).over(Arc::new(transport));
    let url = format!("https://{host}:{}/?key=hunter2", server.port);
    let response = transport.send(get(&url), &OPEN).await?;
    Ok(response.status().as_u16())
}

fn trusting(certificate: &str) -> HttpTransport {
    let builder = HttpTransport::builder().root_certificate(file(certificate));
    builder.build().unwrap()
}

#[tokio::test]
async fn a_self_signed_certificate_is_trusted_where_it_is_named_and_for_its_names_alone() {
    for name in ["self-signed", "self-signed-leaf"] {
        let server = serve(name, name);
        for host in ["localhost", "127.0.0.1"] {
            let certificate = format!("{name}.pem");
            assert_eq!(
                ask(trusting(&certificate), host, &server).await.unwrap(),
                200
            );
        }
        let error = ask(trusting(&format!("{name}.pem")), "127.0.0.2", &server).await;
        let error = error.unwrap_err().to_string();
        assert!(error.contains("not for 127.0.0.2"), "{error}");
    }
    // Another certificate that is trusted is not this one.
    let server = serve("self-signed", "self-signed");
    let error = ask(trusting("self-signed-leaf.pem"), "localhost", &server).await;
    assert!(error.unwrap_err().to_string().contains("it is self-signed"));
}

#[tokio::test]
async fn what_is_wrong_with_a_certificate_is_told_after_one_attempt() {
    const TRUST: &str = "; if it is the right server, trust its authority, or a self-signed certificate itself: \
                         `SSL_CERT_FILE=FILE`, or `HttpTransport::builder().root_certificate(..)`";
    let plain = || HttpTransport::builder().build().unwrap();
    for (certificate, key, transport, host, wrong) in [
        (
            "localhost",
            "localhost",
            plain(),
            "localhost",
            format!("this machine does not know the authority that issued it{TRUST}"),
        ),
        (
            "self-signed",
            "self-signed",
            plain(),
            "localhost",
            format!("it is self-signed{TRUST}"),
        ),
        (
            "self-signed-leaf",
            "self-signed-leaf",
            plain(),
            "localhost",
            format!("it is self-signed{TRUST}"),
        ),
        (
            "expired",
            "expired",
            trusting("expired.pem"),
            "localhost",
            "it expired on 2020-01-02 00:00 UTC".into(),
        ),
        (
            "future",
            "expired",
            trusting("future.pem"),
            "localhost",
            "it is not valid before 2120-01-01 00:00 UTC; this machine's clock may be wrong".into(),
        ),
        (
            "localhost",
            "localhost",
            trusting("authority.pem"),
            "127.0.0.2",
            "it is for localhost, 127.0.0.1, and not for 127.0.0.2".into(),
        ),
    ] {
        let server = serve(certificate, key);
        let error = ask(transport, host, &server).await.unwrap_err();
        assert!(
            matches!(error, TransportError::Unconnectable(_)),
            "{error:?}"
        );
        assert_eq!(
            error.to_string(),
            format!(
                "no connection could be made: the server's certificate is not trusted: {wrong}"
            )
        );
        assert_eq!((error.attempts(), server.connections()), (1, 1), "{error}");
        assert!(error.surely_not_sent());
        assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
    }
}

#[tokio::test]
async fn a_server_that_does_not_speak_tls_is_told_after_one_attempt_and_one_that_hangs_up_asked_again()
 {
    let plain = serve_plain();
    let transport = HttpTransport::builder().build().unwrap();
    let error = ask(transport.clone(), "localhost", &plain)
        .await
        .unwrap_err();
    assert!(
        error
            .to_string()
            .contains("does not speak TLS on this port"),
        "{error}"
    );
    assert_eq!((error.attempts(), plain.connections()), (1, 1));
    let hangs_up = serve_with(drop);
    let error = ask(transport, "127.0.0.1", &hangs_up).await.unwrap_err();
    assert!(matches!(error, TransportError::Connect(_)), "{error:?}");
    assert_eq!((error.attempts(), hangs_up.connections()), (4, 4));
}

/// Where the machine's store can be replaced by variables.
#[cfg(all(unix, not(target_vendor = "apple")))]
#[tokio::test]
async fn the_environment_names_whom_to_trust() {
    if is_child() {
        let server = serve("localhost", "localhost");
        let transport = HttpTransport::builder().build().unwrap();
        assert_eq!(
            ask(transport.clone(), "localhost", &server).await.unwrap(),
            200
        );
        let server = serve("self-signed", "self-signed");
        assert_eq!(ask(transport, "localhost", &server).await.unwrap(), 200);
        return;
    }
    let test = "tls::the_environment_names_whom_to_trust";
    let folder = std::env::temp_dir().join(format!("cartwright-trust-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let both = [AUTHORITY, &file("self-signed.pem")].concat();
    // As `openssl rehash` names them.
    for (name, bytes) in [
        ("both.pem", both.as_slice()),
        ("01234567.0", AUTHORITY),
        ("89abcdef.0", &file("self-signed.pem")),
    ] {
        std::fs::write(folder.join(name), bytes).unwrap();
    }
    let bundle = folder.join("both.pem");
    run_with(test, &[("SSL_CERT_FILE", bundle.to_str().unwrap())]);
    run_with(test, &[("SSL_CERT_DIR", folder.to_str().unwrap())]);
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn an_authority_that_the_caller_names_is_trusted() {
    let der = CertificateDer::from_pem_slice(AUTHORITY).unwrap().to_vec();
    for certificate in [AUTHORITY.to_vec(), der] {
        let transport = HttpTransport::builder()
            .root_certificate(certificate)
            .build()
            .unwrap();
        let server = serve("localhost", "localhost");
        assert_eq!(ask(transport, "localhost", &server).await.unwrap(), 200);
    }
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
    let shown = error.to_string();
    assert!(shown.contains("root_certificate"), "{shown}");
    assert!(
        shown.contains("SSL_CERT_FILE is set to `/nowhere/authorities.pem`"),
        "{shown}"
    );

    let transport = HttpTransport::builder()
        .root_certificate(AUTHORITY)
        .build()
        .unwrap();
    let server = serve("localhost", "localhost");
    assert_eq!(ask(transport, "localhost", &server).await.unwrap(), 200);
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
