use cartwright_runtime::{Credentials, PasswordGrant, Secret};

use crate::connect::{Way, way_setters};
use crate::{Result, Setting, Settings, Vendor};

const CLIENT_ID: Setting =
    Setting::required("CARTWRIGHT_WEBROOT_CLIENT_ID", "the id of the API client");
const CLIENT_SECRET: Setting = Setting::required(
    "CARTWRIGHT_WEBROOT_CLIENT_SECRET",
    "the secret of the API client",
);
const USERNAME: Setting = Setting::required(
    "CARTWRIGHT_WEBROOT_USERNAME",
    "the partner user's address for mail",
);
const PASSWORD: Setting =
    Setting::required("CARTWRIGHT_WEBROOT_PASSWORD", "the partner user's password");
const ORDER_TYPE: Setting = Setting::required(
    "CARTWRIGHT_WEBROOT_ORDER_TYPE",
    "the type of new carts' orders: MSP or RESELLER",
);
const LOCALE: Setting = Setting::optional(
    "CARTWRIGHT_WEBROOT_LOCALE",
    "the locale of carts that name none: en_US unless set",
);
const BASE_URL: Setting = Setting::optional(
    "CARTWRIGHT_WEBROOT_BASE_URL",
    "another address than the vendor's own, for a sandbox",
);
const CA_FILE: Setting = Setting::optional(
    "CARTWRIGHT_WEBROOT_CA_FILE",
    "a file of certificates (PEM) to trust besides the machine's authorities",
);

/// What [`WebrootConfig::from_settings`] reads.
pub(crate) const SETTINGS: &[Setting] = &[
    CLIENT_ID,
    CLIENT_SECRET,
    USERNAME,
    PASSWORD,
    ORDER_TYPE,
    LOCALE,
    BASE_URL,
    CA_FILE,
];

/// How to reach the shop of a Webroot partner.
#[derive(Clone)]
pub struct WebrootConfig {
    pub(crate) way: Way,
    client_id: String,
    client_secret: Secret,
    username: String,
    password: Secret,
    pub(super) order_type: String,
    pub(super) locale: String,
}

impl WebrootConfig {
    /// An API client, the partner user that it acts for, and the type of order: `MSP` or `RESELLER`.
    pub fn new(
        client_id: impl Into<String>,
        client_secret: impl Into<Secret>,
        username: impl Into<String>,
        password: impl Into<Secret>,
        order_type: impl Into<String>,
    ) -> Self {
        Self {
            way: Way::default(),
            client_id: client_id.into(),
            client_secret: client_secret.into(),
            username: username.into(),
            password: password.into(),
            order_type: order_type.into(),
            locale: "en_US".to_owned(),
        }
    }

    /// From the settings that [`Vendor::settings`] lists.
    ///
    /// # Errors
    ///
    /// [`InvalidConfig`](crate::ErrorKind::InvalidConfig) that names the setting.
    pub fn from_settings(settings: &Settings) -> Result<Self> {
        let required = |setting| settings.required(Vendor::Webroot, setting);
        let mut config = Self::new(
            required(CLIENT_ID)?,
            required(CLIENT_SECRET)?,
            required(USERNAME)?,
            required(PASSWORD)?,
            required(ORDER_TYPE)?,
        );
        config.way = Way::from_settings(settings, Vendor::Webroot, BASE_URL, CA_FILE)?;
        if let Some(locale) = settings.optional(Vendor::Webroot, LOCALE.name)? {
            config.locale = locale;
        }
        Ok(config)
    }

    /// The locale of carts that name none.
    #[must_use]
    pub fn locale(mut self, locale: impl Into<String>) -> Self {
        self.locale = locale.into();
        self
    }

    way_setters!(
        "Another address than Webroot's own; `/auth/token` and `/service/api/…` are appended to it."
    );

    pub(super) fn credentials(&self) -> Credentials {
        let grant = PasswordGrant::new(&self.username, self.password.clone());
        let grant = grant
            .client(&self.client_id, self.client_secret.clone())
            .scope("ECom.Shop");
        Credentials::new().oauth2_password("partnerLogin", grant)
    }
}

impl std::fmt::Debug for WebrootConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WebrootConfig")
            .field("base_url", &self.way.shown_base_url())
            .field("client_id", &self.client_id)
            .field("username", &self.username)
            .field("order_type", &self.order_type)
            .field("locale", &self.locale)
            .finish_non_exhaustive()
    }
}
