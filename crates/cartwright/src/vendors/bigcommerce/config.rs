use cartwright_runtime::{Credentials, Secret};

use crate::connect::{Way, way_setters};
use crate::{Error, Result, Setting, Settings, Vendor};

const STORE_HASH: Setting = Setting::required(
    "CARTWRIGHT_BIGCOMMERCE_STORE_HASH",
    "the store's permanent id, as in its API path",
);
const ACCESS_TOKEN: Setting = Setting::required(
    "CARTWRIGHT_BIGCOMMERCE_ACCESS_TOKEN",
    "the token of an API account with the scope store_cart",
);
const CHANNEL_ID: Setting = Setting::optional(
    "CARTWRIGHT_BIGCOMMERCE_CHANNEL_ID",
    "the channel that carts are created in, instead of the store's default",
);
const BASE_URL: Setting = Setting::optional(
    "CARTWRIGHT_BIGCOMMERCE_BASE_URL",
    "another address than the vendor's own, for a sandbox",
);
const CA_FILE: Setting = Setting::optional(
    "CARTWRIGHT_BIGCOMMERCE_CA_FILE",
    "a file of certificates (PEM) to trust besides the machine's authorities",
);

/// What [`BigCommerceConfig::from_settings`] reads.
pub(crate) const SETTINGS: &[Setting] = &[STORE_HASH, ACCESS_TOKEN, CHANNEL_ID, BASE_URL, CA_FILE];

/// How to reach a BigCommerce store.
#[derive(Clone)]
pub struct BigCommerceConfig {
    pub(crate) way: Way,
    pub(super) store_hash: String,
    pub(super) access_token: Secret,
    pub(super) channel_id: Option<i64>,
}

impl BigCommerceConfig {
    /// The store and its access token.
    pub fn new(store_hash: impl Into<String>, access_token: impl Into<Secret>) -> Self {
        Self {
            way: Way::default(),
            store_hash: store_hash.into(),
            access_token: access_token.into(),
            channel_id: None,
        }
    }

    /// From the settings that [`Vendor::settings`] lists.
    ///
    /// # Errors
    ///
    /// [`InvalidConfig`](crate::ErrorKind::InvalidConfig) that names the setting.
    pub fn from_settings(settings: &Settings) -> Result<Self> {
        let vendor = Vendor::BigCommerce;
        let store_hash = settings.required(vendor, STORE_HASH)?;
        let token = settings.required(vendor, ACCESS_TOKEN)?;
        let mut config = Self::new(store_hash, token);
        config.way = Way::from_settings(settings, vendor, BASE_URL, CA_FILE)?;
        if let Some(channel) = settings.optional(vendor, CHANNEL_ID.name)? {
            let id = channel.trim().parse().map_err(|_| {
                let shown = crate::id::start_of(&channel);
                let message = format!("`{shown}` is not a channel's number");
                Error::invalid_config(vendor, CHANNEL_ID.name, message)
            })?;
            config.channel_id = Some(id);
        }
        Ok(config)
    }

    way_setters!("Another address than BigCommerce's own; `/v3/carts` is appended to it.");

    /// The channel that carts are created in.
    #[must_use]
    pub fn channel_id(mut self, id: i64) -> Self {
        self.channel_id = Some(id);
        self
    }

    pub(super) fn credentials(&self) -> Credentials {
        Credentials::new().api_key("XAuthToken", self.access_token.clone())
    }
}

impl std::fmt::Debug for BigCommerceConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BigCommerceConfig")
            .field("base_url", &self.way.shown_base_url())
            .field("store_hash", &self.store_hash)
            .field("channel_id", &self.channel_id)
            .finish_non_exhaustive()
    }
}
