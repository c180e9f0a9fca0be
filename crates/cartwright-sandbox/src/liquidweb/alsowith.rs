//! `alsowith`: which optional parts of the cart the request asks for.

use serde_json::{Value, json};

use super::exception::{Exception, Faults};
use super::fields::Fields;

const KEY: &str = "alsowith";

/// The parts that the documentation lets a request ask for. `internal` is none of the answer's fields.
const PARTS: [&str; 6] = [
    "admin",
    "discounts",
    "internal",
    "items",
    "metadata",
    "totals",
];

#[derive(Debug, Default)]
pub(super) struct AlsoWith(Vec<String>);

impl AlsoWith {
    pub(super) fn read(params: &Fields, faults: &mut Faults) -> Self {
        let mut asked = Self::default();
        if let Some(value) = params.value(KEY) {
            if value.is_array() {
                asked.gather(value, faults);
            } else {
                faults.add(Exception::validation(KEY, "Array", value, KEY));
            }
        }
        asked
    }

    pub(super) fn has(&self, part: &str) -> bool {
        self.0.iter().any(|asked| asked == part)
    }

    fn gather(&mut self, value: &Value, faults: &mut Faults) {
        match value {
            Value::Array(elements) => {
                for element in elements {
                    self.gather(element, faults);
                }
            }
            Value::String(part) if PARTS.contains(&part.as_str()) => self.0.push(part.clone()),
            other => {
                let valid = PARTS.map(|part| json!(part)).to_vec();
                faults.add(Exception::not_in_realm(KEY, valid, other, KEY));
            }
        }
    }
}
