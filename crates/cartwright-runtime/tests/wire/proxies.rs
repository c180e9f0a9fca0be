//! Proxies: tunnels through one, and what one says that refuses.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};

use cartwright_runtime::{HttpTransport, Layers, Transport, TransportError};

use crate::server::{OPEN, Server, answer, get};
use crate::tls::{AUTHORITY, serve, serve_plain};

async fn through(proxy: &str) -> TransportError {
    let transport = HttpTransport::builder()
        .proxy(proxy)
        .root_certificate(AUTHORITY)
        .build()
        .unwrap();
    let layers = Layers::default().retry(
        cartwright_runtime::RetryPolicy::default().base(std::time::Duration::from_millis(1)),
    );
    let transport = layers.over(std::sync::Arc::new(transport));
    let request = get("https://cart.example/carts?key=hunter2");
    transport.send(request, &OPEN).await.unwrap_err()
}

#[tokio::test]
async fn a_proxy_that_refuses_is_named_with_its_status_and_without_its_credentials() {
    for (status, attempts, more) in [
        (
            "407 Proxy Authentication Required",
            1,
            "; give the user and password in the proxy's URL",
        ),
        ("403 Forbidden", 1, ""),
        ("503 Service Unavailable", 4, ""),
    ] {
        let server = Server::answering(answer(status, "<html>no</html>")).await;
        let proxy = server.url.replace("http://", "http://ann:hunter2@");
        let host = server.url.replace("http://", "");
        let error = through(&proxy).await;
        let shown = error.to_string();
        let expected =
            format!("the proxy {host} refused to connect to cart.example:443: {status}{more}");
        assert!(shown.ends_with(&expected), "{shown}");
        assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
        assert_eq!(
            (error.attempts(), server.requests().len()),
            (attempts, attempts as usize)
        );
        assert!(error.surely_not_sent());
        let request = &server.requests()[0];
        assert!(
            request.starts_with("CONNECT cart.example:443 HTTP/1.1\r\n"),
            "{request}"
        );
        assert!(
            request.contains("\r\nproxy-authorization: Basic YW5uOmh1bnRlcjI=\r\n"),
            "{request}"
        );
        assert!(!request.contains("carts"), "{request}");
    }
}

#[tokio::test]
async fn a_proxy_that_cannot_be_reached_or_breaks_off_is_named() {
    let error = through("http://ann:hunter2@127.0.0.1:1").await;
    let shown = error.to_string();
    assert!(matches!(error, TransportError::Connect(_)), "{error:?}");
    assert!(
        shown.contains("the proxy 127.0.0.1:1 cannot be used") && shown.contains("refused"),
        "{shown}"
    );
    let silent = Server::answering("").await;
    let error = through(&silent.url).await;
    assert!(error.to_string().contains("cannot be used"), "{error}");
    let plain = format!("https://127.0.0.1:{}", serve_plain().port());
    let error = through(&plain).await;
    let shown = error.to_string();
    assert!(shown.contains("does not speak TLS"), "{shown}");
}

#[tokio::test]
async fn a_tunnel_leads_to_the_server_with_its_own_certificate() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let proxy = format!("http://{}", listener.local_addr().unwrap());
    let server = serve("localhost", "localhost").port();
    std::thread::spawn(move || {
        let (mut client, _) = listener.accept().unwrap();
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            client.read_exact(&mut byte).unwrap();
            head.push(byte[0]);
        }
        client
            .write_all(b"HTTP/1.1 200 Connection established\r\n\r\n")
            .unwrap();
        let mut server = TcpStream::connect(("127.0.0.1", server)).unwrap();
        let (mut from, mut to) = (client.try_clone().unwrap(), server.try_clone().unwrap());
        std::thread::spawn(move || std::io::copy(&mut from, &mut to));
        let _ = std::io::copy(&mut server, &mut client);
    });
    let error = through(&proxy).await;
    assert!(
        error
            .to_string()
            .ends_with("it is for localhost, 127.0.0.1, and not for cart.example"),
        "{error}"
    );
}
