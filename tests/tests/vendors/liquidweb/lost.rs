//! What of the vendor's answers is left to its response, and why.

use std::sync::Arc;

use cartwright::{CartApi, CartId, NewLine, Vendor};
use cartwright_runtime::{BoxFuture, Transport};

use super::shop::{server, shop_over};
use crate::nothing_lost::{Asking, Became, Left, became};

pub const ASKING: Asking = Asking {
    vendor: "liquidweb",
    operations: &["addCartItem"],
    unused: &[(
        "addConfiguredServer",
        "answers the cart's id alone; addCartItem answers the cart",
    )],
    ask,
    cart: |answer| answer["uuid"].as_str(),
    left: LEFT,
};

fn ask<'a>(
    operation: &'a str,
    cart: &'a str,
    transport: Arc<dyn Transport>,
) -> BoxFuture<'a, Became> {
    Box::pin(async move {
        let shop = shop_over(transport);
        assert_eq!(operation, "addCartItem");
        match CartId::new(Vendor::LiquidWeb, cart) {
            Ok(id) => {
                let line = NewLine::service("SS.VPS").region(1);
                became(shop.add_lines(&id, vec![line.into()]).await)
            }
            Err(_) => became(shop.create(server()).await),
        }
    })
}

const CART: &str = "Cart";

const LEFT: &[Left] = &[
    Left {
        component: CART,
        why: "since the summary holds the amounts of the cart and of each line, and a cart of ours has no months",
        paths: &["totals.charges", "totals.timeline", "totals.credits.month*"],
    },
    Left {
        component: CART,
        why: "since the summary holds what the discount takes off, and its terms are in no field of ours",
        paths: &["discounts", "totals.summary.items.discounts"],
    },
    Left {
        component: CART,
        why: "since a line of ours has no billing cycle, and its amounts are those of its own",
        paths: &["items.cycle", "totals.summary.items.cycle"],
    },
    Left {
        component: CART,
        why: "since what a package or a bundle consists of is no line of its own: its amounts are those of the whole",
        paths: &["items.details.products", "items.details.packages"],
    },
    Left {
        component: CART,
        why: "since an option's name and choice are read, and its price is in the line's amounts",
        paths: &["items.details.options"],
    },
    Left {
        component: CART,
        why: "since the item says it as well",
        paths: &["items.details.code", "items.details.uuid"],
    },
    Left {
        component: CART,
        why: "since it describes what is sold, beyond the title, or how the vendor's shop shows it",
        paths: &[
            "items.details.*description",
            "items.details.*_order",
            "items.details.*add_on",
            "items.details.*package_id",
            "items.details.*product_id",
            "items.details.capabilities",
            "items.details.categories",
            "items.details.*discountable",
            "items.details.extra_data",
            "items.details.management_level",
            "items.details.package_custom_title",
            "items.details.price_time_unit",
            "items.details.primary_category",
            "items.details.properties",
            "items.details.region_id",
            "items.details.series_entry_*",
            "items.details.subdomain",
            "items.details.subtitle",
            "items.details.version_id",
        ],
    },
    Left {
        component: CART,
        why: "since its values are not documented; what is known of the state is named",
        paths: &["status"],
    },
    Left {
        component: CART,
        why: "since any names and values may stand there, and it is not asked for",
        paths: &["admin", "metadata"],
    },
    Left {
        component: CART,
        why: "since who has it has the cart, and no call of the interface takes it",
        paths: &["share"],
    },
];
