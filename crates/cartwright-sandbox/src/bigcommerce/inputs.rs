//! What is looked for in a request.

use crate::coverage::Inputs;

const INCLUDE: &[&str] = &["query include"];

const LIST: &[&str] = &[
    "query page",
    "query limit",
    "query key",
    "query namespace",
    "query direction",
];

pub(crate) static INPUTS: Inputs = Inputs {
    base_path: "/stores/{store_hash}",
    credentials: &["header X-Auth-Token"],
    parameters: &[
        ("createCart", INCLUDE),
        ("getCart", INCLUDE),
        ("updateCart", INCLUDE),
        ("addCartLineItems", INCLUDE),
        ("updateCartLineItem", INCLUDE),
        ("deleteCartLineItem", INCLUDE),
        (
            "getCartMetafields",
            &[
                "query page",
                "query limit",
                "query key",
                "query namespace",
                "query direction",
                "query before",
                "query after",
            ],
        ),
        // Documented for it; see the notes on metafields in this module.
        ("getCartMetafield", LIST),
        (
            "getCartsMetafields",
            &[
                "query page",
                "query limit",
                "query key",
                "query key:in",
                "query namespace",
                "query namespace:in",
                "query direction",
                "query include_fields",
                "query date_modified:min",
                "query date_modified:max",
                "query date_created:min",
                "query date_created:max",
                "query before",
                "query after",
            ],
        ),
    ],
    values: &[
        (
            "CartInclude",
            &[
                "redirect_urls",
                "line_items.physical_items.options",
                "line_items.digital_items.options",
                "promotions.banners",
            ],
        ),
        (
            "GiftCertificateTheme",
            &[
                "Birthday",
                "Boy",
                "Celebration",
                "Christmas",
                "General",
                "Girl",
            ],
        ),
        ("SortDirection", &["asc", "desc"]),
        (
            "MetafieldPermissionSet",
            &[
                "app_only",
                "read",
                "write",
                "read_and_sf_access",
                "write_and_sf_access",
            ],
        ),
        (
            "MetafieldField",
            &[
                "resource_id",
                "key",
                "value",
                "namespace",
                "permission_set",
                "resource_type",
                "description",
                "owner_client_id",
                "date_created",
                "date_modified",
            ],
        ),
    ],
};
