//! Our customers to theirs, and what the vendor says about them.

use cartwright_webroot::types;

use super::VENDOR;
use super::request::{Defaults, filled};
use crate::{CompanyKind, Contact, Customer, CustomerDetails, Error, PostalAddress, Result};

/// The end customer and, for reseller carts, the reseller.
pub(super) fn attach(
    customer: &Customer,
    defaults: &Defaults,
) -> Result<types::CartCustomersRequest> {
    let details = match customer {
        Customer::Described(details) => details,
        Customer::Guest => {
            let message = "Webroot knows no guests: describe the customer who uses the licences";
            return Err(Error::invalid_request(VENDOR, "customer", message));
        }
        Customer::Id(_) => {
            let message = "Webroot gives its customers no ids: describe the customer, with your own key for it";
            return Err(Error::invalid_request(VENDOR, "customer", message));
        }
    };
    check_reseller(details, &defaults.order_type)?;
    let reseller = details.reseller.as_ref();
    Ok(types::CartCustomersRequest {
        shipping: contact(&details.contact, "customer.contact")?,
        reseller: reseller
            .map(|reseller| contact(reseller, "customer.reseller"))
            .transpose()?,
        extra: Default::default(),
    })
}

/// What the type of the shop's carts asks for; of a type that is not documented nothing is known.
fn check_reseller(details: &CustomerDetails, order_type: &str) -> Result<()> {
    let message = match (order_type, &details.reseller) {
        ("RESELLER", None) => "missing: carts of the type RESELLER need one",
        ("MSP", Some(_)) => {
            "the vendor ignores it on carts of the type MSP: leave it out, or set the order type to RESELLER"
        }
        _ => return Ok(()),
    };
    Err(Error::invalid_request(VENDOR, "customer.reseller", message))
}

fn contact(contact: &Contact, at: &str) -> Result<types::CartCustomerRequest> {
    let missing = |field: &str, what: &str| {
        let message = format!("missing: {what}");
        Error::invalid_request(VENDOR, &format!("{at}.{field}"), message)
    };
    let text = |field: &str, text: &Option<String>| {
        let field = format!("{at}.{field}");
        text.as_deref().map(|text| filled(text, &field)).transpose()
    };
    let key = text("key", &contact.key)?
        .ok_or_else(|| missing("key", "give your own key for the customer"))?;
    let address = contact
        .address
        .as_ref()
        .ok_or_else(|| missing("address", "give at least the country"))?;
    let kind = contact.company_kind.as_ref();
    Ok(types::CartCustomerRequest {
        first_name: text("first_name", &contact.first_name)?,
        last_name: text("last_name", &contact.last_name)?,
        address1: text("address.line1", &address.line1)?,
        address2: text("address.line2", &address.line2)?.into(),
        city: text("address.city", &address.city)?,
        postal_code: text("address.postal_code", &address.postal_code)?,
        state: text("address.region", &address.region)?,
        country: country(address, at)?,
        customer_email: text("email", &contact.email)?,
        company_name: text("company", &contact.company)?,
        company_type_id: kind.map(|kind| company_type(kind, at)).transpose()?,
        external_customer_key: key,
        opt_in: contact.accepts_marketing.into(),
        extra: Default::default(),
    })
}

fn country(address: &PostalAddress, at: &str) -> Result<String> {
    let code = address.country.as_str();
    match code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        true => Ok(code.to_owned()),
        false => {
            let shown = crate::id::start_of(code);
            let message = format!(
                "`{shown}` is not a country's code: give the two letters of ISO 3166-1, such as DE"
            );
            let field = format!("{at}.address.country");
            Err(Error::invalid_request(VENDOR, &field, message))
        }
    }
}

/// The vendor's number for what a company is.
fn company_type(kind: &CompanyKind, at: &str) -> Result<i64> {
    Ok(match kind {
        CompanyKind::Distributor => 1,
        CompanyKind::Reseller => 2,
        CompanyKind::ManagedServiceProvider => 3,
        CompanyKind::ResellerAndManagedServiceProvider => 11,
        CompanyKind::Business => 14,
        CompanyKind::Code(code) => code.parse().map_err(|_| {
            let shown = crate::id::start_of(code);
            let message = format!("`{shown}` is not one of Webroot's codes: they are numbers");
            Error::invalid_request(VENDOR, &format!("{at}.company_kind"), message)
        })?,
    })
}
