//! Bodies that come packed: asked for, read, and limited by what they hold.

use std::io::Write as _;
use std::sync::Arc;
use std::time::Duration;

use cartwright_runtime::client::ResponseValue;
use cartwright_runtime::{
    BoxFuture, Credentials, Error, HttpTransport, Layers, Operation, RetryPolicy, Session,
    Transport, TransportError,
};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;

use crate::server::{OPEN, SCHEMES, Server, get, own_client};

const BODY: &str = r#"{"id": "c1", "total": 12.50}"#;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn answer(headers: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 200 OK\r\n{headers}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n"
    );
    [head.as_bytes(), body].concat()
}

fn session(url: &str, transport: impl Transport + 'static, layers: &Layers) -> Session {
    let transport = layers.over(Arc::new(transport));
    Session::new(url, Credentials::none(), transport, SCHEMES).unwrap()
}

fn layers() -> Layers {
    let policy = RetryPolicy::default().base(Duration::from_millis(1));
    Layers::default().retry(policy)
}

async fn read_by(session: &Session) -> Result<ResponseValue<Value>, Error> {
    let request = get(&format!("{}/", session.base_url()));
    let response = session.execute(request, &OPEN).await?;
    ResponseValue::from_response(response).await
}

async fn read(server: &Server) -> Result<ResponseValue<Value>, Error> {
    let transport = HttpTransport::builder().build().unwrap();
    read_by(&session(&server.url, transport, &layers())).await
}

#[tokio::test]
async fn gzip_is_asked_for_and_read_under_each_of_its_names() {
    let packed = gzip(BODY.as_bytes());
    // Some servers pack a body in pieces.
    let (first, second) = BODY.as_bytes().split_at(9);
    let members = [gzip(first), gzip(second)].concat();
    for (encoding, body) in [
        ("gzip", &packed),
        ("x-gzip", &packed),
        ("GZip", &packed),
        ("identity, gzip", &packed),
        (" gzip ", &members),
        ("identity", &BODY.as_bytes().to_vec()),
        ("", &BODY.as_bytes().to_vec()),
    ] {
        let server =
            Server::answering(answer(&format!("content-encoding: {encoding}"), body)).await;
        let own = HttpTransport::builder().build().unwrap();
        let callers = HttpTransport::with_client(own_client("own"));
        for (transport, layers) in [
            (own.clone(), Layers::none()),
            (own, layers()),
            (callers, Layers::none()),
        ] {
            let response = read_by(&session(&server.url, transport, &layers))
                .await
                .unwrap();
            assert_eq!(response.body(), BODY, "{encoding}");
        }
        for request in server.requests() {
            assert!(
                request.contains("\r\naccept-encoding: gzip\r\n"),
                "{request}"
            );
        }
    }
}

#[tokio::test]
async fn a_request_that_says_what_it_takes_is_left_alone() {
    let server = Server::answering(answer("content-encoding: gzip", &gzip(BODY.as_bytes()))).await;
    let mut request = get(&server.url);
    let headers = request.headers_mut();
    headers.insert("accept-encoding", "identity".parse().unwrap());
    let transport = HttpTransport::builder().build().unwrap();
    let response = transport.send(request, &OPEN).await.unwrap();
    assert!(response.headers().get("content-encoding").is_none());
    // Packed although it was not asked for.
    assert_eq!(response.text().await.unwrap(), BODY);
    assert!(
        server
            .request()
            .contains("\r\naccept-encoding: identity\r\n")
    );
}

#[tokio::test]
async fn what_a_transport_of_the_callers_brings_packed_is_read_as_well() {
    struct Own;
    impl Transport for Own {
        fn send<'a>(
            &'a self,
            _: reqwest::Request,
            _: &'static Operation,
        ) -> BoxFuture<'a, Result<reqwest::Response, TransportError>> {
            let response = http::Response::builder().header("content-encoding", "gzip");
            Box::pin(async { Ok(response.body(gzip(BODY.as_bytes())).unwrap().into()) })
        }
    }
    let response = read_by(&session("https://api.example", Own, &layers()))
        .await
        .unwrap();
    assert_eq!(response.body(), BODY);
}

#[tokio::test]
async fn a_packed_body_is_read_however_it_is_split() {
    let mut chunks = String::from(
        "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ntransfer-encoding: chunked\r\n\r\n",
    )
    .into_bytes();
    for byte in gzip(BODY.as_bytes()) {
        chunks.extend_from_slice(b"1\r\n");
        chunks.extend_from_slice(&[byte, b'\r', b'\n']);
    }
    chunks.extend_from_slice(b"0\r\n\r\n");
    let server = Server::answering(chunks).await;
    assert_eq!(read(&server).await.unwrap().body(), BODY);
}

#[tokio::test]
async fn a_packed_body_that_ends_early_or_is_corrupt_has_broken_off() {
    let packed = gzip(BODY.as_bytes());
    let mut broken: Vec<Vec<u8>> = (1..packed.len())
        .map(|end| packed[..end].to_vec())
        .collect();
    for at in [0, 12, packed.len() - 6, packed.len() - 2] {
        let mut corrupt = packed.clone();
        corrupt[at] ^= 0x55;
        broken.push(corrupt);
    }
    broken.push([packed.as_slice(), b"more"].concat());
    broken.push(BODY.into());
    for body in broken {
        let server = Server::answering(answer("content-encoding: gzip", &body)).await;
        let error = read(&server).await.unwrap_err();
        assert!(error.broke_off(), "{body:?}: {error:?}");
        assert_eq!(error.status().unwrap(), 200);
        assert!(error.to_string().contains("gzip encoding"), "{error}");
        // The operation is safe to repeat.
        assert_eq!((error.attempts(), server.requests().len()), (4, 4));
    }
}

#[tokio::test]
async fn what_came_before_the_break_is_kept() {
    let body: String = (0..20_000).map(|number| format!("{number} ")).collect();
    let packed = gzip(body.as_bytes());
    let server = Server::answering(answer(
        "content-encoding: gzip",
        &packed[..packed.len() / 2],
    ))
    .await;
    let error = read(&server).await.unwrap_err();
    let kept = error.body().unwrap();
    assert!(
        kept.len() > 20_000 && body.as_bytes().starts_with(kept),
        "{}",
        kept.len()
    );
}

#[tokio::test]
async fn the_limit_of_size_holds_for_what_a_body_unpacks_to() {
    const LIMIT: usize = 64 << 10;
    let bomb = gzip(&vec![b' '; 50 << 20]);
    assert!(bomb.len() < LIMIT, "{}", bomb.len());
    let server = Server::answering(answer("content-encoding: gzip", &bomb)).await;
    for layers in [Layers::none(), layers()] {
        let transport = HttpTransport::builder().build().unwrap();
        let session = session(&server.url, transport, &layers).with_max_body(LIMIT);
        let error = read_by(&session).await.unwrap_err();
        let Error::TooLarge(response) = &error else {
            panic!("{error:?}")
        };
        assert_eq!(
            (response.limit, response.body_start.len()),
            (LIMIT, 2 << 10)
        );
    }
}

#[tokio::test]
async fn an_encoding_that_was_not_asked_for_is_named() {
    for encoding in ["br", "zstd", "deflate", "gzip, br", "gzip, gzip"] {
        let server = Server::answering(answer(
            &format!("content-encoding: {encoding}"),
            b"\x0b\x02",
        ))
        .await;
        let error = read(&server).await.unwrap_err();
        let Error::Decode(failure) = &error else {
            panic!("{error:?}")
        };
        assert_eq!(
            failure.message,
            format!(
                "the body is encoded as `{encoding}`, which this client cannot read; it asked for `gzip`"
            )
        );
    }
}

#[tokio::test]
async fn an_answer_without_a_body_is_not_unpacked() {
    let head = |status: &str| format!("HTTP/1.1 {status}\r\ncontent-encoding: gzip\r\n");
    let server = Server::answering(format!("{}\r\n", head("204 No Content"))).await;
    assert_eq!(read(&server).await.unwrap().into_inner(), Value::Null);
    // The length is what GET would bring.
    let server = Server::answering(format!("{}content-length: 99\r\n\r\n", head("200 OK"))).await;
    let mut request = get(&server.url);
    *request.method_mut() = http::Method::HEAD;
    let transport = HttpTransport::builder().build().unwrap();
    let response = transport.send(request, &OPEN).await.unwrap();
    assert_eq!(response.bytes().await.unwrap().len(), 0);
    let server = Server::answering(format!("{}content-length: 0\r\n\r\n", head("200 OK"))).await;
    let error = read(&server).await.unwrap_err();
    assert!(error.to_string().contains("the body is empty"), "{error}");
}
