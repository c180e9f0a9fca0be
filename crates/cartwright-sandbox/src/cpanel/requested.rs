//! One certificate of a request: a JSON text, read in all the forms that its pages show.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::envelope::Failure;
use super::seed::{CertificateTerms, Product, Provider, Seed, Validation};
use crate::money;

/// A certificate as it was asked for.
#[derive(Debug)]
pub(super) struct Requested<'a> {
    pub(super) product: &'a Product,
    pub(super) terms: &'a CertificateTerms,
    pub(super) domains: Vec<Domain>,
    pub(super) vhost_names: Vec<String>,
}

/// A domain that a certificate covers.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Domain {
    pub(super) name: String,
    /// Whether its control is proven by a DNS record, and not by a file.
    pub(super) by_dns: bool,
}

impl<'a> Requested<'a> {
    /// Reads the certificate at this place of the list, counted from 1.
    pub(super) fn read(
        sent: &str,
        place: usize,
        provider: &Provider,
        data: &'a Seed,
    ) -> Result<Self, Failure> {
        let refusal = |why: String| Failure::new(format!("Certificate {place} {why}."));
        let value: Value =
            serde_json::from_str(sent).map_err(|error| refusal(format!("is not JSON: {error}")))?;
        let Value::Object(keys) = value else {
            return Err(refusal("is not a JSON object".to_owned()));
        };
        let required = |name: &str| {
            keys.get(name)
                .filter(|value| !value.is_null())
                .ok_or_else(|| refusal(format!("has no \"{name}\"")))
        };
        let (id, price, names, period) = (
            required("product_id")?,
            required("price")?,
            required("subject_names")?,
            required("validity_period")?,
        );
        let (product, terms) = certificate_product(id, provider, data).ok_or_else(|| {
            refusal(format!(
                "has a \"product_id\" {id} that is no certificate of {}",
                provider.name
            ))
        })?;
        if !is_price(price) {
            return Err(refusal(format!(
                "has a \"price\" {price} that is no amount"
            )));
        }
        if !is_period(period) {
            return Err(refusal(format!(
                "has a \"validity_period\" {period} that is no number with a unit"
            )));
        }
        let domains = subject_names(names).ok_or_else(|| {
            refusal("has \"subject_names\" that are no list of kinds and domains".to_owned())
        })?;
        if domains.iter().any(|domain| domain.by_dns) && !terms.supports_dns_dcv {
            return Err(refusal(
                "wants a validation by DNS, which its product doesn't have".to_owned(),
            ));
        }
        let wildcard = domains.iter().any(|domain| domain.name.starts_with("*."));
        if wildcard && terms.price_per_wildcard_domain.is_none() {
            return Err(refusal(
                "covers a wildcard, which its product doesn't have".to_owned(),
            ));
        }
        let vhost_names = vhost_names(keys.get("vhost_names"))
            .ok_or_else(|| refusal("has \"vhost_names\" that are no list of texts".to_owned()))?;
        Ok(Self {
            product,
            terms,
            domains,
            vhost_names,
        })
    }

    /// Finds what the product asks about the owner and was not told.
    pub(super) fn lacks(&self, identity: Option<&Map<String, Value>>) -> Option<&'a str> {
        let told = |name: &str| match identity.and_then(|identity| identity.get(name)) {
            None | Some(Value::Null) => false,
            Some(Value::String(text)) => !text.is_empty(),
            Some(_) => true,
        };
        self.terms
            .identity_verification
            .iter()
            .find(|field| !field.optional && !told(&field.name))
            .map(|field| field.name.as_str())
    }

    pub(super) fn vouches_for_owner(&self) -> bool {
        self.terms.validation != Validation::Dv
    }
}

fn certificate_product<'a>(
    id: &Value,
    provider: &Provider,
    data: &'a Seed,
) -> Option<(&'a Product, &'a CertificateTerms)> {
    let id = match id {
        Value::Number(id) => id.as_u64()?,
        Value::String(id) => id.parse().ok()?,
        _ => return None,
    };
    let product = data.product(id)?;
    let terms = product.certificate.as_ref()?;
    (product.provider == provider.name).then_some((product, terms))
}

fn is_price(price: &Value) -> bool {
    let amount = match price {
        Value::Number(number) => money::read(number),
        Value::String(text) => Decimal::from_str_exact(text).ok(),
        _ => None,
    };
    amount.is_some_and(|amount| !amount.is_sign_negative())
}

/// `[1,"year"]`, `["1","year"]`, or both in one text, as in `["1, \"year\""]`.
fn is_period(period: &Value) -> bool {
    let Value::Array(parts) = period else {
        return false;
    };
    let parts: Vec<String> = parts
        .iter()
        .map(|part| match part {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        })
        .collect();
    let text = parts.join(",");
    text.split_once(',').is_some_and(|(count, unit)| {
        let unit = unit.trim().trim_matches('"');
        let counts = count.trim().parse::<u32>().is_ok_and(|count| count > 0);
        counts && !unit.is_empty() && unit.bytes().all(|byte| byte.is_ascii_alphabetic())
    })
}

/// `[["dNSName",name]]`, `[{"dNSName":name}]`, or `[{"type":"dNSName","name":name,"dcv_method":"dns"}]`.
fn subject_names(names: &Value) -> Option<Vec<Domain>> {
    let Value::Array(names) = names else {
        return None;
    };
    let domains: Vec<Domain> = names.iter().map(subject_name).collect::<Option<_>>()?;
    (!domains.is_empty()).then_some(domains)
}

fn subject_name(name: &Value) -> Option<Domain> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let (name, method) = match name {
        Value::Array(pair) => match pair.as_slice() {
            [kind, name] if kind == "dNSName" => (text(name)?, None),
            _ => return None,
        },
        Value::Object(keys) => match keys.get("dNSName") {
            Some(name) => (text(name)?, None),
            None => {
                keys.get("type").filter(|kind| *kind == "dNSName")?;
                (text(keys.get("name")?)?, keys.get("dcv_method"))
            }
        },
        _ => return None,
    };
    let by_dns = match method {
        None => false,
        Some(method) => match method.as_str()? {
            "dns" => true,
            "http" => false,
            _ => return None,
        },
    };
    let is_name = !name.is_empty() && !name.contains(|letter: char| letter.is_whitespace());
    is_name.then_some(Domain { name, by_dns })
}

/// A list of texts, or one text with commas.
fn vhost_names(names: Option<&Value>) -> Option<Vec<String>> {
    match names {
        None | Some(Value::Null) => Some(Vec::new()),
        Some(Value::String(text)) => {
            let names = text.split(',').map(|name| name.trim().to_owned());
            Some(names.filter(|name| !name.is_empty()).collect())
        }
        Some(Value::Array(names)) => names
            .iter()
            .map(|name| name.as_str().map(str::to_owned))
            .collect(),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_period_is_read_in_every_form_that_the_pages_show() {
        for period in [
            json!([1, "year"]),
            json!(["1", "year"]),
            json!(["1, \"year\""]),
        ] {
            assert!(is_period(&period), "{period}");
        }
        for period in [
            json!([]),
            json!("1,year"),
            json!([0, "year"]),
            json!([1]),
            json!([1, 2]),
            json!(["year", 1]),
        ] {
            assert!(!is_period(&period), "{period}");
        }
    }

    #[test]
    fn a_subject_is_read_in_every_form_that_the_pages_show() {
        let domain = |by_dns| Domain {
            name: "example.com".to_owned(),
            by_dns,
        };
        for (name, by_dns) in [
            (json!(["dNSName", "example.com"]), false),
            (json!({"dNSName": "example.com"}), false),
            (json!({"type": "dNSName", "name": "example.com"}), false),
            (
                json!({"type": "dNSName", "name": "example.com", "dcv_method": "http"}),
                false,
            ),
            (
                json!({"type": "dNSName", "name": "example.com", "dcv_method": "dns"}),
                true,
            ),
        ] {
            assert_eq!(subject_name(&name), Some(domain(by_dns)), "{name}");
        }
        for name in [
            json!("example.com"),
            json!(["example.com"]),
            json!(["iPAddress", "192.0.2.1"]),
            json!({"dNSName": ""}),
            json!({"dNSName": "two words"}),
            json!({"name": "example.com"}),
            json!({"type": "dNSName", "name": "example.com", "dcv_method": "mail"}),
        ] {
            assert_eq!(subject_name(&name), None, "{name}");
        }
    }
}
