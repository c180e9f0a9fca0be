//! Reads a spec and remembers where each part of it stands.
//!
//! YAML 1.2 (core schema) and JSON go through one parser. What comes out is a tree of [`Node`]s, each
//! with its line and column, so that every later message can point at the place that has to change.

mod build;
mod node;
mod scalar;

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

pub use node::{Key, Node, Position, Value, pointer_token};

/// A loaded spec: its file name, its text and its tree.
#[derive(Debug, Clone)]
pub struct Document {
    /// The name that messages use for the file.
    pub file: String,
    /// The text as read, without a byte order mark.
    pub text: String,
    /// The root of the tree.
    pub root: Node,
    /// What of the text the tree doesn't hold, in written order.
    pub losses: Vec<Loss>,
}

/// A spot of a text that is read as something else than what stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    /// Where it stands.
    pub position: Position,
    /// What the tree doesn't hold.
    pub lost: Lost,
}

/// What of a text a tree doesn't hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lost {
    /// A tag that JSON has no value for, as written: its node is read without it.
    Tag(String),
    /// A value that JSON doesn't have, or not of the kind that its tag says, with the reason: it is read as text, or without the
    /// tag.
    Value(String),
    /// A number of more digits or another size than 64 bits hold, as written: it is read as the nearest that they do.
    Digits(String),
}

/// Reads the file at `path`; `name` is what messages call it.
///
/// # Errors
/// When the file can't be read, isn't UTF-8, or isn't one well-formed document (see
/// [`Document::parse`]).
pub fn read(path: &Path, name: &str) -> Result<Document, LoadError> {
    let bytes = std::fs::read(path).map_err(|error| LoadError {
        file: name.to_owned(),
        position: None,
        message: format!("the file can't be read: {error}"),
        mend: "check the path and its permissions".to_owned(),
    })?;
    Document::parse_bytes(name, &bytes)
}

impl Document {
    /// Reads a spec from bytes; `name` is what messages call it.
    ///
    /// # Errors
    /// When the bytes aren't UTF-8, and as [`Document::parse`].
    pub fn parse_bytes(name: &str, bytes: &[u8]) -> Result<Self, LoadError> {
        match std::str::from_utf8(bytes) {
            Ok(text) => Self::parse(name, text),
            Err(error) => {
                let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
                Err(LoadError {
                    file: name.to_owned(),
                    position: Some(Position::after(&String::from_utf8_lossy(valid))),
                    message: "the bytes here aren't UTF-8".to_owned(),
                    mend: "save the file as UTF-8".to_owned(),
                })
            }
        }
    }

    /// Reads a spec from text; `name` is what messages call it.
    ///
    /// ```
    /// use xtask::load::Document;
    ///
    /// let document = Document::parse("cart.yaml", "paths:\n  /carts: {}\n")?;
    /// assert_eq!(document.position("/paths/~1carts").to_string(), "2:3");
    /// # Ok::<(), xtask::load::LoadError>(())
    /// ```
    ///
    /// # Errors
    /// When the text is empty, holds several documents, isn't well-formed YAML or JSON, repeats a key,
    /// nests too deeply, or grows beyond all measure through aliases.
    pub fn parse(name: &str, text: &str) -> Result<Self, LoadError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let (root, losses) = build::tree(text).map_err(|problem| LoadError {
            file: name.to_owned(),
            position: Some(problem.position),
            message: problem.message,
            mend: problem.mend,
        })?;
        Ok(Self {
            file: name.to_owned(),
            text: text.to_owned(),
            root,
            losses,
        })
    }

    /// The document without its places.
    pub fn to_json(&self) -> serde_json::Value {
        self.root.to_json()
    }

    /// The node at a JSON pointer; the empty pointer is the root.
    pub fn pointer(&self, pointer: &str) -> Option<&Node> {
        self.root.pointer(pointer)
    }

    /// Where the node at `pointer` stands, or its nearest ancestor that exists. A mapping's entry stands
    /// at its key.
    pub fn position(&self, pointer: &str) -> Position {
        self.root.position_of(pointer)
    }

    /// The JSON pointers of what each loss is about, by its place. A key's is its value's, and an alias stands where its anchor
    /// does.
    pub fn lost_pointers(&self) -> BTreeMap<Position, Vec<String>> {
        let places = self.losses.iter().map(|loss| loss.position);
        self.root.pointers_at(&places.collect())
    }

    /// The reference behind an unquoted `#` in a line: to YAML it is a comment, and the value beside it null.
    pub fn commented_reference(&self, line: usize) -> Option<&str> {
        let line = self.text.lines().nth(line.checked_sub(1)?)?;
        build::commented_reference(line)
    }

    /// Follows a node's local `$ref`, and the `$ref` found there, until a node without one. A node
    /// without `$ref` is its own answer.
    ///
    /// # Errors
    /// When a `$ref` isn't `#/components/<section>/<name>`, leads nowhere, or leads back to itself.
    pub fn resolve<'d>(&'d self, node: &'d Node) -> Result<&'d Node, ResolveError> {
        self.resolve_pointer(node)
            .map(|found| found.map_or(node, |(_, target)| target))
    }

    /// As [`Document::resolve`], with the pointer of the node found; `None` when there was no `$ref`.
    ///
    /// # Errors
    /// As [`Document::resolve`].
    pub fn resolve_pointer<'d>(
        &'d self,
        node: &'d Node,
    ) -> Result<Option<(String, &'d Node)>, ResolveError> {
        let mut found: Option<(String, &'d Node)> = None;
        let mut seen: Vec<&str> = Vec::new();
        let mut current = node;
        while let Some(reference) = current.get("$ref") {
            if reference.is_null() || reference.as_str() == Some("") {
                return Err(ResolveError::Empty);
            }
            let Some(reference) = reference.as_str() else {
                return Err(ResolveError::NotLocal(reference.to_json().to_string()));
            };
            if seen.contains(&reference) {
                return Err(ResolveError::Cycle(reference.to_owned()));
            }
            seen.push(reference);
            let pointer = local_pointer(reference)
                .ok_or_else(|| ResolveError::NotLocal(reference.to_owned()))?;
            current = self
                .pointer(pointer)
                .ok_or_else(|| ResolveError::Missing(reference.to_owned()))?;
            found = Some((pointer.to_owned(), current));
        }
        Ok(found)
    }
}

/// The pointer behind a `$ref` of the only form a spec may use, `#/components/<section>/<name>`.
fn local_pointer(reference: &str) -> Option<&str> {
    let pointer = reference.strip_prefix('#')?;
    let mut tokens = pointer.strip_prefix("/components/")?.split('/');
    let section = tokens.next()?;
    let name = tokens.next()?;
    (!section.is_empty() && !name.is_empty() && tokens.next().is_none()).then_some(pointer)
}

/// Why a file could not be loaded. Displayed as `file:line:column: what; mend`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadError {
    /// The file's name.
    pub file: String,
    /// The place, where there is one.
    pub position: Option<Position>,
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub mend: String,
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(position) = self.position {
            write!(f, ":{position}")?;
        }
        write!(f, ": {}; {}", self.message, self.mend)
    }
}

impl std::error::Error for LoadError {}

/// Why a `$ref` could not be followed. Each variant with a text holds the reference as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ResolveError {
    /// Nothing stands behind `$ref`: null, or an empty text.
    Empty,
    /// Not of the form `#/components/<section>/<name>`.
    NotLocal(String),
    /// No node stands there.
    Missing(String),
    /// The chain of references comes back to this one.
    Cycle(String),
}

impl fmt::Display for ResolveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("`$ref` is empty"),
            Self::NotLocal(reference) => write!(
                f,
                "`{reference}` isn't of the form `#/components/<section>/<name>`"
            ),
            Self::Missing(reference) => write!(f, "`{reference}` leads nowhere"),
            Self::Cycle(reference) => write!(f, "`{reference}` leads back to itself"),
        }
    }
}

impl std::error::Error for ResolveError {}
