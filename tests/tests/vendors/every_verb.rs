//! Every verb of every vendor over a transport of the test's.

use std::sync::Arc;

use cartwright::{
    CartApi, CartId, Customer, Error, LineChange, NewCart, NewLine, NewOrder, Support, Transport,
    Vendor, Verb,
};

use crate::{bigcommerce, cpanel, liquidweb, webroot};

/// Each verb that a vendor supports.
pub fn supported() -> impl Iterator<Item = (Vendor, Verb)> {
    let all = Vendor::ALL.iter().copied();
    let all = all.flat_map(|vendor| Verb::ALL.into_iter().map(move |verb| (vendor, verb)));
    all.filter(|(vendor, verb)| vendor.capability().of(*verb) == Support::Supported)
}

/// The id that the calls name.
pub fn cart(vendor: Vendor) -> CartId {
    let id = match vendor {
        Vendor::BigCommerce => bigcommerce::shop::CART,
        Vendor::Cpanel => cpanel::shop::CART,
        Vendor::LiquidWeb => liquidweb::shop::CART,
        Vendor::Webroot => webroot::shop::CART,
        other => panic!("no cart of {other}"),
    };
    id.parse().unwrap()
}

/// A vendor's carts over a transport, and a line that it takes.
fn shop(vendor: Vendor, transport: Arc<dyn Transport>) -> (Box<dyn CartApi>, NewLine) {
    match vendor {
        Vendor::BigCommerce => (
            Box::new(bigcommerce::shop::shop_over(transport)),
            NewLine::product("126", 1).into(),
        ),
        Vendor::Cpanel => (
            Box::new(cpanel::shop::shop_over(transport)),
            NewLine::provider_item("143").into(),
        ),
        Vendor::LiquidWeb => (
            Box::new(liquidweb::shop::shop_over(transport)),
            NewLine::service("SS.VPS").region(1).into(),
        ),
        Vendor::Webroot => (
            Box::new(webroot::shop::shop_that(transport)),
            NewLine::license("SAEP", 1, "1").into(),
        ),
        other => panic!("no shop of {other}"),
    }
}

/// What a verb fails with.
pub async fn failure(vendor: Vendor, verb: Verb, transport: Arc<dyn Transport>) -> Error {
    let (shop, line) = shop(vendor, transport);
    let cart = cart(vendor);
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
