//! What of the vendor's answers is left to its response, and why.

use std::sync::Arc;

use cartwright::{CartApi, NewCart, NewLine};
use cartwright_runtime::{BoxFuture, Transport};

use super::shop::{CART, shop_over};
use crate::nothing_lost::{Asking, Became, Left, became};

pub const ASKING: Asking = Asking {
    vendor: "cpanel",
    operations: &["createShoppingCart", "setUrlAfterCheckout"],
    unused: &[
        (
            "createShoppingCartNonSsl",
            "takes a product's name alone; the interface's lines are items",
        ),
        (
            "requestSslCertificates",
            "takes certificates, which no line of the interface describes",
        ),
    ],
    ask,
    // The one call that names a cart answers nothing about it.
    cart: |_| None,
    left: LEFT,
};

fn ask<'a>(operation: &'a str, _: &'a str, transport: Arc<dyn Transport>) -> BoxFuture<'a, Became> {
    Box::pin(async move {
        let shop = shop_over(transport);
        match operation {
            "createShoppingCart" => became(
                shop.create(NewCart::new().line(NewLine::provider_item("143")))
                    .await,
            ),
            "setUrlAfterCheckout" => became(shop.checkout(&CART.parse().unwrap()).await),
            other => panic!("no verb for {other}"),
        }
    })
}

const LEFT: &[Left] = &[
    Left {
        component: "ShoppingCartResponse",
        why: "since it says which function was called, as the caller knows",
        paths: &["apiversion", "func", "module"],
    },
    Left {
        component: "ShoppingCartResponse",
        why: "since it is about the answer's form",
        paths: &["metadata", "result.metadata"],
    },
    Left {
        component: "UrlAfterCheckoutResponse",
        why: "since it says which function was called, as the caller knows",
        paths: &["apiversion", "func", "module"],
    },
    Left {
        component: "UrlAfterCheckoutResponse",
        why: "since it is about the answer's form, or 1 with every success",
        paths: &["metadata", "result.metadata", "status", "result.status"],
    },
];
