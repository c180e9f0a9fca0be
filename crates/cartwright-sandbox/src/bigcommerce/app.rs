//! The apps that may call: API accounts of the store, each with its token and scopes.

use axum::http::Method;
use serde::{Deserialize, Serialize};

use super::errors::Problem;
use super::{ACCESS_TOKEN, CLIENT_ID};

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct App {
    /// The owner of the metafields that the app creates.
    pub(super) client_id: String,
    pub(super) access_token: String,
    scopes: Vec<Scope>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
enum Scope {
    /// Carts and metafields.
    #[serde(rename = "store_cart")]
    Carts,
    #[serde(rename = "store_cart_read_only")]
    CartsToRead,
    /// Cart settings, to read and to change.
    #[serde(rename = "store_v2_information")]
    Settings,
}

/// The app whose token the sandbox prints. It may do everything.
pub(super) fn own() -> App {
    App {
        client_id: CLIENT_ID.to_owned(),
        access_token: ACCESS_TOKEN.to_owned(),
        scopes: vec![Scope::Carts, Scope::Settings],
    }
}

impl App {
    /// Refuses a call for which the app has no scope: 401 for the settings, as documented, else 403.
    pub(super) fn allow(&self, method: &Method, path: &str) -> Result<(), Problem> {
        let has = |scope| self.scopes.contains(&scope);
        if path.contains("/v3/carts/settings") {
            return match has(Scope::Settings) {
                true => Ok(()),
                false => Err(Problem::unauthorized()),
            };
        }
        let reads = method == Method::GET && has(Scope::CartsToRead);
        match reads || has(Scope::Carts) {
            true => Ok(()),
            false => Err(Problem::out_of_scope()),
        }
    }
}
