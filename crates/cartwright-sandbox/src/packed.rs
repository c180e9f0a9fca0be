//! Answers are packed with gzip for whoever takes it.

use std::io::Write as _;

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, VARY};
use axum::http::{HeaderMap, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::call_log::Unpacked;

/// Middleware: packs the body. It stands outside of what records the calls, so that those are kept as they can be read.
pub(crate) async fn pack(request: Request, next: Next) -> Response {
    let takes_gzip = request.method() != Method::HEAD && takes_gzip(request.headers());
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.append(VARY, HeaderValue::from_static("accept-encoding"));
    let is_left = headers.contains_key(CONTENT_ENCODING);
    // A fault counts the bytes of its body.
    let is_left = is_left | response.extensions_mut().remove::<Unpacked>().is_some();
    if !takes_gzip || is_left {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    // The stand-ins' bodies stand in memory.
    let bytes = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let packed = Some(&bytes).filter(|bytes| !bytes.is_empty());
    let Some(packed) = packed.and_then(|bytes| gzip(bytes)) else {
        return Response::from_parts(parts, Body::from(bytes));
    };
    parts.headers.remove(CONTENT_LENGTH);
    let gzip = HeaderValue::from_static("gzip");
    parts.headers.insert(CONTENT_ENCODING, gzip);
    Response::from_parts(parts, Body::from(packed))
}

/// `None` if it fails, which writing to memory does not.
fn gzip(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).ok()?;
    encoder.finish().ok()
}

/// Whether `Accept-Encoding` has gzip by name, or else by a star, and not with the weight 0.
fn takes_gzip(headers: &HeaderMap) -> bool {
    let values = headers.get_all(ACCEPT_ENCODING).iter();
    let text = values.filter_map(|value| value.to_str().ok());
    let text = text.collect::<Vec<_>>().join(",").to_ascii_lowercase();
    let weights = text.split(',').map(|part| {
        let (name, parameters) = part.split_once(';').unwrap_or((part, ""));
        let weight = parameters.trim().strip_prefix("q=");
        let weight = weight.map_or(Ok(1.0), |weight| weight.trim().parse::<f32>());
        (name.trim(), weight.unwrap_or(0.0))
    });
    let weights: Vec<_> = weights.collect();
    let of = |wanted: &[&str]| weights.iter().find(|(name, _)| wanted.contains(name));
    of(&["gzip", "x-gzip"])
        .or_else(|| of(&["*"]))
        .is_some_and(|(_, weight)| *weight > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gzip_is_taken_where_it_is_named_and_not_weighed_to_nothing() {
        for (text, takes) in [
            ("gzip", true),
            ("br, GZIP;q=0.5", true),
            ("x-gzip", true),
            ("*", true),
            ("gzip;q=0, *", false),
            ("gzip; q=0.0", false),
            ("identity", false),
            ("br;q=1.0", false),
            ("gzip;q=x", false),
            ("gzipped", false),
            ("", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_ENCODING, text.parse().unwrap());
            assert_eq!(takes_gzip(&headers), takes, "{text}");
        }
        assert!(!takes_gzip(&HeaderMap::new()));
    }
}
