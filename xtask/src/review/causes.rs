//! Collects what differs: one cause for each changed node, however many operations and directions reach it.

use std::collections::{BTreeMap, BTreeSet};

use super::rules::{self, Rule};
use super::{Direction, Effect};

/// What tells one cause from another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// What changed, as in [`Rule::aspect`].
    pub aspect: &'static str,
    /// The pointer of the changed node in the old document; the nearest parent's when it is new.
    pub old: String,
    /// The pointer in the new document; the nearest parent's when it is gone.
    pub new: String,
    /// What else is needed to tell it: a property's name, an enum's value. Empty when the pointers do.
    pub part: String,
}

/// A cause while it is collected.
#[derive(Clone, Debug)]
pub struct Cause {
    /// What tells it.
    pub key: Key,
    /// Whether the node stands in the old document.
    pub in_old: bool,
    /// Whether it stands in the new one.
    pub in_new: bool,
    /// As in [`super::Finding::subject`].
    pub subject: String,
    /// As in [`super::Finding::message`].
    pub message: String,
    /// The rules that judge it, with the operations that each reaches.
    pub reached: BTreeMap<&'static str, BTreeSet<String>>,
}

/// All causes, each once.
#[derive(Debug, Default)]
pub struct Causes {
    all: BTreeMap<Key, Cause>,
}

/// What was found, before it is known who reaches it.
#[derive(Clone, Debug)]
pub struct Found {
    /// What tells it.
    pub key: Key,
    /// The direction that judges it.
    pub direction: Direction,
    /// Whether the node stands in the old document, and whether in the new one.
    pub stands: (bool, bool),
    /// As in [`super::Finding::subject`].
    pub subject: String,
    /// As in [`super::Finding::message`].
    pub message: String,
}

impl Found {
    /// The rule that judges it.
    ///
    /// A pair of aspect and direction without a rule is a slip of this program: a test walks the pairs that the comparison uses.
    pub fn rule(&self) -> Option<&'static Rule> {
        rules::of(self.key.aspect, self.direction)
    }
}

impl Causes {
    /// Adds what was found, as reached by an operation.
    pub fn add(&mut self, found: &Found, operation: &str) {
        let Some(rule) = found.rule() else {
            debug_assert!(
                false,
                "no rule for {} {:?}",
                found.key.aspect, found.direction
            );
            return;
        };
        self.add_as(found, rule, [operation]);
    }

    /// As [`Causes::add`], judged by a rule of another aspect: a property that is gone is one cause, whichever of the rules about
    /// that judges it in each direction.
    pub fn add_as<'a>(
        &mut self,
        found: &Found,
        rule: &'static Rule,
        operations: impl IntoIterator<Item = &'a str>,
    ) {
        let cause = self.all.entry(found.key.clone()).or_insert_with(|| Cause {
            key: found.key.clone(),
            in_old: found.stands.0,
            in_new: found.stands.1,
            subject: found.subject.clone(),
            message: found.message.clone(),
            reached: BTreeMap::new(),
        });
        let reached = cause.reached.entry(rule.id).or_default();
        for operation in operations {
            if !operation.is_empty() && !reached.contains(operation) {
                reached.insert(operation.to_owned());
            }
        }
    }

    /// The causes, sorted by what tells them.
    #[expect(clippy::should_implement_trait)]
    pub fn into_iter(self) -> impl Iterator<Item = Cause> {
        self.all.into_values()
    }
}

impl Cause {
    /// What it means in each direction, the worst first.
    pub fn effects(&self) -> Vec<Effect> {
        let effects = self.reached.iter().filter_map(|(id, operations)| {
            Some(Effect {
                rule: rules::by_id(id)?,
                operations: operations.iter().cloned().collect(),
            })
        });
        let mut effects: Vec<Effect> = effects.collect();
        effects.sort_by_key(|effect| {
            let rule = effect.rule;
            (std::cmp::Reverse((rule.wire, rule.rust)), rule.id)
        });
        effects
    }
}
