//! The life of a certificate: requested, paid for, validated, issued, or cancelled on the way.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::account::Order;
use super::requested::Domain;
use super::seed::{CertificateTerms, Queue, Seed};
use crate::state::StateError;

/// A certificate that was requested. Times are seconds since 1970.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Certificate {
    pub(super) order: u64,
    pub(super) provider: String,
    pub(super) product: u64,
    pub(super) domains: Vec<Domain>,
    pub(super) vhost_names: Vec<String>,
    /// None of a certificate that vouches for nothing but its domains.
    pub(super) identity_verification: Option<Map<String, Value>>,
    pub(super) created: i64,
    /// When its payment was confirmed.
    pub(super) confirmed: Option<i64>,
    pub(super) first_poll: i64,
    pub(super) last_poll: i64,
    pub(super) last_status: Trouble,
    pub(super) place: Place,
}

/// Why a certificate is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub(super) enum Trouble {
    CertificateNotFound,
    RequiresApproval,
    OrderCanceled,
    OrderItemCanceled,
}

/// Where a certificate is, as the server knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Place {
    Queue,
    Installed,
    Cancelled,
}

/// How far a certificate is, as its provider knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    Unpaid,
    Validating,
    Validated,
    Issued,
    Cancelled,
}

impl Trouble {
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::CertificateNotFound => "CertificateNotFound",
            Self::RequiresApproval => "RequiresApproval",
            Self::OrderCanceled => "OrderCanceled",
            Self::OrderItemCanceled => "OrderItemCanceled",
        }
    }
}

impl Certificate {
    pub(super) fn terms<'a>(&self, data: &'a Seed) -> Option<&'a CertificateTerms> {
        data.product(self.product)?.certificate.as_ref()
    }

    pub(super) fn is_pending(&self) -> bool {
        self.place == Place::Queue
    }

    pub(super) fn stage(&self, terms: &CertificateTerms, now: i64) -> Stage {
        let Some(confirmed) = self.confirmed else {
            return match self.place {
                Place::Cancelled => Stage::Cancelled,
                Place::Queue | Place::Installed => Stage::Unpaid,
            };
        };
        let since = now.saturating_sub(confirmed);
        match self.place {
            Place::Cancelled => Stage::Cancelled,
            // It stays issued, even if the clock was set back.
            Place::Installed => Stage::Issued,
            Place::Queue if since >= terms.issued_after_seconds => Stage::Issued,
            Place::Queue if since >= terms.validated_after_seconds => Stage::Validated,
            Place::Queue => Stage::Validating,
        }
    }

    /// Asks the provider, as the server does at this time.
    pub(super) fn poll(&mut self, terms: &CertificateTerms, queue: &Queue, at: i64) {
        self.last_poll = at;
        let waited = at.saturating_sub(self.created);
        match self.stage(terms, at) {
            Stage::Unpaid if waited >= queue.cancel_unpaid_after_seconds => {
                self.last_status = Trouble::OrderCanceled;
                self.place = Place::Cancelled;
            }
            Stage::Unpaid => self.last_status = Trouble::CertificateNotFound,
            Stage::Validating | Stage::Validated => self.last_status = Trouble::RequiresApproval,
            Stage::Issued => self.place = Place::Installed,
            Stage::Cancelled => {}
        }
    }

    /// Polls as the server did by itself since it was last looked at.
    pub(super) fn catch_up(&mut self, terms: &CertificateTerms, queue: &Queue, now: i64) {
        let waited = now.saturating_sub(self.created);
        let latest = now.saturating_sub(waited.rem_euclid(queue.poll_every_seconds));
        if self.is_pending() && latest > self.last_poll {
            self.poll(terms, queue, latest);
        }
    }

    pub(super) fn cancel(&mut self) {
        self.last_status = Trouble::OrderItemCanceled;
        self.place = Place::Cancelled;
    }

    pub(super) fn names(&self) -> Vec<&str> {
        let names = self.domains.iter().map(|domain| domain.name.as_str());
        names.collect()
    }

    /// A text in the form of a request, which no authority could read.
    pub(super) fn csr(&self, order_item: u64) -> String {
        self.pem("CERTIFICATE REQUEST", order_item)
    }

    /// A text in the form of a certificate, which no browser would trust.
    pub(super) fn certificate(&self, order_item: u64) -> String {
        self.pem("CERTIFICATE", order_item)
    }

    fn pem(&self, label: &str, order_item: u64) -> String {
        let content = format!("sandbox {label} {order_item} {}", self.names().join(" "));
        let encoded = STANDARD.encode(content);
        let mut pem = format!("-----BEGIN {label}-----\n");
        for (place, letter) in encoded.chars().enumerate() {
            if place > 0 && place % 64 == 0 {
                pem.push('\n');
            }
            pem.push(letter);
        }
        pem.push_str(&format!("\n-----END {label}-----\n"));
        pem
    }

    pub(super) fn check(
        &self,
        id: u64,
        orders: &BTreeMap<u64, Order>,
        data: &Seed,
    ) -> Result<(), StateError> {
        let place = format!("vendors.cpanel.certificates.{id}");
        let order = orders
            .get(&self.order)
            .filter(|order| order.provider == self.provider)
            .filter(|order| order.items.iter().any(|item| item.id == id));
        if order.is_none() {
            return Err(StateError::at(
                format!("{place}.order"),
                format!(
                    "{} has no order {} with the item {id}; name the order that holds it",
                    self.provider, self.order
                ),
            ));
        }
        if self.terms(data).is_none() {
            return Err(StateError::at(
                format!("{place}.product"),
                format!(
                    "the seed has no certificate {}; name one of the seed's products",
                    self.product
                ),
            ));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn certificate() -> Certificate {
        Certificate {
            order: 1,
            provider: "cPStore".to_owned(),
            product: 143,
            domains: Vec::new(),
            vhost_names: Vec::new(),
            identity_verification: None,
            created: 1000,
            confirmed: None,
            first_poll: 1000,
            last_poll: 1000,
            last_status: Trouble::CertificateNotFound,
            place: Place::Queue,
        }
    }

    #[test]
    fn the_server_polls_at_whole_intervals_since_the_request() {
        let data = Seed::builtin().unwrap();
        let mut certificate = certificate();
        let terms = certificate.terms(&data).unwrap();
        for (now, last_poll) in [(1000, 1000), (1299, 1000), (1300, 1300), (1999, 1900)] {
            certificate.catch_up(terms, &data.queue, now);
            assert_eq!(certificate.last_poll, last_poll, "{now}");
        }
    }

    #[test]
    fn a_clock_that_is_set_back_polls_nothing() {
        let data = Seed::builtin().unwrap();
        let mut certificate = certificate();
        let terms = certificate.terms(&data).unwrap();
        certificate.catch_up(terms, &data.queue, 0);
        assert_eq!(certificate.last_poll, 1000);
    }

    #[test]
    fn an_installed_certificate_stays_issued_when_the_clock_is_set_back() {
        let data = Seed::builtin().unwrap();
        let mut certificate = certificate();
        let terms = certificate.terms(&data).unwrap();
        certificate.confirmed = Some(1000);
        certificate.catch_up(terms, &data.queue, 1900);
        assert_eq!(certificate.place, Place::Installed);
        assert_eq!(certificate.stage(terms, 1000), Stage::Issued);
    }
}
