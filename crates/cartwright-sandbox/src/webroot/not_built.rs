//! The shop's calls for trials, child licences and cancelling, which the specification leaves out: 501, naming
//! the call.
//!
//! The vendor names its operations by method and path, and so does the answer.

use axum::Router;
use axum::routing::{MethodFilter, on};

use super::errors::Problem;
use super::shop::Shop;

/// Method and path below `/service/api/ecom/shop`.
const OPERATIONS: [(&str, MethodFilter, &str); 4] = [
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
