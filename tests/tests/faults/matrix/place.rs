//! Fields of the vendors' answers that a drift can strike.

use cartwright::Vendor;

use super::column::Column;

/// Places in an operation's answer, as JSON pointers.
pub struct Place {
    /// The object that a field can be added to.
    pub root: &'static str,
    /// A field that nothing depends on.
    pub spare: Option<&'static str>,
    /// A field that has one JSON type.
    pub typed: Option<&'static str>,
    /// A field without which the answer is none.
    pub needed: Option<&'static str>,
    has_body: bool,
}

impl Place {
    pub fn of(column: &Column) -> Self {
        let (root, spare, typed, needed) = match (column.vendor, column.operation.id) {
            (Vendor::BigCommerce, "deleteCart") => {
                return Self {
                    root: "",
                    spare: None,
                    typed: None,
                    needed: None,
                    has_body: false,
                };
            }
            (Vendor::BigCommerce, "createCartRedirectUrl") => (
                "/data",
                "/data/cart_url",
                "/data/cart_url",
                Some("/data/checkout_url"),
            ),
            (Vendor::BigCommerce, _) => {
                ("/data", "/data/email", "/data/line_items", Some("/data/id"))
            }
            (Vendor::Cpanel, "createShoppingCart") => (
                "/data",
                "/messages",
                "/data/checkout_url",
                Some("/data/order_id"),
            ),
            (Vendor::Cpanel, _) => ("", "/messages", "/metadata", None),
            (Vendor::LiquidWeb, _) => ("", "/share", "/items", Some("/uuid")),
            (Vendor::Webroot, "addCartCustomers") => ("", "/Shipping/City", "/Shipping/City", None),
            (Vendor::Webroot, "createOrder") => ("", "/Locale", "/Locale", None),
            (_, _) => ("", "/TypeOfOrder", "/Items", Some("/VendorOrderCode")),
        };
        Self {
            root,
            spare: Some(spare),
            typed: Some(typed),
            needed,
            has_body: true,
        }
    }

    /// Whether the operation answers a body at all.
    pub fn has_body(&self) -> bool {
        self.has_body
    }
}
