//! The eight operations on carts, their lines and redirect URLs.
//!
//! Each one works on a copy of the cart and keeps it when all went well, so a refused request
//! leaves the cart as it was.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::cart::Cart;
use super::errors::Problem;
use super::gate::{Body, OptionalBody, Segments};
use super::include::Include;
use super::redirect;
use super::request;
use super::shop::Shop;

/// What an operation answers when it did its work.
pub(super) enum Answer {
    /// A status, and what stands in `data`.
    Data(StatusCode, Value),
    /// A status, and the whole body.
    Whole(StatusCode, Value),
    /// 204 with nothing.
    Nothing,
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        match self {
            Self::Nothing => StatusCode::NO_CONTENT.into_response(),
            Self::Data(status, data) => {
                Self::Whole(status, json!({"data": data, "meta": {}})).into_response()
            }
            Self::Whole(status, body) => {
                let media_type = [(header::CONTENT_TYPE, "application/json")];
                (status, media_type, body.to_string()).into_response()
            }
        }
    }
}

pub(super) async fn create_cart(
    State(shop): State<Shop>,
    include: Include,
    Body(body): Body,
) -> Result<Answer, Problem> {
    let asked = request::new_cart(&body, shop.seed())?;
    let mut books = shop.open();
    let now = books.now;
    let cart = Cart::new(asked, &mut books.ids, now, shop.seed())?;
    books.keep(cart.clone());
    Ok(Answer::Data(
        StatusCode::CREATED,
        books.show(&cart, include, shop.seed()),
    ))
}

pub(super) async fn get_cart(
    State(shop): State<Shop>,
    path: Segments,
    include: Include,
) -> Result<Answer, Problem> {
    let mut books = shop.open();
    let cart = books.find(path.cart())?;
    Ok(Answer::Data(
        StatusCode::OK,
        books.show(&cart, include, shop.seed()),
    ))
}

/// Answers 201, as documented for this PUT.
pub(super) async fn update_cart(
    State(shop): State<Shop>,
    path: Segments,
    include: Include,
    Body(body): Body,
) -> Result<Answer, Problem> {
    let mut books = shop.open();
    let mut cart = books.find(path.cart())?;
    let asked = request::customer_update(&body)?;
    cart.expect_version(asked.version)?;
    cart.set_customer(asked.customer_id, books.now);
    books.keep(cart.clone());
    Ok(Answer::Data(
        StatusCode::CREATED,
        books.show(&cart, include, shop.seed()),
    ))
}

pub(super) async fn delete_cart(
    State(shop): State<Shop>,
    path: Segments,
) -> Result<Answer, Problem> {
    let mut books = shop.open();
    let cart = books.find(path.cart())?;
    books.discard(&cart.id);
    Ok(Answer::Nothing)
}

pub(super) async fn add_cart_line_items(
    State(shop): State<Shop>,
    path: Segments,
    include: Include,
    Body(body): Body,
) -> Result<Answer, Problem> {
    let mut books = shop.open();
    let mut cart = books.find(path.cart())?;
    let (items, version) = request::added_items(&body)?;
    cart.expect_version(version)?;
    let now = books.now;
    cart.add(items, &mut books.ids, now, shop.seed())?;
    books.keep(cart.clone());
    Ok(Answer::Data(
        StatusCode::CREATED,
        books.show(&cart, include, shop.seed()),
    ))
}

pub(super) async fn update_cart_line_item(
    State(shop): State<Shop>,
    path: Segments,
    include: Include,
    Body(body): Body,
) -> Result<Answer, Problem> {
    let mut books = shop.open();
    let mut cart = books.find(path.cart())?;
    let asked = request::line_update(&body)?;
    cart.expect_version(asked.version)?;
    cart.update_line(path.item(), &asked, books.now, shop.seed())?;
    books.keep(cart.clone());
    Ok(Answer::Data(
        StatusCode::OK,
        books.show(&cart, include, shop.seed()),
    ))
}

/// Answers 204 when the last line went, since the cart went with it.
pub(super) async fn delete_cart_line_item(
    State(shop): State<Shop>,
    path: Segments,
    include: Include,
    OptionalBody(body): OptionalBody,
) -> Result<Answer, Problem> {
    let mut books = shop.open();
    let mut cart = books.find(path.cart())?;
    cart.expect_version(request::expected_version(body.as_ref())?)?;
    cart.remove_line(path.item(), books.now)?;
    if cart.is_empty() {
        books.discard(&cart.id);
        return Ok(Answer::Nothing);
    }
    books.keep(cart.clone());
    Ok(Answer::Data(
        StatusCode::OK,
        books.show(&cart, include, shop.seed()),
    ))
}

pub(super) async fn create_cart_redirect_url(
    State(shop): State<Shop>,
    path: Segments,
    OptionalBody(body): OptionalBody,
) -> Result<Answer, Problem> {
    let mut books = shop.open();
    let cart = books.find(path.cart())?;
    let query_params = request::query_params(body.as_ref())?;
    let token = books.ids.token();
    Ok(Answer::Data(
        StatusCode::CREATED,
        redirect::urls(&cart.id, &token, &query_params),
    ))
}
