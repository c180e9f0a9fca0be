//! The seams through which a generated client reaches its session.

use std::future::Future;

use crate::error::Error;
use crate::operation::Operation;
use crate::request::Requests;
use crate::session::{SendError, Session};

/// What a hook learns about the call it stands in.
#[derive(Clone, Debug)]
pub struct OperationInfo {
    /// The operation, from the generated table.
    pub operation: &'static Operation,
}

/// What a generated client is made of.
pub trait ClientInfo<I> {
    /// The version of the API document that the client was generated from.
    fn api_version() -> &'static str;
    /// The base URL, without a trailing slash.
    fn baseurl(&self) -> &str;
    /// Where requests begin.
    fn client(&self) -> &Requests;
    /// The state that the client carries: its session.
    fn inner(&self) -> &I;
}

impl<I, T: ClientInfo<I>> ClientInfo<I> for &T {
    fn api_version() -> &'static str {
        T::api_version()
    }

    fn baseurl(&self) -> &str {
        (*self).baseurl()
    }

    fn client(&self) -> &Requests {
        (*self).client()
    }

    fn inner(&self) -> &I {
        (*self).inner()
    }
}

/// What happens around a call. The defaults send it through the client's [`Session`].
pub trait ClientHooks<I = ()>: ClientInfo<I> {
    /// Runs before the request leaves; the credential is not on it yet.
    ///
    /// # Errors
    /// An error ends the call before anything is sent.
    fn pre<E>(
        &self,
        _request: &mut reqwest::Request,
        _info: &OperationInfo,
    ) -> impl Future<Output = Result<(), Error<E>>> + Send {
        async { Ok(()) }
    }

    /// Sends the request.
    ///
    /// # Errors
    /// A credential is missing or unusable, or no response came.
    fn exec(
        &self,
        request: reqwest::Request,
        info: &OperationInfo,
    ) -> impl Future<Output = Result<reqwest::Response, SendError>> + Send
    where
        Self: Sync,
        I: AsRef<Session>,
    {
        let operation = info.operation;
        async move { self.inner().as_ref().execute(request, operation).await }
    }

    /// Runs when a response (or the lack of one) is known, before its body is read.
    ///
    /// # Errors
    /// An error replaces the response.
    fn post<E>(
        &self,
        _result: &Result<reqwest::Response, SendError>,
        _info: &OperationInfo,
    ) -> impl Future<Output = Result<(), Error<E>>> + Send {
        async { Ok(()) }
    }
}
