//! What of the vendor's answers is left to its response, and why.

use std::sync::Arc;

use cartwright::{CartApi, CartId, NewCart, NewLine, NewOrder, Vendor};
use cartwright_runtime::{BoxFuture, Operation, Transport, TransportError};

use super::shop::{CART, customer, shop_with_tokens};
use crate::canned::Canned;
use crate::nothing_lost::{Asking, Became, Left, became};
use crate::unified::payload;

pub const ASKING: Asking = Asking {
    vendor: "webroot",
    operations: &["createCart", "getCart", "addCartCustomers", "createOrder"],
    unused: &[],
    ask,
    cart: |answer| answer["VendorOrderCode"].as_str(),
    left: LEFT,
};

/// The cart that is read after its customers were set.
struct ThenRead(Arc<dyn Transport>);

impl Transport for ThenRead {
    fn send<'a>(
        &'a self,
        request: reqwest::Request,
        operation: &'static Operation,
    ) -> BoxFuture<'a, Result<reqwest::Response, TransportError>> {
        Box::pin(async move {
            match operation.id {
                "getCart" => {
                    let mut cart = payload("webroot", "get-cart-response-documented.json");
                    cart["VendorOrderCode"] = "MSP0046543056".into();
                    Canned::json(200, cart.to_string())
                        .send(request, operation)
                        .await
                }
                _ => self.0.send(request, operation).await,
            }
        })
    }
}

fn ask<'a>(
    operation: &'a str,
    cart: &'a str,
    transport: Arc<dyn Transport>,
) -> BoxFuture<'a, Became> {
    Box::pin(async move {
        let id = match cart {
            "" => CART.parse().unwrap(),
            code => CartId::new(Vendor::Webroot, code).unwrap(),
        };
        match operation {
            "createCart" => {
                let license = NewLine::license("SAEP", 1, "1");
                became(
                    shop_with_tokens(transport)
                        .create(NewCart::new().line(license))
                        .await,
                )
            }
            "getCart" => became(shop_with_tokens(transport).get(&id).await),
            "addCartCustomers" => became(
                shop_with_tokens(Arc::new(ThenRead(transport)))
                    .set_customer(&id, customer())
                    .await,
            ),
            "createOrder" => {
                let order = NewOrder::new().purchase_order("P4713A20");
                became(shop_with_tokens(transport).place_order(&id, order).await)
            }
            other => panic!("no verb for {other}"),
        }
    })
}

const LEFT: &[Left] = &[
    Left {
        component: "Cart",
        why: "since the amount of the same name is read, and this is its text for display",
        paths: &["*Fmt", "Items.*Fmt"],
    },
    Left {
        component: "Cart",
        why: "since its values are not documented",
        paths: &["CartOrderStatusId", "Items.OrderItemUpdateTypeId"],
    },
    Left {
        component: "Cart",
        why: "since it is the caller's configuration",
        paths: &["TypeOfOrder"],
    },
    Left {
        component: "Cart",
        why: "since the customer's own key and address for mail are read, and a cart of ours has no addresses",
        paths: &["Customers"],
    },
    Left {
        component: "Cart",
        why: "since the subtotal is by the list price, and a line has one price",
        paths: &["Items.ListPrice"],
    },
    Left {
        component: "Cart",
        why: "since `Quantity` is what the amounts count",
        paths: &["Items.LicenseSeats"],
    },
    Left {
        component: "Cart",
        why: "since it is a term of the licence, which a line of ours has no field for",
        paths: &[
            "Items.ExpirationDate",
            "Items.StartDate",
            "Items.Years",
            "Items.Keycode",
            "Items.LicenseAttribute*",
            "Items.LicenseKeycodeTypeId",
            "Items.ProductPlatform*",
            "Items.ProductPricingLevel*",
            "Items.ProductType*",
            "Items.RetentionModel*",
            "Items.UsagePricingModel*",
            "Items.Vault*",
        ],
    },
    Left {
        component: "Cart",
        why: "since the category's short name and the product's description are read",
        paths: &[
            "Items.LicenseCategoryDescription",
            "Items.ProductFamilyDescription",
        ],
    },
    Left {
        component: "Cart",
        why: "since it says how the vendor groups and numbers the lines, which stand in its order",
        paths: &[
            "Items.CartItemBundleId",
            "Items.ItemHierarchyId",
            "Items.LineItem",
        ],
    },
    Left {
        component: "Cart",
        why: "since it is the caller's own code",
        paths: &["Items.VendorOrderItemCode"],
    },
    Left {
        component: "CartCustomers",
        why: "since the cart is read afterwards, and has them",
        paths: &["Billing", "Reseller", "Shipping"],
    },
    Left {
        component: "Order",
        why: "since it is a secret, for the caller to hand out on purpose",
        paths: &["OrderHeaderToken", "Items.KeyCode"],
    },
    Left {
        component: "Order",
        why: "since it is what the caller said when it ordered",
        paths: &["PaymentHeader", "TypeOfOrder"],
    },
    Left {
        component: "Order",
        why: "since the customer's own key and address for mail are read, and an order of ours has no addresses",
        paths: &["Customers"],
    },
    Left {
        component: "Order",
        why: "since it is a term of the licence, or its place in a bundle, which a line of ours has no field for",
        paths: &[
            "Items.ItemBundleId",
            "Items.ItemHierarchyId",
            "Items.LicenseAttribute*",
            "Items.LicenseKeycodeTypeId",
            "Items.ProductTypeDescription",
            "Items.UsagePricingModelId",
        ],
    },
    Left {
        component: "Order",
        why: "since `Quantity` is what was ordered",
        paths: &["Items.Seats"],
    },
];
