//! Who is let in, and what the others are told.

use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::{API_TOKEN, PASSWORD, SECURITY_TOKEN, SESSION, USER};

/// Whether the headers, and the digits after `cpsess` in the path, are the account's.
pub(super) fn admits(headers: &HeaderMap, security_token: Option<&str>) -> bool {
    if security_token.is_some_and(|token| !is_security_token(token)) {
        return false;
    }
    match headers.get(header::AUTHORIZATION) {
        Some(value) => value.to_str().is_ok_and(is_ours),
        None => security_token == Some(SECURITY_TOKEN) && has_session(headers),
    }
}

fn is_security_token(text: &str) -> bool {
    text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_ours(authorization: &str) -> bool {
    match authorization.split_once(' ') {
        Some(("cpanel", token)) => is_pair(token, API_TOKEN),
        Some((scheme, encoded)) if scheme.eq_ignore_ascii_case("basic") => {
            let decoded = STANDARD.decode(encoded.trim()).unwrap_or_default();
            std::str::from_utf8(&decoded).is_ok_and(|pair| is_pair(pair, PASSWORD))
        }
        _ => false,
    }
}

fn is_pair(text: &str, secret: &str) -> bool {
    text.split_once(':') == Some((USER, secret))
}

fn has_session(headers: &HeaderMap) -> bool {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|cookies| cookies.split(';'))
        .any(|cookie| cookie.trim().split_once('=') == Some(("cpsession", SESSION)))
}

/// The refusal at `/execute`.
pub(super) fn turned_away() -> Response {
    let page = "<!DOCTYPE html>\n<html><head><title>Access denied</title></head>\
                <body>Log in to go on.</body></html>\n";
    let headers = [
        (header::CONTENT_TYPE, "text/html"),
        (header::WWW_AUTHENTICATE, "Basic realm=\"cPanel\""),
    ];
    (StatusCode::UNAUTHORIZED, headers, page).into_response()
}

/// The refusal at `/json-api`: JSON that says it is text, with digits in texts.
pub(super) fn denied() -> Response {
    let media_type = [(header::CONTENT_TYPE, "text/plain")];
    let body = older_error("Access denied").to_string();
    (StatusCode::FORBIDDEN, media_type, body).into_response()
}

/// An error in the shape of the vendor's older API.
pub(super) fn older_error(why: &str) -> Value {
    json!({"cpanelresult": {
        "apiversion": "2",
        "error": why,
        "data": {"reason": why, "result": "0"},
        "type": "text",
    }})
}
