use cartwright_runtime::{Credentials, Secret};

use crate::connect::{Way, way_setters};
use crate::{Error, Result, Setting, Settings, Vendor};

const HOST: Setting = Setting::required("CARTWRIGHT_CPANEL_HOST", "the server's name");
const PORT: Setting = Setting::optional(
    "CARTWRIGHT_CPANEL_PORT",
    "the server's port for cPanel: 2083 unless set",
);
const USER: Setting = Setting::required("CARTWRIGHT_CPANEL_USER", "the cPanel user");
const API_TOKEN: Setting =
    Setting::optional("CARTWRIGHT_CPANEL_API_TOKEN", "an API token of the user");
const PASSWORD: Setting = Setting::optional(
    "CARTWRIGHT_CPANEL_PASSWORD",
    "the user's password, instead of an API token",
);
const PROVIDER: Setting = Setting::optional(
    "CARTWRIGHT_CPANEL_PROVIDER",
    "the provider of the market: cPStore unless set",
);
const ACCESS_TOKEN: Setting = Setting::required(
    "CARTWRIGHT_CPANEL_ACCESS_TOKEN",
    "the provider's access token, from its login",
);
const RETURN_URL: Setting = Setting::required(
    "CARTWRIGHT_CPANEL_RETURN_URL",
    "where the shopper goes after the checkout",
);
const BASE_URL: Setting = Setting::optional(
    "CARTWRIGHT_CPANEL_BASE_URL",
    "another address than the server's own, for a sandbox",
);
const CA_FILE: Setting = Setting::optional(
    "CARTWRIGHT_CPANEL_CA_FILE",
    "a file of certificates (PEM) to trust besides the machine's authorities",
);

/// What [`CpanelConfig::from_settings`] reads.
pub(crate) const SETTINGS: &[Setting] = &[
    HOST,
    PORT,
    USER,
    API_TOKEN,
    PASSWORD,
    PROVIDER,
    ACCESS_TOKEN,
    RETURN_URL,
    BASE_URL,
    CA_FILE,
];

/// How to reach the market of a cPanel account.
#[derive(Clone)]
pub struct CpanelConfig {
    pub(crate) way: Way,
    pub(super) host: String,
    pub(super) port: u16,
    user: String,
    login: Login,
    pub(super) provider: String,
    pub(super) access_token: Secret,
    pub(super) return_url: String,
}

#[derive(Clone)]
enum Login {
    ApiToken(Secret),
    Password(Secret),
}

impl CpanelConfig {
    /// A server, a user with an API token, the access token that the provider's login gave, and where the shopper goes after the checkout.
    pub fn new(
        host: impl Into<String>,
        user: impl Into<String>,
        api_token: impl Into<Secret>,
        access_token: impl Into<Secret>,
        return_url: impl Into<String>,
    ) -> Self {
        Self {
            way: Way::default(),
            host: host.into(),
            port: 2083,
            user: user.into(),
            login: Login::ApiToken(api_token.into()),
            provider: "cPStore".to_owned(),
            access_token: access_token.into(),
            return_url: return_url.into(),
        }
    }

    /// From the settings that [`Vendor::settings`] lists.
    ///
    /// # Errors
    ///
    /// [`InvalidConfig`](crate::ErrorKind::InvalidConfig) that names the setting.
    pub fn from_settings(settings: &Settings) -> Result<Self> {
        let vendor = Vendor::Cpanel;
        let host = settings.required(vendor, HOST)?;
        let user = settings.required(vendor, USER)?;
        let login = match (
            settings.optional(vendor, API_TOKEN.name)?,
            settings.optional(vendor, PASSWORD.name)?,
        ) {
            (Some(token), None) => Login::ApiToken(token.into()),
            (None, Some(password)) => Login::Password(password.into()),
            (None, None) => {
                let message = format!(
                    "missing: it is {}; or set {}",
                    API_TOKEN.meaning, PASSWORD.name
                );
                return Err(Error::invalid_config(vendor, API_TOKEN.name, message));
            }
            (Some(_), Some(_)) => {
                return Err(Error::invalid_config(
                    vendor,
                    API_TOKEN.name,
                    "set beside a password: set one or the other",
                ));
            }
        };
        let access_token = settings.required(vendor, ACCESS_TOKEN)?;
        let return_url = settings.required(vendor, RETURN_URL)?;
        let mut config = Self {
            login,
            ..Self::new(host, user, "", access_token, return_url)
        };
        config.way = Way::from_settings(settings, vendor, BASE_URL, CA_FILE)?;
        if let Some(provider) = settings.optional(vendor, PROVIDER.name)? {
            config.provider = provider;
        }
        if let Some(port) = settings.optional(vendor, PORT.name)? {
            config.port = port.trim().parse().map_err(|_| {
                let shown = crate::id::start_of(&port);
                Error::invalid_config(vendor, PORT.name, format!("`{shown}` is not a port"))
            })?;
        }
        Ok(config)
    }

    /// Logs in by password instead of an API token.
    #[must_use]
    pub fn password(mut self, password: impl Into<Secret>) -> Self {
        self.login = Login::Password(password.into());
        self
    }

    /// The provider of the market.
    #[must_use]
    pub fn provider(mut self, name: impl Into<String>) -> Self {
        self.provider = name.into();
        self
    }

    /// The server's port for cPanel.
    #[must_use]
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    way_setters!("Another address than the server's own; `/execute/Market/…` is appended to it.");

    pub(super) fn credentials(&self) -> Credentials {
        // A field of the calls carries it.
        let credentials = Credentials::new().also_hide(self.access_token.clone());
        match &self.login {
            Login::ApiToken(token) => credentials.also_hide(token.clone()).api_key(
                "ApiToken",
                format!("cpanel {}:{}", self.user, token.expose()),
            ),
            Login::Password(password) => {
                credentials.basic("BasicAuth", &self.user, password.clone())
            }
        }
    }
}

impl std::fmt::Debug for CpanelConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CpanelConfig")
            .field("base_url", &self.way.shown_base_url())
            .field("host", &self.host)
            .field("port", &self.port)
            .field("user", &self.user)
            .field("provider", &self.provider)
            .field("return_url", &self.return_url)
            .finish_non_exhaustive()
    }
}
