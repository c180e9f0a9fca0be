//! What of the documentation is built: each operation with its statuses and its rules of state.

use crate::coverage::Built;

/// Every method refuses under 200, and wants credentials (401). The 405 of another HTTP method is of no operation.
const STATUSES: &[u16] = &[200, 401];

pub(crate) fn operations() -> &'static [Built] {
    &OPERATIONS
}

static OPERATIONS: [Built; 8] = [
    Built {
        operation: "addCartItem",
        method: "POST",
        path: "/bleed/Market/Cart/Item/add",
        statuses: STATUSES,
        rules: &[
            "Without a cart's uuid it makes a cart, else it adds to the one named.",
            "Each addition is an item of its own and raises the cart's version.",
            "A package or bundle brings the discounts of the version that is sold.",
            "An expired cart is still added to and is not orderable.",
        ],
    },
    Built {
        operation: "addConfiguredServer",
        method: "POST",
        path: "/bleed/Market/Cart/Helpers/Configurator/add",
        statuses: STATUSES,
        rules: &[
            "Without a cart's uuid it makes a cart, else it adds to the one named.",
            "The servers of one call are one item with as many units.",
            "The options chosen by name are the item's options; the rest are its properties.",
        ],
    },
    Built {
        operation: "createQuote",
        method: "POST",
        path: "/bleed/Market/Cart/Admin/Quote/create",
        statuses: STATUSES,
        rules: &[
            "The cart becomes a quote and stays one.",
            "Each quoting raises the cart's version.",
        ],
    },
    Built {
        operation: "getBundle",
        method: "POST",
        path: "/bleed/Market/Bundle/details",
        statuses: STATUSES,
        rules: &["Without a version's id it answers the latest version, published or not."],
    },
    Built {
        operation: "listBundlePackages",
        method: "POST",
        path: "/bleed/Market/Bundle/Package/list",
        statuses: STATUSES,
        rules: &["The ids listed are those that a cart's item may name its places by."],
    },
    Built {
        operation: "getPackage",
        method: "POST",
        path: "/bleed/Market/Package/details",
        statuses: STATUSES,
        rules: &["Without a version's id it answers the latest version, published or not."],
    },
    Built {
        operation: "listPackageProducts",
        method: "POST",
        path: "/bleed/Market/Package/Product/list",
        statuses: STATUSES,
        rules: &["The ids listed are those that a cart's item may name its places by."],
    },
    Built {
        operation: "createToken",
        method: "POST",
        path: "/bleed/Account/Auth/token",
        statuses: STATUSES,
        rules: &[
            "A token opens every method in place of the password, and every other one as Bearer.",
            "It ends after its timeout without use, 15 minutes if none is asked for and an hour at most.",
            "Asked for with a token that is still good, the same token is kept alive.",
            "It ends for good 12 hours after it was made.",
        ],
    },
];
