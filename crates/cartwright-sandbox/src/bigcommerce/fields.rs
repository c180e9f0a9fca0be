//! Reading a JSON body field by field, and collecting everything that is wrong with it.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::{Map, Value};

use super::errors::Problem;
use crate::money;

/// What is wrong with a body, by the path of the field.
#[derive(Debug, Default)]
pub(super) struct Faults(BTreeMap<String, String>);

impl Faults {
    pub(super) fn add(&mut self, path: impl Into<String>, why: impl Into<String>) {
        self.0.insert(path.into(), why.into());
    }

    /// The value that was read, unless a fault was found on the way.
    pub(super) fn unless_any<T>(self, read: Option<T>) -> Result<T, Problem> {
        self.or_named(read).map_err(Problem::invalid)
    }

    /// The value that was read, or each faulty field with its fault.
    pub(super) fn or_named<T>(self, read: Option<T>) -> Result<T, BTreeMap<String, String>> {
        match read {
            Some(value) if self.0.is_empty() => Ok(value),
            _ => Err(self.0),
        }
    }
}

/// Why a value was not taken.
pub(super) type Refusal = String;

/// A JSON object of a body, and where it stands there.
#[derive(Clone, Debug)]
pub(super) struct Fields<'a> {
    object: &'a Map<String, Value>,
    path: String,
}

impl<'a> Fields<'a> {
    /// The body itself.
    pub(super) fn root(body: &'a Value) -> Result<Self, Problem> {
        match body {
            Value::Object(object) => Ok(Self {
                object,
                path: String::new(),
            }),
            _ => Err(Problem::invalid(BTreeMap::from([(
                "obj".to_owned(),
                "error.expected.jsobject".to_owned(),
            )]))),
        }
    }

    /// The path of a field of this object, as in `line_items[0].quantity`.
    pub(super) fn path(&self, key: &str) -> String {
        if self.path.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.path)
        }
    }

    pub(super) fn own_path(&self) -> &str {
        &self.path
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.object.contains_key(key)
    }

    /// Whether an array asks for nothing: it is absent or empty. Another type is a fault of its own.
    pub(super) fn is_empty_array(&self, key: &str) -> bool {
        self.object
            .get(key)
            .is_none_or(|value| value.as_array().is_some_and(Vec::is_empty))
    }

    pub(super) fn optional<T>(
        &self,
        key: &str,
        faults: &mut Faults,
        read: impl FnOnce(&'a Value) -> Result<T, Refusal>,
    ) -> Option<T> {
        match read(self.object.get(key)?) {
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
            faults.add(self.path(key), "error.path.missing");
        }
        self.optional(key, faults, read)
    }

    pub(super) fn object(&self, key: &str, faults: &mut Faults) -> Option<Fields<'a>> {
        let path = self.path(key);
        self.optional(key, faults, |value| fields(value, path))
    }

    /// The objects of an array. An absent array reads as an empty one.
    pub(super) fn objects(&self, key: &str, faults: &mut Faults) -> Vec<Fields<'a>> {
        let elements = self.optional(key, faults, |value| {
            value
                .as_array()
                .ok_or_else(|| "error.expected.jsarray".to_owned())
        });
        let mut objects = Vec::new();
        for (index, element) in elements.into_iter().flatten().enumerate() {
            let path = format!("{}[{index}]", self.path(key));
            match fields(element, path.clone()) {
                Ok(object) => objects.push(object),
                Err(why) => faults.add(path, why),
            }
        }
        objects
    }
}

fn fields(value: &Value, path: String) -> Result<Fields<'_>, Refusal> {
    match value {
        Value::Object(object) => Ok(Fields { object, path }),
        _ => Err("error.expected.jsobject".to_owned()),
    }
}

/// A whole number in a range. `2.0` is whole.
pub(super) fn whole(range: RangeInclusive<i64>) -> impl Fn(&Value) -> Result<i64, Refusal> {
    move |value| {
        let number = decimal(value)?;
        let whole = if number.is_integer() {
            number.to_i64()
        } else {
            None
        };
        let (least, most) = (range.start(), range.end());
        whole
            .filter(|whole| range.contains(whole))
            .ok_or_else(|| format!("must be a whole number from {least} to {most}"))
    }
}

/// An amount of money in a range.
pub(super) fn amount(range: RangeInclusive<i64>) -> impl Fn(&Value) -> Result<Decimal, Refusal> {
    move |value| {
        let (least, most) = (*range.start(), *range.end());
        let amount = decimal(value)?;
        let fits = (Decimal::from(least)..=Decimal::from(most)).contains(&amount);
        if fits {
            Ok(amount)
        } else {
            Err(format!("must be an amount from {least} to {most}"))
        }
    }
}

fn decimal(value: &Value) -> Result<Decimal, Refusal> {
    match value {
        Value::Number(number) => {
            money::read(number).ok_or_else(|| "has too many digits".to_owned())
        }
        _ => Err("error.expected.jsnumber".to_owned()),
    }
}

/// A text whose number of characters is in a range.
pub(super) fn text(length: RangeInclusive<usize>) -> impl Fn(&Value) -> Result<String, Refusal> {
    move |value| {
        let text = value
            .as_str()
            .ok_or_else(|| "error.expected.jsstring".to_owned())?;
        let (least, most) = (length.start(), length.end());
        let fits = length.contains(&text.chars().count());
        if fits {
            Ok(text.to_owned())
        } else {
            Err(format!("must have {least} to {most} characters"))
        }
    }
}

pub(super) fn boolean(value: &Value) -> Result<bool, Refusal> {
    value
        .as_bool()
        .ok_or_else(|| "error.expected.jsboolean".to_owned())
}
