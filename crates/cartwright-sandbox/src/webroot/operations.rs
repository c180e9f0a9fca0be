//! What each call of the shop does.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use super::cart::Cart;
use super::customers::{Attached, Wording};
use super::errors::Problem;
use super::gate::{Body, Code};
use super::order::{self, Licensing, NewOrder};
use super::request;
use super::shop::{Books, Shop};

/// 200 with what was asked for.
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
    let seed = shop.seed();
    let mut books = shop.open();
    let now = books.now();
    let asked = request::new_cart(&body, seed, &books.licences, now)?;
    let cart = Cart::new(asked, &mut books.numbers, now);
    let answer = cart.show_created(seed);
    let answer = answer.ok_or_else(|| Problem::no_cart(&cart.code))?;
    books.carts.insert(cart.code.clone(), cart);
    Ok(Answer(answer))
}

pub(super) async fn get_cart(
    State(shop): State<Shop>,
    Code(code): Code,
) -> Result<Answer, Problem> {
    let books = shop.open();
    let shown = books
        .carts
        .get(&code)
        .and_then(|cart| cart.show_read(shop.seed()));
    shown.map(Answer).ok_or_else(|| Problem::no_cart(&code))
}

pub(super) async fn add_cart_customers(
    State(shop): State<Shop>,
    Code(code): Code,
    Body(body): Body,
) -> Result<Answer, Problem> {
    let seed = shop.seed();
    let mut books = shop.open();
    let cart = books.carts.get_mut(&code);
    let cart = cart.ok_or_else(|| Problem::no_cart(&code))?;
    let customers = Attached::read(&body, cart.order_type.is_resold(), cart.is_business(seed))?;
    if cart.order.is_some() {
        let why = format!("the cart {code:?} is ordered already, and keeps its customers");
        return Err(Problem::conflict(why));
    }
    cart.customers = customers;
    Ok(Answer(
        cart.customers
            .show(&seed.partner.billing, Wording::WithOptIn),
    ))
}

pub(super) async fn get_cart_customers(
    State(shop): State<Shop>,
    Code(code): Code,
) -> Result<Answer, Problem> {
    let books = shop.open();
    let cart = books.carts.get(&code);
    let customers = &cart.ok_or_else(|| Problem::no_cart(&code))?.customers;
    Ok(Answer(
        customers.show(&shop.seed().partner.billing, Wording::WithOptIn),
    ))
}

pub(super) async fn create_order(
    State(shop): State<Shop>,
    Body(body): Body,
) -> Result<Answer, Problem> {
    let asked = NewOrder::read(&body)?;
    let mut books = shop.open();
    let now = books.now();
    let Books {
        carts,
        licences,
        numbers,
        ids,
        ..
    } = &mut *books;
    let cart = carts.get_mut(&asked.code);
    let cart = cart.ok_or_else(|| Problem::no_cart(&asked.code))?;
    let licensing = Licensing {
        licences,
        numbers,
        ids,
    };
    order::place(cart, asked, shop.seed(), licensing, now).map(Answer)
}

pub(super) async fn get_product(
    State(shop): State<Shop>,
    Code(keycode): Code,
) -> Result<Answer, Problem> {
    let books = shop.open();
    let licence = books.licences.get(&keycode);
    let shown = licence.and_then(|licence| licence.show(shop.seed()));
    shown
        .map(Answer)
        .ok_or_else(|| Problem::no_licence(&keycode))
}

pub(super) async fn get_product_order_status(
    State(shop): State<Shop>,
    Code(keycode): Code,
) -> Result<Answer, Problem> {
    let books = shop.open();
    let licence = books.licences.get(&keycode);
    let shown = licence.and_then(|licence| licence.show_orders());
    shown
        .map(Answer)
        .ok_or_else(|| Problem::no_order_status(&keycode))
}
