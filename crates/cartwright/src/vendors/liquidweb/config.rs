use cartwright_runtime::{Credentials, Secret};

use crate::connect::{Way, way_setters};
use crate::{Error, Result, Setting, Settings, Vendor};

const USER: Setting = Setting::optional(
    "CARTWRIGHT_LIQUIDWEB_USER",
    "the API user's name, with the password",
);
const PASSWORD: Setting = Setting::optional(
    "CARTWRIGHT_LIQUIDWEB_PASSWORD",
    "the API user's password, or a token in its place",
);
const TOKEN: Setting = Setting::optional(
    "CARTWRIGHT_LIQUIDWEB_TOKEN",
    "a bearer token, instead of name and password",
);
const CYCLE: Setting = Setting::optional(
    "CARTWRIGHT_LIQUIDWEB_CYCLE",
    "the billing cycle of new lines: monthly unless set",
);
const REGION_ID: Setting = Setting::optional(
    "CARTWRIGHT_LIQUIDWEB_REGION_ID",
    "the region of services that name none",
);
const BASE_URL: Setting = Setting::optional(
    "CARTWRIGHT_LIQUIDWEB_BASE_URL",
    "another address than the vendor's own, for a sandbox",
);
const CA_FILE: Setting = Setting::optional(
    "CARTWRIGHT_LIQUIDWEB_CA_FILE",
    "a file of certificates (PEM) to trust besides the machine's authorities",
);

/// What [`LiquidWebConfig::from_settings`] reads.
pub(crate) const SETTINGS: &[Setting] =
    &[USER, PASSWORD, TOKEN, CYCLE, REGION_ID, BASE_URL, CA_FILE];

/// How to reach Liquid Web.
#[derive(Clone)]
pub struct LiquidWebConfig {
    pub(crate) way: Way,
    login: Login,
    pub(super) cycle: String,
    pub(super) region_id: Option<i64>,
}

#[derive(Clone)]
enum Login {
    Password(String, Secret),
    Token(Secret),
}

impl LiquidWebConfig {
    /// An API user's name and password.
    pub fn new(user: impl Into<String>, password: impl Into<Secret>) -> Self {
        Self::with(Login::Password(user.into(), password.into()))
    }

    /// A bearer token.
    pub fn with_token(token: impl Into<Secret>) -> Self {
        Self::with(Login::Token(token.into()))
    }

    fn with(login: Login) -> Self {
        Self {
            way: Way::default(),
            login,
            cycle: "monthly".to_owned(),
            region_id: None,
        }
    }

    /// From the settings that [`Vendor::settings`] lists.
    ///
    /// # Errors
    ///
    /// [`InvalidConfig`](crate::ErrorKind::InvalidConfig) that names the setting.
    pub fn from_settings(settings: &Settings) -> Result<Self> {
        let vendor = Vendor::LiquidWeb;
        let optional = |setting: Setting| settings.optional(vendor, setting.name);
        let mut config = match (optional(USER)?, optional(PASSWORD)?, optional(TOKEN)?) {
            (Some(user), Some(password), None) => Self::new(user, password),
            (None, None, Some(token)) => Self::with_token(token),
            (Some(_), None, None) => {
                return Err(Error::invalid_config(
                    vendor,
                    PASSWORD.name,
                    format!("missing: it is {}", PASSWORD.meaning),
                ));
            }
            (None, Some(_), None) | (None, None, None) => {
                let message = format!("missing: it is {}; or set {}", USER.meaning, TOKEN.name);
                return Err(Error::invalid_config(vendor, USER.name, message));
            }
            (_, _, Some(_)) => {
                return Err(Error::invalid_config(
                    vendor,
                    TOKEN.name,
                    "set beside a name or password: set one or the other",
                ));
            }
        };
        config.way = Way::from_settings(settings, vendor, BASE_URL, CA_FILE)?;
        if let Some(cycle) = optional(CYCLE)? {
            config.cycle = cycle;
        }
        if let Some(region) = optional(REGION_ID)? {
            let id = region.trim().parse().map_err(|_| {
                let shown = crate::id::start_of(&region);
                Error::invalid_config(
                    vendor,
                    REGION_ID.name,
                    format!("`{shown}` is not a region's number"),
                )
            })?;
            config.region_id = Some(id);
        }
        Ok(config)
    }

    way_setters!("Another address than Liquid Web's own; `/bleed/Market/…` is appended to it.");

    /// The billing cycle of new lines, in the vendor's word: `monthly`, `yearly`, …
    #[must_use]
    pub fn cycle(mut self, cycle: impl Into<String>) -> Self {
        self.cycle = cycle.into();
        self
    }

    /// The region of services that name none.
    #[must_use]
    pub fn region_id(mut self, id: i64) -> Self {
        self.region_id = Some(id);
        self
    }

    pub(super) fn credentials(&self) -> Credentials {
        match &self.login {
            Login::Password(user, password) => {
                Credentials::new().basic("BasicAuth", user, password.clone())
            }
            Login::Token(token) => Credentials::new().bearer("BearerAuth", token.clone()),
        }
    }
}

impl std::fmt::Debug for LiquidWebConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LiquidWebConfig")
            .field("base_url", &self.way.shown_base_url())
            .field("cycle", &self.cycle)
            .field("region_id", &self.region_id)
            .finish_non_exhaustive()
    }
}
