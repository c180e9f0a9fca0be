//! What the parts of a comparison share while it goes on.

use super::Direction;
use super::causes::{Causes, Found, Key};
use super::source::{At, Source};
use crate::load::Node;

/// What is found so far.
#[derive(Default)]
pub(super) struct Finder {
    pub(super) causes: Causes,
    /// How many nodes differ in words only.
    pub(super) documentation: usize,
    /// What is worth saying and is no finding: a text, and the pointer in the new document.
    pub(super) notes: Vec<(String, Option<String>)>,
}

/// A change of one node, or of a part of it.
pub(super) struct Change<'a> {
    pub(super) aspect: &'static str,
    pub(super) direction: Direction,
    /// Where it stood, or where it would have.
    pub(super) old: &'a str,
    /// Where it stands, or would.
    pub(super) new: &'a str,
    /// Whether it stood there, and whether it stands.
    pub(super) stands: (bool, bool),
    /// As in [`Key::part`].
    pub(super) part: &'a str,
}

impl<'a> Change<'a> {
    /// A node that is on both sides.
    pub(super) fn of(
        aspect: &'static str,
        direction: Direction,
        old: &'a str,
        new: &'a str,
    ) -> Self {
        Self {
            aspect,
            direction,
            old,
            new,
            stands: (true, true),
            part: "",
        }
    }

    /// Gone: `new` is what is left around it.
    pub(super) fn gone(mut self) -> Self {
        self.stands.1 = false;
        self
    }

    /// New: `old` is what was around it.
    pub(super) fn come(mut self) -> Self {
        self.stands.0 = false;
        self
    }

    pub(super) fn part(mut self, part: &'a str) -> Self {
        self.part = part;
        self
    }
}

impl Finder {
    pub(super) fn found(
        &mut self,
        change: &Change<'_>,
        operation: &str,
        subject: impl Into<String>,
        message: impl Into<String>,
    ) {
        let found = Found {
            key: Key {
                aspect: change.aspect,
                old: change.old.to_owned(),
                new: change.new.to_owned(),
                part: change.part.to_owned(),
            },
            direction: change.direction,
            stands: change.stands,
            subject: subject.into(),
            message: message.into(),
        };
        self.causes.add(&found, operation);
    }

    /// Counts the keys that hold words for people and differ.
    pub(super) fn words(&mut self, old: &At<'_>, new: &At<'_>, keys: &[&str]) {
        let differ = |key: &&&str| !same(old.node.get(key), new.node.get(key));
        self.documentation += keys.iter().filter(differ).count();
    }
}

/// What is left in another document around a component that it lacks altogether; `None` when it has it, or this is no component.
pub(super) fn around(at: &At<'_>, other: &Source<'_>) -> Option<String> {
    let mut around = at.named.as_deref()?;
    if other.document.pointer(around).is_some() {
        return None;
    }
    while other.document.pointer(around).is_none() {
        around = around.rsplit_once('/').map_or("", |(above, _)| above);
    }
    Some(around.to_owned())
}

/// Whether two nodes hold the same, wherever they stand and in whatever order their keys are.
pub(super) fn same(old: Option<&Node>, new: Option<&Node>) -> bool {
    old.map(Node::to_json) == new.map(Node::to_json)
}

/// The keys of two mappings, sorted, each once.
pub(super) fn keys<'n>(old: Option<&'n Node>, new: Option<&'n Node>) -> Vec<&'n str> {
    let entries = old.into_iter().chain(new).flat_map(Node::iter_map);
    let mut keys: Vec<&str> = entries.map(|(key, _)| key.text.as_str()).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// A node in short, for a message.
pub(super) fn short(node: Option<&Node>) -> String {
    let Some(node) = node else {
        return "none".to_owned();
    };
    let text = node
        .as_str()
        .map_or_else(|| node.to_json().to_string(), str::to_owned);
    match text.char_indices().nth(80) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text,
    }
}
