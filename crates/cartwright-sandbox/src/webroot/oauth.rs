//! The token endpoint.

use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::errors::Problem;
use super::gate;
use super::scopes::Scopes;
use super::shop::Shop;
use super::{CLIENT_ID, CLIENT_SECRET, PASSWORD, USERNAME};

pub(super) async fn token(
    State(shop): State<Shop>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Problem> {
    let body = body.map_err(|_| Problem::too_long())?;
    let form = Form::read(&headers, &body)?;
    prove_client(&headers, &form)?;
    let mut books = shop.open();
    let now = books.now;
    let scopes = match form.required("grant_type")? {
        "password" => {
            let user = (form.required("username")?, form.required("password")?);
            if user != (USERNAME, PASSWORD) {
                return Err(invalid_grant("the user name or the password is wrong"));
            }
            scopes(form.required("scope")?)?
        }
        "refresh_token" => {
            let had = books
                .tokens
                .refreshable(form.required("refresh_token")?, now)
                .ok_or_else(|| {
                    invalid_grant("the refresh token is unknown, expired or replaced")
                })?;
            match form.get("scope").map(scopes).transpose()? {
                None => had,
                Some(asked) if had.cover_all(&asked) => asked,
                Some(_) => return Err(invalid_scope()),
            }
        }
        other => {
            return Err(refused(
                "unsupported_grant_type",
                format!("the grant type {other:?} is not supported"),
            ));
        }
    };
    let books = &mut *books;
    let answer = books.tokens.give(scopes, &mut books.ids, now);
    Ok((
        [
            (header::CONTENT_TYPE, "application/json"),
            (header::CACHE_CONTROL, "no-store"),
        ],
        answer.to_string(),
    )
        .into_response())
}

/// Checks the client's id and secret, by Basic or in the form, but not by both.
fn prove_client(headers: &HeaderMap, form: &Form) -> Result<(), Problem> {
    let in_form = form.get("client_id").is_some() || form.get("client_secret").is_some();
    let proven = match headers.get(header::AUTHORIZATION) {
        Some(_) if in_form => {
            return Err(invalid_request(
                "the client proves itself by Basic or in the form, not by both",
            ));
        }
        Some(_) => basic(headers) == Some(format!("{CLIENT_ID}:{CLIENT_SECRET}")),
        None => {
            (form.get("client_id"), form.get("client_secret"))
                == (Some(CLIENT_ID), Some(CLIENT_SECRET))
        }
    };
    if proven {
        Ok(())
    } else {
        Err(Problem::oauth(
            StatusCode::UNAUTHORIZED,
            "invalid_client",
            "the client id or secret is missing or wrong",
        ))
    }
}

/// `id:secret` of a Basic header.
fn basic(headers: &HeaderMap) -> Option<String> {
    let (scheme, encoded) = gate::text(headers, &header::AUTHORIZATION)?.split_once(' ')?;
    let decoded = STANDARD.decode(encoded.trim()).ok()?;
    let is_basic = scheme.eq_ignore_ascii_case("Basic");
    String::from_utf8(decoded).ok().filter(|_| is_basic)
}

/// The parameters of the body. An empty one counts as absent.
struct Form(Vec<(String, String)>);

impl Form {
    fn read(headers: &HeaderMap, body: &[u8]) -> Result<Self, Problem> {
        if !gate::declares(headers, "application/x-www-form-urlencoded") {
            return Err(invalid_request("the body must be declared as a form"));
        }
        let mut parameters: Vec<(String, String)> = serde_urlencoded::from_bytes(body)
            .map_err(|_| invalid_request("the body is not a valid form"))?;
        let mut names: Vec<&str> = parameters.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        if let Some([name, _]) = names.windows(2).find(|pair| pair.first() == pair.last()) {
            return Err(invalid_request(format!("{name} is there more than once")));
        }
        parameters.retain(|(_, value)| !value.is_empty());
        Ok(Self(parameters))
    }

    fn get(&self, name: &str) -> Option<&str> {
        let (_, value) = self.0.iter().find(|(known, _)| known == name)?;
        Some(value)
    }

    fn required(&self, name: &str) -> Result<&str, Problem> {
        self.get(name)
            .ok_or_else(|| invalid_request(format!("{name} is missing")))
    }
}

fn scopes(asked: &str) -> Result<Scopes, Problem> {
    Scopes::read(asked).ok_or_else(invalid_scope)
}

fn refused(error: &'static str, description: impl Into<String>) -> Problem {
    Problem::oauth(StatusCode::BAD_REQUEST, error, description)
}

fn invalid_request(description: impl Into<String>) -> Problem {
    refused("invalid_request", description)
}

fn invalid_grant(description: &str) -> Problem {
    refused("invalid_grant", description)
}

fn invalid_scope() -> Problem {
    refused(
        "invalid_scope",
        "the scope is unknown, or more than may be given",
    )
}
