use std::collections::BTreeMap;
use std::error::Error as StdError;
use std::sync::Arc;

use cartwright_runtime::{ConfigError, HttpTransport, Layers, Transport};
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

/// The vendor's carts, with the settings from the environment: [`Connect`] with nothing else said.
///
/// # Errors
///
/// [`InvalidConfig`](ErrorKind::InvalidConfig) that names the setting that is missing or wrong.
pub fn connect_from_env(vendor: Vendor) -> Result<Box<dyn CartApi>> {
    Connect::new(vendor).open()
}

/// The vendor's carts, with the given settings and, if given, the caller's own transport; the default [`Layers`] stand around it. [`Connect`] can say more.
///
/// # Errors
///
/// [`InvalidConfig`](ErrorKind::InvalidConfig) that names the setting that is missing or wrong.
pub fn connect(
    vendor: Vendor,
    settings: &Settings,
    transport: Option<Arc<dyn Transport>>,
) -> Result<Box<dyn CartApi>> {
    let mut connect = Connect::new(vendor).settings(settings);
    connect.transport = transport;
    connect.open()
}

/// The way to a vendor that is chosen at run time: settings, and how its requests leave.
///
/// ```
/// use std::time::Duration;
///
/// use cartwright::{Connect, Layers, Settings, Vendor};
///
/// # #[cfg(feature = "liquidweb")] {
/// let vendor: Vendor = "liquidweb".parse()?;
/// let shop = Connect::new(vendor)
///     .settings(&Settings::from_pairs([("CARTWRIGHT_LIQUIDWEB_TOKEN", "token")]))
///     .layers(Layers::default().without_rate_limit().deadline(Duration::from_secs(5)))
///     .open()?;
/// assert_eq!(shop.vendor(), vendor);
/// # }
/// # Ok::<(), cartwright::Error>(())
/// ```
#[derive(Clone)]
#[must_use]
pub struct Connect {
    vendor: Vendor,
    settings: Settings,
    base_url: Option<String>,
    transport: Option<Arc<dyn Transport>>,
    layers: Layers,
    root_certificates: Vec<Vec<u8>>,
}

impl Connect {
    /// The vendor, with the settings from the environment, over HTTP, with the default [`Layers`].
    pub fn new(vendor: Vendor) -> Self {
        Self {
            vendor,
            settings: Settings::from_env(),
            base_url: None,
            transport: None,
            layers: Layers::default(),
            root_certificates: Vec::new(),
        }
    }

    /// These settings instead of the environment's.
    pub fn settings(mut self, settings: &Settings) -> Self {
        self.settings = settings.clone();
        self
    }

    /// Another address than the vendor's own and than the settings'.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Another way for requests to leave: a caller's own HTTP client or proxy, by [`HttpTransport`], or a replayed recording.
    pub fn transport(mut self, transport: Arc<dyn Transport>) -> Self {
        self.transport = Some(transport);
        self
    }

    /// What stands around the transport: deadline, repetition, rate limit, spans, and layers of the caller's own, such as a recorder.
    pub fn layers(mut self, layers: Layers) -> Self {
        self.layers = layers;
        self
    }

    /// Trusts this authority besides those of the platform and of the settings: PEM (one or more) or DER bytes.
    ///
    /// A [`transport`](Self::transport) of the caller's own has its own trust, and takes no notice of this.
    pub fn root_certificate(mut self, certificate: impl Into<Vec<u8>>) -> Self {
        self.root_certificates.push(certificate.into());
        self
    }

    /// The vendor's carts; nothing is sent yet.
    ///
    /// # Errors
    ///
    /// [`InvalidConfig`](ErrorKind::InvalidConfig) that names the setting that is missing or wrong, or says why the base URL, a certificate or the transport
    /// can't be used.
    pub fn open(self) -> Result<Box<dyn CartApi>> {
        /// Each vendor has a type and a configuration of its own; the steps are the same.
        macro_rules! open {
            ($api:ty, $config:ty) => {{
                let mut config = <$config>::from_settings(&self.settings)?;
                self.apply(&mut config.way);
                Ok(Box::new(<$api>::new(config)?))
            }};
        }
        match self.vendor {
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

    /// What was said here comes before what the settings say.
    fn apply(self, way: &mut Way) {
        if self.base_url.is_some() {
            way.base_url = self.base_url;
        }
        way.transport = self.transport;
        way.layers = self.layers;
        way.root_certificates.extend(self.root_certificates);
    }
}

impl std::fmt::Debug for Connect {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Connect")
            .field("vendor", &self.vendor)
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}

/// How the requests of a vendor's client leave.
#[derive(Clone, Default)]
pub(crate) struct Way {
    pub(crate) base_url: Option<String>,
    pub(crate) transport: Option<Arc<dyn Transport>>,
    pub(crate) layers: Layers,
    /// Trusted besides the platform's, by a transport that is made here.
    pub(crate) root_certificates: Vec<Vec<u8>>,
}

impl Way {
    /// The address and the trust that the settings give.
    pub(crate) fn from_settings(
        settings: &Settings,
        vendor: Vendor,
        base_url: Setting,
        ca_file: Setting,
    ) -> Result<Self> {
        let mut way = Self {
            base_url: settings.optional(vendor, base_url.name)?,
            ..Self::default()
        };
        if let Some(file) = settings.optional(vendor, ca_file.name)? {
            let certificates = std::fs::read(&file).map_err(|error| {
                let message = format!("`{file}` can't be read: {error}");
                Error::invalid_config(vendor, ca_file.name, message).source_is(error)
            })?;
            way.root_certificates.push(certificates);
        }
        Ok(way)
    }

    /// The given address as `Debug` may show it: one with a user's name or password is refused, but only when the client is opened.
    pub(crate) fn shown_base_url(&self) -> Option<String> {
        let url = self.base_url.as_deref()?;
        // It may be no URL at all, and a password may hold any sign.
        let shown = url.rsplit_once('@').map(|(_, rest)| format!("…@{rest}"));
        Some(shown.unwrap_or_else(|| url.to_owned()))
    }

    /// The vendor's generated client: at the given address or else the vendor's own, over the given transport or else one with the defaults, with the layers around it.
    pub(crate) fn open<C>(
        self,
        vendor: Vendor,
        own_url: impl FnOnce() -> String,
        new: impl FnOnce(&str, Arc<dyn Transport>) -> Result<C, ConfigError>,
    ) -> Result<C> {
        fn invalid(vendor: Vendor, error: impl StdError + Send + Sync + 'static) -> Error {
            Error::new(ErrorKind::InvalidConfig, error.to_string())
                .vendor_is(vendor)
                .source_is(error)
        }
        let transport = match self.transport {
            Some(transport) => transport,
            None => {
                let builder = HttpTransport::builder();
                let builder = self
                    .root_certificates
                    .into_iter()
                    .fold(builder, |builder, trusted| {
                        builder.root_certificate(trusted)
                    });
                match builder.build() {
                    Ok(transport) => Arc::new(transport),
                    Err(error) => return Err(invalid(vendor, error)),
                }
            }
        };
        let base_url = self.base_url.unwrap_or_else(own_url);
        new(&base_url, self.layers.over(transport)).map_err(|error| invalid(vendor, error))
    }
}

/// The setters of a configuration's [`Way`]; the text says what is appended to a base URL.
macro_rules! way_setters {
    ($base_url:literal) => {
        #[doc = $base_url]
        #[must_use]
        pub fn base_url(mut self, url: impl Into<String>) -> Self {
            self.way.base_url = Some(url.into());
            self
        }

        /// Another way for requests to leave: a caller's own HTTP client, proxy, root certificate or `User-Agent`, by [`HttpTransport`](crate::HttpTransport).
        #[must_use]
        pub fn transport(mut self, transport: std::sync::Arc<dyn crate::Transport>) -> Self {
            self.way.transport = Some(transport);
            self
        }

        /// Trusts this authority besides those of the platform: PEM (one or more) or DER bytes. A transport of the caller's own takes no notice of it.
        #[must_use]
        pub fn root_certificate(mut self, certificate: impl Into<Vec<u8>>) -> Self {
            self.way.root_certificates.push(certificate.into());
            self
        }

        /// What stands around the transport: deadline, repetition, rate limit, spans, and layers of the caller's own. All that
        /// [`Layers::default`](crate::Layers) has, unless set.
        #[must_use]
        pub fn layers(mut self, layers: crate::Layers) -> Self {
            self.way.layers = layers;
            self
        }
    };
}

pub(crate) use way_setters;

#[cfg(test)]
mod tests {
    use super::*;

    /// Settings that are enough: all that are required, and a login where there are several.
    fn enough(vendor: Vendor) -> Vec<&'static str> {
        let logins: &[&str] = match vendor.as_str() {
            "cpanel" => &["CARTWRIGHT_CPANEL_API_TOKEN"],
            "liquidweb" => &["CARTWRIGHT_LIQUIDWEB_USER", "CARTWRIGHT_LIQUIDWEB_PASSWORD"],
            _ => &[],
        };
        let required = vendor.settings().iter().filter(|setting| setting.required);
        required
            .map(|setting| setting.name)
            .chain(logins.iter().copied())
            .collect()
    }

    fn open(vendor: Vendor, names: &[&'static str]) -> Result<Box<dyn CartApi>> {
        connect(
            vendor,
            &Settings::from_pairs(names.iter().map(|name| (*name, "1"))),
            None,
        )
    }

    #[test]
    fn what_is_enough_is_listed_and_connects() {
        for &vendor in Vendor::ALL {
            let listed = |name: &&str| {
                vendor
                    .settings()
                    .iter()
                    .any(|setting| setting.name == *name)
            };
            assert!(enough(vendor).iter().all(listed), "{vendor}");
            assert!(open(vendor, &enough(vendor)).is_ok(), "{vendor}");
        }
    }

    #[test]
    fn each_setting_that_is_missing_is_named() {
        for &vendor in Vendor::ALL {
            for missing in enough(vendor) {
                let given: Vec<_> = enough(vendor)
                    .into_iter()
                    .filter(|name| *name != missing)
                    .collect();
                let error = open(vendor, &given).err().expect(missing);
                assert_eq!(
                    (error.kind(), error.field()),
                    (ErrorKind::InvalidConfig, Some(missing))
                );
            }
        }
    }

    #[test]
    fn what_stands_before_the_host_of_a_base_url_is_not_shown() {
        for (given, shown) in [
            ("https://api.example/v1", "https://api.example/v1"),
            ("https://ann:hunter2@api.example/v1", "…@api.example/v1"),
            ("https://ann:hunter2/@#?@api.example", "…@api.example"),
            ("ann:hunter2@api.example", "…@api.example"),
        ] {
            let way = Way {
                base_url: Some(given.to_owned()),
                ..Way::default()
            };
            assert_eq!(way.shown_base_url().as_deref(), Some(shown));
        }
        assert_eq!(Way::default().shown_base_url(), None);
    }

    #[test]
    fn two_logins_at_once_are_refused() {
        for (vendor, also) in [
            ("cpanel", "CARTWRIGHT_CPANEL_PASSWORD"),
            ("liquidweb", "CARTWRIGHT_LIQUIDWEB_TOKEN"),
        ] {
            // Only where the vendor is compiled in.
            let Ok(vendor) = vendor.parse::<Vendor>() else {
                continue;
            };
            let given = [enough(vendor), vec![also]].concat();
            assert_eq!(
                open(vendor, &given).err().expect(also).kind(),
                ErrorKind::InvalidConfig
            );
        }
    }

    #[test]
    fn a_number_that_is_none_is_refused() {
        for (vendor, setting) in [
            ("bigcommerce", "CARTWRIGHT_BIGCOMMERCE_CHANNEL_ID"),
            ("cpanel", "CARTWRIGHT_CPANEL_PORT"),
            ("liquidweb", "CARTWRIGHT_LIQUIDWEB_REGION_ID"),
        ] {
            let Ok(vendor) = vendor.parse::<Vendor>() else {
                continue;
            };
            let pairs = enough(vendor)
                .into_iter()
                .map(|name| (name, "1"))
                .chain([(setting, "many")]);
            let error = connect(vendor, &Settings::from_pairs(pairs), None)
                .err()
                .expect(setting);
            assert_eq!(
                (error.kind(), error.field()),
                (ErrorKind::InvalidConfig, Some(setting))
            );
        }
    }
}
