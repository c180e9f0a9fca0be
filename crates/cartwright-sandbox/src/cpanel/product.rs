//! What the providers sell, and the pages of cPanel's interface to buy it on.

use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use super::SECURITY_TOKEN;
use super::envelope::{Answer, Failure, Outcome};
use super::login;
use super::market::Call;
use super::seed::{CertificateTerms, IdentityField, PaymentTrigger, Product, Seed, Validation};
use crate::money;

/// `get_providers_list`
pub(super) fn providers(call: &Call<'_>) -> Answer {
    let told = call
        .data
        .providers
        .iter()
        .map(|provider| json!({"name": provider.name, "display_name": provider.display_name}));
    Value::from_iter(told).into()
}

/// `get_all_products`
pub(super) fn list(call: &Call<'_>) -> Answer {
    let told = call
        .data
        .products
        .iter()
        .map(|product| listed(product, call.data));
    Answer::from(Value::from_iter(told)).transformed()
}

/// `get_provider_specific_dcv_constraints`
pub(super) fn dcv_constraints(call: &Call<'_>) -> Outcome {
    let dcv = &login::provider(call.data, call.asked)?.dcv;
    let characters: Vec<String> = dcv
        .file_allowed_characters
        .chars()
        .map(String::from)
        .collect();
    Ok(json!({
        "dcv_file_allowed_characters": characters,
        "dcv_file_extension": dcv.file_extension,
        "dcv_file_random_character_count": dcv.file_random_character_count,
        "dcv_file_relative_path": dcv.file_relative_path,
        "dcv_max_redirects": dcv.max_redirects,
        "dcv_user_agent_string": dcv.user_agent_string,
    })
    .into())
}

/// `get_product_info`
pub(super) fn info(call: &Call<'_>) -> Outcome {
    let (product, name) = named(call)?;
    let path = completion_path(name);
    let back = |successful: &str| {
        let domain = call.books.session.domain.as_deref();
        let query: Vec<(&str, &str)> = domain
            .map(|domain| ("domain", domain))
            .into_iter()
            .chain([("successful_purchase", successful)])
            .collect();
        let query = serde_urlencoded::to_string(query).unwrap_or_default();
        format!("{}?{query}", in_session(call.data, &path))
    };
    Ok(json!({
        "product_id": product.id.to_string(),
        "redirect_path": path,
        "redirect_url_failure": back("0"),
        "redirect_url_success": back("1"),
    })
    .into())
}

/// `get_build_cart_url`
pub(super) fn build_cart_url(call: &mut Call<'_>) -> Outcome {
    let (_, name) = named(call)?;
    let query = serde_urlencoded::to_string([("product_name", name)]).unwrap_or_default();
    let path = format!("/frontend/jupiter/store/purchase_product_build_cart.html?{query}");
    call.books.session.domain = call.asked.one("domain").map(str::to_owned);
    Ok(json!({"url": in_session(call.data, &path)}).into())
}

/// `get_completion_url`
pub(super) fn completion_url(call: &Call<'_>) -> Outcome {
    let (_, name) = named(call)?;
    let url = in_session(call.data, &completion_path(name));
    Ok(json!({"completion_url": url}).into())
}

/// `get_license_info`
pub(super) fn license_info(call: &mut Call<'_>) -> Answer {
    let session = &mut call.books.session;
    session.licenses_read = true;
    session.licenses_of = call.asked.one("domain").map(str::to_owned);
    Value::Null.into()
}

/// The product that a call names, and the name.
fn named<'a>(call: &Call<'a>) -> Result<(&'a Product, &'a str), Failure> {
    let name = call.asked.required("product_name")?;
    let product = call
        .data
        .product_named(name)
        .ok_or_else(|| Failure::new(format!("There is no product \"{name}\".")))?;
    Ok((product, name))
}

fn completion_path(name: &str) -> String {
    format!("/frontend/jupiter/store/purchase_{name}_completion.html")
}

fn in_session(data: &Seed, path: &str) -> String {
    format!("{}/cpsess{SECURITY_TOKEN}{path}", data.server)
}

fn listed(product: &Product, data: &Seed) -> Value {
    let provider_display_name = data
        .provider(&product.provider)
        .map(|provider| &provider.display_name);
    let mut told = json!({
        "base_name": "",
        "billing_type": product.billing_type,
        "description": product.description,
        "display_name": product.display_name,
        "enabled": 1,
        "icon": ICON,
        "icon_mime_type": "image/svg+xml",
        "license_term": product.license_term,
        "max_users": null,
        "maximum_server_price": null,
        "minimum_server_price": null,
        "price": product.price.as_deref().map(number),
        "price_unit": "USD",
        "product": product.product,
        "product_category": "N/A",
        "product_group": product.group,
        "product_id": product.id,
        "provider_display_name": provider_display_name,
        "provider_name": product.provider,
        "recommended": u8::from(product.recommended),
        "requires_ip": 0,
    });
    if let (Some(terms), Value::Object(told)) = (&product.certificate, &mut told) {
        told.extend(listed_terms(terms));
    }
    told
}

/// An empty picture.
const ICON: &str = "PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4=";

fn listed_terms(terms: &CertificateTerms) -> Map<String, Value> {
    let asked: Vec<Value> = terms
        .identity_verification
        .iter()
        .map(identity_field)
        .collect();
    let (count, unit) = &terms.term;
    let told = json!({
        "x_certificate_term": [count, unit],
        "x_identity_verification": Some(asked).filter(|asked| !asked.is_empty()),
        "x_max_http_redirects": 0,
        "x_payment_trigger": match terms.payment_trigger {
            PaymentTrigger::Checkout => "checkout",
            PaymentTrigger::Issuance => "issuance",
        },
        "x_price_per_domain": number(&terms.price_per_domain),
        "x_price_per_domain_maximum": number(&terms.price_per_domain),
        "x_price_per_domain_minimum": number(&terms.price_per_domain),
        "x_ssl_per_domain_pricing": 1,
        "x_supports_dns_dcv": u8::from(terms.supports_dns_dcv),
        "x_validation_type": match terms.validation {
            Validation::Dv => "dv",
            Validation::Ov => "ov",
            Validation::Ev => "ev",
        },
        "x_warn_after": 604_800,
    });
    let Value::Object(mut told) = told else {
        return Map::new();
    };
    if let Some(price) = &terms.price_per_wildcard_domain {
        for key in [
            "x_price_per_wildcard_domain",
            "x_price_per_wildcard_domain_maximum",
            "x_price_per_wildcard_domain_minimum",
        ] {
            told.insert(key.to_owned(), json!(price));
        }
        told.insert("x_wildcard_parent_domain_free".to_owned(), json!(1));
    }
    told
}

fn identity_field(field: &IdentityField) -> Value {
    let mut told = Map::from_iter([
        ("label".to_owned(), json!(field.label)),
        ("name".to_owned(), json!(field.name)),
    ]);
    if let Some(kind) = &field.kind {
        told.insert("type".to_owned(), json!(kind));
    }
    if field.optional {
        told.insert("is_optional".to_owned(), json!(1));
    }
    Value::Object(told)
}

/// The seed's check let only amounts pass.
fn number(text: &str) -> Value {
    money::write(Decimal::from_str_exact(text).unwrap_or_default())
}
