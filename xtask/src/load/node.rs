//! The tree of a document, with the place of every node.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// A place in a file. Both numbers count from 1; columns count characters, not bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

impl Position {
    /// The first place of a file.
    pub const START: Self = Self { line: 1, column: 1 };

    /// The place right after `text`.
    pub(super) fn after(text: &str) -> Self {
        text.chars()
            .fold(Self::START, |place, character| match character {
                '\n' => Self {
                    line: place.line + 1,
                    column: 1,
                },
                _ => Self {
                    column: place.column + 1,
                    ..place
                },
            })
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// A value and the place it fills.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// What stands there.
    pub value: Value,
    /// Its first character.
    pub start: Position,
    /// The place right after its last character.
    pub end: Position,
}

/// What a node holds: JSON's kinds, with mappings in written order.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `null`, `~` or nothing at all.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as exact as `serde_json` holds it.
    Number(serde_json::Number),
    /// Text, quoted or plain.
    String(String),
    /// A sequence.
    Seq(Vec<Node>),
    /// A mapping; keys are unique.
    Map(Vec<(Key, Node)>),
}

/// A mapping's key. Every scalar key is its text, so that `200:` and `"200":` are the same key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// The key's text.
    pub text: String,
    /// Where it stands.
    pub position: Position,
}

impl Node {
    /// The value under `key`; `None` when absent or when this isn't a mapping.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|(_, node)| node)
    }

    /// Where `key` itself stands.
    pub fn key_position(&self, key: &str) -> Option<Position> {
        self.entry(key).map(|(key, _)| key.position)
    }

    fn entry(&self, key: &str) -> Option<&(Key, Node)> {
        self.entries().iter().find(|(found, _)| found.text == key)
    }

    fn entries(&self) -> &[(Key, Node)] {
        match &self.value {
            Value::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The text, if this is text.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The truth value, if this is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self.value {
            Value::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// The number, if this is one.
    pub fn as_number(&self) -> Option<&serde_json::Number> {
        match &self.value {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The elements, if this is a sequence.
    pub fn as_seq(&self) -> Option<&[Node]> {
        match &self.value {
            Value::Seq(elements) => Some(elements),
            _ => None,
        }
    }

    /// Whether this is a mapping.
    pub fn is_map(&self) -> bool {
        matches!(self.value, Value::Map(_))
    }

    /// Whether this is null.
    pub fn is_null(&self) -> bool {
        matches!(self.value, Value::Null)
    }

    /// Whether this mapping holds `key`.
    pub fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// Whether `key` holds `true`.
    pub fn is_true(&self, key: &str) -> bool {
        self.get(key).and_then(Node::as_bool) == Some(true)
    }

    /// The text under `key`.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.get(key).and_then(Node::as_str)
    }

    /// The entries in written order; none when this isn't a mapping.
    pub fn iter_map(&self) -> impl Iterator<Item = (&Key, &Node)> {
        self.entries().iter().map(|(key, node)| (key, node))
    }

    /// The elements in written order; none when this isn't a sequence.
    pub fn iter_seq(&self) -> std::slice::Iter<'_, Node> {
        self.as_seq().unwrap_or_default().iter()
    }

    /// The node at a JSON pointer below this one; the empty pointer is this node.
    pub fn pointer(&self, pointer: &str) -> Option<&Node> {
        if pointer.is_empty() {
            return Some(self);
        }
        let tokens = pointer.strip_prefix('/')?.split('/');
        tokens
            .into_iter()
            .try_fold(self, |node, token| Some(node.step(token)?.1))
    }

    /// Where the node at `pointer` stands: at its key within a mapping, at its start elsewhere, and at the
    /// nearest ancestor when it doesn't exist.
    pub(super) fn position_of(&self, pointer: &str) -> Position {
        let mut place = self.start;
        let mut node = self;
        let tokens = pointer.strip_prefix('/').unwrap_or_default();
        for token in tokens.split('/') {
            let Some((position, child)) = node.step(token) else {
                break;
            };
            place = position;
            node = child;
        }
        place
    }

    /// The pointers of the nodes that start at one of these places, or whose key does, by place.
    pub(super) fn pointers_at(
        &self,
        places: &BTreeSet<Position>,
    ) -> BTreeMap<Position, Vec<String>> {
        let mut found: BTreeMap<Position, Vec<String>> = BTreeMap::new();
        let mut open = vec![(String::new(), self, self.start)];
        if places.is_empty() {
            return found;
        }
        while let Some((pointer, node, key)) = open.pop() {
            let starts = [node.start, key];
            for place in starts.iter().filter(|place| places.contains(place)) {
                found.entry(*place).or_default().push(pointer.clone());
            }
            open.extend(node.iter_map().map(|(key, child)| {
                let pointer = format!("{pointer}/{}", pointer_token(&key.text));
                (pointer, child, key.position)
            }));
            let elements = node.iter_seq().enumerate();
            open.extend(
                elements.map(|(index, child)| (format!("{pointer}/{index}"), child, child.start)),
            );
        }
        for pointers in found.values_mut() {
            pointers.sort();
            pointers.dedup();
        }
        found
    }

    fn step(&self, token: &str) -> Option<(Position, &Node)> {
        match &self.value {
            Value::Map(_) => {
                let name = token.replace("~1", "/").replace("~0", "~");
                self.entry(&name).map(|(key, node)| (key.position, node))
            }
            Value::Seq(elements) => {
                let node = elements.get(token.parse::<usize>().ok()?)?;
                Some((node.start, node))
            }
            _ => None,
        }
    }

    /// The value without its places. Object keys come out in `serde_json`'s order.
    pub fn to_json(&self) -> serde_json::Value {
        use serde_json::Value as Json;
        match &self.value {
            Value::Null => Json::Null,
            Value::Bool(value) => Json::Bool(*value),
            Value::Number(number) => Json::Number(number.clone()),
            Value::String(text) => Json::String(text.clone()),
            Value::Seq(elements) => elements.iter().map(Node::to_json).collect(),
            Value::Map(entries) => entries
                .iter()
                .map(|(key, node)| (key.text.clone(), node.to_json()))
                .collect(),
        }
    }

    /// What this is, in words: "text", "a mapping" and so on.
    pub fn kind(&self) -> &'static str {
        match &self.value {
            Value::Null => "null",
            Value::Bool(_) => "true or false",
            Value::Number(_) => "a number",
            Value::String(_) => "text",
            Value::Seq(_) => "a list",
            Value::Map(_) => "a mapping",
        }
    }

    /// How many nodes the tree has, this one included, and how many levels.
    pub(super) fn measure(&self) -> (usize, usize) {
        let below = |children: &mut dyn Iterator<Item = &Node>| {
            children.fold((0, 0), |(count, depth), child| {
                let (more, levels) = child.measure();
                (count + more, depth.max(levels))
            })
        };
        let (count, depth) = match &self.value {
            Value::Seq(elements) => below(&mut elements.iter()),
            Value::Map(entries) => below(&mut entries.iter().map(|(_, node)| node)),
            _ => (0, 0),
        };
        (count + 1, depth + 1)
    }
}

/// One token of a JSON pointer, escaped.
///
/// ```
/// assert_eq!(xtask::load::pointer_token("/v3/carts"), "~1v3~1carts");
/// ```
pub fn pointer_token(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
