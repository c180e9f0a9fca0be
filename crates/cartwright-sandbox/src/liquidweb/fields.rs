//! Reading parameters field by field, and collecting everything that is wrong with them.

use serde_json::{Map, Value};

use super::exception::{Exception, Faults};

/// A form that a value has: its name in a refusal, and how it is read.
pub(super) struct Form<T> {
    name: &'static str,
    read: fn(&Value) -> Option<T>,
}

pub(super) const ID: Form<i64> = Form {
    name: "PositiveInteger",
    read: |value| whole(value).filter(|number| *number >= 1),
};

pub(super) const UNITS: Form<i64> = Form {
    name: "PositiveInteger",
    read: |value| whole(value).filter(|number| (1..=MOST).contains(number)),
};

pub(super) const UNITS_OR_NONE: Form<i64> = Form {
    name: "NonNegativeInteger",
    read: |value| whole(value).filter(|number| (0..=MOST).contains(number)),
};

pub(super) const TEXT: Form<String> = Form {
    name: "Text",
    read: |value| value.as_str().map(str::to_owned),
};

pub(super) const UUID: Form<String> = Form {
    name: "UUID",
    read: |value| {
        value
            .as_str()
            .filter(|text| is_uuid(text))
            .map(str::to_lowercase)
    },
};

pub(super) const BUNDLE_CODE: Form<String> = Form {
    name: "BundleCode",
    read: |value| code(value, "BNDL-"),
};

pub(super) const PACKAGE_CODE: Form<String> = Form {
    name: "PackageCode",
    read: |value| code(value, "PKG-"),
};

pub(super) const PRODUCT_CODE: Form<String> = Form {
    name: "ProductCode",
    read: |value| code(value, ""),
};

pub(super) const BOOLEAN: Form<bool> = Form {
    name: "Boolean",
    read: |value| match whole(value) {
        Some(0) => Some(false),
        Some(1) => Some(true),
        _ => value.as_bool(),
    },
};

pub(super) const USERNAME: Form<String> = Form {
    name: "Username",
    read: |value| {
        let fits = |text: &&str| (1..=24).contains(&text.chars().count());
        value.as_str().filter(fits).map(str::to_owned)
    },
};

pub(super) const SALESFORCE_ID: Form<String> = Form {
    name: "SalesforceId",
    read: |value| {
        let fits = |text: &&str| {
            matches!(text.len(), 15 | 18) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
        };
        value.as_str().filter(fits).map(str::to_owned)
    },
};

pub(super) const DOMAIN: Form<String> = Form {
    name: "FullyQualifiedDomainName",
    read: |value| {
        let fits =
            |text: &&str| text.len() <= 253 && text.contains('.') && text.split('.').all(is_label);
        value.as_str().filter(fits).map(str::to_owned)
    },
};

pub(super) const MAP: Form<Map<String, Value>> = Form {
    name: "AssociativeArray",
    read: |value| value.as_object().cloned(),
};

/// The most units of anything, so that every amount can be held exactly.
pub(super) const MOST: i64 = 1_000_000;

/// A whole number, or its digits.
fn whole(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64(),
        Value::String(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            digits.parse().ok()
        }
        _ => None,
    }
}

fn code(value: &Value, prefix: &str) -> Option<String> {
    let fits = |text: &&str| is_code(text, prefix);
    value.as_str().filter(fits).map(str::to_owned)
}

/// Whether a text is the prefix and at least three characters with a letter among them.
pub(super) fn is_code(text: &str, prefix: &str) -> bool {
    text.strip_prefix(prefix).is_some_and(|rest| {
        rest.chars().count() >= 3 && rest.bytes().any(|byte| byte.is_ascii_alphabetic())
    })
}

fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

fn is_uuid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
        && groups
            .iter()
            .all(|group| group.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// A JSON object of a request, and where it stands there.
#[derive(Clone, Debug)]
pub(super) struct Fields<'a> {
    object: &'a Map<String, Value>,
    path: String,
    /// The place in the array that the object stands in, if it stands in one.
    position: Option<usize>,
}

impl<'a> Fields<'a> {
    /// The parameters themselves.
    pub(super) fn root(params: &'a Map<String, Value>) -> Self {
        Self {
            object: params,
            path: String::new(),
            position: None,
        }
    }

    /// The path of a field of this object, as in `item.products[0].code`.
    pub(super) fn path(&self, key: &str) -> String {
        if self.path.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.path)
        }
    }

    /// The value of a field. `null` is none.
    pub(super) fn value(&self, key: &str) -> Option<&'a Value> {
        self.object.get(key).filter(|value| !value.is_null())
    }

    /// Faults those of the keys that have no value.
    pub(super) fn expect<const N: usize>(&self, keys: [&str; N], faults: &mut Faults) {
        for key in keys {
            if self.value(key).is_none() {
                faults.add(Exception::required(key, self.position, &self.path(key)));
            }
        }
    }

    pub(super) fn optional<T>(&self, key: &str, form: &Form<T>, faults: &mut Faults) -> Option<T> {
        let value = self.value(key)?;
        let read = (form.read)(value);
        if read.is_none() {
            faults.add(Exception::validation(
                key,
                form.name,
                value,
                &self.path(key),
            ));
        }
        read
    }

    pub(super) fn required<T>(&self, key: &str, form: &Form<T>, faults: &mut Faults) -> Option<T> {
        self.expect([key], faults);
        self.optional(key, form, faults)
    }

    pub(super) fn object(&self, key: &str, faults: &mut Faults) -> Option<Self> {
        let value = self.value(key)?;
        nested(value, key, self.path(key), None, faults)
    }

    /// The objects of an array that must be there, and may be empty.
    pub(super) fn objects(&self, key: &str, faults: &mut Faults) -> Vec<Self> {
        self.expect([key], faults);
        let Some(value) = self.value(key) else {
            return Vec::new();
        };
        let path = self.path(key);
        let Some(elements) = value.as_array() else {
            faults.add(Exception::validation(key, "Array", value, &path));
            return Vec::new();
        };
        elements
            .iter()
            .enumerate()
            .filter_map(|(index, element)| {
                let path = format!("{path}[{index}]");
                nested(element, key, path, Some(index), faults)
            })
            .collect()
    }
}

fn nested<'a>(
    value: &'a Value,
    key: &str,
    path: String,
    position: Option<usize>,
    faults: &mut Faults,
) -> Option<Fields<'a>> {
    let Some(object) = value.as_object() else {
        faults.add(Exception::validation(key, MAP.name, value, &path));
        return None;
    };
    Some(Fields {
        object,
        path,
        position,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_whole_number_is_a_number_or_its_digits() {
        for (value, read) in [
            (json!(7), Some(7)),
            (json!("007"), Some(7)),
            (json!(""), None),
            (json!("-7"), None),
            (json!("7.0"), None),
            (json!(7.5), None),
            (json!("99999999999999999999"), None),
            (json!(true), None),
        ] {
            assert_eq!(whole(&value), read, "{value}");
        }
    }

    #[test]
    fn a_code_has_three_characters_with_a_letter_behind_its_prefix() {
        for (text, prefix, is) in [
            ("PKG-ABC", "PKG-", true),
            ("PKG-12a", "PKG-", true),
            ("PKG-123", "PKG-", false),
            ("PKG-AB", "PKG-", false),
            ("ABC", "PKG-", false),
            ("ABC", "", true),
        ] {
            assert_eq!(is_code(text, prefix), is, "{text}");
        }
    }

    #[test]
    fn a_uuid_has_five_groups_of_hexadecimal_digits() {
        for (text, is) in [
            ("3f2504e0-4f89-41d3-9a0c-0305e82c3301", true),
            ("3F2504E0-4F89-41D3-9A0C-0305E82C3301", true),
            ("3f2504e04f8941d39a0c0305e82c3301", false),
            ("3f2504e0-4f89-41d3-9a0c-0305e82c330g", false),
            ("", false),
        ] {
            assert_eq!(is_uuid(text), is, "{text}");
        }
    }
}
