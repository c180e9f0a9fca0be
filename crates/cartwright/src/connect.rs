use std::collections::BTreeMap;
use std::sync::Arc;

use cartwright_runtime::{HttpTransport, Transport};
use serde::Serialize;

use crate::{CartApi, Error, ErrorKind, Result, Vendor};

/// A setting of a vendor: see [`Vendor::settings`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Setting {
    /// The name of the environment variable.
    pub name: &'static str,
    /// Whether the vendor can't be reached without it.
    pub required: bool,
    /// What it is.
    pub meaning: &'static str,
}

impl Setting {
    pub(crate) const fn required(name: &'static str, meaning: &'static str) -> Self {
        Self {
            name,
            required: true,
            meaning,
        }
    }

    pub(crate) const fn optional(name: &'static str, meaning: &'static str) -> Self {
        Self {
            name,
            required: false,
            meaning,
        }
    }
}

/// Where a vendor's settings are looked up: the environment, or pairs of names and values.
///
/// The names are those of the environment variables, whichever way they are given: `CARTWRIGHT_<VENDOR>_<SETTING>`.
/// [`Vendor::settings`] lists them. `Debug` shows names only.
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
    pub(crate) fn optional(&self, vendor: Vendor, name: &str) -> Result<Option<String>> {
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
    pub(crate) fn required(&self, vendor: Vendor, setting: Setting) -> Result<String> {
        self.optional(vendor, setting.name)?.ok_or_else(|| {
            let message = format!("missing: it is {}", setting.meaning);
            Error::invalid_config(vendor, setting.name, message)
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
    /// Each vendor has a type and a configuration of its own; the steps are the same.
    macro_rules! open {
        ($api:ty, $config:ty) => {{
            let mut config = <$config>::from_settings(settings)?;
            if let Some(transport) = transport {
                config = config.transport(transport);
            }
            Ok(Box::new(<$api>::new(config)?))
        }};
    }
    match vendor {
        #[cfg(feature = "bigcommerce")]
        Vendor::BigCommerce => open!(
            crate::vendors::bigcommerce::BigCommerce,
            crate::vendors::bigcommerce::BigCommerceConfig
        ),
        #[cfg(feature = "cpanel")]
        Vendor::Cpanel => open!(
            crate::vendors::cpanel::Cpanel,
            crate::vendors::cpanel::CpanelConfig
        ),
        #[cfg(feature = "liquidweb")]
        Vendor::LiquidWeb => open!(
            crate::vendors::liquidweb::LiquidWeb,
            crate::vendors::liquidweb::LiquidWebConfig
        ),
        #[cfg(feature = "webroot")]
        Vendor::Webroot => open!(
            crate::vendors::webroot::Webroot,
            crate::vendors::webroot::WebrootConfig
        ),
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A value that every setting takes.
    fn value(name: &str) -> &'static str {
        match name.ends_with("_BASE_URL") {
            true => "http://127.0.0.1:9",
            false => "1",
        }
    }

    #[test]
    fn the_required_settings_are_enough_and_all_are_taken() {
        for vendor in Vendor::ALL {
            for only_required in [true, false] {
                let given = vendor
                    .settings()
                    .iter()
                    .filter(|setting| setting.required || !only_required);
                let settings =
                    Settings::from_pairs(given.map(|setting| (setting.name, value(setting.name))));
                assert!(connect(*vendor, &settings, None).is_ok(), "{vendor}");
            }
        }
    }

    #[test]
    fn a_missing_required_setting_is_named_by_the_vendor() {
        for vendor in Vendor::ALL {
            assert!(
                vendor.settings().iter().any(|setting| setting.required),
                "{vendor}"
            );
            for missing in vendor.settings().iter().filter(|setting| setting.required) {
                let given = vendor
                    .settings()
                    .iter()
                    .filter(|setting| *setting != missing);
                let settings =
                    Settings::from_pairs(given.map(|setting| (setting.name, value(setting.name))));
                let error = connect(*vendor, &settings, None).err().expect(missing.name);
                assert_eq!(
                    (error.kind(), error.field()),
                    (ErrorKind::InvalidConfig, Some(missing.name))
                );
            }
        }
    }
}
