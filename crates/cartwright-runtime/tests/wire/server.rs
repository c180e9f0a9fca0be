//! A server of a few lines: it keeps the bytes it sees and answers what it is told.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use cartwright_runtime::{
    Credentials, HttpTransport, Operation, Retry, SchemeKind, SecurityScheme, Session,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

pub static SCHEMES: &[SecurityScheme] = &[
    SecurityScheme {
        name: "Token",
        kind: SchemeKind::ApiKeyHeader("X-Auth-Token"),
    },
    SecurityScheme {
        name: "Query",
        kind: SchemeKind::ApiKeyQuery("key"),
    },
    SecurityScheme {
        name: "Login",
        kind: SchemeKind::Basic,
    },
    SecurityScheme {
        name: "Bearer",
        kind: SchemeKind::Bearer,
    },
];

pub static GET_CART: Operation = Operation {
    id: "getCart",
    method: "GET",
    path: "/carts/{cartId}",
    cart: &["get"],
    retry: Retry::Safe,
    security: &[&["Token"]],
    deprecated: false,
};

pub static OPEN: Operation = Operation {
    id: "ping",
    method: "GET",
    path: "/ping",
    cart: &[],
    retry: Retry::Safe,
    security: &[],
    deprecated: false,
};

pub static KEY_IN_QUERY: Operation = Operation {
    id: "getKeyed",
    security: &[&["Query"]],
    ..OPEN_COPY
};

const OPEN_COPY: Operation = Operation {
    id: "",
    method: "GET",
    path: "/",
    cart: &[],
    retry: Retry::Safe,
    security: &[],
    deprecated: false,
};

pub struct Server {
    pub url: String,
    requests: Arc<Mutex<Vec<String>>>,
    written: Arc<AtomicUsize>,
}

impl Server {
    /// Answers each connection's first request with these bytes and closes it.
    pub async fn answering(answer: impl Into<Vec<u8>>) -> Self {
        Self::start(answer.into(), 0).await
    }

    /// Answers with these bytes and this many more, as long as the other side takes them.
    pub async fn flooding(answer: impl Into<Vec<u8>>, more: usize) -> Self {
        Self::start(answer.into(), more).await
    }

    async fn start(answer: Vec<u8>, more: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let written = Arc::new(AtomicUsize::new(0));
        let (seen, count) = (requests.clone(), written.clone());
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let request = read_request(&mut stream).await;
                seen.lock().unwrap().push(request);
                // The other side may hang up before it has read everything.
                let _ = stream.write_all(&answer).await;
                let block = vec![b' '; 64 << 10];
                while count.load(Ordering::SeqCst) < more {
                    match stream.write(&block).await {
                        Ok(sent) => count.fetch_add(sent, Ordering::SeqCst),
                        Err(_) => break,
                    };
                }
            }
        });
        Self {
            url,
            requests,
            written,
        }
    }

    /// The requests so far, each as the text that came.
    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }

    /// The one request there was.
    pub fn request(&self) -> String {
        let requests = self.requests();
        assert_eq!(requests.len(), 1, "{requests:?}");
        requests[0].clone()
    }

    /// How many of the further bytes went out.
    pub fn written(&self) -> usize {
        self.written.load(Ordering::SeqCst)
    }

    pub fn session(&self) -> Session {
        session(&self.url, Credentials::new().api_key("Token", "hunter2"))
    }
}

pub fn session(url: &str, credentials: Credentials) -> Session {
    let transport = Arc::new(HttpTransport::builder().build().unwrap());
    Session::new(url, credentials, transport, SCHEMES).unwrap()
}

pub fn get(url: &str) -> reqwest::Request {
    reqwest::Request::new(http::Method::GET, url.parse().unwrap())
}

/// An answer with a length and this body.
pub fn answer(status: &str, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}")
}

async fn read_request(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length: "))
                .map_or(0, |length| length.parse().unwrap());
            if body.len() >= length {
                return text;
            }
        }
        let mut block = [0; 4096];
        match stream.read(&mut block).await {
            Ok(0) | Err(_) => return text,
            Ok(read) => bytes.extend_from_slice(&block[..read]),
        }
    }
}

/// A reqwest client of the caller's making.
pub fn own_client(user_agent: &str) -> reqwest::Client {
    let builder = reqwest::Client::builder().user_agent(user_agent);
    builder.no_proxy().build().unwrap()
}
