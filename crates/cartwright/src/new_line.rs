use cartwright_runtime::Decimal;

use crate::new_line_hosting::{BundleLine, PackageLine, ServiceLine};
use crate::new_line_license::LicenseLine;
use crate::{Error, Result, Vendor};

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
    /// Something of a provider's, in a market of several providers.
    ProviderItem(ProviderItemLine),
    /// A service of a host, with its options.
    Service(ServiceLine),
    /// Services that a host sells together.
    Package(PackageLine),
    /// Packages that a host sells together.
    Bundle(BundleLine),
    /// A licence: new by its category, or one that exists by its key.
    License(LicenseLine),
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

    /// Something of a provider's, by the provider's id.
    pub fn provider_item(product_id: impl Into<String>) -> ProviderItemLine {
        ProviderItemLine {
            product_id: product_id.into(),
            order_item_id: None,
            description: None,
            price: None,
        }
    }

    /// A new licence of a category, for a number of seats and years.
    pub fn license(
        category: impl Into<String>,
        seats: u64,
        years: impl Into<String>,
    ) -> LicenseLine {
        LicenseLine::of_category(category.into(), seats, years.into())
    }

    /// More of a licence that exists, by its key.
    pub fn license_key(key: impl Into<String>, years: impl Into<String>) -> LicenseLine {
        LicenseLine::of_key(key.into(), years.into())
    }

    /// The kind in a word, for messages.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Product(_) => "catalogue products",
            Self::Custom(_) => "custom lines",
            Self::GiftCertificate(_) => "gift certificates",
            Self::ProviderItem(_) => "provider items",
            Self::Service(_) => "services",
            Self::Package(_) => "packages",
            Self::Bundle(_) => "bundles",
            Self::License(_) => "licences",
        }
    }

    /// Refuses what no vendor takes: a quantity of zero, a negative price.
    pub(crate) fn check(&self, vendor: Vendor, index: usize) -> Result<()> {
        // Each kind has its own names for the two.
        let (quantity, price) = match self {
            Self::Product(line) => (
                Some(("quantity", line.quantity)),
                Some(("unit_price", line.unit_price.as_ref())),
            ),
            Self::Custom(line) => (
                Some(("quantity", line.quantity)),
                Some(("unit_price", Some(&line.unit_price))),
            ),
            Self::GiftCertificate(line) => (
                Some(("quantity", line.quantity)),
                Some(("amount", Some(&line.amount))),
            ),
            Self::ProviderItem(line) => (None, Some(("price", line.price.as_ref()))),
            Self::License(line) => (line.seats.map(|seats| ("seats", seats)), None),
            Self::Service(_) | Self::Package(_) | Self::Bundle(_) => (None, None),
        };
        if let Some((field, quantity)) = quantity {
            check_quantity(vendor, &format!("lines[{index}].{field}"), quantity)?;
        }
        match price {
            Some((field, price)) => check_price(vendor, &format!("lines[{index}].{field}"), price),
            None => Ok(()),
        }
    }

    /// Refuses a kind that the vendor does not have, before anything is sent.
    pub(crate) fn unsupported(&self, vendor: Vendor, index: usize) -> Error {
        Error::unsupported_line(vendor, &format!("lines[{index}]"), self.kind())
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

/// Something of a provider's, in a market of several providers. Which further fields count is the provider's matter.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ProviderItemLine {
    /// The provider's id of the product.
    pub product_id: String,
    /// The caller's number of the item within the order.
    pub order_item_id: Option<i64>,
    /// What the shopper reads.
    pub description: Option<String>,
    /// Price of the item.
    pub price: Option<Decimal>,
}

impl ProviderItemLine {
    /// Sets the caller's number of the item.
    #[must_use]
    pub fn order_item_id(mut self, id: i64) -> Self {
        self.order_item_id = Some(id);
        self
    }

    /// Sets what the shopper reads.
    #[must_use]
    pub fn description(mut self, text: impl Into<String>) -> Self {
        self.description = Some(text.into());
        self
    }

    /// Sets the price.
    #[must_use]
    pub fn price(mut self, price: Decimal) -> Self {
        self.price = Some(price);
        self
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

into_line!(
    ProductLine => Product,
    CustomLine => Custom,
    GiftCertificateLine => GiftCertificate,
    ProviderItemLine => ProviderItem,
    ServiceLine => Service,
    PackageLine => Package,
    BundleLine => Bundle,
    LicenseLine => License
);
