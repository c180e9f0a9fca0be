//! A metafield: a text that an app keeps with a cart, and who else may see or change it.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::cart::timestamp;
use super::fields::{Faults, Fields, text};

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Metafield {
    pub(super) id: i64,
    pub(super) cart: String,
    /// The app that created it.
    pub(super) owner: String,
    pub(super) permission_set: PermissionSet,
    pub(super) namespace: String,
    pub(super) key: String,
    pub(super) value: String,
    pub(super) description: String,
    /// Milliseconds since 1970.
    pub(super) created: i64,
    pub(super) modified: i64,
}

/// What apps other than the owner may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum PermissionSet {
    AppOnly,
    Read,
    Write,
    ReadAndSfAccess,
    WriteAndSfAccess,
}

/// What a caller sends of a metafield.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) permission_set: PermissionSet,
    pub(super) namespace: String,
    pub(super) key: String,
    pub(super) value: String,
    pub(super) description: Option<String>,
}

impl Draft {
    pub(super) fn read(fields: &Fields, faults: &mut Faults) -> Option<Self> {
        let permission_set = fields.required("permission_set", faults, permission_set);
        let namespace = fields.required("namespace", faults, text(1..=64));
        let key = fields.required("key", faults, text(1..=64));
        let value = fields.required("value", faults, text(1..=65_535));
        let description = fields.optional("description", faults, text(0..=255));
        Some(Self {
            permission_set: permission_set?,
            namespace: namespace?,
            key: key?,
            value: value?,
            description,
        })
    }
}

impl PermissionSet {
    const NAMES: [(&str, Self); 5] = [
        ("app_only", Self::AppOnly),
        ("read", Self::Read),
        ("write", Self::Write),
        ("read_and_sf_access", Self::ReadAndSfAccess),
        ("write_and_sf_access", Self::WriteAndSfAccess),
    ];

    fn name(self) -> &'static str {
        let mut names = Self::NAMES.iter();
        names
            .find(|(_, set)| *set == self)
            .map_or("", |(name, _)| name)
    }
}

fn permission_set(value: &Value) -> Result<PermissionSet, String> {
    let name = text(1..=64)(value)?;
    let mut names = PermissionSet::NAMES.iter();
    names
        .find(|(known, _)| *known == name)
        .map(|(_, set)| *set)
        .ok_or_else(|| {
            let known: Vec<&str> = PermissionSet::NAMES.iter().map(|(name, _)| *name).collect();
            format!("must be one of {}", known.join(", "))
        })
}

impl Metafield {
    /// The fields that an answer can be limited to. The id always stays.
    pub(super) const FIELDS: [&str; 10] = [
        "resource_id",
        "key",
        "value",
        "namespace",
        "permission_set",
        "resource_type",
        "description",
        "owner_client_id",
        "date_created",
        "date_modified",
    ];

    pub(super) fn visible_to(&self, client_id: &str) -> bool {
        self.owner == client_id || self.permission_set != PermissionSet::AppOnly
    }

    pub(super) fn writable_by(&self, client_id: &str) -> bool {
        let open = [PermissionSet::Write, PermissionSet::WriteAndSfAccess];
        self.owner == client_id || open.contains(&self.permission_set)
    }

    pub(super) fn take(&mut self, draft: Draft, now: i64) {
        self.permission_set = draft.permission_set;
        self.namespace = draft.namespace;
        self.key = draft.key;
        self.value = draft.value;
        self.description = draft
            .description
            .unwrap_or_else(|| std::mem::take(&mut self.description));
        self.modified = now;
    }

    /// The metafield as it is answered: its id is a text there.
    pub(super) fn show(&self) -> Value {
        json!({
            "id": self.id.to_string(),
            "key": self.key,
            "value": self.value,
            "namespace": self.namespace,
            "permission_set": self.permission_set.name(),
            "resource_type": "cart",
            "resource_id": self.cart,
            "description": self.description,
            "date_created": timestamp(self.created),
            "date_modified": timestamp(self.modified),
            "owner_client_id": self.owner,
        })
    }

    /// The id and the named fields.
    pub(super) fn show_only(&self, fields: &[String]) -> Value {
        match self.show() {
            Value::Object(shown) => shown
                .into_iter()
                .filter(|(name, _)| name == "id" || fields.contains(name))
                .collect::<Map<String, Value>>()
                .into(),
            other => other,
        }
    }
}
