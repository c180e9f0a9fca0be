//! `alsowith`: which optional parts of the cart the request asks for.

use serde_json::{Value, json};

use super::exception::{Exception, Faults};
use super::fields::Fields;

const KEY: &str = "alsowith";

/// The parts that the documentation lets a request ask for. `internal` is none of the answer's fields.
pub(super) const PARTS: [&str; 6] = [
    "admin",
    "discounts",
    "internal",
    "items",
    "metadata",
    "totals",
];

/// Those of a quote.
pub(super) const QUOTE_PARTS: [&str; 5] = ["admin", "discounts", "items", "metadata", "totals"];

#[derive(Debug, Default)]
pub(super) struct AlsoWith(Vec<String>);

impl AlsoWith {
    pub(super) fn read(params: &Fields, valid: &[&str], faults: &mut Faults) -> Self {
        let mut asked = Self::default();
        if let Some(value) = params.value(KEY) {
            if value.is_array() {
                asked.gather(value, valid, faults);
            } else {
                faults.add(Exception::validation(KEY, "Array", value, KEY));
            }
        }
        asked
    }

    pub(super) fn has(&self, part: &str) -> bool {
        self.0.iter().any(|asked| asked == part)
    }

    fn gather(&mut self, value: &Value, valid: &[&str], faults: &mut Faults) {
        match value {
            Value::Array(elements) => {
                for element in elements {
                    self.gather(element, valid, faults);
                }
            }
            Value::String(part) if valid.contains(&part.as_str()) => self.0.push(part.clone()),
            other => {
                let valid = valid.iter().map(|part| json!(part)).collect();
                faults.add(Exception::not_in_realm(KEY, valid, other, KEY));
            }
        }
    }
}
