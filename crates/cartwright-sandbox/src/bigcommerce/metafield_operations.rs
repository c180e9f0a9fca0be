//! The nine operations on metafields: five on those of a cart, four on those of the whole store.

use std::collections::BTreeMap;

use axum::Extension;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::errors::{self, Problem};
use super::fields::{Faults, Fields, text, whole};
use super::gate::{Body, Caller, Segments};
use super::listing::Listing;
use super::metafield::Draft;
use super::operations::Answer;
use super::shop::{Books, Shop};

pub(super) async fn get_cart_metafields(
    State(shop): State<Shop>,
    Extension(caller): Extension<Caller>,
    path: Segments,
    RawQuery(query): RawQuery,
) -> Result<Answer, Problem> {
    let mut books = shop.open();
    known(&mut books, path.cart())?;
    let listing = Listing::of_cart(&query.unwrap_or_default())?;
    let visible = books.metafields.visible(&caller.0);
    let of_cart = visible.filter(|metafield| metafield.cart == path.cart());
    Ok(Answer::Whole(StatusCode::OK, listing.answer(of_cart)))
}

/// Answers 200, as documented for this POST.
pub(super) async fn create_cart_metafield(
    State(shop): State<Shop>,
    Extension(caller): Extension<Caller>,
    path: Segments,
    Body(body): Body,
) -> Result<Answer, Problem> {
    let mut books = shop.open();
    let cart = books.find(path.cart())?;
    let draft = draft(&body)?;
    let now = books.now;
    let created = books.metafields.create(&caller.0, &cart.id, draft, now)?;
    Ok(Answer::Data(StatusCode::OK, created.show()))
}

pub(super) async fn get_cart_metafield(
    State(shop): State<Shop>,
    Extension(caller): Extension<Caller>,
    path: Segments,
) -> Result<Answer, Problem> {
    let mut books = shop.open();
    known(&mut books, path.cart())?;
    let id = path.metafield()?;
    let metafield = books.metafields.find(&caller.0, Some(path.cart()), id)?;
    Ok(Answer::Data(StatusCode::OK, metafield.show()))
}

pub(super) async fn update_cart_metafield(
    State(shop): State<Shop>,
    Extension(caller): Extension<Caller>,
    path: Segments,
    Body(body): Body,
) -> Result<Answer, Problem> {
    let mut books = shop.open();
    known(&mut books, path.cart())?;
    let (id, now) = (path.metafield()?, books.now);
    books.metafields.find(&caller.0, Some(path.cart()), id)?;
    let draft = draft(&body)?;
    let metafields = &mut books.metafields;
    let updated = metafields.update(&caller.0, Some(path.cart()), id, draft, now)?;
    Ok(Answer::Data(StatusCode::OK, updated.show()))
}

pub(super) async fn delete_cart_metafield(
    State(shop): State<Shop>,
    Extension(caller): Extension<Caller>,
    path: Segments,
) -> Result<Answer, Problem> {
    let mut books = shop.open();
    known(&mut books, path.cart())?;
    let id = path.metafield()?;
    books.metafields.delete(&caller.0, Some(path.cart()), id)?;
    Ok(Answer::Nothing)
}

pub(super) async fn get_carts_metafields(
    State(shop): State<Shop>,
    Extension(caller): Extension<Caller>,
    RawQuery(query): RawQuery,
) -> Result<Answer, Problem> {
    let listing = Listing::of_store(&query.unwrap_or_default())?;
    let books = shop.open();
    let body = listing.answer(books.metafields.visible(&caller.0));
    Ok(Answer::Whole(StatusCode::OK, body))
}

pub(super) async fn create_carts_metafields(
    State(shop): State<Shop>,
    Extension(caller): Extension<Caller>,
    Body(body): Body,
) -> Result<Answer, Problem> {
    let mut books = shop.open();
    let now = books.now;
    batch(&body, |entry| {
        let (cart, draft) = entry_draft(entry, "resource_id", text(1..=250))?;
        if books.find(&cart).is_err() {
            return Err("Cart does not exist".to_owned());
        }
        let created = books.metafields.create(&caller.0, &cart, draft, now);
        created
            .map(|metafield| metafield.show())
            .map_err(|refused| refused.told())
    })
}

pub(super) async fn update_carts_metafields(
    State(shop): State<Shop>,
    Extension(caller): Extension<Caller>,
    Body(body): Body,
) -> Result<Answer, Problem> {
    let mut books = shop.open();
    let now = books.now;
    batch(&body, |entry| {
        let (id, draft) = entry_draft(entry, "id", metafield_id)?;
        let updated = books.metafields.update(&caller.0, None, id, draft, now);
        updated
            .map(|metafield| metafield.show())
            .map_err(|refused| refused.told())
    })
}

pub(super) async fn delete_carts_metafields(
    State(shop): State<Shop>,
    Extension(caller): Extension<Caller>,
    Body(body): Body,
) -> Result<Answer, Problem> {
    let mut books = shop.open();
    batch(&body, |entry| {
        let id = whole(1..=i64::MAX)(entry)?;
        let deleted = books.metafields.delete(&caller.0, None, id);
        deleted
            .map(|()| json!(id))
            .map_err(|refused| refused.told())
    })
}

/// Refuses the id of a cart that neither lives nor left metafields behind.
fn known(books: &mut Books, cart: &str) -> Result<(), Problem> {
    if books.metafields.any_of(cart) {
        return Ok(());
    }
    books.find(cart).map(|_| ())
}

fn draft(body: &Value) -> Result<Draft, Problem> {
    let fields = Fields::root(body)?;
    let mut faults = Faults::default();
    let draft = Draft::read(&fields, &mut faults);
    faults.or_named(draft).map_err(Problem::fields)
}

/// An entry of a batch: what it names under `key`, and the rest of it.
fn entry_draft<T>(
    entry: &Value,
    key: &str,
    read: impl Fn(&Value) -> Result<T, String>,
) -> Result<(T, Draft), String> {
    let fields = Fields::root(entry).map_err(|_| "error.expected.jsobject".to_owned())?;
    let mut faults = Faults::default();
    let named = fields.required(key, &mut faults, read);
    let draft = Draft::read(&fields, &mut faults);
    faults
        .or_named(named.zip(draft))
        .map_err(|errors| errors::told(&errors))
}

/// Documented as a text here, and as a number everywhere else that a caller sends it.
fn metafield_id(value: &Value) -> Result<i64, String> {
    match value {
        Value::String(digits) => digits
            .parse()
            .ok()
            .filter(|id| *id >= 1)
            .ok_or_else(|| "must be the id of a metafield".to_owned()),
        _ => whole(1..=i64::MAX)(value),
    }
}

/// Does each entry by itself: one that is refused stops no other.
fn batch(
    body: &Value,
    mut carry_out: impl FnMut(&Value) -> Result<Value, String>,
) -> Result<Answer, Problem> {
    let entries = body.as_array().ok_or_else(|| {
        Problem::fields(BTreeMap::from([(
            "arr".to_owned(),
            "error.expected.jsarray".to_owned(),
        )]))
    })?;
    let (mut done, mut failed) = (Vec::new(), BTreeMap::new());
    for (place, entry) in entries.iter().enumerate() {
        match carry_out(entry) {
            Ok(value) => done.push(value),
            Err(why) => {
                failed.insert(place.to_string(), why);
            }
        }
    }
    let meta = json!({"total": entries.len(), "success": done.len(), "failed": failed.len()});
    let (status, errors) = match failed.is_empty() {
        true => (StatusCode::OK, json!([])),
        false => (
            StatusCode::UNPROCESSABLE_ENTITY,
            json!([errors::bulk_failure(&failed)]),
        ),
    };
    let body = json!({"data": done, "errors": errors, "meta": meta});
    Ok(Answer::Whole(status, body))
}
