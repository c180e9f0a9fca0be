//! Creating a cart and reading it.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use super::cart::Cart;
use super::dates;
use super::errors::Problem;
use super::gate::{Body, OrderCode};
use super::request;
use super::shop::Shop;

/// 200 with a cart.
pub(super) struct Answer(Value);

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        (
            [(header::CONTENT_TYPE, "application/json")],
            self.0.to_string(),
        )
            .into_response()
    }
}

pub(super) async fn create_cart(
    State(shop): State<Shop>,
    Body(body): Body,
) -> Result<Answer, Problem> {
    let mut books = shop.open();
    let now = dates::moment(books.now);
    let asked = request::new_cart(&body, now)?;
    let cart = Cart::new(asked, &mut books.numbers, now);
    let answer = Answer(cart.show_created());
    books.carts.insert(cart.code.clone(), cart);
    Ok(answer)
}

pub(super) async fn get_cart(
    State(shop): State<Shop>,
    OrderCode(code): OrderCode,
) -> Result<Answer, Problem> {
    let books = shop.open();
    let cart = books.carts.get(&code);
    cart.map(|cart| Answer(cart.show_read()))
        .ok_or_else(|| Problem::no_cart(&code))
}
