//! What a failure after sending means: where the vendor may have acted and repeating can repeat it, nobody knows the outcome.

use std::sync::Arc;

use cartwright::{
    CartApi, CartId, Customer, Error, ErrorKind, LineChange, NewCart, NewLine, NewOrder,
    RetryState, Support, Vendor, Verb,
};
use cartwright_runtime::TransportError;

use crate::canned::Breaking;
use crate::{bigcommerce, cpanel, liquidweb, webroot};

/// The verbs whose call is repeated without repeating an effect; each other one that is supported is not.
const HARMLESS: &[(Vendor, Verb)] = &[
    (Vendor::BigCommerce, Verb::Get),
    (Vendor::BigCommerce, Verb::UpdateLine),
    (Vendor::BigCommerce, Verb::RemoveLine),
    (Vendor::BigCommerce, Verb::Delete),
    (Vendor::BigCommerce, Verb::SetCustomer),
    (Vendor::Cpanel, Verb::Checkout),
    (Vendor::Webroot, Verb::Get),
];

/// A vendor's carts over a transport that fails, one of them, and a line that it takes.
fn shop(
    vendor: Vendor,
    failure: fn() -> TransportError,
) -> (Box<dyn CartApi>, &'static str, NewLine) {
    let transport = Arc::new(Breaking(failure));
    match vendor {
        Vendor::BigCommerce => (
            Box::new(bigcommerce::shop::shop_over(transport)),
            bigcommerce::shop::CART,
            NewLine::product("126", 1).into(),
        ),
        Vendor::Cpanel => (
            Box::new(cpanel::shop::shop_over(transport)),
            cpanel::shop::CART,
            NewLine::provider_item("143").into(),
        ),
        Vendor::LiquidWeb => (
            Box::new(liquidweb::shop::shop_over(transport)),
            liquidweb::shop::CART,
            NewLine::service("SS.VPS").region(1).into(),
        ),
        Vendor::Webroot => (
            Box::new(webroot::shop::shop_that(Breaking(failure))),
            webroot::shop::CART,
            NewLine::license("SAEP", 1, "1").into(),
        ),
        other => panic!("no shop of {other}"),
    }
}

async fn failure(vendor: Vendor, verb: Verb, failure: fn() -> TransportError) -> Error {
    let (shop, cart, line) = shop(vendor, failure);
    let cart: CartId = cart.parse().unwrap();
    let own_line = "0b8d3bb5-1a76-4a2e-a1d9-6b2c8d0c5a11:118:140".into();
    let failed = match verb {
        Verb::Create => shop.create(NewCart::new().line(line)).await.err(),
        Verb::Get => shop.get(&cart).await.err(),
        Verb::AddLines => shop.add_lines(&cart, vec![line]).await.err(),
        Verb::UpdateLine => {
            let change = LineChange::new().quantity(1);
            shop.update_line(&cart, &own_line, change).await.err()
        }
        Verb::RemoveLine => shop.remove_line(&cart, &own_line).await.err(),
        Verb::Delete => shop.delete(&cart).await.err(),
        Verb::Checkout => shop.checkout(&cart).await.err(),
        Verb::SetCustomer => {
            let customer = match vendor {
                Vendor::Webroot => webroot::shop::customer(),
                _ => Customer::Id("7".into()),
            };
            shop.set_customer(&cart, customer).await.err()
        }
        Verb::PlaceOrder => {
            let order = NewOrder::new().purchase_order("P4713A20");
            shop.place_order(&cart, order).await.err()
        }
        other => panic!("no call of `{other}`"),
    };
    failed.unwrap_or_else(|| panic!("{vendor}: `{verb}` did not fail"))
}

#[tokio::test]
async fn a_call_that_failed_after_sending_says_whether_it_may_be_repeated() {
    let failures: [fn() -> TransportError; 2] = [
        || TransportError::Timeout("the time was up".into()),
        || TransportError::Send("the connection broke".into()),
    ];
    for &vendor in Vendor::ALL {
        for verb in Verb::ALL {
            if vendor.capability().of(verb) != Support::Supported {
                continue;
            }
            let expected = match HARMLESS.contains(&(vendor, verb)) {
                true => (ErrorKind::Unreachable, RetryState::Temporary),
                false => (ErrorKind::OutcomeUnknown, RetryState::Permanent),
            };
            for broken in failures {
                let error = failure(vendor, verb, broken).await;
                assert_eq!(
                    (error.kind(), error.retry()),
                    expected,
                    "{vendor}: {error:?}"
                );
            }
        }
    }
}

#[tokio::test]
async fn a_call_that_surely_was_not_sent_may_be_repeated() {
    for &vendor in Vendor::ALL {
        for verb in Verb::ALL {
            if vendor.capability().of(verb) == Support::Supported {
                let refused = || TransportError::Connect("nobody listens".into());
                let error = failure(vendor, verb, refused).await;
                let expected = (ErrorKind::Unreachable, RetryState::Temporary);
                assert_eq!(
                    (error.kind(), error.retry()),
                    expected,
                    "{vendor}: {error:?}"
                );
            }
        }
    }
}
