use cartwright::{
    CartId, CompanyKind, Contact, Customer, LineChange, LineId, NewLine, NewOrder, PostalAddress,
    Vendor,
};

/// What can be bought at a vendor, and what can't be found there.
#[derive(Clone, Debug)]
pub struct Goods {
    vendor: Vendor,
    line: String,
    other_line: String,
}

impl Goods {
    /// What every local sandbox sells.
    pub fn of_the_sandbox(vendor: Vendor) -> Self {
        let (line, other_line) = match vendor {
            Vendor::BigCommerce => ("118/140", "126"),
            Vendor::Cpanel => ("290", "291"),
            Vendor::LiquidWeb => ("BACKUP.OFFSITE@1", "LIC.MAIL@1"),
            Vendor::Webroot => ("SAEP", "SDNS"),
            other => panic!("nobody has said what {other} sells"),
        };
        Self::new(vendor, line, other_line)
    }

    /// Two things that an account of the vendor can buy: at BigCommerce `PRODUCT` or `PRODUCT/VARIANT`, at cPanel the provider's product id, at Liquid Web
    /// `CODE@REGION`, at Webroot a licence's code.
    pub fn new(vendor: Vendor, line: impl Into<String>, other_line: impl Into<String>) -> Self {
        Self {
            vendor,
            line: line.into(),
            other_line: other_line.into(),
        }
    }

    pub(crate) fn line(&self) -> NewLine {
        self.read(&self.line)
    }

    pub(crate) fn other_line(&self) -> NewLine {
        self.read(&self.other_line)
    }

    fn read(&self, text: &str) -> NewLine {
        match self.vendor {
            Vendor::BigCommerce => match text.split_once('/') {
                Some((product, variant)) => NewLine::product(product, 2).variant(variant).into(),
                None => NewLine::product(text, 1).into(),
            },
            Vendor::Cpanel => NewLine::provider_item(text).into(),
            Vendor::LiquidWeb => {
                let (code, region) = text.split_once('@').unwrap_or((text, "1"));
                let region = region.parse().expect("a region is a number");
                NewLine::service(code).region(region).into()
            }
            Vendor::Webroot => NewLine::license(text, 10, "1").into(),
            other => panic!("nobody has said what {other} sells"),
        }
    }

    /// A line of a kind that the vendor lacks.
    pub(crate) fn foreign_line(&self) -> NewLine {
        match self.vendor {
            Vendor::Webroot => NewLine::provider_item("1").into(),
            _ => NewLine::license("SAEP", 10, "1").into(),
        }
    }

    pub(crate) fn change(&self) -> LineChange {
        LineChange::new().quantity(3)
    }

    pub(crate) fn customer(&self) -> Customer {
        match self.vendor {
            Vendor::Webroot => Contact::new()
                .key("behaviour-suite-17")
                .name("Ben", "Muster")
                .company("Musterschule", CompanyKind::Business)
                .email("ben@example.com")
                .address(
                    PostalAddress::new("DE")
                        .line1("1 Example Street")
                        .city("München")
                        .postal_code("80331"),
                )
                .into(),
            _ => Customer::Id("11".to_owned()),
        }
    }

    pub(crate) fn order(&self) -> NewOrder {
        NewOrder::new().purchase_order("PO-4711")
    }

    /// An id of the vendor's form that no cart has.
    pub(crate) fn unknown_cart(&self) -> CartId {
        let id = match self.vendor {
            Vendor::Cpanel => "1.aHR0cHM6Ly9zdG9yZS5leGFtcGxlL2NoZWNrb3V0LzE",
            Vendor::Webroot => "MSP0000000000",
            _ => "00000000-0000-4000-8000-000000000000",
        };
        CartId::new(self.vendor, id).expect("the id is of the vendor's form")
    }

    /// A cart of another vendor's.
    pub(crate) fn foreign_cart(&self) -> CartId {
        let other = Vendor::ALL
            .iter()
            .copied()
            .find(|other| *other != self.vendor);
        Self::of_the_sandbox(other.expect("there is more than one vendor")).unknown_cart()
    }

    pub(crate) fn unknown_line(&self) -> LineId {
        let missing = "00000000-0000-4000-8000-000000000001";
        match self.vendor {
            // A line's id carries its product.
            Vendor::BigCommerce => format!("{missing}:126").into(),
            _ => missing.into(),
        }
    }
}
