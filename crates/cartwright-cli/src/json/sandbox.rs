//! A sandbox that serves, and what sandboxes sell.

use std::collections::BTreeMap;

use cartwright_sandbox::{Offer, VendorAccess};
use serde::Serialize;

use super::Content;

/// Where a sandbox listens, and what leads there.
#[derive(Serialize)]
pub(crate) struct Sandbox {
    address: String,
    vendors: Vec<StandIn>,
}

impl Content for Sandbox {
    const TYPE: &'static str = "sandbox";
}

#[derive(Serialize)]
struct StandIn {
    vendor: &'static str,
    base_url: String,
    credentials: BTreeMap<&'static str, String>,
    environment: BTreeMap<&'static str, String>,
}

impl Sandbox {
    pub(crate) fn new(sandbox: &cartwright_sandbox::Sandbox) -> Self {
        let stand_in = |access: VendorAccess| StandIn {
            vendor: access.vendor,
            base_url: access.base_url,
            credentials: access.credentials.into_iter().collect(),
            environment: access.environment.into_iter().collect(),
        };
        Self {
            address: sandbox.base_url(),
            vendors: sandbox.vendors().into_iter().map(stand_in).collect(),
        }
    }
}

/// What the stand-ins sell.
#[derive(Serialize)]
pub(crate) struct Offers<'a> {
    offers: Vec<Sold<'a>>,
}

impl Content for Offers<'_> {
    const TYPE: &'static str = "offers";
}

#[derive(Serialize)]
struct Sold<'a> {
    vendor: &'static str,
    line: &'a str,
    name: &'a str,
    price: Option<&'a str>,
    currency: Option<&'a str>,
    per: Option<&'static str>,
}

impl<'a> Offers<'a> {
    pub(crate) fn new(offers: &'a [Offer]) -> Self {
        let sold = |offer: &'a Offer| Sold {
            vendor: offer.vendor,
            line: &offer.line,
            name: &offer.name,
            price: offer.price.as_deref(),
            currency: offer.currency.as_deref(),
            per: offer.per,
        };
        Self {
            offers: offers.iter().map(sold).collect(),
        }
    }
}
