//! One typed shopping-cart interface over the vendors' cart APIs.
//!
//! [`CartApi`] is the interface: one method per cart verb. Each vendor implements it in its own module under [`vendors`], on top of a client that is generated
//! from the vendor's documentation. [`Capability`] says which verbs a vendor has, and a verb that it lacks is refused before anything is sent.
//!
//! ```no_run
//! use cartwright::vendors::bigcommerce::{BigCommerce, BigCommerceConfig};
//! use cartwright::{CartApi, NewCart, NewLine};
//!
//! # async fn run() -> Result<(), Box<dyn std::error::Error>> {
//! let shop = BigCommerce::new(BigCommerceConfig::new("store hash", "access token"))?;
//! let cart = shop.create(NewCart::new().line(NewLine::product("118", 2).variant("140"))).await?;
//! for line in &cart.line_items {
//!     println!("{} × {}", line.quantity.unwrap_or(1), line.name.as_deref().unwrap_or("?"));
//! }
//! println!("pay at {}", shop.checkout(&cart.id).await?.url);
//! # Ok(())
//! # }
//! ```
//!
//! # What the interface does not do
//!
//! It takes no payment, and it computes nothing: a field that the vendor does not send is `None`, and a total that it does not send is not in the list.
//! Whatever the interface does not model stays reachable: [`Cart::vendor_response`] is the vendor's own answer, typed and lossless, and each vendor hands out its
//! generated client and sends raw requests through the same credentials and transport.
//!
//! # Credentials
//!
//! They come from code ([`vendors`]' configurations) or, for a vendor that is chosen at run time, from settings ([`Connect`]), which are the environment's unless
//! given. No `Debug`, error or log of this crate shows them.
//!
//! # What a browser may get
//!
//! A [`Cart`] serialises whole: the vendor's answer and the address that pays it go along. Hand [`Cart::public`], [`Checkout::public`] and [`Order::public`] to a browser instead.

#![warn(missing_docs)]
// With fewer vendors compiled in, some of what they share is not used.
#![cfg_attr(
    not(all(
        feature = "bigcommerce",
        feature = "cpanel",
        feature = "liquidweb",
        feature = "webroot"
    )),
    allow(dead_code, unused_imports, unused_variables)
)]

mod api;
mod capability;
mod cart;
mod connect;
mod customer;
mod error;
mod fields;
mod id;
mod new_cart;
mod new_line;
mod new_line_hosting;
mod new_line_license;
mod public;
mod vendor;
pub mod vendors;

pub use api::CartApi;
pub use capability::{Capability, Support, Verb};
pub use cart::{
    Cart, Checkout, LineItem, LineKind, Message, Order, SelectedOption, Severity, Total, TotalKind,
    VendorResponse,
};
pub use cartwright_runtime::{
    BoxError, BoxFuture, BuildError, Decimal, HttpTransport, HttpTransportBuilder, Layer, Layers,
    Operation, RateLimit, RawResponse, Retry, RetryPolicy, Secret, Transport, TransportError,
    VendorDateTime, Wait, WaitReason,
};
pub use connect::{Connect, Setting, Settings, connect, connect_from_env};
pub use customer::{CompanyKind, Contact, Customer, CustomerDetails, PostalAddress};
pub use error::{Error, ErrorDetail, ErrorKind, Result, RetryState};
pub use fields::{FieldRow, FieldSet, Fill, ResultFields};
pub use id::{CartId, LineId};
pub use new_cart::{LineChange, NewCart, NewOrder};
pub use new_line::{
    CustomLine, GiftCertificateLine, NewLine, OptionChoice, Party, ProductLine, ProviderItemLine,
};
pub use new_line_hosting::{BundleLine, PackageLine, ServiceLine, ServiceOption};
pub use new_line_license::{License, LicenseLine};
pub use public::{PublicCart, PublicCheckout, PublicOrder};
pub use vendor::Vendor;

/// Recordings of what was sent and answered, without credentials, and a transport that answers from them (feature `record`).
///
/// A life of a cart is recorded once, where there is a vendor, and lived again without it; other credentials do:
///
/// ```
/// use std::sync::Arc;
///
/// use cartwright::record::{Recorder, Replay};
/// use cartwright::vendors::bigcommerce::{BigCommerce, BigCommerceConfig};
/// use cartwright::{CartApi, Layers, NewCart, NewLine};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let sandbox = cartwright_sandbox::Sandbox::builder().start().await?;
/// # let settings = sandbox.settings("bigcommerce")?;
/// # let setting = |end: &str| settings.iter().find(|(name, _)| name.ends_with(end)).map(|(_, value)| value.clone());
/// # let (store, token) = (setting("STORE_HASH").unwrap_or_default(), setting("ACCESS_TOKEN").unwrap_or_default());
/// # let base_url = setting("BASE_URL").unwrap_or_default();
/// # let folder = std::env::temp_dir().join(format!("cartwright-record-{}", std::process::id()));
/// let recorder = Recorder::new(&folder);
/// let config = BigCommerceConfig::new(&store, token).layers(Layers::default().inner(recorder.clone()));
/// # let config = config.base_url(&base_url);
/// let cart = BigCommerce::new(config)?.create(NewCart::new().line(NewLine::product("126", 2))).await?;
/// assert!(recorder.problems().is_empty());
/// # sandbox.shutdown().await?;
///
/// let replay = Replay::from_folder(&folder)?;
/// let config = BigCommerceConfig::new(&store, "any token").transport(Arc::new(replay.clone()));
/// # let config = config.base_url(&base_url);
/// let again = BigCommerce::new(config)?.create(NewCart::new().line(NewLine::product("126", 2))).await?;
/// assert_eq!(again.id, cart.id);
/// assert!(replay.exhausted());
/// # std::fs::remove_dir_all(&folder)?;
/// # Ok(())
/// # }
/// ```
#[cfg(feature = "record")]
pub use cartwright_runtime::record;

/// Makes the methods of a [`CartApi`] of one's own: `#[cartwright::async_trait]` stands above the `impl`.
pub use async_trait::async_trait;
/// What the generated clients share: their errors, responses and scalars, and sessions.
pub use cartwright_runtime as runtime;
/// The HTTP library that a caller's own client or raw request comes from.
pub use reqwest;
/// The JSON library that a raw request's body comes from.
pub use serde_json;

/// The generated clients, one for each vendor that is compiled in: the types of [`VendorResponse`] and of each vendor's `client()`.
pub mod clients {
    #[cfg(feature = "bigcommerce")]
    pub use cartwright_bigcommerce as bigcommerce;
    #[cfg(feature = "cpanel")]
    pub use cartwright_cpanel as cpanel;
    #[cfg(feature = "liquidweb")]
    pub use cartwright_liquidweb as liquidweb;
    #[cfg(feature = "webroot")]
    pub use cartwright_webroot as webroot;
}

/// The decimals that [`Decimal::to_decimal`] gives.
pub use cartwright_runtime::rust_decimal;

/// The README's code is compiled and run with the documentation tests.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
pub struct Readme;
