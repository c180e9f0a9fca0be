//! A licence: what its keycode opens, and the orders that made it so.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::attribute;
use super::customers::{Customer, Role, Wording};
use super::dates::{Moment, Style};
use super::request::{KeycodeType, MOST_SEATS};
use super::seed::{Misplaced, Seed};

/// A licence, in a seed and in a state alike.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Licence {
    pub(super) keycode: String,
    pub(super) license_id: u64,
    /// One for each category, the primary one among them.
    pub(super) profiles: Vec<Profile>,
    /// The orders that made or changed it, the oldest first. A trial has none.
    #[serde(default)]
    pub(super) orders: Vec<OrderStatus>,
    #[serde(default)]
    pub(super) customer: Option<Customer>,
}

/// What a licence holds of one category.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Profile {
    pub(super) category: String,
    pub(super) seats: i64,
    pub(super) keycode_type: KeycodeType,
    pub(super) starts: Moment,
    pub(super) expires: Moment,
    #[serde(default)]
    pub(super) attribute: Option<i64>,
    #[serde(default)]
    pub(super) trial: bool,
    #[serde(default)]
    pub(super) secondary: bool,
}

/// How an order of a licence went.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OrderStatus {
    /// `VendorOrderCode` of the cart that was ordered.
    pub(super) order: String,
    #[serde(default)]
    pub(super) exception_status: Option<String>,
    #[serde(default)]
    pub(super) partner_license_status: Option<String>,
}

impl Licence {
    pub(super) fn profile(&self, category: &str) -> Option<&Profile> {
        let mut profiles = self.profiles.iter();
        profiles.find(|profile| profile.category == category)
    }

    /// The primary profile, or the first one if all are secondary.
    pub(super) fn leading(&self) -> Option<&Profile> {
        let primary = self.profiles.iter().find(|profile| !profile.secondary);
        primary.or_else(|| self.profiles.first())
    }

    /// Takes a profile on, in place of the one of its category.
    pub(super) fn take_on(&mut self, profile: Profile) {
        let known = self
            .profiles
            .iter_mut()
            .find(|known| known.category == profile.category);
        match known {
            Some(known) => *known = profile,
            None => self.profiles.push(profile),
        }
    }

    /// The licence as reading it answers. `None` if the catalogue lacks one of its categories.
    pub(super) fn show(&self, seed: &Seed) -> Option<Value> {
        let mut profiles = Map::new();
        for profile in &self.profiles {
            profiles.insert(profile.category.clone(), profile.show(seed)?);
        }
        let customer = self.customer.as_ref();
        Some(json!({
            "LicenseId": self.license_id,
            "Keycode": self.keycode,
            "ProductLineDescription": seed.product_line,
            "ParentLicenseId": null,
            "ParentKeycode": null,
            "ChildLicenseActivations": 0,
            "PartnerStartDate": Style::Bare.write(seed.partner.since),
            "CustomAttribute": null,
            "Profile": profiles,
            "Customer": customer.map(|customer| customer.show(Role::Shipping, Wording::Plain)),
        }))
    }

    /// Its orders as the call for their status answers them. `None` if no order is known.
    pub(super) fn show_orders(&self) -> Option<Value> {
        let shown = self.orders.iter().map(|order| {
            json!({
                "Keycode": self.keycode,
                "VendorOrderCode": order.order,
                "ExceptionStatus": order.exception_status,
                "PartnerLicenseStatus": order.partner_license_status,
            })
        });
        let shown: Vec<Value> = shown.collect();
        (!shown.is_empty()).then(|| json!({"OrderStatus": shown}))
    }

    /// Finds what no order could have made.
    pub(super) fn check(&self, seed: &Seed) -> Result<(), Misplaced> {
        if self.keycode.is_empty() {
            return Err(Misplaced::new(
                "keycode",
                "is empty; give each licence a keycode",
            ));
        }
        if self.profiles.is_empty() {
            return Err(Misplaced::new(
                "profiles",
                "is empty; a licence holds at least one category",
            ));
        }
        for (index, profile) in self.profiles.iter().enumerate() {
            profile
                .check(seed)
                .map_err(|fault| fault.under(&format!("profiles[{index}]")))?;
            let earlier = self.profiles.iter().take(index);
            if earlier
                .clone()
                .any(|other| other.category == profile.category)
            {
                let what = format!(
                    "{:?} stands twice; a licence holds a category once",
                    profile.category
                );
                return Err(Misplaced::new(format!("profiles[{index}].category"), what));
            }
        }
        Ok(())
    }
}

impl Profile {
    fn show(&self, seed: &Seed) -> Option<Value> {
        let category = seed.category(&self.category)?;
        let (hierarchy, hierarchy_name) = match self.secondary {
            false => (1, "primary"),
            true => (2, "secondary"),
        };
        Some(json!({
            "LicenseCategoryName": category.name,
            "LicenseCategoryDescription": category.description,
            "LicenseSeats": self.seats,
            "LicenseKeycodeTypeId": self.keycode_type.id(),
            "StartDate": Style::Bare.write(self.starts),
            "ExpirationDate": Style::Bare.write(self.expires),
            "LicenseAttributeValue": self.attribute,
            "LicenseAttributeValueDescription": self.attribute.and_then(attribute::words),
            "LicenseAttributeDescription": null,
            "CategoryTypeName": if self.trial { "trial" } else { "full" },
            "ItemHierarchyId": hierarchy,
            "ItemHierarchyName": hierarchy_name,
            "LicenseStatusId": 1,
            "LicenseStatusDescription": "active",
        }))
    }

    fn check(&self, seed: &Seed) -> Result<(), Misplaced> {
        if seed.category(&self.category).is_none() {
            return Err(seed.no_category("category", &self.category));
        }
        if !(1..=MOST_SEATS).contains(&self.seats) {
            let what = format!(
                "{} is no number of seats; give one from 1 to {MOST_SEATS}",
                self.seats
            );
            return Err(Misplaced::new("seats", what));
        }
        if self.expires < self.starts {
            return Err(Misplaced::new(
                "expires",
                "lies before `starts`; swap the two or move one",
            ));
        }
        attribute::check(self.attribute)
    }
}
