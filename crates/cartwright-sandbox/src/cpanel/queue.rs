//! Certificates on their way: requested, in the pending queue, issued or cancelled.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};

use super::account::Order;
use super::cart::{checkout_url, written};
use super::certificate::{Certificate, Place, Stage, Trouble};
use super::envelope::{Answer, Failure, Outcome};
use super::login;
use super::market::Call;
use super::parameters::is_digits;
use super::requested::Requested;
use super::seed::{CertificateTerms, IdForm, Provider, Validation};

/// Brings the queue to the present.
pub(super) fn catch_up(call: &mut Call<'_>) {
    for certificate in call.books.certificates.values_mut() {
        if let Some(terms) = certificate.terms(call.data) {
            certificate.catch_up(terms, &call.data.queue, call.now);
        }
    }
}

/// `request_ssl_certificates`
pub(super) fn request(call: &mut Call<'_>) -> Outcome {
    let access_token = call.asked.required("access_token")?;
    let provider = login::provider(call.data, call.asked)?;
    let sent = call.asked.list("certificate")?;
    let url_after_checkout = match call.asked.one("url_after_checkout") {
        None => "",
        Some(_) => login::web_address(call.asked, "url_after_checkout")?,
    };
    if url_after_checkout.contains('?') {
        return Err(Failure::new("The \"url_after_checkout\" has a query."));
    }
    login::refuse_stranger(call, access_token, provider)?;
    let identity = identity(call)?;
    let requested: Vec<Requested<'_>> = sent
        .iter()
        .zip(1..)
        .map(|(sent, place)| Requested::read(sent, place, provider, call.data))
        .collect::<Result<_, _>>()?;
    if let Some(name) = requested
        .iter()
        .find_map(|one| one.lacks(identity.as_ref()))
    {
        return Err(Failure::new(format!(
            "The \"identity_verification\" has no \"{name}\"."
        )));
    }
    let items: Vec<_> = sent
        .into_iter()
        .map(|sent| call.books.new_order_item(sent.to_owned()))
        .collect();
    let ids: Vec<u64> = items.iter().map(|item| item.id).collect();
    let order = call.books.keep(Order {
        provider: provider.name.clone(),
        items,
        url_after_checkout: url_after_checkout.to_owned(),
    });
    let mut told = Vec::new();
    for (id, one) in ids.into_iter().zip(requested) {
        told.push(json!({
            "key_id": key_id(&call.books.ids.token()),
            "order_item_id": written(call.data.order_item_ids, id, IdForm::Number),
        }));
        let certificate = Certificate {
            order,
            provider: provider.name.clone(),
            product: one.product.id,
            identity_verification: identity.clone().filter(|_| one.vouches_for_owner()),
            domains: one.domains,
            vhost_names: one.vhost_names,
            created: call.now,
            confirmed: None,
            first_poll: call.now,
            last_poll: call.now,
            last_status: Trouble::CertificateNotFound,
            place: Place::Queue,
        };
        call.books.certificates.insert(id, certificate);
    }
    let certificates = match told.as_slice() {
        [only] => only.clone(),
        _ => json!(told),
    };
    Ok(json!({
        "certificates": certificates,
        "checkout_url": checkout_url(provider, order),
        "order_id": order,
    })
    .into())
}

/// `get_pending_ssl_certificates`
pub(super) fn pending(call: &Call<'_>) -> Outcome {
    let provider = login::provider(call.data, call.asked)?;
    let told = call
        .books
        .certificates
        .iter()
        .filter(|(_, certificate)| {
            certificate.is_pending() && certificate.provider == provider.name
        })
        .map(|(id, certificate)| {
            let mut told = entry(call, *id, certificate);
            told.insert("support_uri".to_owned(), support_uri(provider));
            if let Some(identity) = &certificate.identity_verification {
                told.insert("identity_verification".to_owned(), json!(identity));
            }
            Value::Object(told)
        });
    Ok(Value::from_iter(told).into())
}

/// `set_status_of_pending_queue_items`
pub(super) fn set_status(call: &mut Call<'_>) -> Outcome {
    let sent = call.asked.list("order_item_id")?;
    let provider = login::provider(call.data, call.asked)?;
    let status = call.asked.required("status")?;
    if status != "confirmed" {
        return Err(Failure::new(format!(
            "The \"status\" {status} is not \"confirmed\"."
        )));
    }
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for text in sent {
        match waiting(call, provider, text) {
            Some(id) => known.push(id),
            None => unknown.push(text),
        }
    }
    if !unknown.is_empty() {
        let data = unknown_items(call.data.order_item_ids, &unknown);
        return Err(no_entry(provider, &unknown).with_data(data));
    }
    for id in known {
        if let Some(item) = call.books.order_item(&provider.name, id) {
            item.confirmed = true;
        }
        if let Some(certificate) = call.books.certificates.get_mut(&id) {
            certificate.confirmed.get_or_insert(call.now);
        }
    }
    Ok(Value::Null.into())
}

/// `cancel_pending_ssl_certificate`
pub(super) fn cancel(call: &mut Call<'_>) -> Outcome {
    let sent = call.asked.required("order_item_id")?;
    let provider = login::provider(call.data, call.asked)?;
    let id = digits(sent).unwrap_or_default();
    let certificate =
        call.books.certificates.get_mut(&id).filter(|certificate| {
            certificate.is_pending() && certificate.provider == provider.name
        });
    match certificate {
        Some(certificate) => certificate.cancel(),
        None => return Err(no_entry(provider, &[sent])),
    }
    let told = call.books.certificates.get(&id).map(|certificate| {
        let mut told = entry(call, id, certificate);
        told.insert("support_uri".to_owned(), support_uri(provider));
        told
    });
    Ok(Value::from_iter(told).into())
}

/// `process_ssl_pending_queue`
pub(super) fn process(call: &mut Call<'_>) -> Answer {
    let mut polled = Vec::new();
    for (id, certificate) in &mut call.books.certificates {
        if let Some(terms) = certificate.terms(call.data)
            && certificate.is_pending()
        {
            certificate.poll(terms, &call.data.queue, call.now);
            polled.push(*id);
        }
    }
    let certificates = polled
        .iter()
        .filter_map(|id| Some((*id, call.books.certificates.get(id)?)));
    let told = certificates.map(|(id, certificate)| {
        let installed = certificate.place == Place::Installed;
        let mut told = entry(call, id, certificate);
        told.extend([
            (
                "certificate_pem".to_owned(),
                json!(installed.then(|| certificate.certificate(id))),
            ),
            // The other way round than `expired`, as it is documented.
            ("deleted".to_owned(), flag(certificate.is_pending())),
            ("installed".to_owned(), flag(installed)),
            ("last_status_message".to_owned(), json!("")),
        ]);
        Value::Object(told)
    });
    Value::from_iter(told).into()
}

/// `get_ssl_certificate_if_available`
pub(super) fn if_available(call: &Call<'_>) -> Outcome {
    let sent = call.asked.required("order_item_id")?;
    let provider = login::provider(call.data, call.asked)?;
    let (id, certificate, terms) =
        known(call, provider, sent).ok_or_else(|| no_entry(provider, &[sent]))?;
    let stage = certificate.stage(terms, call.now);
    let code = match stage {
        Stage::Unpaid => Trouble::CertificateNotFound.code(),
        Stage::Validating | Stage::Validated => Trouble::RequiresApproval.code(),
        Stage::Issued => "",
        Stage::Cancelled => certificate.last_status.code(),
    };
    let to_do = |of: Validation| acts(terms, stage, of).then(|| encrypted(certificate, id));
    Ok(json!({
        "certificate_pem": (stage == Stage::Issued).then(|| certificate.certificate(id)),
        "encrypted_action_urls": {
            "evClickThroughStatus": to_do(Validation::Ev),
            "ovCallbackStatus": to_do(Validation::Ov),
        },
        "status_code": code,
        "status_message": "",
    })
    .into())
}

/// `get_certificate_status_details`
pub(super) fn status_details(call: &Call<'_>) -> Outcome {
    let sent = call.asked.required("order_item_id")?;
    let provider = login::provider(call.data, call.asked)?;
    if !is_digits(sent) {
        return Err(Failure::new(format!(
            "The \"order_item_id\" {sent} is not a whole number."
        )));
    }
    let (id, certificate, terms) =
        known(call, provider, sent).ok_or_else(|| no_entry(provider, &[sent]))?;
    let stage = certificate.stage(terms, call.now);
    let validated = matches!(stage, Stage::Validated | Stage::Issued);
    let progress = match stage {
        Stage::Unpaid | Stage::Cancelled => "not-completed",
        Stage::Validating | Stage::Validated => "in-progress",
        Stage::Issued => "completed",
    };
    let of = |wanted: &[Validation]| match wanted.contains(&terms.validation) {
        true => progress,
        false => "not applicable",
    };
    let mut action_urls = Map::new();
    for (key, validation) in [
        ("evClickThroughStatus", Validation::Ev),
        ("ovCallbackStatus", Validation::Ov),
    ] {
        if acts(terms, stage, validation) {
            let url = format!("https://{}/act?order_item_id={id}", provider.domain);
            action_urls.insert(key.to_owned(), json!(url));
        }
    }
    let answer = Answer::from(json!({
        "actionUrls": action_urls,
        "domain_details": {
            "domain": certificate.names().first(),
            "status": if validated { "VALIDATED" } else { "NOTVALIDATED" },
        },
        "status_details": {
            "brandValStatus": "not applicable",
            "certificateStatus": progress,
            "csrStatus": "completed",
            "dcvStatus": if validated { "completed" } else { progress },
            "evClickThroughStatus": of(&[Validation::Ev]),
            "freeDVUPStatus": "not applicable",
            "organizationValidationStatus": of(&[Validation::Ov, Validation::Ev]),
            "ovCallbackStatus": of(&[Validation::Ov]),
            "validationStatus": progress,
        },
    }));
    Ok(match stage {
        Stage::Validating | Stage::Validated => {
            answer.with_message("The provider works on this certificate.")
        }
        Stage::Unpaid | Stage::Issued | Stage::Cancelled => answer,
    })
}

fn identity(call: &Call<'_>) -> Result<Option<Map<String, Value>>, Failure> {
    let Some(sent) = call.asked.one("identity_verification") else {
        return Ok(None);
    };
    match serde_json::from_str(sent) {
        Ok(Value::Object(keys)) => Ok(Some(keys)),
        Ok(_) => Err(Failure::new(
            "The \"identity_verification\" is not a JSON object.",
        )),
        Err(error) => Err(Failure::new(format!(
            "The \"identity_verification\" is not JSON: {error}."
        ))),
    }
}

/// 64 hexadecimal digits, cut to the form of the documented example.
fn key_id(digits: &str) -> String {
    let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
    format!("{}_{}_{}", part(0, 5), part(5, 10), part(10, 42))
}

/// The item with this id, if the server still waits for something about it.
fn waiting(call: &mut Call<'_>, provider: &Provider, sent: &str) -> Option<u64> {
    let id = digits(sent)?;
    call.books.order_item(&provider.name, id)?;
    match call.books.certificates.get(&id) {
        Some(certificate) if !certificate.is_pending() => None,
        _ => Some(id),
    }
}

/// The certificate with this id, wherever it is.
fn known<'a>(
    call: &'a Call<'_>,
    provider: &Provider,
    sent: &str,
) -> Option<(u64, &'a Certificate, &'a CertificateTerms)> {
    let id = digits(sent)?;
    let certificate = call.books.certificates.get(&id)?;
    let terms = certificate.terms(call.data)?;
    (certificate.provider == provider.name).then_some((id, certificate, terms))
}

fn digits(sent: &str) -> Option<u64> {
    sent.parse().ok().filter(|_| is_digits(sent))
}

fn no_entry(provider: &Provider, sent: &[&str]) -> Failure {
    Failure::new(format!(
        "The pending queue has no item {} of {}.",
        sent.join(", "),
        provider.name
    ))
}

/// What a failure tells of the ids that nothing has.
fn unknown_items(form: IdForm, sent: &[&str]) -> Value {
    let ids: Vec<Value> = sent
        .iter()
        .map(|sent| match digits(sent) {
            Some(id) => written(form, id, IdForm::Number),
            None => json!(sent),
        })
        .collect();
    json!({"error_type": "EntryDoesNotExist", "order_item_ids": ids})
}

/// What all functions tell of a certificate.
fn entry(call: &Call<'_>, id: u64, certificate: &Certificate) -> Map<String, Value> {
    let status = match certificate.confirmed {
        Some(_) => "confirmed",
        None => "unconfirmed",
    };
    let told = json!({
        "created_time": certificate.created,
        "csr": certificate.csr(id),
        "domains": certificate.names(),
        "expired": flag(!certificate.is_pending()),
        "first_poll_time": certificate.first_poll,
        "last_poll_time": certificate.last_poll,
        "last_status_code": certificate.last_status.code(),
        "order_id": certificate.order.to_string(),
        "order_item_id": written(call.data.order_item_ids, id, IdForm::Text),
        "product_id": certificate.product.to_string(),
        "provider": certificate.provider,
        "status": status,
        "vhost_names": certificate.vhost_names,
    });
    match told {
        Value::Object(keys) => keys,
        _ => Map::new(),
    }
}

fn flag(on: bool) -> Value {
    json!(u8::from(on))
}

fn support_uri(provider: &Provider) -> Value {
    json!(format!("https://{}/support", provider.domain))
}

/// Whether the owner has to do something for a certificate of this kind.
fn acts(terms: &CertificateTerms, stage: Stage, of: Validation) -> bool {
    terms.validation == of && matches!(stage, Stage::Validating | Stage::Validated)
}

/// A text in the form of an encrypted address, which opens nothing.
fn encrypted(certificate: &Certificate, id: u64) -> String {
    let content = format!("sandbox action {id} {}", certificate.names().join(" "));
    STANDARD.encode(content)
}
