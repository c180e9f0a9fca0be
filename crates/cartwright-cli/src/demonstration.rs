//! A small cart for each vendor, from the catalogue of its stand-in: two or three lines that show what
//! is special there.

use cartwright::{BundleLine, Decimal, NewLine, PackageLine, ServiceLine, ServiceOption, Vendor};

/// What goes into the vendor's cart; nothing for a vendor that no sandbox stands in for.
pub(crate) fn lines(vendor: Vendor) -> Vec<NewLine> {
    match vendor.as_str() {
        "bigcommerce" => vec![
            NewLine::product("126", 2).into(),
            NewLine::product("118", 1).variant("142").into(),
            NewLine::custom("Engraving", 1, Decimal::from(5)).into(),
        ],
        "cpanel" => vec![
            NewLine::provider_item("123456")
                .description("Certificate for one domain")
                .price(Decimal::from(9))
                .into(),
            NewLine::provider_item("123457").order_item_id(2).into(),
        ],
        "liquidweb" => vec![server().into(), starter().into(), agency().into()],
        "webroot" => vec![
            // The two share one parent key, with its seats.
            NewLine::license("SAEP", 25, "1")
                .keycode_type(3)
                .bundle(1)
                .hierarchy(1)
                .into(),
            NewLine::license("SDNS", 25, "1")
                .keycode_type(3)
                .bundle(1)
                .hierarchy(2)
                .into(),
            NewLine::license_key("WSAV-SAND-BOX0-0000-0002", "2").into(),
        ],
        _ => Vec::new(),
    }
}
