//! Every vendor that is compiled in makes a cart at the sandbox, be it alone or with the others.

use cartwright::{NewCart, NewLine, Settings, Support, Vendor, Verb, connect};
use cartwright_contract::Watched;

/// A line that the vendor's stand-in sells.
fn line(vendor: Vendor) -> NewLine {
    match vendor.as_str() {
        "bigcommerce" => NewLine::product("126", 2).into(),
        "cpanel" => NewLine::provider_item("123456").into(),
        "liquidweb" => NewLine::service("LIC.MAIL").region(1).into(),
        "webroot" => NewLine::license("SAEP", 150, "1")
            .keycode_type(3)
            .attribute(110)
            .into(),
        other => panic!("no line is listed here for {other}"),
    }
}

#[tokio::test]
async fn each_vendor_that_is_compiled_in_makes_a_cart() {
    let sandbox = Watched::start().await.unwrap();
    assert!(!Vendor::ALL.is_empty());
    for &vendor in Vendor::ALL {
        let mut vendors = sandbox.vendors().into_iter();
        let access = vendors
            .find(|access| access.vendor == vendor.as_str())
            .unwrap();
        let settings = Settings::from_pairs(access.environment);
        let shop = connect(vendor, &settings, None).unwrap();
        let created = shop.create(NewCart::new().line(line(vendor))).await;
        let cart = created.unwrap_or_else(|error| panic!("{error:?}"));
        assert_eq!((cart.id.vendor(), cart.line_items.len()), (vendor, 1));
        if shop.capabilities().of(Verb::Get) == Support::Supported {
            assert_eq!(shop.get(&cart.id).await.unwrap().id, cart.id);
        }
    }
}
