//! The documented neighbours that the sandbox does not build: 501, naming the operation.
//!
//! The vendor names its operations by method and path, and so does the answer.

use axum::Router;
use axum::routing::{MethodFilter, on};

use super::errors::Problem;
use super::shop::Shop;

/// Method and path below `/service/api/ecom/shop`.
const OPERATIONS: [(&str, MethodFilter, &str); 9] = [
    (
        "POST",
        MethodFilter::POST,
        "/carts/{vendorOrderCode}/customers",
    ),
    (
        "GET",
        MethodFilter::GET,
        "/carts/{vendorOrderCode}/customers",
    ),
    ("POST", MethodFilter::POST, "/orders"),
    ("GET", MethodFilter::GET, "/products/{keycode}"),
    ("GET", MethodFilter::GET, "/products/{keycode}/orderstatus"),
    (
        "GET",
        MethodFilter::GET,
        "/products/{keycode}/childlicenses",
    ),
    (
        "DELETE",
        MethodFilter::DELETE,
        "/products/{keycode}/licensecategory/{licenseCategoryName}",
    ),
    ("POST", MethodFilter::POST, "/trials"),
    ("POST", MethodFilter::POST, "/trials/{keycode}/modules"),
];

pub(super) fn routes() -> Router<Shop> {
    OPERATIONS
        .into_iter()
        .fold(Router::new(), |router, (method, filter, path)| {
            let answer = move || async move {
                Problem::not_built(&format!("{method} /api/ecom/shop{path}"))
            };
            router.route(path, on(filter, answer))
        })
}
