//! A gift certificate bought in a cart.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::exact;
use crate::money;

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Certificate {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) theme: String,
    #[serde(with = "exact")]
    pub(super) amount: Decimal,
    pub(super) quantity: i64,
    /// Name and e-mail address.
    pub(super) sender: (String, String),
    pub(super) recipient: (String, String),
    pub(super) message: String,
}

impl Certificate {
    pub(super) fn extended(&self) -> Decimal {
        self.amount * Decimal::from(self.quantity)
    }

    pub(super) fn show(&self) -> Value {
        let contact = |(name, email): &(String, String)| json!({"name": name, "email": email});
        json!({
            "id": self.id,
            "name": self.name,
            "theme": self.theme,
            "amount": money::write(self.amount),
            "quantity": self.quantity,
            "taxable": false,
            "sender": contact(&self.sender),
            "recipient": contact(&self.recipient),
            "message": self.message,
        })
    }
}
