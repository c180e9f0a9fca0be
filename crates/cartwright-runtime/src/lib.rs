//! What Cartwright's generated clients share: how bytes move, and how they become values.
//!
//! An application seldom names this crate's inner parts. It builds an [`HttpTransport`], gathers
//! [`Credentials`], joins both in a [`Session`] and hands that to a generated client:
//!
//! ```
//! use std::sync::Arc;
//! use cartwright_runtime::{Credentials, HttpTransport, SchemeKind, SecurityScheme, Session};
//!
//! // A generated client brings its own table of schemes.
//! static SCHEMES: &[SecurityScheme] =
//!     &[SecurityScheme { name: "AuthToken", kind: SchemeKind::ApiKeyHeader("X-Auth-Token") }];
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let transport = HttpTransport::builder().user_agent_suffix("my-shop/1.0").build()?;
//! let credentials = Credentials::new().api_key("AuthToken", "the token");
//! let session =
//!     Session::new("https://api.example.com/stores/abc", credentials, Arc::new(transport), SCHEMES)?;
//! assert_eq!(session.base_url(), "https://api.example.com/stores/abc");
//! # Ok(())
//! # }
//! ```
//!
//! # What is kept
//! Amounts ([`Decimal`]), lenient scalars ([`FlexibleInteger`], [`FlexibleBoolean`],
//! [`FlexibleText`]) and times ([`Timestamp`], [`VendorDateTime`]) are written back as they came.
//! [`Maybe`] tells an absent field from a `null`. A failure ([`Error`]) carries the operation, the
//! HTTP status, the headers, the JSON path and the body.
//!
//! # What is never shown
//! No `Debug`, no error and no message of this crate prints a credential or the query of a URL.
//!
//! # Features
//! - `rustls` (default): TLS by rustls with ring. Without it only plain `http` to loopback works,
//!   unless the caller brings its own [`reqwest::Client`].
//! - `rustls-no-provider`: the same with the provider that the application installs by
//!   `rustls::crypto::CryptoProvider::install_default`, and without ring. Code that leaves the choice to rustls
//!   (`rustls::ClientConfig::builder()`) panics in a build that has both ring and aws-lc-rs; this feature adds neither.
//! - `arbitrary-precision`: every digit and the scale of a JSON number is kept. It switches
//!   `serde_json`'s feature on for the whole build; this crate works in both modes, whoever
//!   switched it on.
//! - `record`: `record`, recordings of what was sent and answered, and a transport that answers from
//!   them.
#![warn(missing_docs)]

pub mod client;
pub mod integer;
#[cfg(feature = "record")]
pub mod record;
pub mod union;

mod body;
mod connector;
mod credentials;
mod datetime;
mod decimal;
mod decode;
mod error;
mod flexible;
mod gzip;
mod hide;
mod hooks;
mod http_transport;
mod layers;
mod nullable;
mod oauth;
mod operation;
mod page;
mod paging;
mod query;
mod request;
mod response;
mod scalar;
mod session;
#[cfg(feature = "rustls-no-provider")]
mod tls;
mod transport;
#[cfg(feature = "rustls-no-provider")]
mod trust;
mod waiting;

pub use credentials::{ConfigError, Credentials, Secret};
pub use datetime::{Timestamp, VendorDateTime};
pub use decimal::{Decimal, DecimalOutOfRange};
pub use decode::decode_json;
pub use error::{
    BegunResponse, DecodeFailure, Error, ErrorResponse, OversizedResponse, UndocumentedResponse,
};
pub use flexible::{FlexibleBoolean, FlexibleInteger, FlexibleText};
pub use hide::REDACTED;
pub use http_transport::{BuildError, HttpTransport, HttpTransportBuilder};
pub use layers::{Layer, Layers, RateLimit, RetryPolicy, Wait, WaitReason};
pub use nullable::{Maybe, Nullable};
pub use oauth::{PasswordGrant, TokenRefused};
pub use operation::{Absent, AbsentState, Operation, Retry, SchemeKind, SecurityScheme};
pub use paging::{Items, Pages, PagingError};
pub use response::{RawResponse, ResponseValue};
/// The decimals that [`Decimal::to_decimal`] gives, to calculate with beyond `+`, `-` and `*`.
pub use rust_decimal;
pub use scalar::ScalarError;
pub use session::Session;
pub use transport::{BoxError, BoxFuture, Transport, TransportError};
