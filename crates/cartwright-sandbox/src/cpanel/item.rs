//! One item of a shopping cart: a JSON text with a product in it.

use serde_json::{Map, Value};

use super::envelope::Failure;

/// An item as it was sent.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) sent: String,
    keys: Map<String, Value>,
}

impl Item {
    /// Reads the item at this place of the list, counted from 1.
    pub(super) fn read(sent: &str, place: usize) -> Result<Self, Failure> {
        let refusal = |why: &str| Failure::new(format!("Item {place} {why}."));
        let value: Value = serde_json::from_str(sent)
            .map_err(|error| refusal(&format!("is not JSON: {error}")))?;
        let Value::Object(keys) = value else {
            return Err(refusal("is not a JSON object"));
        };
        match keys.get("product_id") {
            Some(Value::Number(_)) => {}
            Some(Value::String(id)) if !id.is_empty() => {}
            Some(_) => {
                return Err(refusal(
                    "has a \"product_id\" that is neither a text nor a number",
                ));
            }
            None => return Err(refusal("has no \"product_id\"")),
        }
        Ok(Self {
            sent: sent.to_owned(),
            keys,
        })
    }

    /// An item that no caller sent.
    pub(super) fn made(keys: Map<String, Value>) -> Self {
        Self {
            sent: Value::Object(keys.clone()).to_string(),
            keys,
        }
    }

    /// The entry that answers this item in the order.
    pub(super) fn ordered(&self, order_item_id: Value) -> Value {
        let mut keys = self.keys.clone();
        keys.insert("order_item_id".to_owned(), order_item_id);
        Value::Object(keys)
    }
}
