//! The two ways to call a function: bare at `/execute`, wrapped at `/json-api/cpanel`.

use std::collections::HashMap;

use axum::body::Bytes;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;

use super::account::{Account, Books};
use super::envelope::{self, CpanelAnswers, Failure};
use super::gate;
use super::market::{self, Call};
use super::parameters::Parameters;

/// The variable segments of a path. The rejection is of one that is not UTF-8, and so names nothing.
type Segments = Result<Path<HashMap<String, String>>, PathRejection>;

pub(super) async fn execute(
    State(account): State<Account>,
    path: Segments,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let segments = path.map(|Path(segments)| segments).unwrap_or_default();
    let segment = |name: &str| segments.get(name).map(String::as_str);
    if !gate::admits(&headers, segment("security_token")) {
        return gate::turned_away();
    }
    let asked = Parameters::read(&uri, &headers, &body);
    let mut books = account.open();
    let outcome = match (segment("module"), segment("function")) {
        (Some(module), Some(function)) => {
            market::call(module, function, call(&account, &mut books, &asked))
        }
        _ => Err(Failure::new("The path names no function.")),
    };
    envelope::bare(outcome, books.answers)
}

pub(super) async fn json_api(
    State(account): State<Account>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if !gate::admits(&headers, None) {
        return gate::denied();
    }
    let asked = Parameters::read(&uri, &headers, &body);
    let (version, module, function) = (
        asked.one("cpanel_jsonapi_apiversion"),
        asked.one("cpanel_jsonapi_module"),
        asked.one("cpanel_jsonapi_func"),
    );
    let (Some("3"), Some(module), Some(function)) = (version, module, function) else {
        let why = "This sandbox wants cpanel_jsonapi_apiversion=3, cpanel_jsonapi_module and cpanel_jsonapi_func.";
        return envelope::respond(StatusCode::OK, &gate::older_error(why));
    };
    let mut books = account.open();
    let outcome = market::call(module, function, call(&account, &mut books, &asked));
    envelope::wrapped(outcome, books.answers, module, function)
}

fn call<'a>(account: &'a Account, books: &'a mut Books, asked: &'a Parameters) -> Call<'a> {
    Call {
        data: account.data(),
        books,
        asked,
        now: account.now(),
    }
}

pub(super) async fn wrong_method() -> Response {
    envelope::bare(Err(Failure::wrong_method()), CpanelAnswers::default())
}
