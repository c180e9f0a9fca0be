//! What the rules look at: the document, walked once, and its operations.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::rc::Rc;

use super::grammar::Kind;
use super::json_schema::{Checker, json_schema};
use super::walk::{self, Visit, Walk};
use crate::load::{Document, Node, Position, pointer_token};

/// One breach of a rule, before the rule and the place are added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The JSON pointer of the node concerned.
    pub pointer: String,
    /// The place, where it isn't that of the node.
    pub position: Option<Position>,
    /// What is wrong.
    pub message: String,
    /// How to mend it, where the rule's own mend isn't exact enough.
    pub mend: Option<String>,
}

impl Problem {
    /// A problem that the rule's mend fits.
    pub fn new(pointer: &str, message: impl Into<String>) -> Self {
        Self {
            pointer: pointer.to_owned(),
            position: None,
            message: message.into(),
            mend: None,
        }
    }

    /// The same problem at a place of its own.
    #[must_use]
    pub(super) fn at(self, position: Position) -> Self {
        Self {
            position: Some(position),
            ..self
        }
    }

    /// The same problem with a mend of its own.
    #[must_use]
    pub fn mend(self, mend: impl Into<String>) -> Self {
        Self {
            mend: Some(mend.into()),
            ..self
        }
    }
}

/// The document as the rules see it.
#[derive(Debug)]
pub struct Context<'d> {
    pub(crate) document: &'d Document,
    pub(super) base_dir: &'d Path,
    pub(super) visits: Vec<Visit<'d>>,
    pub(super) walk: Walk<'d>,
    pub(crate) operations: Vec<Operation<'d>>,
    /// The document without places.
    pub(crate) json: serde_json::Value,
    /// Schemas made ready so far, by pointer: many examples are held against the same one.
    checkers: RefCell<BTreeMap<String, SharedChecker>>,
    /// Whether any text is said to hold JSON.
    pub(super) has_json_text: bool,
    /// Whether the schemas are whole enough for a validator, once a rule has asked.
    pub(super) sound: OnceCell<bool>,
}

/// A schema made ready, or why it can't be.
pub(crate) type SharedChecker = Rc<Result<Checker, String>>;

/// An operation with everything that applies to it.
#[derive(Debug)]
pub(crate) struct Operation<'d> {
    pub(crate) method: &'d str,
    pub(crate) path: &'d str,
    pub(crate) pointer: String,
    pub(super) node: &'d Node,
    pub(super) parameters: Vec<Parameter<'d>>,
}

/// A parameter of an operation, references followed.
#[derive(Debug, Clone)]
pub(crate) struct Parameter<'d> {
    /// Where the operation or path item lists it.
    pub(super) pointer: String,
    pub(super) name: &'d str,
    pub(super) location: &'d str,
}

impl<'d> Operation<'d> {
    pub(super) fn id(&self) -> Option<&'d str> {
        self.node.text("operationId")
    }

    /// The statuses with their responses as written, in written order.
    pub(crate) fn responses(&self) -> impl Iterator<Item = (&'d str, String, &'d Node)> {
        let responses = self.node.get("responses").into_iter();
        let base = format!("{}/responses", self.pointer);
        responses
            .flat_map(Node::iter_map)
            .filter(|(key, _)| !key.text.starts_with("x-"))
            .map(move |(key, node)| {
                let pointer = format!("{base}/{}", pointer_token(&key.text));
                (key.text.as_str(), pointer, node)
            })
    }
}

/// A `content` entry: a media type's name, its pointer and its node.
pub(crate) type Content<'d> = (&'d str, String, &'d Node);

impl<'d> Context<'d> {
    /// Walks the document. `base_dir` is the folder that `externalValue`s are relative to.
    pub fn new(document: &'d Document, base_dir: &'d Path) -> Self {
        let mut walk = walk::walk(&document.root);
        let visits = std::mem::take(&mut walk.visits);
        let has_json_text = visits.iter().any(|visit| {
            let is_schema = visit.kind == Kind::Schema;
            is_schema && visit.node.has("x-json-text")
        });
        let mut context = Self {
            document,
            base_dir,
            visits,
            walk,
            operations: Vec::new(),
            json: document.root.to_json(),
            checkers: RefCell::default(),
            has_json_text,
            sound: OnceCell::new(),
        };
        context.operations = context.list_operations();
        context
    }

    fn list_operations(&self) -> Vec<Operation<'d>> {
        let visits = self.visits.iter();
        visits
            .filter(|visit| visit.kind == Kind::Operation)
            .filter_map(|visit| {
                let item = self.visits.get(visit.parent?)?;
                let path = self.document.root.get("paths")?.iter_map();
                let path = path
                    .map(|(key, _)| key.text.as_str())
                    .find(|path| item.pointer == format!("/paths/{}", pointer_token(path)))?;
                let mut parameters = self.parameters(&item.pointer, item.node);
                let own = self.parameters(&visit.pointer, visit.node);
                parameters.retain(|shared| {
                    !own.iter().any(|parameter| {
                        parameter.name == shared.name && parameter.location == shared.location
                    })
                });
                parameters.extend(own);
                Some(Operation {
                    method: visit.via,
                    path,
                    pointer: visit.pointer.clone(),
                    node: visit.node,
                    parameters,
                })
            })
            .collect()
    }

    fn parameters(&self, pointer: &str, node: &'d Node) -> Vec<Parameter<'d>> {
        let list = node.get("parameters").into_iter().flat_map(Node::iter_seq);
        list.enumerate()
            .filter_map(|(index, entry)| {
                let node = self.document.resolve(entry).ok()?;
                Some(Parameter {
                    pointer: format!("{pointer}/parameters/{index}"),
                    name: node.text("name")?,
                    location: node.text("in")?,
                })
            })
            .collect()
    }

    /// Whether there are paths at all: without them nothing is reached, which another rule has said.
    pub(super) fn has_paths(&self) -> bool {
        self.document.root.get("paths").is_some_and(Node::is_map)
    }

    pub(super) fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Visit<'d>> {
        self.visits.iter().filter(move |visit| visit.kind == kind)
    }

    /// Every schema written out, references left aside.
    pub(super) fn schemas(&self) -> impl Iterator<Item = &Visit<'d>> {
        self.of_kind(Kind::Schema)
            .filter(|visit| visit.reference().is_none())
    }

    /// The schema components: name, pointer, node.
    pub(super) fn components(&self) -> impl Iterator<Item = (&'d str, String, &'d Node)> {
        let schemas = self.document.pointer("/components/schemas").into_iter();
        schemas.flat_map(Node::iter_map).map(|(key, node)| {
            let pointer = format!("/components/schemas/{}", pointer_token(&key.text));
            (key.text.as_str(), pointer, node)
        })
    }

    /// The media types of a response or request body, references followed.
    pub(crate) fn content(&self, pointer: &str, node: &'d Node) -> Vec<Content<'d>> {
        let Ok(found) = self.document.resolve_pointer(node) else {
            return Vec::new();
        };
        let (pointer, node) = found.unwrap_or_else(|| (pointer.to_owned(), node));
        let content = node.get("content").into_iter().flat_map(Node::iter_map);
        content
            .map(|(key, media)| {
                let pointer = format!("{pointer}/content/{}", pointer_token(&key.text));
                (key.text.as_str(), pointer, media)
            })
            .collect()
    }

    /// The request body's media types.
    pub(crate) fn request(&self, operation: &Operation<'d>) -> Vec<Content<'d>> {
        let pointer = format!("{}/requestBody", operation.pointer);
        match operation.node.get("requestBody") {
            Some(body) => self.content(&pointer, body),
            None => Vec::new(),
        }
    }

    /// The pointers of the components that the nodes at and below `pointers` reach, through any number of
    /// references.
    pub(super) fn reached_from(&self, pointers: &[String]) -> BTreeSet<String> {
        let edges = self.references();
        let mut reached = BTreeSet::new();
        let mut open: Vec<&str> = pointers.iter().map(String::as_str).collect();
        while let Some(from) = open.pop() {
            let below = format!("{from}/");
            let inside = edges
                .iter()
                .filter(|(place, _)| *place == from || place.starts_with(&below));
            for (_, target) in inside {
                if reached.insert((*target).to_owned()) {
                    open.push(target);
                }
            }
        }
        reached
    }

    /// The schema at a pointer, ready to hold payloads against.
    pub(crate) fn checker(&self, schema: &str) -> SharedChecker {
        let mut checkers = self.checkers.borrow_mut();
        let ready = checkers.entry(schema.to_owned());
        ready
            .or_insert_with(|| Rc::new(Checker::new(&json_schema(&self.json, schema))))
            .clone()
    }

    /// Every reference: where it stands, and the pointer it names.
    fn references(&self) -> Vec<(&str, &'d str)> {
        let plain = self.visits.iter().filter_map(|visit| {
            let target = visit.reference()?.strip_prefix('#')?;
            Some((visit.pointer.as_str(), target))
        });
        let failures = self.operations.iter().filter_map(|operation| {
            let failure = operation.node.get("x-failure")?;
            let target = failure.text("schema")?.strip_prefix('#')?;
            Some((operation.pointer.as_str(), target))
        });
        let texts = self.of_kind(Kind::Schema).filter_map(|visit| {
            let target = visit.node.text("x-json-text")?.strip_prefix('#')?;
            Some((visit.pointer.as_str(), target))
        });
        plain.chain(failures).chain(texts).collect()
    }

    /// The pointers of every response of every operation, and of the schemas that `x-failure` names.
    pub(super) fn response_roots(&self) -> Vec<String> {
        let mut roots = Vec::new();
        for operation in &self.operations {
            roots.extend(operation.responses().map(|(_, pointer, _)| pointer));
            let failure = operation.node.get("x-failure");
            let schema = failure.and_then(|failure| failure.text("schema"));
            roots.extend(
                schema
                    .and_then(|schema| schema.strip_prefix('#'))
                    .map(str::to_owned),
            );
        }
        roots
    }
}

/// Those entries of `names` that share a key with an earlier one, each with that earlier one.
pub(super) fn collisions<'a, K: Ord>(
    names: impl Iterator<Item = &'a str>,
    key: impl Fn(&str) -> K,
) -> Vec<(&'a str, &'a str)> {
    let mut seen: BTreeMap<K, &str> = BTreeMap::new();
    let mut list = Vec::new();
    for name in names {
        match seen.get(&key(name)) {
            Some(first) => list.push((name, *first)),
            None => {
                seen.insert(key(name), name);
            }
        }
    }
    list
}
