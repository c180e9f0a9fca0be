//! What of the vendor's documentation stands here, and by what rules.

use crate::coverage::Built;

const CREATE_CART: &[u16] = &[200, 400, 401, 403, 413, 415];
const READ: &[u16] = &[200, 400, 401, 403, 404];
const CHANGE: &[u16] = &[200, 400, 401, 403, 404, 409, 413, 415];

static OPERATIONS: [Built; 8] = [
    Built {
        operation: "createToken",
        method: "POST",
        path: "/auth/token",
        statuses: &[200, 400, 401, 413],
        rules: &[
            "An access token lasts five minutes, a refresh token 14 days.",
            "A new refresh token ends the one before it.",
            "A refresh may narrow the scopes and not widen them.",
        ],
    },
    Built {
        operation: "createCart",
        method: "POST",
        path: "/service/api/ecom/shop/carts",
        statuses: CREATE_CART,
        rules: &[
            "Repeating the call makes another cart.",
            "Items by keycode renew or upgrade a licence that is out, ordered ones as well.",
            "The billing customer is the partner.",
        ],
    },
    Built {
        operation: "getCart",
        method: "GET",
        path: "/service/api/ecom/shop/carts/{vendorOrderCode}",
        statuses: READ,
        rules: &["A cart reads as it was created, with the customers attached since."],
    },
    Built {
        operation: "addCartCustomers",
        method: "POST",
        path: "/service/api/ecom/shop/carts/{vendorOrderCode}/customers",
        statuses: CHANGE,
        rules: &[
            "A reseller's cart needs a reseller; an MSP's cart ignores one.",
            "Business products ask for more about a customer.",
            "Attaching again replaces those attached before.",
            "An ordered cart keeps its customers: 409.",
        ],
    },
    Built {
        operation: "getCartCustomers",
        method: "GET",
        path: "/service/api/ecom/shop/carts/{vendorOrderCode}/customers",
        statuses: READ,
        rules: &["Who is not attached is null."],
    },
    Built {
        operation: "createOrder",
        method: "POST",
        path: "/service/api/ecom/shop/orders",
        statuses: CHANGE,
        rules: &[
            "A cart without a shipping customer is not ordered: 409.",
            "A cart is ordered once: 409.",
            "Each bundle gets a licence with a new keycode, or changes the licence that one of its items names.",
        ],
    },
    Built {
        operation: "getProduct",
        method: "GET",
        path: "/service/api/ecom/shop/products/{keycode}",
        statuses: READ,
        rules: &[
            "A licence is there from the start, or from its order on, with one profile for each category.",
        ],
    },
    Built {
        operation: "getProductOrderStatus",
        method: "GET",
        path: "/service/api/ecom/shop/products/{keycode}/orderstatus",
        statuses: READ,
        rules: &[
            "There is one entry for each order of the licence, the oldest first.",
            "A licence that was never ordered, such as a trial, is 404.",
        ],
    },
];

/// The documented operations that the stand-in answers.
pub(crate) fn operations() -> &'static [Built] {
    &OPERATIONS
}
