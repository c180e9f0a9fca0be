//! BigCommerce: the Management Carts API, version 3, under `/stores/{store_hash}/v3/carts`.
//!
//! All 21 documented operations are built: carts, their lines and redirect URLs; the cart settings of
//! the store and its channels; metafields, one by one and in batches. `built` lists them with their rules.
//!
//! Vendor pages:
//! <https://developer.bigcommerce.com/docs/rest-management/carts>,
//! <https://developer.bigcommerce.com/docs/start/about/status-codes>,
//! <https://developer.bigcommerce.com/docs/api-docs/getting-started/api-rate-limits>
//!
//! # Unverified
//! What neither the documentation nor a published recording settles, and what stands here for it:
//!
//! Requests and refusals
//! - A missing or wrong token is 401, and comes before anything else. A wrong store hash with a
//!   right token is 403, since the vendor documents 403 for what a token may not reach; 404 is possible.
//! - A call without the scope it needs is 401 for the settings, the only status documented there for a
//!   refusal of access, and 403 for carts and metafields.
//! - A wrong store, an unknown route and a wrong method answer `application/problem+json`; so does
//!   nothing else. A live 500 was seen with this media type, which path answers it is not known.
//! - POST and PUT want `Content-Type: application/json` even with an empty body, as the header is documented; a
//!   DELETE only with a body. That its absence is 415 is not documented. The `Accept` header is not checked.
//! - JSON that is not an object is 422. A body beyond 2 MiB is 413.
//! - The titles, and the keys and words of `errors`. Recorded are: the conflict, the missing variant,
//!   the maximum quantity, the bare 404, "Not Found" of an unknown route, and
//!   `error.expected.jsnumber` with its title, this one on a neighbouring API of the vendor. Documented
//!   are the 400 (for settings and metafields), the 404 of a metafield, and the title of its 422.
//! - A `null` where a value is expected is refused. Unknown fields are ignored.
//! - An unknown value of `include` is 422. Of a repeated `include` the last one counts, as in a PHP query.
//! - An unknown currency is 400, as a non-transactional one is documented to be. So is a code in small letters: the
//!   vendor's samples were changed to capitals, and nobody has recorded an answer to small ones.
//! - The checks of the path, the body, the version and the catalogue come in this order.
//! - A missing line item is 404 in the shape of a missing cart.
//! - The documentation also says that editing a missing cart is 500. Here it is 404.
//!
//! Carts
//! - The catalogue has one price per variant, the same number in every currency.
//! - The channel and the customer are not looked up. `customer_id` 0 takes the customer off the
//!   cart; without it setting the customer is 422, though no page calls it required. `email` stays empty.
//! - `version` starts at 1 and rises by one with each change; making redirect URLs is no change.
//! - A cart is gone 30 days after its last change to the millisecond.
//! - Setting the customer answers 201, as its operation documents; the status guide says 200 for a PUT.
//! - Deleting a cart that is gone is 404.
//! - `discounts` of the cart lists each catalogue line with 0, the shape recorded in 2024; on lines it is empty.
//! - `include=promotions.banners` shows one eligible banner for every cart.
//!
//! Lines
//! - Adding a product that is in the cart already makes a second line.
//! - A product's minimum and maximum count all its lines of the cart together. Falling short of
//!   the minimum answers like passing the maximum.
//! - A product that cannot be bought is 422 with an `errors` map.
//! - An option value is taken by its id (number or text) or its label. A date is a Unix time, or day, month and
//!   year as an object or as JSON in a text. `valueId` of a date is the number sent, else the date as text.
//! - A modifier that was not chosen is not among `options`.
//! - Modifiers and gift wrapping cost nothing: the wrapping's `amount` is shown and not added up.
//! - Updating a line wants `product_id` and `quantity`; `product_id` must be the line's own. Variant
//!   and options are ignored. Gift certificates cannot be updated, as custom items cannot.
//! - A custom item needs `name`, `quantity` and `list_price`; its `gift_wrapping` is ignored.
//! - Quantities are whole and at most 1,000,000,000; prices are at most 999,999,999.
//! - A gift certificate counts `amount` × `quantity` into the amounts, and answers its `quantity`.
//! - `query_params` is a map of names to texts, as the vendor's example shows. What is no object, or
//!   holds another value than a text, is 422.
//!
//! Settings
//! - Any whole number from 1 is a channel; another id is 404. A channel without a value answers null.
//! - Null takes a channel's value away, a missing `allow_purchasing` leaves it. For the store a missing one is 422.
//! - `allow_purchasing` is kept and stops nothing: what it does to carts made here is not said.
//!
//! Metafields
//! - Ids count from 1 and are not used again. They are texts in answers, and numbers where deleted ones
//!   are listed. A batch change takes both.
//! - A cart that neither lives nor left metafields is 404, for a creation any cart that does not live.
//! - What an app may see and not change is 403 (in a batch "Unauthorized to update", "… to delete"). Who may
//!   write may delete, and change the permission set. The storefront's part of a permission set does nothing.
//! - A change that takes another metafield's namespace and key is 409, as a creation is. The documentation
//!   shows a batch's answer for the 422 of a single change; here it is the answer of a single creation.
//! - A change without `description` leaves it.
//! - One metafield too many is 422.
//! - Reading one metafield ignores the query, although paging and filters are documented for it.
//! - A batch takes any number of entries, and none. Its `errors` name the entries by their places, counted
//!   from 0. One refused entry makes it 422, and so do refused ones alone. A body that is no list is 422.
//!
//! Lists of metafields
//! - The store's list has pages by number and by cursor, both where the query asks for neither, as documented for
//!   the vendor's promotions. A cart's list has pages by number, and cursors where the query names one.
//! - 50 to a page, or `limit` up to 250. A page beyond the last is empty. `total_pages` of nothing is 0.
//! - They come by their ids; `direction` turns them round.
//! - `after` takes `end_cursor` and gives the next page, `before` takes `start_cursor` and gives the one before:
//!   the documentation says it in both ways. An empty page has no cursors. Links repeat the filters.
//! - `key` and `key:in` together ask for all keys that either names; `namespace` likewise.
//! - Dates without an offset are UTC, a date alone is its midnight, and both ends belong to the span.
//! - A parameter with a wrong value is 422, `before` together with `after` too. An unknown one is ignored.

mod app;
mod built;
mod cart;
mod catalogue;
mod certificate;
mod custom_item;
mod errors;
mod exact;
mod fields;
mod gate;
mod include;
mod inputs;
mod line;
mod listing;
mod metafield;
mod metafield_operations;
mod metafields;
mod offers;
mod operations;
mod rate_limit;
mod redirect;
mod request;
mod seed;
mod selection;
mod settings;
mod shop;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{any, get, post, put};

use crate::server::VendorAccess;

pub(crate) use built::operations;
pub(crate) use inputs::INPUTS;
pub(crate) use offers::offers;
pub(crate) use seed::Seed;
pub(crate) use shop::Shop;

/// The one store of this stand-in.
const STORE_HASH: &str = "sandboxstore";
/// The token that the store takes. It opens nothing but a sandbox.
const ACCESS_TOKEN: &str = "sandbox-access-token";
/// The app that has the token.
const CLIENT_ID: &str = "sandbox-app";

/// The routes of this vendor, with what every answer goes through.
pub(crate) fn router(shop: Shop) -> Router {
    let carts = Router::new()
        .route("/v3/carts", post(operations::create_cart))
        .route(
            "/v3/carts/{cart_id}",
            get(operations::get_cart)
                .put(operations::update_cart)
                .delete(operations::delete_cart),
        )
        .route(
            "/v3/carts/{cart_id}/items",
            post(operations::add_cart_line_items),
        )
        .route(
            "/v3/carts/{cart_id}/items/{item_id}",
            put(operations::update_cart_line_item).delete(operations::delete_cart_line_item),
        )
        .route(
            "/v3/carts/{cart_id}/redirect_urls",
            post(operations::create_cart_redirect_url),
        )
        .route(
            "/v3/carts/settings",
            get(settings::get_global_cart_settings).put(settings::update_global_cart_settings),
        )
        .route(
            "/v3/carts/settings/channels/{channel_id}",
            get(settings::get_channel_cart_settings).put(settings::update_channel_cart_settings),
        )
        .route(
            "/v3/carts/{cart_id}/metafields",
            get(metafield_operations::get_cart_metafields)
                .post(metafield_operations::create_cart_metafield),
        )
        .route(
            "/v3/carts/{cart_id}/metafields/{metafield_id}",
            get(metafield_operations::get_cart_metafield)
                .put(metafield_operations::update_cart_metafield)
                .delete(metafield_operations::delete_cart_metafield),
        )
        .route(
            "/v3/carts/metafields",
            get(metafield_operations::get_carts_metafields)
                .post(metafield_operations::create_carts_metafields)
                .put(metafield_operations::update_carts_metafields)
                .delete(metafield_operations::delete_carts_metafields),
        )
        .method_not_allowed_fallback(gate::wrong_method);
    Router::new()
        // The one store is a fixed segment: as a variable it would be lost along with a cart id
        // that is not UTF-8.
        .nest(&format!("/stores/{STORE_HASH}"), carts)
        .route("/stores/{*elsewhere}", any(gate::elsewhere))
        .layer(from_fn_with_state(shop.clone(), gate::admit))
        .layer(from_fn_with_state(shop.clone(), rate_limit::count))
        .with_state(shop)
}

/// How to reach this vendor's stand-in on the given origin.
pub(crate) fn access(origin: &str) -> VendorAccess {
    let base_url = format!("{origin}/stores/{STORE_HASH}");
    VendorAccess {
        vendor: "bigcommerce",
        base_url: base_url.clone(),
        credentials: vec![
            ("store_hash", STORE_HASH.to_owned()),
            ("access_token", ACCESS_TOKEN.to_owned()),
        ],
        environment: vec![
            ("CARTWRIGHT_BIGCOMMERCE_STORE_HASH", STORE_HASH.to_owned()),
            (
                "CARTWRIGHT_BIGCOMMERCE_ACCESS_TOKEN",
                ACCESS_TOKEN.to_owned(),
            ),
            ("CARTWRIGHT_BIGCOMMERCE_BASE_URL", base_url),
        ],
    }
}
