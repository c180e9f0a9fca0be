use cartwright_runtime::Decimal;

use crate::{Error, Result, Vendor};

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
    /// Whose cart it is; a guest's unless set.
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
    pub fn customer(mut self, customer: Customer) -> Self {
        self.customer = Some(customer);
        self
    }
}

/// A line to add. Each vendor takes some of the kinds; the others are [`Unsupported`](crate::ErrorKind::Unsupported) before any request.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum NewLine {
    /// A product of the vendor's catalogue.
    Product(ProductLine),
    /// A line that no catalogue knows.
    Custom(CustomLine),
    /// A gift certificate.
    GiftCertificate(GiftCertificateLine),
}

impl NewLine {
    /// A product of the vendor's catalogue, by the vendor's id.
    pub fn product(product_id: impl Into<String>, quantity: u64) -> ProductLine {
        ProductLine {
            product_id: product_id.into(),
            quantity,
            variant_id: None,
            unit_price: None,
            name: None,
            options: Vec::new(),
        }
    }

    /// A line that no catalogue knows.
    pub fn custom(name: impl Into<String>, quantity: u64, unit_price: Decimal) -> CustomLine {
        CustomLine {
            name: name.into(),
            quantity,
            unit_price,
            sku: None,
            image_url: None,
        }
    }

    /// A gift certificate of `amount` each.
    pub fn gift_certificate(
        name: impl Into<String>,
        amount: Decimal,
        theme: impl Into<String>,
        sender: Party,
        recipient: Party,
    ) -> GiftCertificateLine {
        GiftCertificateLine {
            name: name.into(),
            quantity: 1,
            amount,
            theme: theme.into(),
            sender,
            recipient,
            message: None,
        }
    }

    /// Refuses what no vendor takes: a quantity of zero, a negative price.
    pub(crate) fn check(&self, vendor: Vendor, index: usize) -> Result<()> {
        let (quantity, price) = match self {
            Self::Product(line) => (line.quantity, line.unit_price.as_ref()),
            Self::Custom(line) => (line.quantity, Some(&line.unit_price)),
            Self::GiftCertificate(line) => (line.quantity, Some(&line.amount)),
        };
        check_quantity(vendor, &format!("lines[{index}].quantity"), quantity)?;
        check_price(vendor, &format!("lines[{index}].unit_price"), price)
    }
}

pub(crate) fn check_quantity(vendor: Vendor, field: &str, quantity: u64) -> Result<()> {
    match quantity {
        0 => Err(Error::invalid_request(
            vendor,
            field,
            "the quantity is 0: give at least 1, or remove the line",
        )),
        _ if i64::try_from(quantity).is_err() => Err(Error::invalid_request(
            vendor,
            field,
            "the quantity is too large",
        )),
        _ => Ok(()),
    }
}

pub(crate) fn check_price(vendor: Vendor, field: &str, price: Option<&Decimal>) -> Result<()> {
    match price {
        Some(price) if price.is_negative() && !price.is_zero() => Err(Error::invalid_request(
            vendor,
            field,
            format!("the price {price} is negative: give 0 or more"),
        )),
        _ => Ok(()),
    }
}

/// A product of the vendor's catalogue.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ProductLine {
    /// The vendor's id of the product.
    pub product_id: String,
    /// How many, at least 1.
    pub quantity: u64,
    /// The vendor's id of the variant.
    pub variant_id: Option<String>,
    /// Price of one instead of the catalogue's.
    pub unit_price: Option<Decimal>,
    /// Name instead of the catalogue's.
    pub name: Option<String>,
    /// Choices for the product's options.
    pub options: Vec<OptionChoice>,
}

impl ProductLine {
    /// Chooses the variant.
    #[must_use]
    pub fn variant(mut self, id: impl Into<String>) -> Self {
        self.variant_id = Some(id.into());
        self
    }

    /// Replaces the catalogue's price of one.
    #[must_use]
    pub fn unit_price(mut self, price: Decimal) -> Self {
        self.unit_price = Some(price);
        self
    }

    /// Replaces the catalogue's name.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Adds a choice for an option.
    #[must_use]
    pub fn option(mut self, choice: OptionChoice) -> Self {
        self.options.push(choice);
        self
    }
}

/// A choice for an option of a product.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum OptionChoice {
    /// One of the option's values, by the vendor's ids.
    Value {
        /// The option's id.
        option_id: String,
        /// The value's id.
        value_id: String,
    },
    /// Text that the shopper typed.
    Text {
        /// The option's id.
        option_id: String,
        /// The text.
        text: String,
    },
    /// A date that the shopper chose.
    Date {
        /// The option's id.
        option_id: String,
        /// The year.
        year: u16,
        /// 1 to 12.
        month: u8,
        /// 1 to 31.
        day: u8,
    },
}

/// A line that no catalogue knows.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct CustomLine {
    /// What the shopper reads.
    pub name: String,
    /// How many, at least 1.
    pub quantity: u64,
    /// Price of one.
    pub unit_price: Decimal,
    /// Stock keeping unit.
    pub sku: Option<String>,
    /// A picture.
    pub image_url: Option<String>,
}

impl CustomLine {
    /// Sets the stock keeping unit.
    #[must_use]
    pub fn sku(mut self, sku: impl Into<String>) -> Self {
        self.sku = Some(sku.into());
        self
    }

    /// Sets the picture.
    #[must_use]
    pub fn image_url(mut self, url: impl Into<String>) -> Self {
        self.image_url = Some(url.into());
        self
    }
}

/// A gift certificate.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct GiftCertificateLine {
    /// What the shopper reads.
    pub name: String,
    /// How many, at least 1.
    pub quantity: u64,
    /// Value of one.
    pub amount: Decimal,
    /// The vendor's word for the design.
    pub theme: String,
    /// Who gives it.
    pub sender: Party,
    /// Who gets it.
    pub recipient: Party,
    /// What the giver writes.
    pub message: Option<String>,
}

impl GiftCertificateLine {
    /// Sets how many.
    #[must_use]
    pub fn quantity(mut self, quantity: u64) -> Self {
        self.quantity = quantity;
        self
    }

    /// Sets what the giver writes.
    #[must_use]
    pub fn message(mut self, message: impl Into<String>) -> Self {
        self.message = Some(message.into());
        self
    }
}

/// Somebody with a name and an address for mail.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Party {
    /// The name.
    pub name: String,
    /// The address.
    pub email: String,
}

impl Party {
    /// Somebody.
    pub fn new(name: impl Into<String>, email: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            email: email.into(),
        }
    }
}

macro_rules! into_line {
    ($($line:ident => $variant:ident),*) => {$(
        impl From<$line> for NewLine {
            fn from(line: $line) -> Self {
                Self::$variant(line)
            }
        }
    )*};
}

into_line!(ProductLine => Product, CustomLine => Custom, GiftCertificateLine => GiftCertificate);

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

/// Whose cart it is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Customer {
    /// Nobody that the vendor knows.
    Guest,
    /// A customer of the vendor's, by the vendor's id.
    Id(String),
}

/// How an order is paid.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct NewOrder {
    /// The caller's purchase order number.
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
