//! The thirteen documented operations that the sandbox does not build: 501, naming the operation.

use axum::Router;
use axum::http::Method;
use axum::routing::{MethodFilter, MethodRouter, on};

use super::errors::Problem;
use super::shop::Shop;

/// Operation, method, path. `settings` and `metafields` stand where a cart id would; the router
/// prefers the fixed segment.
const OPERATIONS: [(&str, Method, &str); 13] = [
    ("getGlobalCartSettings", Method::GET, "/v3/carts/settings"),
    (
        "updateGlobalCartSettings",
        Method::PUT,
        "/v3/carts/settings",
    ),
    (
        "getChannelCartSettings",
        Method::GET,
        "/v3/carts/settings/channels/{channel_id}",
    ),
    (
        "updateChannelCartSettings",
        Method::PUT,
        "/v3/carts/settings/channels/{channel_id}",
    ),
    (
        "getCartMetafields",
        Method::GET,
        "/v3/carts/{cart_id}/metafields",
    ),
    (
        "createCartMetafield",
        Method::POST,
        "/v3/carts/{cart_id}/metafields",
    ),
    (
        "getCartMetafield",
        Method::GET,
        "/v3/carts/{cart_id}/metafields/{metafield_id}",
    ),
    (
        "updateCartMetafield",
        Method::PUT,
        "/v3/carts/{cart_id}/metafields/{metafield_id}",
    ),
    (
        "deleteCartMetafield",
        Method::DELETE,
        "/v3/carts/{cart_id}/metafields/{metafield_id}",
    ),
    ("getCartsMetafields", Method::GET, "/v3/carts/metafields"),
    (
        "createCartsMetafields",
        Method::POST,
        "/v3/carts/metafields",
    ),
    ("updateCartsMetafields", Method::PUT, "/v3/carts/metafields"),
    (
        "deleteCartsMetafields",
        Method::DELETE,
        "/v3/carts/metafields",
    ),
];

pub(super) fn routes() -> Router<Shop> {
    OPERATIONS
        .into_iter()
        .fold(Router::new(), |router, (operation, method, path)| {
            router.route(path, answer(operation, method))
        })
}

fn answer(operation: &'static str, method: Method) -> MethodRouter<Shop> {
    let filter = MethodFilter::try_from(method).unwrap_or(MethodFilter::GET);
    on(filter, move || async move { Problem::not_built(operation) })
}
