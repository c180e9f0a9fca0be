use cartwright_runtime::Decimal;

use crate::{Customer, NewLine};

/// A cart to create.
///
/// ```
/// use cartwright::{NewCart, NewLine};
///
/// let cart = NewCart::new()
///     .line(NewLine::product("118", 2).variant("140"))
///     .line(NewLine::custom("Engraving", 1, "4.50".parse().unwrap()))
///     .currency("USD");
/// assert_eq!(cart.lines.len(), 2);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct NewCart {
    /// What goes into it.
    pub lines: Vec<NewLine>,
    /// ISO 4217 code; the vendor's default unless set.
    pub currency: Option<String>,
    /// `ll` or `ll-CC`; the vendor's default unless set.
    pub locale: Option<String>,
    /// Whose cart it is; a guest's unless set. Some vendors are only told afterwards, by [`CartApi::set_customer`](crate::CartApi::set_customer).
    pub customer: Option<Customer>,
}

impl NewCart {
    /// A cart without lines.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a line.
    #[must_use]
    pub fn line(mut self, line: impl Into<NewLine>) -> Self {
        self.lines.push(line.into());
        self
    }

    /// Sets the currency.
    #[must_use]
    pub fn currency(mut self, code: impl Into<String>) -> Self {
        self.currency = Some(code.into());
        self
    }

    /// Sets the language.
    #[must_use]
    pub fn locale(mut self, locale: impl Into<String>) -> Self {
        self.locale = Some(locale.into());
        self
    }

    /// Says whose cart it is.
    #[must_use]
    pub fn customer(mut self, customer: impl Into<Customer>) -> Self {
        self.customer = Some(customer.into());
        self
    }
}

/// What to change about a line; what is not set stays.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct LineChange {
    /// The new quantity, at least 1.
    pub quantity: Option<u64>,
    /// The new price of one.
    pub unit_price: Option<Decimal>,
}

impl LineChange {
    /// No change yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the new quantity.
    #[must_use]
    pub fn quantity(mut self, quantity: u64) -> Self {
        self.quantity = Some(quantity);
        self
    }

    /// Sets the new price of one.
    #[must_use]
    pub fn unit_price(mut self, price: Decimal) -> Self {
        self.unit_price = Some(price);
        self
    }
}

/// How an order is paid.
///
/// ```
/// let order = cartwright::NewOrder::new().purchase_order("PO-4711");
/// assert_eq!(order.purchase_order.as_deref(), Some("PO-4711"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct NewOrder {
    /// The caller's purchase order number. Vendors that bill a purchase order need it.
    pub purchase_order: Option<String>,
}

impl NewOrder {
    /// An order without a purchase order number.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the purchase order number.
    #[must_use]
    pub fn purchase_order(mut self, number: impl Into<String>) -> Self {
        self.purchase_order = Some(number.into());
        self
    }
}
