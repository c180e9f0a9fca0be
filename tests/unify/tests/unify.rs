//! Clients that other code makes.

use std::process::Command;

use cartwright::HttpTransport;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// Answers one request, and gives it as it came.
async fn one_request(client: &reqwest::Client) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let serving = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut bytes = vec![0; 4096];
        let length = stream.read(&mut bytes).await.unwrap();
        let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\nhi";
        stream.write_all(answer).await.unwrap();
        String::from_utf8_lossy(&bytes[..length]).into_owned()
    });
    let answer = client.get(url).send().await.unwrap();
    assert_eq!(answer.text().await.unwrap(), "hi");
    serving.await.unwrap()
}

#[tokio::test]
async fn a_client_without_tls_is_built_before_ours_and_sends_what_it_would_send_without_us() {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let request = one_request(&client).await;
    let names: Vec<_> = request
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once(':').map(|(name, _)| name))
        .collect();
    assert_eq!(names, ["accept", "host"], "{request}");
    HttpTransport::builder().build().unwrap();
    one_request(&client).await;
}

#[tokio::test]
async fn a_client_of_the_shortest_making_needs_no_certificate_store() {
    if std::env::var_os("IN_CHILD").is_none() {
        let output = Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "a_client_of_the_shortest_making_needs_no_certificate_store",
            ])
            .env("IN_CHILD", "1")
            .env("SSL_CERT_FILE", "/nowhere/authorities.pem")
            .env("SSL_CERT_DIR", "/nowhere")
            .output()
            .unwrap();
        let shown = String::from_utf8_lossy(&output.stdout);
        assert!(
            output.status.success() && shown.contains("1 passed"),
            "{shown}"
        );
        return;
    }
    one_request(&reqwest::Client::new()).await;
    HttpTransport::builder().build().unwrap();
}

#[test]
fn rustls_finds_its_provider() {
    let roots = rustls::RootCertStore::empty();
    let config = rustls::ClientConfig::builder().with_root_certificates(roots);
    config.with_no_client_auth();
    HttpTransport::builder().build().unwrap();
}
