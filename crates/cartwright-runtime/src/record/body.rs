//! Bodies that were read once and are handed on.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::Frame;
use reqwest::{Body, Response, ResponseBuilderExt};

use crate::session::DEFAULT_MAX_BODY;
use crate::transport::BoxError;

/// How the reading of a body ended.
pub(super) enum End {
    Whole,
    /// The usual limit is passed: the rest is not read.
    TooLarge,
    Broken(String),
}

/// Reads the body, and gives the same response with the same body beside what was read.
pub(super) async fn read(mut response: Response) -> (Response, Bytes, End) {
    let mut start = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) => {
                start.extend_from_slice(&chunk);
                if start.len() > DEFAULT_MAX_BODY {
                    let start = Bytes::from(start);
                    let kept = start.clone();
                    let response = with_body(response, |rest| Again::body(kept, Then::Rest(rest)));
                    return (response, start, End::TooLarge);
                }
            }
            Ok(None) => {
                let start = Bytes::from(start);
                let response = with_body(response, |_| Body::from(start.clone()));
                return (response, start, End::Whole);
            }
            Err(error) => {
                let error = error.without_url();
                let message = crate::transport::Causes(&error).to_string();
                let (start, error) = (Bytes::from(start), Box::new(error));
                let kept = start.clone();
                let response =
                    with_body(response, |_| Again::body(kept, Then::Broken(Some(error))));
                return (response, start, End::Broken(message));
            }
        }
    }
}

/// A body that breaks off with this message behind its start.
pub(super) fn broken(start: Bytes, message: String) -> Body {
    Again::body(start, Then::Broken(Some(message.into())))
}

fn with_body(response: Response, body: impl FnOnce(Body) -> Body) -> Response {
    // reqwest keeps the URL outside of what it turns into a plain response.
    let url = http::Response::builder()
        .url(response.url().clone())
        .body(());
    let (mut parts, rest) = http::Response::from(response).into_parts();
    if let Ok(url) = url {
        parts.extensions.extend(url.into_parts().0.extensions);
    }
    http::Response::from_parts(parts, body(rest)).into()
}

/// The start of a body, and what comes then.
struct Again {
    start: Option<Bytes>,
    then: Then,
}

enum Then {
    Rest(Body),
    Broken(Option<BoxError>),
}

impl Again {
    fn body(start: Bytes, then: Then) -> Body {
        let start = Some(start).filter(|start| !start.is_empty());
        Body::wrap(Self { start, then })
    }
}

impl http_body::Body for Again {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        if let Some(start) = self.start.take() {
            return Poll::Ready(Some(Ok(Frame::data(start))));
        }
        match &mut self.then {
            Then::Rest(rest) => Pin::new(rest)
                .poll_frame(context)
                .map_err(|error| Box::new(error.without_url()) as BoxError),
            Then::Broken(error) => Poll::Ready(error.take().map(Err)),
        }
    }
}
