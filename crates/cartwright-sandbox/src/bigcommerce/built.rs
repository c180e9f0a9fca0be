//! What of the vendor's documentation is carried out, and by what rules.

use crate::coverage::Built;

const CART: &str = "/v3/carts/{cartId}";
const ITEMS: &str = "/v3/carts/{cartId}/items";
const ITEM: &str = "/v3/carts/{cartId}/items/{itemId}";
const SETTINGS: &str = "/v3/carts/settings";
const CHANNEL: &str = "/v3/carts/settings/channels/{channelId}";
const METAFIELDS: &str = "/v3/carts/{cartId}/metafields";
const METAFIELD: &str = "/v3/carts/{cartId}/metafields/{metafieldId}";
const ALL_METAFIELDS: &str = "/v3/carts/metafields";

const UNIQUE: &str = "A metafield is unique by its app, cart, namespace and key.";
const LIMITS: &str = "A cart takes 10 metafields of an app and 250 of all apps.";
const HIDDEN: &str = "An app_only metafield is there for its own app alone.";
const OWNED: &str = "Another app changes only what permission_set opens for writing.";
const EACH: &str = "Each entry is done or refused by itself; data, errors and meta tell of all.";
const VERSION: &str = "A version that no longer holds is refused; a change raises it by one.";

pub(crate) fn operations() -> &'static [Built] {
    &OPERATIONS
}

static OPERATIONS: [Built; 21] = [
    Built {
        operation: "createCart",
        method: "POST",
        path: "/v3/carts",
        statuses: &[201, 400, 401, 403, 413, 415, 422],
        rules: &[
            "A cart needs at least one line, and a transactional currency.",
            "Prices, variants, options and quantities follow the catalogue.",
        ],
    },
    Built {
        operation: "getCart",
        method: "GET",
        path: CART,
        statuses: &[200, 401, 403, 404, 422],
        rules: &["A cart is gone 30 days after its last change."],
    },
    Built {
        operation: "updateCart",
        method: "PUT",
        path: CART,
        statuses: &[201, 400, 401, 403, 404, 409, 413, 415, 422],
        rules: &["It sets the customer.", VERSION],
    },
    Built {
        operation: "deleteCart",
        method: "DELETE",
        path: CART,
        statuses: &[204, 401, 403, 404],
        rules: &["A deleted cart is gone; its metafields stay."],
    },
    Built {
        operation: "addCartLineItems",
        method: "POST",
        path: ITEMS,
        statuses: &[201, 400, 401, 403, 404, 409, 413, 415, 422],
        rules: &["Each item sent becomes a line of its own.", VERSION],
    },
    Built {
        operation: "updateCartLineItem",
        method: "PUT",
        path: ITEM,
        statuses: &[200, 400, 401, 403, 404, 409, 413, 415, 422],
        rules: &[
            "Quantity and list price of a product's line change, nothing else does.",
            VERSION,
        ],
    },
    Built {
        operation: "deleteCartLineItem",
        method: "DELETE",
        path: ITEM,
        statuses: &[200, 204, 400, 401, 403, 404, 409, 413, 415, 422],
        rules: &["The cart goes with its last line.", VERSION],
    },
    Built {
        operation: "createCartRedirectUrl",
        method: "POST",
        path: "/v3/carts/{cartId}/redirect_urls",
        statuses: &[201, 400, 401, 403, 404, 413, 415, 422],
        rules: &["Each call makes a fresh token; the cart stays as it is."],
    },
    Built {
        operation: "getGlobalCartSettings",
        method: "GET",
        path: SETTINGS,
        statuses: &[200, 401],
        rules: &[],
    },
    Built {
        operation: "updateGlobalCartSettings",
        method: "PUT",
        path: SETTINGS,
        statuses: &[200, 400, 401, 413, 415, 422],
        rules: &["The channels keep the values of their own."],
    },
    Built {
        operation: "getChannelCartSettings",
        method: "GET",
        path: CHANNEL,
        statuses: &[200, 401, 404],
        rules: &["A channel without a value of its own answers null."],
    },
    Built {
        operation: "updateChannelCartSettings",
        method: "PUT",
        path: CHANNEL,
        statuses: &[200, 400, 401, 404, 413, 415, 422],
        rules: &["Null takes the channel's value away."],
    },
    Built {
        operation: "getCartMetafields",
        method: "GET",
        path: METAFIELDS,
        statuses: &[200, 401, 403, 404, 422],
        rules: &["Metafields outlive their cart.", HIDDEN],
    },
    Built {
        operation: "createCartMetafield",
        method: "POST",
        path: METAFIELDS,
        statuses: &[200, 400, 401, 403, 404, 409, 413, 415, 422],
        rules: &[UNIQUE, LIMITS],
    },
    Built {
        operation: "getCartMetafield",
        method: "GET",
        path: METAFIELD,
        statuses: &[200, 401, 403, 404],
        rules: &[HIDDEN],
    },
    Built {
        operation: "updateCartMetafield",
        method: "PUT",
        path: METAFIELD,
        statuses: &[200, 400, 401, 403, 404, 409, 413, 415, 422],
        rules: &[UNIQUE, HIDDEN, OWNED],
    },
    Built {
        operation: "deleteCartMetafield",
        method: "DELETE",
        path: METAFIELD,
        statuses: &[204, 401, 403, 404],
        rules: &[HIDDEN, OWNED],
    },
    Built {
        operation: "getCartsMetafields",
        method: "GET",
        path: ALL_METAFIELDS,
        statuses: &[200, 401, 403, 422],
        rules: &["Pages go by number or by cursor.", HIDDEN],
    },
    Built {
        operation: "createCartsMetafields",
        method: "POST",
        path: ALL_METAFIELDS,
        statuses: &[200, 400, 401, 403, 413, 415, 422],
        rules: &[EACH, UNIQUE, LIMITS],
    },
    Built {
        operation: "updateCartsMetafields",
        method: "PUT",
        path: ALL_METAFIELDS,
        statuses: &[200, 400, 401, 403, 413, 415, 422],
        rules: &[EACH, UNIQUE, HIDDEN, OWNED],
    },
    Built {
        operation: "deleteCartsMetafields",
        method: "DELETE",
        path: ALL_METAFIELDS,
        statuses: &[200, 400, 401, 403, 413, 415, 422],
        rules: &[EACH, HIDDEN, OWNED],
    },
];
