use std::collections::BTreeMap;
use std::sync::Arc;

use cartwright_runtime::{HttpTransport, Transport};

use crate::{CartApi, Error, ErrorKind, Result, Vendor};

/// Where a vendor's settings are looked up: the environment, or pairs of names and values.
///
/// The names are those of the environment variables, whichever way they are given: `CARTWRIGHT_<VENDOR>_<SETTING>`.
/// Each vendor's module lists its own. `Debug` shows names only.
#[derive(Clone)]
pub struct Settings(Source);

#[derive(Clone)]
enum Source {
    Environment,
    Pairs(BTreeMap<String, String>),
}

impl Settings {
    /// The process's environment.
    pub fn from_env() -> Self {
        Self(Source::Environment)
    }

    /// Given names and values.
    pub fn from_pairs(
        pairs: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>,
    ) -> Self {
        Self(Source::Pairs(
            pairs
                .into_iter()
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        ))
    }

    /// A setting that may be missing; an empty one counts as missing.
    ///
    /// # Errors
    ///
    /// [`InvalidConfig`](ErrorKind::InvalidConfig) when the value is not text.
    pub fn optional(&self, vendor: Vendor, name: &str) -> Result<Option<String>> {
        let value = match &self.0 {
            Source::Pairs(pairs) => pairs.get(name).cloned(),
            Source::Environment => match std::env::var(name) {
                Ok(value) => Some(value),
                Err(std::env::VarError::NotPresent) => None,
                Err(std::env::VarError::NotUnicode(_)) => {
                    return Err(Error::invalid_config(
                        vendor,
                        name,
                        "the value is not valid UTF-8",
                    ));
                }
            },
        };
        Ok(value.filter(|value| !value.trim().is_empty()))
    }

    /// A setting that must be there.
    ///
    /// # Errors
    ///
    /// [`InvalidConfig`](ErrorKind::InvalidConfig) that names the setting and what it is for.
    pub fn required(&self, vendor: Vendor, name: &str, what: &str) -> Result<String> {
        let place = match &self.0 {
            Source::Environment => "the environment",
            Source::Pairs(_) => "the settings",
        };
        self.optional(vendor, name)?.ok_or_else(|| {
            Error::invalid_config(
                vendor,
                name,
                format!("missing: set it to {what} in {place}"),
            )
        })
    }
}

impl std::fmt::Debug for Settings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.0 {
            Source::Environment => f.write_str("Settings(environment)"),
            Source::Pairs(pairs) => f.debug_set().entries(pairs.keys()).finish(),
        }
    }
}

/// The vendor's carts, with the settings from the environment.
///
/// # Errors
///
/// [`InvalidConfig`](ErrorKind::InvalidConfig) that names the setting that is missing or wrong.
pub fn connect_from_env(vendor: Vendor) -> Result<Box<dyn CartApi>> {
    connect(vendor, &Settings::from_env(), None)
}

/// The vendor's carts, with the given settings and, if given, the caller's own transport.
///
/// # Errors
///
/// [`InvalidConfig`](ErrorKind::InvalidConfig) that names the setting that is missing or wrong.
pub fn connect(
    vendor: Vendor,
    settings: &Settings,
    transport: Option<Arc<dyn Transport>>,
) -> Result<Box<dyn CartApi>> {
    match vendor {
        #[cfg(feature = "bigcommerce")]
        Vendor::BigCommerce => {
            use crate::vendors::bigcommerce::{BigCommerce, BigCommerceConfig};
            let mut config = BigCommerceConfig::from_settings(settings)?;
            if let Some(transport) = transport {
                config = config.transport(transport);
            }
            Ok(Box::new(BigCommerce::new(config)?))
        }
    }
}

/// The caller's transport, or one with the defaults.
pub(crate) fn transport_or_default(
    vendor: Vendor,
    transport: Option<Arc<dyn Transport>>,
) -> Result<Arc<dyn Transport>> {
    match transport {
        Some(transport) => Ok(transport),
        None => match HttpTransport::builder().build() {
            Ok(transport) => Ok(Arc::new(transport)),
            Err(error) => Err(Error::new(ErrorKind::InvalidConfig, error.to_string())
                .vendor_is(vendor)
                .source_is(error)),
        },
    }
}
