//! What leaves, what does not, and how a failure to send is told.

use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use cartwright_runtime::{
    BoxFuture, ConfigError, Credentials, Error, HttpTransport, Operation, Session, Transport,
    TransportError,
};
use http::Method;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::server::{
    GET_CART, KEY_IN_QUERY, OPEN, SCHEMES, Server, answer, get, own_client, session,
};

async fn send(session: &Session, url: &str, operation: &'static Operation) -> Result<(), Error> {
    session.execute(get(url), operation).await?;
    Ok(())
}

#[tokio::test]
async fn the_credential_of_an_operation_is_sent_and_no_other() {
    let credentials = Credentials::new()
        .api_key("Token", "hunter2")
        .api_key("Query", "k 1")
        .bearer("Bearer", "b1");
    for (operation, sent) in [
        (&GET_CART, "x-auth-token: hunter2"),
        (&KEY_IN_QUERY, "?key=k+1 "),
        (&OPEN, ""),
    ] {
        let server = Server::answering(answer("200 OK", "{}")).await;
        send(
            &session(&server.url, credentials.clone()),
            &server.url,
            operation,
        )
        .await
        .unwrap();
        let request = server.request();
        assert!(request.contains(sent), "{request}");
        let secrets = ["x-auth-token", "key=", "authorization"];
        let found = secrets
            .iter()
            .filter(|secret| request.contains(*secret))
            .count();
        assert_eq!(found, usize::from(!sent.is_empty()), "{request}");
    }
}

#[tokio::test]
async fn a_missing_credential_is_told_before_anything_leaves() {
    let server = Server::answering(answer("200 OK", "{}")).await;
    let error = send(
        &session(&server.url, Credentials::none()),
        &server.url,
        &GET_CART,
    )
    .await
    .unwrap_err();
    assert!(matches!(
        &error,
        Error::Config {
            source: ConfigError::MissingCredential { .. },
            ..
        }
    ));
    assert_eq!(
        error.to_string(),
        "getCart: a credential is missing: the operation needs one for `Token`"
    );
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn credentials_go_to_the_origin_of_the_base_url_only() {
    let (home, other) = (
        Server::answering(answer("200 OK", "{}")).await,
        Server::answering(answer("200 OK", "{}")).await,
    );
    let error = send(&home.session(), &other.url, &GET_CART)
        .await
        .unwrap_err();
    assert!(matches!(
        error,
        Error::Config {
            source: ConfigError::OtherOrigin,
            ..
        }
    ));
    assert!(other.requests().is_empty());
}

#[test]
fn a_base_url_must_be_one_that_every_operation_can_stand_on() {
    let transport: Arc<dyn Transport> = Arc::new(HttpTransport::builder().build().unwrap());
    let new = |url| Session::new(url, Credentials::none(), transport.clone(), SCHEMES);
    for (url, base_url) in [
        ("https://api.example.com", "https://api.example.com"),
        (
            "https://api.example.com/stores/abc/",
            "https://api.example.com/stores/abc",
        ),
        ("http://127.0.0.1:8080/", "http://127.0.0.1:8080"),
        ("http://localhost:8080", "http://localhost:8080"),
        ("http://[::1]:8080", "http://[::1]:8080"),
    ] {
        assert_eq!(new(url).unwrap().base_url(), base_url);
    }
    for (url, why) in [
        ("", "is not one"),
        ("/stores/abc", "is not one"),
        ("api.example.com", "is not one"),
        ("ftp://api.example.com", "must begin with `https://`"),
        ("http://api.example.com", "for loopback only"),
        ("https://me:hunter2@api.example.com", "user or password"),
        ("https://api.example.com/?a=1", "query"),
        ("https://api.example.com/#a", "fragment"),
        ("https://api.example.com/stores/..", "dot segment"),
        ("https://api.example.com/stores/\n", "control character"),
    ] {
        let error = new(url).unwrap_err();
        assert!(error.to_string().contains(why), "{url}: {error}");
        assert!(!format!("{error} {error:?}").contains("hunter2"));
    }
    let misspelt = Credentials::new().api_key("Tokn", "hunter2");
    let error = Session::new("https://api.example.com", misspelt, transport, SCHEMES).unwrap_err();
    assert!(matches!(error, ConfigError::UnknownScheme { .. }));
}

#[tokio::test]
async fn a_request_says_who_it_is_from_unless_it_says_so_itself() {
    let product = concat!("cartwright/", env!("CARGO_PKG_VERSION"));
    let with_client = || HttpTransport::with_client(own_client("own"));
    let suffixed = format!("{product} my-shop/1.0");
    let mut own_header = get("http://127.0.0.1/");
    own_header
        .headers_mut()
        .insert("user-agent", "mine".try_into().unwrap());
    let plain = || get("http://127.0.0.1/");
    for (transport, request, expected) in [
        (HttpTransport::builder().build().unwrap(), plain(), product),
        (
            HttpTransport::builder()
                .user_agent_suffix("my-shop/1.0")
                .build()
                .unwrap(),
            plain(),
            &suffixed,
        ),
        (
            HttpTransport::builder().build().unwrap(),
            own_header,
            "mine",
        ),
        (with_client(), plain(), product),
        (
            with_client().with_user_agent_suffix("my-shop/1.0").unwrap(),
            plain(),
            &suffixed,
        ),
    ] {
        let server = Server::answering(answer("200 OK", "{}")).await;
        let mut request = request;
        *request.url_mut() = server.url.parse().unwrap();
        transport.send(request, &OPEN).await.unwrap();
        let request = server.request();
        assert!(
            request.contains(&format!("\r\nuser-agent: {expected}\r\n")),
            "{request}"
        );
    }
}

#[tokio::test]
async fn a_redirect_is_a_response_like_another() {
    let target = Server::answering(answer("200 OK", "{}")).await;
    let redirect = format!(
        "HTTP/1.1 302 Found\r\nlocation: {}/x\r\ncontent-length: 0\r\n\r\n",
        target.url
    );
    let server = Server::answering(redirect).await;
    let response = server
        .session()
        .execute(get(&server.url), &GET_CART)
        .await
        .unwrap();
    assert_eq!(response.status(), 302);
    assert!(target.requests().is_empty());
}

#[tokio::test]
async fn plain_http_leaves_for_loopback_only() {
    let transport = HttpTransport::builder().build().unwrap();
    let error = transport
        .send(get("http://192.0.2.1/"), &OPEN)
        .await
        .unwrap_err();
    assert!(matches!(error, TransportError::Refused(_)));
    assert!(error.surely_not_sent());
    assert!(error.to_string().contains("loopback only, use `https`"));
}

#[tokio::test]
async fn a_connection_that_cannot_be_made_proves_that_nothing_was_sent() {
    // The port is free again, so nobody listens on it.
    let url = format!(
        "http://{}",
        TcpListener::bind("127.0.0.1:0")
            .await
            .unwrap()
            .local_addr()
            .unwrap()
    );
    let session = session(&url, Credentials::new().api_key("Query", "hunter2"));
    let error = send(&session, &url, &KEY_IN_QUERY).await.unwrap_err();
    let Error::Transport { source, .. } = &error else {
        panic!("{error:?}")
    };
    assert!(matches!(source, TransportError::Connect(_)));
    assert!(source.surely_not_sent() && !source.is_timeout());
    let shown = error.to_string();
    assert!(
        shown.starts_with("getKeyed: no connection could be made: ") && shown.contains("refused"),
        "{shown}"
    );
    assert!(!format!("{error} {error:?}").contains("hunter2"));
}

#[tokio::test]
async fn a_server_that_says_nothing_leaves_the_outcome_open() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let transport = HttpTransport::builder()
        .timeout(Duration::from_millis(50))
        .build()
        .unwrap();
    let error = transport.send(get(&url), &OPEN).await.unwrap_err();
    assert!(matches!(error, TransportError::Timeout(_)));
    assert!(error.is_timeout() && !error.surely_not_sent());
    drop(listener);
}

#[tokio::test]
async fn the_time_holds_for_the_body_as_well() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        assert_ne!(stream.read(&mut [0; 4096]).await.unwrap(), 0);
        stream
            .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{")
            .await
            .unwrap();
        // The connection stays open and silent.
        tokio::time::sleep(Duration::from_secs(60)).await;
    });
    let transport = HttpTransport::builder()
        .timeout(Duration::from_millis(200))
        .build()
        .unwrap();
    let session = Session::new(&url, Credentials::none(), Arc::new(transport), SCHEMES).unwrap();
    let error = session.raw(Method::GET, "/", None).await.unwrap_err();
    assert!(
        matches!(&error, Error::Transport { source, .. } if source.is_timeout()),
        "{error:?}"
    );
    assert_eq!(error.status().unwrap(), 200);
}

#[tokio::test]
async fn a_server_that_hangs_up_leaves_the_outcome_open() {
    let server = Server::answering("").await;
    let error = send(&server.session(), &server.url, &GET_CART)
        .await
        .unwrap_err();
    assert!(
        matches!(
            &error,
            Error::Transport {
                source: TransportError::Send(_),
                ..
            }
        ),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_layer_stands_between_a_session_and_its_transport() {
    struct Stamp(Arc<dyn Transport>);
    impl Transport for Stamp {
        fn send<'a>(
            &'a self,
            mut request: reqwest::Request,
            operation: &'static Operation,
        ) -> BoxFuture<'a, Result<reqwest::Response, TransportError>> {
            let stamp = operation.id.try_into().unwrap();
            request.headers_mut().insert("x-stamp", stamp);
            self.0.send(request, operation)
        }
    }
    let server = Server::answering(answer("200 OK", "{}")).await;
    let session = server.session();
    let layered = session
        .clone()
        .with_transport(Arc::new(Stamp(session.transport().clone())));
    send(&layered, &server.url, &GET_CART).await.unwrap();
    assert!(server.request().contains("\r\nx-stamp: getCart\r\n"));
}

#[tokio::test]
async fn a_raw_request_carries_the_credentials_and_answers_any_status() {
    let server = Server::answering(answer("418 I'm a teapot", "short")).await;
    let credentials = Credentials::new()
        .basic("Login", "me", "hunter2")
        .bearer("Bearer", "b1")
        .api_key("Token", "t1");
    let session = session(&format!("{}/stores/abc/", server.url), credentials);
    let response = session
        .raw(Method::PUT, "/v3/x?a=1", Some(&json!({"b": 2})))
        .await
        .unwrap();
    assert_eq!(
        (response.status.as_u16(), &*response.body),
        (418, b"short".as_slice())
    );
    let request = server.request();
    assert!(
        request.starts_with("PUT /stores/abc/v3/x?a=1 HTTP/1.1\r\n"),
        "{request}"
    );
    assert!(request.contains("\r\nx-auth-token: t1\r\n"));
    // Two schemes want `Authorization`; the one given first has it.
    assert!(
        request.contains("\r\nauthorization: Basic bWU6aHVudGVyMg==\r\n"),
        "{request}"
    );
    assert!(request.ends_with("\r\n\r\n{\"b\":2}"));
}

#[tokio::test]
async fn a_raw_path_stays_below_the_base_url() {
    let server = Server::answering(answer("200 OK", "{}")).await;
    for path in [
        "",
        "v3",
        "@example.com/",
        "/../x",
        "/a/%2e%2E",
        "/a#b",
        "/a\nb",
        ":80/",
    ] {
        let error = server
            .session()
            .raw(Method::GET, path, None)
            .await
            .unwrap_err();
        assert!(
            matches!(error, Error::InvalidRequest(_)),
            "{path:?}: {error:?}"
        );
    }
    assert!(server.requests().is_empty());
    server
        .session()
        .raw(Method::GET, "//example.com/x", None)
        .await
        .unwrap();
    assert!(server.request().starts_with("GET //example.com/x HTTP/1.1"));
}

#[tokio::test]
async fn a_raw_body_has_the_same_limit() {
    let server = Server::answering(answer("200 OK", "0123456789")).await;
    let session = server.session().with_max_body(9);
    let error = session.raw(Method::GET, "/", None).await.unwrap_err();
    assert!(matches!(error, Error::TooLarge(_)));
}

/// Runs a test of this program again in a process with other environment variables.
pub fn run_with(test: &str, variables: &[(&str, &str)]) {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test])
        .env("IN_CHILD", "1")
        .env_remove("NO_PROXY")
        .env_remove("no_proxy")
        .envs(variables.iter().copied())
        .output()
        .unwrap();
    let shown = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && shown.contains("1 passed"),
        "{shown}"
    );
}

/// Whether this is the process that [`run_with`] started.
pub fn is_child() -> bool {
    std::env::var_os("IN_CHILD").is_some()
}

/// A proxy that nobody runs.
pub const DEAD_PROXY: [(&str, &str); 4] = [
    ("HTTP_PROXY", "http://127.0.0.1:1"),
    ("http_proxy", "http://127.0.0.1:1"),
    ("HTTPS_PROXY", "http://127.0.0.1:1"),
    ("ALL_PROXY", "http://127.0.0.1:1"),
];

#[tokio::test]
async fn loopback_is_reached_whatever_proxy_the_environment_names() {
    if !is_child() {
        return run_with(
            "sending::loopback_is_reached_whatever_proxy_the_environment_names",
            &DEAD_PROXY,
        );
    }
    let server = Server::answering(answer("200 OK", "{}")).await;
    send(&server.session(), &server.url, &GET_CART)
        .await
        .unwrap();
    // The variables do reach this process.
    #[cfg(feature = "rustls")]
    {
        let transport = HttpTransport::builder().build().unwrap();
        let error = transport
            .send(get("https://cart.invalid/"), &OPEN)
            .await
            .unwrap_err();
        assert!(
            matches!(error, TransportError::Connect(_)) && error.to_string().contains("refused"),
            "{error}"
        );
    }
}

#[tokio::test]
async fn loopback_is_reached_whatever_proxy_the_builder_names() {
    let transport = HttpTransport::builder()
        .proxy("http://127.0.0.1:1")
        .build()
        .unwrap();
    let server = Server::answering(answer("200 OK", "{}")).await;
    transport.send(get(&server.url), &OPEN).await.unwrap();
}

#[cfg(not(feature = "rustls-no-provider"))]
#[tokio::test]
async fn a_build_without_tls_says_so() {
    let transport = HttpTransport::builder().build().unwrap();
    let error = transport
        .send(get("https://192.0.2.1/"), &OPEN)
        .await
        .unwrap_err();
    assert!(error.surely_not_sent() && error.to_string().contains("this build has no TLS"));
    assert!(
        HttpTransport::builder()
            .root_certificate("x")
            .build()
            .is_err()
    );
}
