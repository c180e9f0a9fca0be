use cartwright_runtime::VendorDateTime;
use serde::Serialize;

use crate::{Cart, Checkout, LineItem, Order, Total};

/// What of a cart may be handed to its shopper's browser: [`Cart::public`].
///
/// A [`Cart`] serialises whole, for the application's own use. This view leaves out:
///
/// - `vendor_response`: it is the vendor's answer as it came, with whatever the vendor puts there;
/// - `checkout_url`: who has it, has the cart; send the shopper there with a redirect instead;
/// - `id`: at some vendors it carries the checkout's address, and an application that takes ids from browsers would show anybody's cart. Keep it in the session;
/// - `customer_id` and `email`: who the shopper is, which the application knows better than the vendor;
/// - `messages`: they are for the application, and quote the vendor's answer.
///
/// ```
/// # #[cfg(feature = "webroot")] {
/// # fn show(cart: &cartwright::Cart) -> serde_json::Result<String> {
/// serde_json::to_string(&cart.public())
/// # }
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct PublicCart<'a> {
    /// As [`Cart::line_items`].
    pub line_items: &'a [LineItem],
    /// As [`Cart::totals`].
    pub totals: &'a [Total],
    /// As [`Cart::currency`].
    pub currency: Option<&'a str>,
    /// As [`Cart::tax_included`].
    pub tax_included: Option<bool>,
    /// As [`Cart::locale`].
    pub locale: Option<&'a str>,
    /// As [`Cart::created_at`].
    pub created_at: Option<&'a VendorDateTime>,
    /// As [`Cart::updated_at`].
    pub updated_at: Option<&'a VendorDateTime>,
    /// As [`Cart::expires_at`].
    pub expires_at: Option<&'a VendorDateTime>,
    /// As [`Cart::version`].
    pub version: Option<i64>,
}

/// What of a checkout may be handed to its shopper's browser, and to nobody else's: [`Checkout::public`].
///
/// The addresses are what a checkout is for, and each opens the cart to whoever has it: send them to the shopper alone, over HTTPS, and keep them out of logs.
/// `vendor_response` and `messages` are left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PublicCheckout<'a> {
    /// As [`Checkout::url`].
    pub url: &'a str,
    /// As [`Checkout::cart_url`].
    pub cart_url: Option<&'a str>,
    /// As [`Checkout::embedded_url`].
    pub embedded_url: Option<&'a str>,
}

/// What of an order may be handed to its buyer's browser: [`Order::public`].
///
/// `vendor_response`, which may hold the keys of the licences that were ordered and a token that stands for the order, `customer_id`, `email` and `messages`
/// are left out. Hand out what was bought on purpose, from the vendor's answer.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct PublicOrder<'a> {
    /// As [`Order::id`]. It may be guessed, so it proves nothing about who names it.
    pub id: &'a str,
    /// As [`Order::line_items`].
    pub line_items: &'a [LineItem],
    /// As [`Order::currency`].
    pub currency: Option<&'a str>,
    /// As [`Order::locale`].
    pub locale: Option<&'a str>,
    /// As [`Order::created_at`].
    pub created_at: Option<&'a VendorDateTime>,
}

impl Cart {
    /// The cart without what its shopper's browser should not get.
    pub fn public(&self) -> PublicCart<'_> {
        PublicCart {
            line_items: &self.line_items,
            totals: &self.totals,
            currency: self.currency.as_deref(),
            tax_included: self.tax_included,
            locale: self.locale.as_deref(),
            created_at: self.created_at.as_ref(),
            updated_at: self.updated_at.as_ref(),
            expires_at: self.expires_at.as_ref(),
            version: self.version,
        }
    }
}

impl Checkout {
    /// The addresses alone.
    pub fn public(&self) -> PublicCheckout<'_> {
        PublicCheckout {
            url: &self.url,
            cart_url: self.cart_url.as_deref(),
            embedded_url: self.embedded_url.as_deref(),
        }
    }
}

impl Order {
    /// The order without what its buyer's browser should not get.
    pub fn public(&self) -> PublicOrder<'_> {
        PublicOrder {
            id: &self.id,
            line_items: &self.line_items,
            currency: self.currency.as_deref(),
            locale: self.locale.as_deref(),
            created_at: self.created_at.as_ref(),
        }
    }
}
