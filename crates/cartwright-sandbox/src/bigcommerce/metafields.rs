//! All metafields of the store, and the rules by which they come, change and go.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::errors::Problem;
use super::metafield::{Draft, Metafield};
use crate::state::StateError;

/// As many metafields as one app may have with one cart.
const MOST_OF_AN_APP: usize = 10;
/// As many as all apps together may have with one cart.
const MOST_OF_A_CART: usize = 250;

/// The sandbox's own bound, so that there always is another id.
const MOST_ID: i64 = 1_000_000_000_000;

#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Metafields {
    /// The last id that was given out; ids are not used again.
    last_id: i64,
    kept: BTreeMap<i64, Metafield>,
}

/// Why a metafield was not created, changed or deleted.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Refused {
    Missing,
    /// What another app may not do with it, as in `update`.
    Unauthorized(&'static str),
    Duplicate,
    /// Whose metafields are too many, as in `app`, and how many fit.
    Full(&'static str, usize),
}

impl Refused {
    /// The refusal as a text, as a batch gives it.
    pub(super) fn told(&self) -> String {
        match self {
            Self::Missing => "Metafield does not exist".to_owned(),
            Self::Unauthorized(verb) => format!("Unauthorized to {verb}"),
            Self::Duplicate => {
                "The cart has a metafield of this app with this namespace and key already"
                    .to_owned()
            }
            Self::Full(whose, most) => {
                format!("The {whose} has the most metafields that fit a cart: {most}")
            }
        }
    }
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Self {
        let title = refused.told();
        match refused {
            Refused::Missing => Self::no_metafield(),
            Refused::Unauthorized(_) => Self::forbidden(title),
            Refused::Duplicate => Self::duplicate(title),
            Refused::Full(..) => Self::unprocessable(title),
        }
    }
}

impl Metafields {
    /// Those that a caller may see, by their ids.
    pub(super) fn visible<'a>(&'a self, client_id: &'a str) -> impl Iterator<Item = &'a Metafield> {
        self.kept
            .values()
            .filter(move |metafield| metafield.visible_to(client_id))
    }

    /// Whether any app has a metafield under the cart's id.
    pub(super) fn any_of(&self, cart: &str) -> bool {
        self.kept.values().any(|metafield| metafield.cart == cart)
    }

    /// A metafield that the caller may see, of any cart if none is named.
    pub(super) fn find(
        &self,
        client_id: &str,
        cart: Option<&str>,
        id: i64,
    ) -> Result<&Metafield, Refused> {
        self.kept
            .get(&id)
            .filter(|metafield| cart.is_none_or(|cart| cart == metafield.cart))
            .filter(|metafield| metafield.visible_to(client_id))
            .ok_or(Refused::Missing)
    }

    pub(super) fn create(
        &mut self,
        client_id: &str,
        cart: &str,
        draft: Draft,
        now: i64,
    ) -> Result<Metafield, Refused> {
        self.check_unique(client_id, cart, &draft, None)?;
        let of_cart = self.kept.values().filter(|one| one.cart == cart);
        let owners: Vec<&str> = of_cart.map(|one| one.owner.as_str()).collect();
        let own = owners.iter().filter(|owner| **owner == client_id).count();
        if own >= MOST_OF_AN_APP {
            return Err(Refused::Full("app", MOST_OF_AN_APP));
        }
        if owners.len() >= MOST_OF_A_CART {
            return Err(Refused::Full("cart", MOST_OF_A_CART));
        }
        self.last_id = self.last_id.saturating_add(1);
        let metafield = Metafield {
            id: self.last_id,
            cart: cart.to_owned(),
            owner: client_id.to_owned(),
            permission_set: draft.permission_set,
            namespace: draft.namespace,
            key: draft.key,
            value: draft.value,
            description: draft.description.unwrap_or_default(),
            created: now,
            modified: now,
        };
        self.kept.insert(metafield.id, metafield.clone());
        Ok(metafield)
    }

    pub(super) fn update(
        &mut self,
        client_id: &str,
        cart: Option<&str>,
        id: i64,
        draft: Draft,
        now: i64,
    ) -> Result<Metafield, Refused> {
        let mut metafield = self.find(client_id, cart, id)?.clone();
        if !metafield.writable_by(client_id) {
            return Err(Refused::Unauthorized("update"));
        }
        self.check_unique(&metafield.owner, &metafield.cart, &draft, Some(id))?;
        metafield.take(draft, now);
        self.kept.insert(id, metafield.clone());
        Ok(metafield)
    }

    pub(super) fn delete(
        &mut self,
        client_id: &str,
        cart: Option<&str>,
        id: i64,
    ) -> Result<(), Refused> {
        if !self.find(client_id, cart, id)?.writable_by(client_id) {
            return Err(Refused::Unauthorized("delete"));
        }
        self.kept.remove(&id);
        Ok(())
    }

    fn check_unique(
        &self,
        owner: &str,
        cart: &str,
        draft: &Draft,
        itself: Option<i64>,
    ) -> Result<(), Refused> {
        let taken = self.kept.values().any(|other| {
            Some(other.id) != itself
                && other.owner == owner
                && other.cart == cart
                && other.namespace == draft.namespace
                && other.key == draft.key
        });
        match taken {
            true => Err(Refused::Duplicate),
            false => Ok(()),
        }
    }

    /// Refuses a state that no calls could have made.
    pub(super) fn check(&self, place: &str) -> Result<(), StateError> {
        if !(0..=MOST_ID).contains(&self.last_id) {
            return Err(StateError::at(
                format!("{place}.last_id"),
                format!("must be from 0 to {MOST_ID}"),
            ));
        }
        let mut keys = BTreeSet::new();
        for (id, one) in &self.kept {
            let place = format!("{place}.kept.{id}");
            if one.id != *id || !(1..=self.last_id).contains(id) {
                return Err(StateError::at(
                    format!("{place}.id"),
                    format!(
                        "is {}; it must be the name it stands under, from 1 to last_id",
                        one.id
                    ),
                ));
            }
            if !keys.insert((&one.owner, &one.cart, &one.namespace, &one.key)) {
                return Err(StateError::at(
                    place,
                    "another metafield has this owner, cart, namespace and key; leave one out",
                ));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::metafield::PermissionSet;
    use super::*;

    fn draft(key: &str) -> Draft {
        Draft {
            permission_set: PermissionSet::AppOnly,
            namespace: "n".to_owned(),
            key: key.to_owned(),
            value: "v".to_owned(),
            description: None,
        }
    }

    #[test]
    fn a_cart_takes_250_metafields_of_all_apps_together() {
        let mut metafields = Metafields::default();
        for app in 0..25 {
            for key in 0..10 {
                let draft = draft(&key.to_string());
                assert!(metafields.create(&app.to_string(), "c", draft, 0).is_ok());
            }
        }
        let another = metafields.create("another", "c", draft("k"), 0);
        assert_eq!(another.unwrap_err(), Refused::Full("cart", 250));
        assert!(metafields.create("another", "d", draft("k"), 0).is_ok());
    }

    #[test]
    fn an_id_is_never_used_again() {
        let mut metafields = Metafields::default();
        let first = metafields.create("a", "c", draft("k"), 0).unwrap();
        metafields.delete("a", None, first.id).unwrap();
        let second = metafields.create("a", "c", draft("k"), 0).unwrap();
        assert_eq!((first.id, second.id), (1, 2));
    }

    #[test]
    fn a_state_with_a_stray_id_or_a_double_key_is_refused() {
        let mut metafields = Metafields::default();
        metafields.create("a", "c", draft("k"), 0).unwrap();
        let one = metafields.kept[&1].clone();
        assert_eq!(metafields.check("m"), Ok(()));
        for id in [1, 2] {
            let mut odd = metafields.clone();
            odd.kept.insert(2, Metafield { id, ..one.clone() });
            odd.last_id = 2;
            let refusal = odd.check("m").unwrap_err();
            assert!(refusal.place().starts_with("m.kept.2"), "{refusal}");
        }
        metafields.last_id = 0;
        assert_eq!(metafields.check("m").unwrap_err().place(), "m.kept.1.id");
    }
}
