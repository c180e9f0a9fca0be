//! The way to one vendor's stand-in.

use std::error::Error;
use std::fmt;

use crate::server::{Sandbox, VendorAccess};

impl Sandbox {
    /// How to reach the stand-in of one vendor, by its name in lower case.
    ///
    /// # Errors
    /// If the sandbox has no stand-in of that name.
    ///
    /// ```
    /// use cartwright_sandbox::Sandbox;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let sandbox = Sandbox::start().await?;
    /// let webroot = sandbox.access("webroot")?;
    /// assert!(webroot.credential("password").is_some());
    ///
    /// let error = sandbox.access("shopfront").unwrap_err();
    /// assert!(error.to_string().starts_with("the sandbox has no stand-in for `shopfront`"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn access(&self, vendor: &str) -> Result<VendorAccess, NoStandIn> {
        let all = self.vendors();
        let has = all.iter().map(|access| access.vendor).collect();
        all.into_iter()
            .find(|access| access.vendor == vendor)
            .ok_or_else(|| NoStandIn {
                vendor: vendor.to_owned(),
                has,
            })
    }

    /// The settings that lead to the stand-in of one vendor, as names of environment variables and their values: what
    /// `cartwright::Settings::from_pairs` takes.
    ///
    /// # Errors
    /// If the sandbox has no stand-in of that name.
    ///
    /// ```
    /// use cartwright_sandbox::Sandbox;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let sandbox = Sandbox::start().await?;
    /// let settings = sandbox.settings("bigcommerce")?;
    /// assert!(settings.iter().any(|(name, _)| *name == "CARTWRIGHT_BIGCOMMERCE_ACCESS_TOKEN"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn settings(&self, vendor: &str) -> Result<Vec<(&'static str, String)>, NoStandIn> {
        Ok(self.access(vendor)?.environment)
    }
}

/// The sandbox stands in for no vendor of that name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoStandIn {
    vendor: String,
    has: Vec<&'static str>,
}

impl fmt::Display for NoStandIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { vendor, has } = self;
        let has = has.join(", ");
        write!(
            f,
            "the sandbox has no stand-in for `{vendor}`: it has {has}"
        )
    }
}

impl Error for NoStandIn {}
