//! The names that a generated client imports.
//!
//! Application code finds what it needs at the root of the crate; this module is the contract
//! between this crate and generated sources.

pub use crate::error::Error;
pub use crate::hooks::{ClientHooks, ClientInfo, OperationInfo};
pub use crate::operation::{Absent, AbsentState, Operation, Retry, SchemeKind, SecurityScheme};
pub use crate::paging::{Fetched, Items, PagedCall, Pages, Position, Tells};
pub use crate::query::QueryParam;
pub use crate::request::{RequestBuilder, RequestBuilderExt, RequestError, Requests, encode_path};
pub use crate::response::{ByteStream, Failure, ResponseValue};
pub use crate::session::{SendError, Session};
/// HTTP headers, so that a generated client depends on no HTTP crate of its own.
pub use reqwest::header;
