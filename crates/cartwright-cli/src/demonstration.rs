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
            NewLine::provider_item("123457")
                .description("Certificate for its subdomains, too")
                .price(Decimal::from(49))
                .into(),
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

/// A server with an operating system, a control panel, and 100 GB of further transfer.
fn server() -> ServiceLine {
    NewLine::service("CLOUD.VPS")
        .option(ServiceOption::new(11, 111))
        .option(ServiceOption::new(12, 121))
        .option(ServiceOption::new(13, 131).units(100))
}

/// A server and a mailbox.
fn starter() -> PackageLine {
    NewLine::package("PKG-STARTER")
        .service(NewLine::service("CLOUD.VPS").option(ServiceOption::new(11, 111)))
        .service(NewLine::service("LIC.MAIL"))
}

/// The package, and another that backs it up elsewhere.
fn agency() -> BundleLine {
    let backup = NewLine::service("BACKUP.OFFSITE").region(2);
    NewLine::bundle("BNDL-AGENCY")
        .package(starter())
        .package(NewLine::package("PKG-BACKUP").service(backup))
}
