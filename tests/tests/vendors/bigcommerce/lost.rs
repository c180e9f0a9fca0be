//! What of the vendor's answers is left to its response, and why.

use std::sync::Arc;

use cartwright::{CartApi, CartId, Customer, LineChange, LineId, NewCart, NewLine, Vendor};
use cartwright_runtime::{BoxFuture, Transport};
use serde_json::Value;

use super::shop::{self, shop_over};
use crate::nothing_lost::{Asking, Became, Left, became};

const LINE: &str = "8d2e6c1a-3b4f-4a5d-8e7f-000000000001:202:310";

pub const ASKING: Asking = Asking {
    vendor: "bigcommerce",
    operations: &[
        "createCart",
        "getCart",
        "updateCart",
        "deleteCart",
        "addCartLineItems",
        "updateCartLineItem",
        "deleteCartLineItem",
        "createCartRedirectUrl",
    ],
    unused: &[],
    ask,
    cart: |answer| {
        let id = answer["data"]["id"].as_str();
        id.or_else(|| addressed(&answer["data"]["checkout_url"]))
    },
    left: LEFT,
};

/// The cart that an address opens.
fn addressed(url: &Value) -> Option<&str> {
    let (_, query) = url.as_str()?.split_once("&id=")?;
    query.split('&').next()
}

fn ask<'a>(
    operation: &'a str,
    cart: &'a str,
    transport: Arc<dyn Transport>,
) -> BoxFuture<'a, Became> {
    Box::pin(async move {
        let shop = shop_over(transport);
        // The vendor's own sample has the word "string" for an id.
        let id = match cart.len() {
            36 => CartId::new(Vendor::BigCommerce, cart).unwrap(),
            _ => shop::CART.parse().unwrap(),
        };
        let line = LineId::from(LINE);
        let product = || NewLine::product("202", 1);
        match operation {
            "createCart" => became(shop.create(NewCart::new().line(product())).await),
            "getCart" => became(shop.get(&id).await),
            "updateCart" => became(shop.set_customer(&id, Customer::Guest).await),
            "deleteCart" => became(shop.delete(&id).await),
            "addCartLineItems" => became(shop.add_lines(&id, vec![product().into()]).await),
            "updateCartLineItem" => became(
                shop.update_line(&id, &line, LineChange::new().quantity(1))
                    .await,
            ),
            "deleteCartLineItem" => became(shop.remove_line(&id, &line).await),
            "createCartRedirectUrl" => became(shop.checkout(&id).await),
            other => panic!("no verb for {other}"),
        }
    })
}

const CART: &str = "CartResponse";

const LEFT: &[Left] = &[
    Left {
        component: CART,
        why: "since the envelope's `meta` is empty for a cart",
        paths: &["meta"],
    },
    Left {
        component: "RedirectUrlsResponse",
        why: "since the envelope's `meta` is empty for addresses",
        paths: &["meta"],
    },
    Left {
        component: CART,
        why: "since these are the parts of the discounts and coupons whose amounts are read",
        paths: &[
            "data.discounts",
            "data.line_items.*.discounts",
            "data.line_items.*.coupons",
        ],
    },
    Left {
        component: CART,
        why: "since a coupon's code is enough to tell it from others",
        paths: &["data.coupons"],
    },
    Left {
        component: CART,
        why: "since a line has one price before discounts, which is the list price, and its total after them",
        paths: &[
            "data.line_items.*.original_price",
            "data.line_items.*.sale_price",
        ],
    },
    Left {
        component: CART,
        why: "since it is a matter of the store's tax and shipping, which end in the amounts",
        paths: &[
            "data.line_items.*.taxable",
            "data.line_items.*.is_taxable",
            "data.line_items.*.is_require_shipping",
        ],
    },
    Left {
        component: CART,
        why: "since `is_mutable` says what follows from it",
        paths: &["data.line_items.*.added_by_promotion"],
    },
    Left {
        component: CART,
        why: "since an option's name and choice are read, and its ids are for the store's owner",
        paths: &["data.line_items.*.options"],
    },
    Left {
        component: CART,
        why: "since a download belongs to an order that was paid",
        paths: &["data.line_items.digital_items.download_*"],
    },
    Left {
        component: CART,
        why: "since it is what the giver writes, and changes neither lines nor amounts",
        paths: &[
            "data.line_items.physical_items.gift_wrapping.message",
            "data.line_items.gift_certificates.message",
            "data.line_items.gift_certificates.recipient",
            "data.line_items.gift_certificates.sender",
            "data.line_items.gift_certificates.theme",
        ],
    },
    Left {
        component: CART,
        why: "since it says where in the store the banner stands, whose text is read",
        paths: &["data.promotions.banners"],
    },
    Left {
        component: CART,
        why: "since `checkout` answers all addresses, and a cart has the checkout's alone",
        paths: &["data.redirect_urls"],
    },
    Left {
        component: CART,
        why: "since it is the caller's configuration",
        paths: &["data.channel_id"],
    },
    Left {
        component: CART,
        why: "since only an old page has it on a cart, and no recording",
        paths: &["data.parent_id"],
    },
];
