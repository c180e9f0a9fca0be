//! The customers of a cart: the partner who is billed, the one who uses the licences, the reseller between them.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::errors::Problem;
use super::fields::{Faults, Fields, Refusal, text, truth, whole_of};

/// Where a state must be given, for business products.
const STATES_NAMED: [&str; 5] = ["US", "CA", "AU", "NZ", "ZA"];

/// Distributor, reseller, MSP, hybrid of the two, business.
const COMPANY_TYPES: [i64; 5] = [1, 2, 3, 11, 14];

/// One customer, in a seed and in a state alike.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Customer {
    #[serde(default)]
    first_name: Option<String>,
    #[serde(default)]
    last_name: Option<String>,
    #[serde(default)]
    address1: Option<String>,
    #[serde(default)]
    address2: Option<String>,
    #[serde(default)]
    city: Option<String>,
    #[serde(default)]
    postal_code: Option<String>,
    #[serde(default)]
    state: Option<String>,
    country: String,
    #[serde(default)]
    customer_email: Option<String>,
    #[serde(default)]
    company_name: Option<String>,
    external_customer_key: String,
    #[serde(default)]
    vat_id: Option<String>,
    #[serde(default = "yes")]
    opt_in: bool,
}

fn yes() -> bool {
    true
}

/// What a customer is to a cart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Billing,
    Shipping,
    Reseller,
}

/// Whether an answer says that the customer takes marketing mail: the calls for customers do, a cart does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wording {
    Plain,
    WithOptIn,
}

impl Role {
    /// `CustomerTypeId` and `CustomerTypeDescription`.
    fn kind(self) -> (i64, &'static str) {
        match self {
            Self::Billing => (1, "Billing"),
            Self::Shipping => (2, "Shipping"),
            Self::Reseller => (3, "Reseller"),
        }
    }
}

impl Customer {
    pub(super) fn show(&self, role: Role, wording: Wording) -> Value {
        let (kind, kind_name) = role.kind();
        let mut shown = json!({
            "FirstName": self.first_name,
            "LastName": self.last_name,
            "Address1": self.address1,
            "Address2": self.address2,
            "City": self.city,
            "PostalCode": self.postal_code,
            "State": self.state,
            "Country": self.country,
            "CustomerEmail": self.customer_email,
            "CompanyName": self.company_name,
            "ExternalCustomerKey": self.external_customer_key,
            "VatId": self.vat_id,
            "CustomerTypeId": kind,
            "CustomerTypeDescription": kind_name,
        });
        if let (Wording::WithOptIn, Some(fields)) = (wording, shown.as_object_mut()) {
            fields.insert("OptIn".to_owned(), json!(self.opt_in));
        }
        shown
    }
}

/// Who was attached to a cart.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Attached {
    pub(super) shipping: Option<Customer>,
    pub(super) reseller: Option<Customer>,
}

impl Attached {
    /// Reads the body that attaches customers. A reseller counts for a reseller's cart only.
    pub(super) fn read(body: &Value, resold: bool, business: bool) -> Result<Self, Problem> {
        let fields = Fields::root(body)?;
        let mut faults = Faults::default();
        let mut customer = |key: &str| {
            let fields = fields.required_object(key, &mut faults)?;
            customer(&fields, business, &mut faults)
        };
        let shipping = customer("Shipping");
        let reseller = resold.then(|| customer("Reseller")).flatten();
        faults.unless_any(Some(Self { shipping, reseller }))
    }

    pub(super) fn show(&self, billing: &Customer, wording: Wording) -> Value {
        let shown = |customer: &Option<Customer>, role: Role| {
            let customer = customer.as_ref();
            customer.map(|customer| customer.show(role, wording))
        };
        json!({
            "Billing": billing.show(Role::Billing, wording),
            "Shipping": shown(&self.shipping, Role::Shipping),
            "Reseller": shown(&self.reseller, Role::Reseller),
        })
    }
}

/// One customer of a body. All but its country and key may be left out where no product is a business one.
fn customer(fields: &Fields, business: bool, faults: &mut Faults) -> Option<Customer> {
    let country = fields.required("Country", faults, country);
    let key = fields.required("ExternalCustomerKey", faults, text);
    let mut said = |key: &str, needed: bool| {
        let value = match needed {
            true => fields.required(key, faults, text),
            false => fields.optional(key, faults, text),
        };
        value.map(str::to_owned)
    };
    let state_needed = country.is_some_and(|country| STATES_NAMED.contains(&country));
    let customer = Customer {
        first_name: said("FirstName", business),
        last_name: said("LastName", business),
        address1: said("Address1", business),
        address2: said("Address2", false),
        city: said("City", business),
        postal_code: said("PostalCode", business),
        state: said("State", business && state_needed),
        customer_email: said("CustomerEmail", business),
        company_name: said("CompanyName", business),
        vat_id: None,
        country: country.unwrap_or_default().to_owned(),
        external_customer_key: key.unwrap_or_default().to_owned(),
        opt_in: fields.optional("OptIn", faults, truth).unwrap_or(true),
    };
    match business {
        true => fields.required("CompanyTypeId", faults, whole_of(&COMPANY_TYPES)),
        false => fields.optional("CompanyTypeId", faults, whole_of(&COMPANY_TYPES)),
    };
    Some(customer)
}

fn country(value: &Value) -> Result<&str, Refusal> {
    value
        .as_str()
        .filter(|code| code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase()))
        .ok_or_else(|| "must be a text of two upper-case letters".to_owned())
}
