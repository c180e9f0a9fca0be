//! Schemas that no operation reaches: nothing of them goes over the wire, but their Rust types are generated.

use std::collections::{BTreeSet, HashSet};

use super::{Child, Judged, Place, Schemas, Walk};
use crate::load::{Document, LoadError, Node, Value, pointer_token};
use crate::review::Direction;
use crate::review::causes::{Causes, Found, Key};
use crate::review::shape::Spot;
use crate::review::source::Source;

const SCHEMAS: &str = "/components/schemas";

impl Schemas<'_, '_> {
    /// Compares the schemas that no operation reaches, by name.
    pub(super) fn unused(&mut self, causes: &mut Causes) -> Result<(), LoadError> {
        let (old, new) = (self.old.source, self.new.source);
        let (of_old, of_new) = (names(old.document), names(new.document));
        let (by_old, by_new) = (reached(old.document), reached(new.document));
        let mut pairs = Vec::new();
        for name in of_old.union(&of_new) {
            let pointer = format!("{SCHEMAS}/{}", pointer_token(name));
            if by_old.contains(&pointer) || by_new.contains(&pointer) {
                continue;
            }
            match (of_old.contains(name), of_new.contains(name)) {
                (true, true) => pairs.push((name, self.unused_root(&pointer)?, pointer)),
                (true, false) => add(causes, name, &pointer, (true, false), "removed".to_owned()),
                _ => add(causes, name, &pointer, (false, true), "added".to_owned()),
            }
        }
        self.run()?;
        let telling = self.telling();
        let mut walk = Walk::new(self.nodes.len());
        for (name, root, pointer) in pairs {
            let nodes = root.map(|root| walk.findings(&self.nodes, root, &telling));
            if let Some(message) = own_changes(&nodes.unwrap_or_default(), &pointer) {
                add(causes, name, &pointer, (true, true), message);
            }
        }
        Ok(())
    }

    /// The node of a component that both documents have.
    fn unused_root(&mut self, pointer: &str) -> Result<Option<usize>, LoadError> {
        let old = at(&self.old.source, pointer)?;
        let new = at(&self.new.source, pointer)?;
        let (Some(old), Some(new)) = (old, new) else {
            return Ok(None);
        };
        let child = Child {
            old,
            new,
            place: Place::Body,
            subject: String::new(),
            places: (pointer.to_owned(), pointer.to_owned()),
            null: true,
            names: true,
        };
        Ok(Some(self.node(child, Direction::Response)))
    }
}

fn add(causes: &mut Causes, name: &str, pointer: &str, stands: (bool, bool), message: String) {
    let place = |stands: bool| match stands {
        true => pointer.to_owned(),
        false => SCHEMAS.to_owned(),
    };
    let found = Found {
        key: Key {
            aspect: match stands {
                (true, true) => "unused-schema-changed",
                (true, false) => "unused-schema-removed",
                _ => "unused-schema-added",
            },
            old: place(stands.0),
            new: place(stands.1),
            part: String::new(),
        },
        direction: Direction::Any,
        stands,
        subject: name.to_owned(),
        message,
    };
    causes.add(&found, "");
}

/// What changed in a component, without what it refers to.
fn own_changes(nodes: &[&super::Node], pointer: &str) -> Option<String> {
    let within = format!("{pointer}/");
    let own = |judged: &&Judged| {
        let key = &judged.found.key;
        let places = [&key.old, &key.new];
        places
            .iter()
            .any(|place| *place == pointer || place.starts_with(&within))
    };
    let findings = nodes.iter().flat_map(|node| &node.findings).filter(own);
    let mut messages = findings.map(|judged| {
        let found = &judged.found;
        format!("{}: {}", found.subject, found.message)
    });
    let first = messages.next()?;
    Some(match messages.count() {
        0 => first,
        more => format!("{first}, and {more} more"),
    })
}

fn at<'d>(source: &Source<'d>, pointer: &str) -> Result<Option<Spot<'d>>, LoadError> {
    let Some(node) = source.document.pointer(pointer) else {
        return Ok(None);
    };
    let mut at = source.follow(node, pointer.to_owned())?;
    at.named.get_or_insert_with(|| pointer.to_owned());
    Ok(Some(Spot::of(at)))
}

fn names(document: &Document) -> BTreeSet<String> {
    let schemas = document.pointer(SCHEMAS);
    let schemas = schemas.into_iter().flat_map(Node::iter_map);
    schemas.map(|(name, _)| name.text.clone()).collect()
}

/// The pointers of everything that the operations refer to, however far.
fn reached(document: &Document) -> HashSet<String> {
    let mut reached: HashSet<String> = HashSet::new();
    let mut open: Vec<&Node> = document.pointer("/paths").into_iter().collect();
    while let Some(node) = open.pop() {
        match &node.value {
            Value::Seq(elements) => open.extend(elements),
            Value::Map(entries) => {
                for (key, value) in entries {
                    // Callbacks are no part of a client.
                    if key.text != "callbacks" {
                        open.push(value);
                    }
                }
                let mapping = node.get("mapping").into_iter().flat_map(Node::iter_map);
                let targets = mapping.map(|(_, target)| target).chain(node.get("$ref"));
                for target in targets.filter_map(Node::as_str) {
                    let pointer = match target.strip_prefix('#') {
                        Some(pointer) => percent_encoding::percent_decode_str(pointer)
                            .decode_utf8_lossy()
                            .into_owned(),
                        None => format!("{SCHEMAS}/{}", pointer_token(target)),
                    };
                    if !reached.contains(&pointer)
                        && let Some(found) = document.pointer(&pointer)
                    {
                        reached.insert(pointer);
                        open.push(found);
                    }
                }
            }
            // Our own extensions name schemas in plain text.
            Value::String(text) => {
                let pointer = text.strip_prefix('#').unwrap_or_default();
                if pointer.starts_with(SCHEMAS)
                    && !reached.contains(pointer)
                    && let Some(found) = document.pointer(pointer)
                {
                    reached.insert(pointer.to_owned());
                    open.push(found);
                }
            }
            _ => (),
        }
    }
    reached
}
