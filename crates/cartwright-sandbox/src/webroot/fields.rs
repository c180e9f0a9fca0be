//! Reading a JSON body field by field, and collecting everything that is wrong with it.

use std::ops::RangeInclusive;

use serde_json::{Map, Value};

use super::catalogue::Choice;
use super::errors::Problem;

/// What is wrong with a body, in the order found, each with the path of its field.
#[derive(Debug, Default)]
pub(super) struct Faults(Vec<String>);

impl Faults {
    pub(super) fn add(&mut self, path: impl AsRef<str>, why: impl AsRef<str>) {
        self.0.push(format!("{} {}", path.as_ref(), why.as_ref()));
    }

    /// The value that was read, unless a fault was found on the way.
    pub(super) fn unless_any<T>(self, read: Option<T>) -> Result<T, Problem> {
        match read {
            Some(value) if self.0.is_empty() => Ok(value),
            _ => Err(Problem::bad_request(self.0.join("; "))),
        }
    }
}

/// Why a value was not taken, in words that follow the field's path.
pub(super) type Refusal = String;

/// A JSON object of a body, and where it stands there. A null field reads as an absent one.
#[derive(Clone, Debug)]
pub(super) struct Fields<'a> {
    object: &'a Map<String, Value>,
    path: String,
}

impl<'a> Fields<'a> {
    /// The body itself.
    pub(super) fn root(body: &'a Value) -> Result<Self, Problem> {
        let object = body
            .as_object()
            .ok_or_else(|| Problem::bad_request("the body must be an object"))?;
        Ok(Self {
            object,
            path: String::new(),
        })
    }

    /// The path of a field of this object, as in `ItemsByAttributes[0].Years`.
    pub(super) fn path(&self, key: &str) -> String {
        if self.path.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.path)
        }
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.object.get(key).is_some_and(|value| !value.is_null())
    }

    pub(super) fn optional<T>(
        &self,
        key: &str,
        faults: &mut Faults,
        read: impl FnOnce(&'a Value) -> Result<T, Refusal>,
    ) -> Option<T> {
        let value = self.object.get(key).filter(|value| !value.is_null())?;
        match read(value) {
            Ok(value) => Some(value),
            Err(why) => {
                faults.add(self.path(key), why);
                None
            }
        }
    }

    pub(super) fn required<T>(
        &self,
        key: &str,
        faults: &mut Faults,
        read: impl FnOnce(&'a Value) -> Result<T, Refusal>,
    ) -> Option<T> {
        if !self.has(key) {
            faults.add(self.path(key), "is required");
        }
        self.optional(key, faults, read)
    }

    /// A field that must be there and hold an object.
    pub(super) fn required_object(&self, key: &str, faults: &mut Faults) -> Option<Fields<'a>> {
        let object = self.required(key, faults, |value| {
            value
                .as_object()
                .ok_or_else(|| "must be an object".to_owned())
        });
        let path = self.path(key);
        object.map(|object| Fields { object, path })
    }

    /// The objects of an array. An absent array reads as an empty one.
    pub(super) fn objects(&self, key: &str, faults: &mut Faults) -> Vec<Fields<'a>> {
        let elements = self.optional(key, faults, |value| {
            value
                .as_array()
                .ok_or_else(|| "must be an array".to_owned())
        });
        let mut objects = Vec::new();
        for (index, element) in elements.into_iter().flatten().enumerate() {
            let path = format!("{}[{index}]", self.path(key));
            match element.as_object() {
                Some(object) => objects.push(Fields { object, path }),
                None => faults.add(path, "must be an object"),
            }
        }
        objects
    }
}

/// A whole number in a range.
pub(super) fn whole(range: RangeInclusive<i64>) -> impl Fn(&Value) -> Result<i64, Refusal> {
    move |value| {
        let (least, most) = (range.start(), range.end());
        value
            .as_i64()
            .filter(|number| range.contains(number))
            .ok_or_else(|| format!("must be a whole number from {least} to {most}"))
    }
}

/// A text that is not empty.
pub(super) fn text(value: &Value) -> Result<&str, Refusal> {
    value
        .as_str()
        .filter(|text| !text.is_empty())
        .ok_or_else(|| "must be a text that is not empty".to_owned())
}

pub(super) fn truth(value: &Value) -> Result<bool, Refusal> {
    value
        .as_bool()
        .ok_or_else(|| "must be true or false".to_owned())
}

/// The row of a table that a text names.
pub(super) fn named<'r, T>(
    rows: &'r [T],
    name: fn(&T) -> &str,
) -> impl Fn(&Value) -> Result<&'r T, Refusal> {
    move |value| {
        let row = rows.iter().find(|row| Some(name(row)) == value.as_str());
        row.ok_or_else(|| {
            let names: Vec<&str> = rows.iter().map(name).collect();
            format!("must be one of the texts {}", names.join(", "))
        })
    }
}

/// One of these numbers.
pub(super) fn whole_of(numbers: &[i64]) -> impl Fn(&Value) -> Result<i64, Refusal> {
    move |value| {
        let number = value.as_i64().filter(|number| numbers.contains(number));
        number.ok_or_else(|| {
            let numbers: Vec<String> = numbers.iter().map(i64::to_string).collect();
            format!("must be one of the numbers {}", numbers.join(", "))
        })
    }
}

/// The id of one of these choices.
pub(super) fn choice(rows: &[Choice]) -> impl Fn(&Value) -> Result<i64, Refusal> {
    move |value| {
        let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
        whole_of(&ids)(value)
    }
}
