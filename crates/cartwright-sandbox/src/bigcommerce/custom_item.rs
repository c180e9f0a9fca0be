//! A line that is not in the catalogue: the caller says what it is and what it costs.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::exact;
use crate::money;

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CustomItem {
    pub(super) id: String,
    pub(super) sku: String,
    pub(super) name: String,
    pub(super) quantity: i64,
    #[serde(with = "exact")]
    pub(super) list_price: Decimal,
    pub(super) image_url: Option<String>,
}

impl CustomItem {
    pub(super) fn extended(&self) -> Decimal {
        self.list_price * Decimal::from(self.quantity)
    }

    /// Quantity and price are numbers, as recorded; the documented schema says text.
    pub(super) fn show(&self) -> Value {
        let mut item = json!({
            "id": self.id,
            "sku": self.sku,
            "name": self.name,
            "quantity": self.quantity,
            "list_price": money::write(self.list_price),
            "extended_list_price": money::write(self.extended()),
        });
        if let (Value::Object(fields), Some(image_url)) = (&mut item, &self.image_url) {
            fields.insert("image_url".to_owned(), json!(image_url));
        }
        item
    }
}
