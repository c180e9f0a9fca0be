//! What the comparison of one pair of schemas yields.

use std::rc::Rc;

use super::Place;
use crate::review::Direction;
use crate::review::causes::{Found, Key};
use crate::review::rules::{self, Rule};
use crate::review::shape::{Layer, Shape, Spot};

/// A finding with the rule that judges it.
#[derive(Clone, Debug)]
pub(super) struct Judged {
    pub(super) found: Found,
    pub(super) rule: &'static Rule,
}

/// A pair below.
#[derive(Clone, Debug)]
pub(super) struct Child<'o, 'n> {
    pub(super) old: Spot<'o>,
    pub(super) new: Spot<'n>,
    pub(super) place: Place,
    /// What a reader calls it, where it stands inline.
    pub(super) subject: String,
    /// Where each stands, before references are followed.
    pub(super) places: (String, String),
    /// Whether it is judged for null, and for its name; a parent may have done that.
    pub(super) null: bool,
    pub(super) names: bool,
}

/// Two shapes, while they are compared.
pub(super) struct Pair<'o, 'n> {
    pub(super) old: Rc<Shape<'o>>,
    pub(super) new: Rc<Shape<'n>>,
    pub(super) direction: Direction,
    pub(super) place: Place,
    pub(super) subject: String,
    /// Where each stands, before references are followed.
    pub(super) places: (String, String),
}

/// What differs, and what is below.
#[derive(Default)]
pub(super) struct Outcome<'o, 'n> {
    pub(super) findings: Vec<Judged>,
    pub(super) children: Vec<Child<'o, 'n>>,
    /// The pointers, if they differ in words.
    pub(super) reworded: Option<(String, String)>,
    /// Whether the pair's Rust type changes anyway: its name is no finding of its own then.
    pub(super) retyped: bool,
}

/// A kind of change: what tells its cause, and the aspects that judge it in each direction.
#[derive(Clone, Copy)]
pub(super) struct Change {
    pub(super) key: &'static str,
    pub(super) request: &'static str,
    pub(super) response: &'static str,
}

/// The same aspect in both directions.
pub(super) const fn change(aspect: &'static str) -> Change {
    Change {
        key: aspect,
        request: aspect,
        response: aspect,
    }
}

/// Where a change stands, in each document; whether the node itself stands there, rather than what it would stand in.
pub(super) struct Sides {
    pub(super) old: String,
    pub(super) new: String,
    pub(super) stands: (bool, bool),
}

/// The aspects by which a parameter's own schema is judged; by those of a body where none is named.
const OF_PARAMETERS: &[(&str, &str)] = &[
    ("type-changed", "parameter-type-changed"),
    ("type-narrowed", "parameter-type-narrowed"),
    ("type-widened", "parameter-type-widened"),
    ("bounds-narrowed", "parameter-narrowed"),
    ("bounds-widened", "parameter-widened"),
    ("constraint-set", "parameter-constraint-set"),
    ("constraint-dropped", "parameter-widened"),
    ("enum-removed", "parameter-enum-removed"),
    ("enum-added", "parameter-enum-added"),
    ("enum-set", "parameter-enum-set"),
    ("enum-dropped", "parameter-enum-dropped"),
    ("default-changed", "parameter-default-changed"),
];

impl<'o, 'n> Pair<'o, 'n> {
    /// The rule that judges a change here; `None` when it means nothing here.
    fn rule(&self, change: Change) -> Option<&'static Rule> {
        let aspect = match self.direction {
            Direction::Request => change.request,
            _ => change.response,
        };
        debug_assert!(
            rules::rules().any(|rule| rule.aspect == aspect),
            "no rule for {aspect}"
        );
        let rule = rules::of(aspect, self.direction)?;
        let of_parameters = || {
            let found = OF_PARAMETERS.iter().find(|(body, _)| *body == aspect);
            debug_assert!(
                found.is_none_or(|(_, own)| rules::of(own, Direction::Request).is_some())
            );
            found.and_then(|(_, own)| rules::of(own, self.direction))
        };
        match self.place {
            Place::Body => Some(rule),
            Place::Parameter => Some(of_parameters().unwrap_or(rule)),
            Place::Header if rule.direction == Direction::Any => None,
            Place::Header => rules::of("header-changed", self.direction),
        }
    }

    /// Where `keyword` stands on both sides; where it would stand, on the side that doesn't say it.
    pub(super) fn sides(&self, keyword: &str) -> Sides {
        let owner = |layer: Option<&Layer>| layer.and_then(|layer| layer.owner.clone());
        // What stands inline on one side stands where the other side refers to a component.
        let counterpart = |layer: Option<&Layer>, owner: Option<String>, place: &String| match layer
        {
            Some(layer) if owner.is_some() || layer.owner.is_none() => layer.pointer.clone(),
            _ => place.clone(),
        };
        let (old, new) = match (self.old.place(keyword), self.new.place(keyword)) {
            (Some(old), Some(new)) => (Some(old.to_owned()), Some(new.to_owned())),
            (Some(old), None) => {
                let owner = owner(self.old.layer_of(keyword));
                let new = self.new.counterpart(owner.as_deref());
                let new = counterpart(new, owner, &self.places.1);
                (Some(old.to_owned()), Some(new))
            }
            (None, Some(new)) => {
                let owner = owner(self.new.layer_of(keyword));
                let old = self.old.counterpart(owner.as_deref());
                let old = counterpart(old, owner, &self.places.0);
                (Some(old), Some(new.to_owned()))
            }
            (None, None) => (None, None),
        };
        Sides {
            old: old.unwrap_or_else(|| self.old.pointer.clone()),
            new: new.unwrap_or_else(|| self.new.pointer.clone()),
            stands: (true, true),
        }
    }

    /// What a reader calls the schema that says `keyword`.
    pub(super) fn subject(&self, keyword: &str) -> String {
        match self.old.place(keyword) {
            Some(_) => self.owner(&self.old, self.old.layer_of(keyword)),
            None => self.owner(&self.new, self.new.layer_of(keyword)),
        }
    }

    /// What a reader calls the schema that a layer of one side belongs to.
    pub(super) fn owner(&self, shape: &Shape<'_>, layer: Option<&Layer>) -> String {
        let own = shape.layers.first().and_then(|layer| layer.owner.as_ref());
        match layer.and_then(|layer| layer.owner.as_ref()) {
            Some(owner) if Some(owner) != own => owner.clone(),
            _ => self.subject.clone(),
        }
    }

    /// A pair below, judged as its parent is.
    pub(super) fn child(
        &self,
        (old, new): (&Spot<'o>, &Spot<'n>),
        places: (String, String),
        subject: String,
    ) -> Child<'o, 'n> {
        Child {
            places,
            old: old.clone(),
            new: new.clone(),
            place: match self.place {
                Place::Parameter => Place::Body,
                place => place,
            },
            subject,
            null: true,
            names: true,
        }
    }
}

impl Outcome<'_, '_> {
    /// A change of what `keyword` says.
    pub(super) fn says(
        &mut self,
        pair: &Pair<'_, '_>,
        change: Change,
        keyword: &str,
        message: String,
    ) {
        self.stands(
            pair,
            change,
            pair.sides(keyword),
            pair.subject(keyword),
            message,
        );
    }

    /// A change at a place of its own.
    pub(super) fn stands(
        &mut self,
        pair: &Pair<'_, '_>,
        change: Change,
        sides: Sides,
        subject: String,
        message: String,
    ) {
        let Some(rule) = pair.rule(change) else {
            return;
        };
        let (mut aspect, mut old, mut new) = (change.key, sides.old, sides.new);
        if pair.place == Place::Header {
            aspect = "header-changed";
            old.clone_from(&pair.old.pointer);
            new.clone_from(&pair.new.pointer);
        }
        self.findings.push(Judged {
            found: Found {
                key: Key {
                    aspect,
                    old,
                    new,
                    part: String::new(),
                },
                direction: pair.direction,
                stands: sides.stands,
                subject,
                message,
            },
            rule,
        });
    }
}
