//! Bodies are read inside the layers, so that limits of time and repetition cover them.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::Frame;
use reqwest::{Body, Response, ResponseBuilderExt};
use tokio::time::Instant;

use super::call::within;
use crate::session::DEFAULT_MAX_BODY;
use crate::transport::BoxError;

/// Marks a response whose body breaks off.
#[derive(Clone, Copy)]
struct BreaksOff;

pub(super) fn breaks_off(response: &Response) -> bool {
    response.extensions().get::<BreaksOff>().is_some()
}

/// The same response with its body read. What is larger than the usual limit is passed on from there, for the session to
/// refuse or the caller to stream; a body that breaks off is passed on up to there, so that status, headers and
/// its beginning are not lost.
pub(super) async fn read(mut response: Response, until: Option<Instant>) -> Response {
    let is_large = |length: usize| length > DEFAULT_MAX_BODY;
    let announced = response.content_length();
    if announced.is_some_and(|length| usize::try_from(length).map_or(true, is_large)) {
        return response;
    }
    let mut start = Vec::new();
    loop {
        match within(until, response.chunk()).await {
            Ok(Ok(Some(chunk))) => {
                start.extend_from_slice(&chunk);
                if is_large(start.len()) {
                    return with_body(response, |rest| {
                        Body::wrap(Kept::new(start, Then::Rest(rest)))
                    });
                }
            }
            Ok(Ok(None)) => return with_body(response, |_| Body::from(start)),
            Ok(Err(error)) => return broken(response, start, Box::new(error.without_url())),
            Err(time_up) => return broken(response, start, Box::new(time_up)),
        }
    }
}

fn broken(response: Response, start: Vec<u8>, error: BoxError) -> Response {
    let kept = Kept::new(start, Then::Broken(Some(error)));
    let mut response = with_body(response, |_| Body::wrap(kept));
    response.extensions_mut().insert(BreaksOff);
    response
}

/// The same response with another body.
pub(crate) fn with_body(response: Response, body: impl FnOnce(Body) -> Body) -> Response {
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

/// The beginning of a body, and what comes then.
struct Kept {
    start: Option<Bytes>,
    then: Then,
}

enum Then {
    Rest(Body),
    Broken(Option<BoxError>),
}

impl Kept {
    fn new(start: Vec<u8>, then: Then) -> Self {
        let start = Some(Bytes::from(start)).filter(|start| !start.is_empty());
        Self { start, then }
    }
}

impl http_body::Body for Kept {
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
