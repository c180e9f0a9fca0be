//! The stand-ins of one sandbox, side by side.

use std::collections::BTreeMap;

use axum::Router;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use crate::bigcommerce;
use crate::clock::Clock;
use crate::coverage::{Built, Inputs};
use crate::cpanel;
use crate::liquidweb;
use crate::quota::Quota;
use crate::seed_data::SeedData;
use crate::server::VendorAccess;
use crate::state::StateError;
use crate::webroot;

/// A shared handle on the stand-ins of all vendors.
#[derive(Clone, Debug)]
pub(crate) struct Vendors {
    pub(crate) bigcommerce: bigcommerce::Shop,
    pub(crate) cpanel: cpanel::Account,
    pub(crate) liquidweb: liquidweb::Market,
    pub(crate) webroot: webroot::Shop,
}

impl Vendors {
    pub(crate) fn new(seed: u64, clock: &Clock, data: SeedData, quota: Option<Quota>) -> Self {
        Self {
            bigcommerce: bigcommerce::Shop::new(seed, clock.clone(), data.bigcommerce)
                .limited(quota),
            cpanel: cpanel::Account::new(seed, clock.clone(), data.cpanel),
            liquidweb: liquidweb::Market::new(seed, clock.clone(), data.liquidweb),
            webroot: webroot::Shop::new(seed, clock.clone(), data.webroot),
        }
    }

    pub(crate) fn router(&self) -> Router {
        Router::new()
            .merge(bigcommerce::router(self.bigcommerce.clone()))
            .merge(cpanel::router(self.cpanel.clone()))
            .merge(liquidweb::router(self.liquidweb.clone()))
            .merge(webroot::router(self.webroot.clone()))
    }

    pub(crate) fn access(&self, origin: &str) -> Vec<VendorAccess> {
        vec![
            bigcommerce::access(origin),
            cpanel::access(origin, &self.cpanel),
            liquidweb::access(origin, &self.liquidweb),
            webroot::access(origin, &self.webroot),
        ]
    }

    pub(crate) fn reset(&self) {
        self.bigcommerce.reset();
        self.cpanel.reset();
        self.liquidweb.reset();
        self.webroot.reset();
    }

    /// The state of each vendor, by its name.
    pub(crate) fn dump(&self) -> BTreeMap<String, Value> {
        let dumps = [
            ("bigcommerce", self.bigcommerce.dump()),
            ("cpanel", self.cpanel.dump()),
            ("liquidweb", self.liquidweb.dump()),
            ("webroot", self.webroot.dump()),
        ];
        dumps.map(|(name, dump)| (name.to_owned(), dump)).into()
    }

    /// All are read before the first is put, so a state that is wrong anywhere changes nothing.
    pub(crate) fn restore(&self, states: &BTreeMap<String, Value>) -> Result<(), StateError> {
        const NAMES: [&str; 4] = ["bigcommerce", "cpanel", "liquidweb", "webroot"];
        if let Some(odd) = states.keys().find(|name| !NAMES.contains(&name.as_str())) {
            let what = format!(
                "no vendor of the sandbox has that name; they are {}",
                NAMES.join(", ")
            );
            return Err(StateError::at(format!("vendors.{odd}"), what));
        }
        let of = |name: &str| {
            states.get(name).ok_or_else(|| {
                StateError::at(
                    format!("vendors.{name}"),
                    "this is missing; a state has all vendors",
                )
            })
        };
        let bigcommerce = self.bigcommerce.read(of("bigcommerce")?)?;
        let cpanel = self.cpanel.read(of("cpanel")?)?;
        let liquidweb = self.liquidweb.read(of("liquidweb")?)?;
        let webroot = self.webroot.read(of("webroot")?)?;
        self.bigcommerce.put(bigcommerce);
        self.cpanel.put(cpanel);
        self.liquidweb.put(liquidweb);
        self.webroot.put(webroot);
        Ok(())
    }

    /// How a vendor refuses one request too many.
    pub(crate) fn too_many_requests(&self, vendor: &str, path: &str) -> Response {
        match vendor {
            "bigcommerce" => self.bigcommerce.too_many_requests(),
            "liquidweb" => self.liquidweb.too_many_requests(path),
            "webroot" => self.webroot.too_many_requests(),
            // cPanel documents nothing.
            _ => StatusCode::TOO_MANY_REQUESTS.into_response(),
        }
    }

    /// What each vendor's stand-in carries out, by the vendor's name.
    pub(crate) fn operations() -> [(&'static str, &'static [Built]); 4] {
        [
            ("bigcommerce", bigcommerce::operations()),
            ("cpanel", cpanel::operations()),
            ("liquidweb", liquidweb::operations()),
            ("webroot", webroot::operations()),
        ]
    }

    /// What each vendor's stand-in looks for in a request, by the vendor's name.
    pub(crate) fn inputs() -> [(&'static str, &'static Inputs); 4] {
        [
            ("bigcommerce", &bigcommerce::INPUTS),
            ("cpanel", &cpanel::INPUTS),
            ("liquidweb", &liquidweb::INPUTS),
            ("webroot", &webroot::INPUTS),
        ]
    }
}
