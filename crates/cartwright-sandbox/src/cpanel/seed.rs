//! What the stand-in starts from: providers, their products, and how they issue certificates.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::state::SeedError;

/// The providers and products of the account's server.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Seed {
    /// The origin of the cPanel server's own pages.
    pub(super) server: String,
    #[serde(default)]
    pub(super) order_item_ids: IdForm,
    pub(super) queue: Queue,
    pub(super) providers: Vec<Provider>,
    #[serde(default)]
    pub(super) products: Vec<Product>,
}

/// How answers write the ids of order items.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum IdForm {
    /// As each function's documentation has it.
    #[default]
    Documented,
    Text,
    Number,
}

/// When the server looks after its pending queue.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Queue {
    pub(super) poll_every_seconds: i64,
    pub(super) cancel_unpaid_after_seconds: i64,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Provider {
    pub(super) name: String,
    pub(super) display_name: String,
    /// The made-up domain of its store.
    pub(super) domain: String,
    /// What a shopper brings back from its login.
    pub(super) login_token: String,
    pub(super) dcv: Dcv,
}

/// What a provider wants of the files that prove the control of a domain.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Dcv {
    pub(super) file_allowed_characters: String,
    pub(super) file_extension: String,
    pub(super) file_random_character_count: u32,
    pub(super) file_relative_path: String,
    pub(super) max_redirects: u32,
    pub(super) user_agent_string: String,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Product {
    pub(super) id: u64,
    pub(super) provider: String,
    pub(super) product: String,
    pub(super) display_name: String,
    pub(super) description: String,
    /// The name that the functions on a product's name know it by. Without one they don't.
    #[serde(default)]
    pub(super) name: Option<String>,
    #[serde(default = "one_time")]
    pub(super) billing_type: String,
    pub(super) group: String,
    /// None of a product without one price.
    #[serde(default)]
    pub(super) price: Option<String>,
    #[serde(default)]
    pub(super) license_term: u32,
    #[serde(default)]
    pub(super) recommended: bool,
    #[serde(default)]
    pub(super) certificate: Option<CertificateTerms>,
}

/// What a product is that is a certificate.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CertificateTerms {
    pub(super) validation: Validation,
    pub(super) term: (u32, String),
    pub(super) payment_trigger: PaymentTrigger,
    pub(super) price_per_domain: String,
    /// None of a product that has no wildcards.
    #[serde(default)]
    pub(super) price_per_wildcard_domain: Option<String>,
    pub(super) supports_dns_dcv: bool,
    /// From the confirmed payment until the domains are validated.
    pub(super) validated_after_seconds: i64,
    /// From the confirmed payment until the certificate is there.
    pub(super) issued_after_seconds: i64,
    #[serde(default)]
    pub(super) identity_verification: Vec<IdentityField>,
}

/// How much of its owner a certificate vouches for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Validation {
    Dv,
    Ov,
    Ev,
}

#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum PaymentTrigger {
    Checkout,
    Issuance,
}

/// What a provider asks about the owner.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct IdentityField {
    pub(super) name: String,
    pub(super) label: String,
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    pub(super) kind: Option<String>,
    #[serde(default)]
    pub(super) optional: bool,
}

fn one_time() -> String {
    "one-time".to_owned()
}

impl Seed {
    /// The seed that stands beside this file.
    pub(crate) fn builtin() -> Result<Self, SeedError> {
        let seed: Self = serde_saphyr::from_str(include_str!("seed.yaml"))
            .map_err(|error| SeedError::at("cpanel", error.to_string()))?;
        seed.check()?;
        Ok(seed)
    }

    /// Finds what no server could start from.
    pub(crate) fn check(&self) -> Result<(), SeedError> {
        if !self.server.starts_with("https://") && !self.server.starts_with("http://") {
            return Err(SeedError::at(
                "cpanel.server",
                "this is no origin; give one as in https://server.example:2083",
            ));
        }
        let Queue {
            poll_every_seconds,
            cancel_unpaid_after_seconds,
        } = self.queue;
        at_least(1, poll_every_seconds, "cpanel.queue.poll_every_seconds")?;
        at_least(
            1,
            cancel_unpaid_after_seconds,
            "cpanel.queue.cancel_unpaid_after_seconds",
        )?;
        if self.providers.is_empty() {
            return Err(SeedError::at(
                "cpanel.providers",
                "there is none; give one at least",
            ));
        }
        self.check_providers()?;
        self.check_products()
    }

    fn check_providers(&self) -> Result<(), SeedError> {
        let mut names = BTreeSet::new();
        for (place, provider) in self.providers.iter().enumerate() {
            let place = format!("cpanel.providers[{place}]");
            let keys = [
                ("name", &provider.name),
                ("domain", &provider.domain),
                ("login_token", &provider.login_token),
            ];
            if let Some((key, _)) = keys.into_iter().find(|(_, text)| text.is_empty()) {
                return Err(SeedError::at(
                    format!("{place}.{key}"),
                    "this is empty; give a text",
                ));
            }
            if !names.insert(&provider.name) {
                return Err(twice(format!("{place}.name"), &provider.name, "provider"));
            }
        }
        Ok(())
    }

    fn check_products(&self) -> Result<(), SeedError> {
        let (mut ids, mut names) = (BTreeSet::new(), BTreeSet::new());
        for (place, product) in self.products.iter().enumerate() {
            let place = format!("cpanel.products[{place}]");
            if !ids.insert(product.id) {
                return Err(twice(format!("{place}.id"), product.id, "product"));
            }
            if let Some(name) = &product.name
                && !names.insert(name)
            {
                return Err(twice(format!("{place}.name"), name, "product"));
            }
            if self.provider(&product.provider).is_none() {
                return Err(SeedError::at(
                    format!("{place}.provider"),
                    format!(
                        "there is no provider \"{}\"; name one of `providers`",
                        product.provider
                    ),
                ));
            }
            product.check(&place)?;
        }
        Ok(())
    }

    pub(super) fn provider(&self, name: &str) -> Option<&Provider> {
        self.providers.iter().find(|provider| provider.name == name)
    }

    pub(super) fn product(&self, id: u64) -> Option<&Product> {
        self.products.iter().find(|product| product.id == id)
    }

    pub(super) fn product_named(&self, name: &str) -> Option<&Product> {
        self.products
            .iter()
            .find(|product| product.name.as_deref() == Some(name))
    }
}

impl Product {
    fn check(&self, place: &str) -> Result<(), SeedError> {
        if let Some(price) = &self.price {
            amount(price, format!("{place}.price"))?;
        }
        let Some(terms) = &self.certificate else {
            return Ok(());
        };
        let place = format!("{place}.certificate");
        amount(&terms.price_per_domain, format!("{place}.price_per_domain"))?;
        if let Some(price) = &terms.price_per_wildcard_domain {
            amount(price, format!("{place}.price_per_wildcard_domain"))?;
        }
        at_least(
            0,
            terms.validated_after_seconds,
            &format!("{place}.validated_after_seconds"),
        )?;
        at_least(
            terms.validated_after_seconds,
            terms.issued_after_seconds,
            &format!("{place}.issued_after_seconds"),
        )
    }
}

fn amount(text: &str, place: String) -> Result<(), SeedError> {
    match Decimal::from_str_exact(text) {
        Ok(amount) if !amount.is_sign_negative() => Ok(()),
        _ => Err(SeedError::at(
            place,
            format!("\"{text}\" is no price; give an amount of 0 or more, as in \"9.00\""),
        )),
    }
}

fn at_least(least: i64, seconds: i64, place: &str) -> Result<(), SeedError> {
    if seconds >= least {
        return Ok(());
    }
    Err(SeedError::at(
        place,
        format!("{seconds} is too short; give {least} seconds or more"),
    ))
}

fn twice(place: String, id: impl std::fmt::Display, of: &str) -> SeedError {
    SeedError::at(
        place,
        format!("{id} stands twice; give each {of} one of its own"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_seed_is_sound() {
        let seed = Seed::builtin().unwrap();
        assert_eq!(seed.providers.len(), 2);
        assert!(seed.product_named("cpanel-ssl").is_some());
    }

    #[test]
    fn a_seed_that_no_server_could_start_from_is_refused_with_its_place() {
        type Spoil = fn(&mut Seed);
        let cases: [(&str, Spoil); 10] = [
            ("cpanel.server", |seed| seed.server = "server".to_owned()),
            ("cpanel.queue.poll_every_seconds", |seed| {
                seed.queue.poll_every_seconds = 0;
            }),
            ("cpanel.queue.cancel_unpaid_after_seconds", |seed| {
                seed.queue.cancel_unpaid_after_seconds = -1;
            }),
            ("cpanel.providers", |seed| seed.providers.clear()),
            ("cpanel.providers[1].name", |seed| {
                seed.providers[1].name = "cPStore".to_owned();
            }),
            ("cpanel.providers[0].login_token", |seed| {
                seed.providers[0].login_token.clear();
            }),
            ("cpanel.products[1].id", |seed| {
                seed.products[1].id = seed.products[0].id;
            }),
            ("cpanel.products[0].provider", |seed| {
                seed.products[0].provider = "Nobody".to_owned();
            }),
            ("cpanel.products[0].price", |seed| {
                seed.products[0].price = Some("-1".to_owned());
            }),
            (
                "cpanel.products[0].certificate.issued_after_seconds",
                |seed| {
                    if let Some(terms) = &mut seed.products[0].certificate {
                        terms.issued_after_seconds = terms.validated_after_seconds - 1;
                    }
                },
            ),
        ];
        for (place, spoil) in cases {
            let mut seed = Seed::builtin().unwrap();
            spoil(&mut seed);
            assert_eq!(seed.check().unwrap_err().place(), place);
        }
    }
}
