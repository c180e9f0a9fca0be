use cartwright_runtime::{Decimal, VendorDateTime};
use serde::Serialize;

use crate::{CartId, LineId};

/// A cart, in the words that all vendors share.
///
/// `None` means that the vendor does not say. Nothing here is computed: what is in no field of the vendor's answer is in no field of the cart.
/// The words follow the agentic-commerce cart drafts of 2026 (line items, totals by type, currency, checkout URL, messages).
///
/// It serialises whole, the checkout's address and the vendor's answer included: what a browser may get is [`public`](Self::public).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Cart {
    /// The cart's id, bound to its vendor.
    pub id: CartId,
    /// What is in it, in the vendor's order.
    pub line_items: Vec<LineItem>,
    /// The amounts that the vendor states for the whole cart. Until checkout they are estimates.
    pub totals: Vec<Total>,
    /// ISO 4217 code of every amount in the cart.
    pub currency: Option<String>,
    /// Whether the amounts include tax.
    pub tax_included: Option<bool>,
    /// The customer's id, the vendor's or, where it keeps none, the caller's own key; `None` for a guest.
    pub customer_id: Option<String>,
    /// The shopper's address for mail.
    pub email: Option<String>,
    /// The cart's language, as the vendor writes it.
    pub locale: Option<String>,
    /// Where the shopper pays, when the vendor says so along with the cart; see [`CartApi::checkout`](crate::CartApi::checkout).
    pub checkout_url: Option<String>,
    /// When the cart was created, as the vendor writes times.
    pub created_at: Option<VendorDateTime>,
    /// When it was last changed.
    pub updated_at: Option<VendorDateTime>,
    /// When it ends.
    pub expires_at: Option<VendorDateTime>,
    /// The vendor's counter of changes, for vendors that lock optimistically.
    pub version: Option<i64>,
    /// What the vendor says to the shopper or the caller about this cart, and what this mapping could not express.
    pub messages: Vec<Message>,
    /// The vendor's own answer: typed, lossless, with the fields that the vendor has and this type has not.
    pub vendor_response: VendorResponse,
}

impl Cart {
    /// The first total of a kind.
    pub fn total(&self, kind: &TotalKind) -> Option<&Decimal> {
        self.totals
            .iter()
            .find(|total| total.kind == *kind)
            .map(|total| &total.amount)
    }
}

/// One line of a cart.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct LineItem {
    /// The line's id, for changing or removing it.
    pub id: Option<LineId>,
    /// What kind of thing it is.
    pub kind: LineKind,
    /// The vendor's id of the product.
    pub product_id: Option<String>,
    /// The vendor's id of the product's variant.
    pub variant_id: Option<String>,
    /// Stock keeping unit.
    pub sku: Option<String>,
    /// What the shopper reads.
    pub name: Option<String>,
    /// How many, at least 1. What is counted is the vendor's matter: pieces, seats.
    pub quantity: Option<u64>,
    /// Price of one, before discounts.
    pub unit_price: Option<Decimal>,
    /// The amounts that the vendor states for this line.
    pub totals: Vec<Total>,
    /// The chosen options, where the vendor lists them.
    pub options: Vec<SelectedOption>,
    /// The line that this one belongs to: the [`id`](Self::id) of another line of the cart.
    pub parent_id: Option<LineId>,
    /// The product's page.
    pub url: Option<String>,
    /// The product's picture.
    pub image_url: Option<String>,
}

impl LineItem {
    /// A line of which nothing is known but its kind.
    pub(crate) fn of_kind(kind: LineKind) -> Self {
        Self {
            id: None,
            kind,
            product_id: None,
            variant_id: None,
            sku: None,
            name: None,
            quantity: None,
            unit_price: None,
            totals: Vec::new(),
            options: Vec::new(),
            parent_id: None,
            url: None,
            image_url: None,
        }
    }
}

/// What kind of thing a line is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum LineKind {
    /// A product that is shipped.
    Physical,
    /// A product that is downloaded or otherwise not shipped.
    Digital,
    /// A line that the caller described and no catalogue knows.
    Custom,
    /// A gift certificate.
    GiftCertificate,
    /// Something of a provider's, in a market of several providers.
    ProviderItem,
    /// A service of a host.
    Service,
    /// Services that a host sells together.
    Package,
    /// Packages that a host sells together.
    Bundle,
    /// A licence.
    License,
    /// A kind that this version does not know, in the vendor's word.
    Other(String),
}

impl std::fmt::Display for LineKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Physical => "physical",
            Self::Digital => "digital",
            Self::Custom => "custom",
            Self::GiftCertificate => "gift-certificate",
            Self::ProviderItem => "provider-item",
            Self::Service => "service",
            Self::Package => "package",
            Self::Bundle => "bundle",
            Self::License => "license",
            Self::Other(kind) => kind,
        })
    }
}

/// An amount of a cart or a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Total {
    /// What it is the amount of.
    pub kind: TotalKind,
    /// Which one of its kind, where the vendor states several: a coupon's code. In JSON only where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The amount in the cart's currency, exact. Discounts have the sign that the vendor gives them.
    pub amount: Decimal,
}

impl Total {
    /// A total that is the only one of its kind.
    pub fn new(kind: TotalKind, amount: Decimal) -> Self {
        Self {
            kind,
            label: None,
            amount,
        }
    }

    /// The total with a word that tells it from others of its kind.
    #[must_use]
    pub fn labelled(mut self, label: Option<String>) -> Self {
        self.label = label;
        self
    }
}

/// What a total is the amount of.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum TotalKind {
    /// Before discounts.
    Subtotal,
    /// Taken off by discounts.
    Discount,
    /// Taken off by hand, apart from [`TotalKind::Discount`].
    ManualDiscount,
    /// Taken off by a coupon. One total for each coupon, with its code as the label, where the vendor states them singly. Whether a discount of the same cart or
    /// line counts it as well is the vendor's matter, and said in its module.
    Coupon,
    /// Tax.
    Tax,
    /// What is to be paid, as far as the vendor knows now.
    Total,
    /// What is to be paid at once, where more is paid later.
    DueNow,
    /// Taken off what is to be paid at once.
    DiscountNow,
    /// A kind that this version does not know, in the vendor's word.
    Other(String),
}

impl std::fmt::Display for TotalKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Subtotal => "subtotal",
            Self::Discount => "discount",
            Self::ManualDiscount => "manual-discount",
            Self::Coupon => "coupon",
            Self::Tax => "tax",
            Self::Total => "total",
            Self::DueNow => "due-now",
            Self::DiscountNow => "discount-now",
            Self::Other(kind) => kind,
        })
    }
}

/// An option that was chosen for a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SelectedOption {
    /// The option: "Size".
    pub name: Option<String>,
    /// The choice: "Large".
    pub value: Option<String>,
}

impl SelectedOption {
    /// An option and its choice.
    pub fn new(name: Option<String>, value: Option<String>) -> Self {
        Self { name, value }
    }
}

/// Something to be said about a cart or an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Message {
    /// How much it matters.
    pub severity: Severity,
    /// A short stable word.
    pub code: String,
    /// The text.
    pub text: String,
    /// The field of the vendor's answer that it is about.
    pub path: Option<String>,
}

impl Message {
    /// A message about the field at `path` of the vendor's answer.
    pub fn new(
        severity: Severity,
        code: impl Into<String>,
        text: impl Into<String>,
        path: Option<String>,
    ) -> Self {
        Self {
            severity,
            code: code.into(),
            text: text.into(),
            path,
        }
    }
}

/// How much a message matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Severity {
    /// Good to know.
    Info,
    /// Something may not be as expected.
    Warning,
}

/// A way for the shopper to pay. What a browser may get of it is [`public`](Self::public).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Checkout {
    /// Where the shopper pays. Treat it as a secret: who has it, has the cart.
    pub url: String,
    /// The vendor's page that shows the cart, where it has one.
    pub cart_url: Option<String>,
    /// The checkout to show inside a page of the caller's.
    pub embedded_url: Option<String>,
    /// What the vendor says about this checkout, and what this mapping could not express.
    pub messages: Vec<Message>,
    /// The vendor's own answer.
    pub vendor_response: VendorResponse,
}

/// An order that a cart has become. What a browser may get of it is [`public`](Self::public).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Order {
    /// The vendor's id of the order.
    pub id: String,
    /// What was ordered, in the vendor's order. The vendor's own numbers of lines may be others than the cart's.
    pub line_items: Vec<LineItem>,
    /// ISO 4217 code of every amount in the order.
    pub currency: Option<String>,
    /// The order's language, as the vendor writes it.
    pub locale: Option<String>,
    /// The customer's id, as a cart's [`customer_id`](Cart::customer_id).
    pub customer_id: Option<String>,
    /// The customer's address for mail.
    pub email: Option<String>,
    /// When the order was placed, as the vendor writes times.
    pub created_at: Option<VendorDateTime>,
    /// What the vendor says about this order, and what this mapping could not express.
    pub messages: Vec<Message>,
    /// The vendor's own answer: what it has beside this, such as the keys of ordered licences.
    pub vendor_response: VendorResponse,
}

/// The vendor's own answer, typed by its generated client.
///
/// Serialising it gives the vendor's JSON back.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum VendorResponse {
    /// BigCommerce: a cart.
    #[cfg(feature = "bigcommerce")]
    BigCommerceCart(Box<cartwright_bigcommerce::types::CartResponse>),
    /// BigCommerce: redirect URLs.
    #[cfg(feature = "bigcommerce")]
    BigCommerceRedirectUrls(Box<cartwright_bigcommerce::types::RedirectUrlsResponse>),
    /// cPanel: a cart that has been created.
    #[cfg(feature = "cpanel")]
    CpanelShoppingCart(Box<cartwright_cpanel::types::ShoppingCartResponse>),
    /// cPanel: where the shopper goes after the checkout.
    #[cfg(feature = "cpanel")]
    CpanelUrlAfterCheckout(Box<cartwright_cpanel::types::UrlAfterCheckoutResponse>),
    /// Liquid Web: a cart.
    #[cfg(feature = "liquidweb")]
    LiquidWebCart(Box<cartwright_liquidweb::types::Cart>),
    /// Webroot: a cart.
    #[cfg(feature = "webroot")]
    WebrootCart(Box<cartwright_webroot::types::Cart>),
    /// Webroot: an order. Its token stands for the order where it could be guessed: `Debug` does not show it, the JSON has it.
    #[cfg(feature = "webroot")]
    WebrootOrder(Box<cartwright_webroot::types::Order>),
}
