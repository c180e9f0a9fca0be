//! Bodies that come packed: unpacked piece by piece as they are read, so that a limit holds for what they hold.

use std::fmt;
use std::io::Write as _;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf as _, Bytes};
use flate2::write::MultiGzDecoder;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, HeaderMap};
use http_body::Frame;
use reqwest::{Body, Response};

use crate::layers::with_body;
use crate::transport::BoxError;

/// What is asked for.
pub(crate) const ACCEPTED: &str = "gzip";

/// The response with its body unpacked, where it is packed with gzip, asked for or not. Another encoding stays as it is.
pub(crate) fn unpacked(response: Response) -> Response {
    if !matches!(encodings(response.headers()).as_slice(), [one] if is_gzip(one)) {
        return response;
    }
    let mut response = with_body(response, |packed| {
        Body::wrap(Unpacked {
            packed,
            rest: Bytes::new(),
            decoder: None,
            end: None,
        })
    });
    let headers = response.headers_mut();
    headers.remove(CONTENT_ENCODING);
    headers.remove(CONTENT_LENGTH);
    response
}

/// The encodings of a body, in the order in which they were put on. `identity` is none.
pub(crate) fn encodings(headers: &HeaderMap) -> Vec<String> {
    let values = headers.get_all(CONTENT_ENCODING).iter();
    let texts = values.map(|value| String::from_utf8_lossy(value.as_bytes()).to_ascii_lowercase());
    let names = texts.flat_map(|text| {
        let names = text.split(',').map(|name| name.trim().to_owned());
        names.collect::<Vec<_>>()
    });
    let is_one = |name: &String| !name.is_empty() && name != "identity";
    names.filter(is_one).collect()
}

fn is_gzip(encoding: &str) -> bool {
    matches!(encoding, "gzip" | "x-gzip")
}

struct Unpacked {
    packed: Body,
    /// What has come and is not unpacked yet.
    rest: Bytes,
    /// `None` before the first byte: a body of no bytes is empty, as that of a HEAD request.
    decoder: Option<MultiGzDecoder<Vec<u8>>>,
    /// How it ended, once it has.
    end: Option<Result<(), Option<BoxError>>>,
}

impl http_body::Body for Unpacked {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let body = self.get_mut();
        loop {
            if let Some(decoder) = &mut body.decoder
                && !decoder.get_ref().is_empty()
            {
                let unpacked = std::mem::take(decoder.get_mut());
                return Poll::Ready(Some(Ok(Frame::data(unpacked.into()))));
            }
            match &mut body.end {
                Some(Ok(())) => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(error.take().map(Err)),
                None if !body.rest.is_empty() => body.unpack(),
                None => match ready!(Pin::new(&mut body.packed).poll_frame(context)) {
                    Some(Ok(frame)) => body.rest = frame.into_data().unwrap_or_default(),
                    Some(Err(error)) => {
                        // What has come is worth keeping, whole or not.
                        let _ = body.finish();
                        body.end = Some(Err(Some(Box::new(error.without_url()))));
                    }
                    None => body.end = Some(body.finish()),
                },
            }
        }
    }
}

impl Unpacked {
    /// Unpacks as much as fills the decoder's own buffer of some 32 KiB, so that a bomb does not go off here.
    fn unpack(&mut self) {
        let decoder = self
            .decoder
            .get_or_insert_with(|| MultiGzDecoder::new(Vec::new()));
        match decoder.write(&self.rest) {
            Ok(taken) if taken > 0 => self.rest.advance(taken),
            _ => self.end = Some(broken("the gzip encoding is corrupt")),
        }
    }

    fn finish(&mut self) -> Result<(), Option<BoxError>> {
        match self.decoder.as_mut().map(MultiGzDecoder::try_finish) {
            Some(Err(_)) => broken("the gzip encoding ends before its end, or is corrupt"),
            _ => Ok(()),
        }
    }
}

fn broken(why: &'static str) -> Result<(), Option<BoxError>> {
    Err(Some(Box::new(Corrupt(why))))
}

#[derive(Debug)]
struct Corrupt(&'static str);

impl fmt::Display for Corrupt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for Corrupt {}
