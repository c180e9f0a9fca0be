//! Fields that can be `null`, and fields that can be absent besides.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A value that can be `null`.
///
/// In a struct serde reads a missing field as `null`; where that is a difference, the field is a
/// [`Maybe`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Nullable<T> {
    /// `null`.
    #[default]
    Null,
    /// The value.
    Value(T),
}

impl<T> Nullable<T> {
    /// Whether this is `null`.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The value, unless it is `null`.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Null => None,
            Self::Value(value) => Some(value),
        }
    }

    /// The value itself, unless it is `null`.
    pub fn into_value(self) -> Option<T> {
        match self {
            Self::Null => None,
            Self::Value(value) => Some(value),
        }
    }
}

impl<T> From<T> for Nullable<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

/// `None` is `null`.
impl<T> From<Option<T>> for Nullable<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Value)
    }
}

impl<T: Serialize> Serialize for Nullable<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value().serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Nullable<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(Self::from)
    }
}

/// A field that can be absent, `null`, or a value, which vendors tell apart.
///
/// Generated fields have this type where the specification says that `null` can come. Any other optional
/// field is an `Option`: a `null` that comes there all the same is read as absent, and not written back.
///
/// A struct needs `default` and `skip_serializing_if` for it:
///
/// ```
/// use cartwright_runtime::Maybe;
///
/// #[derive(serde::Serialize, serde::Deserialize)]
/// struct Update {
///     #[serde(default, skip_serializing_if = "::cartwright_runtime::Maybe::is_absent")]
///     note: Maybe<String>,
/// }
///
/// for (json, note) in [
///     (r#"{}"#, Maybe::Absent),
///     (r#"{"note":null}"#, Maybe::Null),
///     (r#"{"note":"x"}"#, Maybe::from("x".to_owned())),
/// ] {
///     let update: Update = serde_json::from_str(json).unwrap();
///     assert_eq!(update.note, note);
///     assert_eq!(serde_json::to_string(&update).unwrap(), json);
/// }
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Maybe<T> {
    /// The field is not there.
    #[default]
    Absent,
    /// `null`.
    Null,
    /// The value.
    Value(T),
}

impl<T> Maybe<T> {
    /// Whether the field is not there.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether this is `null`.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The value, unless it is absent or `null`.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Absent | Self::Null => None,
            Self::Value(value) => Some(value),
        }
    }

    /// The value, to change it in place.
    ///
    /// ```
    /// let mut field = cartwright_runtime::Maybe::Value(vec![1, 2]);
    /// if let Some(list) = field.value_mut() {
    ///     list.push(3);
    /// }
    /// assert_eq!(field.into_value(), Some(vec![1, 2, 3]));
    /// ```
    pub fn value_mut(&mut self) -> Option<&mut T> {
        match self {
            Self::Absent | Self::Null => None,
            Self::Value(value) => Some(value),
        }
    }

    /// The value itself, unless it is absent or `null`.
    pub fn into_value(self) -> Option<T> {
        match self {
            Self::Absent | Self::Null => None,
            Self::Value(value) => Some(value),
        }
    }

    /// The three states as options: the outer `None` is absent, the inner one `null`.
    pub fn as_option(&self) -> Option<Option<&T>> {
        match self {
            Self::Absent => None,
            Self::Null => Some(None),
            Self::Value(value) => Some(Some(value)),
        }
    }
}

impl<T> From<T> for Maybe<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

/// `None` is absent.
impl<T> From<Option<T>> for Maybe<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Absent, Self::Value)
    }
}

/// What is absent is written as `null` where it is not left out.
impl<T: Serialize> Serialize for Maybe<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value().serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Maybe<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer)
            .map(|value: Option<T>| value.map_or(Self::Null, Self::Value))
    }
}
