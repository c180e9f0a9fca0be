use std::fmt;

use serde::Serialize;

use crate::LineKind;

/// How often a vendor fills a field of a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fill {
    /// Whenever the vendor answers what it documents.
    Always,
    /// Where there is something to say.
    Sometimes,
    /// The vendor has nothing that would fill it.
    Never,
}

impl fmt::Display for Fill {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Always => "always",
            Self::Sometimes => "sometimes",
            Self::Never => "never",
        })
    }
}

/// The fields of one result, by how often the vendor fills them. Each field stands in one of the three lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FieldSet {
    /// Filled whenever the vendor answers what it documents.
    pub always: &'static [&'static str],
    /// Filled where there is something to say.
    pub sometimes: &'static [&'static str],
    /// Never filled.
    pub never: &'static [&'static str],
}

impl FieldSet {
    pub(crate) const fn new(
        always: &'static [&'static str],
        sometimes: &'static [&'static str],
        never: &'static [&'static str],
    ) -> Self {
        Self {
            always,
            sometimes,
            never,
        }
    }

    /// The field's entry; `None` for a name that is no field's.
    pub fn of(&self, field: &str) -> Option<Fill> {
        self.fields()
            .find(|(name, _)| *name == field)
            .map(|(_, fill)| fill)
    }

    /// Each field and how often it is filled.
    pub fn fields(&self) -> impl Iterator<Item = (&'static str, Fill)> + use<> {
        let of = |names: &'static [&'static str], fill| names.iter().map(move |name| (*name, fill));
        of(self.always, Fill::Always)
            .chain(of(self.sometimes, Fill::Sometimes))
            .chain(of(self.never, Fill::Never))
    }
}

/// Which fields of the results a vendor fills: see [`Vendor::fields`](crate::Vendor::fields).
///
/// ```
/// # #[cfg(feature = "bigcommerce")] {
/// use cartwright::{Fill, Vendor};
///
/// let fields = Vendor::BigCommerce.fields();
/// assert_eq!(fields.cart.of("currency"), Some(Fill::Always));
/// assert_eq!(fields.cart.of("expires_at"), Some(Fill::Never));
/// assert!(fields.order.is_none(), "the vendor places no orders");
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ResultFields {
    /// Fields of [`Cart`](crate::Cart).
    pub cart: FieldSet,
    /// Fields of [`LineItem`](crate::LineItem), in a cart, for each kind of line that the vendor has.
    pub line_items: &'static [(LineKind, FieldSet)],
    /// Fields of [`Checkout`](crate::Checkout), where the vendor has one.
    pub checkout: Option<FieldSet>,
    /// Fields of [`Order`](crate::Order), where the vendor places orders.
    pub order: Option<FieldSet>,
}

impl ResultFields {
    /// Every entry, for tables: the cart's, the lines' by kind, the checkout's and the order's.
    pub fn rows(&self) -> impl Iterator<Item = FieldRow> + use<> {
        let of = |result: &'static str, kind: Option<&'static LineKind>, set: FieldSet| {
            set.fields().map(move |(field, fill)| FieldRow {
                result,
                kind,
                field,
                fill,
            })
        };
        let lines = self
            .line_items
            .iter()
            .flat_map(move |(kind, set)| of("line item", Some(kind), *set));
        let (checkout, order) = (self.checkout.into_iter(), self.order.into_iter());
        of("cart", None, self.cart)
            .chain(lines)
            .chain(checkout.flat_map(move |set| of("checkout", None, set)))
            .chain(order.flat_map(move |set| of("order", None, set)))
    }

    /// How often a field of a result is filled, over all kinds of line; `None` if the vendor has no such result, or the result no such field.
    ///
    /// ```
    /// # #[cfg(feature = "webroot")] {
    /// use cartwright::{Fill, Vendor};
    ///
    /// let fields = Vendor::Webroot.fields();
    /// assert_eq!(fields.of("order", "id"), Some(Fill::Always));
    /// assert_eq!(fields.of("checkout", "url"), None);
    /// # }
    /// ```
    pub fn of(&self, result: &str, field: &str) -> Option<Fill> {
        let mut fills = self
            .rows()
            .filter(|row| row.result == result && row.field == field)
            .map(|row| row.fill);
        let first = fills.next()?;
        Some(match fills.all(|fill| fill == first) {
            true => first,
            false => Fill::Sometimes,
        })
    }
}

/// One entry of [`ResultFields`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FieldRow {
    /// The result: `cart`, `line item`, `checkout` or `order`.
    pub result: &'static str,
    /// The kind of line; `None` for other results.
    pub kind: Option<&'static LineKind>,
    /// The field's name in Rust and JSON.
    pub field: &'static str,
    /// How often it is filled.
    pub fill: Fill,
}
