//! What a call passes before the method looks at it: credentials, the method's name, the body.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method as HttpMethod, Uri, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Map, Value};

use super::exception::Exception;
use super::market::{Market, Params};
use super::tokens::Pass;
use super::{PASSWORD, ROOT, TOKEN, USER};

const TOKEN_METHOD: &str = "Account/Auth/token";

type Method = fn(&Market, &Params) -> Result<Value, Exception>;

/// The methods that any credentials open.
const METHODS: [(&str, Method); 7] = [
    ("Market/Bundle/Package/list", Market::packages),
    ("Market/Bundle/details", Market::bundle),
    ("Market/Cart/Admin/Quote/create", Market::quote),
    (
        "Market/Cart/Helpers/Configurator/add",
        Market::add_configured,
    ),
    ("Market/Cart/Item/add", Market::add_item),
    ("Market/Package/Product/list", Market::products),
    ("Market/Package/details", Market::package),
];

/// Methods that the vendor documents beside those that are built: of another cart or another token, or, as those of
/// `Discount`, without a word on their parameters.
const NOT_BUILT: [&str; 6] = [
    "Account/Auth/claim_auth_hash",
    "Account/Auth/expireToken",
    "Account/Auth/issuejwt",
    "Basket/Item/Config/delete",
    "Basket/Item/add",
    "Market/Cart/Discount/add",
];

/// Answers every path below `/bleed`.
pub(super) async fn call(
    State(market): State<Market>,
    verb: HttpMethod,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    match answer(&market, &verb, uri.path(), &headers, &body) {
        Ok(cart) => (
            [(header::CONTENT_TYPE, "application/json")],
            cart.to_string(),
        )
            .into_response(),
        Err(exception) => exception.into_response(),
    }
}

fn answer(
    market: &Market,
    verb: &HttpMethod,
    path: &str,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<Value, Exception> {
    let (scheme, pass) = admit(market, headers)?;
    if verb != HttpMethod::POST && verb != HttpMethod::GET {
        return Err(Exception::wrong_verb());
    }
    let below = path.strip_prefix(ROOT).unwrap_or(path);
    let method = below.strip_prefix('/').unwrap_or(below);
    let named = |known: &&str| known.eq_ignore_ascii_case(method);
    if let Some(known) = NOT_BUILT.into_iter().find(named) {
        return Err(Exception::not_built(known));
    }
    let body = if verb == HttpMethod::GET { &[] } else { body };
    if named(&TOKEN_METHOD) {
        return match scheme {
            Scheme::Basic => market.token(pass, &params(body)?),
            Scheme::Bearer => Err(Exception::authorization(None)),
        };
    }
    match METHODS.into_iter().find(|(known, _)| named(known)) {
        Some((_, carry_out)) => carry_out(market, &params(body)?),
        None => Err(Exception::invalid_method(method)),
    }
}

#[derive(Clone, Copy, Debug)]
enum Scheme {
    Basic,
    Bearer,
}

fn admit(market: &Market, headers: &HeaderMap) -> Result<(Scheme, Pass), Exception> {
    let header = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    let Some((scheme, secret)) = header.and_then(|header| header.split_once(' ')) else {
        return Err(Exception::authorization(None));
    };
    if scheme.eq_ignore_ascii_case("bearer") {
        let pass = token(market, secret).ok_or_else(|| Exception::authorization(None))?;
        return Ok((Scheme::Bearer, pass));
    }
    let pair = basic(scheme, secret);
    match pair.as_ref().and_then(|pair| pair.split_once(':')) {
        Some((USER, PASSWORD)) => Ok((Scheme::Basic, Pass::Password)),
        Some((user, secret)) => {
            let pass = Some(secret).filter(|_| user == USER);
            let pass = pass.and_then(|secret| token(market, secret));
            let refuse = || Exception::authorization(Some(user.to_owned()));
            Ok((Scheme::Basic, pass.ok_or_else(refuse)?))
        }
        None => Err(Exception::authorization(None)),
    }
}

fn token(market: &Market, secret: &str) -> Option<Pass> {
    if secret == TOKEN {
        return Some(Pass::Standing);
    }
    market.open(secret).then(|| Pass::Token(secret.to_owned()))
}

fn basic(scheme: &str, secret: &str) -> Option<String> {
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    String::from_utf8(BASE64_STANDARD.decode(secret).ok()?).ok()
}

/// The call's parameters. An empty body, and one without `params`, has none.
fn params(body: &[u8]) -> Result<Params, Exception> {
    if body.is_empty() {
        return Ok(Map::new());
    }
    let refuse = |why: &str| Exception::deserialize(&String::from_utf8_lossy(body), why);
    let mut read: Map<String, Value> =
        serde_json::from_slice(body).map_err(|error| refuse(&error.to_string()))?;
    match read.remove("params") {
        None | Some(Value::Null) => Ok(Map::new()),
        Some(Value::Object(params)) => Ok(params),
        Some(_) => Err(refuse("params is not an object")),
    }
}
