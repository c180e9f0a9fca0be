//! An answer that is of another cart than was asked for is an error that names both.

use std::sync::Arc;

use cartwright::{CartApi, ErrorKind, RetryState, Transport, Vendor, Verb};
use serde_json::json;

use crate::canned::{Canned, PerOperation};
use crate::every_verb::{cart, failure, supported};
use crate::{bigcommerce, webroot};

const OTHER: &str = "00000000-0000-4000-8000-00000000000f";

/// An answer to the verb that is of another cart, where the vendor's answer says whose it is.
fn of_another(vendor: Vendor, verb: Verb) -> Option<Arc<dyn Transport>> {
    let address = format!("https://store.example/cart.php?action=load&id={OTHER}&token=t");
    let body = match (vendor, verb) {
        // A cart that is created was not asked for by its id.
        (_, Verb::Create) | (Vendor::BigCommerce, Verb::Delete) => return None,
        // Its answer names no order.
        (Vendor::Cpanel, _) => return None,
        (Vendor::BigCommerce, Verb::Checkout) => json!({"data": {"checkout_url": address}}),
        (Vendor::BigCommerce, _) => json!({"data": {"id": OTHER}}),
        (Vendor::LiquidWeb, _) => json!({"uuid": OTHER}),
        (_, Verb::SetCustomer) => {
            let read = json!({"VendorOrderCode": OTHER}).to_string();
            return Some(Arc::new(PerOperation(vec![
                ("addCartCustomers", Canned::json(200, "{}")),
                ("getCart", Canned::json(200, read)),
            ])));
        }
        (_, _) => json!({"VendorOrderCode": OTHER}),
    };
    Some(Arc::new(Canned::json(200, body.to_string())))
}

#[tokio::test]
async fn an_answer_about_another_cart_is_an_error_that_names_both() {
    let mut tried = Vec::new();
    for (vendor, verb) in supported() {
        let Some(transport) = of_another(vendor, verb) else {
            continue;
        };
        let error = failure(vendor, verb, transport).await;
        assert_eq!(error.kind(), ErrorKind::UnexpectedResponse, "{error:?}");
        let asked = cart(vendor);
        let said = format!("the answer is of the cart {vendor}:{OTHER}, and {asked} was asked for");
        assert!(error.message().contains(&said), "{error}");
        assert_eq!(error.concerns(), Some(&asked));
        assert_eq!((error.status(), error.verb()), (Some(200), Some(verb)));
        // What was changed, and in which cart, nobody knows; a call that changes nothing has changed nothing.
        let is_open = matches!(verb, Verb::AddLines | Verb::PlaceOrder | Verb::Checkout);
        let is_set = (vendor, verb) == (Vendor::Webroot, Verb::SetCustomer);
        assert_eq!(error.cart(), is_set.then_some(&asked));
        let retry = match is_open {
            true => RetryState::Unknown,
            false => RetryState::Permanent,
        };
        assert_eq!(error.retry(), retry, "{error:?}");
        tried.push(format!("{vendor} {verb}"));
    }
    assert_eq!(
        tried,
        [
            "bigcommerce get",
            "bigcommerce add-lines",
            "bigcommerce update-line",
            "bigcommerce remove-line",
            "bigcommerce checkout",
            "bigcommerce set-customer",
            "liquidweb add-lines",
            "webroot get",
            "webroot set-customer",
            "webroot place-order",
        ]
    );
}

#[tokio::test]
async fn an_id_in_capitals_is_the_same_id() {
    let id = "bigcommerce:6E193CE6-F327-4DCC-B75E-72CF6738525E";
    let body = r#"{"data": {"id": "6e193ce6-f327-4dcc-b75e-72cf6738525e"}}"#;
    let shop = bigcommerce::shop::shop(Canned::json(200, body));
    assert!(shop.get(&id.parse().unwrap()).await.is_ok());
    let shop = webroot::shop::shop(Canned::json(200, r#"{"VendorOrderCode": "MSP0046543056"}"#));
    assert!(
        shop.get(&"webroot:msp0046543056".parse().unwrap())
            .await
            .is_ok()
    );
}
