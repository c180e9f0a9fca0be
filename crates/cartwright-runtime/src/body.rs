//! Bodies: read up to a limit, and shown in part.

use std::fmt;

use bytes::Bytes;
use http::StatusCode;
use http::header::{AUTHORIZATION, HeaderMap, HeaderName, SET_COOKIE, WWW_AUTHENTICATE};

use crate::error::{BegunResponse, Error, OversizedResponse};
use crate::hide::InUse;
use crate::operation::Operation;
use crate::session::{DEFAULT_MAX_BODY, Provenance};
use crate::transport::TransportError;

/// How much of a body `Debug` shows and an oversized response keeps.
pub(crate) const START: usize = 2 << 10;

/// A response with as much of its body as could be had.
pub(crate) struct Received {
    pub(crate) operation: &'static Operation,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) end: End,
    pub(crate) attempts: u32,
    pub(crate) in_use: InUse,
}

/// How the reading of a body ended.
pub(crate) enum End {
    Whole,
    OverLimit(usize),
    Broken(TransportError),
}

impl Received {
    /// Whether the body broke off.
    pub(crate) fn broke_off(&self) -> bool {
        matches!(self.end, End::Broken(_))
    }

    /// The same without the call's credentials, where the vendor repeats them: for an error to keep.
    pub(crate) fn hidden(mut self) -> Self {
        let has_more = !matches!(self.end, End::Whole);
        if let Some(body) = self.in_use.hidden_body(&self.body, has_more) {
            self.body = body.into();
        }
        self.in_use.hide_in_headers(&mut self.headers);
        self
    }

    /// The response, if all of its body is there.
    pub(crate) fn whole<E>(self) -> Result<Self, Error<E>> {
        if matches!(self.end, End::Whole) {
            return Ok(self);
        }
        let hidden = self.hidden();
        let error = match hidden.end {
            End::Whole => return Ok(hidden),
            End::OverLimit(limit) => Error::TooLarge(Box::new(OversizedResponse {
                operation: hidden.operation,
                status: hidden.status,
                headers: hidden.headers,
                limit,
                attempts: hidden.attempts,
                // A copy, or the slice would hold the whole body in memory.
                body_start: Bytes::copy_from_slice(start_of(&hidden.body)),
            })),
            End::Broken(source) => Error::Transport {
                operation: hidden.operation,
                source,
                begun: Some(Box::new(BegunResponse {
                    headers: hidden.headers,
                    body: hidden.body,
                })),
            },
        };
        Err(error.logged())
    }
}

/// What the response remembers of its call; one that did not come through a session has defaults.
pub(crate) fn provenance(response: &reqwest::Response) -> Provenance {
    let remembered = response.extensions().get::<Provenance>().cloned();
    remembered.unwrap_or(Provenance {
        operation: Operation::RAW,
        max_body: DEFAULT_MAX_BODY,
        attempts: 1,
        in_use: InUse::default(),
    })
}

/// Reads the body up to the session's limit.
pub(crate) async fn receive(mut response: reqwest::Response) -> Received {
    let Provenance {
        operation,
        max_body: limit,
        attempts,
        in_use,
    } = provenance(&response);
    let status = response.status();
    let headers = std::mem::take(response.headers_mut());
    // `Content-Length` is read by now, so a body that is announced as too large is not waited for
    // beyond its first chunk.
    let announced_too_large = response
        .content_length()
        .is_some_and(|length| usize::try_from(length).map_or(true, |length| length > limit));
    let mut body = Vec::new();
    let end = loop {
        match response.chunk().await {
            Ok(None) => break End::Whole,
            Ok(Some(chunk)) => {
                let room = limit - body.len();
                let (kept, rest) = chunk.split_at(chunk.len().min(room));
                body.extend_from_slice(kept);
                if !rest.is_empty() || announced_too_large {
                    break End::OverLimit(limit);
                }
            }
            Err(error) => {
                let error = TransportError::Body {
                    status,
                    source: Box::new(error.without_url()),
                };
                break End::Broken(error.after_attempts(attempts));
            }
        }
    };
    Received {
        operation,
        status,
        headers,
        body: body.into(),
        end,
        attempts,
        in_use,
    }
}

fn start_of(body: &[u8]) -> &[u8] {
    body.get(..START).unwrap_or(body)
}

/// The first 2 KiB of a body as text, for `Debug`.
pub(crate) struct BodyText<'a>(pub(crate) &'a [u8]);

impl fmt::Debug for BodyText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let start = start_of(self.0);
        fmt::Debug::fmt(&String::from_utf8_lossy(start), f)?;
        match self.0.len() - start.len() {
            0 => Ok(()),
            more => write!(f, " and {more} bytes more"),
        }
    }
}

/// The first 200 characters of a body in one line, for `Display`.
pub(crate) struct BodyStart<'a>(pub(crate) &'a [u8]);

impl fmt::Display for BodyStart<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const CHARACTERS: usize = 200;
        if self.0.is_empty() {
            return f.write_str("the body is empty");
        }
        f.write_str("the body begins: ")?;
        // No character takes more than four bytes, and one that is cut lies behind the last shown.
        let bytes = self.0.get(..4 * CHARACTERS).unwrap_or(self.0);
        write_line(f, &String::from_utf8_lossy(bytes), CHARACTERS)
    }
}

/// Writes the first characters of a text in one line.
pub(crate) fn write_line(f: &mut impl fmt::Write, text: &str, characters: usize) -> fmt::Result {
    let mut rest = text.chars();
    for character in rest.by_ref().take(characters) {
        f.write_char(if character.is_control() {
            ' '
        } else {
            character
        })?;
    }
    match rest.next() {
        Some(_) => f.write_char('…'),
        None => Ok(()),
    }
}

/// Response headers for `Debug`, without those that grant or ask for access.
pub(crate) struct HeaderLines<'a>(pub(crate) &'a HeaderMap);

impl fmt::Debug for HeaderLines<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const LEFT_OUT: [HeaderName; 3] = [SET_COOKIE, WWW_AUTHENTICATE, AUTHORIZATION];
        let shown = self.0.iter().filter(|(name, _)| !LEFT_OUT.contains(name));
        f.debug_map().entries(shown).finish()
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn the_start_of_a_body_is_one_line_of_at_most_two_hundred_characters() {
        let shown = |body: &[u8]| BodyStart(body).to_string();
        assert_eq!(shown(b""), "the body is empty");
        assert_eq!(shown(b"a\r\nb\xff"), "the body begins: a  b\u{fffd}");
        let long = "é".repeat(1000);
        assert_eq!(
            shown(long.as_bytes()),
            format!("the body begins: {}…", "é".repeat(200))
        );
        let exact = "𝄞".repeat(200);
        assert_eq!(shown(exact.as_bytes()), format!("the body begins: {exact}"));
    }

    #[test]
    fn debug_shows_two_kibibytes_of_a_body() {
        let body = vec![b'x'; START + 5];
        let shown = format!("{:?}", BodyText(&body));
        assert!(shown.ends_with("x\" and 5 bytes more"));
        assert!(shown.len() < START + 30);
    }

    #[test]
    fn debug_leaves_out_headers_that_grant_access() {
        let mut headers = HeaderMap::new();
        for name in ["set-cookie", "www-authenticate", "authorization"] {
            headers.insert(name, HeaderValue::from_static("hunter2"));
        }
        headers.insert("x-request-id", HeaderValue::from_static("r1"));
        assert_eq!(
            format!("{:?}", HeaderLines(&headers)),
            r#"{"x-request-id": "r1"}"#
        );
    }
}
