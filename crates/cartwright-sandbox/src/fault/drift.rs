//! An answer with one field that is not as documented.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

/// What becomes of one place of an answer. Places are JSON pointers (RFC 6901), as in `/data/line_items/0/id`.
///
/// A place that the answer doesn't have leaves it as it is; [the log](crate::Sandbox::fault_log) says so.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Drift {
    /// The field has another name.
    Rename {
        /// The field's place.
        at: String,
        /// Its new name.
        to: String,
    },
    /// The field, or the element of a list, is gone.
    Remove {
        /// Its place.
        at: String,
    },
    /// The value is of another JSON type: a number or a boolean becomes its text, a text its number (0 if it reads as
    /// none), an object or null a list of it, a list an object with its elements by their places.
    Retype {
        /// Its place.
        at: String,
    },
    /// There is a field more, or an element at the end of a list.
    Add {
        /// Its place; the last part is `-` for the end of a list.
        at: String,
        /// What stands there.
        value: Value,
    },
    /// The value is null.
    Null {
        /// Its place.
        at: String,
    },
}

impl Drift {
    /// The field at `at` is named `to`.
    pub fn rename(at: impl Into<String>, to: impl Into<String>) -> Self {
        let (at, to) = (at.into(), to.into());
        Self::Rename { at, to }
    }

    /// What is at `at` is gone.
    pub fn remove(at: impl Into<String>) -> Self {
        Self::Remove { at: at.into() }
    }

    /// What is at `at` is of another JSON type.
    pub fn retype(at: impl Into<String>) -> Self {
        Self::Retype { at: at.into() }
    }

    /// There is something at `at` that no documentation has.
    pub fn add(at: impl Into<String>, value: impl Into<Value>) -> Self {
        let (at, value) = (at.into(), value.into());
        Self::Add { at, value }
    }

    /// What is at `at` is null.
    pub fn null(at: impl Into<String>) -> Self {
        Self::Null { at: at.into() }
    }

    pub(super) fn at(&self) -> &str {
        match self {
            Self::Rename { at, .. }
            | Self::Remove { at }
            | Self::Retype { at }
            | Self::Add { at, .. }
            | Self::Null { at } => at,
        }
    }

    /// Changes the answer, or says why it can't.
    pub(super) fn apply(&self, answer: &mut Value) -> Result<(), String> {
        let at = self.at();
        let missing = || format!("the answer has nothing at {at}");
        let (parent, name) = at.rsplit_once('/').ok_or_else(missing)?;
        let name = name.replace("~1", "/").replace("~0", "~");
        let parent = answer.pointer_mut(parent).ok_or_else(missing)?;
        if let Self::Add { value, .. } = self {
            return add(parent, &name, value).ok_or_else(|| {
                format!("nothing can be added at {at}: it is there, or no object or list is")
            });
        }
        if let Self::Rename { to, .. } = self {
            let fields = parent.as_object_mut().ok_or_else(missing)?;
            let value = fields.remove(&name).ok_or_else(missing)?;
            fields.insert(to.clone(), value);
            return Ok(());
        }
        if let Self::Remove { .. } = self {
            return remove(parent, &name).ok_or_else(missing);
        }
        let value = match parent {
            Value::Object(fields) => fields.get_mut(&name),
            Value::Array(elements) => index(&name).and_then(|place| elements.get_mut(place)),
            _ => None,
        };
        let value = value.ok_or_else(missing)?;
        *value = match self {
            Self::Retype { .. } => retyped(value.take()),
            _ => Value::Null,
        };
        Ok(())
    }
}

fn index(name: &str) -> Option<usize> {
    name.parse().ok()
}

fn add(parent: &mut Value, name: &str, value: &Value) -> Option<()> {
    match parent {
        Value::Object(fields) if !fields.contains_key(name) => {
            fields.insert(name.to_owned(), value.clone());
            Some(())
        }
        Value::Array(elements) if name == "-" => {
            elements.push(value.clone());
            Some(())
        }
        _ => None,
    }
}

fn remove(parent: &mut Value, name: &str) -> Option<()> {
    match parent {
        Value::Object(fields) => fields.remove(name).map(drop),
        Value::Array(elements) => {
            let place = index(name).filter(|place| *place < elements.len())?;
            elements.remove(place);
            Some(())
        }
        _ => None,
    }
}

fn retyped(value: Value) -> Value {
    match value {
        Value::Number(number) => Value::String(number.to_string()),
        Value::Bool(flag) => Value::String(flag.to_string()),
        Value::String(text) => text.parse().map_or(json!(0), Value::Number),
        Value::Array(elements) => {
            let named = elements.into_iter().enumerate();
            let named = named.map(|(place, element)| (place.to_string(), element));
            Value::Object(named.collect::<Map<_, _>>())
        }
        value => Value::Array(vec![value]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drift_changes_its_place_and_nothing_else() {
        let answer = json!({"n": 1, "t": "7", "w": "word", "o": {"a/b": true}, "l": [1, 2]});
        for (drift, place, there) in [
            (Drift::rename("/n", "m"), "/m", json!(1)),
            (Drift::retype("/n"), "/n", json!("1")),
            (Drift::retype("/t"), "/t", json!(7)),
            (Drift::retype("/w"), "/w", json!(0)),
            (Drift::retype("/o"), "/o", json!([{"a/b": true}])),
            (Drift::retype("/l"), "/l", json!({"0": 1, "1": 2})),
            (Drift::retype("/o/a~1b"), "/o/a~1b", json!("true")),
            (Drift::null("/l/0"), "/l/0", Value::Null),
            (Drift::remove("/l/0"), "/l", json!([2])),
            (Drift::add("/l/-", 3), "/l", json!([1, 2, 3])),
            (Drift::add("/o/new", "x"), "/o/new", json!("x")),
        ] {
            let mut drifted = answer.clone();
            assert_eq!(drift.apply(&mut drifted), Ok(()), "{drift:?}");
            assert_eq!(drifted.pointer(place), Some(&there), "{drift:?}");
        }
    }

    #[test]
    fn a_place_that_is_not_there_leaves_the_answer() {
        let answer = json!({"n": 1, "l": [1]});
        for drift in [
            Drift::rename("/m", "n"),
            Drift::rename("/l/0", "n"),
            Drift::remove("/m/0"),
            Drift::remove("/l/1"),
            Drift::retype("/n/0"),
            Drift::null("/l/-"),
            Drift::add("/n", 2),
            Drift::add("/l/0", 2),
        ] {
            let mut drifted = answer.clone();
            assert!(drift.apply(&mut drifted).is_err(), "{drift:?}");
            assert_eq!(drifted, answer);
        }
    }
}
