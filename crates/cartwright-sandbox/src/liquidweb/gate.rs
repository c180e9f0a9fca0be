//! What a call passes before the method looks at it: credentials, the method's name, the body.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, Uri, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Map, Value};

use super::exception::Exception;
use super::market::Market;
use super::{PASSWORD, ROOT, TOKEN, USER};

const ADD_ITEM: &str = "Market/Cart/Item/add";

/// Methods that the vendor documents beside the one that is built.
const NOT_BUILT: [&str; 10] = [
    "Account/Auth/token",
    "Basket/Item/Config/delete",
    "Basket/Item/add",
    "Market/Bundle/Package/list",
    "Market/Bundle/details",
    "Market/Cart/Admin/Quote/create",
    "Market/Cart/Discount/add",
    "Market/Cart/Helpers/Configurator/add",
    "Market/Package/Product/list",
    "Market/Package/details",
];

/// Answers every path below `/bleed`.
pub(super) async fn call(
    State(market): State<Market>,
    verb: Method,
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
    verb: &Method,
    path: &str,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<Value, Exception> {
    admit(headers)?;
    if verb != Method::POST && verb != Method::GET {
        return Err(Exception::wrong_verb());
    }
    let below = path.strip_prefix(ROOT).unwrap_or(path);
    let method = below.strip_prefix('/').unwrap_or(below);
    let named = |known: &&str| known.eq_ignore_ascii_case(method);
    if let Some(known) = NOT_BUILT.into_iter().find(named) {
        return Err(Exception::not_built(known));
    }
    if !named(&ADD_ITEM) {
        return Err(Exception::invalid_method(method));
    }
    let body = if verb == Method::GET { &[] } else { body };
    market.add_item(&params(body)?)
}

fn admit(headers: &HeaderMap) -> Result<(), Exception> {
    let header = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    let Some((scheme, secret)) = header.and_then(|header| header.split_once(' ')) else {
        return Err(Exception::authorization(None));
    };
    if scheme.eq_ignore_ascii_case("bearer") && secret == TOKEN {
        return Ok(());
    }
    let pair = basic(scheme, secret);
    match pair.as_ref().and_then(|pair| pair.split_once(':')) {
        Some((USER, PASSWORD | TOKEN)) => Ok(()),
        Some((user, _)) => Err(Exception::authorization(Some(user.to_owned()))),
        None => Err(Exception::authorization(None)),
    }
}

fn basic(scheme: &str, secret: &str) -> Option<String> {
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    String::from_utf8(BASE64_STANDARD.decode(secret).ok()?).ok()
}

/// The call's parameters. An empty body, and one without `params`, has none.
fn params(body: &[u8]) -> Result<Map<String, Value>, Exception> {
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
